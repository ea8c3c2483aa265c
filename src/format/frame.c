/*
 * A frame is a header {u32 kind, u32 length} and its payload. A row: i64 line, i32 fault column, u32 cells, u32 length of the
 * fault, u32 length of each cell, the fault, the cells. Numbers are in the order of this machine.
 */
#include "format/frame.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "format/budget.h"

enum { SILENCE_MS = 1000 };
enum {
	BLOCK = 256 * 1024,
	HEADER = 8,
	ROW_HEADER = 20,
	FAULT_MAX = 64,
	PAYLOAD_MAX = ROW_HEADER + FAULT_MAX + 4 * ZV_LIMIT_COLUMNS + ZV_LIMIT_ROW,
};

void zv_frame_writer_init(struct zv_frame_writer *writer, int fd)
{
	writer->fd = fd;
	zv_buf_init(&writer->buf, 0);
}

void zv_frame_writer_done(struct zv_frame_writer *writer)
{
	zv_buf_done(&writer->buf);
}

static bool send(struct zv_frame_writer *writer)
{
	const char *p = writer->buf.p;
	size_t left = writer->buf.n;

	while (left > 0) {
		ssize_t n = write(writer->fd, p, left);

		if (n < 0 && errno != EINTR)
			return false;
		p += n > 0 ? n : 0;
		left -= n > 0 ? (size_t)n : 0;
	}
	zv_buf_reset(&writer->buf);
	return true;
}

static void add_u32(struct zv_buf *buf, size_t value)
{
	uint32_t v = (uint32_t)value;

	zv_buf_add(buf, &v, sizeof(v));
}

static enum zv_code send_full(struct zv_frame_writer *writer, struct zv_err *err)
{
	if (writer->buf.n >= BLOCK && !send(writer))
		return zv_fail(err, ZV_E_IO, NULL, N_("Nobody reads the rows any more."));
	return ZV_OK;
}

enum zv_code zv_frame_row(struct zv_frame_writer *writer, const struct zv_row *row, struct zv_err *err)
{
	struct zv_str fault = zv_str_first(row->fault, FAULT_MAX);
	size_t length = ROW_HEADER + fault.n + 4 * row->n;
	char *p;

	for (size_t i = 0; i < row->n; i++)
		length += row->cells[i].n;
	add_u32(&writer->buf, ZV_FRAME_ROW);
	add_u32(&writer->buf, length);
	zv_buf_add(&writer->buf, &row->line, sizeof(row->line));
	zv_buf_add(&writer->buf, &row->fault_column, sizeof(row->fault_column));
	add_u32(&writer->buf, row->n);
	add_u32(&writer->buf, fault.n);
	p = zv_buf_reserve(&writer->buf, length);
	for (size_t i = 0; i < row->n; i++) {
		uint32_t n = (uint32_t)row->cells[i].n;

		memcpy(p, &n, sizeof(n));
		p += sizeof(n);
	}
	if (fault.n > 0)
		memcpy(p, fault.p, fault.n);
	p += fault.n;
	for (size_t i = 0; i < row->n; i++) {
		if (row->cells[i].n > 0)
			memcpy(p, row->cells[i].p, row->cells[i].n);
		p += row->cells[i].n;
	}
	writer->buf.n = (size_t)(p - writer->buf.p);
	return send_full(writer, err);
}

enum zv_code zv_frame_info(struct zv_frame_writer *writer, const struct zv_rows_info *info, struct zv_err *err)
{
	add_u32(&writer->buf, ZV_FRAME_INFO);
	add_u32(&writer->buf, sizeof(*info));
	zv_buf_add(&writer->buf, info, sizeof(*info));
	return send_full(writer, err);
}

