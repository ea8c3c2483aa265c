/* Records of JSON; a text that is taken must also be taken as it is written again. */
#include "rows_law.h"

#include "format/json_token.h"
#include "format/json_write.h"

/* A JSON string read and written is read as the same text. */
static void check_string(struct zv_str text)
{
	struct zv_out out;
	struct zv_json json;
	struct zv_json_tokens tokens;
	struct zv_memory_stream in;
	struct zv_err err;
	enum zv_json_token token;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_str(&json, text);
	zv_memory_stream_init(&in, zv_out_text(&out));
	zv_json_tokens_init(&tokens, &in.stream);
	ZV_FUZZ_CHECK(zv_json_token_next(&token, &tokens, &err) == ZV_OK && token == ZV_JSON_STRING);
	ZV_FUZZ_CHECK(zv_str_eq(zv_buf_str(&tokens.text), text));
	zv_json_tokens_done(&tokens);
	zv_out_done(&out);
}

static void check_tokens(struct zv_str bytes)
{
	struct zv_json_tokens tokens;
	struct zv_memory_stream in;
	struct zv_err err = {0};
	enum zv_json_token token;
	bool checked = false;
	enum zv_code code;

	zv_memory_stream_init(&in, bytes);
	zv_json_tokens_init(&tokens, &in.stream);
	while ((code = zv_json_token_next(&token, &tokens, &err)) == ZV_OK && token != ZV_JSON_END) {
		if (token == ZV_JSON_STRING && !checked) {
			check_string(zv_buf_str(&tokens.text));
			checked = true;
		}
	}
	zv_fuzz_check_failure(code, &err);
	zv_json_tokens_done(&tokens);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const columns[] = {"id", "unit/name", "../ocid", "/publisher/name", ".", "../@key"};
	static const struct zv_record_spec specs[] = {
		{"releases", "tender/items", columns, ZV_LEN(columns)},
		{NULL, NULL, columns, ZV_LEN(columns)},
		{"*", "l", columns, ZV_LEN(columns)},
	};
	struct zv_str bytes = {(const char *)p, n};
	struct zv_rows_options options = {.type = ZV_FILE_JSON, .json = &specs[n % ZV_LEN(specs)]};

	(void)zv_fuzz_parse(bytes, &options);
	check_tokens(bytes);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("{\"publisher\":{\"name\":\"ЕИС\"},\"releases\":[{\"ocid\":\"o1\",\"tender\":{\"items\":[{\"id\":1,\"unit\":{\"name\":\"кг\"}},{\"id\":-2.50e3}]}}]}"),
		ZV_STR_INIT("[1,[2,[3]],true,false,null,\"\\u044f\\ud83d\\ude00\\n\"]"),
		ZV_STR_INIT("{\"a\":1}\n{\"a\":{\"b\":[]}}\n"),
		ZV_STR_INIT("{\"k\":{\"l\":[{\"id\":1},2]}}"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\"releases\":", "\"items\":", "\\u0000", "\\ud800", "1e5", "null", "[[[[[[[[", "{\"a\":", "}", "]", NULL};
