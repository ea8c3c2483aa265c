/* Folders of plan problems: what is read, what is refused and how the refusal names its place. Files stand in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/plan_folder.h"
#include "app/plan_folder_run.h"
#include "app/plan_json.h"
#include "app/plan_number.h"

struct file {
	const char *name;
	const char *text;
};

/* Two needs that only together reach the smallest order of 10 t. */
static const struct file world[] = {
	{"meta.csv", "key,value\nperiods,2\nb1,1\nb2,0.5\nb3,0.2\nb4,0\ncandidates,0\n"},
	{"regions.csv", "region,lat,lon,weight\n10,55.75,37.62,1\n9,59.94,30.31,1\n"},
	{"products.csv", "product,family,base_price,freight_rate,controlled\nacid,a,1000,1,0\n"},
	{"makers.csv", "maker,region,family,licensed\nM,9,a,0\n"},
	{"resources.csv", "resource,maker,period,capacity_h\nR,M,1,100\nR,M,2,100\n"},
	{"offers.csv", "offer,maker,product,resource,hours_per_t,launch_cost,moq_t,max_t,lead\nK,M,acid,R,2,500,10,40,0\n"},
	{"tiers.csv", "offer,tier,from_t,unit_price\nK,1,20,900\nK,0,10,1000\n"},
	{"needs.csv", "need,enterprise,region,product,qty_t,earliest,due,max_price,priority,single,licensed\n"
		      "2,E,9,acid,6,1,2,2000,1,0,0\n10,F,10,acid,5,1,1,2500.5,2,1,0\n"},
	{NULL, NULL},
};

/* The world with one file replaced or added; text NULL: it is missing. */
struct changed {
	const char *name;
	const char *text;
	const char *other; /* NULL: only one */
	const char *other_text;
};

static FILE *open_text(const char *text)
{
	if (text == NULL) {
		errno = ENOENT;
		return NULL;
	}
	return fmemopen((void *)(uintptr_t)text, strlen(text), "rb");
}

static FILE *open_world(void *context, const char *name)
{
	const struct changed *changed = context;

	if (changed != NULL && strcmp(changed->name, name) == 0)
		return open_text(changed->text);
	if (changed != NULL && changed->other != NULL && strcmp(changed->other, name) == 0)
		return open_text(changed->other_text);
	for (const struct file *f = world; f->name != NULL; f++) {
		if (strcmp(f->name, name) == 0)
			return open_text(f->text);
	}
	return open_text(NULL);
}

static enum zv_code read_changed(struct zv_plan_folder *out, const struct changed *changed, struct zv_err *err)
{
	union {
		const struct changed *changed;
		void *context;
	} borrowed = {.changed = changed};

	return zv_plan_folder_read_from(out, open_world, borrowed.context, err);
}

static enum zv_code read_world(struct zv_plan_folder *out, const char *name, const char *text, struct zv_err *err)
{
	const struct changed changed = {name, text, NULL, NULL};

	*err = (struct zv_err){0};
	return read_changed(out, name != NULL ? &changed : NULL, err);
}

static void refused(const char *name, const char *text, const char *sentence)
{
	struct zv_plan_folder folder;
	struct zv_err err;

	assert_int_equal(read_world(&folder, name, text, &err), ZV_E_INVALID);
	if (strstr(err.text, sentence) == NULL)
		fail_msg("“%s” does not hold “%s”", err.text, sentence);
}

static void a_folder_becomes_a_problem(void **state)
{
	struct zv_plan_folder folder;
	struct zv_err err;
	const struct zv_plan_problem *p = &folder.problem;

	(void)state;
	assert_int_equal(read_world(&folder, NULL, NULL, &err), ZV_OK);
	assert_int_equal(p->n_needs, 2);
	assert_int_equal(p->first_period, 1); /* the smallest period of resources.csv */
	assert_int_equal(p->needs[0].earliest, 0);
	assert_int_equal(p->needs[0].due, 1);
	assert_true(zv_str_eq_c(p->needs[0].id, "2")); /* by number, not by bytes */
	assert_true(zv_str_eq_c(p->regions[0].id, "9"));
	assert_int_equal(p->needs[1].ceiling, 2500500000);
	assert_int_equal(p->needs[1].penalty, 3750750000); /* 1 + b2 */
	assert_int_equal(p->tiers[p->offers[0].first_tier].from, 10000000);
	assert_int_equal(p->offers[0].until, 1);
	assert_true(p->km[0] > 29.9 && p->km[0] < 30.1);
	assert_true(p->km[1] > 780 && p->km[1] < 800); /* 1.25 x 633 km */
	assert_int_equal(folder.n_warnings, 0);
	zv_plan_folder_done(&folder);
}

