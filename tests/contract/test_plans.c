/* National plans over the registers: what is stored, what it says, what takes it away. */
#include "fixture.h"

#include <string.h>

#include "app/demo.h"
#include "app/plan_compare.h"
#include "app/plan_keeper.h"
#include "app/plan_run.h"
#include "app/row_edit.h"
#include "base/tr.h"
#include "store/plan.h"
#include "store/setting.h"

static const int64_t KG = 1000000, RUB = 1000000;

static const char *const tables[] = {
	"SELECT COUNT(*) FROM plan_level", "SELECT COUNT(*) FROM plan_region",    "SELECT COUNT(*) FROM plan_order",  "SELECT COUNT(*) FROM plan_flow",
	"SELECT COUNT(*) FROM plan_why",   "SELECT COUNT(*) FROM plan_outside",   "SELECT COUNT(*) FROM plan_unlock", "SELECT COUNT(*) FROM plan_joiner",
	"SELECT COUNT(*) FROM plan_hour",  "SELECT COUNT(*) FROM plan_next_tier", "SELECT COUNT(*) FROM plan_missing", "SELECT COUNT(*) FROM plan_price",
	"SELECT COUNT(*) FROM plan_capacity_price", "SELECT COUNT(*) FROM plan",
};

static int64_t number_of(const char *sql)
{
	struct zv_stmt *stmt;
	int64_t n = -1;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	if (row)
		n = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return n;
}

static struct zv_plan_row run(const struct zv_plan_run_options *options)
{
	struct zv_plan_row plan;

	OK(zv_plan_run(&plan, fx.db, options, &fx.arena, &fx.err));
	return plan;
}

static struct zv_plan_row run_titled(const char *title)
{
	const struct zv_plan_run_options options = {.as_of = ZV_DATE_NONE, .title = zv_str_c(title), .from = ZV_STR(""), .actor = "test"};

	return run(&options);
}

static void close_n3(void)
{
	const struct zv_register *needs = zv_register_find("need");
	const struct zv_row_field field = {ZV_STR_INIT("state"), ZV_STR_INIT("closed"), false};
	const struct zv_row_edit_options options = {.actor = "test", .said_on = ZV_DATE_NONE};
	int64_t id = fixture_number("SELECT id FROM need WHERE source_key = 'N3'");
	struct zv_record need = fixture_load(needs, id);
	struct zv_row_edit edit = {0};

	OK(zv_row_set(&edit, fx.db, needs, &need, &field, 1, &options, &fx.arena, &fx.err));
	zv_row_edit_done(&edit);
}

