/* The exact kernel and the branch and bound on whole tiny problems against all plans; the checker against the plainest code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/check.h"
#include "engine/plan/exact.h"
#include "engine/plan/part.h"
#include "engine/plan/whole.h"
#include "plan_search.h"
#include "plan_world.h"

enum { WORLDS = 3000, PLANS_MAX = 60000 };

/* CBC leaves a few of its own row cuts behind. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:OsiRowCut\nleak:libCbc\nleak:libOsi\nleak:libCgl\nleak:libCoinUtils\n";
}

static void checker_agrees(void *context, const struct plan_found *plan, bool allowed)
{
	struct zv_plan_checked sums;
	struct zv_err err;
	enum zv_code code = zv_plan_check(&sums, context, plan->orders, plan->n_orders, plan->flows, plan->n_flows, &err);

	if ((code == ZV_OK) != allowed)
		fail_msg("the checker says %d (%s), the plainest code %d", code, code != ZV_OK ? err.text : "", allowed);
	if (allowed)
		assert_true(sums.objective == plan->objective);
}

/* Needs that may not be split, hours with set-up, tiers: every kind of branch. */
static const struct plan_world_kind whole_needs = {.needs = 5, .offers = 4, .periods = 1, .products = 1, .regions = 2, .qty_max = 4, .step = 1, .launch_max = 100000,
						   .single = 100, .resource = 70, .setup = 50, .tiers = 60};

struct tally {
	int worlds, proved, kernel_proved, checked;
};

static bool any_ladder(const struct zv_plan_problem *p)
{
	for (uint32_t k = 0; k < p->n_offers; k++)
		if (p->offers[k].incremental && p->offers[k].n_tiers > 1)
			return true;
	return false;
}

/* From a good start, and from one that a single node has found: other nodes are given up. */
static void compare_from_starts(const struct plan_found *best, struct plan_whole *whole, const struct plan_arcs *arcs, uint64_t seed)
{
	struct plan_exact exact = {.tier = calloc((size_t)whole->part.n_slots + 1, sizeof(*exact.tier)), .flow = calloc((size_t)whole->part.n_arcs + 1, sizeof(*exact.flow))};
	struct zv_err err;

	for (int most = 1; most <= 64; most *= 4) {
		assert_int_equal(plan_exact_solve(&exact, &whole->part, most, &err), ZV_OK);
		if (exact.bound > best->objective)
			fail_msg("seed %llu, %d nodes: bound %.12f above the optimum %.12f", (unsigned long long)seed, most, (double)exact.bound / 1e12,
				 (double)best->objective / 1e12);
		memcpy(whole->tier, exact.tier, whole->part.n_slots * sizeof(*exact.tier));
		memcpy(whole->flow, exact.flow, whole->part.n_arcs * sizeof(*exact.flow));
	}
	for (uint32_t slot = 0; slot < whole->part.n_slots; slot++)
		whole->tier[slot] = -1;
	for (uint32_t a = 0; a < whole->part.n_arcs; a++)
		whole->flow[a] = 0;
	for (size_t f = 0; f < best->n_flows && whole->part.n_kept == 0; f++)
		for (uint32_t a = 0; a < whole->part.n_arcs; a++)
			if (arcs->outer[whole->arcs[a].need] == best->flows[f].need && whole->slots[whole->arcs[a].slot].offer == best->flows[f].offer &&
			    whole->slots[whole->arcs[a].slot].period == best->flows[f].period)
				whole->flow[a] = best->flows[f].qty;
	for (size_t o = 0; o < best->n_orders && whole->part.n_kept == 0; o++)
		for (uint32_t slot = 0; slot < whole->part.n_slots; slot++)
			if (whole->slots[slot].offer == best->orders[o].offer && whole->slots[slot].period == best->orders[o].period)
				whole->tier[slot] = (int32_t)best->orders[o].tier;
	assert_int_equal(plan_exact_solve(&exact, &whole->part, 64, &err), ZV_OK);
	if (exact.bound > best->objective)
		fail_msg("seed %llu, from the best: bound %.12f above it %.12f", (unsigned long long)seed, (double)exact.bound / 1e12, (double)best->objective / 1e12);
	free(exact.tier);
	free(exact.flow);
}

