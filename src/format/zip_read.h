/* The members of a zip file, checked before anything is unpacked (security.md T18). */
#ifndef ZV_FORMAT_ZIP_READ_H
#define ZV_FORMAT_ZIP_READ_H

#include "base/arena.h"
#include "format/source.h"

struct zv_zip_member {
	struct zv_str name;
	uint32_t crc;
	uint16_t method; /* 0 stored, 8 deflated */
	int64_t packed;
	int64_t unpacked;
	int64_t at; /* of the packed bytes in the file */
};

struct zv_zip {
	struct zv_source *source;
	struct zv_zip_member *members;
	size_t n;
	struct zv_arena arena;
};

/*
 * Reads the directory and every local header. They must agree, members must not overlap, be encrypted, have a name twice or
 * a path that leads outside; all budgets of budget.h on members and bytes hold. On failure nothing is left to be freed.
 */
ZV_MUST_CHECK enum zv_code zv_zip_open(struct zv_zip *zip, struct zv_source *source, struct zv_err *err);
void zv_zip_close(struct zv_zip *zip);

/* NULL when there is none. Case counts not, as in Excel. */
const struct zv_zip_member *zv_zip_find(const struct zv_zip *zip, struct zv_str name);

/* One member unpacked; its length and checksum must be as stated. */
struct zv_zip_stream;

ZV_MUST_CHECK enum zv_code zv_zip_stream_open(struct zv_zip_stream **out, struct zv_zip *zip,
					      const struct zv_zip_member *member, struct zv_err *err);
struct zv_stream *zv_zip_stream_bytes(struct zv_zip_stream *stream);
void zv_zip_stream_close(struct zv_zip_stream *stream);

#endif