static void the_plan_of_the_demo_world_is_its_lot(void **state)
{
	struct zv_plan_order_row *orders;
	struct zv_plan_flow_row *flows;
	struct zv_plan_row plan;
	size_t n;
	int64_t qty = 0, extra = 0;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	plan = run_titled("demo");
	OK(zv_plan_orders(&orders, &n, fx.db, plan.id, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	assert_int_equal(orders[0].qty_base, 200 * KG);
	assert_int_equal(orders[0].extra_base, 30 * KG);
	assert_int_equal(orders[0].price_urub, 5000 * RUB);
	assert_int_equal(orders[0].total_kop, 100000000);
	assert_int_equal(orders[0].needs, 5);
	assert_int_equal(orders[0].regions, 5);
	assert_int_equal(orders[0].period, 2026 * 4 + 1);
	OK(zv_plan_flows(&flows, &n, fx.db, &(struct zv_plan_flow_query){.plan_id = plan.id}, &fx.arena, &fx.err));
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++) {
		qty += flows[i].qty_base;
		extra += flows[i].extra_base;
		assert_true(flows[i].price_urub <= flows[i].ceiling_urub);
	}
	assert_int_equal(qty, 200 * KG);
	assert_int_equal(extra, 30 * KG);
	assert_int_equal(plan.n_needs, 5);
	assert_int_equal(plan.n_covered, 5);
	assert_true(plan.bound_kop <= plan.objective_kop);
	assert_int_equal(plan.objective_kop, 100000000);
	assert_int_equal(number_of("SELECT COUNT(*) FROM plan_why"), 0);
}

static void what_is_kept_is_read_back(void **state)
{
	struct zv_plan_row plan, again, latest;
	struct zv_plan_level_row *levels;
	struct zv_plan_region_row *regions;
	struct zv_plan_price_row *needs, *capacity;
	size_t n, n_capacity;
	bool found;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	plan = run_titled("kept");
	OK(zv_plan_by_uid(&again, fx.db, plan.uid, &fx.arena, &fx.err));
	assert_int_equal(again.objective_kop, plan.objective_kop);
	assert_int_equal(again.bound_kop, plan.bound_kop);
	assert_int_equal(again.proved, plan.proved);
	assert_true(zv_str_eq_c(again.title, "kept"));
	assert_true(zv_str_eq_c(again.made_by, "test"));
	assert_true(zv_str_eq(again.digest, plan.digest));
	OK(zv_plan_latest(&found, &latest, fx.db, 0, &fx.arena, &fx.err));
	assert_true(found && latest.id == plan.id);
	OK(zv_plan_levels(&levels, &n, fx.db, plan.id, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	assert_int_equal(levels[0].priority, 3);
	assert_int_equal(levels[0].qty_milli, 170000);
	assert_int_equal(levels[0].covered_milli, 170000);
	assert_int_equal(levels[0].bound_milli, 170000);
	OK(zv_plan_regions(&regions, &n, fx.db, plan.id, &fx.arena, &fx.err));
	assert_int_equal(n, 6);
	OK(zv_plan_prices(&needs, &n, &capacity, &n_capacity, fx.db, plan.id, &fx.arena, &fx.err));
	assert_int_equal(n, 5);
	fx.err = (struct zv_err){0};
	assert_int_equal(zv_plan_by_uid(&again, fx.db, ZV_STR("plan_none"), &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

static void a_need_that_leaves_takes_the_order_with_it_and_says_what_lacks(void **state)
{
	struct zv_plan_why_row *whys;
	struct zv_plan_row plan;
	size_t n;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	close_n3();
	plan = run_titled("without N3");
	assert_int_equal(plan.n_orders, 0);
	OK(zv_plan_whys(&whys, &n, fx.db, &(struct zv_plan_why_query){.plan_id = plan.id, .code = ZV_STR(""), .region = ZV_STR("")}, &fx.arena, &fx.err));
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++) {
		assert_true(zv_str_eq_c(whys[i].code, "MOQ"));
		assert_int_equal(whys[i].figure, 15 * KG);
		assert_true(whys[i].verified);
		assert_true(zv_str_eq_c(whys[i].detail, "200000000"));
	}
	assert_true(number_of("SELECT COUNT(*) FROM plan_unlock") >= 1);
	assert_int_equal(number_of("SELECT lack_base FROM plan_unlock WHERE n = 1"), 15 * KG);
}

static void a_need_nobody_makes_names_what_is_near_and_what_waits(void **state)
{
	struct zv_plan_why_row *whys;
	struct zv_plan_row plan;
	size_t n;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE item SET okpd2 = '20.14.62.111' WHERE id = (SELECT item_id FROM offer WHERE source_key = 'O-E3')", &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE item SET okpd2 = '20.14.61.110' WHERE id = (SELECT MIN(id) FROM item WHERE id NOT IN (SELECT item_id FROM offer))", &fx.err));
	OK(zv_db_exec(fx.db,
		      "UPDATE need SET item_id = (SELECT MIN(id) FROM item WHERE id NOT IN (SELECT item_id FROM offer)), requirements = NULL "
		      "WHERE source_key IN ('N2', 'N3')",
		      &fx.err));
	plan = run_titled("two without a maker");
	OK(zv_plan_whys(&whys, &n, fx.db, &(struct zv_plan_why_query){.plan_id = plan.id, .code = ZV_STR("NOMAKER"), .region = ZV_STR("")}, &fx.arena, &fx.err));
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(whys[i].input_id, fixture_number("SELECT item_id FROM offer WHERE source_key = 'O-E3'"));
		assert_true(zv_str_eq_c(whys[i].detail, "2 40000000"));
	}
}

/* 60 kg and up to 10 more: a smallest order of 70 kg, none of 75. */
static void what_stands_alone_is_counted_with_its_tolerance(void **state)
{
	struct zv_plan_row plan;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	assert_int_equal(run_titled("by order of 200 kg").n_alone, 0);
	OK(zv_db_exec(fx.db, "UPDATE offer SET fixed_kop = NULL, min_base = 70000000 WHERE source_key = 'O-E3'", &fx.err));
	plan = run_titled("by order of 70 kg");
	assert_int_equal(plan.n_alone, 1);
	assert_int_equal(plan.alone_kop, 60 * 500000);
	OK(zv_db_exec(fx.db, "UPDATE offer SET min_base = 75000000 WHERE source_key = 'O-E3'", &fx.err));
	assert_int_equal(run_titled("by order of 75 kg").n_alone, 0);
}

static void a_need_not_to_be_had_in_parts_gets_all_or_nothing(void **state)
{
	struct zv_plan_row plan;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE offer SET fixed_kop = NULL, min_base = NULL, step_base = NULL, max_base = 100000000 WHERE source_key = 'O-E3'", &fx.err));
	OK(zv_db_exec(fx.db, "DELETE FROM capacity", &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE need SET due = 20650, earliest = 20640", &fx.err));
	plan = run_titled("in parts");
	assert_int_equal(number_of("SELECT SUM(qty_base) FROM plan_flow"), 100 * KG);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_plan_drop(fx.db, plan.id, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE need SET partial = 0", &fx.err));
	plan = run_titled("whole");
	assert_int_equal(plan.n_covered, number_of("SELECT COUNT(*) FROM plan_flow"));
	assert_int_equal(number_of("SELECT COUNT(*) FROM plan_flow f JOIN need n ON n.id = f.need_id WHERE f.qty_base - f.extra_base <> n.qty_base"), 0);
	assert_true(number_of("SELECT COUNT(*) FROM plan_why") > 0);
}

/* The cheaper of two makers has no more than the setting allows; an item with one maker alone has no limit. */
static void the_largest_share_of_a_maker_is_kept(void **state)
{
	struct zv_plan_row plan;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	OK(zv_db_exec(fx.db, "DELETE FROM capacity", &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE offer SET fixed_kop = NULL, min_base = NULL, step_base = NULL, max_base = NULL, lead_days = 30, properties = NULL", &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE offer SET price_kop = 300000, price_per = 1000000 WHERE source_key = 'O-M2'", &fx.err));
	plan = run_titled("no limit");
	assert_int_equal(number_of("SELECT COUNT(DISTINCT offer_id) FROM plan_order"), 1);
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_plan_drop(fx.db, plan.id, &fx.err));
	OK(zv_setting_put(fx.db, "plan.max_share", ZV_STR("60"), &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	plan = run_titled("60 percent");
	assert_int_equal(plan.n_covered, 5);
	assert_int_equal(number_of("SELECT COUNT(DISTINCT offer_id) FROM plan_order"), 2);
	assert_true(number_of("SELECT MAX(qty_base) FROM plan_order") * 10 <= number_of("SELECT SUM(qty_base) FROM plan_order") * 6);
	OK(zv_db_exec(fx.db, "UPDATE offer SET price_kop = NULL, price_per = NULL WHERE source_key = 'O-M2'", &fx.err));
	assert_int_equal(run_titled("one maker").n_covered, 5);
}

static void the_same_registers_give_the_same_plan_and_only_new_keeps_none(void **state)
{
	struct zv_plan_run_options options = {.as_of = ZV_DATE_NONE, .title = ZV_STR(""), .from = ZV_STR(""), .only_new = true, .actor = "test"};
	struct zv_plan_row a, b, c;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	a = run_titled("a");
	b = run_titled("b");
	assert_true(zv_str_eq(a.digest, b.digest));
	assert_true(zv_str_eq(a.problem, b.problem));
	c = run(&options);
	assert_int_equal(c.uid.n, 0);
	assert_int_equal(number_of("SELECT COUNT(*) FROM plan"), 2);
	close_n3();
	c = run(&options);
	assert_true(c.uid.n > 0);
	assert_false(zv_str_eq(c.problem, a.problem));
}

static void a_dropped_plan_leaves_nothing(void **state)
{
	struct zv_plan_row a, b;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	close_n3();
	a = run_titled("a");
	b = run_titled("b");
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_plan_drop(fx.db, a.id, &fx.err));
	OK(zv_plan_drop(fx.db, b.id, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	for (size_t i = 0; i < ZV_LEN(tables); i++)
		assert_int_equal(number_of(tables[i]), 0);
}

static void an_undo_of_its_needs_takes_the_plan(void **state)
{
	char before[65], after[65];

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	fixture_digest(before);
	(void)run_titled("a");
	fixture_digest(after);
	assert_string_equal(before, after); /* a plan changes no register */
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_plan_forget_batch(fx.db, fixture_number("SELECT batch_id FROM need WHERE source_key = 'N1'"), &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	for (size_t i = 0; i < ZV_LEN(tables); i++)
		assert_int_equal(number_of(tables[i]), 0);
}

static bool at_once(void *context)
{
	(void)context;
	return true;
}

static void a_stopped_plan_is_kept_only_when_asked_for(void **state)
{
	struct zv_plan_run_options options = {.as_of = ZV_DATE_NONE, .title = ZV_STR(""), .from = ZV_STR(""), .actor = "test", .stop = at_once};
	struct zv_plan_row plan;
	enum zv_code code;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	code = zv_plan_run(&plan, fx.db, &options, &fx.arena, &fx.err);
	assert_int_equal(code, ZV_E_CONFLICT);
	assert_int_equal(number_of("SELECT COUNT(*) FROM plan"), 0);
	options.keep_stopped = true;
	fx.err = (struct zv_err){0};
	plan = run(&options);
	assert_true(plan.stopped);
	assert_true(plan.bound_kop <= plan.objective_kop);
	assert_int_equal(number_of("SELECT COUNT(*) FROM plan WHERE stopped = 1"), 1);
}

static void two_plans_are_compared_order_by_order_and_need_by_need(void **state)
{
	struct zv_plan_comparison c;
	struct zv_plan_row a, b;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	a = run_titled("a");
	close_n3();
	b = run_titled("b");
	OK(zv_plan_compare(&c, fx.db, a.uid, b.uid, &fx.arena, &fx.err));
	assert_int_equal(c.gone, 1);
	assert_int_equal(c.added + c.changed, 0);
	assert_int_equal(c.lost, 4);
	assert_int_equal(c.gained, 0);
	assert_true(c.needs[0].lost && zv_str_eq_c(c.needs[0].now, "MOQ"));
	OK(zv_plan_compare(&c, fx.db, b.uid, a.uid, &fx.arena, &fx.err));
	assert_int_equal(c.added, 1);
	assert_int_equal(c.gained, 4);
	OK(zv_plan_compare(&c, fx.db, a.uid, a.uid, &fx.arena, &fx.err));
	assert_int_equal(c.n_orders + c.n_needs, 0);
}

static void at_night_a_plan_is_made_when_something_changed(void **state)
{
	struct zv_writer *writer;
	struct zv_db *db;
	bool made;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	zv_db_close(fx.db);
	OK(zv_writer_start(&writer, fx.url, &fx.err));
	db = fixture_second(ZV_DB_READ);
	OK(zv_plan_nightly(&made, db, writer, NULL, NULL, &fx.err));
	assert_false(made); /* the first one is made by hand */
	zv_db_close(db);
	zv_writer_stop(writer);

	fx.db = fixture_second(ZV_DB_WRITE);
	(void)run_titled("by hand");
	zv_db_close(fx.db);
	OK(zv_writer_start(&writer, fx.url, &fx.err));
	db = fixture_second(ZV_DB_READ);
	OK(zv_plan_nightly(&made, db, writer, NULL, NULL, &fx.err));
	assert_false(made);
	zv_db_close(db);
	zv_writer_stop(writer);

	fx.db = fixture_second(ZV_DB_WRITE);
	close_n3();
	zv_db_close(fx.db);
	OK(zv_writer_start(&writer, fx.url, &fx.err));
	db = fixture_second(ZV_DB_READ);
	OK(zv_plan_nightly(&made, db, writer, NULL, NULL, &fx.err));
	assert_true(made);
	zv_db_close(db);
	zv_writer_stop(writer);
	fx.db = fixture_second(ZV_DB_WRITE);
	assert_int_equal(number_of("SELECT COUNT(*) FROM plan WHERE nightly = 1 AND from_uid <> '' AND made_by = 'server'"), 1);
	assert_int_equal(number_of("SELECT COUNT(*) FROM plan_price"), 4); /* those of the newest plan alone */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(the_plan_of_the_demo_world_is_its_lot),
		FIXTURE_TEST(what_is_kept_is_read_back),
		FIXTURE_TEST(a_need_that_leaves_takes_the_order_with_it_and_says_what_lacks),
		FIXTURE_TEST(a_need_nobody_makes_names_what_is_near_and_what_waits),
		FIXTURE_TEST(what_stands_alone_is_counted_with_its_tolerance),
		FIXTURE_TEST(a_need_not_to_be_had_in_parts_gets_all_or_nothing),
		FIXTURE_TEST(the_largest_share_of_a_maker_is_kept),
		FIXTURE_TEST(the_same_registers_give_the_same_plan_and_only_new_keeps_none),
		FIXTURE_TEST(a_dropped_plan_leaves_nothing),
		FIXTURE_TEST(an_undo_of_its_needs_takes_the_plan),
		FIXTURE_TEST(a_stopped_plan_is_kept_only_when_asked_for),
		FIXTURE_TEST(two_plans_are_compared_order_by_order_and_need_by_need),
		FIXTURE_TEST(at_night_a_plan_is_made_when_something_changed),
	};

	return fixture_run("contract/plans", tests, sizeof(tests) / sizeof(*tests));
}
