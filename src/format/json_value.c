/* A strict reader of JSON in memory: one pass, children gathered on a stack and moved into the arena when their parent ends. */
#include "format/json_value.h"

#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Objects up to this size are searched for a doubled key pair by pair. */
enum { FEW_KEYS = 12, NUMBER_MAX = 1000 };

struct member {
	struct zv_str name;
	struct zv_json_value value;
};

struct reader {
	struct zv_str text;
	size_t at;
	int depth;
	size_t keys;
	ZV_VEC(struct member) stack;
	struct zv_arena *arena;
	struct zv_err *err;
};

static enum zv_code read_value(struct zv_json_value *out, struct reader *r);

static long long line_of(const struct reader *r)
{
	long long line = 1;

	for (size_t i = 0; i < r->at && i < r->text.n; i++)
		line += r->text.p[i] == '\n';
	return line;
}

static enum zv_code fail(const struct reader *r, const char *what)
{
	return zv_fail(r->err, ZV_E_INVALID, NULL, N_("JSON, line %lld, byte %lld: %s."), line_of(r), (long long)r->at, zv_tr(what));
}

/* The next byte, not taken; -1 at the end. */
static int peek(const struct reader *r)
{
	return r->at < r->text.n ? (unsigned char)r->text.p[r->at] : -1;
}

static void skip_space(struct reader *r)
{
	int c;

	while ((c = peek(r)) == ' ' || c == '\t' || c == '\n' || c == '\r')
		r->at++;
}

/* --- strings --------------------------------------------------------------------------------------------------------------- */

static bool take_hex(uint32_t *out, struct reader *r)
{
	*out = 0;
	for (int i = 0; i < 4; i++, r->at++) {
		int c = peek(r);

		if (c >= '0' && c <= '9')
			*out = *out << 4 | (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			*out = *out << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return false;
	}
	return true;
}

static enum zv_code take_unicode(struct zv_buf *out, struct reader *r)
{
	uint32_t c, low = 0;

	if (!take_hex(&c, r))
		return fail(r, N_("\\u needs four hexadecimal digits after it"));
	if (c >= 0xd800 && c < 0xdc00 && r->at + 1 < r->text.n && r->text.p[r->at] == '\\' && r->text.p[r->at + 1] == 'u') {
		r->at += 2;
		if (!take_hex(&low, r))
			return fail(r, N_("\\u needs four hexadecimal digits after it"));
		if (low >= 0xdc00 && low < 0xe000)
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	}
	if (c >= 0xd800 && c < 0xe000)
		return fail(r, N_("half of a character (a lone surrogate)"));
	if (c == 0)
		return fail(r, N_("a zero character in a text"));
	zv_buf_add_utf8(out, c);
	return ZV_OK;
}

static enum zv_code take_escape(struct zv_buf *out, struct reader *r)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	int c = peek(r);
	const char *found = c > 0 ? strchr(names, c) : NULL;

	r->at++;
	if (c == 'u')
		return take_unicode(out, r);
	if (found == NULL)
		return fail(r, N_("an unknown escape after \\"));
	zv_buf_add_char(out, values[found - names]);
	return ZV_OK;
}

/* Past what needs no look: up to the next quote, escape, control character or the end. */
static struct zv_str take_plain(struct reader *r)
{
	size_t from = r->at;
	int c;

	while ((c = peek(r)) >= 0x20 && c != '"' && c != '\\')
		r->at++;
	return (struct zv_str){r->text.p + from, r->at - from};
}

static enum zv_code take_rest(struct zv_buf *out, struct reader *r)
{
	for (;;) {
		int c = peek(r);
		enum zv_code code = ZV_OK;

		if (c == '"')
			return ZV_OK;
		if (c < 0)
			return fail(r, N_("the text ends inside quotes; the file was not copied whole"));
		if (c < 0x20)
			return fail(r, N_("a control character or line break inside quotes"));
		r->at++;
		code = take_escape(out, r);
		if (code != ZV_OK)
			return code;
		zv_buf_add_str(out, take_plain(r));
	}
}

