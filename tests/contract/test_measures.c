/* Measures on both stores: search, who gains and who loses when a pack changes, and the addresses of calendars. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/calendar.h"
#include "app/demo.h"
#include "app/lots_run.h"
#include "app/measure_rerun.h"
#include "app/measures.h"
#include "app/packs.h"
#include "app/tasks.h"
#include "app/writer.h"
#include "auth/auth.h"
#include "base/tr.h"
#include "store/account.h"
#include "store/measure.h"

#define HEAD(id) "pack " id " { series t kind support level own title ru \"проба\" en \"trial\" source \"test\" "
#define BATCH(share)                                                                                                               \
	"measure A { title ru \"Партии\" en \"Batches\" form subsidy when org.in_register and any(costs where category = \"start_batch\") "   \
	"costs start_batch share " share " % } "
#define BOUGHT(kind) "measure B { title ru \"Покупка\" en \"Purchase\" form subsidy when org.kind = \"" kind "\" amount 1000 rub } "
#define CHANCE "measure C { title ru \"Случай\" en \"Chance\" form grant when org.in_register and org.lucky amount 5 rub } "

static const char first[] = HEAD("t-1") BATCH("50") BOUGHT("enterprise") "}";
static const char second[] = HEAD("t-2") "fact org.lucky yesno ru \"везёт?\" " BATCH("40") CHANCE "}";
static const char third[] = HEAD("t-3") BATCH("40") BOUGHT("institute") "}";
static const char criteria[] = "pack k-1 { kind cluster level own title ru \"правила\" criterion x { title ru \"да\" check 1 = 1 source \"test\" } }";

static struct zv_who as(const char *login)
{
	struct zv_account account;
	struct zv_who who;

	OK(zv_account_by_login(&account, fx.db, zv_str_c(login), &fx.arena, &fx.err));
	zv_who_of_account(&who, &account, &fx.arena);
	return who;
}

static struct zv_who owner(void)
{
	struct zv_who who;

	zv_who_local(&who, ZV_STR("cli:test"));
	return who;
}

static int64_t load_as(const struct zv_who *who, const char *text)
{
	struct zv_rules_fault *faults = ZV_ARENA_ARRAY(&fx.arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	struct zv_pack_loaded loaded;
	struct zv_pack pack;
	size_t n = 0;

	OK(zv_pack_load(&loaded, faults, &n, fx.db, who, zv_str_c(text), &fx.arena, &fx.err));
	OK(zv_pack_get(&pack, fx.db, loaded.uid, ZV_DATE_NONE, &fx.arena, &fx.err));
	return pack.id;
}

/* By an administrator: the rerun waits as a job, so that the tests below can look for themselves. */
static int64_t load(const char *text)
{
	struct zv_who who = as("admin");

	return load_as(&who, text);
}

static struct zv_measure_diffs diffs(int64_t old_id, int64_t new_id)
{
	struct zv_measure_diffs out;

	OK(zv_measure_diffs_find(&out, fx.db, old_id, new_id, NULL, NULL, &fx.arena, &fx.err));
	return out;
}

