/* Any bytes as a JSON tree; what is taken and written again is read as the same tree. */
#include "fuzz.h"

#include "format/json_value.h"
#include "format/json_write.h"

static void write_value(struct zv_json *json, const struct zv_json_value *v)
{
	switch (v->kind) {
	case ZV_JSON_STRING:
		zv_json_str(json, v->text);
		return;
	case ZV_JSON_ARRAY:
		zv_json_array(json);
		for (size_t i = 0; i < v->n; i++)
			write_value(json, &v->items[i]);
		zv_json_end_array(json);
		return;
	case ZV_JSON_OBJECT:
		zv_json_object(json);
		for (size_t i = 0; i < v->n; i++) {
			zv_json_str(json, v->names[i]);
			zv_out_char(json->out, ':');
			json->after_key = true;
			write_value(json, &v->items[i]);
		}
		zv_json_end_object(json);
		return;
	case ZV_JSON_NULL:
	case ZV_JSON_BOOL:
	case ZV_JSON_NUMBER:
		zv_json_raw(json, v->text);
	}
}

static bool same(const struct zv_json_value *a, const struct zv_json_value *b)
{
	if (a->kind != b->kind || a->n != b->n || (a->kind <= ZV_JSON_STRING && !zv_str_eq(a->text, b->text)))
		return false;
	for (size_t i = 0; i < a->n; i++)
		if ((a->kind == ZV_JSON_OBJECT && !zv_str_eq(a->names[i], b->names[i])) || !same(&a->items[i], &b->items[i]))
			return false;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str bytes = {(const char *)p, n};
	struct zv_json_value value, again;
	struct zv_arena arena;
	struct zv_json json;
	struct zv_out out;
	struct zv_err err = {0};
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_json_parse(&value, bytes, &arena, &err);
	ZV_FUZZ_CHECK(code == ZV_OK || code == ZV_E_INVALID || code == ZV_E_LIMIT);
	ZV_FUZZ_CHECK(code == ZV_OK || (err.code == code && err.text[0] != '\0'));
	if (code == ZV_OK) {
		zv_out_init(&out, NULL, 0);
		zv_json_init(&json, &out);
		write_value(&json, &value);
		ZV_FUZZ_CHECK(zv_json_parse(&again, zv_out_text(&out), &arena, &err) == ZV_OK);
		ZV_FUZZ_CHECK(same(&value, &again));
		zv_out_done(&out);
	}
	zv_arena_done(&arena);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("{\"login\":\"buyer\",\"password\":\"x y z\",\"roles\":[{\"role\":\"buyer\",\"org\":null}]}"),
		ZV_STR_INIT("[1,[2,[3.50e-7]],true,false,null,\"\\u044f\\ud83d\\ude00\\n\"]"),
		ZV_STR_INIT(" {\"a\":{\"b\":[]},\"c\":{}} "),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\"a\":", "\\u0000", "\\ud800", "\\udc00", "1e5", "null", "true", "[[[[[[[[", "{\"a\":", "}", "]", ",", NULL};
