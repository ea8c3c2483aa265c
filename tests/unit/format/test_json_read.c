/* Records of JSON as rows, and JSON that is none. */
#include "help.h"

#include <stdio.h>
#include <string.h>

static const char *const columns[] = {"id", "unit/name", "../ocid", "/publisher/name"};
static const struct zv_record_spec releases = {"releases", "tender/items", columns, 4};
static const struct zv_record_spec lines = {NULL, "tender/items", columns, 3};
static const struct zv_rows_options package = {.json = &releases};
static const struct zv_rows_options jsonl = {.json = &lines};

static const char *const any_column[] = {"."};
static const struct zv_record_spec any = {NULL, NULL, any_column, 1};
static const struct zv_rows_options value = {.json = &any, .type = ZV_FILE_JSON};

static void records_of_an_array_become_rows(void **state)
{
	(void)state;
	help_rows(ZV_STR("{\"publisher\":{\"name\":\"ЕИС\"},\"releases\":[{\"ocid\":\"o1\",\"tender\":{\"items\":[{\"id\":1,\"unit\":{\"name\":\"кг\"}},"
			 "{\"id\":2.50}]}},{\"ocid\":\"o2\"}]}"),
		  &package, "0:id|unit/name|../ocid|/publisher/name\n1:1|кг|o1|ЕИС\n1:2.50||o1|ЕИС\n2:||o2|ЕИС\n");
}

static void json_lines_and_arrays_of_records_are_alike(void **state)
{
	const char *rows = "0:id|unit/name|../ocid\n1:7||a\n2:||b\n";

	(void)state;
	help_rows(ZV_STR("{\"ocid\":\"a\",\"tender\":{\"items\":[{\"id\":7}]}}\n{\"ocid\":\"b\"}\n"), &jsonl, rows);
	help_rows(ZV_STR("\xef\xbb\xbf [{\"ocid\":\"a\",\"tender\":{\"items\":{\"id\":7}}},{\"ocid\":\"b\"}]"), &jsonl, rows);
}

static void members_of_an_object_can_be_records(void **state)
{
	static const char *const names[] = {"@key", ".", "name"};
	static const struct zv_record_spec members = {"*", NULL, names, 3};
	struct zv_rows_options o = {.json = &members};

	(void)state;
	help_rows(ZV_STR("{\"KGM\":{\"name\":\"кг\"},\"x\":\"y\",\"l\":[{\"name\":1},{\"name\":2}]}"), &o,
		  "0:@key|.|name\n1:KGM||кг\n2:x|y|\n3:l||\n");
}

static void numbers_keep_their_text_and_words_their_name(void **state)
{
	(void)state;
	help_rows(ZV_STR("[1234567890123456789012345678901234567890.10, -0, 1e5, true, false, null, \"\", 0.1E-2]"), &value,
		  "0:.\n1:1234567890123456789012345678901234567890.10\n2:-0\n3:1e5\n4:true\n5:false\n6:\n7:\n8:0.1E-2\n");
}

static void escapes_are_decoded(void **state)
{
	(void)state;
	help_rows(ZV_STR("[\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\\u044f\\ud83d\\ude00\"]"), &value, "0:.\n1:a\n\t\"\\/\b\f\rя\xf0\x9f\x98\x80\n");
}

static void what_is_no_json_is_refused_with_its_place(void **state)
{
	static const char *const bad[] = {
		"{",          "[",           "[1,]",        "[1 2]",         "{\"a\"}",      "{\"a\":}",    "{\"a\":1,}",   "{a:1}",
		"[01]",       "[1.]",        "[.5]",        "[+1]",          "[1e]",         "[NaN]",       "[Infinity]",   "[tru]",
		"['a']",      "[\"a]",       "[\"\\x\"]",   "[\"\\u12g4\"]", "[\"\\ud800\"]", "[\"\\udc00\"]", "[\"\\ud800\\u0041\"]",
		"[\"\\u0000\"]", "[\"\x01\"]", "[\"a\nb\"]", "[\"\xff\"]",    "[1]]",         "[1]}",        "]",            "[-]",
		"[\"a\" \"b\"]", "{\"a\":1 \"b\":2}", "[,1]", "{,}", "[1e5x]", "// x\n[1]", "[--1]",
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		struct zv_buf out;
		struct zv_err err;

		zv_buf_init(&out, 0);
		if (help_read(&out, NULL, zv_str_c(bad[i]), &value, &err) != ZV_E_INVALID)
			fail_msg("taken: %s", bad[i]);
		assert_non_null(strstr(err.text, "JSON, line "));
		zv_buf_done(&out);
	}
	help_fails(ZV_STR("[1,\n\n2,]"), &value, ZV_E_INVALID, "line 3, byte 8");
}

