/* Plans through several levels: hand-made chains where every figure is plain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/check.h"
#include "engine/plan/explain.h"
#include "engine/plan/levels.h"

static const int64_t UNIT = ZV_PLAN_UNIT;

enum { DRUG, PASTE, ACID, TONIC, PRODUCTS };
enum { PHARMA, MIXER, BASE, MAKERS };

/* A drug of two parts paste, a paste of half a part acid; one maker each, everything in one place, freight is nothing. */
struct chain {
	struct zv_plan_product products[PRODUCTS];
	struct zv_plan_region regions[1];
	struct zv_plan_maker makers[MAKERS];
	struct zv_plan_offer offers[6];
	struct zv_plan_tier tiers[6];
	struct zv_plan_need needs[4];
	struct zv_plan_bom boms[4];
	struct zv_str enterprises[1];
	double km[1];
	struct zv_plan_problem problem;
};

static int64_t roubles(int64_t n)
{
	return n * 1000000;
}

static void add_offer(struct chain *c, const char *id, uint32_t maker, uint32_t product, int64_t max, int64_t price)
{
	uint32_t k = c->problem.n_offers++;

	c->offers[k] = (struct zv_plan_offer){.id = zv_str_c(id), .maker = maker, .product = product, .resource = ZV_PLAN_NONE, .moq = UNIT, .max = max * UNIT,
					      .until = c->problem.n_periods - 1, .first_tier = k, .n_tiers = 1};
	c->tiers[k] = (struct zv_plan_tier){UNIT, roubles(price)};
	c->problem.n_tiers = c->problem.n_offers;
}

static void add_need(struct chain *c, const char *id, uint32_t product, int64_t units, int64_t ceiling, uint8_t priority)
{
	c->needs[c->problem.n_needs++] = (struct zv_plan_need){.id = zv_str_c(id), .product = product, .qty = units * UNIT, .ceiling = roubles(ceiling), .penalty = roubles(ceiling),
							       .due = c->problem.n_periods - 1, .priority = priority};
}

static void add_bom(struct chain *c, uint32_t product, uint32_t input, int64_t ppm, int64_t outside, int32_t lag)
{
	c->boms[c->problem.n_boms++] = (struct zv_plan_bom){product, input, ppm, roubles(outside), lag};
}

static void open_chain(struct chain *c, int32_t periods)
{
	static const char *const products[] = {"drug", "paste", "acid", "tonic"}, *const makers[] = {"pharma", "mixer", "base"};

	memset(c, 0, sizeof(*c));
	for (uint32_t i = 0; i < PRODUCTS; i++)
		c->products[i].id = zv_str_c(products[i]);
	for (uint32_t i = 0; i < MAKERS; i++)
		c->makers[i] = (struct zv_plan_maker){zv_str_c(makers[i]), 0, true};
	c->regions[0].id = zv_str_c("here");
	c->enterprises[0] = zv_str_c("clinic");
	c->km[0] = 30;
	c->problem = (struct zv_plan_problem){.n_periods = periods, .products = c->products, .n_products = PRODUCTS, .regions = c->regions, .n_regions = 1, .makers = c->makers,
					      .n_makers = MAKERS, .offers = c->offers, .tiers = c->tiers, .needs = c->needs, .enterprises = c->enterprises, .n_enterprises = 1,
					      .km = c->km, .boms = c->boms};
	add_offer(c, "drug offer", PHARMA, DRUG, 100, 50);
	add_offer(c, "paste offer", MIXER, PASTE, 100, 20);
	add_offer(c, "acid offer", BASE, ACID, 100, 10);
}

static void solve(struct zv_plan_levels_result *r, const struct chain *c)
{
	struct zv_plan_options options = {0};
	struct zv_plan_checked checked;
	struct zv_err err = {0};

	if (zv_plan_problem_check(&c->problem, &err) != ZV_OK || zv_plan_solve_levels(r, &c->problem, &options, &err) != ZV_OK ||
	    zv_plan_levels_check(&checked, &c->problem, r, &err) != ZV_OK)
		fail_msg("%s", err.text);
	assert_true(checked.objective == r->plan.objective);
	assert_true(checked.constant == r->plan.constant);
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
		assert_true(checked.levels[w].constant == r->plan.levels[w].constant && checked.levels[w].needs == r->plan.levels[w].needs);
	assert_true(r->plan.bound <= r->plan.objective);
}

