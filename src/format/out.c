/* Bytes on their way to a file; the first failure is kept and told at the flush. */
#include "format/out.h"

#include <errno.h>
#include <string.h>

void zv_out_init(struct zv_out *out, FILE *file, size_t max)
{
	*out = (struct zv_out){.file = file};
	zv_buf_init(&out->buf, file != NULL ? 0 : max);
}

void zv_out_done(struct zv_out *out)
{
	zv_buf_done(&out->buf);
}

void zv_out_full(struct zv_out *out)
{
	if (out->failed == 0 && out->buf.n > 0 && fwrite(out->buf.p, 1, out->buf.n, out->file) != out->buf.n)
		out->failed = errno != 0 ? errno : EIO;
	zv_buf_reset(&out->buf);
}

void zv_out_str(struct zv_out *out, struct zv_str s)
{
	zv_out_add(out, s.p, s.n);
}

void zv_out_c(struct zv_out *out, const char *s)
{
	zv_out_add(out, s, strlen(s));
}

enum zv_code zv_out_flush(struct zv_out *out, struct zv_err *err)
{
	if (out->file == NULL) {
		if (out->buf.full)
			return zv_fail(err, ZV_E_LIMIT, NULL, N_("The answer is larger than %zu bytes; ask for less at a time."),
				       out->buf.max);
		return ZV_OK;
	}
	zv_out_full(out);
	if (out->failed == 0 && fflush(out->file) != 0)
		out->failed = errno != 0 ? errno : EIO;
	if (out->failed != 0)
		return zv_fail(err, ZV_E_IO, NULL, N_("The output cannot be written: %s."), strerror(out->failed));
	return ZV_OK;
}

struct zv_str zv_out_text(const struct zv_out *out)
{
	return zv_buf_str(&out->buf);
}
