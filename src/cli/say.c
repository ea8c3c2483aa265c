/* Translated sentences. The formats come out of the catalogue, so the compiler checks the msgids instead. */
#include "cli/say.h"

#include <stdarg.h>

#include "base/tr.h"

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

enum { TEXT_MAX = 2000 };

void zv_say(FILE *out, const char *msgid, ...)
{
	va_list args;

	va_start(args, msgid);
	(void)vfprintf(out, zv_tr(msgid), args);
	va_end(args);
	(void)fputc('\n', out);
}

void zv_say_n(FILE *out, int64_t n, const char *one, const char *many, ...)
{
	va_list args;

	va_start(args, many);
	(void)vfprintf(out, zv_tr_n(one, many, n), args);
	va_end(args);
	(void)fputc('\n', out);
}

struct zv_str zv_text(struct zv_arena *arena, const char *msgid, ...)
{
	char text[TEXT_MAX];
	va_list args;

	va_start(args, msgid);
	(void)vsnprintf(text, sizeof(text), zv_tr(msgid), args);
	va_end(args);
	return zv_str_dup(arena, zv_str_c(text));
}

struct zv_str zv_text_n(struct zv_arena *arena, int64_t n, const char *one, const char *many, ...)
{
	char text[TEXT_MAX];
	va_list args;

	va_start(args, many);
	(void)vsnprintf(text, sizeof(text), zv_tr_n(one, many, n), args);
	va_end(args);
	return zv_str_dup(arena, zv_str_c(text));
}
