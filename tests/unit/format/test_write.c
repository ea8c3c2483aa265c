/* The writers of JSON and CSV, and formulas made harmless. */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "format/csv_write.h"
#include "format/formula.h"
#include "format/json_write.h"

static void json_writes_commas_colons_and_escapes(void **state)
{
	struct zv_out out;
	struct zv_json json;
	struct zv_err err;

	(void)state;
	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_str(&json, "имя", ZV_STR("a\"b\\c\n\t\x01</script>\xe2\x80\xa8 я"));
	zv_json_key_int(&json, "n", INT64_MIN);
	zv_json_key_decimal(&json, "price", 550000, 2);
	zv_json_key_decimal(&json, "half", -5, 1);
	zv_json_key_bool(&json, "yes", true);
	zv_json_key_c(&json, "none", NULL);
	zv_json_key(&json, "list");
	zv_json_array(&json);
	zv_json_int(&json, 1);
	zv_json_object(&json);
	zv_json_end_object(&json);
	zv_json_array(&json);
	zv_json_end_array(&json);
	zv_json_bool(&json, false);
	zv_json_raw(&json, ZV_STR("{\"a\":1}"));
	zv_json_end_array(&json);
	zv_json_end_object(&json);
	zv_json_newline(&json);
	assert_int_equal(zv_out_flush(&out, &err), ZV_OK);
	assert_true(zv_str_eq_c(zv_out_text(&out),
				"{\"имя\":\"a\\\"b\\\\c\\n\\t\\u0001\\u003c/script>\\u2028 я\",\"n\":-9223372036854775808,\"price\":5500,"
				"\"half\":-0.5,\"yes\":true,\"none\":null,\"list\":[1,{},[],false,{\"a\":1}]}\n"));
	zv_out_done(&out);
}

static void json_never_writes_bad_utf8(void **state)
{
	struct zv_out out;
	struct zv_json json;

	(void)state;
	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_str(&json, ZV_STR("a\xff\xd0z\xef\xbf\xbd"));
	assert_true(zv_str_eq_c(zv_out_text(&out), "\"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\""));
	zv_out_done(&out);
}

static void an_answer_beyond_its_bound_is_an_error(void **state)
{
	struct zv_out out;
	struct zv_err err;

	(void)state;
	zv_out_init(&out, NULL, 10);
	zv_out_c(&out, "12345");
	assert_int_equal(zv_out_flush(&out, &err), ZV_OK);
	zv_out_c(&out, "678901");
	assert_int_equal(zv_out_flush(&out, &err), ZV_E_LIMIT);
	zv_out_done(&out);
}

static void a_full_disk_is_told_at_the_flush(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	struct zv_out out;
	struct zv_err err;

	(void)state;
	if (full == NULL)
		skip();
	zv_out_init(&out, full, 0);
	for (int i = 0; i < 100000; i++)
		zv_out_c(&out, "0123456789");
	assert_int_equal(zv_out_flush(&out, &err), ZV_E_IO);
	assert_non_null(strstr(err.text, "No space left"));
	zv_out_done(&out);
	(void)fclose(full);
}

static void formulas_are_recognised_behind_blanks_and_in_full_width(void **state)
{
	static const char *const risky[] = {
		"=1+1", "+7 495", "-1", "@SUM(1)", "\t=1", "\rx", "\nx", " =1", "\xc2\xa0=1", "\xe2\x80\x8b=1", "\xef\xbb\xbf=1", "\xef\xbc\x9d" "1",
		"\xef\xbc\x8b" "1", "\xef\xbc\x8d" "1", "\xef\xbc\xa0x", "'=1", "''=1", "-", "=cmd|' /C calc'!A0",
	};
	static const char *const harmless[] = {"", " ", "'", "a=1", "1-2", "5", "'quoted'", "«=»", "ООО +", "x@y.ru"};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(risky); i++) {
		if (!zv_formula_risky(zv_str_c(risky[i])))
			fail_msg("missed: %s", risky[i]);
	}
	assert_true(zv_formula_risky((struct zv_str){"\0", 1}));
	for (size_t i = 0; i < ZV_LEN(harmless); i++) {
		if (zv_formula_risky(zv_str_c(harmless[i])))
			fail_msg("feared: %s", harmless[i]);
	}
}

static void the_mark_against_formulas_comes_off_again(void **state)
{
	(void)state;
	assert_true(zv_str_eq(zv_formula_plain(ZV_STR("'=1")), ZV_STR("=1")));
	assert_true(zv_str_eq(zv_formula_plain(ZV_STR("''=1")), ZV_STR("'=1")));
	assert_true(zv_str_eq(zv_formula_plain(ZV_STR("'quoted'")), ZV_STR("'quoted'")));
	assert_true(zv_str_eq(zv_formula_plain(ZV_STR("")), ZV_STR("")));
}

static void csv_quotes_what_must_be_and_keeps_numbers(void **state)
{
	struct zv_out out;
	struct zv_csv_writer csv;

	(void)state;
	zv_out_init(&out, NULL, 0);
	zv_csv_init(&csv, &out, ';', true);
	zv_csv_text(&csv, ZV_STR("a;b"));
	zv_csv_text(&csv, ZV_STR("say \"hi\""));
	zv_csv_text(&csv, ZV_STR("=1+1"));
	zv_csv_text(&csv, ZV_STR("=\"x\"; 1"));
	zv_csv_end_row(&csv);
	zv_csv_number(&csv, ZV_STR("-5"));
	zv_csv_number(&csv, ZV_STR("1234.50"));
	zv_csv_number(&csv, ZV_STR("2026-09-30T17:45:00Z"));
	zv_csv_number(&csv, ZV_STR("=5"));
	zv_csv_text(&csv, ZV_STR("-5"));
	zv_csv_text(&csv, ZV_STR(" padded "));
	zv_csv_end_row(&csv);
	zv_csv_text(&csv, ZV_STR(""));
	zv_csv_end_row(&csv);
	assert_true(zv_str_eq_c(zv_out_text(&out), "\xef\xbb\xbf\"a;b\";\"say \"\"hi\"\"\";'=1+1;\"'=\"\"x\"\"; 1\"\r\n"
						   "-5;1234.50;2026-09-30T17:45:00Z;'=5;'-5;\" padded \"\r\n\"\"\r\n"));
	zv_out_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_writes_commas_colons_and_escapes),
		cmocka_unit_test(json_never_writes_bad_utf8),
		cmocka_unit_test(an_answer_beyond_its_bound_is_an_error),
		cmocka_unit_test(a_full_disk_is_told_at_the_flush),
		cmocka_unit_test(formulas_are_recognised_behind_blanks_and_in_full_width),
		cmocka_unit_test(the_mark_against_formulas_comes_off_again),
		cmocka_unit_test(csv_quotes_what_must_be_and_keeps_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
