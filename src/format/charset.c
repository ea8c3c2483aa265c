/* Tables of the Cyrillic eight-bit encodings (from the Unicode mapping files) and the conversion of UTF-16. */
#include "format/charset.h"

#include <string.h>

#include "base/utf8.h"

static const uint16_t windows1251[128] = {
	0x0402, 0x0403, 0x201a, 0x0453, 0x201e, 0x2026, 0x2020, 0x2021,
	0x20ac, 0x2030, 0x0409, 0x2039, 0x040a, 0x040c, 0x040b, 0x040f,
	0x0452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x0000, 0x2122, 0x0459, 0x203a, 0x045a, 0x045c, 0x045b, 0x045f,
	0x00a0, 0x040e, 0x045e, 0x0408, 0x00a4, 0x0490, 0x00a6, 0x00a7,
	0x0401, 0x00a9, 0x0404, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x0407,
	0x00b0, 0x00b1, 0x0406, 0x0456, 0x0491, 0x00b5, 0x00b6, 0x00b7,
	0x0451, 0x2116, 0x0454, 0x00bb, 0x0458, 0x0405, 0x0455, 0x0457,
	0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
	0x0418, 0x0419, 0x041a, 0x041b, 0x041c, 0x041d, 0x041e, 0x041f,
	0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
	0x0428, 0x0429, 0x042a, 0x042b, 0x042c, 0x042d, 0x042e, 0x042f,
	0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
	0x0438, 0x0439, 0x043a, 0x043b, 0x043c, 0x043d, 0x043e, 0x043f,
	0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
	0x0448, 0x0449, 0x044a, 0x044b, 0x044c, 0x044d, 0x044e, 0x044f,
};

static const uint16_t koi8r[128] = {
	0x2500, 0x2502, 0x250c, 0x2510, 0x2514, 0x2518, 0x251c, 0x2524,
	0x252c, 0x2534, 0x253c, 0x2580, 0x2584, 0x2588, 0x258c, 0x2590,
	0x2591, 0x2592, 0x2593, 0x2320, 0x25a0, 0x2219, 0x221a, 0x2248,
	0x2264, 0x2265, 0x00a0, 0x2321, 0x00b0, 0x00b2, 0x00b7, 0x00f7,
	0x2550, 0x2551, 0x2552, 0x0451, 0x2553, 0x2554, 0x2555, 0x2556,
	0x2557, 0x2558, 0x2559, 0x255a, 0x255b, 0x255c, 0x255d, 0x255e,
	0x255f, 0x2560, 0x2561, 0x0401, 0x2562, 0x2563, 0x2564, 0x2565,
	0x2566, 0x2567, 0x2568, 0x2569, 0x256a, 0x256b, 0x256c, 0x00a9,
	0x044e, 0x0430, 0x0431, 0x0446, 0x0434, 0x0435, 0x0444, 0x0433,
	0x0445, 0x0438, 0x0439, 0x043a, 0x043b, 0x043c, 0x043d, 0x043e,
	0x043f, 0x044f, 0x0440, 0x0441, 0x0442, 0x0443, 0x0436, 0x0432,
	0x044c, 0x044b, 0x0437, 0x0448, 0x044d, 0x0449, 0x0447, 0x044a,
	0x042e, 0x0410, 0x0411, 0x0426, 0x0414, 0x0415, 0x0424, 0x0413,
	0x0425, 0x0418, 0x0419, 0x041a, 0x041b, 0x041c, 0x041d, 0x041e,
	0x041f, 0x042f, 0x0420, 0x0421, 0x0422, 0x0423, 0x0416, 0x0412,
	0x042c, 0x042b, 0x0417, 0x0428, 0x042d, 0x0429, 0x0427, 0x042a,
};

static const uint16_t ibm866[128] = {
	0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
	0x0418, 0x0419, 0x041a, 0x041b, 0x041c, 0x041d, 0x041e, 0x041f,
	0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
	0x0428, 0x0429, 0x042a, 0x042b, 0x042c, 0x042d, 0x042e, 0x042f,
	0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
	0x0438, 0x0439, 0x043a, 0x043b, 0x043c, 0x043d, 0x043e, 0x043f,
	0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556,
	0x2555, 0x2563, 0x2551, 0x2557, 0x255d, 0x255c, 0x255b, 0x2510,
	0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f,
	0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x2567,
	0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256b,
	0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580,
	0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
	0x0448, 0x0449, 0x044a, 0x044b, 0x044c, 0x044d, 0x044e, 0x044f,
	0x0401, 0x0451, 0x0404, 0x0454, 0x0407, 0x0457, 0x040e, 0x045e,
	0x00b0, 0x2219, 0x00b7, 0x221a, 0x2116, 0x00a4, 0x25a0, 0x00a0,
};

static const struct {
	const char *name; /* as shown first */
	enum zv_charset charset;
} names[] = {
	{"utf-8", ZV_CHARSET_UTF8},
	{"utf8", ZV_CHARSET_UTF8},
	{"windows-1251", ZV_CHARSET_WINDOWS_1251},
	{"windows1251", ZV_CHARSET_WINDOWS_1251},
	{"cp1251", ZV_CHARSET_WINDOWS_1251},
	{"cp-1251", ZV_CHARSET_WINDOWS_1251},
	{"win-1251", ZV_CHARSET_WINDOWS_1251},
	{"win1251", ZV_CHARSET_WINDOWS_1251},
	{"1251", ZV_CHARSET_WINDOWS_1251},
	{"koi8-r", ZV_CHARSET_KOI8_R},
	{"koi8r", ZV_CHARSET_KOI8_R},
	{"ibm866", ZV_CHARSET_IBM866},
	{"cp866", ZV_CHARSET_IBM866},
	{"866", ZV_CHARSET_IBM866},
	{"utf-16le", ZV_CHARSET_UTF16LE},
	{"utf-16", ZV_CHARSET_UTF16LE},
	{"utf16", ZV_CHARSET_UTF16LE},
	{"utf-16be", ZV_CHARSET_UTF16BE},
};

