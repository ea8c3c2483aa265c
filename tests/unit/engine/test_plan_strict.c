/* Priorities one after another, and bounds of coverage: hand-made markets where the answer is plain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/check.h"
#include "engine/plan/plan.h"
#include "engine/plan/strict.h"

static const int64_t UNIT = ZV_PLAN_UNIT;

/* One maker that makes 10 units a period at 100 roubles; who gets them? */
struct market {
	struct zv_plan_product products[1];
	struct zv_plan_region regions[1];
	struct zv_plan_maker makers[1];
	struct zv_plan_offer offers[2];
	struct zv_plan_tier tiers[2];
	struct zv_plan_need needs[4];
	struct zv_str enterprises[1];
	double km[1];
	struct zv_plan_problem problem;
};

static int64_t roubles(int64_t n)
{
	return n * 1000000;
}

static void open_market(struct market *m)
{
	*m = (struct market){.products = {{.id = zv_str_c("acid")}}, .regions = {{.id = zv_str_c("here"), .lat = 55, .lon = 37}}, .makers = {{.id = zv_str_c("works"), .licensed = true}},
			     .enterprises = {zv_str_c("buyer")}, .km = {30}};
	m->offers[0] = (struct zv_plan_offer){.id = zv_str_c("a"), .resource = ZV_PLAN_NONE, .moq = UNIT, .max = 10 * UNIT, .n_tiers = 1};
	m->tiers[0] = (struct zv_plan_tier){UNIT, roubles(100)};
	m->problem = (struct zv_plan_problem){.n_periods = 1, .products = m->products, .n_products = 1, .regions = m->regions, .n_regions = 1, .makers = m->makers, .n_makers = 1,
					      .offers = m->offers, .n_offers = 1, .tiers = m->tiers, .n_tiers = 1, .needs = m->needs, .enterprises = m->enterprises,
					      .n_enterprises = 1, .km = m->km};
}

static void add_need(struct market *m, int64_t units, int64_t ceiling, uint8_t priority, bool single)
{
	static const char *const names[] = {"n1", "n2", "n3", "n4"};
	uint32_t i = m->problem.n_needs++;

	m->needs[i] = (struct zv_plan_need){.id = zv_str_c(names[i]), .qty = units * UNIT, .ceiling = roubles(ceiling), .penalty = roubles(ceiling), .priority = priority, .single = single};
}

static void solve(struct zv_plan_result *r, struct market *m, bool strict)
{
	struct zv_plan_options options = {.strict = strict};
	struct zv_plan_checked checked;
	struct zv_err err = {0};

	if (zv_plan_problem_check(&m->problem, &err) != ZV_OK || zv_plan_solve(r, &m->problem, &options, &err) != ZV_OK ||
	    zv_plan_check(&checked, &m->problem, r->orders, r->n_orders, r->flows, r->n_flows, &err) != ZV_OK)
		fail_msg("%s", err.text);
	assert_true(checked.objective == r->objective);
	assert_true(checked.penalties == r->penalties);
	assert_true(r->bound <= r->objective);
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
		assert_true(checked.levels[w].covered == r->levels[w].covered);
}

/* A need of priority 2 that pays ten times as much gets the works by price, the first priority gets it in strict mode. */
static void strict_mode_serves_the_first_priority_whatever_others_pay(void **state)
{
	struct market m;
	struct zv_plan_result priced, strict;

	(void)state;
	open_market(&m);
	add_need(&m, 8, 200, 1, false);
	add_need(&m, 8, 2000, 2, false);
	solve(&priced, &m, false);
	solve(&strict, &m, true);
	assert_true(priced.levels[0].covered == 2 * UNIT && priced.levels[1].covered == 8 * UNIT);
	assert_true(strict.levels[0].covered == 8 * UNIT && strict.levels[1].covered == 2 * UNIT);
	assert_true(strict.levels[0].bound == 8 * UNIT);
	zv_plan_result_done(&priced);
	zv_plan_result_done(&strict);
}

/* Two of the first priority do not fit together: the larger one counts, not the richer one. */
static void within_a_priority_quantity_counts_and_not_money(void **state)
{
	struct market m;
	struct zv_plan_result r;

	(void)state;
	open_market(&m);
	add_need(&m, 6, 9000, 1, true);
	add_need(&m, 7, 110, 1, true);
	solve(&r, &m, true);
	assert_true(r.levels[0].covered == 7 * UNIT);
	zv_plan_result_done(&r);
}