/* Payload: struct zv_err without its pointer, and the msgid in its place. */
void zv_frame_error(struct zv_frame_writer *writer, const struct zv_err *failure)
{
	const char *msgid = failure->msgid != NULL ? failure->msgid : "";
	struct zv_err copy = *failure;

	copy.msgid = NULL;
	add_u32(&writer->buf, ZV_FRAME_ERROR);
	add_u32(&writer->buf, sizeof(copy) + strlen(msgid));
	zv_buf_add(&writer->buf, &copy, sizeof(copy));
	zv_buf_add_c(&writer->buf, msgid);
	(void)send(writer);
}

void zv_frame_end(struct zv_frame_writer *writer)
{
	add_u32(&writer->buf, ZV_FRAME_END);
	add_u32(&writer->buf, 0);
	(void)send(writer);
}

void zv_frame_reader_init(struct zv_frame_reader *reader, int fd)
{
	*reader = (struct zv_frame_reader){.fd = fd, .cap = BLOCK};
	reader->buf = zv_alloc(reader->cap);
	reader->cells = zv_calloc(ZV_LIMIT_COLUMNS, sizeof(*reader->cells));
}

void zv_frame_reader_follow(struct zv_frame_reader *reader, int fd)
{
	reader->fd = fd;
	reader->at = 0;
	reader->end = 0;
}

void zv_frame_reader_done(struct zv_frame_reader *reader)
{
	free(reader->cells);
	free(reader->buf);
	reader->cells = NULL;
	reader->buf = NULL;
}

/* True when n bytes stand at `at`. */
static bool need(struct zv_frame_reader *r, size_t n)
{
	if (r->end - r->at >= n)
		return true;
	memmove(r->buf, r->buf + r->at, r->end - r->at);
	r->end -= r->at;
	r->at = 0;
	if (n > r->cap) {
		r->cap = n;
		r->buf = zv_realloc(r->buf, r->cap);
	}
	while (r->end < n) {
		struct pollfd wait = {.fd = r->fd, .events = POLLIN};
		ssize_t got;

		if (r->alive != NULL && poll(&wait, 1, SILENCE_MS) == 0) {
			if (!r->alive(r->context))
				return false;
			continue;
		}
		got = read(r->fd, r->buf + r->end, r->cap - r->end);

		if (got == 0 || (got < 0 && errno != EINTR))
			return false;
		r->end += got > 0 ? (size_t)got : 0;
	}
	return true;
}

