/* Content lines of iCalendar: escaping first, then folding. */
#include "format/ical.h"

#include "base/utf8.h"

enum { LINE_MAX_OCTETS = 75 };

/* One content line. A fold is CRLF and a blank, and the blank counts as an octet of the next line; no character is torn. */
static void add_line(struct zv_buf *out, struct zv_str line)
{
	size_t used = 0;
	uint32_t c;

	while (line.n > 0) {
		struct zv_str rest = line;
		size_t n = zv_utf8_next(&c, &rest) ? line.n - rest.n : line.n;

		if (used + n > LINE_MAX_OCTETS) {
			zv_buf_add_c(out, "\r\n ");
			used = 1;
		}
		zv_buf_add(out, line.p, n);
		used += n;
		line = rest;
	}
	zv_buf_add_c(out, "\r\n");
}

static void add_escaped(struct zv_buf *line, struct zv_str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c == '\n')
			zv_buf_add_c(line, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			zv_buf_addf(line, "\\%c", c);
		else if ((c >= 0x20 && c != 0x7f) || c == '\t')
			zv_buf_add_char(line, (char)c);
	}
}

static void add_property(struct zv_buf *out, const char *name, struct zv_str value, bool escape)
{
	struct zv_buf line;

	zv_buf_init(&line, 0);
	zv_buf_add_c(&line, name);
	zv_buf_add_char(&line, ':');
	if (escape)
		add_escaped(&line, value);
	else
		zv_buf_add_str(&line, value);
	add_line(out, zv_buf_str(&line));
	zv_buf_done(&line);
}

void zv_ical_begin(struct zv_buf *out, const char *component)
{
	add_property(out, "BEGIN", zv_str_c(component), false);
}

void zv_ical_end(struct zv_buf *out, const char *component)
{
	add_property(out, "END", zv_str_c(component), false);
}

void zv_ical_plain(struct zv_buf *out, const char *name, struct zv_str value)
{
	add_property(out, name, value, false);
}

void zv_ical_text(struct zv_buf *out, const char *name, struct zv_str value)
{
	if (value.n > 0)
		add_property(out, name, value, true);
}

void zv_ical_date(struct zv_buf *out, const char *name, zv_date date)
{
	int year, month, day;

	zv_date_to_civil(&year, &month, &day, date);
	zv_buf_addf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, year, month, day);
}

void zv_ical_instant(struct zv_buf *out, const char *name, int64_t ms)
{
	char text[ZV_INSTANT_TEXT];

	zv_instant_format(text, ms);
	zv_buf_addf(out, "%s:", name);
	for (const char *p = text; *p != '\0'; p++)
		if (*p != '-' && *p != ':')
			zv_buf_add_char(out, *p);
	zv_buf_add_c(out, "\r\n");
}
