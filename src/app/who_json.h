/* Who asked for slow work, kept with the job: what may be written is decided by these rights when the work is done. */
#ifndef ZV_APP_WHO_JSON_H
#define ZV_APP_WHO_JSON_H

#include "auth/who.h"
#include "base/arena.h"
#include "base/err.h"
#include "format/json_value.h"
#include "format/json_write.h"

void zv_who_write_json(struct zv_json *json, const struct zv_who *who);

/* Texts live in `arena`, with those of `value`. ZV_E_INVALID when it is not what zv_who_write_json wrote. */
ZV_MUST_CHECK enum zv_code zv_who_read_json(struct zv_who *out, const struct zv_json_value *value, struct zv_arena *arena, struct zv_err *err);

#endif
