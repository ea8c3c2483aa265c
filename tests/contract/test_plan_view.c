/* National plans as people see them: names by sight, volumes by the rule of disclosure, ceilings for those who see all needs; and as tables. */
#include "fixture.h"

#include <string.h>

#include "app/demo.h"
#include "app/plan_files.h"
#include "app/plan_view.h"
#include "app/plan_view_compare.h"
#include "auth/auth.h"
#include "base/tr.h"
#include "store/account.h"

static const int64_t KG = 1000000, RUB = 1000000;
static const int32_t Q3 = 2026 * 4 + 2;

struct part {
	const char *need;
	int64_t kg;
};

/* Four buyers in one order, none above 75 %; and the fifth alone. */
static const struct part pooled[] = {{"N1", 50}, {"N2", 30}, {"N3", 15}, {"N4", 70}}, lone[] = {{"N5", 20}};

static int64_t id_of(const char *reg, const char *key)
{
	struct zv_stmt *stmt;
	int64_t id;
	bool row;

	if (strcmp(reg, "need") == 0)
		OK(zv_db_stmt(&stmt, fx.db, "SELECT id FROM need WHERE source_key = $1", &fx.err));
	else
		OK(zv_db_stmt(&stmt, fx.db, "SELECT id FROM offer WHERE source_key = $1", &fx.err));
	zv_bind_text(stmt, 1, zv_str_c(key));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_true(row);
	id = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return id;
}

static void add_order(int64_t plan_id, int64_t n, const char *offer, const struct part *parts, size_t n_parts)
{
	struct zv_plan_order_row row = {.n = n, .offer_id = id_of("offer", offer), .region = ZV_STR("RU-IRK"), .period = Q3, .tier = 1, .n_tiers = 3, .dim = 1,
					.price_urub = 5000 * RUB, .launch_kop = 10000000, .needs = (int64_t)n_parts, .regions = (int64_t)n_parts};

	for (size_t i = 0; i < n_parts; i++)
		row.qty_base += parts[i].kg * KG;
	row.total_kop = row.launch_kop + row.qty_base / KG * 500000;
	row.item_id = fixture_number("SELECT item_id FROM offer WHERE source_key = 'O-E3'");
	OK(zv_plan_insert_order(fx.db, plan_id, &row, &fx.err));
	for (size_t i = 0; i < n_parts; i++) {
		const struct zv_plan_flow_row flow = {.order_n = n, .need_id = id_of("need", parts[i].need), .qty_base = parts[i].kg * KG,
						      .price_urub = 5100 * RUB, .ceiling_urub = 5500 * RUB, .priority = 3};

		OK(zv_plan_insert_flow(fx.db, plan_id, &flow, &fx.err));
	}
}

static void add_why(int64_t plan_id, const char *need, const char *code, int64_t kg)
{
	const struct zv_plan_why_row row = {.need_id = id_of("need", need), .code = zv_str_c(code), .priority = 3, .dim = 1, .qty_base = kg * KG, .value_kop = kg * 550000,
					    .ceiling_urub = 5500 * RUB, .kind = ZV_DIM_MASS, .figure = 10 * KG, .offer_id = id_of("offer", "O-I1"), .period = Q3, .tier = 1,
					    .verified = true, .also = ZV_STR(""), .detail = ZV_STR("")};

	OK(zv_plan_insert_why(fx.db, plan_id, &row, &fx.err));
}

/* A plan over the demo world; N2 is shown to everybody. */
static struct zv_plan_row plan_here(bool with_lone)
{
	struct zv_str none = ZV_STR("");
	struct zv_plan_row plan = {.title = ZV_STR("Проба"), .made_by = ZV_STR("test"), .as_of = 20514, .from_uid = none, .first_period = Q3, .n_periods = 4,
				   .objective_kop = 1000, .bound_kop = 900, .constant_kop = 100, .launches_kop = 300, .prices_kop = 400, .penalties_kop = 300,
				   .n_needs = 5, .n_covered = 3, .n_orders = 2, .program = none, .problem = none, .digest = none, .options = ZV_STR("{}")};

	OK(zv_plan_insert(fx.db, &plan, &fx.arena, &fx.err));
	add_order(plan.id, 1, "O-E3", pooled, ZV_LEN(pooled));
	if (with_lone)
		add_order(plan.id, 2, "O-M2", lone, ZV_LEN(lone));
	add_why(plan.id, "N2", "MOQ", 2);
	add_why(plan.id, "N5", "MOQ", 15);
	return plan;
}

