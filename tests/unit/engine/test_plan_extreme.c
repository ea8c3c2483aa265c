/* Plans at the ends of what values may be, stopped at once, without memory, in threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../prop/engine/plan_world.h"
#include "engine/plan/check.h"

static const struct plan_world_kind middle = {.needs = 200, .offers = 30, .periods = 3, .products = 3, .regions = 4, .qty_max = 5000000, .step = 10000,
					      .launch_max = INT64_C(300000000000), .single = 20, .resource = 50, .setup = 40, .tiers = 50};

static struct plan_world *draw(const struct plan_world_kind *kind, uint64_t seed)
{
	struct plan_world *world = malloc(sizeof(*world));
	struct zv_rng rng;

	zv_rng_init(&rng, seed);
	plan_world_draw(world, kind, &rng);
	return world;
}

static void checked(const struct zv_plan_problem *problem, const struct zv_plan_result *result)
{
	struct zv_plan_checked sums;
	struct zv_err err;

	if (zv_plan_check(&sums, problem, result->orders, result->n_orders, result->flows, result->n_flows, &err) != ZV_OK)
		fail_msg("%s", err.text);
	assert_true(sums.objective == result->objective);
	assert_true(result->bound <= result->objective);
}

/* Everything times what takes the largest value to the limit, small values left as they are; what the check of problems refuses is not solved. */
static int solve_at_limit(uint64_t seed, int64_t prices, int64_t quantities, int64_t launches)
{
	struct plan_world *w = draw(&middle, seed);
	struct zv_plan_result result = {0};
	const struct zv_plan_options options = {.iterations = 50};
	struct zv_err err;
	int solved = 0;

	for (uint32_t i = 0; i < w->problem.n_tiers; i++) {
		w->tiers[i].price *= prices;
		w->tiers[i].from *= quantities;
	}
	for (uint32_t i = 0; i < w->problem.n_offers; i++) {
		w->offers[i].moq *= quantities;
		w->offers[i].max *= quantities;
		w->offers[i].launch *= launches;
	}
	for (uint32_t i = 0; i < w->problem.n_needs; i++) {
		w->needs[i].qty *= quantities;
		w->needs[i].ceiling *= prices;
		w->needs[i].penalty *= prices;
	}
	if (zv_plan_problem_check(&w->problem, &err) == ZV_OK) {
		assert_int_equal(zv_plan_solve(&result, &w->problem, &options, &err), ZV_OK);
		checked(&w->problem, &result);
		zv_plan_result_done(&result);
		solved = 1;
	}
	free(w);
	return solved;
}

static void values_at_their_limits_do_not_overflow(void **state)
{
	int solved = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++) {
		solved += solve_at_limit(seed, 6000, 1, 1);
		solved += solve_at_limit(seed, 1, 4000000, 1);
		solved += solve_at_limit(seed, 1, 1, 3000000);
		solved += solve_at_limit(seed, 6000, 4000000, 3000000);
		solved += solve_at_limit(seed, 1, 4000000, 3000000);
	}
	printf("# %d of 20 problems at the limits were solved\n", solved);
	assert_true(solved >= 12);
}

