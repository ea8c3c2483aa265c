/* The table of verdicts: what a pack said of a subject, with the facts that it used. Rows are never changed. */
#ifndef ZV_STORE_VERDICT_H
#define ZV_STORE_VERDICT_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

struct zv_verdict_row {
	int64_t id, pack_id;
	struct zv_str uid, subject; /* subject: uid */
	zv_date as_of;
	struct zv_str facts, facts_digest, result; /* JSON; not read by the list */
	int passed, failed, unknown;
	struct zv_str made_by;
	int64_t made_ms;
	struct zv_str pack_uid; /* read only */
};

/* Inserts; fills id, uid and the time. Inside the caller's transaction. */
ZV_MUST_CHECK enum zv_code zv_verdict_insert(struct zv_db *db, struct zv_verdict_row *row, struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_verdict_by_uid(bool *found, struct zv_verdict_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					     struct zv_err *err);

/* Of a subject, newest first, with ids below `before` (0: from the newest); without facts and result. */
ZV_MUST_CHECK enum zv_code zv_verdict_page(struct zv_verdict_row **out, size_t *n, struct zv_db *db, struct zv_str subject, int64_t before, int limit,
					   struct zv_arena *arena, struct zv_err *err);

#endif
