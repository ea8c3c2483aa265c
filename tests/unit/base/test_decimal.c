/* Exact decimals against a model that knows nothing but arrays of decimal digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/rng.h"

/* --- The model: sign and decimal digits, the lowest first. Adding, subtracting, multiplying as on paper. --- */

enum { BIG_DIGITS = 64 };

struct big {
	int sign; /* -1, 0, 1 */
	int n;    /* digits in use */
	unsigned char d[BIG_DIGITS];
};

static struct big big_of(int64_t v)
{
	struct big b = { .sign = v < 0 ? -1 : v > 0 };
	char text[32];
	size_t len = (size_t)snprintf(text, sizeof(text), "%" PRId64, v);

	if (v == 0)
		return b;
	while (len > (v < 0 ? 1u : 0u))
		b.d[b.n++] = (unsigned char)(text[--len] - '0');
	return b;
}

static int compare_size(const struct big *a, const struct big *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (int i = a->n - 1; i >= 0; i--) {
		if (a->d[i] != b->d[i])
			return a->d[i] < b->d[i] ? -1 : 1;
	}
	return 0;
}

static struct big add_sizes(const struct big *a, const struct big *b)
{
	struct big sum = { .sign = 1 };
	int carry = 0;

	for (int i = 0; i < a->n || i < b->n || carry > 0; i++) {
		int digit = (i < a->n ? a->d[i] : 0) + (i < b->n ? b->d[i] : 0) + carry;

		assert_true(i < BIG_DIGITS);
		sum.d[sum.n++] = (unsigned char)(digit % 10);
		carry = digit / 10;
	}
	return sum;
}

/* a - b for sizes a >= b. */
static struct big subtract_sizes(const struct big *a, const struct big *b)
{
	struct big rest = { .sign = 1 };
	int borrow = 0;

	for (int i = 0; i < a->n; i++) {
		int digit = a->d[i] - (i < b->n ? b->d[i] : 0) - borrow;

		borrow = digit < 0;
		rest.d[rest.n++] = (unsigned char)(digit + 10 * borrow);
	}
	while (rest.n > 0 && rest.d[rest.n - 1] == 0)
		rest.n--;
	if (rest.n == 0)
		rest.sign = 0;
	return rest;
}

static struct big big_add(struct big a, struct big b)
{
	struct big sum;

	if (a.sign == 0 || b.sign == 0)
		return a.sign == 0 ? b : a;
	if (a.sign == b.sign) {
		sum = add_sizes(&a, &b);
		sum.sign = a.sign;
		return sum;
	}
	if (compare_size(&a, &b) >= 0) {
		sum = subtract_sizes(&a, &b);
		sum.sign *= a.sign;
	} else {
		sum = subtract_sizes(&b, &a);
		sum.sign *= b.sign;
	}
	return sum;
}

static struct big big_neg(struct big a)
{
	a.sign = -a.sign;
	return a;
}

static struct big big_mul(struct big a, struct big b)
{
	struct big product = { .sign = a.sign * b.sign };
	int cells[BIG_DIGITS] = { 0 };
	int carry = 0;

	if (product.sign == 0)
		return product;
	assert_true(a.n + b.n < BIG_DIGITS);
	for (int i = 0; i < a.n; i++) {
		for (int j = 0; j < b.n; j++)
			cells[i + j] += a.d[i] * b.d[j];
	}
	for (int i = 0; i < a.n + b.n; i++) {
		carry += cells[i];
		product.d[product.n++] = (unsigned char)(carry % 10);
		carry /= 10;
	}
	while (product.d[product.n - 1] == 0)
		product.n--;
	return product;
}

static int big_cmp(struct big a, struct big b)
{
	return big_add(a, big_neg(b)).sign;
}

static bool big_fits(struct big a)
{
	return big_cmp(a, big_of(INT64_MIN)) >= 0 && big_cmp(a, big_of(INT64_MAX)) <= 0;
}

/* --- Laws --- */

enum { ROUNDS = 250000, SEED = 4711 };

/* Numbers of every length, and the ones at the edges. */
static int64_t any_number(struct zv_rng *rng)
{
	static const int64_t edges[] = { 0, 1, -1, 2, -2, 10, INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MIN + 1,
					 INT32_MAX, INT32_MIN };

	if (zv_rng_below(rng, 8) == 0)
		return edges[zv_rng_below(rng, ZV_LEN(edges))];
	return (int64_t)zv_rng_next(rng) >> zv_rng_below(rng, 64);
}