static zv_i128 money(int64_t n)
{
	return (zv_i128)n * UNIT * UNIT;
}

static void an_order_takes_its_inputs_through_all_levels(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, PASTE, 2000000, 0, 0);
	add_bom(&c, PASTE, ACID, 500000, 0, 0);
	add_need(&c, "clinic", DRUG, 10, 500, 2);
	solve(&r, &c);
	assert_int_equal(r.n_levels, 3);
	assert_int_equal(r.plan.n_orders, 3);
	assert_int_equal(r.n_derived, 2);
	assert_true(r.derived[0].qty == 20 * UNIT && r.derived[1].qty == 10 * UNIT);
	assert_true(r.derived[0].bought == 0 && r.derived[1].bought == 0);
	assert_int_equal(r.derived[1].priority, 2);
	assert_int_equal(r.n_pegs, 2);
	assert_true(r.pegs[1].derived == 1 && r.pegs[1].need == 0 && r.pegs[1].qty == 10 * UNIT);
	assert_true(r.plan.objective == money(10 * 50 + 20 * 20 + 10 * 10));
	assert_true(r.plan.objective - r.plan.bound <= r.plan.objective / 1000);
	assert_int_equal(r.plan.levels[1].covered_needs, 1);
	assert_int_equal(r.plan.levels[3].needs, 0);
	zv_plan_levels_done(&r);
}

static void an_input_is_bought_outside_when_that_is_cheaper(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, PASTE, 2000000, 15, 0);
	add_need(&c, "clinic", DRUG, 10, 500, 1);
	solve(&r, &c);
	assert_int_equal(r.plan.n_orders, 1);
	assert_true(r.derived[0].bought == 20 * UNIT);
	assert_true(r.bought == money(300));
	assert_true(r.plan.objective == money(10 * 50 + 20 * 15));
	zv_plan_levels_done(&r);
}

static void a_need_without_its_input_names_the_input(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, TONIC, 1000000, 0, 0); /* nobody makes tonic */
	add_need(&c, "clinic", DRUG, 10, 500, 1);
	solve(&r, &c);
	assert_int_equal(r.plan.n_orders, 0);
	assert_true(r.n_shorts >= 1);
	assert_true(r.shorts[0].need == 0 && r.shorts[0].offer == 0 && r.shorts[0].bom == 0 && r.shorts[0].qty == 10 * UNIT);
	assert_true(r.plan.bound >= r.plan.objective - r.plan.objective / 1000);
	zv_plan_levels_done(&r);
}

/* Paste is not to be had because its acid is not: the smallest order of acid is above what anybody wants. */
static void a_missing_input_is_explained_down_to_where_it_begins(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;
	struct zv_plan_explained said;
	struct zv_arena arena;
	struct zv_err err;
	const struct zv_plan_because *b;
	const struct zv_plan_link *last;

	(void)state;
	zv_arena_init(&arena);
	open_chain(&c, 1);
	c.offers[2].moq = c.tiers[2].from = 30 * UNIT;
	add_bom(&c, DRUG, PASTE, 2000000, 0, 0);
	add_bom(&c, PASTE, ACID, 500000, 0, 0);
	add_need(&c, "clinic", DRUG, 10, 500, 2);
	solve(&r, &c);
	assert_int_equal(r.plan.n_orders, 0);
	assert_int_equal(zv_plan_explain_levels(&said, &c.problem, &r, 0, &arena, &err), ZV_OK);
	assert_int_equal(said.n_because, 1);
	b = &said.because[0];
	assert_int_equal(b->why, ZV_PLAN_INPUT);
	assert_int_equal(b->input, PASTE);
	assert_int_equal(b->offer, 0);
	assert_true(b->kind == ZV_PLAN_FIG_QTY && b->figure == 20 * UNIT);
	assert_false(b->verified);
	assert_true(b->n_chain >= 1 && b->chain[0].input == PASTE && b->chain[0].qty == 20 * UNIT && b->chain[0].offer == 0);
	assert_int_equal(b->n_chain, 2);
	last = &b->chain[1];
	assert_true(b->chain[0].why == ZV_PLAN_INPUT && b->chain[0].from == 1);
	assert_true(last->input == ACID && last->qty == 10 * UNIT && last->offer == 1);
	assert_int_equal(last->why, ZV_PLAN_MOQ);
	assert_true(last->kind == ZV_PLAN_FIG_QTY && last->figure == 20 * UNIT);
	assert_int_equal(last->from, 2);
	zv_plan_levels_done(&r);
	zv_arena_done(&arena);
}

