/* Finding stored organisations and items by what a file says of them. All give 0 when there is none. */
#ifndef ZV_APP_IMPORT_FIND_H
#define ZV_APP_IMPORT_FIND_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

/* By INN; the same KPP first, then the one without KPP, then the oldest. */
ZV_MUST_CHECK enum zv_code zv_find_org_inn(int64_t *id, struct zv_db *db, struct zv_str inn, struct zv_str kpp, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_find_org_ogrn(int64_t *id, struct zv_db *db, struct zv_str ogrn, struct zv_err *err);

/* By the compared name; *n: how many there are (counted to 2). */
ZV_MUST_CHECK enum zv_code zv_find_org_name(int64_t *id, int *n, struct zv_db *db, struct zv_str name, struct zv_arena *arena,
					    struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_find_item_cas(int64_t *id, struct zv_db *db, struct zv_str cas, struct zv_err *err);

/* By name or synonym. */
ZV_MUST_CHECK enum zv_code zv_find_item_name(int64_t *id, struct zv_db *db, struct zv_str name, struct zv_err *err);

/* The name of a code of a classifier in its latest edition, in the arena; empty when it is not loaded. */
ZV_MUST_CHECK enum zv_code zv_find_class_name(struct zv_str *out, struct zv_db *db, struct zv_str scheme, struct zv_str code,
					      struct zv_arena *arena, struct zv_err *err);

/* Has the organisation a permit of the regime that holds on the day? */
ZV_MUST_CHECK enum zv_code zv_find_permit(bool *out, struct zv_db *db, int64_t org_id, struct zv_str regime, zv_date on,
					  struct zv_err *err);

#endif
