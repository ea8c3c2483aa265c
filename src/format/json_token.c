/* A strict scanner of JSON (RFC 8259) over a stream. */
#include "format/json_token.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "format/budget.h"

enum { CHUNK = 64 * 1024, NUMBER_MAX = 1000, NOTHING = -1 };

void zv_json_tokens_init(struct zv_json_tokens *t, struct zv_stream *in)
{
	*t = (struct zv_json_tokens){.in = in, .line = 1};
	t->buf = zv_alloc(CHUNK);
	zv_buf_init(&t->text, ZV_LIMIT_FIELD);
}

void zv_json_tokens_done(struct zv_json_tokens *t)
{
	zv_buf_done(&t->text);
	free(t->buf);
}

enum zv_code zv_json_token_fail(const struct zv_json_tokens *t, const char *what, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, NULL, N_("JSON, line %lld, byte %lld: %s."), (long long)t->line,
		       (long long)(t->bytes + (int64_t)t->at), zv_tr(what));
}

/* The byte that comes next, not yet taken; NOTHING at the end. */
static enum zv_code peek(int *c, struct zv_json_tokens *t, struct zv_err *err)
{
	if (t->at == t->end && !t->eof) {
		size_t got;
		enum zv_code code = zv_stream_read(&got, t->in, t->buf, CHUNK, err);

		if (code != ZV_OK)
			return code;
		t->bytes += (int64_t)t->end;
		t->at = 0;
		t->end = got;
		t->eof = got < CHUNK;
	}
	*c = t->at < t->end ? (unsigned char)t->buf[t->at] : NOTHING;
	return ZV_OK;
}

static enum zv_code take(int *c, struct zv_json_tokens *t, struct zv_err *err)
{
	enum zv_code code = peek(c, t, err);

	if (code == ZV_OK && *c != NOTHING) {
		t->at++;
		t->line += *c == '\n';
	}
	return code;
}

static enum zv_code take_hex(uint32_t *value, struct zv_json_tokens *t, struct zv_err *err)
{
	*value = 0;
	for (int i = 0; i < 4; i++) {
		int c;
		enum zv_code code = take(&c, t, err);

		if (code != ZV_OK)
			return code;
		if (c >= '0' && c <= '9')
			*value = *value << 4 | (uint32_t)(c - '0');
		else if (c != NOTHING && (c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			*value = *value << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return zv_json_token_fail(t, N_("\\u needs four hexadecimal digits after it"), err);
	}
	return ZV_OK;
}

static enum zv_code take_unicode(struct zv_json_tokens *t, struct zv_err *err)
{
	uint32_t c;
	uint32_t low = 0;
	int a = 0;
	int b = 0;
	enum zv_code code = take_hex(&c, t, err);

	if (code == ZV_OK && c >= 0xd800 && c < 0xdc00) {
		code = take(&a, t, err);
		if (code == ZV_OK && a == '\\')
			code = take(&b, t, err);
		if (code == ZV_OK && b == 'u')
			code = take_hex(&low, t, err);
	}
	if (code != ZV_OK)
		return code;
	if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000)
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	if (c >= 0xd800 && c < 0xe000)
		return zv_json_token_fail(t, N_("half of a character (a lone surrogate)"), err);
	if (c == 0)
		return zv_json_token_fail(t, N_("a zero character in a text"), err);
	zv_buf_add_utf8(&t->text, c);
	return ZV_OK;
}

static enum zv_code take_escape(struct zv_json_tokens *t, struct zv_err *err)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	const char *found;
	int c;
	enum zv_code code = take(&c, t, err);

	if (code != ZV_OK)
		return code;
	if (c == 'u')
		return take_unicode(t, err);
	found = c > 0 ? strchr(names, c) : NULL;
	if (found == NULL)
		return zv_json_token_fail(t, N_("an unknown escape after \\"), err);
	zv_buf_add_char(&t->text, values[found - names]);
	return ZV_OK;
}

/* What needs no look at each byte: up to the next quote, escape, control character or the end of the buffer. */
static void take_plain(struct zv_json_tokens *t)
{
	size_t from = t->at;

	while (t->at < t->end && t->buf[t->at] != '"' && t->buf[t->at] != '\\' && (unsigned char)t->buf[t->at] >= 0x20)
		t->at++;
	zv_buf_add(&t->text, t->buf + from, t->at - from);
}

