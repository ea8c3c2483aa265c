/* Borrowed text: comparing, cutting, splitting, whole numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/rng.h"
#include "base/str.h"

static void a_null_text_is_the_empty_text(void **state)
{
	(void)state;
	assert_int_equal(zv_str_c(NULL).n, 0);
	assert_true(zv_str_eq(zv_str_c(NULL), ZV_STR("")));
	assert_true(zv_str_eq_c((struct zv_str){ 0 }, ""));
	assert_int_equal(zv_str_cmp((struct zv_str){ 0 }, ZV_STR("")), 0);
	assert_int_equal(zv_str_trim((struct zv_str){ 0 }).n, 0);
}

static void order_is_by_bytes_and_a_prefix_comes_first(void **state)
{
	(void)state;
	assert_true(zv_str_cmp(ZV_STR("ab"), ZV_STR("abc")) < 0);
	assert_true(zv_str_cmp(ZV_STR("b"), ZV_STR("abc")) > 0);
	assert_true(zv_str_cmp(ZV_STR("я"), ZV_STR("z")) > 0);
	assert_int_equal(zv_str_cmp(ZV_STR("a\0b"), ZV_STR("a\0b")), 0);
}

static void only_ascii_letters_fold(void **state)
{
	(void)state;
	assert_true(zv_str_eq_nocase(ZV_STR("Content-TYPE"), ZV_STR("content-type")));
	assert_false(zv_str_eq_nocase(ZV_STR("[x"), ZV_STR("{x")));
	assert_false(zv_str_eq_nocase(ZV_STR("Я"), ZV_STR("я")));
	assert_false(zv_str_eq_nocase(ZV_STR("a"), ZV_STR("ab")));
}

static void starts_and_ends_see_the_edges(void **state)
{
	(void)state;
	assert_true(zv_str_starts(ZV_STR("abc"), ZV_STR("")));
	assert_true(zv_str_starts(ZV_STR("abc"), ZV_STR("abc")));
	assert_false(zv_str_starts(ZV_STR("abc"), ZV_STR("abcd")));
	assert_true(zv_str_ends(ZV_STR("abc"), ZV_STR("bc")));
	assert_false(zv_str_ends(ZV_STR("abc"), ZV_STR("ab")));
	assert_false(zv_str_ends(ZV_STR("c"), ZV_STR("bc")));
}

static void trim_takes_blanks_and_marks_without_width(void **state)
{
	(void)state;
	assert_true(zv_str_eq_c(zv_str_trim(ZV_STR(" \t\r\n a b \v\f")), "a b"));
	assert_true(zv_str_eq_c(zv_str_trim(ZV_STR("\xc2\xa0\xe2\x80\xafx\xe2\x80\x8b\xef\xbb\xbf")), "x"));
	assert_true(zv_str_eq_c(zv_str_trim(ZV_STR(" \xc2\xa0 ")), ""));
	/* The last byte of a Cyrillic letter is not taken for a blank. */
	assert_true(zv_str_eq_c(zv_str_trim(ZV_STR("Р")), "Р"));
	assert_true(zv_str_eq_c(zv_str_trim(ZV_STR("х\xd1\x85 ")), "х\xd1\x85"));
}

static void cutting_is_capped_to_the_length(void **state)
{
	(void)state;
	assert_true(zv_str_eq_c(zv_str_from(ZV_STR("abc"), 1), "bc"));
	assert_true(zv_str_eq_c(zv_str_from(ZV_STR("abc"), 9), ""));
	assert_true(zv_str_eq_c(zv_str_first(ZV_STR("abc"), 2), "ab"));
	assert_true(zv_str_eq_c(zv_str_first(ZV_STR("abc"), 9), "abc"));
}

static void find_gives_the_first_place_or_minus_one(void **state)
{
	(void)state;
	assert_int_equal(zv_str_find(ZV_STR("abcabc"), ZV_STR("ca")), 2);
	assert_int_equal(zv_str_find(ZV_STR("abc"), ZV_STR("")), 0);
	assert_int_equal(zv_str_find(ZV_STR("abc"), ZV_STR("abcd")), -1);
	assert_int_equal(zv_str_find(ZV_STR("aab"), ZV_STR("ab")), 1);
	assert_int_equal(zv_str_find_char(ZV_STR("abc"), 'c'), 2);
	assert_int_equal(zv_str_find_char(ZV_STR("abc"), 'd'), -1);
	assert_int_equal(zv_str_find_char((struct zv_str){ 0 }, 'd'), -1);
}

