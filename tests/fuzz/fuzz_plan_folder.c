/*
 * Files of plan folders and plan.json from strangers: read, written, checked. An input is "name\n" and text that takes the place of that file in a small world;
 * "plan.json" is read as an answer to it.
 */
#include "fuzz.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/plan_folder.h"
#include "app/plan_json.h"
#include "app/plan_number.h"
#include "app/plan_stated.h"
#include "engine/plan/check.h"

struct file {
	const char *name, *text;
};

static const struct file world[] = {
	{"meta.csv", "key,value\nperiods,2\nb1,1\nb2,0.5\nb3,0.2\nb4,0\ncandidates,3\nfirst_period,1\n"},
	{"regions.csv", "region,lat,lon,weight\n10,55.75,37.62,1\n9,59.94,30.31,1\n"},
	{"distances.csv", "region_a,region_b,km\n9,10,700\n"},
	{"products.csv", "product,family,base_price,freight_rate,controlled,max_share\nacid,a,1000,1,0,0.6\nsalt,a,10,1,1,\n"},
	{"makers.csv", "maker,region,family,licensed\nM,9,a,0\nL,10,a,1\n"},
	{"resources.csv", "resource,maker,period,capacity_h\nR,M,1,100\nR,M,2,100\n"},
	{"offers.csv", "offer,maker,product,resource,hours_per_t,launch_cost,moq_t,max_t,lead,setup_h,discount,from_period,until_period\n"
		       "K,M,acid,R,2,500,10,40,0,3,incremental,1,2\nS,L,salt,,0,5,1,4,1,,,,\n"},
	{"tiers.csv", "offer,tier,from_t,unit_price\nK,1,20,900\nK,0,10,1000\nS,0,1,9\n"},
	{"needs.csv", "need,enterprise,region,product,qty_t,earliest,due,max_price,priority,single,licensed,parcel_t\n"
		      "2,E,9,acid,6,1,2,2000,1,0,0,1\n10,F,10,acid,5,1,1,2500.5,2,1,0,\n11,F,10,salt,2,1,2,1e3,4,0,1,0\n"},
	{"bom.csv", "product,input,t_per_t,lag,outside_price\nacid,salt,0.5,0,20\n"},
	{"commitments.csv", "need,offer,period,t\n10,K,1,5\n"},
	{"costs.csv", "offer,region,delivered_cost\nK,10,1100\n"},
	{"substitutes.csv", "product,substitute,extra_cost\nacid,salt,1\n"},
};

struct changed {
	struct zv_str name, text;
};

static FILE *open_bytes(const char *p, size_t n)
{
	FILE *file = n > 0 ? fmemopen((void *)(uintptr_t)p, n, "rb") : fopen("/dev/null", "rb");

	ZV_FUZZ_CHECK(file != NULL);
	return file;
}

static FILE *open_world(void *context, const char *name)
{
	const struct changed *changed = context;

	if (zv_str_eq_c(changed->name, name))
		return open_bytes(changed->text.p, changed->text.n);
	for (size_t i = 0; i < ZV_LEN(world); i++) {
		if (strcmp(world[i].name, name) == 0)
			return open_bytes(world[i].text, strlen(world[i].text));
	}
	errno = ENOENT;
	return NULL;
}

static void answer(const struct zv_plan_folder *folder, struct zv_str text)
{
	struct zv_memory_stream in;
	struct zv_plan_read read;
	struct zv_plan_checked checked;
	struct zv_err err = {0};

	zv_memory_stream_init(&in, text);
	if (zv_plan_json_read(&read, &folder->problem, &in.stream, &err) != ZV_OK) {
		ZV_FUZZ_CHECK(err.text[0] != '\0');
		return;
	}
	if (zv_plan_levels_check(&checked, &folder->problem, &read.result, &err) != ZV_OK)
		ZV_FUZZ_CHECK(err.text[0] != '\0');
	else {
		ZV_FUZZ_CHECK(checked.objective == checked.launches + checked.prices + checked.penalties);
		ZV_FUZZ_CHECK(zv_plan_stated_check(&read, &folder->problem, &checked, &err) == ZV_OK || err.text[0] != '\0');
	}
	zv_plan_read_done(&read);
}

