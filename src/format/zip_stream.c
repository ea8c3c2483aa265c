/* Unpacks one member of a zip; its length and checksum must come out as stated. */
#include "format/zip_read.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

enum { STORED = 0, PACKED = 32 * 1024 };

struct zv_zip_stream {
	struct zv_stream stream;
	struct zv_source *source;
	const struct zv_zip_member *member;
	z_stream z;
	int64_t at;   /* of the next packed byte */
	int64_t left; /* packed bytes not yet read */
	int64_t out;
	uLong crc;
	bool end;
	unsigned char in[PACKED];
};

static enum zv_code wrong_size(const struct zv_zip_stream *s, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, NULL,
		       N_("%.*s in the workbook is damaged or forged: it does not unpack to what its header says."),
		       ZV_STR_FMT(s->member->name));
}

static enum zv_code refill(struct zv_zip_stream *s, struct zv_err *err)
{
	size_t n = s->left < PACKED ? (size_t)s->left : PACKED;
	enum zv_code code = zv_source_at(s->source, s->at, s->in, n, err);

	s->at += (int64_t)n;
	s->left -= (int64_t)n;
	s->z.next_in = s->in;
	s->z.avail_in = (uInt)n;
	return code;
}

static enum zv_code inflate_some(struct zv_zip_stream *s, struct zv_err *err)
{
	while (s->z.avail_out > 0 && !s->end) {
		int r;
		enum zv_code code = s->z.avail_in == 0 ? refill(s, err) : ZV_OK;

		if (code != ZV_OK)
			return code;
		if (s->z.avail_in == 0)
			return wrong_size(s, err);
		if (s->member->method == STORED) {
			uInt n = s->z.avail_in < s->z.avail_out ? s->z.avail_in : s->z.avail_out;

			memcpy(s->z.next_out, s->z.next_in, n);
			s->z.next_in += n;
			s->z.avail_in -= n;
			s->z.next_out += n;
			s->z.avail_out -= n;
			s->end = s->left == 0 && s->z.avail_in == 0;
			continue;
		}
		r = inflate(&s->z, Z_NO_FLUSH);
		if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
			return wrong_size(s, err);
		s->end = r == Z_STREAM_END;
	}
	return ZV_OK;
}

static enum zv_code stream_read(size_t *got, struct zv_stream *self, char *p, size_t n, struct zv_err *err)
{
	struct zv_zip_stream *s = (struct zv_zip_stream *)self;
	enum zv_code code;

	s->z.next_out = (unsigned char *)p;
	s->z.avail_out = (uInt)n;
	code = inflate_some(s, err);
	if (code != ZV_OK)
		return code;
	n -= s->z.avail_out;
	s->out += (int64_t)n;
	s->crc = crc32(s->crc, (unsigned char *)p, (uInt)n);
	if (s->out > s->member->unpacked ||
	    (s->end && (s->out != s->member->unpacked || s->left + s->z.avail_in != 0 || s->crc != s->member->crc)))
		return wrong_size(s, err);
	*got = n;
	return ZV_OK;
}

enum zv_code zv_zip_stream_open(struct zv_zip_stream **out, struct zv_zip *zip, const struct zv_zip_member *member,
				struct zv_err *err)
{
	struct zv_zip_stream *s = zv_calloc(1, sizeof(*s));

	s->stream.read = stream_read;
	s->source = zip->source;
	s->member = member;
	s->at = member->at;
	s->left = member->packed;
	s->crc = crc32(0, NULL, 0);
	s->end = member->method == STORED && member->packed == 0;
	if (inflateInit2(&s->z, -MAX_WBITS) != Z_OK) {
		free(s);
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("There is not enough memory to unpack the file."));
	}
	*out = s;
	return ZV_OK;
}

struct zv_stream *zv_zip_stream_bytes(struct zv_zip_stream *s)
{
	return &s->stream;
}

void zv_zip_stream_close(struct zv_zip_stream *s)
{
	if (s == NULL)
		return;
	(void)inflateEnd(&s->z);
	free(s);
}
