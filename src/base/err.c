/* Failures: the one table from code to name, exit code and HTTP status. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/tr.h"

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

enum zv_code zv_fail(struct zv_err *err, enum zv_code code, const char *field, const char *msgid, ...)
{
	va_list args;

	if (err == NULL)
		return code;
	err->code = code;
	err->msgid = msgid;
	(void)snprintf(err->field, sizeof(err->field), "%s", field != NULL ? field : "");
	va_start(args, msgid);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	(void)vsnprintf(err->text, sizeof(err->text), zv_tr(msgid), args);
#pragma GCC diagnostic pop
	va_end(args);
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