/* A problem that was let in keeps the promises on which the engine builds. */
static void laws(const struct zv_plan_problem *p)
{
	for (uint32_t i = 1; i < p->n_needs; i++)
		ZV_FUZZ_CHECK(zv_plan_id_cmp(p->needs[i - 1].id, p->needs[i].id) < 0);
	for (uint32_t i = 0; i < p->n_needs && i < 16; i++) {
		for (uint32_t k = 0; k < p->n_offers && k < 16; k++)
			ZV_FUZZ_CHECK(zv_plan_pair_test(p, k, i) < ZV_PLAN_WHY_COUNT);
	}
}

static void number(struct zv_str text)
{
	int64_t value, again;
	zv_i128 money, back;
	char out[ZV_PLAN_MONEY_DIGITS];

	if (zv_plan_number(&value, text, 0))
		ZV_FUZZ_CHECK(zv_plan_number(&again, text, 0) && again == value);
	if (zv_plan_money_parse(&money, text)) {
		zv_plan_money_format(out, money);
		ZV_FUZZ_CHECK(zv_plan_money_parse(&back, zv_str_c(out)) && back == money);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str input = {(const char *)p, n};
	ptrdiff_t lf = n > 0 ? zv_str_find_char(input, '\n') : -1;
	struct changed changed = {zv_str_first(input, lf < 0 ? n : (size_t)lf), zv_str_from(input, lf < 0 ? n : (size_t)lf + 1)};
	struct zv_plan_folder folder;
	struct zv_err err = {0};

	number(zv_str_first(input, 40));
	if (zv_plan_folder_read_from(&folder, open_world, &changed, &err) != ZV_OK) {
		ZV_FUZZ_CHECK(err.text[0] != '\0');
		return 0;
	}
	laws(&folder.problem);
	if (zv_str_eq_c(changed.name, "plan.json"))
		answer(&folder, changed.text);
	zv_plan_folder_done(&folder);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static char texts[ZV_LEN(world)][1024];
	static struct zv_str seeds[ZV_LEN(world) + 6];

	for (size_t i = 0; i < ZV_LEN(world); i++) {
		int n = snprintf(texts[i], sizeof(texts[i]), "%s\n%s", world[i].name, world[i].text);

		seeds[i] = (struct zv_str){texts[i], (size_t)n};
	}
	seeds[ZV_LEN(world)] = ZV_STR("plan.json\n{\"objective\":1e3,\"bound\":2,\"orders\":[{\"offer\":\"K\",\"period\":1,\"tier\":0,\"quantity_t\":11}],"
				      "\"flows\":[{\"need\":\"2\",\"offer\":\"K\",\"period\":1,\"t\":6},{\"need\":\"10\",\"offer\":\"K\",\"period\":1,\"t\":5}]}");
	seeds[ZV_LEN(world) + 1] = ZV_STR("12345.6789e-3");
	/* A plan that holds, with everything that a file may state. */
	seeds[ZV_LEN(world) + 2] = ZV_STR("plan.json\n{\"objective\":18000,\"bound\":1,\"gap\":0.5,\"constant\":0,\"launches\":500,\"prices\":1,\"penalties\":1,\"orders\":[{\"offer\":"
					  "\"K\",\"period\":1,\"tier\":0,\"quantity_t\":11,\"unit_price\":1000}],\"flows\":[{\"need\":\"2\",\"offer\":\"K\",\"period\":1,\"t\":6},"
					  "{\"need\":\"10\",\"offer\":\"K\",\"period\":1,\"t\":5}],\"uncovered\":[{\"need\":\"11\",\"t\":2,\"chain\":[{\"t\":[null,1]}]}]}");
	seeds[ZV_LEN(world) + 3] = ZV_STR("meta.csv\nkey,value\nperiods,2\n");
	seeds[ZV_LEN(world) + 4] = ZV_STR("resources.csv\nresource,maker,period,capacity_h\nR,M,2,100\n");
	return seeds;
}

const char *const zv_fuzz_words[] = {",",	 "\n",   "\"", "\"\"", "1e18", "-1",   "0.0000005", "99999999999999", "K",	 "acid", "salt", "M",	 "first_period",
				     "periods", "\r\n", "{",	"}",	"[",	"]",	":",	 "\"need\"",	 "\"t\"",     "\"K/1/salt\"", "\"flows\"", NULL};
