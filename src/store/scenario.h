/* Saved questions about production chains. */
#ifndef ZV_STORE_SCENARIO_H
#define ZV_STORE_SCENARIO_H

#include "base/arena.h"
#include "store/db/db.h"

struct zv_scenario_row {
	int64_t id;
	struct zv_str uid;
	int64_t account_id, org_id; /* 0: none */
	struct zv_str made_by;
	int64_t made_ms;
	struct zv_str title, causes, sources, rate;
	int64_t days, from_day, to_day; /* to_day -1: never */
};

/* Inserts; fills id, uid and the time. Inside the caller's transaction, as the next two. */
ZV_MUST_CHECK enum zv_code zv_scenario_insert(struct zv_db *db, struct zv_scenario_row *row, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_scenario_retitle(struct zv_db *db, int64_t id, struct zv_str title, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_scenario_delete(struct zv_db *db, int64_t id, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_scenario_by_uid(bool *found, struct zv_scenario_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					      struct zv_err *err);

/* Those of an account and of an organisation (0: of none), newest first; account -1: all. */
ZV_MUST_CHECK enum zv_code zv_scenario_all(struct zv_scenario_row **out, size_t *n, struct zv_db *db, int64_t account_id, int64_t org_id, struct zv_arena *arena,
					   struct zv_err *err);

#endif
