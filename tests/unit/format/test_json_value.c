/* A JSON body as a tree: what is taken, and that everything doubtful is refused. */
#include "help.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "format/json_value.h"

static enum zv_code parse(struct zv_json_value *out, const char *text, struct zv_arena *arena)
{
	struct zv_err err = {0};
	enum zv_code code = zv_json_parse(out, zv_str_c(text), arena, &err);

	assert_true(code == ZV_OK || (err.code == code && err.text[0] != '\0'));
	return code;
}

static void members_are_found_by_name_and_numbers_stay_text(void **state)
{
	struct zv_arena arena;
	struct zv_json_value v;

	(void)state;
	zv_arena_init(&arena);
	assert_int_equal(parse(&v, " {\"a\": [1, -0.50e+3, true, null], \"b\\u044f\": \"x\\n\\ud83d\\ude00\", \"c\": {}} ", &arena), ZV_OK);
	const struct zv_json_value *a = zv_json_get(&v, "a");
	assert_non_null(a);
	assert_int_equal(a->n, 4);
	assert_true(zv_str_eq_c(a->items[1].text, "-0.50e+3") && a->items[1].kind == ZV_JSON_NUMBER);
	assert_true(a->items[2].kind == ZV_JSON_BOOL && zv_str_eq_c(a->items[2].text, "true"));
	assert_true(a->items[3].kind == ZV_JSON_NULL);
	assert_true(zv_str_eq_c(zv_json_get(&v, "bя")->text, "x\n\xf0\x9f\x98\x80"));
	assert_true(zv_json_get(&v, "c")->kind == ZV_JSON_OBJECT && zv_json_get(&v, "c")->n == 0);
	assert_null(zv_json_get(&v, "d"));
	assert_null(zv_json_get(a, "a"));
	assert_null(zv_json_get(NULL, "a"));
	zv_arena_done(&arena);
}

static void what_is_no_json_is_refused(void **state)
{
	static const char *const bad[] = {
		"", " ", "{", "}", "[", "]", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{'a':1}", "[1 2]", "01", "-", "1.", ".5", "1e", "+1", "NaN",
		"Infinity", "-Infinity", "tru", "nul", "truex", "1x", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"",
		"\"\\ud800\\u0041\"", "\"\\u0000\"", "\"\n\"", "\"\x01\"", "[] []", "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}",
		"\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "/* */ 1", "[1]//", "\xef\xbb\xbf{}", "0x10", "1_000", "[,1]", "{,}",
	};
	struct zv_arena arena;
	struct zv_json_value v = {.n = 77};

	(void)state;
	zv_arena_init(&arena);
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		if (parse(&v, bad[i], &arena) != ZV_E_INVALID)
			fail_msg("taken: %s", bad[i]);
	}
	struct zv_err err;
	assert_int_equal(zv_json_parse(&v, (struct zv_str){"\"a\0b\"", 5}, &arena, &err), ZV_E_INVALID);
	assert_int_equal(v.n, 77);
	zv_arena_done(&arena);
}

static void a_key_is_found_twice_among_many_too(void **state)
{
	struct zv_arena arena;
	struct zv_json_value v;
	struct zv_buf text;

	(void)state;
	zv_arena_init(&arena);
	zv_buf_init(&text, 0);
	for (int n = 2; n < 40; n++) {
		zv_buf_reset(&text);
		for (int i = 0; i < n; i++)
			zv_buf_addf(&text, "%s\"k%d\":%d", i == 0 ? "{" : ",", i, i);
		zv_buf_add_c(&text, ",\"k1\":0}");
		assert_int_equal(parse(&v, zv_buf_c(&text), &arena), ZV_E_INVALID);
	}
	zv_buf_done(&text);
	zv_arena_done(&arena);
}

/* Texts of n brackets or keys. */
static enum zv_code deep(int levels)
{
	struct zv_arena arena;
	struct zv_json_value v;
	struct zv_buf text;
	enum zv_code code;

	zv_arena_init(&arena);
	zv_buf_init(&text, 0);
	for (int i = 0; i < levels; i++)
		zv_buf_add_char(&text, '[');
	for (int i = 0; i < levels; i++)
		zv_buf_add_char(&text, ']');
	code = parse(&v, zv_buf_c(&text), &arena);
	zv_buf_done(&text);
	zv_arena_done(&arena);
	return code;
}

static enum zv_code wide(int keys)
{
	struct zv_arena arena;
	struct zv_json_value v;
	struct zv_buf text;
	enum zv_code code;

	zv_arena_init(&arena);
	zv_buf_init(&text, 0);
	for (int i = 0; i < keys; i++)
		zv_buf_addf(&text, "%s\"k%d\":{}", i == 0 ? "{" : ",", i);
	zv_buf_add_char(&text, '}');
	code = parse(&v, zv_buf_c(&text), &arena);
	zv_buf_done(&text);
	zv_arena_done(&arena);
	return code;
}

static void depth_and_number_of_keys_are_limited(void **state)
{
	(void)state;
	assert_int_equal(deep(ZV_JSON_NEST_MAX), ZV_OK);
	assert_int_equal(deep(ZV_JSON_NEST_MAX + 1), ZV_E_LIMIT);
	assert_int_equal(deep(100000), ZV_E_LIMIT);
	assert_int_equal(wide(ZV_JSON_KEYS_MAX), ZV_OK);
	assert_int_equal(wide(ZV_JSON_KEYS_MAX + 1), ZV_E_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_found_by_name_and_numbers_stay_text),
		cmocka_unit_test(what_is_no_json_is_refused),
		cmocka_unit_test(a_key_is_found_twice_among_many_too),
		cmocka_unit_test(depth_and_number_of_keys_are_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