enum zv_charset zv_charset_find(const char *name)
{
	for (size_t i = 0; i < ZV_LEN(names); i++) {
		if (zv_str_eq_nocase(zv_str_c(names[i].name), zv_str_c(name)))
			return names[i].charset;
	}
	return ZV_CHARSET_UNKNOWN;
}

const char *zv_charset_name(enum zv_charset charset)
{
	for (size_t i = 0; i < ZV_LEN(names); i++) {
		if (names[i].charset == charset)
			return names[i].name;
	}
	return "";
}

const uint16_t *zv_charset_high(enum zv_charset charset)
{
	switch (charset) {
	case ZV_CHARSET_WINDOWS_1251:
		return windows1251;
	case ZV_CHARSET_KOI8_R:
		return koi8r;
	case ZV_CHARSET_IBM866:
		return ibm866;
	default:
		return NULL;
	}
}

ptrdiff_t zv_charset_decode(struct zv_buf *out, enum zv_charset charset, struct zv_str bytes)
{
	const uint16_t *high = zv_charset_high(charset);
	char *to = zv_buf_reserve(out, bytes.n * 3);
	size_t n = 0;

	assert(high != NULL);
	if (to == NULL)
		return 0;
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c < 0x80) {
			to[n++] = (char)c;
			continue;
		}
		if (high[c - 0x80] == 0)
			return (ptrdiff_t)i;
		n += zv_utf8_encode(to + n, high[c - 0x80]);
	}
	out->n += n;
	return -1;
}

enum zv_charset zv_charset_mark(size_t *n, struct zv_str head)
{
	*n = 2;
	if (zv_str_starts(head, ZV_STR("\xff\xfe")))
		return ZV_CHARSET_UTF16LE;
	if (zv_str_starts(head, ZV_STR("\xfe\xff")))
		return ZV_CHARSET_UTF16BE;
	*n = 3;
	if (zv_str_starts(head, ZV_STR("\xef\xbb\xbf")))
		return ZV_CHARSET_UTF8;
	*n = 0;
	return ZV_CHARSET_UNKNOWN;
}

static uint32_t unit_at(const struct zv_utf16_stream *u, size_t at)
{
	uint32_t a = (unsigned char)u->units[at];
	uint32_t b = (unsigned char)u->units[at + 1];

	return u->big ? a << 8 | b : b << 8 | a;
}

/* Converts what is whole in `units` and keeps the rest. */
static enum zv_code convert(struct zv_utf16_stream *u, struct zv_err *err)
{
	size_t at = 0;

	u->n_ready = 0;
	u->ready_at = 0;
	while (at + 2 <= u->n_units) {
		uint32_t c = unit_at(u, at);
		size_t used = 2;

		if (c >= 0xd800 && c < 0xe000) {
			uint32_t low = at + 4 <= u->n_units ? unit_at(u, at + 2) : 0;

			if (at + 4 > u->n_units && !u->end && c < 0xdc00)
				break;
			if (c >= 0xdc00 || low < 0xdc00 || low > 0xdfff)
				return zv_fail(err, ZV_E_INVALID, NULL,
					       N_("Line %lld: half of a UTF-16 character without the other half; the file is damaged."),
					       (long long)u->line);
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			used = 4;
		}
		u->line += c == '\n';
		u->n_ready += zv_utf8_encode(u->ready + u->n_ready, c);
		at += used;
	}
	memmove(u->units, u->units + at, u->n_units - at);
	u->n_units -= at;
	if (u->end && u->n_units > 0)
		return zv_fail(err, ZV_E_INVALID, NULL, N_("The UTF-16 text ends in the middle of a character; it was not copied whole."));
	return ZV_OK;
}

static enum zv_code utf16_read(size_t *got, struct zv_stream *self, char *p, size_t n, struct zv_err *err)
{
	struct zv_utf16_stream *u = (struct zv_utf16_stream *)self;
	size_t have = 0;

	while (have < n) {
		size_t take = u->n_ready - u->ready_at < n - have ? u->n_ready - u->ready_at : n - have;
		size_t more;
		enum zv_code code;

		memcpy(p + have, u->ready + u->ready_at, take);
		u->ready_at += take;
		have += take;
		if (have == n || (u->end && u->ready_at == u->n_ready))
			break;
		code = zv_stream_read(&more, u->in, u->units + u->n_units, sizeof(u->units) - u->n_units, err);
		if (code == ZV_OK) {
			u->end = more < sizeof(u->units) - u->n_units;
			u->n_units += more;
			code = convert(u, err);
		}
		if (code != ZV_OK)
			return code;
	}
	*got = have;
	return ZV_OK;
}

void zv_utf16_stream_init(struct zv_utf16_stream *u, struct zv_stream *in, bool big)
{
	u->stream = (struct zv_stream){utf16_read};
	u->in = in;
	u->big = big;
	u->end = false;
	u->line = 1;
	u->n_units = u->n_ready = u->ready_at = 0;
}
