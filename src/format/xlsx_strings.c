/* xl/sharedStrings.xml: one buffer for all texts, and where each ends. */
#include "format/xlsx.h"

#include <string.h>

#include "format/budget.h"
#include "format/xml.h"

enum { ESCAPE = 7 }; /* _xHHHH_ */

struct reader {
	struct zv_shared *shared;
	struct zv_buf text; /* of the item being read */
	const char *what;
	bool in_item;
	bool in_phonetic; /* how a Japanese text is spoken: not part of it */
	bool in_text;
};

void zv_shared_init(struct zv_shared *shared)
{
	*shared = (struct zv_shared){.bytes = {0}};
	zv_buf_init(&shared->bytes, ZV_LIMIT_SHARED);
}

void zv_shared_done(struct zv_shared *shared)
{
	zv_buf_done(&shared->bytes);
	zv_vec_done(&shared->ends);
}

bool zv_shared_get(struct zv_str *out, const struct zv_shared *shared, uint32_t index)
{
	uint32_t from;

	if (index >= shared->ends.n)
		return false;
	from = index > 0 ? shared->ends.p[index - 1] : 0;
	*out = shared->ends.p[index] > from ? (struct zv_str){shared->bytes.p + from, shared->ends.p[index] - from} : ZV_STR("");
	return true;
}

static bool hex(uint32_t *value, const char *p)
{
	*value = 0;
	for (int i = 0; i < 4; i++) {
		char c = (char)(p[i] | 0x20);

		if (!zv_is_digit(p[i]) && (c < 'a' || c > 'f'))
			return false;
		*value = *value << 4 | (uint32_t)(zv_is_digit(p[i]) ? p[i] - '0' : c - 'a' + 10);
	}
	return true;
}

bool zv_xlsx_unescape(struct zv_buf *out, struct zv_str s)
{
	while (s.n > 0) {
		const char *mark = memchr(s.p, '_', s.n);
		size_t plain = mark != NULL ? (size_t)(mark - s.p) : s.n;
		uint32_t c;

		zv_buf_add(out, s.p, plain);
		s = zv_str_from(s, plain);
		if (s.n == 0)
			break;
		if (s.n >= ESCAPE && s.p[1] == 'x' && s.p[ESCAPE - 1] == '_' && hex(&c, s.p + 2) && (c < 0xd800 || c > 0xdfff)) {
			if (c == 0)
				return false;
			zv_buf_add_utf8(out, c);
			s = zv_str_from(s, ESCAPE);
		} else {
			zv_buf_add_char(out, '_');
			s = zv_str_from(s, 1);
		}
	}
	return true;
}

static enum zv_code on_start(void *arg, struct zv_xml *xml, const char *name, const char **attributes, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	(void)attributes;
	(void)err;
	if (strcmp(name, "si") == 0) {
		r->in_item = true;
		zv_buf_reset(&r->text);
	} else if (strcmp(name, "rPh") == 0) {
		r->in_phonetic = true;
	} else if (strcmp(name, "t") == 0) {
		r->in_text = r->in_item && !r->in_phonetic;
	}
	return ZV_OK;
}

static enum zv_code end_item(struct reader *r, struct zv_err *err)
{
	struct zv_shared *shared = r->shared;

	if (shared->ends.n >= ZV_LIMIT_SHARED_COUNT)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("The workbook has more than %d different texts; save it as CSV."),
			       ZV_LIMIT_SHARED_COUNT);
	if (r->text.full)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("A text in %s is longer than %d KiB."), r->what, ZV_LIMIT_FIELD >> 10);
	if (!zv_xlsx_unescape(&shared->bytes, zv_buf_str(&r->text)))
		return zv_fail(err, ZV_E_INVALID, NULL, N_("A text in %s holds a zero character."), r->what);
	if (shared->bytes.full)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("The texts of the workbook take more than %d MiB; save it as CSV."),
			       (int)(ZV_LIMIT_SHARED >> 20));
	zv_vec_push(&shared->ends, (uint32_t)shared->bytes.n);
	return ZV_OK;
}

static enum zv_code on_end(void *arg, struct zv_xml *xml, const char *name, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	if (strcmp(name, "t") == 0) {
		r->in_text = false;
	} else if (strcmp(name, "rPh") == 0) {
		r->in_phonetic = false;
	} else if (strcmp(name, "si") == 0 && r->in_item) {
		r->in_item = false;
		return end_item(r, err);
	}
	return ZV_OK;
}

static enum zv_code on_text(void *arg, struct zv_xml *xml, struct zv_str text, struct zv_err *err)
{
	struct reader *r = arg;

	(void)xml;
	(void)err;
	if (r->in_text)
		zv_buf_add_str(&r->text, text);
	return ZV_OK;
}

enum zv_code zv_shared_read(struct zv_shared *shared, struct zv_stream *in, const char *what, struct zv_err *err)
{
	struct reader r = {.shared = shared, .what = what};
	struct zv_xml_handlers handlers = {on_start, on_end, on_text, &r};
	enum zv_code code;

	zv_buf_init(&r.text, ZV_LIMIT_FIELD);
	code = zv_xml_parse(in, what, &handlers, NULL, NULL, err);
	zv_buf_done(&r.text);
	return code;
}
