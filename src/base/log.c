/* JSON lines, written with one call so that lines of several threads do not mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"

static void add_escaped(struct zv_buf *out, const char *s)
{
	struct zv_str rest = zv_str_c(s);
	uint32_t c;

	while (zv_utf8_next(&c, &rest)) {
		if (c == '"' || c == '\\')
			zv_buf_addf(out, "\\%c", (int)c);
		else if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			zv_buf_addf(out, "\\u%04x", (unsigned)c);
		else
			zv_buf_add_utf8(out, c);
	}
}

static void write_line(const char *level, const char *event, const char *text)
{
	struct zv_buf line;
	char now[ZV_INSTANT_TEXT];
	ssize_t written;

	zv_instant_format(now, zv_now_ms());
	zv_buf_init(&line, 0);
	zv_buf_addf(&line, "{\"t\":\"%s\",\"level\":\"%s\",\"event\":\"%s\",\"text\":\"", now, level, event);
	add_escaped(&line, text);
	zv_buf_add_c(&line, "\"}\n");
	written = write(STDERR_FILENO, line.p, line.n);
	(void)written; /* a log that cannot be written has nowhere to complain */
	zv_buf_done(&line);
}

enum { TEXT_MAX = 2000 };

void zv_log_info(const char *event, const char *format, ...)
{
	char text[TEXT_MAX];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	write_line("info", event, text);
}

void zv_log_error(const char *event, const char *format, ...)
{
	char text[TEXT_MAX];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	write_line("error", event, text);
}
