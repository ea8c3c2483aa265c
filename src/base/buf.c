/* Growing bytes. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void zv_buf_init(struct zv_buf *buf, size_t max)
{
	*buf = (struct zv_buf){.max = max};
}

void zv_buf_done(struct zv_buf *buf)
{
	free(buf->p);
	zv_buf_init(buf, buf->max);
}

void zv_buf_reset(struct zv_buf *buf)
{
	buf->n = 0;
	buf->full = false;
}

char *zv_buf_reserve(struct zv_buf *buf, size_t n)
{
	if (buf->max != 0 && n > buf->max - buf->n) {
		buf->full = true;
		return NULL;
	}
	if (n > SIZE_MAX / 2 - buf->n)
		return zv_alloc(SIZE_MAX); /* ends the process */
	if (buf->n + n >= buf->cap) {
		buf->cap = buf->cap * 2 > buf->n + n + 1 ? buf->cap * 2 : buf->n + n + 64;
		buf->p = zv_realloc(buf->p, buf->cap);
	}
	return buf->p + buf->n;
}

void zv_buf_add_growing(struct zv_buf *buf, const void *p, size_t n)
{
	char *to = zv_buf_reserve(buf, n);

	if (to == NULL || n == 0)
		return;
	memcpy(to, p, n);
	buf->n += n;
}

void zv_buf_add_str(struct zv_buf *buf, struct zv_str s)
{
	zv_buf_add(buf, s.p, s.n);
}

void zv_buf_add_c(struct zv_buf *buf, const char *s)
{
	zv_buf_add(buf, s, strlen(s));
}

void zv_buf_add_char(struct zv_buf *buf, char c)
{
	zv_buf_add(buf, &c, 1);
}

void zv_buf_add_utf8(struct zv_buf *buf, uint32_t code_point)
{
	char bytes[4];

	zv_buf_add(buf, bytes, zv_utf8_encode(bytes, code_point));
}

void zv_buf_addf(struct zv_buf *buf, const char *format, ...)
{
	va_list args;
	char *to;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return;
	to = zv_buf_reserve(buf, (size_t)n);
	if (to == NULL)
		return;
	va_start(args, format);
	(void)vsnprintf(to, (size_t)n + 1, format, args);
	va_end(args);
	buf->n += (size_t)n;
}

struct zv_str zv_buf_str(const struct zv_buf *buf)
{
	return (struct zv_str){buf->p, buf->n};
}

const char *zv_buf_c(struct zv_buf *buf)
{
	if (buf->n >= buf->cap) {
		buf->cap = buf->n + 64;
		buf->p = zv_realloc(buf->p, buf->cap);
	}
	buf->p[buf->n] = '\0';
	return buf->p;
}
