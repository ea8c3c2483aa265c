/* Tiny worlds with bills of materials against CBC: the bound is never above the optimum, every plan is possible, and how far both are from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "engine/plan/check.h"
#include "engine/plan/levels.h"
#include "plan_levels_mip.h"
#include "plan_world.h"

enum { WORLDS = 150, LARGER = 5, BOMS = 12 };

struct world {
	struct plan_world flat;
	struct zv_plan_bom boms[BOMS];
};

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20260505;
}

/* Product p is made of products with higher numbers; sometimes of one that it goes into itself. */
static void draw_boms(struct world *w, struct zv_rng *rng)
{
	struct zv_plan_problem *p = &w->flat.problem;

	p->n_boms = 0;
	p->boms = w->boms;
	for (uint32_t a = 0; a < p->n_products; a++)
		for (uint32_t b = 0; b < p->n_products && p->n_boms < BOMS; b++) {
			if (b == a || zv_rng_below(rng, 100) >= (b > a ? 55 : 4))
				continue;
			w->boms[p->n_boms++] = (struct zv_plan_bom){a, b, zv_rng_range(rng, 1, 30) * 50000, zv_rng_below(rng, 100) < 50 ? 0 : zv_rng_range(rng, 20, 300) * 1000000000,
								    (int32_t)zv_rng_below(rng, 2)};
		}
}

/* `all`: also what the referee does not know. */
static bool draw(struct world *w, struct zv_rng *rng, bool all)
{
	struct plan_world_kind kind = {.needs = (int)zv_rng_range(rng, 1, 7), .offers = (int)zv_rng_range(rng, 2, 9), .periods = (int)zv_rng_range(rng, 1, 3),
				       .products = (int)zv_rng_range(rng, 2, 4), .regions = 3, .qty_max = 20 * ZV_PLAN_UNIT, .step = ZV_PLAN_UNIT,
				       .launch_max = INT64_C(500000000000), .single = 25, .resource = 40, .setup = 30, .tiers = 30, .substitutes = 15, .controlled = 10, .costs = 15};
	struct zv_err err = {0};

	if (all) {
		kind.shares = kind.incremental = kind.parcels = kind.candidates = 30;
		kind.commitments = 20;
		kind.needs += 10;
		kind.offers += 6;
		kind.step = 1;
	}
	memset(w, 0, sizeof(*w));
	plan_world_draw(&w->flat, &kind, rng);
	draw_boms(w, rng);
	return w->flat.problem.n_boms > 0 && zv_plan_problem_check(&w->flat.problem, &err) == ZV_OK;
}

/* Products that go into themselves, straight or by what stands in for their inputs: there the referee lets an order feed itself. */
static bool is_circular(const struct zv_plan_problem *p)
{
	bool made_of[PLAN_WORLD_OFFERS][PLAN_WORLD_OFFERS] = {0};

	for (uint32_t i = 0; i < p->n_boms; i++) {
		made_of[p->boms[i].product][p->boms[i].input] = true;
		for (uint32_t s = 0; s < p->n_substitutes; s++)
			if (p->substitutes[s].product == p->boms[i].input)
				made_of[p->boms[i].product][p->substitutes[s].with] = true;
	}
	for (uint32_t k = 0; k < p->n_products; k++)
		for (uint32_t i = 0; i < p->n_products; i++)
			for (uint32_t j = 0; j < p->n_products; j++)
				made_of[i][j] |= made_of[i][k] && made_of[k][j];
	for (uint32_t i = 0; i < p->n_products; i++)
		if (made_of[i][i])
			return true;
	return false;
}

static double roubles(zv_i128 money)
{
	return (double)money * 1e-12;
}

static void look(struct zv_plan_levels_result *r, const struct world *w, int n)
{
	struct zv_plan_checked checked;
	struct zv_err err = {0};
	enum zv_code code = zv_plan_levels_check(&checked, &w->flat.problem, r, &err);

	if (code != ZV_OK)
		fail_msg("world %d: %s", n, err.text);
	if (checked.objective != r->plan.objective)
		fail_msg("world %d: objective %f, the checker says %f", n, roubles(r->plan.objective), roubles(checked.objective));
	if (checked.constant != r->plan.constant)
		fail_msg("world %d: constant %f, the checker says %f", n, roubles(r->plan.constant), roubles(checked.constant));
}

static void peg_sums_hold(const struct zv_plan_levels_result *r)
{
	size_t at = 0;

	for (uint32_t d = 0; d < r->n_derived; d++) {
		int64_t sum = 0;

		while (at < r->n_pegs && r->pegs[at].derived == d)
			sum += r->pegs[at++].qty;
		assert_int_equal(sum, r->derived[d].qty);
	}
	assert_int_equal(at, r->n_pegs);
}

