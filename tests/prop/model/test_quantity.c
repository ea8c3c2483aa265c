/* Laws of amounts, money and prices on a million random values, against arithmetic on arrays of decimal digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/rng.h"
#include "base/tr.h"
#include "model/ladder.h"
#include "model/money.h"
#include "model/quantity.h"

static struct zv_arena arena;
static struct zv_rng rng;

/* --- The model: a natural number as decimal digits, the lowest first; multiplied and divided as on paper. --- */

enum { BIG = 96 };

struct big {
	int n;
	unsigned char d[BIG];
};

static struct big big_of_text(const char *digits)
{
	struct big b = {0};
	size_t n = strlen(digits);

	while (n > 1 && *digits == '0') {
		digits++;
		n--;
	}
	for (size_t i = n; i > 0; i--)
		b.d[b.n++] = (unsigned char)(digits[i - 1] - '0');
	return b;
}

static struct big big_of(int64_t value)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	return big_of_text(text);
}

static struct big big_times(struct big a, struct big b)
{
	struct big r = {.n = a.n + b.n};

	assert_true(r.n <= BIG);
	for (int i = 0; i < a.n; i++) {
		int carry = 0;

		for (int j = 0; j < b.n || carry > 0; j++) {
			int sum = r.d[i + j] + carry + (j < b.n ? a.d[i] * b.d[j] : 0);

			r.d[i + j] = (unsigned char)(sum % 10);
			carry = sum / 10;
		}
	}
	while (r.n > 1 && r.d[r.n - 1] == 0)
		r.n--;
	return r;
}

static int big_cmp(const struct big *a, const struct big *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (int i = a->n; i > 0; i--) {
		if (a->d[i - 1] != b->d[i - 1])
			return a->d[i - 1] < b->d[i - 1] ? -1 : 1;
	}
	return 0;
}

static void big_minus(struct big *a, const struct big *b)
{
	int borrow = 0;

	for (int i = 0; i < a->n; i++) {
		int digit = a->d[i] - borrow - (i < b->n ? b->d[i] : 0);

		borrow = digit < 0;
		a->d[i] = (unsigned char)(digit + (borrow ? 10 : 0));
	}
	while (a->n > 1 && a->d[a->n - 1] == 0)
		a->n--;
}

/* a / b; *rest gets the remainder. */
static struct big big_over(struct big a, struct big b, struct big *rest)
{
	struct big q = {.n = a.n};

	*rest = (struct big){.n = 1};
	for (int i = a.n; i > 0; i--) {
		memmove(rest->d + 1, rest->d, (size_t)rest->n);
		rest->d[0] = a.d[i - 1];
		rest->n += rest->n > 1 || rest->d[1] != 0;
		while (big_cmp(rest, &b) >= 0) {
			big_minus(rest, &b);
			q.d[i - 1]++;
		}
	}
	while (q.n > 1 && q.d[q.n - 1] == 0)
		q.n--;
	return q;
}

static bool big_is(const struct big *a, int64_t value)
{
	struct big b = big_of(value);

	return value >= 0 && big_cmp(a, &b) == 0;
}

static bool big_is_zero(const struct big *a)
{
	return a->n == 1 && a->d[0] == 0;
}

/* --- Random input --- */

static char random_digits(char *out, size_t max)
{
	size_t n = 1 + (size_t)zv_rng_below(&rng, max);

	for (size_t i = 0; i < n; i++)
		out[i] = (char)('0' + (int)zv_rng_below(&rng, 10));
	if (zv_rng_below(&rng, 3) == 0) {
		for (size_t i = n / 3; i < n; i++)
			out[i] = '0';
	}
	out[n] = '\0';
	return out[0];
}

static const struct zv_unit *random_unit(void)
{
	const struct zv_unit *unit;

	do
		unit = zv_unit_at((size_t)zv_rng_below(&rng, zv_unit_count()));
	while (!zv_dim_poolable(unit->dim));
	return unit;
}

/* Text "whole.part" times num/den, by the model: true and the whole result, or false when it is none. */
static bool model_base(struct big *out, const char *whole, const char *part, const struct zv_unit *unit)
{
	char joined[64];
	struct big den = big_of(unit->den);
	struct big ten = big_of(10);
	struct big rest;

	(void)snprintf(joined, sizeof(joined), "%s%s", whole, part);
	for (size_t i = 0; i < strlen(part); i++)
		den = big_times(den, ten);
	*out = big_over(big_times(big_of_text(joined), big_of(unit->num)), den, &rest);
	return big_is_zero(&rest);
}

