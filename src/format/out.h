/* Where the writers put their bytes: a file, with a buffer before it, or a buffer alone. */
#ifndef ZV_FORMAT_OUT_H
#define ZV_FORMAT_OUT_H

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

struct zv_out {
	struct zv_buf buf;
	FILE *file; /* NULL: everything stays in `buf` */
	int failed; /* errno of the first write that failed */
};

/* `file` stays the caller's and may be NULL. `max` bounds what is kept in the buffer when there is no file; 0: no bound. */
void zv_out_init(struct zv_out *out, FILE *file, size_t max);
void zv_out_done(struct zv_out *out);

enum { ZV_OUT_BLOCK = 64 * 1024 };
void zv_out_full(struct zv_out *out); /* writes what waits */
static inline void zv_out_add(struct zv_out *out, const void *p, size_t n)
{
	zv_buf_add(&out->buf, p, n);
	if (out->file != NULL && out->buf.n >= ZV_OUT_BLOCK)
		zv_out_full(out);
}
static inline void zv_out_char(struct zv_out *out, char c)
{
	zv_out_add(out, &c, 1);
}
void zv_out_str(struct zv_out *out, struct zv_str s);
void zv_out_c(struct zv_out *out, const char *s);

/* Writes what waits and says whether everything since the start arrived. ZV_E_IO (full disk, closed pipe), ZV_E_LIMIT. */
ZV_MUST_CHECK enum zv_code zv_out_flush(struct zv_out *out, struct zv_err *err);

/* What a writer without a file has gathered. Borrowed until the next change. */
struct zv_str zv_out_text(const struct zv_out *out);

#endif