static void the_bound_is_never_above_the_optimum_and_every_plan_is_possible(void **state)
{
	struct zv_rng rng;
	struct world *w = malloc(sizeof(*w));
	struct tally {
		double gap, lost, loose;
		int n, optimal, proved;
	} tally[2] = {0};
	int deep = 0;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed_of());
	zv_rng_init(&rng, seed_of());
	for (int n = 0; tally[0].n + tally[1].n < WORLDS; n++) {
		struct zv_plan_options options = {0};
		struct zv_plan_levels_result r;
		struct tally *t;
		struct zv_err err = {0};
		double best;

		if (!draw(w, &rng, false) || !plan_levels_mip(&best, &w->flat.problem))
			continue;
		if (zv_plan_solve_levels(&r, &w->flat.problem, &options, &err) != ZV_OK)
			fail_msg("world %d: %s", n, err.text);
		look(&r, w, n);
		peg_sums_hold(&r);
		if (roubles(r.plan.bound) > best * (1 + 1e-6) + 1e-3)
			fail_msg("world %d: bound %f above the optimum %f", n, roubles(r.plan.bound), best);
		/* Inputs are rounded up to whole quanta, tolerances of CBC are larger. */
		if (roubles(r.plan.objective) < best * (1 - 1e-6) - 1e-3)
			fail_msg("world %d: objective %f below the optimum %f", n, roubles(r.plan.objective), best);
		deep += r.n_levels > 2;
		t = &tally[is_circular(&w->flat.problem)];
		t->n++;
		t->optimal += roubles(r.plan.objective) <= best * (1 + 1e-6) + 1e-3;
		t->proved += r.plan.proved;
		t->gap += roubles(r.plan.objective - r.plan.bound) / best;
		t->lost += roubles(r.plan.objective) / best - 1;
		t->loose += 1 - roubles(r.plan.bound) / best;
		zv_plan_levels_done(&r);
	}
	for (int circular = 0; circular < 2; circular++) {
		const struct tally *t = &tally[circular];

		print_message("%d worlds%s: %d optimal, %d proved; on average objective +%.3f %%, bound -%.3f %%, gap %.3f %%\n", t->n, circular ? " with circles" : "", t->optimal,
			      t->proved, 100 * t->lost / t->n, 100 * t->loose / t->n, 100 * t->gap / t->n);
	}
	assert_true(deep > 10);
	assert_int_equal(tally[0].optimal, tally[0].n);
	assert_true(tally[0].proved * 100 >= tally[0].n * 95 && 100 * tally[0].loose < 0.1 * tally[0].n);
	/* The optimum of a circle may feed itself, which no plan does: most find one without. */
	assert_true(tally[1].optimal * 100 >= tally[1].n * 80);
	free(w);
}

static void no_plan_covers_more_of_a_priority_than_its_bound(void **state)
{
	struct zv_rng rng;
	struct world *w = malloc(sizeof(*w));
	int compared = 0, below = 0;

	(void)state;
	zv_rng_init(&rng, seed_of() + 1);
	while (compared < WORLDS / 2) {
		struct zv_plan_options options = {0};
		struct zv_plan_levels_result r;
		struct zv_err err = {0};

		if (!draw(w, &rng, false))
			continue;
		assert_int_equal(zv_plan_solve_levels(&r, &w->flat.problem, &options, &err), ZV_OK);
		for (int p = 1; p <= ZV_PLAN_PRIORITIES; p++) {
			const struct zv_plan_level *level = &r.plan.levels[p - 1];
			double most;

			if (level->qty == 0 || !plan_levels_mip_cover(&most, &w->flat.problem, p))
				continue;
			assert_true((double)level->bound >= most * (1 - 1e-6) - 2);
			assert_true(level->bound <= level->qty);
			assert_true(level->covered <= level->bound);
			below += level->bound < level->qty;
		}
		compared++;
		zv_plan_levels_done(&r);
	}
	assert_true(below > 0);
	free(w);
}

static void worlds_with_everything_get_possible_plans(void **state)
{
	struct zv_rng rng;
	struct world *w = malloc(sizeof(*w));
	int planned = 0, refused = 0, served = 0;

	(void)state;
	zv_rng_init(&rng, seed_of() + 3);
	for (int n = 0; planned < WORLDS / 4; n++) {
		struct zv_plan_options options = {.strict = n % 4 == 0};
		struct zv_plan_levels_result r;
		struct zv_err err = {0};
		enum zv_code code;

		if (!draw(w, &rng, true))
			continue;
		code = zv_plan_solve_levels(&r, &w->flat.problem, &options, &err);
		if (code == ZV_OK) {
			look(&r, w, n);
			peg_sums_hold(&r);
			assert_true(r.plan.bound <= r.plan.objective);
			served += r.n_derived > 0;
			planned++;
		} else { /* signed flows whose inputs are not to be had */
			if (code != ZV_E_INVALID || w->flat.problem.n_commitments == 0)
				fail_msg("world %d: %s", n, err.text);
			refused++;
		}
		zv_plan_levels_done(&r);
	}
	print_message("%d worlds, %d with inputs; %d more whose signed flows cannot be kept\n", planned, served, refused);
	assert_true(served > 0);
	free(w);
}

