/* How a function says that it failed: one of ten codes, the field at fault and a whole sentence that says what to do. */
#ifndef ZV_BASE_ERR_H
#define ZV_BASE_ERR_H

#include "base/base.h"

enum zv_code {
	ZV_OK = 0,
	ZV_E_INVALID,     /* the input breaks a rule; the user can mend it */
	ZV_E_NOTFOUND,    /* no such thing */
	ZV_E_CONFLICT,    /* the world has moved on, or the thing exists already */
	ZV_E_DENIED,      /* not allowed to this user */
	ZV_E_BUSY,        /* another process holds it; try again */
	ZV_E_LIMIT,       /* too large, too many, too long: memory, time, disk */
	ZV_E_IO,          /* the disk, the network or the database failed */
	ZV_E_UNSUPPORTED, /* well-formed, but not something that Zveno reads or does */
	ZV_E_BUG          /* our own mistake */
};

struct zv_err {
	enum zv_code code;
	char field[48];    /* the name of the field, column or option at fault; empty when there is none */
	const char *msgid; /* the sentence before translation: a stable name of the failure */
	char text[600];    /* the sentence in the language of the thread (base/tr.h): UTF-8 without control characters, whatever was quoted */
};

/*
 * Fills *err (which may be NULL) and returns `code`, so that a failure is one line:
 * `return zv_fail(err, ZV_E_INVALID, "qty", N_("“%s” is not an amount above zero."), text);`
 * `msgid` is translated before it is formatted.
 */
enum zv_code zv_fail(struct zv_err *err, enum zv_code code, const char *field, const char *msgid, ...) ZV_PRINTF(4, 5);

/* "invalid", "not-found" ...: the stable name of a code, for JSON and logs. */
const char *zv_code_name(enum zv_code code);

/* Exit code of a command (formats.md section 3): 0 fine, 1 the answer is "no", 2 bad input or usage, 3 out of memory, disk or time. */
int zv_code_exit(enum zv_code code);

/* HTTP status of an answer. */
int zv_code_http(enum zv_code code);

#endif
