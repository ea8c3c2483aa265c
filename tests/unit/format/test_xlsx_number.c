/* Numbers and dates of spreadsheets as text. */
#include "help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/rng.h"
#include "format/xlsx.h"

static void check_plain(const char *in, const char *expected)
{
	struct zv_buf out;

	zv_buf_init(&out, 0);
	zv_number_plain(&out, zv_str_c(in));
	assert_string_equal(zv_buf_c(&out), expected);
	zv_buf_done(&out);
}

static void numbers_become_the_shortest_decimal_without_exponent(void **state)
{
	(void)state;
	check_plain("0.040000000000000001", "0.04");
	check_plain("7.7E9", "7700000000");
	check_plain("1.6571E+11", "165710000000");
	check_plain("1.027700060486E12", "1027700060486");
	check_plain("1E-3", "0.001");
	check_plain("-2.5000000000000001E-2", "-0.025");
	check_plain("0.1", "0.1");
	check_plain("1.10", "1.1");
	check_plain("100", "100");
	check_plain("1E2", "100");
	check_plain("0.29999999999999999", "0.3");
	check_plain("5500.0000000000009", "5500.000000000001");
	check_plain("1234567890123456.7", "1234567890123456.8");
	check_plain("-0.0", "0");
	check_plain("0", "0");
}

static void long_integers_keep_every_digit(void **state)
{
	(void)state;
	check_plain("40702810500000012345", "40702810500000012345");
	check_plain("0102030405", "0102030405");
}

static void what_is_no_number_stays_as_it_is(void **state)
{
	(void)state;
	check_plain("", "");
	check_plain("1,6571E+11", "1,6571E+11");
	check_plain("abc", "abc");
	check_plain("1e", "1e");
	check_plain("1E400", "1E400");
	check_plain("1E99", "1E99");
	check_plain(".", ".");
	check_plain("1.2.3", "1.2.3");
	check_plain("NaN", "NaN");
	check_plain("--1", "--1");
}

/* The digits found must mean the same double, and no shorter text of 15 digits does. */
static void any_double_survives(void **state)
{
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, 1904);
	print_message("seed 1904\n");
	for (int i = 0; i < 20000; i++) {
		double value = (double)zv_rng_range(&rng, -1000000000000, 1000000000000) / (double)zv_rng_range(&rng, 1, 1000000);
		char text[64];
		struct zv_buf out;

		zv_buf_init(&out, 0);
		(void)snprintf(text, sizeof(text), i % 2 == 0 ? "%.17G" : "%.17e", value);
		zv_number_plain(&out, zv_str_c(text));
		assert_true(strtod(zv_buf_c(&out), NULL) == value);
		assert_null(strpbrk(zv_buf_c(&out), "eE"));
		zv_buf_done(&out);
	}
}

static void check_date(const char *serial, bool from_1904, const char *expected)
{
	struct zv_buf out;

	zv_buf_init(&out, 0);
	assert_int_equal(zv_number_date(&out, zv_str_c(serial), from_1904), expected != NULL);
	assert_string_equal(zv_buf_c(&out), expected != NULL ? expected : "");
	zv_buf_done(&out);
}

static void serial_numbers_become_dates_and_times(void **state)
{
	(void)state;
	check_date("46295", false, "2026-09-30");
	check_date("46295.739583333336", false, "2026-09-30T17:45:00");
	check_date("46295.999999999999", false, "2026-10-01");
	check_date("0.5", false, "12:00:00");
	check_date("1", false, "1900-01-01");
	check_date("59", false, "1900-02-28");
	check_date("60", false, NULL); /* the day that never was */
	check_date("61", false, "1900-03-01");
	check_date("44833", true, "2026-09-30");
	check_date("2958465", false, "9999-12-31");
	check_date("2958466", false, NULL);
	check_date("-1", false, NULL);
	check_date("x", false, NULL);
	check_date("", false, NULL);
}

static void formats_tell_dates_from_numbers(void **state)
{
	static const struct {
		const char *format;
		bool is_date;
	} cases[] = {
		{"dd.mm.yyyy;@", true},
		{"yyyy\\-mm\\-dd", true},
		{"[$-419]d mmmm yyyy;@", true},
		{"dd/mm/yy\\ h:mm", true},
		{"h:mm:ss.000", true},
		{"[Red]yyyy", true},
		{"0.00", false},
		{"General", false},
		{"# ##0,00\"д.\"", false},
		{"#,##0.00\\ \"mm\"", false},
		{"[h]:mm", false},
		{"[mm]:ss", false},
		{"0.00E+00", false},
		{"@", false},
		{"\"date\"", false},
		{"_-* #,##0.00_-;\\-* #,##0.00_-", false},
		{"", false},
		{"[", false},
		{"\"", false},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		if (zv_styles_is_date_format(zv_str_c(cases[i].format)) != cases[i].is_date)
			fail_msg("%s", cases[i].format);
	}
}

static void escaped_characters_are_restored(void **state)
{
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	assert_true(zv_xlsx_unescape(&out, ZV_STR("a_x000D_b_x005F_x0041_ _x00 _xd800_ _x043f_")));
	assert_string_equal(zv_buf_c(&out), "a\rb_x0041_ _x00 _xd800_ п");
	assert_false(zv_xlsx_unescape(&out, ZV_STR("_x0000_")));
	zv_buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_become_the_shortest_decimal_without_exponent),
		cmocka_unit_test(long_integers_keep_every_digit),
		cmocka_unit_test(what_is_no_number_stays_as_it_is),
		cmocka_unit_test(any_double_survives),
		cmocka_unit_test(serial_numbers_become_dates_and_times),
		cmocka_unit_test(formats_tell_dates_from_numbers),
		cmocka_unit_test(escaped_characters_are_restored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