#define NEED_HEAD "need,enterprise,region,product,qty_t,earliest,due,max_price,priority,single,licensed\n"
#define HOURS_HEAD "resource,maker,period,capacity_h\n"

static void periods_count_from(int32_t first, const char *needs, const char *hours)
{
	const struct changed changed = {"needs.csv", needs, "resources.csv", hours};
	struct zv_plan_folder folder;
	struct zv_err err = {0};

	assert_int_equal(read_changed(&folder, &changed, &err), ZV_OK);
	assert_int_equal(folder.problem.first_period, first);
	assert_int_equal(folder.problem.offers[0].from, 0);
	assert_int_equal(folder.problem.offers[0].until, 1);
	zv_plan_folder_done(&folder);
}

static void files_say_with_which_period_they_begin(void **state)
{
	(void)state;
	periods_count_from(1, NEED_HEAD, HOURS_HEAD "R,M,1,9\nR,M,2,9\n");
	periods_count_from(1, NEED_HEAD "2,E,9,acid,6,0,2,2000,1,0,0\n", HOURS_HEAD "R,M,1,9\nR,M,2,9\n");
	periods_count_from(0, NEED_HEAD "2,E,9,acid,6,1,1,2000,1,0,0\n", HOURS_HEAD "R,M,0,9\nR,M,1,9\n");
	/* Hours in period 1 alone: the needs say which of the two it is. */
	periods_count_from(0, NEED_HEAD "2,E,9,acid,6,0,1,2000,1,0,0\n", HOURS_HEAD "R,M,1,9\n");
	periods_count_from(1, NEED_HEAD "2,E,9,acid,6,1,2,2000,1,0,0\n", HOURS_HEAD "R,M,1,9\n");
	/* An order without hours: no row at all. */
	periods_count_from(1, NEED_HEAD "2,E,9,acid,6,1,2,2000,1,0,0\n", HOURS_HEAD "R,M,2,9\n");
	periods_count_from(0, NEED_HEAD "2,E,9,acid,6,0,1,2000,1,0,0\n", HOURS_HEAD "R,M,0,9\n");
}

static void the_order_of_rows_changes_nothing(void **state)
{
	struct zv_plan_folder a, b;
	struct zv_err err;

	(void)state;
	assert_int_equal(read_world(&a, NULL, NULL, &err), ZV_OK);
	assert_int_equal(read_world(&b, "needs.csv",
				    "licensed,single,priority,max_price,due,earliest,qty_t,product,region,enterprise,need\r\n"
				    "0,1,2,2.5005e3,1,1,5.00,acid,10,F,\"10\"\r\n\r\n0,0,1,2000,2,1,6,acid,9,E,2\r\n",
				    &err),
			 ZV_OK);
	for (uint32_t i = 0; i < 2; i++) {
		assert_true(zv_str_eq(a.problem.needs[i].id, b.problem.needs[i].id));
		assert_int_equal(a.problem.needs[i].qty, b.problem.needs[i].qty);
		assert_int_equal(a.problem.needs[i].ceiling, b.problem.needs[i].ceiling);
		assert_int_equal(a.problem.needs[i].enterprise, b.problem.needs[i].enterprise);
		assert_int_equal(a.problem.needs[i].region, b.problem.needs[i].region);
	}
	zv_plan_folder_done(&a);
	zv_plan_folder_done(&b);
}

