/* Encodings of text files: eight-bit Cyrillic ones by table, and UTF-16. */
#ifndef ZV_FORMAT_CHARSET_H
#define ZV_FORMAT_CHARSET_H

#include "base/buf.h"
#include "format/stream.h"

enum zv_charset {
	ZV_CHARSET_UNKNOWN,
	ZV_CHARSET_UTF8,
	ZV_CHARSET_WINDOWS_1251,
	ZV_CHARSET_KOI8_R,
	ZV_CHARSET_IBM866,
	ZV_CHARSET_UTF16LE,
	ZV_CHARSET_UTF16BE
};

/* "windows-1251", "cp1251", "UTF8" ...; ZV_CHARSET_UNKNOWN when the name is not known. */
enum zv_charset zv_charset_find(const char *name);

/* The name that is shown. */
const char *zv_charset_name(enum zv_charset charset);

/* Code points of the bytes 0x80..0xff, 0 where there is none; NULL unless the charset has eight bits. */
const uint16_t *zv_charset_high(enum zv_charset charset);

/* Appends `bytes` in UTF-8. Position of the first byte without a meaning, or -1. Eight-bit charsets only. */
ptrdiff_t zv_charset_decode(struct zv_buf *out, enum zv_charset charset, struct zv_str bytes);

/* What a byte order mark at the start says, and its length; ZV_CHARSET_UNKNOWN when there is none. */
enum zv_charset zv_charset_mark(size_t *n, struct zv_str head);

/* UTF-16 made UTF-8. A lone surrogate or half a character is ZV_E_INVALID with its line. `in` stays the caller's. */
struct zv_utf16_stream {
	struct zv_stream stream;
	struct zv_stream *in;
	bool big;
	bool end;
	int64_t line;
	char units[4096]; /* not yet converted */
	size_t n_units;   /* bytes */
	char ready[4096 / 2 * 3 + 8];
	size_t n_ready;
	size_t ready_at;
};

void zv_utf16_stream_init(struct zv_utf16_stream *utf16, struct zv_stream *in, bool big);

#endif
