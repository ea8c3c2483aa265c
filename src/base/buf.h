/* Bytes that grow, up to a limit said at the start. */
#ifndef ZV_BASE_BUF_H
#define ZV_BASE_BUF_H

#include <string.h>

#include "base/str.h"

struct zv_buf {
	char *p;
	size_t n;
	size_t cap;
	size_t max; /* 0: no limit */
	bool full;  /* something did not fit and was left out */
};

void zv_buf_init(struct zv_buf *buf, size_t max);
void zv_buf_done(struct zv_buf *buf);
void zv_buf_reset(struct zv_buf *buf);

/* Past the limit nothing is added and `full` is set. */
void zv_buf_add_growing(struct zv_buf *buf, const void *p, size_t n);
static inline void zv_buf_add(struct zv_buf *buf, const void *p, size_t n)
{
	/* Inline, because answers are put together from very many short pieces. */
	if (n > 0 && n < buf->cap - buf->n && (buf->max == 0 || n <= buf->max - buf->n)) {
		memcpy(buf->p + buf->n, p, n);
		buf->n += n;
		return;
	}
	zv_buf_add_growing(buf, p, n);
}
void zv_buf_add_str(struct zv_buf *buf, struct zv_str s);
void zv_buf_add_c(struct zv_buf *buf, const char *s);
void zv_buf_add_char(struct zv_buf *buf, char c);
void zv_buf_add_utf8(struct zv_buf *buf, uint32_t code_point);
void zv_buf_addf(struct zv_buf *buf, const char *format, ...) ZV_PRINTF(2, 3);

/* Room for n more bytes at the end, to be filled by the caller who then adds to `n`; NULL past the limit. */
char *zv_buf_reserve(struct zv_buf *buf, size_t n);

/* Borrowed until the next change. */
struct zv_str zv_buf_str(const struct zv_buf *buf);

/* NUL-ended and borrowed until the next change. */
const char *zv_buf_c(struct zv_buf *buf);

#endif
