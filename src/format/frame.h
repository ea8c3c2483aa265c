/* What travels through the pipe from the child that parses to the process that asked. The reading side trusts nothing. */
#ifndef ZV_FORMAT_FRAME_H
#define ZV_FORMAT_FRAME_H

#include "base/buf.h"
#include "format/rows.h"

enum zv_frame_kind { ZV_FRAME_ROW = 1, ZV_FRAME_INFO, ZV_FRAME_ERROR, ZV_FRAME_END };

/* The child's side: frames gather into large blocks. */
struct zv_frame_writer {
	int fd;
	struct zv_buf buf;
};

void zv_frame_writer_init(struct zv_frame_writer *writer, int fd);
void zv_frame_writer_done(struct zv_frame_writer *writer);
ZV_MUST_CHECK enum zv_code zv_frame_row(struct zv_frame_writer *writer, const struct zv_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_frame_info(struct zv_frame_writer *writer, const struct zv_rows_info *info, struct zv_err *err);

/* The last frame; both also send what waits. */
void zv_frame_error(struct zv_frame_writer *writer, const struct zv_err *failure);
void zv_frame_end(struct zv_frame_writer *writer);

/* The other side. */
struct zv_frame_reader {
	int fd;
	char *buf;
	size_t cap;
	size_t at;
	size_t end;
	struct zv_str *cells; /* of the row given last */
	bool (*alive)(void *context); /* asked about each second in which nothing came: false ends the reading; NULL: it waits on */
	void *context;
};

struct zv_frame {
	enum zv_frame_kind kind;
	struct zv_row row; /* borrowed until the next call */
	struct zv_rows_info info;
	struct zv_err failure;
};

void zv_frame_reader_init(struct zv_frame_reader *reader, int fd);

/* Begins with the first frame of another pipe; what was left of the one before is dropped. Neither pipe is closed here. */
void zv_frame_reader_follow(struct zv_frame_reader *reader, int fd);
void zv_frame_reader_done(struct zv_frame_reader *reader);

/* False when the pipe has ended, or brought what no honest child sends. */
bool zv_frame_next(struct zv_frame *frame, struct zv_frame_reader *reader);

#endif