/* The quote at its beginning is the next byte. */
static enum zv_code read_string(struct zv_str *out, struct reader *r)
{
	struct zv_buf decoded;
	enum zv_code code = ZV_OK;

	r->at++;
	*out = take_plain(r);
	if (peek(r) != '"') {
		zv_buf_init(&decoded, 0);
		zv_buf_add_str(&decoded, *out);
		code = take_rest(&decoded, r);
		if (code == ZV_OK)
			*out = zv_str_dup(r->arena, zv_buf_str(&decoded));
		zv_buf_done(&decoded);
	}
	if (code == ZV_OK && memchr(out->p, '\0', out->n) != NULL)
		code = fail(r, N_("a zero character in a text"));
	r->at++;
	return code;
}

/* --- numbers and words ------------------------------------------------------------------------------------------------------- */

static bool take_digits(struct reader *r)
{
	size_t from = r->at;

	while (peek(r) >= '0' && peek(r) <= '9')
		r->at++;
	return r->at > from;
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool take_number(struct reader *r)
{
	if (peek(r) == '-')
		r->at++;
	if (peek(r) == '0')
		r->at++;
	else if (!take_digits(r))
		return false;
	if (peek(r) == '.') {
		r->at++;
		if (!take_digits(r))
			return false;
	}
	if ((peek(r) | 0x20) == 'e') {
		r->at++;
		if (peek(r) == '+' || peek(r) == '-')
			r->at++;
		if (!take_digits(r))
			return false;
	}
	return true;
}

static enum zv_code read_word(struct zv_json_value *out, struct reader *r)
{
	static const struct {
		struct zv_str word;
		enum zv_json_kind kind;
	} words[] = {{ZV_STR_INIT("true"), ZV_JSON_BOOL}, {ZV_STR_INIT("false"), ZV_JSON_BOOL}, {ZV_STR_INIT("null"), ZV_JSON_NULL}};
	size_t from = r->at;

	for (size_t i = 0; i < ZV_LEN(words); i++) {
		if (!zv_str_starts(zv_str_from(r->text, r->at), words[i].word))
			continue;
		r->at += words[i].word.n;
		*out = (struct zv_json_value){.kind = words[i].kind, .text = words[i].word};
		return ZV_OK;
	}
	if (!take_number(r))
		return fail(r, N_("this is not JSON: a value was expected"));
	if (r->at - from > NUMBER_MAX)
		return fail(r, N_("a number of more than 1000 digits"));
	*out = (struct zv_json_value){.kind = ZV_JSON_NUMBER, .text = {r->text.p + from, r->at - from}};
	return ZV_OK;
}

/* --- arrays and objects ------------------------------------------------------------------------------------------------------ */

/* The first member whose name stands before it as well; NULL when there is none. */
static const struct member *doubled(const struct member *members, size_t n)
{
	const struct member *found = NULL;
	struct zv_map seen;

	if (n <= FEW_KEYS) {
		for (size_t i = 1; i < n; i++)
			for (size_t k = 0; k < i; k++)
				if (zv_str_eq(members[i].name, members[k].name))
					return &members[i];
		return NULL;
	}
	zv_map_init(&seen);
	for (size_t i = 0; i < n && found == NULL; i++) {
		int64_t other;

		if (zv_map_get(&other, &seen, members[i].name))
			found = &members[i];
		zv_map_put(&seen, members[i].name, 0);
	}
	zv_map_done(&seen);
	return found;
}

/* What was gathered since `from` becomes the children of *out. */
static enum zv_code end_container(struct zv_json_value *out, struct reader *r, enum zv_json_kind kind, size_t from)
{
	size_t n = r->stack.n - from;
	const struct member *members = n > 0 ? &r->stack.p[from] : NULL;

	*out = (struct zv_json_value){.kind = kind, .n = n};
	if (n > 0) {
		struct zv_json_value *items = ZV_ARENA_ARRAY(r->arena, struct zv_json_value, n);
		struct zv_str *names = kind == ZV_JSON_OBJECT ? ZV_ARENA_ARRAY(r->arena, struct zv_str, n) : NULL;

		const struct member *twice = names != NULL ? doubled(members, n) : NULL;

		if (twice != NULL)
			return zv_fail(r->err, ZV_E_INVALID, NULL, N_("JSON, line %lld: the key “%.*s” stands twice in one object."), line_of(r),
				       ZV_STR_FMT(zv_utf8_first(twice->name, 60)));
		for (size_t i = 0; i < n; i++) {
			items[i] = members[i].value;
			if (names != NULL)
				names[i] = members[i].name;
		}
		out->items = items;
		out->names = names;
	}
	r->stack.n = from;
	return ZV_OK;
}

static enum zv_code read_name(struct zv_str *out, struct reader *r)
{
	enum zv_code code;

	if (peek(r) != '"')
		return fail(r, N_("this is not JSON: a key in quotes was expected"));
	code = read_string(out, r);
	if (code != ZV_OK)
		return code;
	skip_space(r);
	if (peek(r) != ':')
		return fail(r, N_("this is not JSON: a colon was expected after the key"));
	r->at++;
	skip_space(r);
	if (++r->keys > ZV_JSON_KEYS_MAX)
		return zv_fail(r->err, ZV_E_LIMIT, NULL, N_("JSON: at most %d keys in one text."), ZV_JSON_KEYS_MAX);
	return ZV_OK;
}

/* The bracket at its beginning is the next byte. */
static enum zv_code read_container(struct zv_json_value *out, struct reader *r, enum zv_json_kind kind)
{
	char end = kind == ZV_JSON_OBJECT ? '}' : ']';
	size_t from = r->stack.n;

	if (++r->depth > ZV_JSON_NEST_MAX)
		return zv_fail(r->err, ZV_E_LIMIT, NULL, N_("JSON, line %lld: values are nested deeper than %d."), line_of(r), ZV_JSON_NEST_MAX);
	r->at++;
	skip_space(r);
	while (peek(r) != end || r->stack.n > from) {
		struct member member = {0};
		enum zv_code code = kind == ZV_JSON_OBJECT ? read_name(&member.name, r) : ZV_OK;

		if (code == ZV_OK)
			code = read_value(&member.value, r);
		if (code != ZV_OK)
			return code;
		zv_vec_push(&r->stack, member);
		skip_space(r);
		if (peek(r) == end)
			break;
		if (peek(r) != ',')
			return fail(r, kind == ZV_JSON_OBJECT ? N_("this is not JSON: a comma or } was expected") : N_("this is not JSON: a comma or ] was expected"));
		r->at++;
		skip_space(r);
	}
	r->at++;
	r->depth--;
	return end_container(out, r, kind, from);
}

static enum zv_code read_value(struct zv_json_value *out, struct reader *r)
{
	switch (peek(r)) {
	case '{':
		return read_container(out, r, ZV_JSON_OBJECT);
	case '[':
		return read_container(out, r, ZV_JSON_ARRAY);
	case '"':
		*out = (struct zv_json_value){.kind = ZV_JSON_STRING};
		return read_string(&out->text, r);
	default:
		return read_word(out, r);
	}
}

enum zv_code zv_json_parse(struct zv_json_value *out, struct zv_str text, struct zv_arena *arena, struct zv_err *err)
{
	struct reader r = {.text = text, .arena = arena, .err = err};
	struct zv_json_value value;
	ptrdiff_t bad = zv_utf8_check(text);
	enum zv_code code = ZV_OK;

	if (bad >= 0) {
		r.at = (size_t)bad;
		return fail(&r, N_("a text is not in UTF-8"));
	}
	skip_space(&r);
	code = read_value(&value, &r);
	if (code == ZV_OK) {
		skip_space(&r);
		if (r.at < text.n)
			code = fail(&r, N_("this is not JSON: something follows the end"));
	}
	zv_vec_done(&r.stack);
	if (code == ZV_OK)
		*out = value;
	return code;
}

const struct zv_json_value *zv_json_get(const struct zv_json_value *object, const char *name)
{
	if (object == NULL || object->kind != ZV_JSON_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->n; i++)
		if (zv_str_eq_c(object->names[i], name))
			return &object->items[i];
	return NULL;
}