static void split_gives_empty_parts_too(void **state)
{
	struct zv_str rest = ZV_STR("a,,b,");
	struct zv_str part;

	(void)state;
	assert_true(zv_str_split(&part, &rest, ','));
	assert_true(zv_str_eq_c(part, "a"));
	assert_true(zv_str_split(&part, &rest, ','));
	assert_true(zv_str_eq_c(part, ""));
	assert_true(zv_str_split(&part, &rest, ','));
	assert_true(zv_str_eq_c(part, "b"));
	assert_true(zv_str_split(&part, &rest, ','));
	assert_true(zv_str_eq_c(part, ""));
	assert_false(zv_str_split(&part, &rest, ','));

	rest = ZV_STR("");
	assert_true(zv_str_split(&part, &rest, ','));
	assert_int_equal(part.n, 0);
	assert_false(zv_str_split(&part, &rest, ','));
}

/* Law: the parts joined by the separator are the text again. */
static void parts_joined_are_the_text_again(void **state)
{
	uint64_t seed = 20260302;
	struct zv_rng rng;

	(void)state;
	print_message("# seed %" PRIu64 "\n", seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < 20000; round++) {
		char text[24];
		size_t n = zv_rng_below(&rng, sizeof(text));
		struct zv_str rest = { text, n };
		struct zv_str part;
		struct zv_buf joined;
		bool first = true;

		for (size_t i = 0; i < n; i++)
			text[i] = "ab;"[zv_rng_below(&rng, 3)];
		zv_buf_init(&joined, 0);
		while (zv_str_split(&part, &rest, ';')) {
			if (!first)
				zv_buf_add_char(&joined, ';');
			first = false;
			assert_int_equal(zv_str_find_char(part, ';'), -1);
			zv_buf_add_str(&joined, part);
		}
		assert_true(zv_str_eq(zv_buf_str(&joined), (struct zv_str){ text, n }));
		zv_buf_done(&joined);
	}
}

static void whole_numbers_are_read_to_both_ends_of_the_range(void **state)
{
	int64_t v = 7;

	(void)state;
	assert_true(zv_str_int(&v, ZV_STR("9223372036854775807")));
	assert_true(v == INT64_MAX);
	assert_true(zv_str_int(&v, ZV_STR("-9223372036854775808")));
	assert_true(v == INT64_MIN);
	assert_true(zv_str_int(&v, ZV_STR("+0012")));
	assert_int_equal(v, 12);
	v = 7;
	assert_false(zv_str_int(&v, ZV_STR("9223372036854775808")));
	assert_false(zv_str_int(&v, ZV_STR("-9223372036854775809")));
	assert_false(zv_str_int(&v, ZV_STR("99999999999999999999999999")));
	assert_false(zv_str_int(&v, ZV_STR("")));
	assert_false(zv_str_int(&v, ZV_STR("-")));
	assert_false(zv_str_int(&v, ZV_STR("1 ")));
	assert_false(zv_str_int(&v, ZV_STR("1.0")));
	assert_false(zv_str_int(&v, ZV_STR("--1")));
	assert_int_equal(v, 7);
}

static void every_whole_number_reads_back(void **state)
{
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, 1);
	for (int i = 0; i < 100000; i++) {
		int64_t want = (int64_t)zv_rng_next(&rng) >> zv_rng_below(&rng, 64);
		int64_t got = 0;
		char text[32];

		snprintf(text, sizeof(text), "%" PRId64, want);
		assert_true(zv_str_int(&got, zv_str_c(text)));
		assert_true(got == want);
	}
}

static void digits_are_ascii_digits_only(void **state)
{
	(void)state;
	assert_true(zv_is_digits(ZV_STR("0123456789")));
	assert_false(zv_is_digits(ZV_STR("")));
	assert_false(zv_is_digits(ZV_STR("12a")));
	assert_false(zv_is_digits(ZV_STR("١")));
	assert_false(zv_is_digit('/'));
	assert_false(zv_is_digit(':'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_null_text_is_the_empty_text),
		cmocka_unit_test(order_is_by_bytes_and_a_prefix_comes_first),
		cmocka_unit_test(only_ascii_letters_fold),
		cmocka_unit_test(starts_and_ends_see_the_edges),
		cmocka_unit_test(trim_takes_blanks_and_marks_without_width),
		cmocka_unit_test(cutting_is_capped_to_the_length),
		cmocka_unit_test(find_gives_the_first_place_or_minus_one),
		cmocka_unit_test(split_gives_empty_parts_too),
		cmocka_unit_test(parts_joined_are_the_text_again),
		cmocka_unit_test(whole_numbers_are_read_to_both_ends_of_the_range),
		cmocka_unit_test(every_whole_number_reads_back),
		cmocka_unit_test(digits_are_ascii_digits_only),
	};

	return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}