static void faults_name_file_line_column_and_value(void **state)
{
	(void)state;
	refused("needs.csv", NULL, "needs.csv");
	refused("regions.csv", "region,lat\n", "regions.csv: the column lon is missing");
	refused("makers.csv", "maker,region,family,licensed\nM,77,a,0\n", "makers.csv, line 2, column region: “77” is not in regions.csv");
	refused("makers.csv", "maker,region,family,licensed\nM,9,a,yes\n", "makers.csv, line 2, column licensed: “yes” is neither 0 nor 1");
	refused("makers.csv", "maker,region,family,licensed\nM,9,a,0\nM,10,a,0\n", "makers.csv: maker “M” stands twice, in lines 2 and 3");
	refused("offers.csv", "offer,maker,product,resource,hours_per_t,launch_cost,moq_t,max_t,lead\nK,M,acid,R,2,5OO,10,40,0\n",
		"offers.csv, line 2, column launch_cost: “5OO” is not a number");
	refused("offers.csv", "offer,maker,product,resource,hours_per_t,launch_cost,moq_t,max_t,lead\nK,M,acid,R,2,500,10,4,0\n", "column max_t: “4” is less than moq_t");
	refused("tiers.csv", "offer,tier,from_t,unit_price\nK,1,20,900\n", "tiers.csv, line 2: offer “K”, tier 1: a tier below it is missing");
	refused("tiers.csv", "offer,tier,from_t,unit_price\n", "offer “K” has no tier");
	refused("resources.csv", "resource,maker,period,capacity_h\nR,M,1,100\nR,M,1,90\n", "period 1: this period stands twice");
	refused("resources.csv", "resource,maker,period,capacity_h\nR,M,1,100\nR,M,4,90\n", "resources.csv, line 3, column period: “4” is outside the periods of meta.csv, 1 … 2");
	refused("meta.csv", "key,value\nperiods,0\n", "meta.csv, line 2, column value: “0” is outside what this column may hold, 1 … 200.");
	refused("needs.csv", NEED_HEAD "2,E,9,acid,0,1,2,2000,1,0,0\n", "needs.csv, line 2, column qty_t: “0” is outside what this column may hold, 0.000001 … 100000000.");
	refused("meta.csv", "key,value\n", "the key periods is missing");
	refused("regions.csv", "region,lat,lon,weight\n9,1,2\n", "regions.csv, line 2: 3 cells, but the header has 4");
	refused("regions.csv", "region,lat,lon,weight\n\"9,1,2,1\n", "a quote is never closed");
	refused("regions.csv", "region,lat,lon,weight\n\xff,1,2,1\n", "not UTF-8");
	refused("commitments.csv", "need,offer,period,t\n7,K,1,5\n", "commitments.csv, line 2, column need: “7” is not in needs.csv");
	refused("commitments.csv", "need,offer,period,t\n2,K,1,5\n2,K,1,5\n", "What need 2 signed with offer K for period 1 is no quantity that it may get");
	refused("costs.csv", "offer,region,delivered_cost\nK,9,5\nK,9,6\n", "stands twice");
	refused("bom.csv", "product,input,t_per_t\nacid,acid,1\n", "is the product itself");
}

static void what_is_not_known_is_a_warning(void **state)
{
	struct zv_plan_folder folder;
	struct zv_err err;

	(void)state;
	assert_int_equal(read_world(&folder, "makers.csv", "maker,region,family,licensed,phone\nM,9,a,0,+7\n", &err), ZV_OK);
	assert_int_equal(folder.n_warnings, 1);
	assert_true(zv_str_find(folder.warnings[0], ZV_STR("phone")) > 0);
	zv_plan_folder_done(&folder);
}

static void numbers_round_half_to_even(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} cases[] = {{"1", 1000000}, {"0.0000005", 0}, {"0.0000015", 2}, {"0.00000050000000000000000000000000000000000000001", 1}, {"-2.5", -2500000},
		     {"1e-05", 10}, {"12E3", 12000000000}, {".5", 500000}, {"9223372036854.775807", INT64_MAX}, {"00000000000000000000000001.5", 1500000}};
	static const char *const bad[] = {"", ".", "-", "1,5", "1e", "0x1", "nan", "inf", "1 2", "9223372036854.775808", "1e400", "1.2.3"};
	int64_t value;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		assert_true(zv_plan_number(&value, zv_str_c(cases[i].text), 6));
		assert_int_equal(value, cases[i].value);
	}
	for (size_t i = 0; i < ZV_LEN(bad); i++)
		assert_false(zv_plan_number(&value, zv_str_c(bad[i]), 6));
}

static void money_is_written_and_read_exactly(void **state)
{
	static const char *const texts[] = {"0", "-0.5", "123.000000000001", "98765432109876543210.5"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(texts); i++) {
		char text[ZV_PLAN_MONEY_DIGITS];
		zv_i128 money;

		assert_true(zv_plan_money_parse(&money, zv_str_c(texts[i])));
		zv_plan_money_format(text, money);
		assert_string_equal(text, texts[i]);
	}
}