static void compare(struct tally *tally, const struct plan_found *best, const struct plan_arcs *arcs, uint64_t seed)
{
	struct plan_whole whole;
	struct plan_exact exact = {0};
	struct plan_kernel_answer kernel = {0};
	struct zv_err err;
	bool relaxed = any_ladder(arcs->problem);

	plan_whole_open(&whole, arcs);
	exact.tier = calloc((size_t)whole.part.n_slots + 1, sizeof(*exact.tier));
	exact.flow = calloc((size_t)whole.part.n_arcs + 1, sizeof(*exact.flow));
	assert_int_equal(plan_exact_solve(&exact, &whole.part, 300, &err), ZV_OK);
	if (exact.bound > best->objective)
		fail_msg("seed %llu: bound %.12f above the optimum %.12f", (unsigned long long)seed, (double)exact.bound / 1e12, (double)best->objective / 1e12);
	if (exact.better)
		assert_true(plan_part_holds(&whole.part, exact.tier, exact.flow) && exact.money == plan_part_money(&whole.part, exact.tier, exact.flow));
	if (exact.better && !relaxed && exact.money < best->objective)
		fail_msg("seed %llu: a plan of %.12f below the optimum %.12f", (unsigned long long)seed, (double)exact.money / 1e12, (double)best->objective / 1e12);
	if (exact.proved && !relaxed && exact.money - best->objective > best->objective / 100000000)
		fail_msg("seed %llu: %.12f is said to be proved, the optimum is %.12f", (unsigned long long)seed, (double)exact.money / 1e12,
			 (double)best->objective / 1e12);
	tally->proved += exact.proved;
	kernel.tier = exact.tier;
	kernel.flow = exact.flow;
	if (seed % 5 == 0 && whole.part.n_kept == 0) {
		assert_int_equal(plan_kernel_solve(&kernel, &whole.part, 200, &err), ZV_OK);
		if (kernel.better)
			assert_true(plan_part_holds(&whole.part, kernel.tier, kernel.flow));
		if (!relaxed && kernel.better)
			assert_true(plan_part_money(&whole.part, kernel.tier, kernel.flow) >= best->objective);
		tally->kernel_proved += kernel.proved;
		tally->checked++;
	}
	free(exact.tier);
	free(exact.flow);
	compare_from_starts(best, &whole, arcs, seed);
	plan_whole_done(&whole);
}

static void no_plan_is_below_the_bound_and_proofs_are_true(void **state)
{
	struct tally tally = {0};
	struct plan_world *world = malloc(sizeof(*world));
	struct plan_found *best = malloc(sizeof(*best));
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;

	(void)state;
	printf("# seeds from %llu\n", (unsigned long long)first);
	for (uint64_t seed = first; seed < first + WORLDS; seed++) {
		struct zv_rng rng;
		struct zv_err err;
		struct plan_world_kind kind;
		struct plan_search_ask ask = {checker_agrees, &world->problem};
		struct plan_arcs *arcs = NULL;

		zv_rng_init(&rng, seed);
		kind = plan_world_kind_of(&rng, 4, 3);
		if (seed % 3 == 0)
			kind = whole_needs;
		plan_world_draw(world, &kind, &rng);
		if (zv_plan_problem_check(&world->problem, &err) != ZV_OK || !plan_search(best, &world->problem, PLANS_MAX, &ask))
			continue;
		assert_int_equal(plan_arcs_open(&arcs, &world->problem, &err), ZV_OK);
		tally.worlds++;
		compare(&tally, best, arcs, seed);
		plan_arcs_close(arcs);
	}
	printf("# %d worlds, %d proved; CBC: %d of %d\n", tally.worlds, tally.proved, tally.kernel_proved, tally.checked);
	assert_true(tally.worlds > WORLDS / 2);
	free(best);
	free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(no_plan_is_below_the_bound_and_proofs_are_true)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