static void open_world(void)
{
	OK(zv_demo_fill(fx.db, &fx.err));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE need SET visibility = 3 WHERE source_key = 'N2'", &fx.err));
}

static struct zv_who as(const char *login)
{
	struct zv_account account;
	struct zv_who who;

	OK(zv_account_by_login(&account, fx.db, zv_str_c(login), &fx.arena, &fx.err));
	zv_who_of_account(&who, &account, &fx.arena);
	return who;
}

static struct zv_plan_seeing seeing(const struct zv_who *who)
{
	struct zv_plan_seeing out;

	OK(zv_plan_seeing_open(&out, fx.db, who, &fx.arena, &fx.err));
	return out;
}

/* --- tests ------------------------------------------------------------------------------------------------------------------------- */

static void plans_are_for_those_who_compare_makers(void **state)
{
	static const char *const refused[] = {"admin", "buyer-e1", "maker-e3", "institute-i1", "cluster", "investor"};
	struct zv_plan_seeing out;

	(void)state;
	open_world();
	for (size_t i = 0; i < ZV_LEN(refused); i++) {
		struct zv_who who = as(refused[i]);

		assert_int_equal(zv_plan_seeing_open(&out, fx.db, &who, &fx.arena, &fx.err), ZV_E_DENIED);
	}
	struct zv_who analyst = as("analyst"), operator= as("operator-rya");
	assert_true(seeing(&analyst).all);
	assert_false(seeing(&operator).all);
}

static void an_analyst_sees_an_order_whole(void **state)
{
	struct zv_who who;
	struct zv_plan_v_detail detail;
	struct zv_plan_seeing see;
	struct zv_plan_row plan;
	int64_t sum = 0;

	(void)state;
	open_world();
	plan = plan_here(true);
	who = as("analyst");
	see = seeing(&who);
	OK(zv_plan_view_order(&detail, &see, plan.id, 1, &fx.err));
	for (size_t i = 0; i < detail.n; i++) {
		sum += detail.flows[i].row.qty_base;
		assert_int_equal(detail.flows[i].row.ceiling_urub, 5500 * RUB);
		assert_true(detail.flows[i].need.key.n > 0 && detail.flows[i].need.org.n > 0);
	}
	assert_int_equal(detail.n, 4);
	assert_int_equal(sum, detail.order.row.qty_base);
	assert_int_equal(detail.others, 0);
	assert_int_equal(zv_plan_view_order(&detail, &see, plan.id, 3, &fx.err), ZV_E_NOTFOUND);
}

static void an_operator_sees_others_by_sight_and_no_volume_of_one_buyer(void **state)
{
	struct zv_who who;
	struct zv_plan_v_detail detail;
	struct zv_plan_seeing see;
	struct zv_plan_row plan;

	(void)state;
	open_world();
	plan = plan_here(true);
	who = as("operator-rya");
	see = seeing(&who);
	OK(zv_plan_view_order(&detail, &see, plan.id, 1, &fx.err));
	assert_false(detail.order.hidden);
	assert_int_equal(detail.order.row.qty_base, 165 * KG);
	assert_int_equal((int64_t)detail.n + detail.others, 4);
	assert_true(detail.others >= 1);
	for (size_t i = 0; i < detail.n; i++) {
		bool own = detail.flows[i].need.sight == ZV_SIGHT_FULL;

		assert_true(own == (detail.flows[i].row.ceiling_urub != ZV_PLAN_HIDDEN));
		assert_true(own == (detail.flows[i].need.key.n > 0));
		assert_true(own == zv_str_eq_c(detail.flows[i].need.key, "N1"));
	}
	OK(zv_plan_view_order(&detail, &see, plan.id, 2, &fx.err));
	assert_true(detail.order.hidden);
	assert_int_equal(detail.order.row.qty_base, ZV_PLAN_HIDDEN);
	assert_int_equal(detail.order.row.total_kop, ZV_PLAN_HIDDEN);
	assert_int_equal(detail.n + (size_t)detail.others, 0);
}