static void a_written_folder_is_read_as_the_same_problem(void **state)
{
	static const int64_t bonus[ZV_PLAN_PRIORITIES] = {1000000, 500000, 200000, 0};
	struct zv_plan_folder a, b;
	struct zv_err err;
	char dir[] = "/tmp/zv-plan-XXXXXX", path[80];
	static const char *const names[] = {"meta",   "regions", "distances", "products", "makers", "resources", "offers",
					    "tiers", "needs",   "costs",     "bom",	   "commitments", "substitutes"};

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(read_world(&a, "distances.csv", "region_a,region_b,km\n9,10,700\n10,10,5\n", &err), ZV_OK);
	assert_int_equal(zv_plan_folder_write(dir, &a.problem, bonus, &err), ZV_OK);
	assert_int_equal(zv_plan_folder_read(&b, dir, &err), ZV_OK);
	assert_int_equal(b.n_warnings, 0);
	assert_memory_equal(a.problem.km, b.problem.km, 4 * sizeof(double));
	assert_int_equal(a.problem.needs[1].penalty, b.problem.needs[1].penalty);
	assert_int_equal(a.problem.offers[0].moq, b.problem.offers[0].moq);
	assert_int_equal(a.problem.first_period, b.problem.first_period);
	assert_memory_equal(a.problem.capacity_uh, b.problem.capacity_uh, 2 * sizeof(int64_t));
	zv_plan_folder_done(&a);
	zv_plan_folder_done(&b);
	for (size_t i = 0; i < ZV_LEN(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s.csv", dir, names[i]);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(dir), 0);
}

/* --- plan.json ----------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_plan(struct zv_plan_read *out, const struct zv_plan_folder *folder, const char *text, struct zv_err *err)
{
	struct zv_memory_stream in;

	zv_memory_stream_init(&in, zv_str_c(text));
	*err = (struct zv_err){0};
	return zv_plan_json_read(out, &folder->problem, &in.stream, err);
}

static enum zv_code check_plan(struct zv_plan_checked *checked, const struct zv_plan_folder *folder, const char *text, struct zv_err *err)
{
	struct zv_plan_read read;
	enum zv_code code = read_plan(&read, folder, text, err);

	assert_int_equal(code, ZV_OK);
	code = zv_plan_levels_check(checked, &folder->problem, &read.result, err);
	zv_plan_read_done(&read);
	return code;
}

#define ORDER(qty, tier) "{\"orders\":[{\"offer\":\"K\",\"period\":1,\"tier\":" tier ",\"quantity_t\":" qty "}],\"flows\":["
#define FLOW(need, t) "{\"need\":\"" need "\",\"offer\":\"K\",\"period\":1,\"t\":" t "}"

static void a_plan_is_recomputed_from_the_files(void **state)
{
	struct zv_plan_folder folder;
	struct zv_plan_checked checked;
	struct zv_err err;
	zv_i128 freight;

	(void)state;
	assert_int_equal(read_world(&folder, "distances.csv", "region_a,region_b,km\n9,10,700\n", &err), ZV_OK);
	assert_int_equal(check_plan(&checked, &folder, ORDER("11", "0") FLOW("2", "6") "," FLOW("10", "5") "],\"other\":{\"x\":[1,{}]}}", &err), ZV_OK);
	freight = (zv_i128)(6 * 30 + 5 * 700) * 1000000000000; /* 1 rouble per t and km */
	assert_true(checked.launches == (zv_i128)500 * 1000000000000);
	assert_true(checked.prices == (zv_i128)11 * 1000 * 1000000000000 + freight);
	assert_true(checked.penalties == 0);
	assert_int_equal(checked.levels[0].covered_needs, 1);
	zv_plan_folder_done(&folder);
}

static void each_violation_is_named(void **state)
{
	static const struct {
		const char *plan, *words;
	} cases[] = {
		{ORDER("6", "0") FLOW("2", "6") "]}", "outside 10 … 40"},
		{ORDER("11", "1") FLOW("2", "6") "," FLOW("10", "5") "]}", "not in tier 1"},
		{ORDER("12", "0") FLOW("2", "6") "," FLOW("10", "5") "]}", "is 12, but 11 flows out of it"},
		{ORDER("10", "0") FLOW("2", "6") "," FLOW("10", "4") "]}", "not to be split"},
		{ORDER("12", "0") FLOW("2", "7") "," FLOW("10", "5") "]}", "Need 2 gets more than its 6"},
		{"{\"orders\":[],\"flows\":[" FLOW("2", "6") "]}", "which is not ordered"},
		{"{\"orders\":[{\"offer\":\"K\",\"period\":2,\"tier\":0,\"quantity_t\":11}],\"flows\":["
		 "{\"need\":\"2\",\"offer\":\"K\",\"period\":2,\"t\":6},{\"need\":\"10\",\"offer\":\"K\",\"period\":2,\"t\":5}]}",
		 "Need 10 is delivered in period 2, outside 1 … 1"},
	};
	struct zv_plan_folder folder;
	struct zv_plan_checked checked;
	struct zv_err err;

	(void)state;
	assert_int_equal(read_world(&folder, NULL, NULL, &err), ZV_OK);
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		assert_int_equal(check_plan(&checked, &folder, cases[i].plan, &err), ZV_E_CONFLICT);
		if (strstr(err.text, cases[i].words) == NULL)
			fail_msg("“%s” does not hold “%s”", err.text, cases[i].words);
	}
	zv_plan_folder_done(&folder);
	/* Hours: 2 h a tonne and 21 of them. */
	assert_int_equal(read_world(&folder, "resources.csv", "resource,maker,period,capacity_h\nR,M,1,21\nR,M,2,100\n", &err), ZV_OK);
	assert_int_equal(check_plan(&checked, &folder, ORDER("11", "0") FLOW("2", "6") "," FLOW("10", "5") "]}", &err), ZV_E_CONFLICT);
	assert_non_null(strstr(err.text, "Resource R works 22 hours in period 1, it has 21"));
	zv_plan_folder_done(&folder);
	/* A ceiling below the delivered price. */
	assert_int_equal(read_world(&folder, "costs.csv", "offer,region,delivered_cost\nK,10,2500.500001\n", &err), ZV_OK);
	assert_int_equal(check_plan(&checked, &folder, ORDER("11", "0") FLOW("2", "6") "," FLOW("10", "5") "]}", &err), ZV_E_CONFLICT);
	assert_non_null(strstr(err.text, "PRICE"));
	zv_plan_folder_done(&folder);
	assert_int_equal(read_world(&folder, "commitments.csv", "need,offer,period,t\n2,K,1,4\n", &err), ZV_OK);
	assert_int_equal(check_plan(&checked, &folder, "{\"orders\":[],\"flows\":[]}", &err), ZV_E_CONFLICT);
	assert_non_null(strstr(err.text, "Need 2 signed for 4 from offer K in period 1 and gets 0"));
	zv_plan_folder_done(&folder);
}