static void amounts_of_every_unit_agree_with_arithmetic_on_paper(void **state)
{
	const char *asked = getenv("ZVENO_RUNS"); /* a release asks for a hundred million */
	const long runs = asked != NULL ? strtol(asked, NULL, 10) : 1000000;
	struct big limit = big_of(INT64_MAX);
	long taken = 0;
	long refused = 0;

	(void)state;
	for (long i = 0; i < runs; i++) {
		const struct zv_unit *unit = random_unit();
		struct zv_quantity quantity = {0};
		char whole[20];
		char part[16] = "";
		char text[64];
		struct big expected;
		bool exact;
		bool ok;

		(void)random_digits(whole, zv_rng_below(&rng, 8) == 0 ? 19 : 7);
		if (zv_rng_below(&rng, 2) == 0)
			(void)random_digits(part, 14);
		(void)snprintf(text, sizeof(text), "%s%s%s", whole, part[0] != '\0' ? (i % 2 == 0 ? "." : ",") : "", part);
		exact = model_base(&expected, whole, part, unit);
		ok = zv_quantity_parse_parts(&quantity, zv_str_c(text), unit->key, &arena, "qty", "unit", NULL) == ZV_OK;
		if (ok) {
			if (!exact || !big_is(&expected, quantity.base))
				fail_msg("%s %.*s is not %" PRId64, text, ZV_STR_FMT(unit->key), quantity.base);
			taken++;
		} else {
			/* Refused: finer than the base unit, larger than 63 bits, or more digits than a number may have. */
			if (exact && big_cmp(&expected, &limit) <= 0 && strlen(whole) + strlen(part) <= 18)
				fail_msg("%s %.*s was refused", text, ZV_STR_FMT(unit->key));
			refused++;
		}
		if (i % 1024 == 0)
			zv_arena_reset(&arena);
	}
	print_message("%ld amounts taken, %ld refused, 0 differences\n", taken, refused);
	assert_true(taken > runs / 10 * 3 && refused > runs / 20);
}

static void a_formatted_amount_reads_back_in_both_languages(void **state)
{
	(void)state;
	for (long i = 0; i < 100000; i++) {
		enum zv_dim dim = (enum zv_dim)zv_rng_range(&rng, ZV_DIM_MASS, ZV_DIM_ENERGY);
		int64_t base = (int64_t)(zv_rng_next(&rng) >> (1 + zv_rng_below(&rng, 60)));
		struct zv_quantity quantity = {0};
		struct zv_err err = {0};
		char text[ZV_QUANTITY_TEXT];

		zv_tr_set_lang(i % 2 == 0 ? "ru" : "en");
		zv_quantity_format(text, base, dim);
		if (zv_quantity_parse(&quantity, zv_str_c(text), &arena, "qty", &err) != ZV_OK)
			fail_msg("%s: %s", text, err.text);
		assert_true(quantity.base == base && quantity.dim == dim);
		if (i % 1024 == 0)
			zv_arena_reset(&arena);
	}
	zv_tr_set_lang("en");
}

static void mass_goes_to_volume_and_back_by_its_density(void **state)
{
	long exact = 0;

	(void)state;
	for (long i = 0; i < 200000; i++) {
		int64_t density = zv_rng_range(&rng, 1, 2000) * (zv_rng_below(&rng, 2) == 0 ? 1000 : 1);
		int64_t base = zv_rng_range(&rng, 0, 1000000000) * (zv_rng_below(&rng, 2) == 0 ? 1000000 : 1);
		struct big rest;
		struct big expected = big_over(big_times(big_of(base), big_of(density)), big_of(1000000), &rest);
		int64_t mass = -1;
		int64_t back = -1;
		bool ok = zv_quantity_convert(&mass, base, ZV_DIM_VOLUME, ZV_DIM_MASS, density, "qty", NULL) == ZV_OK;

		assert_true(ok == big_is_zero(&rest));
		if (!ok)
			continue;
		exact++;
		assert_true(big_is(&expected, mass));
		assert_int_equal(zv_quantity_convert(&back, mass, ZV_DIM_MASS, ZV_DIM_VOLUME, density, "qty", NULL), ZV_OK);
		assert_true(back == base);
	}
	assert_true(exact > 50000);
}

