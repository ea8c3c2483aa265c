/* Reading a descriptor or memory, plain or through zlib, with the budgets on unpacked bytes. */
#include "format/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/tr.h"
#include "format/budget.h"

enum { PACKED = 64 * 1024, GZIP_WINDOW = 15 + 16 };

struct zv_gunzip {
	z_stream z;
	unsigned char in[PACKED];
	bool raw_end;    /* the file has no more bytes */
	bool member_end; /* between two gzip members, or after the last */
};

static enum zv_code memory_read(size_t *got, struct zv_stream *self, char *p, size_t n, struct zv_err *err)
{
	struct zv_memory_stream *memory = (struct zv_memory_stream *)self;

	(void)err;
	if (n > memory->rest.n)
		n = memory->rest.n;
	if (n > 0)
		memcpy(p, memory->rest.p, n);
	memory->rest = zv_str_from(memory->rest, n);
	*got = n;
	return ZV_OK;
}

void zv_memory_stream_init(struct zv_memory_stream *memory, struct zv_str bytes)
{
	*memory = (struct zv_memory_stream){.stream = {memory_read}, .rest = bytes};
}

static enum zv_code source_read(size_t *got, struct zv_stream *self, char *p, size_t n, struct zv_err *err);

void zv_source_init_fd(struct zv_source *source, int fd)
{
	struct stat st;

	*source = (struct zv_source){.stream = {source_read}, .fd = fd, .size = -1};
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		source->size = st.st_size;
}

void zv_source_init_mem(struct zv_source *source, struct zv_str mem)
{
	*source = (struct zv_source){.stream = {source_read}, .fd = -1, .mem = mem, .size = (int64_t)mem.n};
}

void zv_source_done(struct zv_source *source)
{
	if (source->gunzip != NULL)
		(void)inflateEnd(&source->gunzip->z);
	free(source->gunzip);
	free(source->head);
	source->gunzip = NULL;
	source->head = NULL;
}

/* Bytes as they are, fewer than n only at the end. */
static enum zv_code read_raw(size_t *got, struct zv_source *source, void *to, size_t n, struct zv_err *err)
{
	size_t have = 0;

	if (source->fd < 0) {
		have = source->mem.n - source->mem_at < n ? source->mem.n - source->mem_at : n;
		if (have > 0)
			memcpy(to, source->mem.p + source->mem_at, have);
		source->mem_at += have;
	}
	while (source->fd >= 0 && have < n) {
		ssize_t r = read(source->fd, (char *)to + have, n - have);

		if (r == 0)
			break;
		if (r < 0 && errno != EINTR)
			return zv_fail(err, ZV_E_IO, NULL, N_("The file cannot be read: %s."), strerror(errno));
		have += r > 0 ? (size_t)r : 0;
	}
	source->raw += (int64_t)have;
	*got = have;
	return ZV_OK;
}

static enum zv_code refill(struct zv_source *source, struct zv_err *err)
{
	struct zv_gunzip *g = source->gunzip;
	size_t got;
	enum zv_code code = read_raw(&got, source, g->in, sizeof(g->in), err);

	if (code != ZV_OK)
		return code;
	g->raw_end = got == 0;
	g->z.next_in = g->in;
	g->z.avail_in = (uInt)got;
	return ZV_OK;
}

static enum zv_code check_gzip_budget(const struct zv_source *source, int64_t out, struct zv_err *err)
{
	if (out > ZV_LIMIT_GZIP)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("The gzip file unpacks to more than %d MiB; split it."),
			       (int)(ZV_LIMIT_GZIP >> 20));
	if (out > ZV_LIMIT_RATIO_FROM && out / ZV_LIMIT_RATIO > source->raw)
		return zv_fail(err, ZV_E_LIMIT, NULL,
			       N_("The gzip file unpacks to more than %d times its size, which no honest table does; unpack it first."),
			       ZV_LIMIT_RATIO);
	return ZV_OK;
}

/* At the end of a member: another one may follow at once; zeros may pad the file (as tar and tapes do). */
static enum zv_code next_member(struct zv_source *source, struct zv_err *err)
{
	struct zv_gunzip *g = source->gunzip;

	while (g->z.avail_in > 0 && *g->z.next_in == 0) {
		g->z.next_in++;
		g->z.avail_in--;
	}
	if (g->z.avail_in == 0)
		return ZV_OK;
	if (*g->z.next_in != 0x1f || inflateReset(&g->z) != Z_OK)
		return zv_fail(err, ZV_E_INVALID, NULL, N_("The gzip file has other bytes after its end; it is damaged."));
	g->member_end = false;
	return ZV_OK;
}

static enum zv_code inflate_some(size_t *got, struct zv_source *source, char *p, size_t n, struct zv_err *err)
{
	struct zv_gunzip *g = source->gunzip;
	enum zv_code code = ZV_OK;