static void an_input_that_nobody_makes_is_said_to_have_no_maker(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;
	struct zv_plan_explained said;
	struct zv_arena arena;
	struct zv_err err;

	(void)state;
	zv_arena_init(&arena);
	open_chain(&c, 1);
	add_bom(&c, DRUG, TONIC, 1200000, 0, 0);
	add_need(&c, "clinic", DRUG, 1, 500, 1);
	solve(&r, &c);
	assert_int_equal(zv_plan_explain_levels(&said, &c.problem, &r, 0, &arena, &err), ZV_OK);
	assert_int_equal(said.n_because, 1);
	assert_int_equal(said.because[0].why, ZV_PLAN_INPUT);
	assert_int_equal(said.because[0].n_chain, 1);
	assert_true(said.because[0].chain[0].input == TONIC && said.because[0].chain[0].qty == 1200000);
	assert_int_equal(said.because[0].chain[0].why, ZV_PLAN_NOMAKER);
	assert_int_equal(said.because[0].chain[0].from, ZV_PLAN_NONE);
	zv_plan_levels_done(&r);
	zv_arena_done(&arena);
}

/* Acid for ten units of paste, wanted for a dear drug and a cheap tonic. */
static void a_scarce_input_goes_where_it_is_worth_most(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	c.offers[2].max = 5 * UNIT;
	add_offer(&c, "tonic offer", PHARMA, TONIC, 100, 50);
	add_bom(&c, DRUG, ACID, 1000000, 0, 0);
	add_bom(&c, TONIC, ACID, 1000000, 0, 0);
	add_need(&c, "cheap", TONIC, 5, 90, 1);
	add_need(&c, "dear", DRUG, 5, 900, 1);
	solve(&r, &c);
	assert_true(r.plan.objective == money(5 * 50 + 5 * 10 + 5 * 90));
	assert_int_equal(r.plan.flows[0].need, 1);
	assert_true(r.n_shorts >= 1 && r.shorts[0].need == 0);
	zv_plan_levels_done(&r);
}

static void an_input_arrives_its_lag_before_the_launch(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 3);
	c.offers[1].lead = 1;
	add_bom(&c, DRUG, PASTE, 1000000, 0, 1);
	add_need(&c, "clinic", DRUG, 10, 500, 1);
	solve(&r, &c);
	assert_int_equal(r.plan.n_orders, 2);
	assert_int_equal(r.plan.orders[0].period, 2); /* the drug; paste launched in 0 is there in 1, for the launch in 2 */
	assert_int_equal(r.plan.orders[1].period, 0);
	assert_int_equal(r.derived[0].due, 1);
	zv_plan_levels_done(&r);
}

static void without_the_time_for_its_lag_there_is_no_order(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 2);
	c.offers[1].lead = 1;
	add_bom(&c, DRUG, PASTE, 1000000, 0, 1);
	add_need(&c, "clinic", DRUG, 10, 500, 1);
	solve(&r, &c);
	assert_int_equal(r.plan.n_orders, 0);
	zv_plan_levels_done(&r);
}

static void products_made_of_one_another_are_cut_by_outside_purchase(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, PASTE, 1000000, 30, 0);
	add_bom(&c, PASTE, DRUG, 100000, 60, 0);
	add_need(&c, "clinic", DRUG, 10, 500, 1);
	solve(&r, &c);
	assert_true(r.plan.levels[0].covered == 10 * UNIT);
	zv_plan_levels_done(&r);
}