/* One need, one offer, each value alone at its limit. */
static void the_largest_single_values_are_carried(void **state)
{
	const struct plan_world_kind one = {.needs = 1, .offers = 1, .periods = 1, .products = 1, .regions = 1, .qty_max = 4, .step = 1, .launch_max = 1};
	struct plan_world *w = draw(&one, 1);
	struct zv_plan_result result = {0};
	const struct zv_plan_options options = {0};
	struct zv_err err;

	(void)state;
	w->products[0].freight_rate = 0;
	w->needs[0] = (struct zv_plan_need){.id = w->needs[0].id, .qty = ZV_PLAN_QTY_MAX, .ceiling = ZV_PLAN_PRICE_MAX, .penalty = ZV_PLAN_PENALTY_MAX, .priority = 1};
	w->offers[0].moq = w->offers[0].max = w->tiers[w->offers[0].first_tier].from = ZV_PLAN_QTY_MAX;
	w->offers[0].n_tiers = 1;
	w->offers[0].lead = 0;
	w->offers[0].from = 0;
	w->offers[0].launch = ZV_PLAN_LAUNCH_MAX;
	w->tiers[w->offers[0].first_tier].price = ZV_PLAN_PRICE_MAX;
	assert_int_equal(zv_plan_problem_check(&w->problem, &err), ZV_OK);
	assert_int_equal(zv_plan_solve(&result, &w->problem, &options, &err), ZV_OK);
	checked(&w->problem, &result);
	assert_int_equal(result.n_orders, 1);
	assert_true(result.objective == (zv_i128)ZV_PLAN_LAUNCH_MAX * ZV_PLAN_UNIT + (zv_i128)ZV_PLAN_PRICE_MAX * ZV_PLAN_QTY_MAX);
	zv_plan_result_done(&result);
	free(w);
}

struct watch {
	int asked, allowed; /* questions after which it says stop */
	int last_ppt;
	bool back;
};

static bool stop_after(void *context)
{
	struct watch *watch = context;

	return ++watch->asked > watch->allowed;
}

static void progress(void *context, enum zv_plan_stage stage, int done_ppt, zv_i128 objective, zv_i128 bound)
{
	struct watch *watch = context;

	(void)stage;
	(void)objective;
	(void)bound;
	watch->back = watch->back || done_ppt < watch->last_ppt || done_ppt > 1000;
	watch->last_ppt = done_ppt;
}

static void a_stopped_solve_gives_a_plan_that_holds(void **state)
{
	struct plan_world *w = draw(&middle, 7);
	bool any_stopped = false;

	(void)state;
	for (int allowed = 0; allowed < 400; allowed = allowed < 30 ? allowed + 1 : allowed * 2) {
		struct watch watch = {.allowed = allowed};
		const struct zv_plan_options options = {.stop = stop_after, .progress = progress, .context = &watch};
		struct zv_plan_result result = {0};
		struct zv_err err;

		assert_int_equal(zv_plan_solve(&result, &w->problem, &options, &err), ZV_OK);
		checked(&w->problem, &result);
		assert_true(allowed > 0 || result.stopped);
		assert_false(watch.back);
		any_stopped = any_stopped || result.stopped;
		zv_plan_result_done(&result);
	}
	assert_true(any_stopped);
	free(w);
}

/* What a plan stopped at its first question saves against no plan at all. */
static zv_i128 saved(const struct plan_world *w, int allowed)
{
	struct watch watch = {.allowed = allowed};
	const struct zv_plan_options options = {.stop = stop_after, .context = &watch};
	struct zv_plan_result result = {0};
	struct zv_err err;
	zv_i128 saves = 0;

	for (uint32_t i = 0; i < w->problem.n_needs; i++)
		saves += (zv_i128)w->needs[i].penalty * w->needs[i].qty;
	assert_int_equal(zv_plan_solve(&result, &w->problem, &options, &err), ZV_OK);
	checked(&w->problem, &result);
	saves -= result.objective;
	zv_plan_result_done(&result);
	return saves;
}

static void a_solve_stopped_at_once_still_serves_needs(void **state)
{
	zv_i128 at_once = 0, whole = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct plan_world *w = draw(&middle, seed);

		at_once += saved(w, 0);
		whole += saved(w, INT32_MAX);
		free(w);
	}
	printf("# stopped at once: %d of 1000 parts of what the whole search saves\n", (int)(at_once * 1000 / whole));
	assert_true(at_once * 2 > whole);
}

static void too_little_memory_is_said_before_anything_is_done(void **state)
{
	struct plan_world *w = draw(&middle, 7);
	const struct zv_plan_options options = {.memory_max = 1000};
	struct zv_plan_result result = {0};
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_plan_solve(&result, &w->problem, &options, &err), ZV_E_LIMIT);
	assert_int_equal(err.code, ZV_E_LIMIT);
	assert_true(strlen(err.text) > 0);
	zv_plan_result_done(&result);
	free(w);
}

