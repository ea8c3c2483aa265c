/* Annealing of whole needs: against all plans where those can be tried, and never dearer than its start where they cannot. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/anneal.h"
#include "engine/plan/check.h"
#include "engine/plan/result.h"
#include "plan_search.h"
#include "plan_world.h"

enum { WORLDS = 1500, MIDDLE_WORLDS = 40, PLANS_MAX = 200000, MOVES = 4000, BEST_OF_100 = 98 };

static const struct plan_world_kind tiny = {.needs = 6, .offers = 4, .periods = 1, .products = 1, .regions = 3, .qty_max = 4, .step = 1, .launch_max = 100000,
					    .single = 100, .costs = 50, .controlled = 10};

static const struct plan_world_kind middle = {.needs = 80, .offers = 20, .periods = 2, .products = 2, .regions = 6, .qty_max = 9, .step = 1, .launch_max = 300000,
					      .single = 70, .costs = 50, .substitutes = 30};

struct stopping {
	int64_t after; /* negative: never */
};

static bool stop(void *context)
{
	struct stopping *s = context;

	return s->after >= 0 && s->after-- == 0;
}

/* What the place costs, by the checker; fails when the checker refuses it. */
static zv_i128 checked_cost(const struct plan_place *place, const struct zv_plan_problem *problem, uint64_t seed)
{
	struct zv_plan_result result = {0};
	struct zv_plan_checked sums;
	struct zv_err err;

	plan_result_fill(&result, place);
	if (zv_plan_check(&sums, problem, result.orders, result.n_orders, result.flows, result.n_flows, &err) != ZV_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	zv_plan_result_done(&result);
	return sums.objective;
}

/* False: the world is not of the kind that is annealed. */
static bool anneal(zv_i128 *cost, const struct zv_plan_problem *problem, struct zv_rng *rng, struct stopping stopping, uint64_t seed)
{
	struct plan_arcs *arcs = NULL;
	struct plan_place *place = NULL;
	struct plan_anneal *a;
	struct zv_err err;
	bool fits;

	assert_int_equal(plan_arcs_open(&arcs, problem, &err), ZV_OK);
	plan_arcs_by_need(arcs);
	assert_int_equal(plan_place_open(&place, arcs, &err), ZV_OK);
	fits = plan_anneal_fits(place);
	if (fits) {
		a = plan_anneal_open(place, rng);
		for (int run = 0; run < 3; run++) {
			double before = place->cost, saved = plan_anneal_run(a, NULL, MOVES, run == 0 ? 1 : 0.2, stop, &stopping);

			assert_true(saved >= 0 && fabs(before - saved - place->cost) <= 1e-6 * fabs(before) + 1e-6);
		}
		plan_anneal_close(a);
		*cost = checked_cost(place, problem, seed);
		if (fabs((double)*cost / 1e12 - place->cost) > 1e-6 * fabs(place->cost) + 1e-6)
			fail_msg("seed %llu: %f by the search, %f by the checker", (unsigned long long)seed, place->cost, (double)*cost / 1e12);
	}
	plan_place_close(place);
	plan_arcs_close(arcs);
	return fits;
}

/* Orders that every need alone can fill. */
static void draw(struct plan_world *world, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	plan_world_draw(world, kind, rng);
	for (uint32_t k = 0; k < world->problem.n_offers; k++) {
		world->offers[k].moq = 1;
		world->tiers[world->offers[k].first_tier].from = 1;
	}
}

static uint64_t first_seed(void)
{
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;

	printf("# seeds from %llu\n", (unsigned long long)first);
	return first;
}

static void nearly_always_the_best_plan_and_never_below_it(void **state)
{
	struct plan_world *world = malloc(sizeof(*world));
	struct plan_found *best = malloc(sizeof(*best));
	uint64_t first = first_seed();
	int worlds = 0, found = 0;

	(void)state;
	for (uint64_t seed = first; seed < first + WORLDS; seed++) {
		struct zv_rng rng;
		struct zv_err err;
		zv_i128 cost;

		zv_rng_init(&rng, seed);
		draw(world, &tiny, &rng);
		if (zv_plan_problem_check(&world->problem, &err) != ZV_OK || !plan_search(best, &world->problem, PLANS_MAX, NULL))
			continue;
		if (!anneal(&cost, &world->problem, &rng, (struct stopping){-1}, seed))
			continue;
		worlds++;
		found += cost == best->objective;
		if (cost < best->objective)
			fail_msg("seed %llu: %.12f below the optimum %.12f", (unsigned long long)seed, (double)cost / 1e12, (double)best->objective / 1e12);
	}
	printf("# %d worlds, the best plan in %d\n", worlds, found);
	assert_true(worlds > WORLDS / 4);
	assert_true(found * 100 >= worlds * BEST_OF_100);
	free(best);
	free(world);
}

static void a_stop_at_any_moment_leaves_a_sound_plan(void **state)
{
	struct plan_world *world = malloc(sizeof(*world));
	uint64_t first = first_seed();
	int worlds = 0;

	(void)state;
	for (uint64_t seed = first; seed < first + MIDDLE_WORLDS; seed++) {
		struct zv_rng rng;
		struct zv_err err;
		zv_i128 cost;

		zv_rng_init(&rng, seed);
		draw(world, &middle, &rng);
		if (zv_plan_problem_check(&world->problem, &err) == ZV_OK)
			worlds += anneal(&cost, &world->problem, &rng, (struct stopping){(int64_t)zv_rng_below(&rng, 3) - 1}, seed);
	}
	printf("# %d worlds\n", worlds);
	assert_true(worlds > 0);
	free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(nearly_always_the_best_plan_and_never_below_it), cmocka_unit_test(a_stop_at_any_moment_leaves_a_sound_plan)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
