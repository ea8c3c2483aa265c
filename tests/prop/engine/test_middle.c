/* Worlds too large for all sets: every size by itself with a full table of sums, against the solver; and money that brings the unwilling in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "engine/lot/lot.h"

enum { NEEDS = 150, SUMS = 3000, ROUNDS = 150 };

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20260302;
}

static void draw(struct zv_lot_problem *problem, struct zv_lot_need *needs, struct zv_lot_offer *offer, struct zv_rng *rng)
{
	int64_t unit = zv_rng_below(rng, 3) == 0 ? 5 : 1, total = 0, fixed, top = zv_rng_range(rng, 5, 40);
	size_t n = (size_t)zv_rng_range(rng, 10, NEEDS);

	memset(needs, 0, n * sizeof(*needs));
	for (size_t i = 0; i < n; i++) {
		needs[i] = (struct zv_lot_need){.id = (int64_t)i + 1, .org = (int64_t)i, .dim = ZV_DIM_MASS, .firm_base = unit * zv_rng_range(rng, 1, top),
						.extra_base = zv_rng_below(rng, 3) == 0 ? zv_rng_range(rng, 0, 5) : 0,
						.ceiling = {zv_rng_range(rng, 900, 3000), 1}, .earliest = ZV_DATE_NONE, .due = ZV_DATE_NONE};
		total += needs[i].firm_base;
	}
	fixed = total * zv_rng_range(rng, 100, 900);
	*offer = (struct zv_lot_offer){.id = 1, .dim = ZV_DIM_MASS, .ladder = {.form = ZV_LADDER_FIXED, .dim = ZV_DIM_MASS, .fixed_kop = fixed, .variable = {500, 1}},
				       .sizes = {zv_rng_range(rng, 1, total), zv_rng_range(rng, 1, 60), 0}, .free_base = zv_rng_range(rng, total / 3, total * 2),
				       .ready = ZV_DATE_NONE};
	if (offer->free_base >= SUMS)
		offer->free_base = SUMS - 1;
	*problem = (struct zv_lot_problem){.needs = needs, .n_needs = n, .offers = offer, .n_offers = 1, .from = ZV_DATE_NONE, .to = ZV_DATE_NONE};
}

static bool willing(const struct zv_lot_need *need, const struct zv_lot_offer *offer, int64_t size)
{
	return offer->ladder.fixed_kop + offer->ladder.variable.kop * size <= need->ceiling.kop * size;
}

/* The largest sum(firm) of a lot of just this size; 0: none. */
static int64_t best_at(const struct zv_lot_problem *problem, int64_t size)
{
	static int64_t most[SUMS];

	for (int64_t a = 0; a <= size; a++)
		most[a] = a == 0 ? 0 : -1;
	for (size_t i = 0; i < problem->n_needs; i++) {
		const struct zv_lot_need *need = &problem->needs[i];

		if (!willing(need, problem->offers, size))
			continue;
		for (int64_t a = size; a >= need->firm_base; a--) {
			if (most[a - need->firm_base] >= 0 && most[a - need->firm_base] + need->extra_base > most[a])
				most[a] = most[a - need->firm_base] + need->extra_base;
		}
	}
	for (int64_t a = size; a > 0; a--) {
		if (most[a] >= 0 && a + most[a] >= size)
			return a;
	}
	return 0;
}

static void the_first_lot_is_the_best_of_every_size(void **state)
{
	static struct zv_lot_need needs[NEEDS];
	struct zv_lot_offer offer;
	struct zv_rng rng;
	int n_lots = 0;

	(void)state;
	zv_rng_init(&rng, seed_of());
	for (int round = 0; round < ROUNDS; round++) {
		struct zv_lot_problem problem;
		struct zv_lot_result *result = NULL;
		struct zv_err err = {0};
		int64_t firm = 0, size = 0;

		draw(&problem, needs, &offer, &rng);
		for (int64_t q = offer.sizes.min; q <= offer.free_base; q += offer.sizes.step) {
			int64_t here = best_at(&problem, q);

			if (here >= firm && here > 0) { /* a larger size is cheaper */
				firm = here;
				size = q;
			}
		}
		if (zv_lot_solve(&result, &problem, &err) != ZV_OK || zv_lot_check(&problem, result, &err) != ZV_OK)
			fail_msg("seed %llu, round %d: %s", (unsigned long long)seed_of(), round, err.text);
		assert_int_equal(result->n_lots > 0, firm > 0);
		if (firm > 0 && (result->lots[0].firm_base != firm || result->lots[0].size_base != size || !result->lots[0].proved))
			fail_msg("seed %llu, round %d: firm %lld of %lld, should be %lld of %lld", (unsigned long long)seed_of(), round,
				 (long long)result->lots[0].firm_base, (long long)result->lots[0].size_base, (long long)firm, (long long)size);
		n_lots += firm > 0;
		zv_lot_result_free(result);
	}
	assert_true(n_lots > ROUNDS / 3);
}

/* Who gets the money that was named is willing, and then there is volume enough. */
static void the_money_it_names_closes_the_lack(void **state)
{
	static struct zv_lot_need needs[NEEDS];
	struct zv_lot_offer offer;
	struct zv_rng rng;
	int n_helped = 0;

	(void)state;
	zv_rng_init(&rng, seed_of() + 1);
	for (int round = 0; round < ROUNDS; round++) {
		struct zv_lot_problem problem;
		struct zv_lot_curve *curve = NULL;
		struct zv_err err = {0};
		int64_t size, money = 0;
		const struct zv_lot_view *view;

		draw(&problem, needs, &offer, &rng);
		size = offer.sizes.min + offer.sizes.step * zv_rng_range(&rng, 0, 5);
		assert_int_equal(zv_lot_curve_at(&curve, &problem, 0, &size, 1, &err), ZV_OK);
		view = &curve->points[0];
		if (curve->n == 0 || !view->exists || view->lack_base == 0 || view->lack_kop == 0 || view->n_unwilling > ZV_LOT_WHO_MAX) {
			zv_lot_curve_free(curve);
			continue;
		}
		assert_int_equal(view->n_who, view->n_unwilling);
		for (size_t i = 0; i < view->n_who; i++) {
			const struct zv_lot_who *who = &curve->who[view->first_who + i];
			struct zv_lot_need *need = &needs[who->need];
			int64_t both = need->firm_base + need->extra_base;

			assert_false(willing(need, &offer, view->size_base));
			if (!who->needed)
				continue;
			money += who->gap_kop;
			need->ceiling = (struct zv_price){need->ceiling.kop * both + who->gap_kop, both};
		}
		assert_int_equal(money, view->lack_kop);
		zv_lot_curve_free(curve);
		assert_int_equal(zv_lot_curve_at(&curve, &problem, 0, &size, 1, &err), ZV_OK);
		if (curve->points[0].firm_base <= curve->points[0].size_base)
			assert_int_equal(curve->points[0].lack_base, 0);
		n_helped++;
		zv_lot_curve_free(curve);
	}
	assert_true(n_helped > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_lot_is_the_best_of_every_size),
		cmocka_unit_test(the_money_it_names_closes_the_lack),
	};

	print_message("seed %llu\n", (unsigned long long)seed_of());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