static void two_solves_and_two_threads_give_the_same_bytes(void **state)
{
	struct plan_world *w = draw(&middle, 9);
	struct zv_plan_result result[3] = {0};
	struct zv_err err;

	(void)state;
	for (int i = 0; i < 3; i++) {
		const struct zv_plan_options options = {.threads = i == 2 ? 2 : 1};

		assert_int_equal(zv_plan_solve(&result[i], &w->problem, &options, &err), ZV_OK);
		assert_true(result[i].objective == result[0].objective && result[i].bound == result[0].bound);
		assert_true(plan_world_same(&result[i], &result[0]));
		assert_memory_equal(result[i].need_price, result[0].need_price, w->problem.n_needs * sizeof(*result[0].need_price));
	}
	for (int i = 0; i < 3; i++)
		zv_plan_result_done(&result[i]);
	free(w);
}

static void a_problem_without_needs_or_offers_is_solved(void **state)
{
	struct plan_world *w = draw(&middle, 3);
	const struct zv_plan_options options = {0};
	struct zv_plan_result result = {0};
	struct zv_err err;

	(void)state;
	w->problem.n_offers = 0;
	assert_int_equal(zv_plan_solve(&result, &w->problem, &options, &err), ZV_OK);
	checked(&w->problem, &result);
	assert_true(result.objective == result.constant && result.bound == result.constant && result.proved);
	zv_plan_result_done(&result);
	w->problem.n_needs = 0;
	assert_int_equal(zv_plan_solve(&result, &w->problem, &options, &err), ZV_OK);
	assert_true(result.objective == 0 && result.bound == 0);
	zv_plan_result_done(&result);
	free(w);
}

/* Corners of every field: whoever has nothing gets nothing, and nobody falls over. */
static void corners_are_solved(void **state)
{
	enum { NO_HOURS, NO_PRICES, NO_PENALTIES, NO_CEILINGS, NO_FREIGHT, NO_LAUNCHES, SINGLE_QUANTA, NO_TIME, ONE_SIZE, NO_SHARE, CORNERS };

	(void)state;
	for (int corner = 0; corner < 2 * CORNERS; corner++) {
		struct plan_world *w = draw(&middle, 11 + (uint64_t)corner);
		struct zv_plan_problem *p = &w->problem;
		const struct zv_plan_options options = {.iterations = 40, .strict = corner >= CORNERS};
		struct zv_plan_result result = {0};
		struct zv_err err;

		p->n_commitments = 0;
		for (uint32_t i = 0; i < p->n_needs; i++) {
			struct zv_plan_need *need = &w->needs[i];

			need->penalty = corner % CORNERS == NO_PENALTIES ? 0 : need->penalty;
			need->ceiling = corner % CORNERS == NO_CEILINGS ? 0 : need->ceiling;
			need->qty = corner % CORNERS == SINGLE_QUANTA ? 1 : need->qty;
			need->parcel = need->parcel < need->qty ? need->parcel : need->qty;
			need->single = need->single || corner % CORNERS == ONE_SIZE;
		}
		for (uint32_t k = 0; k < p->n_offers; k++) {
			struct zv_plan_offer *offer = &w->offers[k];

			offer->lead = corner % CORNERS == NO_TIME ? 100 : offer->lead;
			offer->launch = corner % CORNERS == NO_LAUNCHES ? 0 : offer->launch;
			offer->moq = corner % CORNERS == ONE_SIZE ? offer->max : offer->moq;
			offer->n_tiers = corner % CORNERS == ONE_SIZE || corner % CORNERS == SINGLE_QUANTA ? 1 : offer->n_tiers;
			if (corner % CORNERS == SINGLE_QUANTA)
				offer->moq = 1;
			w->tiers[offer->first_tier].from = offer->moq;
		}
		for (uint32_t i = 0; i < p->n_tiers && corner % CORNERS == NO_PRICES; i++)
			w->tiers[i].price = 0;
		for (uint32_t i = 0; i < p->n_products; i++) {
			w->products[i].freight_rate = corner % CORNERS == NO_FREIGHT ? 0 : w->products[i].freight_rate;
			w->products[i].max_share_ppm = corner % CORNERS == NO_SHARE ? 1 : w->products[i].max_share_ppm;
		}
		for (uint32_t i = 0; i < p->n_resources * (uint32_t)p->n_periods && corner % CORNERS == NO_HOURS; i++)
			w->capacity[i] = 0;
		if (zv_plan_problem_check(p, &err) != ZV_OK || zv_plan_solve(&result, p, &options, &err) != ZV_OK)
			fail_msg("corner %d: %s", corner, err.text);
		checked(p, &result);
		if (corner % CORNERS == NO_TIME || corner % CORNERS == NO_SHARE || corner % CORNERS == NO_CEILINGS)
			assert_int_equal(result.n_orders, 0);
		zv_plan_result_done(&result);
		free(w);
	}
}

