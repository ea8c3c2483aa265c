/* CBC as the referee of middle problems: nobody's plan lies below the other's bound. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/plan/check.h"
#include "plan_mip.h"
#include "plan_world.h"

enum { WORLDS = 12, NODES = 300 };

static const double spare = 1e-6;

/* CBC leaves a few of its own row cuts behind. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:OsiRowCut\nleak:libCbc\nleak:libOsi\nleak:libCgl\nleak:libCoinUtils\n";
}

static void referee(struct plan_world *world, const struct plan_world_kind *kind)
{
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;
	int tried = 0, proved = 0;
	double over = 0;

	printf("# seeds from %llu\n", (unsigned long long)first);
	for (uint64_t seed = first; seed < first + WORLDS; seed++) {
		struct zv_rng rng;
		struct zv_err err;
		struct zv_plan_result result = {0};
		const struct zv_plan_options options = {0};
		struct zv_plan_checked sums;
		struct plan_mip mip;
		double objective, bound;

		zv_rng_init(&rng, seed);
		plan_world_draw(world, kind, &rng);
		if (zv_plan_problem_check(&world->problem, &err) != ZV_OK)
			continue;
		if (zv_plan_solve(&result, &world->problem, &options, &err) != ZV_OK)
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
		if (zv_plan_check(&sums, &world->problem, result.orders, result.n_orders, result.flows, result.n_flows, &err) != ZV_OK)
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
		plan_mip_solve(&mip, &world->problem, NODES, 60);
		objective = (double)result.objective / 1e12;
		bound = (double)result.bound / 1e12;
		zv_plan_result_done(&result);
		if (mip.bound > objective * (1 + spare) + 1)
			fail_msg("seed %llu: plan of %.6f below the bound of CBC %.6f", (unsigned long long)seed, objective, mip.bound);
		if (!isnan(mip.objective) && kind->incremental == 0 && bound > mip.objective * (1 + spare) + 1)
			fail_msg("seed %llu: bound %.6f above the plan of CBC %.6f", (unsigned long long)seed, bound, mip.objective);
		if (mip.proved && kind->incremental == 0) {
			over += (objective - mip.objective) / mip.objective;
			proved++;
		}
		tried++;
	}
	printf("# %d problems, CBC proved %d: plans on average %.4f %% above its optimum\n", tried, proved, proved > 0 ? 100 * over / proved : 0);
	assert_true(tried > WORLDS / 2);
	if (proved > 0)
		assert_true(over / proved < 0.005);
}

static void neither_is_below_the_bound_of_the_other(void **state)
{
	struct plan_world *world = malloc(sizeof(*world));
	const struct plan_world_kind kind = {.needs = 40, .offers = 10, .periods = 2, .products = 2, .regions = 4, .qty_max = 5000000, .step = 10000,
					     .launch_max = INT64_C(300000000000), .single = 20, .resource = 50, .setup = 40, .tiers = 50, .substitutes = 20,
					     .controlled = 10, .commitments = 5, .candidates = 20};

	(void)state;
	referee(world, &kind);
	free(world);
}

static void shares_parcels_and_ladders_too(void **state)
{
	struct plan_world *world = malloc(sizeof(*world));
	const struct plan_world_kind kind = {.needs = 30, .offers = 8, .periods = 2, .products = 2, .regions = 4, .qty_max = 5000000, .step = 10000,
					     .launch_max = INT64_C(300000000000), .single = 20, .resource = 30, .tiers = 50, .incremental = 60, .shares = 40,
					     .parcels = 30};

	(void)state;
	referee(world, &kind);
	free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neither_is_below_the_bound_of_the_other),
		cmocka_unit_test(shares_parcels_and_ladders_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
