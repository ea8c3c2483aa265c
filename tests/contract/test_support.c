/* Support on the demo world: exact roubles of the start batch, what if, who sees it, what is stated, cost lines out of lots. */
#include "fixture.h"

#include <string.h>

#include "app/demo.h"
#include "app/find.h"
#include "app/lots_run.h"
#include "app/support.h"
#include "auth/auth.h"
#include "store/account.h"

enum { RUB = 100 };

static struct zv_who as(const char *login)
{
	struct zv_account account;
	struct zv_who who;

	OK(zv_account_by_login(&account, fx.db, zv_str_c(login), &fx.arena, &fx.err));
	zv_who_of_account(&who, &account, &fx.arena);
	return who;
}

static struct zv_str uid_of(const char *reg, const char *key)
{
	struct zv_record record;

	OK(zv_find_record(&record, NULL, fx.db, zv_register_find(reg), zv_str_c(key), &fx.arena, &fx.err));
	return record.uid;
}

static struct zv_support_ask project(void)
{
	return (struct zv_support_ask){.on = ZV_DATE_NONE, .project = uid_of("project", "ПР1")};
}

static const struct zv_support_row *row_of(const struct zv_support_view *view, const char *id)
{
	for (size_t i = 0; i < view->n_rows; i++)
		if (zv_str_eq_c(view->rows[i].rule->id, id))
			return &view->rows[i];
	fail_msg("no measure %s", id);
	return NULL;
}

static void look(struct zv_support *out, const char *login, const char *org, const struct zv_support_ask *ask)
{
	struct zv_who who = as(login);

	OK(zv_support_org(out, fx.db, &who, uid_of("org", org), ask, &fx.arena, &fx.err));
}

static void is_text(struct zv_str have, const char *want)
{
	if (!zv_str_eq_c(have, want))
		fail_msg("“%.*s” instead of “%s”", ZV_STR_FMT(have), want);
}

static void the_start_batch_of_e2_gives_75_000_roubles(void **state)
{
	struct zv_support support;
	const struct zv_support_row *row;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	look(&support, "buyer-e2", "E2", &(struct zv_support_ask){.on = ZV_DATE_NONE});
	row = row_of(&support.view, "CL_START_BATCH");
	assert_int_equal(row->verdict, ZV_YES);
	assert_int_equal(row->amount.lo, 75000 * RUB);
	assert_int_equal(row->amount.hi, 75000 * RUB);
	assert_int_equal(support.view.best.total.lo, 75000 * RUB);
	assert_true(support.view.best.proved);
	assert_false(support.what_if);
}

static void e5_is_told_why_not_and_what_joining_would_give(void **state)
{
	struct zv_support_ask ask;
	struct zv_support support;
	const struct zv_support_row *row;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	ask = project();
	look(&support, "cluster", "E5", &ask);
	row = row_of(&support.view, "CL_START_BATCH");
	assert_int_equal(row->verdict, ZV_NO);
	is_text(row->reason, "It is not a participant of a registered cluster.");
	assert_false(row->has_amount);
	ask.join = uid_of("cluster", "МХК");
	look(&support, "cluster", "E5", &ask);
	row = row_of(&support.view, "CL_START_BATCH");
	assert_int_equal(row->verdict, ZV_YES);
	assert_int_equal(row->amount.lo, 175000 * RUB);
	assert_true(support.what_if);
	assert_int_equal(support.view.best.total.lo - support.before.best.total.lo, 175000 * RUB);
	assert_int_equal(support.n_changed, 1);
	assert_int_equal(support.changed[0].was->verdict, ZV_NO);
	assert_int_equal(support.changed[0].now->verdict, ZV_YES);
	/* Nothing was written. */
	ask.join = ZV_STR("");
	look(&support, "cluster", "E5", &ask);
	assert_int_equal(row_of(&support.view, "CL_START_BATCH")->verdict, ZV_NO);
}

static void twenty_kilograms_more_are_fifty_thousand_roubles_more(void **state)
{
	static const struct zv_str adds[] = {ZV_STR_INIT("start_batch:20 kg")}, bad[] = {ZV_STR_INIT("start_batch")}, litres[] = {ZV_STR_INIT("start_batch:20 L")};
	struct zv_support_ask ask;
	struct zv_support support;
	struct zv_who who;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	ask = project();
	ask.add = adds;
	ask.n_add = 1;
	look(&support, "buyer-e2", "E2", &ask);
	assert_int_equal(row_of(&support.view, "CL_START_BATCH")->amount.lo, 125000 * RUB);
	assert_int_equal(support.view.best.total.lo - support.before.best.total.lo, 50000 * RUB);
	who = as("buyer-e2");
	ask.add = bad;
	assert_int_equal(zv_support_org(&support, fx.db, &who, uid_of("org", "E2"), &ask, &fx.arena, &fx.err), ZV_E_INVALID);
	assert_string_equal(fx.err.field, "add");
	ask.add = litres;
	assert_int_equal(zv_support_org(&support, fx.db, &who, uid_of("org", "E2"), &ask, &fx.arena, &fx.err), ZV_E_INVALID);
}