/* The first priority is content with either offer: the second gets what it can use, and money comes last. */
static void later_priorities_get_all_that_the_first_leaves(void **state)
{
	struct market m;
	struct zv_plan_result r;

	(void)state;
	open_market(&m);
	m.offers[1] = m.offers[0];
	m.offers[1].id = zv_str_c("b");
	m.offers[1].first_tier = 1;
	m.tiers[1] = (struct zv_plan_tier){UNIT, roubles(180)};
	m.problem.n_offers = m.problem.n_tiers = 2;
	add_need(&m, 10, 1000, 1, false);
	add_need(&m, 10, 150, 2, false); /* only the cheaper offer is for it */
	solve(&r, &m, true);
	assert_true(r.levels[0].covered == 10 * UNIT && r.levels[1].covered == 10 * UNIT);
	assert_true(r.objective == (zv_i128)2800 * UNIT * UNIT);
	zv_plan_result_done(&r);
}

static void the_bound_of_a_priority_is_what_the_works_can_make(void **state)
{
	struct zv_plan_options options = {0};
	struct market m;
	struct zv_plan_result r;
	struct zv_err err = {0};

	(void)state;
	open_market(&m);
	add_need(&m, 8, 200, 1, false);
	add_need(&m, 8, 200, 1, false);
	add_need(&m, 30, 2000, 3, false);
	add_need(&m, 5, 50, 4, false); /* nobody is as cheap */
	solve(&r, &m, false);
	assert_int_equal(plan_level_bounds(&m.problem, &r, &options, &err), ZV_OK);
	assert_true(r.levels[0].bound >= 10 * UNIT && r.levels[0].bound <= 10 * UNIT + UNIT / 100);
	assert_true(r.levels[2].bound >= 10 * UNIT && r.levels[2].bound <= 10 * UNIT + UNIT / 100);
	assert_true(r.levels[3].bound == 0 && r.levels[3].constant == 5 * UNIT);
	assert_true(r.levels[1].bound == 0 && r.levels[1].qty == 0);
	assert_true(r.levels[0].strict_breaks);
	assert_false(r.levels[2].strict_breaks);
	zv_plan_result_done(&r);
}

/* What strict mode calls its bound holds for plans that cover as much: here there is only one such plan. */
static void the_bound_of_strict_mode_is_of_plans_that_cover_as_much(void **state)
{
	struct market m;
	struct zv_plan_result r;

	(void)state;
	open_market(&m);
	add_need(&m, 10, 200, 1, false);
	add_need(&m, 10, 2000, 2, false);
	solve(&r, &m, true);
	assert_true(r.objective == (zv_i128)(10 * 100 + 10 * 2000) * UNIT * UNIT);
	assert_true(r.bound >= (zv_i128)(10 * 200 + 10 * 100) * UNIT * UNIT); /* at least what no plan at all can stay below */
	assert_true(r.bound <= r.objective);
	zv_plan_result_done(&r);
}

/* Both signed orders need others to be large enough: a takes n3 first, being dearer, and then nothing is left for b. */
static void signed_orders_leave_one_another_enough(void **state)
{
	const struct zv_plan_commitment signed_flows[] = {{0, 0, 0, 2 * ZV_PLAN_UNIT}, {1, 1, 0, 2 * ZV_PLAN_UNIT}};
	struct market m;
	struct zv_plan_result r;

	(void)state;
	for (int strict = 0; strict < 2; strict++) {
		open_market(&m);
		m.offers[0].moq = m.offers[0].max = 10 * UNIT;
		m.offers[1] = m.offers[0];
		m.offers[1].id = zv_str_c("b");
		m.offers[1].lead = 1;
		m.tiers[0].from = 10 * UNIT;
		m.problem.n_offers = 2;
		add_need(&m, 2, 200, 1, false);
		add_need(&m, 2, 200, 1, false);
		add_need(&m, 8, 900, 3, false);
		add_need(&m, 8, 400, 3, false);
		m.needs[1].earliest = m.needs[1].due = m.needs[2].due = 1;
		m.problem.commitments = signed_flows;
		m.problem.n_commitments = 2;
		solve(&r, &m, strict == 1);
		assert_int_equal(r.n_orders, 2);
		assert_true(r.penalties == 0);
		zv_plan_result_done(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strict_mode_serves_the_first_priority_whatever_others_pay),
		cmocka_unit_test(within_a_priority_quantity_counts_and_not_money),
		cmocka_unit_test(later_priorities_get_all_that_the_first_leaves),
		cmocka_unit_test(the_bound_of_a_priority_is_what_the_works_can_make),
		cmocka_unit_test(the_bound_of_strict_mode_is_of_plans_that_cover_as_much),
		cmocka_unit_test(signed_orders_leave_one_another_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
