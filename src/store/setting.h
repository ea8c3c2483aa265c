/* Settings of an installation: name and value. */
#ifndef ZV_STORE_SETTING_H
#define ZV_STORE_SETTING_H

#include "base/arena.h"
#include "store/db/db.h"

/* *out is the empty text when the setting is not there. */
ZV_MUST_CHECK enum zv_code zv_setting_get(struct zv_str *out, struct zv_db *db, const char *name, struct zv_arena *arena, struct zv_err *err);

/* Adds or replaces. */
ZV_MUST_CHECK enum zv_code zv_setting_put(struct zv_db *db, const char *name, struct zv_str value, struct zv_err *err);

#endif