static void a_key_twice_is_refused(void **state)
{
	struct zv_buf in;

	(void)state;
	help_fails(ZV_STR("[{\"a\":1,\"b\":{\"a\":2},\"\\u0061\":3}]"), &value, ZV_E_INVALID, "“a” stands twice");
	help_fails(ZV_STR("{\"x\":[{\"a\":1,\"a\":1}]}"), &package, ZV_E_INVALID, "“a” stands twice");
	zv_buf_init(&in, 0);
	zv_buf_add_char(&in, '{');
	for (int i = 0; i < 10000; i++)
		zv_buf_addf(&in, "\"k%d\":0,", i);
	zv_buf_add_c(&in, "\"k5000\":1}");
	help_fails(zv_buf_str(&in), &value, ZV_E_INVALID, "“k5000” stands twice");
	in.n -= strlen("\"k5000\":1}");
	zv_buf_add_c(&in, "\"k\":1}");
	help_rows(zv_buf_str(&in), &value, "0:.\n1:\n");
	zv_buf_done(&in);
}

static void deep_nesting_is_refused(void **state)
{
	struct zv_buf in;

	(void)state;
	zv_buf_init(&in, 0);
	for (int i = 0; i < 100000; i++)
		zv_buf_add_char(&in, '[');
	help_fails(zv_buf_str(&in), &value, ZV_E_LIMIT, "nested deeper than 64");
	zv_buf_reset(&in);
	for (int i = 0; i < 64; i++)
		zv_buf_add_c(&in, "{\"a\":");
	zv_buf_add_c(&in, "1");
	for (int i = 0; i < 64; i++)
		zv_buf_add_c(&in, "}");
	help_rows(zv_buf_str(&in), &value, "0:.\n1:\n");
	help_rows(zv_buf_str(&in), &package, "0:id|unit/name|../ocid|/publisher/name\n");
	zv_buf_done(&in);
}

static void long_texts_and_records_are_refused(void **state)
{
	struct zv_buf in;

	(void)state;
	zv_buf_init(&in, 0);
	zv_buf_add_c(&in, "[\"");
	for (int i = 0; i < 200000; i++)
		zv_buf_add_c(&in, "0123456789");
	zv_buf_add_c(&in, "\"]");
	help_fails(zv_buf_str(&in), &value, ZV_E_LIMIT, "longer than 1024 KiB");
	zv_buf_reset(&in);
	zv_buf_add_c(&in, "[{\"a\":[0");
	for (int i = 0; i < 500000; i++)
		zv_buf_add_c(&in, ",12345678");
	zv_buf_add_c(&in, "]}]");
	help_fails(zv_buf_str(&in), &value, ZV_E_LIMIT, "Record 1 is longer than 4 MiB");
	zv_buf_done(&in);
}

static void cut_anywhere_it_is_refused(void **state)
{
	static const char whole[] = "{\"a\":[1,\"\\u044f\",true],\"b\":{\"c\":-1.5e3}}";
	struct zv_buf out;

	(void)state;
	zv_buf_init(&out, 0);
	for (size_t n = 1; n < sizeof(whole) - 1; n++) {
		struct zv_err err;

		assert_int_equal(help_read(&out, NULL, (struct zv_str){whole, n}, &value, &err), ZV_E_INVALID);
	}
	zv_buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_of_an_array_become_rows),
		cmocka_unit_test(json_lines_and_arrays_of_records_are_alike),
		cmocka_unit_test(members_of_an_object_can_be_records),
		cmocka_unit_test(numbers_keep_their_text_and_words_their_name),
		cmocka_unit_test(escapes_are_decoded),
		cmocka_unit_test(what_is_no_json_is_refused_with_its_place),
		cmocka_unit_test(a_key_twice_is_refused),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(long_texts_and_records_are_refused),
		cmocka_unit_test(cut_anywhere_it_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
