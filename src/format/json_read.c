/* Walks JSON values: outside records it keeps the path, inside it fills the record. Depth is bounded, so recursion is safe. */
#include "format/json_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "format/json_token.h"
#include "format/records.h"

enum { KEYS_MIN = 16 };

/* Hashes (SipHash under a secret key) of the keys seen in an object: a power of two of places, 0 is free. */
struct keys {
	uint64_t *places;
	size_t cap;
	size_t n;
};

struct reader {
	struct zv_json_tokens tokens;
	struct zv_records records;
	struct zv_parse *parse;
	struct keys keys[ZV_LIMIT_DEPTH];
	int depth;
	enum zv_json_token token; /* the one that is looked at */
};

static void keys_clear(struct keys *keys)
{
	if (keys->cap > KEYS_MIN && keys->n * 8 < keys->cap) { /* a large object long ago: do not clear its table each time */
		free(keys->places);
		*keys = (struct keys){0};
	}
	if (keys->cap > 0)
		memset(keys->places, 0, keys->cap * sizeof(*keys->places));
	keys->n = 0;
}

static bool keys_put(struct keys *keys, uint64_t hash)
{
	size_t at;

	for (at = hash & (keys->cap - 1); keys->places[at] != 0; at = (at + 1) & (keys->cap - 1)) {
		if (keys->places[at] == hash)
			return false;
	}
	keys->places[at] = hash;
	keys->n++;
	return true;
}

static void keys_grow(struct keys *keys)
{
	struct keys larger = {.cap = keys->cap > 0 ? keys->cap * 2 : KEYS_MIN};

	larger.places = zv_calloc(larger.cap, sizeof(*larger.places));
	for (size_t i = 0; i < keys->cap; i++) {
		if (keys->places[i] != 0)
			(void)keys_put(&larger, keys->places[i]);
	}
	free(keys->places);
	*keys = larger;
}

/* False when the object has the key already. */
static bool keys_add(struct keys *keys, struct zv_str key)
{
	uint64_t hash = zv_hash(key);

	if (2 * keys->n >= keys->cap)
		keys_grow(keys);
	return keys_put(keys, hash != 0 ? hash : 1);
}

static enum zv_code next(struct reader *r, struct zv_err *err)
{
	return zv_json_token_next(&r->token, &r->tokens, err);
}

static enum zv_code deeper(struct reader *r, struct zv_err *err)
{
	if (r->depth == ZV_LIMIT_DEPTH)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("JSON, line %lld: values are nested deeper than %d."), (long long)r->tokens.line,
			       ZV_LIMIT_DEPTH);
	r->depth++;
	return ZV_OK;
}

typedef enum zv_code on_member(struct reader *r, struct zv_str key, struct zv_err *err);
typedef enum zv_code on_element(struct reader *r, struct zv_str key, struct zv_err *err);

/* The members of the object whose { was just read. `member` is called at the first token of the value. */
static enum zv_code each_member(struct reader *r, on_member *member, struct zv_err *err)
{
	struct zv_buf key;
	enum zv_code code = deeper(r, err);

	if (code != ZV_OK)
		return code;
	zv_buf_init(&key, 0);
	keys_clear(&r->keys[r->depth - 1]);
	code = next(r, err);
	for (bool first = true; code == ZV_OK && (r->token != ZV_JSON_OBJECT_END || !first); first = false) {
		if (r->token != ZV_JSON_STRING) {
			code = zv_json_token_fail(&r->tokens, N_("this is not JSON: a key in quotes was expected"), err);
			break;
		}
		zv_buf_reset(&key);
		zv_buf_add_str(&key, zv_buf_str(&r->tokens.text));
		if (!keys_add(&r->keys[r->depth - 1], zv_buf_str(&key))) {
			code = zv_fail(err, ZV_E_INVALID, NULL, N_("JSON, line %lld: the key “%.*s” stands twice in one object."),
				       (long long)r->tokens.line, ZV_STR_FMT(zv_str_first(zv_buf_str(&key), 100)));
			break;
		}
		code = next(r, err);
		if (code == ZV_OK && r->token != ZV_JSON_COLON)
			code = zv_json_token_fail(&r->tokens, N_("this is not JSON: a colon was expected after the key"), err);
		if (code == ZV_OK)
			code = next(r, err);
		if (code == ZV_OK)
			code = member(r, zv_buf_str(&key), err);
		if (code == ZV_OK)
			code = next(r, err);
		if (code != ZV_OK || r->token == ZV_JSON_OBJECT_END)
			break;
		if (r->token != ZV_JSON_COMMA)
			code = zv_json_token_fail(&r->tokens, N_("this is not JSON: a comma or } was expected"), err);
		else
			code = next(r, err);
	}
	zv_buf_done(&key);
	r->depth--;
	return code;
}

/* The elements of the array whose [ was just read. */
static enum zv_code each_element(struct reader *r, on_element *element, struct zv_str key, struct zv_err *err)
{
	enum zv_code code = deeper(r, err);

	if (code != ZV_OK)
		return code;
	code = next(r, err);
	if (code == ZV_OK && r->token == ZV_JSON_ARRAY_END) {
		r->depth--;
		return ZV_OK;
	}
	while (code == ZV_OK) {
		code = element(r, key, err);
		if (code == ZV_OK)
			code = next(r, err);
		if (code != ZV_OK || r->token == ZV_JSON_ARRAY_END)
			break;
		if (r->token != ZV_JSON_COMMA)
			code = zv_json_token_fail(&r->tokens, N_("this is not JSON: a comma or ] was expected"), err);
		else
			code = next(r, err);
	}
	r->depth--;
	return code;
}

