/*
 * A small JSON text as a tree, read strictly (RFC 8259, security.md T12 and T20): doubled keys, lone surrogates, NaN and bad UTF-8 are
 * refused; numbers stay text, so that no amount ever becomes a double. For bodies of requests; files go through json_read.h.
 */
#ifndef ZV_FORMAT_JSON_VALUE_H
#define ZV_FORMAT_JSON_VALUE_H

#include "base/arena.h"
#include "base/err.h"

enum { ZV_JSON_NEST_MAX = 64, ZV_JSON_KEYS_MAX = 10000 };

enum zv_json_kind { ZV_JSON_NULL, ZV_JSON_BOOL, ZV_JSON_NUMBER, ZV_JSON_STRING, ZV_JSON_ARRAY, ZV_JSON_OBJECT };

struct zv_json_value {
	enum zv_json_kind kind;
	struct zv_str text;                /* string decoded; number as written; "true", "false" */
	const struct zv_str *names;        /* of an object */
	const struct zv_json_value *items; /* of an array or object */
	size_t n;
};

/*
 * Everything lives in `arena`, strings without escapes in `text` itself. ZV_E_INVALID: err->text names line and byte; ZV_E_LIMIT: deeper than
 * ZV_JSON_NEST_MAX, or more than ZV_JSON_KEYS_MAX keys in all.
 */
ZV_MUST_CHECK enum zv_code zv_json_parse(struct zv_json_value *out, struct zv_str text, struct zv_arena *arena, struct zv_err *err);

/* The member of an object; NULL when it is not there or `object` is none. */
const struct zv_json_value *zv_json_get(const struct zv_json_value *object, const char *name);

#endif