static void fractions_of_a_quantum_are_taken_whole(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	c.offers[0].moq = c.offers[1].moq = 1;
	c.tiers[0].from = c.tiers[1].from = 1;
	add_bom(&c, DRUG, PASTE, 333333, 0, 0);
	add_need(&c, "clinic", DRUG, 1, 500, 1);
	c.needs[0].qty = 7;
	solve(&r, &c);
	assert_int_equal(r.n_derived, 1);
	assert_int_equal(r.derived[0].qty, 3); /* 2.33 */
	zv_plan_levels_done(&r);
}

/* The ceiling is for the quoted price: inputs that make it dearer than a substitute do not take the signed offer away. */
static void what_is_signed_is_kept_though_its_inputs_pass_the_ceiling(void **state)
{
	static const struct zv_plan_substitute substitutes[] = {{DRUG, TONIC, 0}};
	static const struct zv_plan_commitment commitments[] = {{.need = 0, .offer = 0, .period = 0, .qty = 4 * ZV_PLAN_UNIT}};
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_offer(&c, "tonic offer", BASE, TONIC, 100, 55);
	add_bom(&c, DRUG, PASTE, 1000000, 40, 0);
	add_need(&c, "clinic", DRUG, 10, 60, 2);
	c.problem.n_offers = 4;
	c.offers[1].max = c.offers[1].moq; /* one unit of paste, the rest is bought */
	c.problem.substitutes = substitutes;
	c.problem.n_substitutes = 1;
	c.problem.commitments = commitments;
	c.problem.n_commitments = 1;
	solve(&r, &c);
	assert_int_equal(r.plan.n_flows, 3);
	assert_true(r.plan.flows[0].offer == 0 && r.plan.flows[0].qty == 4 * UNIT);
	assert_true(r.plan.flows[1].offer == 3 && r.plan.flows[1].qty == 6 * UNIT);
	assert_true(r.plan.objective == money(4 * 50 + 20 + 3 * 40 + 6 * 55));
	zv_plan_levels_done(&r);
}

/* A resource that the orders of finished goods would fill belongs to what is signed one level down first. */
static void hours_of_what_is_signed_below_are_kept(void **state)
{
	static const struct zv_plan_commitment commitments[] = {{.need = 1, .offer = 1, .period = 0, .qty = 5 * ZV_PLAN_UNIT}};
	static const struct zv_plan_resource resources[] = {{.maker = MIXER}};
	static const int64_t capacity[] = {20 * ZV_PLAN_UNIT};
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, PASTE, 100000, 30, 0);
	add_need(&c, "clinic", DRUG, 40, 500, 1);
	add_need(&c, "lab", PASTE, 5, 60, 4);
	c.offers[0].resource = c.offers[1].resource = 0;
	c.offers[0].hours_uh = c.offers[1].hours_uh = UNIT;
	c.problem.resources = resources;
	c.problem.n_resources = 1;
	c.problem.capacity_uh = capacity;
	c.problem.commitments = commitments;
	c.problem.n_commitments = 1;
	solve(&r, &c);
	assert_int_equal(r.plan.levels[3].covered_needs, 1);
	assert_true(r.plan.levels[0].covered >= 13 * UNIT);
	zv_plan_levels_done(&r);
}

/* Both ways: a derived need without an arc is no constant of the problem, a need whose only offer cannot get its input in time is one. */
static void the_constant_is_of_needs_that_no_order_can_serve(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, TONIC, 1000000, 40, 0); /* nobody makes it */
	add_bom(&c, PASTE, ACID, 1000000, 0, 1);
	add_need(&c, "clinic", DRUG, 10, 100, 2);
	add_need(&c, "lab", PASTE, 5, 60, 3);
	solve(&r, &c);
	assert_true(r.plan.constant == money(5 * 60));
	assert_true(r.plan.objective == money(10 * 90 + 5 * 60));
	zv_plan_levels_done(&r);
}