/* Too large to be proved: parts of the plan are solved together, and the certificate says how far it can be from the best. */
static void larger_worlds_are_planned_close_to_their_bound(void **state)
{
	struct plan_world_kind kind = {.needs = 40, .offers = 18, .periods = 4, .products = 5, .regions = 3, .qty_max = 20 * ZV_PLAN_UNIT, .step = ZV_PLAN_UNIT,
				       .launch_max = INT64_C(500000000000), .single = 25, .resource = 40, .setup = 30, .tiers = 30, .substitutes = 15, .controlled = 10, .costs = 15};
	struct zv_rng rng;
	struct world *w = calloc(1, sizeof(*w));
	double gap = 0, widest = 0;

	(void)state;
	zv_rng_init(&rng, seed_of() + 4);
	for (int n = 0; n < LARGER; n++) {
		struct zv_plan_options options = {0};
		struct zv_plan_levels_result r;
		struct zv_err err = {0};
		double here;

		plan_world_draw(&w->flat, &kind, &rng);
		draw_boms(w, &rng);
		assert_int_equal(zv_plan_problem_check(&w->flat.problem, &err), ZV_OK);
		if (zv_plan_solve_levels(&r, &w->flat.problem, &options, &err) != ZV_OK)
			fail_msg("world %d: %s", n, err.text);
		look(&r, w, n);
		peg_sums_hold(&r);
		here = roubles(r.plan.objective - r.plan.bound) / roubles(r.plan.objective);
		gap += here;
		widest = here > widest ? here : widest;
		zv_plan_levels_done(&r);
	}
	print_message("%d larger worlds: certified gap %.3f %% on average, %.3f %% at most\n", LARGER, 100 * gap / LARGER, 100 * widest);
	assert_true(100 * gap < 2.0 * LARGER);
	free(w);
}

/* Without bills of materials, so that strict mode can be compared: its first priority with the most that any plan covers, its bound with the best that covers as much. */
static void strict_plans_give_the_first_priority_what_they_can(void **state)
{
	struct zv_rng rng;
	struct world *w = malloc(sizeof(*w));
	int compared = 0, most_covered = 0, first = 0;

	(void)state;
	zv_rng_init(&rng, seed_of() + 2);
	while (compared < WORLDS / 2) {
		struct zv_plan_options options = {.strict = true};
		struct zv_plan_result r;
		struct zv_plan_checked checked;
		struct zv_err err = {0};
		double best, covered[ZV_PLAN_PRIORITIES];

		if (!draw(w, &rng, false))
			continue;
		w->flat.problem.n_boms = 0;
		assert_int_equal(zv_plan_solve(&r, &w->flat.problem, &options, &err), ZV_OK);
		assert_int_equal(zv_plan_check(&checked, &w->flat.problem, r.orders, r.n_orders, r.flows, r.n_flows, &err), ZV_OK);
		assert_true(checked.objective == r.objective);
		for (int p = 0; p < ZV_PLAN_PRIORITIES; p++) {
			assert_true(checked.levels[p].covered == r.levels[p].covered);
			assert_true(r.levels[p].covered <= r.levels[p].bound);
			covered[p] = (double)r.levels[p].covered;
		}
		if (plan_levels_mip_at(&best, &w->flat.problem, covered))
			assert_true(roubles(r.bound) <= best * (1 + 1e-6) + 1e-3);
		if (r.levels[0].qty > r.levels[0].constant && plan_levels_mip_cover(&best, &w->flat.problem, 1)) {
			first++;
			most_covered += (double)r.levels[0].covered >= best * (1 - 1e-6) - 2;
		}
		compared++;
		zv_plan_result_done(&r);
	}
	print_message("the first priority covered as far as it can be in %d of %d worlds\n", most_covered, first);
	assert_true(most_covered * 100 >= first * 95);
	free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bound_is_never_above_the_optimum_and_every_plan_is_possible),
		cmocka_unit_test(larger_worlds_are_planned_close_to_their_bound),
		cmocka_unit_test(worlds_with_everything_get_possible_plans),
		cmocka_unit_test(strict_plans_give_the_first_priority_what_they_can),
		cmocka_unit_test(no_plan_covers_more_of_a_priority_than_its_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