static void sums_differences_and_products_equal_the_model(void **state)
{
	struct zv_rng rng;

	(void)state;
	print_message("# seed %d\n", SEED);
	zv_rng_init(&rng, SEED);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t a = any_number(&rng);
		int64_t b = any_number(&rng);
		struct big want[] = { big_add(big_of(a), big_of(b)), big_add(big_of(a), big_neg(big_of(b))),
				      big_mul(big_of(a), big_of(b)) };
		int64_t got[] = { 77, 77, 77 };
		bool fits[] = { zv_add(&got[0], a, b), zv_sub(&got[1], a, b), zv_mul(&got[2], a, b) };

		for (size_t op = 0; op < ZV_LEN(want); op++) {
			assert_int_equal(fits[op], big_fits(want[op]));
			if (fits[op])
				assert_int_equal(big_cmp(big_of(got[op]), want[op]), 0);
			else
				assert_int_equal(got[op], 77);
		}
	}
}

/*
 * With c above zero (else both signs turn), q is right when the rest a*b - q*c, doubled, lies where the rounding says;
 * no answer is right when a*b lies past what the largest or smallest q could cover.
 */
static void divisions_of_products_equal_the_model(void **state)
{
	struct zv_rng rng;

	(void)state;
	print_message("# seed %d\n", SEED + 1);
	zv_rng_init(&rng, SEED + 1);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t a = any_number(&rng);
		int64_t b = any_number(&rng);
		int64_t c = any_number(&rng);
		struct big two = big_of(2);
		struct big divisor = c < 0 ? big_neg(big_of(c)) : big_of(c);
		struct big product = big_mul(c < 0 ? big_neg(big_of(a)) : big_of(a), big_of(b));
		struct big twice = big_mul(two, product);
		struct big above = big_mul(big_add(big_mul(two, big_of(INT64_MAX)), big_of(1)), divisor);
		struct big below = big_mul(big_add(big_mul(two, big_of(INT64_MIN)), big_of(-1)), divisor);
		int64_t q = 77;

		if (c == 0) {
			assert_false(zv_muldiv(&q, a, b, c) || zv_muldiv_floor(&q, a, b, c) || zv_muldiv_ceil(&q, a, b, c));
			continue;
		}
		if (zv_muldiv(&q, a, b, c)) {
			struct big rest = big_add(product, big_neg(big_mul(big_of(q), divisor)));
			struct big doubled = big_mul(two, rest);
			int far = compare_size(&doubled, &divisor);

			assert_true(far < 0 || (far == 0 && q % 2 == 0));
		} else {
			assert_true(big_cmp(twice, above) >= 0 || big_cmp(twice, below) < 0);
		}
		if (zv_muldiv_floor(&q, a, b, c)) {
			struct big rest = big_add(product, big_neg(big_mul(big_of(q), divisor)));

			assert_true(rest.sign >= 0 && big_cmp(rest, divisor) < 0);
		} else {
			assert_true(big_cmp(product, big_mul(big_add(big_of(INT64_MAX), big_of(1)), divisor)) >= 0 ||
				    big_cmp(product, big_mul(big_of(INT64_MIN), divisor)) < 0);
		}
		if (zv_muldiv_ceil(&q, a, b, c)) {
			struct big rest = big_add(product, big_neg(big_mul(big_of(q), divisor)));

			assert_true(rest.sign <= 0 && big_cmp(big_neg(rest), divisor) < 0);
		} else {
			assert_true(big_cmp(product, big_mul(big_of(INT64_MAX), divisor)) > 0 ||
				    big_cmp(product, big_mul(big_add(big_of(INT64_MIN), big_of(-1)), divisor)) <= 0);
		}
	}
}