/* A derived need is a need: no larger than one may be, and never what is left of a number that does not fit. */
static void an_order_takes_no_more_of_an_input_than_a_need_may_be(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, PASTE, INT64_C(1000000000000), 0, 0);
	c.boms[0].price = 100;
	c.offers[0].max = c.offers[1].max = ZV_PLAN_QTY_MAX;
	c.offers[1].moq = c.tiers[1].from = ZV_PLAN_QTY_MAX;
	add_need(&c, "clinic", DRUG, ZV_PLAN_QTY_MAX / ZV_PLAN_UNIT, 500, 1);
	solve(&r, &c);
	assert_int_equal(r.plan.n_orders, 1);
	assert_true(r.plan.orders[0].qty == 100 * UNIT);
	assert_true(r.n_derived == 1 && r.derived[0].qty == ZV_PLAN_QTY_MAX);
	zv_plan_levels_done(&r);
}

/* Nothing to plan is a plan. */
static void without_needs_or_offers_the_plan_is_empty(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, PASTE, 2000000, 0, 0);
	solve(&r, &c);
	assert_true(r.plan.n_orders == 0 && r.plan.objective == 0 && r.plan.proved);
	zv_plan_levels_done(&r);
	add_need(&c, "clinic", DRUG, 10, 500, 2);
	c.problem.n_offers = c.problem.n_tiers = 0;
	solve(&r, &c);
	assert_true(r.plan.n_orders == 0 && r.plan.objective == r.plan.constant && r.plan.constant == money(10 * 500));
	zv_plan_levels_done(&r);
}

static void a_plan_whose_inputs_are_changed_is_refused(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;
	struct zv_plan_checked checked;
	struct zv_err err = {0};

	(void)state;
	open_chain(&c, 1);
	add_bom(&c, DRUG, PASTE, 2000000, 0, 0);
	add_need(&c, "clinic", DRUG, 10, 500, 1);
	solve(&r, &c);
	r.derived[0].qty -= 1;
	assert_int_equal(zv_plan_levels_check(&checked, &c.problem, &r, &err), ZV_E_CONFLICT);
	assert_string_equal(err.field, "inputs");
	r.derived[0].qty += 1;
	r.plan.flows[1].qty -= 1;
	assert_int_equal(zv_plan_levels_check(&checked, &c.problem, &r, &err), ZV_E_CONFLICT);
	assert_string_equal(err.field, "bought");
	r.plan.flows[1].qty += 1;
	assert_int_equal(zv_plan_levels_check(&checked, &c.problem, &r, &err), ZV_OK);
	zv_plan_levels_done(&r);
}

static void without_boms_it_is_the_plan_of_one_level(void **state)
{
	struct chain c;
	struct zv_plan_levels_result r;

	(void)state;
	open_chain(&c, 1);
	add_need(&c, "clinic", DRUG, 10, 500, 1);
	solve(&r, &c);
	assert_int_equal(r.n_levels, 1);
	assert_int_equal(r.n_derived, 0);
	assert_true(r.plan.objective == money(500));
	assert_true(r.plan.levels[0].bound == 10 * UNIT);
	zv_plan_levels_done(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_order_takes_its_inputs_through_all_levels),
		cmocka_unit_test(an_input_is_bought_outside_when_that_is_cheaper),
		cmocka_unit_test(a_need_without_its_input_names_the_input),
		cmocka_unit_test(a_missing_input_is_explained_down_to_where_it_begins),
		cmocka_unit_test(an_input_that_nobody_makes_is_said_to_have_no_maker),
		cmocka_unit_test(a_scarce_input_goes_where_it_is_worth_most),
		cmocka_unit_test(an_input_arrives_its_lag_before_the_launch),
		cmocka_unit_test(without_the_time_for_its_lag_there_is_no_order),
		cmocka_unit_test(products_made_of_one_another_are_cut_by_outside_purchase),
		cmocka_unit_test(fractions_of_a_quantum_are_taken_whole),
		cmocka_unit_test(what_is_signed_is_kept_though_its_inputs_pass_the_ceiling),
		cmocka_unit_test(hours_of_what_is_signed_below_are_kept),
		cmocka_unit_test(the_constant_is_of_needs_that_no_order_can_serve),
		cmocka_unit_test(an_order_takes_no_more_of_an_input_than_a_need_may_be),
		cmocka_unit_test(without_needs_or_offers_the_plan_is_empty),
		cmocka_unit_test(a_plan_whose_inputs_are_changed_is_refused),
		cmocka_unit_test(without_boms_it_is_the_plan_of_one_level),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