static void what_is_left_over_takes_no_place_where_it_is_hidden(void **state)
{
	struct zv_plan_whys_ask ask = {.q = ZV_STR(""), .code = ZV_STR(""), .region = ZV_STR(""), .limit = 1};
	struct zv_plan_v_why *whys;
	struct zv_plan_reason *reasons;
	struct zv_plan_seeing see;
	struct zv_plan_row plan;
	struct zv_who who;
	int64_t next;
	size_t n;

	(void)state;
	zv_tr_set_lang("en");
	open_world();
	plan = plan_here(true);
	who = as("operator-rya");
	see = seeing(&who);
	OK(zv_plan_view_whys(&whys, &n, &next, &see, plan.id, &ask, &fx.err));
	assert_int_equal(n, 1);
	assert_int_equal(next, 0);
	assert_int_equal(whys[0].need.sight, ZV_SIGHT_SHAPE);
	assert_true(zv_str_eq_c(whys[0].text, "The smallest order is not reached"));
	assert_true(whys[0].flip.n == 0 && whys[0].figure.n == 0 && !whys[0].has_offer);
	OK(zv_plan_view_reasons(&reasons, &n, &see, plan.id, &fx.err));
	assert_int_equal(n, 1);
	assert_int_equal(reasons[0].needs, 2);
	assert_true(reasons[0].qty.n == 0 && reasons[0].value_kop == ZV_PLAN_HIDDEN);
	who = as("analyst");
	see = seeing(&who);
	OK(zv_plan_view_whys(&whys, &n, &next, &see, plan.id, &ask, &fx.err));
	assert_true(n == 1 && next != 0);
	ask.after = next;
	OK(zv_plan_view_whys(&whys, &n, &next, &see, plan.id, &ask, &fx.err));
	assert_true(n == 1 && next == 0 && zv_str_eq_c(whys[0].need.key, "N5"));
}

static void sums_that_tell_of_ceilings_are_hidden_and_orders_by_them_refused(void **state)
{
	struct zv_plan_orders_ask ask = {.q = ZV_STR(""), .region = ZV_STR(""), .sort = ZV_PLAN_BY_TOTAL, .limit = 50};
	struct zv_plan_v_order *orders;
	struct zv_plan_seeing see;
	struct zv_plan_view view;
	struct zv_plan_row plan;
	struct zv_who who;
	int64_t next;
	size_t n;

	(void)state;
	open_world();
	plan = plan_here(true);
	who = as("operator-rya");
	see = seeing(&who);
	OK(zv_plan_view(&view, &see, plan.uid, &fx.err));
	assert_int_equal(view.row.objective_kop, ZV_PLAN_HIDDEN);
	assert_int_equal(view.row.bound_kop, ZV_PLAN_HIDDEN);
	assert_true(view.row.launches_kop == ZV_PLAN_HIDDEN && zv_plan_cost_kop(&view.row) == ZV_PLAN_HIDDEN);
	assert_int_equal(view.makers, 2);
	assert_int_equal(zv_plan_view_orders(&orders, &n, &next, &see, plan.id, &ask, &fx.err), ZV_E_DENIED);
	who = as("analyst");
	see = seeing(&who);
	OK(zv_plan_view_orders(&orders, &n, &next, &see, plan.id, &ask, &fx.err));
	assert_true(n == 2 && orders[0].row.n == 1 && orders[1].row.n == 2);
}

static void flows_between_regions_are_all_or_nobodys(void **state)
{
	struct zv_plan_sankey sankey;
	struct zv_plan_seeing see;
	struct zv_plan_row plan;
	struct zv_who who;
	int64_t sum = 0;

	(void)state;
	open_world();
	plan = plan_here(true);
	who = as("analyst");
	see = seeing(&who);
	OK(zv_plan_view_sankey(&sankey, &see, plan.id, false, &fx.err));
	assert_int_equal(sankey.n, 5);
	for (size_t i = 0; i < sankey.n; i++)
		sum += sankey.links[i].kop;
	assert_int_equal(sum, 185 * 510000);
	who = as("operator-rya");
	see = seeing(&who);
	OK(zv_plan_view_sankey(&sankey, &see, plan.id, false, &fx.err));
	assert_int_equal(sankey.n, 1);
	assert_true(zv_str_eq_c(sankey.links[0].from, "other") && sankey.links[0].kop == sum);
}