static void halves_go_to_the_even_neighbour(void **state)
{
	static const int64_t cases[][4] = { { 1, 1, 2, 0 },   { 3, 1, 2, 2 },   { 5, 1, 2, 2 },  { -1, 1, 2, 0 },
					    { -3, 1, 2, -2 }, { 3, -1, 2, -2 }, { 3, 1, -2, -2 }, { 7, 1, 2, 4 },
					    { 2, 1, 3, 1 },   { 1, 1, 3, 0 },   { -2, 1, 3, -1 } };
	int64_t q;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		assert_true(zv_muldiv(&q, cases[i][0], cases[i][1], cases[i][2]));
		assert_int_equal(q, cases[i][3]);
	}
}

/* The text of v as on paper: digits of the model, the mark put in by hand. */
static void write_by_hand(char *out, int64_t v, int decimals)
{
	struct big b = big_of(v);
	int n = b.n > decimals ? b.n : decimals + 1;

	if (v < 0)
		*out++ = '-';
	for (int i = n - 1; i >= 0; i--) {
		*out++ = (char)('0' + (i < b.n ? b.d[i] : 0));
		if (i == decimals && i > 0)
			*out++ = '.';
	}
	*out = '\0';
}

static void every_number_is_written_as_on_paper_and_reads_back(void **state)
{
	struct zv_rng rng;

	(void)state;
	print_message("# seed %d\n", SEED + 2);
	zv_rng_init(&rng, SEED + 2);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t v = any_number(&rng);
		int decimals = (int)zv_rng_below(&rng, 19);
		char want[64];
		char got[ZV_DECIMAL_TEXT];
		int64_t back = 77;

		write_by_hand(want, v, decimals);
		zv_decimal_format(got, v, decimals, 0, false);
		assert_string_equal(got, want);
		assert_int_equal(zv_decimal_parse(&back, zv_str_c(got), decimals, "qty", NULL), ZV_OK);
		assert_true(back == v);
		zv_decimal_format(got, v, decimals, (int)zv_rng_below(&rng, 4), true);
		if (zv_rng_below(&rng, 2) == 0 && strchr(got, '.') != NULL)
			*strchr(got, '.') = ',';
		assert_int_equal(zv_decimal_parse(&back, zv_str_c(got), decimals, "qty", NULL), ZV_OK);
		assert_true(back == v);
	}
}

/* Random text: what is accepted means the same as its digits with blanks out and zeros at the end. */
static void what_is_read_is_what_stands_there(void **state)
{
	static const char letters[] = "00123456789  ,.+-e";
	struct zv_rng rng;
	int accepted = 0;

	(void)state;
	print_message("# seed %d\n", SEED + 3);
	zv_rng_init(&rng, SEED + 3);
	for (int i = 0; i < ROUNDS; i++) {
		char text[16];
		size_t n = zv_rng_below(&rng, sizeof(text));
		struct big want = { .sign = 1 };
		bool negative = false;
		int after = -1;
		int64_t got;

		for (size_t at = 0; at < n; at++)
			text[at] = letters[zv_rng_below(&rng, sizeof(letters) - 1)];
		if (zv_decimal_parse(&got, (struct zv_str){ text, n }, 3, "qty", NULL) != ZV_OK)
			continue;
		accepted++;
		want = big_of(0);
		for (size_t at = 0; at < n; at++) {
			if (text[at] == '-')
				negative = true;
			else if (text[at] == ',' || text[at] == '.')
				after = 0;
			else if (text[at] >= '0' && text[at] <= '9' && after < 3) {
				want = big_add(big_mul(want, big_of(10)), big_of(text[at] - '0'));
				after += after >= 0;
			}
		}
		for (after = after > 0 ? after : 0; after < 3; after++)
			want = big_mul(want, big_of(10));
		assert_int_equal(big_cmp(big_of(got), negative ? big_neg(want) : want), 0);
	}
	assert_true(accepted > ROUNDS / 100);
}

static int64_t read_milli(const char *text)
{
	int64_t v = 0;
	struct zv_err err;

	if (zv_decimal_parse(&v, zv_str_c(text), 3, "qty", &err) != ZV_OK)
		fail_msg("“%s”: %s", text, err.text);
	return v;
}

static void russian_and_english_marks_and_groups_are_read(void **state)
{
	(void)state;
	assert_int_equal(read_milli("1 234,5"), 1234500);
	assert_int_equal(read_milli("1\xc2\xa0""234\xe2\x80\xaf""567.25"), 1234567250);
	assert_int_equal(read_milli(" 12,500000 "), 12500);
	assert_int_equal(read_milli("-0,001"), -1);
	assert_int_equal(read_milli("+7"), 7000);
	assert_int_equal(read_milli("007"), 7000);
	assert_int_equal(read_milli("9223372036854775.807"), INT64_MAX);
}

