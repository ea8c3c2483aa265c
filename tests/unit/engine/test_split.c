/* The fair split: golden figures of the journeys, sums that always come out, nobody above what he asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/rng.h"
#include "engine/lot/split.h"

enum { KG = 1000000, CLAIMS = 12, ROUNDS = 20000 };

static const struct zv_split_claim demo[] = {
	{1, 40 * (int64_t)KG, 10 * KG, 0}, {2, 25 * KG, 5 * KG, 0}, {3, 15 * KG, 0, 0}, {4, 60 * (int64_t)KG, 10 * KG, 0}, {5, 30 * KG, 5 * KG, 0},
};

static void check(int64_t lot_kg, int64_t package, const int64_t *want_kg)
{
	struct zv_split_share shares[5];
	struct zv_err err = {0};

	assert_int_equal(zv_lot_split(shares, demo, 5, lot_kg * KG, package, &err), ZV_OK);
	for (int i = 0; i < 5; i++)
		assert_int_equal(shares[i].share_base, want_kg[i] * KG);
}

static void a_surplus_of_20_kg_splits_7_3_0_7_3(void **state)
{
	struct zv_split_share shares[5];
	struct zv_err err = {0};

	(void)state;
	check(190, KG, (const int64_t[]){47, 28, 15, 67, 33});
	assert_int_equal(zv_lot_split(shares, demo, 5, 190 * (int64_t)KG, KG, &err), ZV_OK);
	assert_int_equal(shares[0].quota_base, 6666666); /* 20 / 3 kg: the protocol shows it exactly */
	assert_int_equal(shares[0].rest * 3, shares[0].rest_of * 2);
}

static void the_whole_tolerance_is_given_at_200_kg(void **state)
{
	(void)state;
	check(200, KG, (const int64_t[]){50, 30, 15, 70, 35});
	check(170, KG, (const int64_t[]){40, 25, 15, 60, 30});
}

static void short_supply_is_split_by_firm_within_priority_classes(void **state)
{
	const struct zv_split_claim claims[] = {{1, 40, 0, 2}, {2, 30, 0, 1}, {3, 20, 0, 2}};
	struct zv_split_share shares[3];
	struct zv_err err = {0};

	(void)state;
	assert_int_equal(zv_lot_split(shares, claims, 3, 60, 1, &err), ZV_OK);
	assert_int_equal(shares[1].share_base, 30);
	assert_int_equal(shares[0].share_base, 20);
	assert_int_equal(shares[2].share_base, 10);
	check(85, KG, (const int64_t[]){20, 13, 7, 30, 15}); /* 12.5 and 7.5: the half goes to the earlier */
}

static void what_cannot_be_split_is_refused(void **state)
{
	const struct zv_split_claim huge[] = {{1, INT64_MAX, 0, 0}, {2, 1, 0, 0}};
	const struct zv_split_claim below[] = {{1, -1, 0, 0}};
	struct zv_split_share shares[5];
	struct zv_err err = {0};

	(void)state;
	assert_int_equal(zv_lot_split(shares, demo, 5, 201 * (int64_t)KG, KG, &err), ZV_E_INVALID);
	assert_int_equal(zv_lot_split(shares, demo, 5, 190 * (int64_t)KG, 0, &err), ZV_E_INVALID);
	assert_int_equal(zv_lot_split(shares, huge, 2, 5, 1, &err), ZV_E_LIMIT);
	assert_int_equal(zv_lot_split(shares, below, 1, 0, 1, &err), ZV_E_INVALID);
}

static void shares_always_add_up_and_keep_their_bounds(void **state)
{
	const char *text = getenv("ZVENO_SEED");
	uint64_t seed = text != NULL ? strtoull(text, NULL, 10) : 20260302;
	struct zv_rng rng;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < ROUNDS; round++) {
		struct zv_split_claim claims[CLAIMS];
		struct zv_split_share shares[CLAIMS];
		size_t n = (size_t)zv_rng_range(&rng, 1, CLAIMS);
		int64_t top = zv_rng_below(&rng, 4) == 0 ? INT64_MAX / 64 : 1000, firm = 0, both = 0, sum = 0, lot;
		int64_t package = zv_rng_below(&rng, 2) == 0 ? 1 : zv_rng_range(&rng, 1, top / 10);
		struct zv_err err = {0};

		for (size_t i = 0; i < n; i++) {
			claims[i] = (struct zv_split_claim){(int64_t)i, zv_rng_range(&rng, 0, top), zv_rng_below(&rng, 3) == 0 ? 0 : zv_rng_range(&rng, 0, top),
							    (int32_t)zv_rng_below(&rng, 3)};
			firm += claims[i].firm_base;
			both += claims[i].firm_base + claims[i].extra_base;
		}
		lot = zv_rng_range(&rng, 0, both);
		assert_int_equal(zv_lot_split(shares, claims, n, lot, package, &err), ZV_OK);
		for (size_t i = 0; i < n; i++) {
			sum += shares[i].share_base;
			assert_true(shares[i].share_base >= (lot < firm ? 0 : claims[i].firm_base));
			assert_true(shares[i].share_base <= claims[i].firm_base + (lot < firm ? 0 : claims[i].extra_base));
			assert_true(shares[i].rest >= 0 && shares[i].rest < shares[i].rest_of);
		}
		assert_int_equal(sum, lot);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_surplus_of_20_kg_splits_7_3_0_7_3),
		cmocka_unit_test(the_whole_tolerance_is_given_at_200_kg),
		cmocka_unit_test(short_supply_is_split_by_firm_within_priority_classes),
		cmocka_unit_test(what_cannot_be_split_is_refused),
		cmocka_unit_test(shares_always_add_up_and_keep_their_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