static void two_plans_differ_by_the_order_that_went(void **state)
{
	struct zv_plan_v_compare compare;
	struct zv_plan_seeing see;
	struct zv_plan_row a, b;
	struct zv_who who;

	(void)state;
	open_world();
	a = plan_here(true);
	b = plan_here(false);
	who = as("analyst");
	see = seeing(&who);
	OK(zv_plan_view_compare(&compare, &see, a.uid, b.uid, &fx.err));
	assert_int_equal(compare.n_gone, 1);
	assert_int_equal(compare.n_added + compare.n_changed, 0);
	assert_int_equal(compare.gone[0].was_base, 20 * KG);
	assert_int_equal(compare.gone[0].now_base, ZV_PLAN_HIDDEN);
	who = as("operator-rya");
	see = seeing(&who);
	OK(zv_plan_view_compare(&compare, &see, a.uid, b.uid, &fx.err));
	assert_true(compare.gone[0].hidden && compare.gone[0].was_base == ZV_PLAN_HIDDEN);
	assert_int_equal(zv_plan_view_compare(&compare, &see, a.uid, ZV_STR("plan_x"), &fx.err), ZV_E_NOTFOUND);
}

static size_t lines(const struct zv_buf *buf)
{
	size_t n = 0;

	for (size_t i = 0; i < buf->n; i++)
		n += buf->p[i] == '\n';
	return n;
}

static void tables_hold_what_may_be_seen(void **state)
{
	static const char *const logins[] = {"analyst", "operator-rya"};
	struct zv_plan_row plan;
	struct zv_buf csv;
	int64_t rows;

	(void)state;
	open_world();
	plan = plan_here(true);
	for (size_t i = 0; i < ZV_LEN(logins); i++) {
		struct zv_who who = as(logins[i]);
		struct zv_plan_seeing see = seeing(&who);

		for (int sheet = 0; sheet < ZV_PLAN_SHEETS; sheet++) {
			zv_buf_init(&csv, 0);
			OK(zv_plan_csv(&csv, &rows, &see, &plan, (enum zv_plan_sheet)sheet, &fx.err));
			assert_int_equal(lines(&csv), rows + 1);
			if (sheet == ZV_PLAN_SHEET_FLOWS) {
				assert_true(i == 0 ? rows == 5 : rows < 5);
				assert_true((strstr(zv_buf_c(&csv), "N5") != NULL) == (i == 0));
			}
			zv_buf_done(&csv);
		}
	}
}

/* More orders than a page of the writer holds: each stands in the table once. */
static void a_long_table_ends(void **state)
{
	enum { ORDERS = 1203 };
	static const struct part one[] = {{"N1", 1}};
	struct zv_plan_seeing see;
	struct zv_plan_row plan;
	struct zv_who who;
	struct zv_buf csv;
	int64_t rows;

	(void)state;
	open_world();
	plan = plan_here(false);
	for (int64_t n = 2; n <= ORDERS; n++)
		add_order(plan.id, n, "O-M2", one, 1);
	who = as("analyst");
	see = seeing(&who);
	for (int sheet = ZV_PLAN_SHEET_ORDERS; sheet <= ZV_PLAN_SHEET_FLOWS; sheet++) {
		zv_buf_init(&csv, 0);
		OK(zv_plan_csv(&csv, &rows, &see, &plan, (enum zv_plan_sheet)sheet, &fx.err));
		assert_int_equal(rows, sheet == ZV_PLAN_SHEET_ORDERS ? ORDERS : ORDERS - 1 + 4);
		assert_int_equal(lines(&csv), rows + 1);
		zv_buf_done(&csv);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(plans_are_for_those_who_compare_makers),
		FIXTURE_TEST(an_analyst_sees_an_order_whole),
		FIXTURE_TEST(an_operator_sees_others_by_sight_and_no_volume_of_one_buyer),
		FIXTURE_TEST(what_is_left_over_takes_no_place_where_it_is_hidden),
		FIXTURE_TEST(sums_that_tell_of_ceilings_are_hidden_and_orders_by_them_refused),
		FIXTURE_TEST(flows_between_regions_are_all_or_nobodys),
		FIXTURE_TEST(two_plans_differ_by_the_order_that_went),
		FIXTURE_TEST(tables_hold_what_may_be_seen),
		FIXTURE_TEST(a_long_table_ends),
	};

	return fixture_run("plan_view", tests, ZV_LEN(tests));
}