static void support_of_others_is_not_there(void **state)
{
	struct zv_support_ask plain = {.on = ZV_DATE_NONE}, ask;
	struct zv_support support;
	struct zv_who rival;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	rival = as("buyer-e1");
	ask = project();
	assert_int_equal(zv_support_org(&support, fx.db, &rival, uid_of("org", "E2"), &plain, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(zv_support_org(&support, fx.db, &rival, uid_of("org", "E2"), &ask, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

/* A partner in the project sees what its lines get, and nothing that the organisation says of itself. */
static void a_partner_sees_the_lines_of_the_project_only(void **state)
{
	struct zv_support_ask ask;
	struct zv_support support;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	ask = project();
	look(&support, "cluster", "E2", &ask);
	for (size_t i = 0; i < support.view.n_rows; i++) {
		assert_true(support.view.rows[i].rule->n_costs > 0);
		assert_null(support.view.rows[i].why);
		for (size_t k = 0; k < support.view.rows[i].n_steps; k++)
			assert_false(support.view.rows[i].steps[k].own);
	}
	assert_int_equal(row_of(&support.view, "CL_START_BATCH")->amount.lo, 75000 * RUB);
	look(&support, "analyst", "E2", &ask);
	assert_non_null(row_of(&support.view, "CL_START_BATCH")->why);
}

static void a_project_shows_all_who_bear_its_costs(void **state)
{
	struct zv_support_ask plain = {.on = ZV_DATE_NONE}, ask = plain;
	struct zv_support_project all;
	struct zv_who who;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	who = as("cluster");
	OK(zv_support_project(&all, fx.db, &who, uid_of("project", "ПР1"), &plain, &fx.arena, &fx.err));
	assert_int_equal(all.n_applicants, 2);
	assert_int_equal(all.n_hidden, 0);
	assert_int_equal(all.total.lo, 75000 * RUB);
	is_text(all.applicants[0].org_uid, uid_of("org", "E2").p); /* the initiator first */
	ask.join = uid_of("cluster", "МХК");
	OK(zv_support_project(&all, fx.db, &who, uid_of("project", "ПР1"), &ask, &fx.arena, &fx.err));
	assert_int_equal(all.total.lo, 250000 * RUB);
	who = as("buyer-e1");
	assert_int_equal(zv_support_project(&all, fx.db, &who, uid_of("project", "ПР1"), &plain, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

/* --- statements ----------------------------------------------------------------------------------------------------------------------- */

static enum zv_code state_fact(struct zv_str *uid, const char *login, const char *name, const char *value)
{
	struct zv_support_stated stated = {0};
	struct zv_who who = as(login);
	enum zv_code code;

	code = zv_support_state(&stated, fx.db, &who, uid_of("org", "E2"), ZV_STR(""), zv_str_c(name), zv_str_c(value), ZV_STR("№ 7"), &fx.arena, &fx.err);
	if (code == ZV_OK)
		is_text(stated.value, value);
	*uid = stated.uid;
	return code;
}

static void what_is_stated_decides_and_is_replaced(void **state)
{
	struct zv_support_ask ask;
	struct zv_support support;
	struct zv_str first, second;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	ask = project();
	look(&support, "buyer-e2", "E2", &ask);
	assert_int_equal(row_of(&support.view, "REG_FRP")->verdict, ZV_UNKNOWN);
	OK(state_fact(&first, "buyer-e2", "org.regional_fund", "no"));
	look(&support, "buyer-e2", "E2", &ask);
	assert_int_equal(row_of(&support.view, "REG_FRP")->verdict, ZV_NO);
	OK(state_fact(&second, "buyer-e2", "org.regional_fund", "yes"));
	is_text(second, zv_arena_strf(&fx.arena, "%.*s", ZV_STR_FMT(first)).p);
	look(&support, "buyer-e2", "E2", &ask);
	assert_int_equal(row_of(&support.view, "REG_FRP")->verdict, ZV_UNKNOWN);
	assert_int_equal(state_fact(&first, "buyer-e2", "org.regional_fund", "perhaps"), ZV_E_INVALID);
	assert_int_equal(state_fact(&first, "buyer-e2", "org.no_such_fact", "yes"), ZV_E_NOTFOUND);
	assert_int_equal(state_fact(&first, "buyer-e1", "org.regional_fund", "yes"), ZV_E_NOTFOUND);
	OK(state_fact(&first, "buyer-e2", "project.in_priority_list", "yes"));
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM statement WHERE name = 'project.in_priority_list' AND org_id IS NULL AND project_id IS NOT NULL"), 1);
}

/* --- the budget form ------------------------------------------------------------------------------------------------------------------ */

static void a_grant_form_is_checked_line_by_line(void **state)
{
	struct zv_support_form_line lines[] = {{ZV_STR("wages"), ZV_STR("600000")}, {ZV_STR("materials"), ZV_STR("400 000,00")}};
	struct zv_support_form form;
	struct zv_who who;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	who = as("buyer-e2");
	OK(zv_support_form_check(&form, fx.db, &who, ZV_STR("ATR_KD"), ZV_DATE_NONE, lines, ZV_LEN(lines), &fx.arena, &fx.err));
	assert_int_equal(form.total_kop, 1000000 * RUB);
	assert_int_equal(form.n_faults, 0);
	lines[0].sum = ZV_STR("1500000");
	OK(zv_support_form_check(&form, fx.db, &who, ZV_STR("ATR_KD"), ZV_DATE_NONE, lines, ZV_LEN(lines), &fx.arena, &fx.err));
	assert_int_equal(form.n_faults, 1);
	assert_true(form.rows[0].above);
	assert_int_equal(form.rows[0].ceiling_kop, 1330000 * RUB); /* 70 % of 1,900,000 */
	lines[0].category = ZV_STR("holidays");
	assert_int_equal(zv_support_form_check(&form, fx.db, &who, ZV_STR("ATR_KD"), ZV_DATE_NONE, lines, ZV_LEN(lines), &fx.arena, &fx.err), ZV_E_INVALID);
	assert_int_equal(zv_support_form_check(&form, fx.db, &who, ZV_STR("NO_SUCH"), ZV_DATE_NONE, lines, 1, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

/* --- out of lots ---------------------------------------------------------------------------------------------------------------------- */

static void cost_lines_come_out_of_todays_lot_and_are_brought_up_to_date(void **state)
{
	struct zv_lots_options options = {.as_of = ZV_DATE_NONE, .keep = true, .actor = "test"};
	struct zv_lots_result result;
	struct zv_support_lots lots;
	struct zv_who who;
	int64_t before, base = 0;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	OK(zv_lots_run(&result, fx.db, &options, &fx.arena, &fx.err));
	before = fixture_number("SELECT COUNT(*) FROM project_cost");
	who = as("operator-oms");
	OK(zv_support_costs_from_lots(&lots, fx.db, &who, uid_of("project", "ПР1"), ZV_DATE_NONE, &fx.arena, &fx.err));
	assert_true(lots.n_lines > 0);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM project_cost"), before); /* the line of E2 is brought up to date */
	for (size_t l = 0; l < result.n_lots; l++)
		for (size_t m = 0; m < result.lots[l].n_members; m++)
			if (zv_str_eq(result.lots[l].members[m].org_uid, lots.lines[0].org_uid) && zv_str_eq(result.lots[l].maker_uid, lots.supplier_uid))
				base += result.lots[l].members[m].firm_base + result.lots[l].members[m].extra_base;
	assert_int_equal(fixture_number("SELECT qty_base FROM project_cost WHERE source_key = 'ПР1-1'"), base);
	OK(zv_support_costs_from_lots(&lots, fx.db, &who, uid_of("project", "ПР1"), ZV_DATE_NONE, &fx.arena, &fx.err));
	assert_false(lots.lines[0].fresh || lots.lines[0].changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(the_start_batch_of_e2_gives_75_000_roubles),
		FIXTURE_TEST(e5_is_told_why_not_and_what_joining_would_give),
		FIXTURE_TEST(twenty_kilograms_more_are_fifty_thousand_roubles_more),
		FIXTURE_TEST(support_of_others_is_not_there),
		FIXTURE_TEST(a_partner_sees_the_lines_of_the_project_only),
		FIXTURE_TEST(a_project_shows_all_who_bear_its_costs),
		FIXTURE_TEST(what_is_stated_decides_and_is_replaced),
		FIXTURE_TEST(a_grant_form_is_checked_line_by_line),
		FIXTURE_TEST(cost_lines_come_out_of_todays_lot_and_are_brought_up_to_date),
	};

	return fixture_run("support", tests, ZV_LEN(tests));
}
