/* The bytes of a file, or of memory, with gzip taken off. */
#ifndef ZV_FORMAT_SOURCE_H
#define ZV_FORMAT_SOURCE_H

#include "format/stream.h"

struct zv_gunzip;

struct zv_source {
	struct zv_stream stream; /* the unpacked bytes */
	int fd;                  /* -1: `mem` */
	struct zv_str mem;
	size_t mem_at;
	int64_t size; /* of the file; -1: cannot seek */
	int64_t raw;  /* bytes read */
	int64_t out;  /* bytes given out */
	char *head;   /* the first bytes, read to look at */
	size_t head_n;
	size_t head_at;
	struct zv_gunzip *gunzip; /* NULL: plain */
};

enum { ZV_SOURCE_HEAD = 64 * 1024 };

/* `fd` and `mem` stay the caller's. */
void zv_source_init_fd(struct zv_source *source, int fd);
void zv_source_init_mem(struct zv_source *source, struct zv_str mem);
void zv_source_done(struct zv_source *source);

/* Reads the beginning and recognises gzip. */
ZV_MUST_CHECK enum zv_code zv_source_start(struct zv_source *source, struct zv_err *err);

/* The first bytes (unpacked), up to ZV_SOURCE_HEAD; they will still be read. Borrowed until the first read. */
struct zv_str zv_source_head(const struct zv_source *source);

/* Exactly n bytes of the file as it is, from `at`. ZV_E_INVALID past the end; ZV_E_UNSUPPORTED when it cannot seek. */
ZV_MUST_CHECK enum zv_code zv_source_at(struct zv_source *source, int64_t at, void *p, size_t n, struct zv_err *err);

#endif
