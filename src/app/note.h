/* The audit row of what a person did to somebody's thing: it names the person, and is read by the thing's organisation and centre. */
#ifndef ZV_APP_NOTE_H
#define ZV_APP_NOTE_H

#include "auth/rights.h"
#include "base/err.h"

struct zv_db;

/* In the caller's transaction. `detail` is a JSON object or "". */
ZV_MUST_CHECK enum zv_code zv_note(struct zv_db *db, const struct zv_who *who, const char *action, struct zv_str subject, struct zv_object whose,
				   struct zv_str detail, struct zv_err *err);

#endif