/* The text of a scalar; false when the token is none. */
static bool scalar(struct zv_str *text, const struct reader *r)
{
	switch (r->token) {
	case ZV_JSON_STRING:
	case ZV_JSON_NUMBER:
		*text = zv_buf_str(&r->tokens.text);
		return true;
	case ZV_JSON_TRUE:
		*text = ZV_STR("true");
		return true;
	case ZV_JSON_FALSE:
		*text = ZV_STR("false");
		return true;
	case ZV_JSON_NULL:
		*text = ZV_STR("");
		return true;
	default:
		return false;
	}
}

static enum zv_code expected_value(struct reader *r, struct zv_err *err)
{
	return zv_json_token_fail(&r->tokens, N_("this is not JSON: a value was expected"), err);
}

static enum zv_code inside_member(struct reader *r, struct zv_str key, struct zv_err *err);

/* The value at the present token goes into the open element of the record. */
static enum zv_code fill(struct reader *r, struct zv_err *err)
{
	struct zv_str text;

	if (r->token == ZV_JSON_OBJECT)
		return each_member(r, inside_member, err);
	if (!scalar(&text, r))
		return expected_value(r, err);
	return zv_records_text(&r->records, text, err);
}

/* An array is its key repeated, an array in an array too. */
static enum zv_code inside_member(struct reader *r, struct zv_str key, struct zv_err *err)
{
	enum zv_code code;

	if (r->token == ZV_JSON_ARRAY)
		return each_element(r, inside_member, key, err);
	code = zv_records_open(&r->records, key, err);
	if (code == ZV_OK)
		code = fill(r, err);
	if (code == ZV_OK)
		zv_records_close(&r->records);
	return code;
}

static enum zv_code record(struct reader *r, struct zv_str key, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	r->parse->info.bytes = r->tokens.bytes + (int64_t)r->tokens.at;
	zv_records_begin(&r->records);
	if (key.n > 0)
		code = zv_records_attribute(&r->records, ZV_STR("@key"), key, err);
	if (code == ZV_OK)
		code = r->token == ZV_JSON_ARRAY ? each_element(r, inside_member, ZV_STR(""), err) : fill(r, err);
	return code == ZV_OK ? zv_records_end(&r->records, err) : code;
}

static enum zv_code record_element(struct reader *r, struct zv_str key, struct zv_err *err)
{
	(void)key;
	return record(r, ZV_STR(""), err);
}

static enum zv_code outside_member(struct reader *r, struct zv_str key, struct zv_err *err);

static enum zv_code outside_value(struct reader *r, struct zv_str key, struct zv_err *err)
{
	struct zv_str text;

	if (r->token == ZV_JSON_OBJECT)
		return each_member(r, outside_member, err);
	if (r->token == ZV_JSON_ARRAY)
		return each_element(r, outside_value, key, err);
	if (!scalar(&text, r))
		return expected_value(r, err);
	zv_records_outside(&r->records, ZV_STR(""), text);
	return ZV_OK;
}

static enum zv_code outside_member(struct reader *r, struct zv_str key, struct zv_err *err)
{
	struct zv_str name = zv_str_c(r->records.spec->record);
	enum zv_code code;

	if (zv_str_eq(name, ZV_STR("*")) && r->depth == 1)
		return record(r, key, err);
	if (zv_str_eq(name, key))
		return r->token == ZV_JSON_ARRAY ? each_element(r, record_element, key, err) : record(r, ZV_STR(""), err);
	zv_records_enter(&r->records, key);
	code = outside_value(r, key, err);
	zv_records_leave(&r->records);
	return code;
}

static enum zv_code read_values(struct reader *r, struct zv_err *err)
{
	enum zv_code code = zv_records_header(&r->records, err);

	while (code == ZV_OK) {
		code = next(r, err);
		if (code != ZV_OK || r->token == ZV_JSON_END)
			break;
		if (r->records.spec->record != NULL)
			code = outside_value(r, ZV_STR(""), err);
		else if (r->token == ZV_JSON_ARRAY)
			code = each_element(r, record_element, ZV_STR(""), err);
		else
			code = record(r, ZV_STR(""), err);
	}
	r->parse->info.bytes = r->tokens.bytes + (int64_t)r->tokens.at;
	return code;
}

/* A byte order mark is allowed; UTF-16 shows by its zero bytes and is no JSON. */
static enum zv_code skip_mark(struct zv_parse *parse, struct zv_err *err)
{
	char mark[3];
	size_t got;

	if (!zv_str_starts(zv_source_head(parse->source), ZV_STR("\xef\xbb\xbf")))
		return ZV_OK;
	return zv_stream_read(&got, &parse->source->stream, mark, sizeof(mark), err);
}

enum zv_code zv_json_read(struct zv_parse *parse, struct zv_err *err)
{
	struct reader *r;
	enum zv_code code;

	if (parse->options->json == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL,
			       N_("This is JSON, and it is not known how such a document becomes rows here; use CSV or XLSX."));
	code = skip_mark(parse, err);
	if (code != ZV_OK)
		return code;
	r = zv_calloc(1, sizeof(*r));
	r->parse = parse;
	zv_json_tokens_init(&r->tokens, &parse->source->stream);
	zv_records_init(&r->records, parse, parse->options->json);
	zv_parse_encoding(parse, ZV_ENCODING_ASSUMED, "utf-8");
	code = read_values(r, err);
	zv_records_done(&r->records);
	zv_json_tokens_done(&r->tokens);
	for (size_t i = 0; i < ZV_LIMIT_DEPTH; i++)
		free(r->keys[i].places);
	free(r);
	return code;
}