	g->z.next_out = (unsigned char *)p;
	g->z.avail_out = (uInt)n;
	while (g->z.avail_out > 0 && !g->raw_end) {
		int r;

		if (g->z.avail_in == 0 && (code = refill(source, err)) != ZV_OK)
			return code;
		if (g->raw_end)
			break;
		if (g->member_end) {
			code = next_member(source, err);
			if (code != ZV_OK)
				return code;
			if (g->member_end)
				continue;
		}
		r = inflate(&g->z, Z_NO_FLUSH);
		if (r == Z_MEM_ERROR)
			return zv_fail(err, ZV_E_LIMIT, NULL, N_("There is not enough memory to unpack the file."));
		if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
			return zv_fail(err, ZV_E_INVALID, NULL, N_("The gzip file is damaged: %s."),
				       g->z.msg != NULL ? g->z.msg : zv_tr(N_("no reason given")));
		g->member_end = r == Z_STREAM_END;
	}
	if (g->raw_end && !g->member_end)
		return zv_fail(err, ZV_E_INVALID, NULL, N_("The gzip file ends too early; it was not copied whole."));
	*got = n - g->z.avail_out;
	return ZV_OK;
}

static enum zv_code read_unpacked(size_t *got, struct zv_source *source, char *p, size_t n, struct zv_err *err)
{
	enum zv_code code;

	if (source->gunzip == NULL) {
		if (source->raw > ZV_LIMIT_PLAIN)
			return zv_fail(err, ZV_E_LIMIT, NULL, N_("The file is larger than %d GiB; split it."),
				       (int)(ZV_LIMIT_PLAIN >> 30));
		return read_raw(got, source, p, n, err);
	}
	code = inflate_some(got, source, p, n, err);
	return code == ZV_OK ? check_gzip_budget(source, source->out + (int64_t)*got, err) : code;
}

static enum zv_code source_read(size_t *got, struct zv_stream *self, char *p, size_t n, struct zv_err *err)
{
	struct zv_source *source = (struct zv_source *)self;
	size_t from_head = source->head_n - source->head_at < n ? source->head_n - source->head_at : n;
	size_t more = 0;
	enum zv_code code = ZV_OK;

	if (from_head > 0) {
		memcpy(p, source->head + source->head_at, from_head);
		source->head_at += from_head;
	}
	if (n > from_head)
		code = read_unpacked(&more, source, p + from_head, n - from_head, err);
	if (code != ZV_OK)
		return code;
	source->out += (int64_t)(from_head + more);
	*got = from_head + more;
	return ZV_OK;
}

static enum zv_code start_gunzip(struct zv_source *source, struct zv_err *err)
{
	struct zv_gunzip *g = zv_calloc(1, sizeof(*g));

	source->gunzip = g;
	if (inflateInit2(&g->z, GZIP_WINDOW) != Z_OK)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("There is not enough memory to unpack the file."));
	memcpy(g->in, source->head, source->head_n);
	g->z.next_in = g->in;
	g->z.avail_in = (uInt)source->head_n;
	return inflate_some(&source->head_n, source, source->head, ZV_SOURCE_HEAD, err);
}

enum zv_code zv_source_start(struct zv_source *source, struct zv_err *err)
{
	enum zv_code code;
	size_t n = source->size >= 0 && source->size < ZV_SOURCE_HEAD ? (size_t)source->size : ZV_SOURCE_HEAD;

	source->head = zv_alloc(n);
	code = read_raw(&source->head_n, source, source->head, n, err);
	if (code != ZV_OK || source->head_n < 2 || memcmp(source->head, "\x1f\x8b", 2) != 0)
		return code;
	source->head = zv_realloc(source->head, ZV_SOURCE_HEAD);
	return start_gunzip(source, err);
}

struct zv_str zv_source_head(const struct zv_source *source)
{
	return (struct zv_str){source->head, source->head_n};
}

enum zv_code zv_source_at(struct zv_source *source, int64_t at, void *p, size_t n, struct zv_err *err)
{
	if (source->size < 0)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL, N_("A workbook must be a file, not a pipe: save it first."));
	if (at < 0 || at > source->size || (int64_t)n > source->size - at)
		return zv_fail(err, ZV_E_INVALID, NULL, N_("The workbook points past its own end; it was not copied whole."));
	if (source->fd < 0) {
		if (n > 0)
			memcpy(p, source->mem.p + at, n);
		return ZV_OK;
	}
	for (size_t have = 0; have < n;) {
		ssize_t r = pread(source->fd, (char *)p + have, n - have, at + (int64_t)have);

		if (r == 0 || (r < 0 && errno != EINTR))
			return zv_fail(err, ZV_E_IO, NULL, N_("The file cannot be read: %s."),
				       r == 0 ? zv_tr(N_("it shrank while it was read")) : strerror(errno));
		have += r > 0 ? (size_t)r : 0;
	}
	return ZV_OK;
}
