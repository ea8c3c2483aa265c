/* Escaping for XML, character by character. */
#include "format/xml_write.h"

#include "base/utf8.h"

static const char *reference(uint32_t c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static bool is_forbidden(uint32_t c)
{
	return c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF || c > 0x10FFFF;
}

void zv_xml_text(struct zv_buf *out, struct zv_str s)
{
	uint32_t c;

	while (zv_utf8_next(&c, &s)) {
		const char *escaped = reference(c);

		if (escaped != NULL)
			zv_buf_add_c(out, escaped);
		else if (c == '\n' || c == '\t' || c == '\r')
			zv_buf_add_char(out, ' ');
		else
			zv_buf_add_utf8(out, is_forbidden(c) ? 0xFFFD : c);
	}
}

void zv_xml_key(struct zv_buf *out, const char *name, struct zv_str value)
{
	zv_buf_addf(out, " %s=\"", name);
	zv_xml_text(out, value);
	zv_buf_add_char(out, '"');
}

void zv_xml_key_int(struct zv_buf *out, const char *name, int64_t value)
{
	zv_buf_addf(out, " %s=\"%" PRId64 "\"", name, value);
}