/* What a file states besides its orders and flows must be what they come to. */
static void what_a_plan_states_is_held_against_it(void **state)
{
#define STATED(words, price, rest)                                                                                                                                    \
	"{" words "\"orders\":[{\"offer\":\"K\",\"period\":1,\"tier\":0,\"quantity_t\":11" price "}],\"flows\":[" FLOW("2", "6") "," FLOW("10", "5") "]" rest "}"
	/* 500 + 11 x 1,000 + 6 x 30 + 5 x 700 roubles. */
	static const struct {
		const char *plan, *words;
	} cases[] = {
		{STATED("\"objective\":15180,\"bound\":15000,\"gap\":0.011857708,\"constant\":0,\"launches\":500,\"prices\":14680,\"penalties\":0,", ",\"unit_price\":1000",
			",\"uncovered\":[]"),
		 NULL},
		{STATED("\"objective\":15181,", "", ""), "states the objective 15181, but it is 15180"},
		{STATED("\"bound\":15181,", "", ""), "bound 15181, which is above its objective"},
		{STATED("\"objective\":15180,\"bound\":15100,\"gap\":0.011857708,", "", ""), "states the gap 0.011857708"},
		{STATED("\"constant\":5,", "", ""), "states the constant 5, but it is 0"},
		{STATED("\"launches\":501,", "", ""), "states the launches 501, but it is 500"},
		{STATED("\"prices\":14679,", "", ""), "states the prices"},
		{STATED("\"penalties\":1,", "", ""), "states the penalties"},
		{STATED("", ",\"unit_price\":999", ""), "states the unit price 999 for offer K in period 1, but it is 1000"},
		{STATED("", "", ",\"uncovered\":[{\"need\":\"2\",\"t\":1}]"), "Need 2 lacks 0 by the flows"},
	};
#undef STATED
	struct zv_plan_folder folder;
	struct zv_plan_checked checked;
	struct zv_err err;
	char path[] = "/tmp/zv-stated-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(read_world(&folder, "distances.csv", "region_a,region_b,km\n9,10,700\n", &err), ZV_OK);
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		ssize_t n = (ssize_t)strlen(cases[i].plan);

		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, cases[i].plan, (size_t)n, 0), n);
		err = (struct zv_err){0};
		assert_int_equal(zv_plan_folder_check(&checked, &folder, path, &err), cases[i].words == NULL ? ZV_OK : ZV_E_CONFLICT);
		if (cases[i].words != NULL && strstr(err.text, cases[i].words) == NULL)
			fail_msg("“%s” does not hold “%s”", err.text, cases[i].words);
	}
	zv_plan_folder_done(&folder);
	assert_int_equal(close(fd), 0);
	assert_int_equal(unlink(path), 0);
}

