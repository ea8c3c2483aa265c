/* The cheapest set of volumes against all sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/rng.h"
#include "engine/lot/cover.h"

enum { ITEMS = 10, ROUNDS = 20000 };

static void the_set_is_the_cheapest_that_closes_the_gap(void **state)
{
	const char *text = getenv("ZVENO_SEED");
	uint64_t seed = text != NULL ? strtoull(text, NULL, 10) : 20260302;
	struct zv_rng rng;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < ROUNDS; round++) {
		struct lot_cover items[ITEMS];
		size_t n = (size_t)zv_rng_range(&rng, 0, ITEMS);
		int64_t gap = zv_rng_range(&rng, 1, 60), best = -1, cost = -1, taken_cost = 0, taken = 0;
		bool exact, found;

		for (size_t i = 0; i < n; i++)
			items[i] = (struct lot_cover){zv_rng_range(&rng, 0, 30), zv_rng_range(&rng, 0, 15), (int64_t)i, i, false};
		for (unsigned bits = 0; bits < 1U << n; bits++) {
			int64_t c = 0, v = 0;

			for (size_t i = 0; i < n; i++) {
				c += (bits >> i & 1) != 0 ? items[i].cost : 0;
				v += (bits >> i & 1) != 0 ? items[i].volume : 0;
			}
			if (v >= gap && (best < 0 || c < best))
				best = c;
		}
		found = lot_cover(&cost, &exact, items, n, gap);
		assert_int_equal(found, best >= 0);
		if (!found)
			continue;
		assert_true(exact);
		assert_int_equal(cost, best);
		for (size_t i = 0; i < n; i++) {
			taken_cost += items[i].taken ? items[i].cost : 0;
			taken += items[i].taken ? items[i].volume : 0;
		}
		assert_int_equal(taken_cost, best);
		assert_true(taken >= gap);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_set_is_the_cheapest_that_closes_the_gap)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
