/* Settings of the installation that people may change: one table says their names, defaults and bounds. */
#ifndef ZV_APP_SETTINGS_H
#define ZV_APP_SETTINGS_H

#include "auth/rights.h"
#include "base/arena.h"

struct zv_db;

struct zv_setting_kind {
	const char *name;
	const char *otherwise; /* without the setting; "" when there is none */
	int64_t min, max;      /* of a whole number; both 0: a text */
	const char *help;      /* msgid */
};

/* In the order of their names; NULL after the last. */
const struct zv_setting_kind *zv_setting_at(size_t i);

/* The value in force; *given tells whether somebody set it. ZV_E_INVALID: there is no setting of that name. */
ZV_MUST_CHECK enum zv_code zv_setting_read(struct zv_str *out, bool *given, struct zv_db *db, struct zv_str name, struct zv_arena *arena,
					   struct zv_err *err);

/* Checks and keeps it, with a row of the trail; an empty value goes back to what it is without. A server reads most settings at its start. */
ZV_MUST_CHECK enum zv_code zv_setting_write(struct zv_db *db, const struct zv_who *who, struct zv_str name, struct zv_str value,
					    struct zv_err *err);

#endif