static void keep(const struct zv_measure_diffs *found)
{
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_measure_diffs_keep(fx.db, found, &fx.arena, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
}

/* The difference of one organisation and measure; NULL: none. */
static const struct zv_measure_diff *diff_of(const struct zv_measure_diffs *found, const char *org, const char *measure)
{
	for (size_t i = 0; i < found->n; i++)
		if (zv_str_eq_c(found->list[i].org, org) && zv_str_eq_c(found->list[i].measure, measure))
			return &found->list[i];
	return NULL;
}

static void expect(const struct zv_measure_diffs *found, const char *org, const char *measure, enum zv_truth was, int64_t was_kop, enum zv_truth now,
		   int64_t now_kop)
{
	const struct zv_measure_diff *diff = diff_of(found, org, measure);

	if (diff == NULL)
		fail_msg("nothing differs for %s and %s", org, measure);
	if (diff->was != was || diff->now != now || diff->was_kop != was_kop || diff->now_kop != now_kop)
		fail_msg("%s, %s: %d %lld, now %d %lld", org, measure, (int)diff->was, (long long)diff->was_kop, (int)diff->now, (long long)diff->now_kop);
}

static const char irtysh[] = "ООО «Иртыш-Синтез»", sura[] = "ООО «Сура-Краски»", baikal[] = "ООО «Байкал-Реактив»", thin[] = "Институт тонкого синтеза";

static void make_world(void)
{
	OK(zv_demo_fill(fx.db, &fx.err));
}

/* --- gains and losses -------------------------------------------------------------------------------------------------------------- */

static void what_a_first_pack_gives_is_gained_by_those_who_have_to_do_with_projects(void **state)
{
	struct zv_measure_diffs found;

	(void)state;
	make_world();
	found = diffs(0, load(first));
	assert_int_equal(found.orgs, 5); /* three in the start batch, two in the shop; the others have no project */
	expect(&found, irtysh, "A", ZV_NO, -1, ZV_YES, 7500000);
	expect(&found, irtysh, "B", ZV_NO, -1, ZV_YES, 100000);
	expect(&found, sura, "B", ZV_NO, -1, ZV_YES, 100000);
	assert_null(diff_of(&found, sura, "A")); /* in no cluster */
	assert_null(diff_of(&found, baikal, "A")); /* bears no cost */
	assert_null(diff_of(&found, thin, "B"));
	assert_int_equal(found.n, 5);
}

static void a_new_edition_tells_who_has_more_less_or_nothing_any_more(void **state)
{
	struct zv_measure_diffs found;
	int64_t old_id, new_id;

	(void)state;
	make_world();
	old_id = load(first);
	new_id = load(second);
	found = diffs(old_id, new_id);
	expect(&found, irtysh, "A", ZV_YES, 7500000, ZV_YES, 6000000);
	expect(&found, irtysh, "B", ZV_YES, 100000, ZV_NO, -1);
	expect(&found, irtysh, "C", ZV_NO, -1, ZV_UNKNOWN, -1); /* nobody has said whether it is lucky */
	expect(&found, sura, "B", ZV_YES, 100000, ZV_NO, -1);
	assert_null(diff_of(&found, sura, "C"));
	found = diffs(new_id, new_id);
	assert_int_equal(found.n, 0);
}

static struct zv_tasks_page tasks(const char *login)
{
	struct zv_tasks_query query = {.state = ZV_TASK_OPEN, .kind = ZV_STR("measure.changed")};
	struct zv_tasks_page page;
	struct zv_who who = as(login);

	OK(zv_tasks_list(&page, fx.db, &who, &query, &fx.arena, &fx.err));
	return page;
}

static void expect_task(const struct zv_tasks_page *page, const char *title)
{
	for (size_t i = 0; i < page->n; i++)
		if (zv_str_eq_c(page->tasks[i].title, title))
			return;
	for (size_t i = 0; i < page->n; i++)
		print_message("%.*s\n", ZV_STR_FMT(page->tasks[i].title));
	fail_msg("there is no task “%s”", title);
}

static void each_organisation_has_a_task_for_what_it_gained_or_lost_and_only_once(void **state)
{
	struct zv_measure_diffs found;
	struct zv_tasks_page page;
	struct zv_who who;
	int64_t old_id;

	(void)state;
	make_world();
	old_id = load(first);
	found = diffs(0, old_id);
	keep(&found);
	keep(&found); /* the job that was stopped and ran again */
	page = tasks("buyer-e2");
	assert_int_equal(page.n, 2);
	expect_task(&page, "You are eligible for a measure now, for 75,000.00 ₽: Batches");
	expect_task(&page, "You are eligible for a measure now, for 1,000.00 ₽: Purchase");
	assert_true(zv_str_starts(page.tasks[0].href, ZV_STR("/measures/")));
	assert_int_equal(tasks("buyer-e5").n, 1);
	assert_int_equal(tasks("buyer-e1").n, 0);
	assert_int_equal(tasks("institute-i1").n, 0);
	found = diffs(old_id, load(second));
	keep(&found);
	page = tasks("buyer-e2");
	assert_int_equal(page.n, 4); /* what nobody knows (C) is no task */
	expect_task(&page, "The sum of a measure has changed from 75,000.00 ₽ to 60,000.00 ₽: Batches");
	expect_task(&page, "You are not eligible for a measure any more, it was 1,000.00 ₽: B");
	who = as("buyer-e2");
	OK(zv_tasks_end(fx.db, &who, page.tasks[0].uid, ZV_TASK_DONE, &fx.arena, &fx.err));
	assert_int_equal(tasks("buyer-e2").n, 3);
}

static size_t changes(struct zv_measure_change **out, const struct zv_who *who, const char *measure)
{
	struct zv_measure_changes_query query = {.measure = zv_str_c(measure), .limit = 100};
	int64_t next;
	size_t n;

	OK(zv_measure_changes(out, &n, &next, fx.db, who, &query, &fx.arena, &fx.err));
	assert_int_equal(next, 0);
	return n;
}

static size_t changes_of(const char *login)
{
	struct zv_measure_change *list;
	struct zv_who who = as(login);

	return changes(&list, &who, "");
}

static void changes_are_seen_by_the_own_people_the_centre_and_the_analyst(void **state)
{
	struct zv_measure_changes_query page = {.limit = 2};
	struct zv_measure_diffs found;
	struct zv_measure_change *list;
	struct zv_who who;
	int64_t old_id, next;
	size_t n;

	(void)state;
	make_world();
	old_id = load(first);
	found = diffs(old_id, load(second));
	keep(&found);
	assert_int_equal(changes_of("analyst"), found.n);
	assert_int_equal(changes_of("buyer-e2"), 3);
	assert_int_equal(changes_of("buyer-e5"), 1);
	assert_int_equal(changes_of("buyer-e1"), 0);
	assert_int_equal(changes_of("operator-oms"), 3); /* Irtysh is the only one of Omsk */
	assert_int_equal(changes_of("operator-cu"), 1);
	assert_int_equal(changes_of("operator-tul"), 0);
	who = as("investor");
	assert_int_equal(zv_measure_changes(&list, &n, &next, fx.db, &who, &page, &fx.arena, &fx.err), ZV_E_DENIED);
	who = as("buyer-e2");
	assert_int_equal(changes(&list, &who, "A"), 1);
	assert_string_equal(zv_measure_change_word(&list[0]), "less");
	assert_true(zv_str_eq_c(list[0].title, "Batches"));
	assert_int_equal(changes(&list, &who, "B"), 1);
	assert_string_equal(zv_measure_change_word(&list[0]), "lost");
	assert_int_equal(changes(&list, &who, "C"), 1);
	assert_string_equal(zv_measure_change_word(&list[0]), "other");
	OK(zv_measure_changes(&list, &n, &next, fx.db, &who, &page, &fx.arena, &fx.err));
	assert_int_equal(n, 2);
	page.before = next;
	OK(zv_measure_changes(&list, &n, &next, fx.db, &who, &page, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	assert_int_equal(next, 0);
}

static void the_pack_of_an_organisation_concerns_it_alone(void **state)
{
	struct zv_measure_diffs found;
	int64_t id;

	(void)state;
	make_world();
	id = load(third);
	OK(zv_db_exec(fx.db, "UPDATE rule_pack SET org_id = (SELECT id FROM org WHERE inn = '3899000026') WHERE name = 't-3'", &fx.err));
	found = diffs(0, id);
	assert_int_equal(found.orgs, 1);
	assert_int_equal(found.n, 1);
	expect(&found, thin, "B", ZV_NO, -1, ZV_YES, 100000);
	OK(zv_db_exec(fx.db, "UPDATE rule_pack SET org_id = NULL, centre_id = (SELECT centre_id FROM org WHERE inn = '5599000011') WHERE name = 't-3'", &fx.err));
	found = diffs(0, id);
	assert_int_equal(found.orgs, 1);
	expect(&found, irtysh, "A", ZV_NO, -1, ZV_YES, 6000000);
}

/* --- the job ----------------------------------------------------------------------------------------------------------------------- */

static int64_t waiting(void)
{
	return fixture_number("SELECT COUNT(*) FROM job WHERE kind = 'measures.rerun' AND state = 1");
}

static void only_packs_of_support_ask_for_a_rerun(void **state)
{
	(void)state;
	make_world();
	assert_int_equal(waiting(), 0); /* the packs of the program came before the projects */
	(void)load(criteria);
	assert_int_equal(waiting(), 0);
	(void)load(second);
	assert_int_equal(waiting(), 1);
	(void)load(second); /* the same text changes nothing */
	assert_int_equal(waiting(), 1);
}

static void where_nobody_has_a_project_nobody_is_looked_at(void **state)
{
	struct zv_who who = owner();

	(void)state;
	(void)load_as(&who, first);
	assert_int_equal(waiting(), 0);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM measure_change"), 0);
}

static void at_the_command_line_it_is_done_at_once(void **state)
{
	struct zv_who who = owner();

	(void)state;
	make_world();
	(void)load_as(&who, first);
	assert_int_equal(waiting(), 0);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM measure_change"), 5);
	assert_int_equal(tasks("buyer-e2").n, 2);
	(void)load_as(&who, second);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM measure_change"), 14); /* one less, four lost, four may hope */
}

/* True once the condition holds; false after ten seconds. */
static bool wait_for(struct zv_jobs *jobs, int64_t wanted, const char *sql)
{
	const struct timespec pause = {.tv_nsec = 20000000};
	struct zv_stmt *stmt;
	int64_t have = -1;
	bool row;

	for (int i = 0; i < 500 && have != wanted; i++) {
		zv_jobs_look(jobs, fx.db);
		OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
		OK(zv_stmt_step(&row, stmt, &fx.err));
		have = row ? zv_col_int(stmt, 0) : -1;
		zv_stmt_reset(stmt);
		if (have != wanted)
			(void)nanosleep(&pause, NULL);
	}
	return have == wanted;
}

/* As an operation of the API does it: the writer loads the pack, and nobody tells the jobs. */
struct loading {
	struct zv_write write; /* first */
	struct zv_who who;
};

static enum zv_code run_load(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct loading *loading = (struct loading *)write;
	struct zv_rules_fault *faults = ZV_ARENA_ARRAY(&fx.arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	struct zv_pack_loaded loaded;
	size_t n = 0;

	return zv_pack_load(&loaded, faults, &n, db, &loading->who, zv_str_c(first), &fx.arena, err);
}

static void check_result(void)
{
	struct zv_stmt *stmt;
	struct zv_str result;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, "SELECT result FROM job WHERE kind = 'measures.rerun'", &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_true(row);
	result = zv_str_dup(&fx.arena, zv_col_text(stmt, 0));
	zv_stmt_reset(stmt);
	assert_true(zv_str_find(result, ZV_STR("\"orgs\":5,\"gained\":{\"items\":[")) > 0);
	assert_true(zv_str_find(result, ZV_STR("\"now_amount\":\"75000.00\"")) > 0);
	assert_true(zv_str_find(result, ZV_STR("\"lost\":{\"items\":[],\"total\":0}")) > 0);
}

static void a_server_takes_the_rerun_that_nobody_told_it_of_and_says_who_gained(void **state)
{
	struct loading loading = {.write = {.run = run_load}};
	struct zv_job_setup setup = {.db_url = fx.url};
	struct zv_writer *writer;
	struct zv_jobs *jobs;

	(void)state;
	make_world();
	loading.who = as("analyst"); /* sees everybody's support, as an administrator does not */
	loading.who.grants[loading.who.n_grants++] = (struct zv_grant){.role = ZV_ROLE_ADMIN, .centre_id = -1};
	zv_db_close(fx.db);
	fx.db = NULL;
	OK(zv_writer_start(&writer, fx.url, &fx.err));
	fx.db = fixture_second(ZV_DB_READ);
	setup.writer = writer;
	OK(zv_jobs_start(&jobs, &setup, &fx.err));
	OK(zv_writer_wait(writer, &loading.write, &fx.err));
	assert_true(wait_for(jobs, 1, "SELECT COUNT(*) FROM job WHERE kind = 'measures.rerun' AND state = 3"));
	check_result();
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM measure_change"), 5);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM task WHERE kind = 'measure.changed' AND state = 1"), 5);
	zv_jobs_stop(jobs);
	zv_writer_stop(writer);
}

/* --- the register and the calendar --------------------------------------------------------------------------------------------------- */

static void the_register_is_searched_alike_on_every_store(void **state)
{
	static const struct {
		const char *text, *id;
		size_t n;
	} rows[] = {
		{"№ 41 от 28.01.2016", "CL_START_BATCH", 2}, {"22 68641 00035 р", "CL_START_BATCH", 1}, {"технологических регламентов", "ATR_CHEM", 1},
		{"ENGINEERING CENTRES", "ENG_CENTRE", 1},    {"такой меры нет", NULL, 0},
	};
	struct zv_who who;

	(void)state;
	make_world();
	who = as("analyst");
	for (size_t i = 0; i < ZV_LEN(rows); i++) {
		struct zv_measures_query query = {.text = zv_str_c(rows[i].text), .status = -1, .on = ZV_DATE_NONE};
		struct zv_measure *list;
		zv_date on;
		size_t n;

		OK(zv_measures_list(&list, &n, &on, fx.db, &who, &query, &fx.arena, &fx.err));
		assert_int_equal(n, rows[i].n);
		if (n > 0)
			assert_true(zv_str_eq_c(list[0].rule->id, rows[i].id));
	}
}

static void of_a_calendar_only_the_hash_is_kept_and_the_account_takes_it_along(void **state)
{
	char secret[ZV_SECRET_TEXT], again[ZV_SECRET_TEXT];
	struct zv_who who;
	struct zv_buf feed, same;
	int64_t made = 0;

	(void)state;
	make_world();
	who = as("buyer-e1");
	OK(zv_calendar_state(&made, fx.db, &who, &fx.err));
	assert_int_equal(made, 0);
	OK(zv_calendar_open(secret, &made, fx.db, &who, &fx.err));
	assert_true(made > 0);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM calendar_link WHERE LENGTH(hash) = 64"), 1);
	zv_buf_init(&feed, 0);
	zv_buf_init(&same, 0);
	OK(zv_calendar_feed(&feed, fx.db, zv_str_c(secret), &fx.arena, &fx.err));
	OK(zv_calendar_feed(&same, fx.db, zv_str_c(secret), &fx.arena, &fx.err));
	assert_true(zv_str_eq(zv_buf_str(&feed), zv_buf_str(&same)));
	assert_true(zv_str_starts(zv_buf_str(&feed), ZV_STR("BEGIN:VCALENDAR\r\n")));
	OK(zv_calendar_open(again, &made, fx.db, &who, &fx.err));
	assert_string_not_equal(secret, again);
	assert_int_equal(zv_calendar_feed(&same, fx.db, zv_str_c(secret), &fx.arena, &fx.err), ZV_E_NOTFOUND);
	OK(zv_calendar_end(fx.db, &who, &fx.err));
	assert_int_equal(zv_calendar_feed(&same, fx.db, zv_str_c(again), &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM calendar_link"), 0);
	who = owner();
	assert_int_equal(zv_calendar_open(again, &made, fx.db, &who, &fx.err), ZV_E_DENIED); /* the owner of the database is no account */
	zv_buf_done(&feed);
	zv_buf_done(&same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_a_first_pack_gives_is_gained_by_those_who_have_to_do_with_projects),
		FIXTURE_TEST(a_new_edition_tells_who_has_more_less_or_nothing_any_more),
		FIXTURE_TEST(each_organisation_has_a_task_for_what_it_gained_or_lost_and_only_once),
		FIXTURE_TEST(changes_are_seen_by_the_own_people_the_centre_and_the_analyst),
		FIXTURE_TEST(the_pack_of_an_organisation_concerns_it_alone),
		FIXTURE_TEST(only_packs_of_support_ask_for_a_rerun),
		FIXTURE_TEST(where_nobody_has_a_project_nobody_is_looked_at),
		FIXTURE_TEST(at_the_command_line_it_is_done_at_once),
		FIXTURE_TEST(a_server_takes_the_rerun_that_nobody_told_it_of_and_says_who_gained),
		FIXTURE_TEST(the_register_is_searched_alike_on_every_store),
		FIXTURE_TEST(of_a_calendar_only_the_hash_is_kept_and_the_account_takes_it_along),
	};

	return fixture_run("measures", tests, ZV_LEN(tests));
}
