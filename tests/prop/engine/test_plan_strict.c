/* Strict mode against all plans of thousands of tiny problems: what no plan covers more of, and who is covered first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/check.h"
#include "engine/plan/strict.h"
#include "plan_search.h"
#include "plan_world.h"

enum { WORLDS = 300, MIDDLE_WORLDS = 5, PLANS_MAX = 20000 };

/* Penalties so far apart that the cheapest plan covers all that it can of priority 1, then of 2 ... (quantities of a tiny world are below 50 together). */
static const int64_t steps[ZV_PLAN_PRIORITIES] = {INT64_C(2500000000000000000), INT64_C(50000000000000000), INT64_C(1000000000000000), INT64_C(20000000000000)};

static uint64_t first_seed(void)
{
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;

	printf("# seeds from %llu\n", (unsigned long long)first);
	return first;
}

static void coverage(zv_i128 *out, const struct zv_plan_problem *p, const struct zv_plan_flow *flows, size_t n)
{
	memset(out, 0, ZV_PLAN_PRIORITIES * sizeof(*out));
	for (size_t i = 0; i < n; i++)
		out[p->needs[flows[i].need].priority - 1] += flows[i].qty;
}

/* What plans cover at most when penalties rise by `more`. */
static bool most(zv_i128 *out, struct plan_found *best, const struct plan_world *world, const int64_t *more)
{
	struct plan_world *changed = malloc(sizeof(*changed));
	bool found;

	plan_world_copy(changed, world);
	for (uint32_t i = 0; i < changed->problem.n_needs; i++)
		changed->needs[i].penalty += more[changed->needs[i].priority - 1];
	found = plan_search(best, &changed->problem, PLANS_MAX, NULL);
	if (found)
		coverage(out, &world->problem, best->flows, best->n_flows);
	free(changed);
	return found;
}

static void solve(struct zv_plan_result *out, const struct zv_plan_problem *p, bool strict, uint64_t seed)
{
	const struct zv_plan_options options = {.strict = strict};
	struct zv_plan_checked sums;
	struct zv_err err;

	if (zv_plan_solve(out, p, &options, &err) != ZV_OK || zv_plan_check(&sums, p, out->orders, out->n_orders, out->flows, out->n_flows, &err) != ZV_OK)
		fail_msg("seed %llu, %s: %s", (unsigned long long)seed, strict ? "strict" : "priced", err.text);
	assert_true(sums.objective == out->objective && out->bound <= out->objective);
}

struct tally {
	int worlds, best;
};

static void compare(struct tally *tally, struct plan_found *best, const struct plan_world *world, uint64_t seed)
{
	struct zv_plan_result result;
	zv_i128 first[ZV_PLAN_PRIORITIES], one[ZV_PLAN_PRIORITIES];
	bool as_good = true;

	if (!most(first, best, world, steps))
		return;
	solve(&result, &world->problem, true, seed);
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++) {
		int64_t more[ZV_PLAN_PRIORITIES] = {0};

		more[w] = steps[0];
		if (most(one, best, world, more) && one[w] > result.levels[w].bound)
			fail_msg("seed %llu: priority %d can have %lld, no more than %lld it says", (unsigned long long)seed, w + 1, (long long)one[w],
				 (long long)result.levels[w].bound);
	}
	for (int w = 0; w < ZV_PLAN_PRIORITIES && as_good; w++) {
		if (result.levels[w].covered > first[w])
			fail_msg("seed %llu: covers more of priority %d than all plans", (unsigned long long)seed, w + 1);
		as_good = result.levels[w].covered == first[w];
	}
	tally->worlds++;
	tally->best += as_good;
	zv_plan_result_done(&result);
}

static void strict_plans_cover_the_first_priorities_as_the_best_of_all_plans_do(void **state)
{
	struct plan_world *world = malloc(sizeof(*world));
	struct plan_found *best = malloc(sizeof(*best));
	struct tally tally = {0};
	uint64_t first = first_seed();

	(void)state;
	for (uint64_t seed = first; seed < first + WORLDS; seed++) {
		struct zv_rng rng;
		struct zv_err err;
		struct plan_world_kind kind;

		zv_rng_init(&rng, seed);
		kind = plan_world_kind_of(&rng, 4, 3);
		plan_world_draw(world, &kind, &rng);
		if (zv_plan_problem_check(&world->problem, &err) == ZV_OK)
			compare(&tally, best, world, seed);
	}
	printf("# %d worlds, %d covered as by the best of all plans\n", tally.worlds, tally.best);
	assert_true(tally.worlds > WORLDS / 3);
	assert_true(tally.best * 100 >= tally.worlds * 95);
	free(best);
	free(world);
}

/* Large smallest orders, tiers that only volume reaches: what one level has covered does not stand without the others. */
static void strict_plans_are_found_wherever_priced_ones_are(void **state)
{
	const struct plan_world_kind kind = {.needs = 40, .offers = 12, .periods = 2, .products = 3, .regions = 3, .qty_max = 3000000, .step = 10000,
					     .launch_max = INT64_C(90000000000), .single = 20, .resource = 50, .setup = 40, .tiers = 70, .incremental = 30, .substitutes = 20,
					     .shares = 30, .parcels = 20, .commitments = 30};
	struct plan_world *world = malloc(sizeof(*world));
	uint64_t first = first_seed();
	int tried = 0;

	(void)state;
	for (uint64_t seed = first; seed < first + MIDDLE_WORLDS; seed++) {
		struct zv_plan_result priced, strict;
		const struct zv_plan_options options = {0};
		struct zv_rng rng;
		struct zv_err err;

		zv_rng_init(&rng, seed);
		plan_world_draw(world, &kind, &rng);
		if (zv_plan_problem_check(&world->problem, &err) != ZV_OK || zv_plan_solve(&priced, &world->problem, &options, &err) != ZV_OK)
			continue;
		solve(&strict, &world->problem, true, seed);
		for (int w = 0; w < ZV_PLAN_PRIORITIES; w++) {
			assert_true(strict.levels[w].covered <= strict.levels[w].bound && priced.levels[w].covered <= strict.levels[w].bound);
			if (strict.levels[w].covered < priced.levels[w].covered)
				fail_msg("seed %llu: strict mode covers less of priority %d", (unsigned long long)seed, w + 1);
			if (strict.levels[w].covered > priced.levels[w].covered)
				break;
		}
		zv_plan_result_done(&priced);
		zv_plan_result_done(&strict);
		tried++;
	}
	assert_true(tried > MIDDLE_WORLDS / 4);
	free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strict_plans_cover_the_first_priorities_as_the_best_of_all_plans_do),
		cmocka_unit_test(strict_plans_are_found_wherever_priced_ones_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
