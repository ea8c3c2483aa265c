/* Fractions of 128 bits: comparing near the limits, and what does not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/lot/frac.h"

static const zv_i128 HUGE_NUMBER = ((zv_i128)1 << 126) - 1;

static void large_fractions_compare_without_a_product(void **state)
{
	(void)state;
	/* (h - 1) / h < h / (h + 1), and the other way round */
	assert_true(lot_frac_cmp((struct lot_frac){HUGE_NUMBER - 1, HUGE_NUMBER}, (struct lot_frac){HUGE_NUMBER, HUGE_NUMBER + 1}) < 0);
	assert_true(lot_frac_cmp((struct lot_frac){HUGE_NUMBER, HUGE_NUMBER + 1}, (struct lot_frac){HUGE_NUMBER - 1, HUGE_NUMBER}) > 0);
	assert_int_equal(lot_frac_cmp((struct lot_frac){HUGE_NUMBER, HUGE_NUMBER}, (struct lot_frac){7, 7}), 0);
	assert_true(lot_frac_cmp((struct lot_frac){-HUGE_NUMBER, 3}, (struct lot_frac){-HUGE_NUMBER, 4}) < 0);
	assert_true(lot_frac_cmp((struct lot_frac){-1, HUGE_NUMBER}, (struct lot_frac){0, 1}) < 0);
}

static void a_margin_is_exact_over_different_units(void **state)
{
	struct lot_frac margin;

	(void)state;
	/* 5,500 a kg less 5,000,000 a t less 100 a 250 g: 100 a kg */
	assert_true(lot_frac_margin(&margin, (struct zv_price){550000, 1000000}, (struct zv_price){500000000, 1000000000}, (struct zv_price){10000, 250000}));
	assert_int_equal(lot_frac_cmp(margin, (struct lot_frac){1, 100}), 0);
	assert_true(lot_frac_margin(&margin, (struct zv_price){5, 1}, (struct zv_price){5, 1}, (struct zv_price){0, 0}));
	assert_true(margin.num == 0);
	assert_false(lot_frac_margin(&margin, (struct zv_price){INT64_MAX, INT64_MAX - 1}, (struct zv_price){INT64_MAX, INT64_MAX - 2},
				     (struct zv_price){INT64_MAX, INT64_MAX - 24}));
}

static void rounding_is_half_to_even_and_up(void **state)
{
	int64_t kop;

	(void)state;
	assert_true(lot_frac_round(&kop, (struct lot_frac){1, 2}, 5));
	assert_int_equal(kop, 2);
	assert_true(lot_frac_round(&kop, (struct lot_frac){1, 2}, 7));
	assert_int_equal(kop, 4);
	assert_true(lot_frac_round(&kop, (struct lot_frac){-1, 2}, 5));
	assert_int_equal(kop, -2);
	assert_true(lot_frac_ceil(&kop, (struct lot_frac){1, 3}, 4));
	assert_int_equal(kop, 2);
	assert_true(lot_frac_ceil(&kop, (struct lot_frac){-1, 3}, 4));
	assert_int_equal(kop, -1);
	assert_false(lot_frac_round(&kop, (struct lot_frac){INT64_MAX, 1}, 2));
	assert_false(lot_frac_ceil(&kop, (struct lot_frac){HUGE_NUMBER, 1}, 8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(large_fractions_compare_without_a_product),
		cmocka_unit_test(a_margin_is_exact_over_different_units),
		cmocka_unit_test(rounding_is_half_to_even_and_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
