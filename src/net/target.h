/* The target of a request: a path and parameters, decoded once and strictly. */
#ifndef ZV_NET_TARGET_H
#define ZV_NET_TARGET_H

#include "base/arena.h"

enum { ZV_PARAMS_MAX = 32 };

struct zv_param {
	struct zv_str name;
	struct zv_str value;
};

struct zv_target {
	struct zv_str path;
	struct zv_param params[ZV_PARAMS_MAX];
	int n_params;
};

/*
 * False for what no honest program sends: a bad escape, an escaped slash, backslash or control character, bytes that are not
 * UTF-8, a "." or ".." segment, a parameter given twice, more than ZV_PARAMS_MAX of them. Texts live in `arena`.
 */
bool zv_target_parse(struct zv_target *out, struct zv_str raw, struct zv_arena *arena);

/* The value of a parameter; false when it is not there. */
bool zv_target_param(struct zv_str *out, const struct zv_target *target, const char *name);

#endif
