/* "Still valid": what was stated before is stated once more, with today's date. */
#ifndef ZV_APP_RESTATE_H
#define ZV_APP_RESTATE_H

#include "auth/who.h"
#include "base/arena.h"
#include "store/register.h"

struct zv_db;

/*
 * The free capacity of this statement is said again on `said_on`, as a batch of its own. ZV_E_CONFLICT: it is stated on that day or later
 * already. Who may, the caller looks at (OFFER_WRITE).
 */
ZV_MUST_CHECK enum zv_code zv_capacity_restate(struct zv_db *db, const struct zv_who *who, const struct zv_record *record, zv_date said_on,
					       struct zv_arena *arena, struct zv_err *err);

/* The day of the latest word about the free capacity of a row. */
ZV_MUST_CHECK enum zv_code zv_capacity_said_on(zv_date *out, struct zv_db *db, const struct zv_record *record, struct zv_err *err);

#endif