static void what_is_no_number_is_refused_and_says_so(void **state)
{
	static const char *const bad[] = { "",      " ",      "-",       "+-1",    ",5",     "1,2,3",  "1,234.5", "1 23",
					   "12345 678", "1 234 56", "1  234", "1e5",  "1,6571E+11", "0x10", "abc",
					   "1,5 кг", "٣", "1,2345abc", "\xd0", "1\xff" };

	(void)state;
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		struct zv_err err = { 0 };
		int64_t v = 77;

		assert_int_equal(zv_decimal_parse(&v, zv_str_c(bad[i]), 3, "qty", &err), ZV_E_INVALID);
		assert_string_equal(err.field, "qty");
		assert_non_null(strstr(err.text, "is not a number"));
		assert_int_equal(v, 77);
	}
}

static void nothing_is_rounded_or_wrapped_in_silence(void **state)
{
	struct zv_err err = { 0 };
	int64_t v = 77;

	(void)state;
	assert_int_equal(zv_decimal_parse(&v, ZV_STR("0,0001"), 3, "qty", &err), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "more than 3 digits"));
	assert_int_equal(zv_decimal_parse(&v, ZV_STR("9223372036854775.808"), 3, "qty", &err), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "too large"));
	assert_int_equal(zv_decimal_parse(&v, ZV_STR("99999999999999999999999"), 0, "qty", &err), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "too large"));
	assert_int_equal(v, 77);
}

static void zeros_at_the_end_go_but_as_many_stay_as_asked(void **state)
{
	static const struct {
		int64_t value;
		int decimals;
		int keep;
		const char *want;
	} cases[] = { { 1234500, 3, 0, "1234.5" }, { 1234000, 3, 0, "1234" }, { 1234000, 3, 2, "1234.00" },
		      { 500000, 2, 2, "5000.00" }, { -5, 3, 0, "-0.005" },    { 0, 3, 0, "0" },
		      { 0, 2, 2, "0.00" },         { 7, 0, 0, "7" } };
	char out[ZV_DECIMAL_TEXT];

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		zv_decimal_format(out, cases[i].value, cases[i].decimals, cases[i].keep, true);
		assert_string_equal(out, cases[i].want);
	}
}

static void the_greatest_common_divisor_divides_and_none_is_greater(void **state)
{
	(void)state;
	for (int64_t a = -40; a <= 40; a++) {
		for (int64_t b = -40; b <= 40; b++) {
			int64_t want = 0;

			for (int64_t d = 1; d <= 40; d++) {
				if ((a != 0 || b != 0) && a % d == 0 && b % d == 0)
					want = d;
			}
			assert_int_equal(zv_gcd(a, b), want);
		}
	}
	assert_int_equal(zv_gcd(INT64_MIN, 6), 2);
	assert_true(zv_gcd(INT64_MAX, INT64_MAX) == INT64_MAX);
}

static void powers_of_ten_reach_eighteen(void **state)
{
	(void)state;
	assert_int_equal(zv_pow10(0), 1);
	assert_true(zv_pow10(18) == INT64_C(1000000000000000000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_differences_and_products_equal_the_model),
		cmocka_unit_test(divisions_of_products_equal_the_model),
		cmocka_unit_test(halves_go_to_the_even_neighbour),
		cmocka_unit_test(every_number_is_written_as_on_paper_and_reads_back),
		cmocka_unit_test(what_is_read_is_what_stands_there),
		cmocka_unit_test(russian_and_english_marks_and_groups_are_read),
		cmocka_unit_test(what_is_no_number_is_refused_and_says_so),
		cmocka_unit_test(nothing_is_rounded_or_wrapped_in_silence),
		cmocka_unit_test(zeros_at_the_end_go_but_as_many_stay_as_asked),
		cmocka_unit_test(the_greatest_common_divisor_divides_and_none_is_greater),
		cmocka_unit_test(powers_of_ten_reach_eighteen),
	};

	return cmocka_run_group_tests_name("base/decimal", tests, NULL, NULL);
}
