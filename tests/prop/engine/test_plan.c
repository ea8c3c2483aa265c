/* The solver against all plans of thousands of tiny problems, with the checker as the judge of its plans and a second bound from its prices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/plan/check.h"
#include "plan_search.h"
#include "plan_world.h"

enum { WORLDS = 1500, PLANS_MAX = 60000 };

struct tally {
	int worlds, proved, best;
	int64_t gap_ppm;
};

static double roubles(zv_i128 money)
{
	return (double)money / 1e12;
}

static void must_hold(bool holds, uint64_t seed, const char *what, zv_i128 a, zv_i128 b)
{
	if (!holds)
		fail_msg("seed %llu: %s: %.12f, %.12f (ZVENO_TEST_SEED repeats it)", (unsigned long long)seed, what, roubles(a), roubles(b));
}

static void compare(struct tally *tally, const struct zv_plan_problem *problem, const struct plan_found *best, uint64_t seed, struct zv_plan_result *result)
{
	struct zv_plan_options options = {.iterations = 0};
	struct zv_plan_checked sums;
	struct zv_err err;
	zv_i128 bound, allowed;

	if (zv_plan_solve(result, problem, &options, &err) != ZV_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	if (zv_plan_check(&sums, problem, result->orders, result->n_orders, result->flows, result->n_flows, &err) != ZV_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	must_hold(sums.objective == result->objective, seed, "objective of the checker", sums.objective, result->objective);
	must_hold(sums.launches == result->launches && sums.prices == result->prices && sums.penalties == result->penalties, seed, "parts", sums.prices, result->prices);
	must_hold(sums.constant == result->constant, seed, "constant", sums.constant, result->constant);
	must_hold(result->objective >= best->objective, seed, "objective below the best of all plans", result->objective, best->objective);
	must_hold(result->bound <= best->objective, seed, "bound above the best of all plans", result->bound, best->objective);
	bound = zv_plan_check_bound(problem, result->need_price, result->resource_price);
	must_hold(bound <= best->objective, seed, "bound of the prices above the best of all plans", bound, best->objective);
	allowed = best->objective / 100000000 + 1;
	must_hold(!result->proved || result->objective - best->objective <= allowed, seed, "said to be proved", result->objective, best->objective);
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
		must_hold(sums.levels[w].covered == result->levels[w].covered && sums.levels[w].covered_needs == result->levels[w].covered_needs, seed, "priority", w, 0);
	tally->proved += result->proved;
	tally->best += result->objective - best->objective <= allowed;
	if (best->objective > 0)
		tally->gap_ppm += (int64_t)((result->objective - best->objective) * 1000000 / best->objective);
}

static void run(struct tally *tally, uint64_t first, const struct plan_world_kind *only)
{
	struct plan_world *world = malloc(sizeof(*world));
	struct plan_found *best = malloc(sizeof(*best));

	for (uint64_t seed = first; seed < first + WORLDS; seed++) {
		struct zv_rng rng;
		struct zv_err err;
		struct plan_world_kind kind;
		struct zv_plan_result result = {0};

		zv_rng_init(&rng, seed);
		kind = only != NULL ? *only : plan_world_kind_of(&rng, 4, 3);
		plan_world_draw(world, &kind, &rng);
		if (zv_plan_problem_check(&world->problem, &err) != ZV_OK || !plan_search(best, &world->problem, PLANS_MAX, NULL))
			continue;
		tally->worlds++;
		compare(tally, &world->problem, best, seed, &result);
		zv_plan_result_done(&result);
	}
	printf("# %d worlds: %d proved, %d as good as the best of all plans, on average %lld ppm above it\n", tally->worlds, tally->proved, tally->best,
	       (long long)(tally->worlds > 0 ? tally->gap_ppm / tally->worlds : 0));
	assert_true(tally->worlds > WORLDS / 3);
	free(best);
	free(world);
}

static uint64_t first_seed(void)
{
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;

	printf("# seeds from %llu\n", (unsigned long long)first);
	return first;
}

static void plans_of_tiny_problems_lie_between_their_bound_and_the_best(void **state)
{
	struct tally tally = {0};

	(void)state;
	run(&tally, first_seed(), NULL);
	assert_true(tally.best * 100 >= tally.worlds * 90);
}

/* Every need whole, hours with set-up, prices in tiers: where moves between orders are hardest. */
static void plans_of_needs_that_may_not_be_split_lie_there_too(void **state)
{
	struct tally tally = {0};
	const struct plan_world_kind kind = {.needs = 5, .offers = 4, .periods = 1, .products = 1, .regions = 2, .qty_max = 4, .step = 1, .launch_max = 100000,
					     .single = 100, .resource = 70, .setup = 50, .tiers = 60};

	(void)state;
	run(&tally, first_seed(), &kind);
	assert_true(tally.best * 100 >= tally.worlds * 90);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans_of_tiny_problems_lie_between_their_bound_and_the_best),
		cmocka_unit_test(plans_of_needs_that_may_not_be_split_lie_there_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