static void formatted_money_reads_back_in_both_languages(void **state)
{
	(void)state;
	for (long i = 0; i < 200000; i++) {
		int64_t kop = (int64_t)(zv_rng_next(&rng) >> (1 + zv_rng_below(&rng, 60)));
		char text[ZV_MONEY_TEXT];
		int64_t back = -1;

		zv_tr_set_lang(i % 2 == 0 ? "ru" : "en");
		zv_money_format(text, kop);
		if (zv_money_parse(&back, zv_str_c(text), "price", NULL) != ZV_OK || back != kop)
			fail_msg("%s: %" PRId64 " is not %" PRId64, text, back, kop);
		zv_money_decimal(text, kop);
		if (zv_money_parse(&back, zv_str_c(text), "price", NULL) != ZV_OK || back != kop)
			fail_msg("%s: %" PRId64 " is not %" PRId64, text, back, kop);
	}
	zv_tr_set_lang("en");
}

static void an_exact_price_reads_back(void **state)
{
	(void)state;
	for (long i = 0; i < 100000; i++) {
		struct zv_price price = zv_price_of(zv_rng_range(&rng, 0, 1000000000), zv_rng_range(&rng, 1, 1000000000));
		struct zv_price back = {0};
		enum zv_dim dim = (enum zv_dim)zv_rng_range(&rng, ZV_DIM_MASS, ZV_DIM_ENERGY);
		enum zv_dim dim_back = ZV_DIM_NONE;
		struct zv_err err = {0};
		char text[ZV_PRICE_TEXT];

		zv_tr_set_lang(i % 2 == 0 ? "ru" : "en");
		zv_price_format_exact(text, price, dim);
		if (zv_price_parse(&back, &dim_back, zv_str_c(text), NULL, "price", &err) != ZV_OK)
			fail_msg("%s: %s", text, err.text);
		assert_int_equal(zv_price_cmp(price, back), 0);
		assert_int_equal(dim, dim_back);
	}
	zv_tr_set_lang("en");
}

/* What a lot costs in all is its price times its size, to the half kopeck; splitting it never changes the exact price. */
static void the_price_of_a_lot_times_its_size_is_its_cost(void **state)
{
	(void)state;
	for (long i = 0; i < 200000; i++) {
		struct zv_ladder ladder = {
			.form = ZV_LADDER_FIXED,
			.dim = ZV_DIM_MASS,
			.fixed_kop = zv_rng_range(&rng, 0, 10000000000),
			.variable = {zv_rng_range(&rng, 0, 1000000), 1000000},
		};
		int64_t qty = zv_rng_range(&rng, 1, 1000000) * 1000;
		struct zv_price price = {0};
		int64_t cost = 0;
		int64_t again = 0;

		assert_true(zv_ladder_cost(&cost, &ladder, qty));
		assert_true(zv_ladder_price(&price, &ladder, qty));
		assert_true(zv_price_total(&again, price, qty));
		assert_true(again - cost <= 1 && cost - again <= 1);
	}
}

static void lot_sizes_up_and_down_are_the_nearest(void **state)
{
	(void)state;
	for (long i = 0; i < 100000; i++) {
		struct zv_lot_sizes sizes = {zv_rng_range(&rng, 0, 50), zv_rng_range(&rng, 0, 9), zv_rng_range(&rng, 0, 80)};
		int64_t x = zv_rng_range(&rng, 0, 120);
		int64_t up = -1;
		int64_t down = -1;
		int64_t best_up = -1;
		int64_t best_down = -1;

		for (int64_t q = 1; q <= 300; q++) {
			if (!zv_lot_size_ok(&sizes, q))
				continue;
			if (q >= x && best_up < 0)
				best_up = q;
			if (q <= x)
				best_down = q;
		}
		if (!zv_lot_size_up(&up, &sizes, x))
			up = -1;
		if (!zv_lot_size_down(&down, &sizes, x))
			down = -1;
		assert_true(up == best_up && down == best_down);
	}
}

static int start(void **state)
{
	const char *text = getenv("ZVENO_SEED");
	uint64_t seed = text != NULL ? strtoull(text, NULL, 10) : (uint64_t)time(NULL);

	(void)state;
	print_message("seed %" PRIu64 " (ZVENO_SEED repeats it)\n", seed);
	zv_rng_init(&rng, seed);
	zv_arena_init(&arena);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	zv_arena_done(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_of_every_unit_agree_with_arithmetic_on_paper),
		cmocka_unit_test(a_formatted_amount_reads_back_in_both_languages),
		cmocka_unit_test(mass_goes_to_volume_and_back_by_its_density),
		cmocka_unit_test(formatted_money_reads_back_in_both_languages),
		cmocka_unit_test(an_exact_price_reads_back),
		cmocka_unit_test(the_price_of_a_lot_times_its_size_is_its_cost),
		cmocka_unit_test(lot_sizes_up_and_down_are_the_nearest),
	};

	return cmocka_run_group_tests_name("prop/model/quantity", tests, start, finish);
}