static enum zv_code take_string(struct zv_json_tokens *t, struct zv_err *err)
{
	for (;;) {
		int c;
		enum zv_code code;

		take_plain(t);
		code = take(&c, t, err);
		if (code != ZV_OK)
			return code;
		if (t->text.full)
			return zv_fail(err, ZV_E_LIMIT, NULL, N_("JSON, line %lld: a text is longer than %d KiB."), (long long)t->line,
				       ZV_LIMIT_FIELD >> 10);
		if (c == '"')
			break;
		if (c == NOTHING)
			return zv_json_token_fail(t, N_("the text ends inside quotes; the file was not copied whole"), err);
		if (c < 0x20)
			return zv_json_token_fail(t, N_("a control character or line break inside quotes"), err);
		if (c == '\\')
			code = take_escape(t, err);
		else
			zv_buf_add_char(&t->text, (char)c);
		if (code != ZV_OK)
			return code;
	}
	if (zv_utf8_check(zv_buf_str(&t->text)) >= 0)
		return zv_json_token_fail(t, N_("a text is not in UTF-8"), err);
	return ZV_OK;
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool is_number(struct zv_str s)
{
	size_t i = s.n > 0 && s.p[0] == '-';
	size_t from = i;

	for (; i < s.n && zv_is_digit(s.p[i]); i++)
		;
	if (i == from || (s.p[from] == '0' && i > from + 1))
		return false;
	if (i < s.n && s.p[i] == '.') {
		for (from = ++i; i < s.n && zv_is_digit(s.p[i]); i++)
			;
		if (i == from)
			return false;
	}
	if (i < s.n && (s.p[i] | 0x20) == 'e') {
		i++;
		i += i < s.n && (s.p[i] == '+' || s.p[i] == '-');
		for (from = i; i < s.n && zv_is_digit(s.p[i]); i++)
			;
		if (i == from)
			return false;
	}
	return i == s.n;
}

/* Letters, digits and signs up to what cannot belong to a word or number. */
static enum zv_code take_word(struct zv_json_tokens *t, struct zv_err *err)
{
	for (;;) {
		int c;
		enum zv_code code = peek(&c, t, err);

		if (code != ZV_OK)
			return code;
		if (c == NOTHING || !(zv_is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '+' || c == '-' || c == '.'))
			return ZV_OK;
		if (t->text.n >= NUMBER_MAX)
			return zv_json_token_fail(t, N_("a number of more than 1000 digits"), err);
		zv_buf_add_char(&t->text, (char)c);
		t->at++;
	}
}

static enum zv_code word(enum zv_json_token *out, struct zv_json_tokens *t, struct zv_err *err)
{
	static const struct {
		const char *word;
		enum zv_json_token token;
	} words[] = {{"true", ZV_JSON_TRUE}, {"false", ZV_JSON_FALSE}, {"null", ZV_JSON_NULL}};
	enum zv_code code = take_word(t, err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < ZV_LEN(words); i++) {
		if (zv_str_eq_c(zv_buf_str(&t->text), words[i].word)) {
			*out = words[i].token;
			return ZV_OK;
		}
	}
	if (!is_number(zv_buf_str(&t->text)))
		return zv_json_token_fail(t, N_("this is not JSON: a value was expected"), err);
	*out = ZV_JSON_NUMBER;
	return ZV_OK;
}

enum zv_code zv_json_token_next(enum zv_json_token *out, struct zv_json_tokens *t, struct zv_err *err)
{
	static const char signs[] = "{}[]:,";
	static const enum zv_json_token tokens[] = {ZV_JSON_OBJECT,    ZV_JSON_OBJECT_END, ZV_JSON_ARRAY,
						    ZV_JSON_ARRAY_END, ZV_JSON_COLON,      ZV_JSON_COMMA};
	const char *sign;
	enum zv_code code;
	int c;

	zv_buf_reset(&t->text);
	do {
		code = take(&c, t, err);
		if (code != ZV_OK)
			return code;
	} while (c == ' ' || c == '\t' || c == '\r' || c == '\n');
	if (c == NOTHING) {
		*out = ZV_JSON_END;
		return ZV_OK;
	}
	if (c == '"') {
		*out = ZV_JSON_STRING;
		return take_string(t, err);
	}
	sign = c > 0 ? strchr(signs, c) : NULL;
	if (sign != NULL) {
		*out = tokens[sign - signs];
		return ZV_OK;
	}
	t->at--; /* the byte just taken is in the buffer still */
	return word(out, t, err);
}