/* Candidates are chosen by the last tier: an offer that is dear there is none, and is said to be too dear. */
static void a_price_that_rises_is_judged_at_its_last_tier(void **state)
{
	struct plan_world *w = draw(&middle, 3);
	struct zv_plan_problem *p = &w->problem;
	const struct zv_plan_options options = {0};
	struct zv_plan_result result = {0};
	struct zv_err err;

	(void)state;
	p->n_needs = p->n_offers = 1;
	p->n_commitments = p->n_costs = p->n_substitutes = 0;
	p->n_tiers = 2;
	w->products[w->needs[0].product] = (struct zv_plan_product){.id = w->products[0].id};
	w->needs[0] = (struct zv_plan_need){.id = w->needs[0].id, .qty = 5, .ceiling = 150, .penalty = 200, .priority = 1};
	w->products[0] = (struct zv_plan_product){.id = w->products[0].id};
	w->offers[0] = (struct zv_plan_offer){.id = w->offers[0].id, .resource = ZV_PLAN_NONE, .moq = 1, .max = 10, .until = 0, .n_tiers = 2};
	w->tiers[0] = (struct zv_plan_tier){1, 100};
	w->tiers[1] = (struct zv_plan_tier){8, 160};
	assert_int_equal(zv_plan_problem_check(p, &err), ZV_OK);
	assert_int_equal(zv_plan_pair_test(p, 0, 0), ZV_PLAN_PRICE);
	assert_int_equal(zv_plan_solve(&result, p, &options, &err), ZV_OK);
	checked(p, &result);
	assert_true(result.n_orders == 0 && result.objective == result.constant && result.proved);
	zv_plan_result_done(&result);
	w->tiers[1].price = 150;
	assert_int_equal(zv_plan_pair_test(p, 0, 0), ZV_PLAN_FITS);
	assert_int_equal(zv_plan_solve(&result, p, &options, &err), ZV_OK);
	checked(p, &result);
	assert_true(result.n_orders == 1 && result.proved && result.constant == 0);
	zv_plan_result_done(&result);
	free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_at_their_limits_do_not_overflow),
		cmocka_unit_test(the_largest_single_values_are_carried),
		cmocka_unit_test(a_stopped_solve_gives_a_plan_that_holds),
		cmocka_unit_test(a_solve_stopped_at_once_still_serves_needs),
		cmocka_unit_test(too_little_memory_is_said_before_anything_is_done),
		cmocka_unit_test(two_solves_and_two_threads_give_the_same_bytes),
		cmocka_unit_test(a_problem_without_needs_or_offers_is_solved),
		cmocka_unit_test(corners_are_solved),
		cmocka_unit_test(a_price_that_rises_is_judged_at_its_last_tier),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