static void what_is_no_plan_is_refused(void **state)
{
	static const char *const texts[] = {"{\"x\":[1 2],\"orders\":[],\"flows\":[]}", "{\"x\":[},\"orders\":[],\"flows\":[]}", "{\"x\":{1:2},\"orders\":[],\"flows\":[]}",
					    "{\"x\":[1,],\"orders\":[],\"flows\":[]}", "{\"x\":NaN,\"orders\":[],\"flows\":[]}", "{\"bound\":1,\"bound\":2,\"orders\":[],\"flows\":[]}",
					    "{\"orders\":[],\"flows\":[]", "{\"bound\":1e99,\"orders\":[],\"flows\":[]}",
					    "",	  "[]", "{}", "{\"orders\":[]}", "{\"orders\":[{}],\"flows\":[]}", "{\"orders\":[],\"flows\":[],\"flows\":[]}",
					    "{\"orders\":[],\"flows\":[]} x", "{\"orders\":[],\"flows\":[" FLOW("3", "6") "]}", "{\"orders\":[],\"flows\":[" FLOW("2", "-6") "]}",
					    "{\"orders\":[{\"offer\":\"Q\",\"period\":1,\"tier\":0,\"quantity_t\":11}],\"flows\":[]}", "{\"objective\":\"a\",\"orders\":[],\"flows\":[]}"};
	struct zv_plan_folder folder;
	struct zv_plan_read read;
	struct zv_err err;

	(void)state;
	assert_int_equal(read_world(&folder, NULL, NULL, &err), ZV_OK);
	for (size_t i = 0; i < ZV_LEN(texts); i++)
		assert_int_equal(read_plan(&read, &folder, texts[i], &err), ZV_E_INVALID);
	zv_plan_folder_done(&folder);
}

static void a_solved_folder_is_written_and_checked(void **state)
{
	struct zv_plan_folder folder;
	struct zv_plan_solved solved;
	struct zv_plan_checked checked;
	struct zv_plan_options options = {0};
	struct zv_err err;
	char path[] = "/tmp/zv-plan-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(read_world(&folder, "distances.csv", "region_a,region_b,km\n9,10,700\n", &err), ZV_OK);
	assert_int_equal(zv_plan_folder_solve(&solved, &folder, &options, false, &err), ZV_OK);
	assert_int_equal(solved.result.plan.n_orders, 1); /* alone neither need reaches 10 t */
	assert_int_equal(solved.result.plan.n_flows, 2);
	assert_true(solved.result.plan.bound <= solved.result.plan.objective);
	assert_int_equal(zv_plan_solved_write(&solved, &folder, path, NULL, &err), ZV_OK);
	assert_int_equal(zv_plan_folder_check(&checked, &folder, path, &err), ZV_OK);
	assert_true(checked.objective == solved.result.plan.objective);
	assert_true(zv_plan_check_bound(&folder.problem, solved.result.plan.need_price, solved.result.plan.resource_price) <= checked.objective);
	zv_plan_solved_done(&solved);
	zv_plan_folder_done(&folder);
	assert_int_equal(unlink(path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_becomes_a_problem),
		cmocka_unit_test(files_say_with_which_period_they_begin),
		cmocka_unit_test(the_order_of_rows_changes_nothing),
		cmocka_unit_test(faults_name_file_line_column_and_value),
		cmocka_unit_test(what_is_not_known_is_a_warning),
		cmocka_unit_test(numbers_round_half_to_even),
		cmocka_unit_test(money_is_written_and_read_exactly),
		cmocka_unit_test(a_written_folder_is_read_as_the_same_problem),
		cmocka_unit_test(a_plan_is_recomputed_from_the_files),
		cmocka_unit_test(each_violation_is_named),
		cmocka_unit_test(what_a_plan_states_is_held_against_it),
		cmocka_unit_test(what_is_no_plan_is_refused),
		cmocka_unit_test(a_solved_folder_is_written_and_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
