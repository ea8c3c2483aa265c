/* JSON out: the state is the depth and whether a comma is due. Misuse is our own mistake, hence the asserts. */
#include "format/json_write.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

void zv_json_init(struct zv_json *json, struct zv_out *out)
{
	*json = (struct zv_json){.out = out};
}

static void before_value(struct zv_json *json)
{
	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (json->depth > 0 && json->filled[json->depth])
		zv_out_char(json->out, ',');
	json->filled[json->depth] = true;
}

static void open(struct zv_json *json, char c)
{
	assert(json->depth < ZV_JSON_DEPTH_MAX);
	before_value(json);
	zv_out_char(json->out, c);
	json->filled[++json->depth] = false;
}

static void shut(struct zv_json *json, char c)
{
	assert(json->depth > 0 && !json->after_key);
	json->depth--;
	zv_out_char(json->out, c);
}

void zv_json_object(struct zv_json *json)
{
	open(json, '{');
}

void zv_json_array(struct zv_json *json)
{
	open(json, '[');
}

void zv_json_end_object(struct zv_json *json)
{
	shut(json, '}');
}

void zv_json_end_array(struct zv_json *json)
{
	shut(json, ']');
}

/* How a character must be written; NULL when it may stand as it is. */
static const char *escape_of(char room[8], uint32_t c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		break;
	}
	if (c >= 0x20 && c != '<' && c != 0x7f && c != 0x2028 && c != 0x2029)
		return NULL;
	(void)snprintf(room, 8, "\\u%04x", c & 0xffffu);
	return room;
}

/* The high bit of each of eight bytes that does not stand for itself. */
static uint64_t odd_bytes(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	uint64_t w, quote, slash, less, del;

	memcpy(&w, p, sizeof(w));
	quote = w ^ ones * '"';
	slash = w ^ ones * '\\';
	less = w ^ ones * '<';
	del = w ^ ones * 0x7f;
	return (w | (w - ones * ' ') | (quote - ones) | (slash - ones) | (less - ones) | (del - ones)) & highs;
}

/* Past what stands for itself, most of every text: ASCII but a few, and whole characters of two bytes (Cyrillic among them). */
static const char *skip_plain(const char *p, const char *end)
{
	while (end - p >= 8 && odd_bytes(p) == 0)
		p += 8;
	while (p < end) {
		unsigned char c = (unsigned char)*p;

		if (c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<')
			p++;
		else if (c >= 0xc2 && c <= 0xdf && end - p >= 2 && ((unsigned char)p[1] & 0xc0) == 0x80)
			p += 2;
		else
			break;
	}
	return p;
}

static void quoted(struct zv_out *out, struct zv_str s)
{
	const char *end = s.p + s.n;
	const char *plain = s.p; /* start of what has not been written yet and needs no escape */
	const char *at = s.n > 0 ? skip_plain(s.p, end) : end;

	zv_out_char(out, '"');
	while (at < end) {
		struct zv_str rest = {at, (size_t)(end - at)};
		char room[8];
		const char *escaped;
		uint32_t c;

		(void)zv_utf8_next(&c, &rest);
		escaped = escape_of(room, c);
		if (escaped == NULL && c == 0xfffd && rest.p == at + 1) /* a bad byte, not the character itself */
			escaped = "\xef\xbf\xbd";
		if (escaped != NULL) {
			zv_out_add(out, plain, (size_t)(at - plain));
			zv_out_c(out, escaped);
			plain = rest.p;
		}
		at = skip_plain(rest.p, end);
	}
	if (s.n > 0)
		zv_out_add(out, plain, (size_t)(end - plain));
	zv_out_char(out, '"');
}

void zv_json_key(struct zv_json *json, const char *key)
{
	assert(json->depth > 0 && !json->after_key);
	before_value(json);
	quoted(json->out, zv_str_c(key));
	zv_out_char(json->out, ':');
	json->after_key = true;
}

void zv_json_str(struct zv_json *json, struct zv_str s)
{
	before_value(json);
	quoted(json->out, s);
}

void zv_json_c(struct zv_json *json, const char *s)
{
	if (s == NULL)
		zv_json_null(json);
	else
		zv_json_str(json, zv_str_c(s));
}

void zv_json_int(struct zv_json *json, int64_t value)
{
	char text[24];
	char *at = text + sizeof(text);
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	before_value(json);
	do
		*--at = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (value < 0)
		*--at = '-';
	zv_out_add(json->out, at, (size_t)(text + sizeof(text) - at));
}

void zv_json_decimal(struct zv_json *json, int64_t value, int decimals)
{
	char text[ZV_DECIMAL_TEXT];

	before_value(json);
	zv_decimal_format(text, value, decimals, 0, true);
	zv_out_c(json->out, text);
}

void zv_json_bool(struct zv_json *json, bool value)
{
	before_value(json);
	zv_out_c(json->out, value ? "true" : "false");
}

void zv_json_null(struct zv_json *json)
{
	before_value(json);
	zv_out_c(json->out, "null");
}

void zv_json_raw(struct zv_json *json, struct zv_str text)
{
	before_value(json);
	zv_out_str(json->out, text);
}

void zv_json_key_str(struct zv_json *json, const char *key, struct zv_str s)
{
	zv_json_key(json, key);
	zv_json_str(json, s);
}

void zv_json_key_c(struct zv_json *json, const char *key, const char *s)
{
	zv_json_key(json, key);
	zv_json_c(json, s);
}

void zv_json_key_int(struct zv_json *json, const char *key, int64_t value)
{
	zv_json_key(json, key);
	zv_json_int(json, value);
}

void zv_json_key_decimal(struct zv_json *json, const char *key, int64_t value, int decimals)
{
	zv_json_key(json, key);
	zv_json_decimal(json, value, decimals);
}

void zv_json_key_bool(struct zv_json *json, const char *key, bool value)
{
	zv_json_key(json, key);
	zv_json_bool(json, value);
}

void zv_json_newline(struct zv_json *json)
{
	assert(json->depth == 0);
	zv_out_char(json->out, '\n');
}
