/* Bytes that come one after another: a file, a member of a zip, a converted text, memory. Embedded as the first member. */
#ifndef ZV_FORMAT_STREAM_H
#define ZV_FORMAT_STREAM_H

#include "base/err.h"
#include "base/str.h"

struct zv_stream {
	/* Fills up to n bytes; fewer only at the end. */
	enum zv_code (*read)(size_t *got, struct zv_stream *self, char *p, size_t n, struct zv_err *err);
};

ZV_MUST_CHECK static inline enum zv_code zv_stream_read(size_t *got, struct zv_stream *s, char *p, size_t n,
							struct zv_err *err)
{
	return s->read(got, s, p, n, err);
}

struct zv_memory_stream {
	struct zv_stream stream;
	struct zv_str rest;
};

/* The bytes stay the caller's. */
void zv_memory_stream_init(struct zv_memory_stream *memory, struct zv_str bytes);

#endif