static uint32_t u32_at(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Text that is UTF-8 as a whole and has no cell that begins inside a character is UTF-8 in every cell. */
static bool read_row(struct zv_row *row, struct zv_frame_reader *r, const char *p, size_t n)
{
	size_t fault;
	const char *text;
	size_t left;

	if (n < ROW_HEADER)
		return false;
	memcpy(&row->line, p, sizeof(row->line));
	memcpy(&row->fault_column, p + 8, sizeof(row->fault_column));
	row->n = u32_at(p + 12);
	fault = u32_at(p + 16);
	if (row->n > ZV_LIMIT_COLUMNS || fault > FAULT_MAX || n - ROW_HEADER < 4 * row->n + fault || row->fault_column < -1 ||
	    row->fault_column >= (int64_t)row->n)
		return false;
	text = p + ROW_HEADER + 4 * row->n;
	left = n - ROW_HEADER - 4 * row->n - fault;
	row->fault = (struct zv_str){text, fault};
	text += fault;
	if (zv_utf8_check(row->fault) >= 0 || zv_utf8_check((struct zv_str){text, left}) >= 0 ||
	    (left > 0 && memchr(text, '\0', left) != NULL))
		return false;
	for (size_t i = 0; i < row->n; i++) {
		size_t length = u32_at(p + ROW_HEADER + 4 * i);

		if (length > left || length > ZV_LIMIT_FIELD || (length > 0 && ((unsigned char)text[0] & 0xc0) == 0x80))
			return false;
		r->cells[i] = (struct zv_str){text, length};
		text += length;
		left -= length;
	}
	row->cells = r->cells;
	return left == 0;
}

static bool read_info(struct zv_rows_info *info, const char *p, size_t n)
{
	unsigned char gzip;

	if (n != sizeof(*info))
		return false;
	gzip = (unsigned char)p[offsetof(struct zv_rows_info, gzip)];
	if (gzip > 1) /* any other value in a bool is undefined */
		return false;
	memcpy(info, p, sizeof(*info));
	info->encoding[sizeof(info->encoding) - 1] = '\0';
	info->sheet[sizeof(info->sheet) - 1] = '\0';
	return info->type >= ZV_FILE_AUTO && info->type <= ZV_FILE_JSON && info->encoding_source >= ZV_ENCODING_ASSUMED &&
	       info->encoding_source <= ZV_ENCODING_LETTERS && info->bytes >= 0 && (unsigned char)info->separator < 0x80 &&
	       zv_utf8_check(zv_str_c(info->encoding)) < 0 && zv_utf8_check(zv_str_c(info->sheet)) < 0;
}

/*
 * err->msgid must outlive everything. The messages of the parsers are few; each is kept once. Past the limit, which only a
 * child gone wrong reaches, they share one name.
 */
static const char *keep_msgid(struct zv_str msgid)
{
	enum { KEPT_MAX = 160, LENGTH_MAX = 400 };
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* not taken in the child, which may be forked while another thread has it */
	static char *kept[KEPT_MAX];
	const char *found;
	size_t i;

	(void)pthread_mutex_lock(&lock);
	for (i = 0; i < KEPT_MAX && kept[i] != NULL && !zv_str_eq_c(msgid, kept[i]); i++)
		;
	if (i < KEPT_MAX && kept[i] == NULL && msgid.n <= LENGTH_MAX && zv_utf8_check(msgid) < 0) {
		kept[i] = zv_alloc(msgid.n + 1);
		memcpy(kept[i], msgid.p, msgid.n);
		kept[i][msgid.n] = '\0';
	}
	found = i < KEPT_MAX ? kept[i] : NULL;
	(void)pthread_mutex_unlock(&lock);
	return found != NULL ? found : N_("The file cannot be read.");
}

static bool read_error(struct zv_err *failure, const char *p, size_t n)
{
	ptrdiff_t bad;

	if (n < sizeof(*failure))
		return false;
	memcpy(failure, p, sizeof(*failure));
	failure->field[sizeof(failure->field) - 1] = '\0';
	failure->text[sizeof(failure->text) - 1] = '\0';
	failure->msgid = keep_msgid((struct zv_str){p + sizeof(*failure), n - sizeof(*failure)});
	bad = zv_utf8_check(zv_str_c(failure->text)); /* a message may have been cut inside a character */
	if (bad >= 0)
		failure->text[bad] = '\0';
	return failure->code > ZV_OK && failure->code <= ZV_E_BUG && zv_utf8_check(zv_str_c(failure->field)) < 0;
}

bool zv_frame_next(struct zv_frame *frame, struct zv_frame_reader *r)
{
	uint32_t kind;
	uint32_t n;
	const char *p;

	if (!need(r, HEADER))
		return false;
	kind = u32_at(r->buf + r->at);
	n = u32_at(r->buf + r->at + 4);
	if (kind < ZV_FRAME_ROW || kind > ZV_FRAME_END || n > PAYLOAD_MAX || !need(r, HEADER + (size_t)n))
		return false;
	p = r->buf + r->at + HEADER;
	r->at += HEADER + (size_t)n;
	frame->kind = (enum zv_frame_kind)kind;
	switch (frame->kind) {
	case ZV_FRAME_ROW:
		return read_row(&frame->row, r, p, n);
	case ZV_FRAME_INFO:
		return read_info(&frame->info, p, n);
	case ZV_FRAME_ERROR:
		return read_error(&frame->failure, p, n);
	default:
		return n == 0;
	}
}
