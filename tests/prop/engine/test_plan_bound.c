/* The bound of whatever prices is never above the best of all plans; with shared hours it is no lower than the prices' own doubles say (whole quanta may lift it). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/plan/arcs.h"
#include "engine/plan/bound.h"
#include "engine/plan/dual.h"
#include "engine/plan/plan.h"
#include "plan_search.h"
#include "plan_world.h"

enum { WORLDS = 1200, PRICES = 12, STEPS = 30 };

static const int64_t PLANS_MAX = 60000;

static uint64_t first_seed(void)
{
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;

	printf("# seeds from %llu\n", (unsigned long long)first);
	return first;
}

/* Any prices: low ones, those of the penalty, and some above it. */
static void draw_prices(int64_t *need, int64_t *hour, const struct plan_arcs *arcs, struct zv_rng *rng)
{
	const struct zv_plan_problem *p = arcs->problem;

	for (uint32_t i = 0; i < arcs->n_needs; i++)
		need[i] = zv_rng_below(rng, 4) == 0 ? p->needs[arcs->outer[i]].penalty : zv_rng_range(rng, 0, p->needs[arcs->outer[i]].penalty * 5 / 4);
	for (size_t i = 0; i < (size_t)p->n_resources * (size_t)p->n_periods; i++)
		hour[i] = zv_rng_below(rng, 2) == 0 ? 0 : zv_rng_range(rng, 0, 2000000);
}

static void try_prices(const struct plan_arcs *arcs, const struct plan_found *best, struct zv_rng *rng, uint64_t seed)
{
	const struct zv_plan_problem *p = arcs->problem;
	int64_t *need = calloc((size_t)arcs->n_needs + 1, sizeof(*need)), *hour = calloc((size_t)p->n_resources * (size_t)p->n_periods + 1, sizeof(*hour));

	for (int i = 0; i < PRICES; i++) {
		draw_prices(need, hour, arcs, rng);
		if (plan_bound(arcs, need, hour) > best->objective)
			fail_msg("seed %llu: the bound of the prices drawn as number %d is above the best of all plans", (unsigned long long)seed, i);
	}
	free(need);
	free(hour);
}

/* The best prices in whole numbers: the doubles and the integers answer the same question by different code. */
static void compare_with_doubles(struct plan_arcs *arcs, const struct plan_found *best, uint64_t seed)
{
	const struct zv_plan_problem *p = arcs->problem;
	struct plan_dual *dual = plan_dual_open(arcs, 1, STEPS);
	int64_t *need = calloc((size_t)arcs->n_needs + 1, sizeof(*need)), *hour = calloc((size_t)p->n_resources * (size_t)p->n_periods + 1, sizeof(*hour));
	zv_i128 bound;

	for (int i = 0; i < STEPS; i++) {
		if (i == STEPS / 2)
			plan_dual_join(dual);
		plan_dual_step(dual);
	}
	for (uint32_t i = 0; i < arcs->n_needs; i++)
		need[i] = llround(dual->best[i] * 1e6);
	for (size_t i = 0; i < (size_t)p->n_resources * (size_t)p->n_periods; i++)
		hour[i] = llround(dual->best_mu[i] * 1e6);
	bound = plan_bound(arcs, need, hour);
	if (bound > best->objective)
		fail_msg("seed %llu: the bound of the last prices is above the best of all plans", (unsigned long long)seed);
	if ((double)bound * 1e-12 < dual->best_value - 1e-6 * (fabs(dual->best_value) + 1e-3))
		fail_msg("seed %llu: the bound is %.9f in whole numbers, %.9f in doubles", (unsigned long long)seed, (double)bound * 1e-12, dual->best_value);
	plan_dual_close(dual);
	free(need);
	free(hour);
}

static void run(uint64_t first, const struct plan_world_kind *only, bool compare)
{
	struct plan_world *world = malloc(sizeof(*world));
	struct plan_found *best = malloc(sizeof(*best));
	int worlds = 0;

	for (uint64_t seed = first; seed < first + WORLDS; seed++) {
		struct zv_rng rng;
		struct zv_err err;
		struct plan_world_kind kind;
		struct plan_arcs *arcs = NULL;

		zv_rng_init(&rng, seed);
		kind = only != NULL ? *only : plan_world_kind_of(&rng, 4, 3);
		plan_world_draw(world, &kind, &rng);
		if (zv_plan_problem_check(&world->problem, &err) != ZV_OK || !plan_search(best, &world->problem, PLANS_MAX, NULL))
			continue;
		if (plan_arcs_open(&arcs, &world->problem, &err) != ZV_OK)
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
		worlds++;
		try_prices(arcs, best, &rng, seed);
		if (compare)
			compare_with_doubles(arcs, best, seed);
		plan_arcs_close(arcs);
	}
	printf("# %d worlds\n", worlds);
	assert_true(worlds > WORLDS / 3);
	free(best);
	free(world);
}

static void bounds_of_any_prices_stay_below_the_best_of_all_plans(void **state)
{
	(void)state;
	run(first_seed(), NULL, false);
}

/* Several orders on one resource, hours scarce, tiers and set-up: the tiers that fit together are what counts. */
static void hours_shared_out_bound_no_less_in_whole_numbers_than_in_doubles(void **state)
{
	const struct plan_world_kind kind = {.needs = 4, .offers = 3, .periods = 2, .products = 2, .regions = 2, .qty_max = 4, .step = 1, .launch_max = 100000,
					     .resource = 100, .setup = 50, .tiers = 70};

	(void)state;
	run(first_seed(), &kind, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bounds_of_any_prices_stay_below_the_best_of_all_plans),
		cmocka_unit_test(hours_shared_out_bound_no_less_in_whole_numbers_than_in_doubles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
