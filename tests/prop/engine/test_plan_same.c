/* What must not change a plan, and what must: other units, other order of rows, a maker whom nobody wants, a higher ceiling; any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/check.h"
#include "plan_world.h"

enum { WORLDS = 16 };

static const struct plan_world_kind middle = {.needs = 60, .offers = 14, .periods = 3, .products = 3, .regions = 4, .qty_max = 5000000, .step = 10000,
					      .launch_max = INT64_C(300000000000), .single = 20, .resource = 50, .setup = 40, .tiers = 50, .incremental = 15,
					      .substitutes = 15, .parcels = 10, .controlled = 10, .commitments = 5};

struct both {
	struct plan_world *a, *b;
	const struct zv_plan_result *x; /* the plan of a */
	struct zv_plan_result y;
	uint64_t seed;
};

/* Every law starts from the same worlds: their plans are made once. */
static struct zv_plan_result plain[WORLDS];
static bool is_solved[WORLDS];

static void solve(struct zv_plan_result *out, const struct plan_world *world, const struct zv_plan_options *options, uint64_t seed)
{
	struct zv_plan_checked sums;
	struct zv_err err;

	if (zv_plan_solve(out, &world->problem, options, &err) != ZV_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	if (zv_plan_check(&sums, &world->problem, out->orders, out->n_orders, out->flows, out->n_flows, &err) != ZV_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	assert_true(sums.objective == out->objective && out->bound <= out->objective);
}

static bool same_plan(const struct zv_plan_result *x, const struct zv_plan_result *y, const struct zv_plan_problem *p)
{
	return x->objective == y->objective && x->bound == y->bound && x->iterations == y->iterations && x->proved == y->proved && plan_world_same(x, y) &&
	       memcmp(x->need_price, y->need_price, p->n_needs * sizeof(*x->need_price)) == 0;
}

/* Plans of both worlds are within each other's certificate: one's bound is not above the other's plan, `scale` of them, but for single quanta at the ends of tiers. */
static void certificates_agree(const struct both *both, zv_i128 scale)
{
	zv_i128 spare = both->y.objective / 1000000;

	if (both->x->bound * scale > both->y.objective + spare || both->y.bound > both->x->objective * scale + spare)
		fail_msg("seed %llu: plan %.6f bound %.6f, changed: plan %.6f bound %.6f", (unsigned long long)both->seed, (double)both->x->objective / 1e12,
			 (double)both->x->bound / 1e12, (double)both->y.objective / 1e12, (double)both->y.bound / 1e12);
}

static void each_world(void (*law)(struct both *both))
{
	const struct zv_plan_options one = {.threads = 1};
	const char *text = getenv("ZVENO_TEST_SEED");
	uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;
	struct both both = {.a = malloc(sizeof(*both.a)), .b = malloc(sizeof(*both.b))};
	int tried = 0;

	printf("# seeds from %llu\n", (unsigned long long)first);
	for (both.seed = first; both.seed < first + WORLDS; both.seed++) {
		struct zv_rng rng;
		struct zv_err err;

		zv_rng_init(&rng, both.seed);
		plan_world_draw(both.a, &middle, &rng);
		if (zv_plan_problem_check(&both.a->problem, &err) != ZV_OK)
			continue;
		plan_world_copy(both.b, both.a);
		both.y = (struct zv_plan_result){0};
		both.x = &plain[both.seed - first];
		if (!is_solved[both.seed - first])
			solve(&plain[both.seed - first], both.a, &one, both.seed);
		is_solved[both.seed - first] = true;
		law(&both);
		zv_plan_result_done(&both.y);
		tried++;
	}
	assert_true(tried > WORLDS / 2);
	free(both.a);
	free(both.b);
}

static void in_threads(struct both *both)
{
	const struct zv_plan_options two = {.threads = 2};

	solve(&both->y, both->b, &two, both->seed);
	assert_true(same_plan(both->x, &both->y, &both->a->problem));
}

static void dearer(struct both *both)
{
	const struct zv_plan_options options = {0};
	struct plan_world *w = both->b;

	for (uint32_t i = 0; i < w->problem.n_tiers; i++)
		w->tiers[i].price *= 3;
	for (uint32_t i = 0; i < w->problem.n_offers; i++)
		w->offers[i].launch *= 3;
	for (uint32_t i = 0; i < w->problem.n_products; i++)
		w->products[i].freight_rate *= 3;
	for (uint32_t i = 0; i < w->problem.n_needs; i++) {
		w->needs[i].ceiling *= 3;
		w->needs[i].penalty *= 3;
	}
	for (uint32_t i = 0; i < w->problem.n_substitutes; i++)
		w->substitutes[i].extra *= 3;
	solve(&both->y, both->b, &options, both->seed);
	certificates_agree(both, 3);
}

static void larger(struct both *both)
{
	const struct zv_plan_options options = {0};
	struct plan_world *w = both->b;

	for (uint32_t i = 0; i < w->problem.n_tiers; i++)
		w->tiers[i].from *= 7;
	for (uint32_t i = 0; i < w->problem.n_offers; i++) {
		w->offers[i].launch *= 7;
		w->offers[i].moq *= 7;
		w->offers[i].max *= 7;
		w->offers[i].setup_uh *= 7;
	}
	for (uint32_t i = 0; i < w->problem.n_resources * (uint32_t)w->problem.n_periods; i++)
		w->capacity[i] *= 7;
	for (uint32_t i = 0; i < w->problem.n_needs; i++) {
		w->needs[i].qty *= 7;
		w->needs[i].parcel *= 7;
	}
	for (uint32_t i = 0; i < w->problem.n_commitments; i++)
		w->commitments[i].qty *= 7;
	solve(&both->y, both->b, &options, both->seed);
	certificates_agree(both, 7);
}

static void other_order(struct both *both)
{
	const struct zv_plan_options options = {0};
	struct plan_world *w = both->b;
	uint32_t n = w->problem.n_needs;

	for (uint32_t i = 0; i < n; i++)
		w->needs[i] = both->a->needs[n - 1 - i];
	for (uint32_t i = 0; i < w->problem.n_commitments; i++)
		w->commitments[i].need = n - 1 - w->commitments[i].need;
	solve(&both->y, both->b, &options, both->seed);
	certificates_agree(both, 1);
}

static void a_useless_maker(struct both *both)
{
	const struct zv_plan_options options = {0};
	struct plan_world *w = both->b;
	struct zv_plan_problem *p = &w->problem;
	struct zv_plan_offer *offer = &w->offers[p->n_offers];

	*offer = w->offers[0];
	offer->maker = p->n_makers;
	w->makers[p->n_makers++] = w->makers[0];
	offer->resource = ZV_PLAN_NONE;
	offer->first_tier = p->n_tiers;
	offer->n_tiers = 1;
	offer->incremental = false;
	w->tiers[p->n_tiers++] = (struct zv_plan_tier){offer->moq, INT64_C(900000000000)};
	p->n_offers++;
	solve(&both->y, both->b, &options, both->seed);
	certificates_agree(both, 1);
}

/* The world with the higher ceilings can do all that the other can: its bound is not above the other's plan. */
static void higher_ceilings(struct both *both)
{
	const struct zv_plan_options options = {0};
	struct plan_world *w = both->b;

	for (uint32_t i = 0; i < w->problem.n_needs; i += 3)
		w->needs[i].ceiling += w->needs[i].ceiling / 5;
	solve(&both->y, both->b, &options, both->seed);
	assert_true(both->y.bound <= both->x->objective);
}

static void from_its_own_prices(struct both *both)
{
	const struct zv_plan_prices prices = {both->x->need_price, both->x->resource_price};
	const struct zv_plan_options again = {.prices = &prices};

	solve(&both->y, both->b, &again, both->seed);
	certificates_agree(both, 1);
}

#define LAW(name, law)                 \
	static void name(void **state) \
	{                              \
		(void)state;           \
		each_world(law);       \
	}

LAW(two_threads_give_the_bytes_of_one, in_threads)
LAW(prices_three_times_as_high_give_a_plan_three_times_as_dear, dearer)
LAW(quantities_seven_times_as_large_give_seven_times_the_plan, larger)
LAW(needs_in_another_order_keep_the_certificate, other_order)
LAW(a_maker_whom_nobody_can_pay_changes_nothing, a_useless_maker)
LAW(higher_ceilings_never_hurt, higher_ceilings)
LAW(prices_of_yesterday_keep_the_certificate, from_its_own_prices)

static int forget(void **state)
{
	(void)state;
	for (int i = 0; i < WORLDS; i++)
		zv_plan_result_done(&plain[i]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_threads_give_the_bytes_of_one),
		cmocka_unit_test(prices_three_times_as_high_give_a_plan_three_times_as_dear),
		cmocka_unit_test(quantities_seven_times_as_large_give_seven_times_the_plan),
		cmocka_unit_test(needs_in_another_order_keep_the_certificate),
		cmocka_unit_test(a_maker_whom_nobody_can_pay_changes_nothing),
		cmocka_unit_test(higher_ceilings_never_hurt),
		cmocka_unit_test(prices_of_yesterday_keep_the_certificate),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
