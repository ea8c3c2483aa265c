/* Failures: the one table from code to name, exit code and HTTP status. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"

static const struct {
	const char *name;
	int exit;
	int http;
} table[] = {
	[ZV_OK] = {"ok", 0, 200},
	[ZV_E_INVALID] = {"invalid", 2, 422},
	[ZV_E_NOTFOUND] = {"not-found", 1, 404},
	[ZV_E_CONFLICT] = {"conflict", 1, 409},
	[ZV_E_DENIED] = {"denied", 1, 403},
	[ZV_E_BUSY] = {"busy", 3, 503},
	[ZV_E_LIMIT] = {"limit", 3, 413},
	[ZV_E_IO] = {"io", 3, 503},
	[ZV_E_UNSUPPORTED] = {"unsupported", 2, 415},
	[ZV_E_BUG] = {"bug", 3, 500},
};

/* What foreign files hold may be no UTF-8, or commands to a terminal; and the end may be half a character. */
static void make_printable(char *text)
{
	struct zv_str rest = zv_str_c(text);
	char *to = text;

	while (rest.n > 0) {
		const char *from = rest.p;
		uint32_t c;
		size_t n;

		(void)zv_utf8_next(&c, &rest);
		n = (size_t)(rest.p - from);
		if ((c == 0xfffd && n == 1) || (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0)) {
			*to++ = '?';
			continue;
		}
		memmove(to, from, n);
		to += n;
	}
	*to = '\0';
}

enum zv_code zv_fail(struct zv_err *err, enum zv_code code, const char *field, const char *msgid, ...)
{
	struct zv_err made = {.code = code, .msgid = msgid}; /* apart, since *err may be among the arguments */
	va_list args;

	if (err == NULL)
		return code;
	(void)snprintf(made.field, sizeof(made.field), "%s", field != NULL ? field : "");
	va_start(args, msgid);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	(void)vsnprintf(made.text, sizeof(made.text), zv_tr(msgid), args);
#pragma GCC diagnostic pop
	va_end(args);
	make_printable(made.field);
	make_printable(made.text);
	*err = made;
	return code;
}

const char *zv_code_name(enum zv_code code)
{
	return table[code].name;
}

int zv_code_exit(enum zv_code code)
{
	return table[code].exit;
}

int zv_code_http(enum zv_code code)
{
	return table[code].http;
}
