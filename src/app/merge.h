/*
 * Two stored organisations that are one (feature R1): everything of the first moves to the second as one batch, the old public id leads to the new
 * one for ever, and for 30 days the whole can be taken back.
 */
#ifndef ZV_APP_MERGE_H
#define ZV_APP_MERGE_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/err.h"

struct zv_db;

enum { ZV_MERGE_UNDO_DAYS = 30 };

/* Where an old public id leads; ZV_E_NOTFOUND when it is none that was merged. Follows a chain of merges to its end. One look-up by key. */
ZV_MUST_CHECK enum zv_code zv_merge_target(struct zv_str *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

struct zv_merged {
	struct zv_str batch; /* uid */
	int64_t moved;       /* rows that refer to the survivor now */
	int64_t filled;      /* values of the survivor that were not stated before */
};

/*
 * Merges `from` into `into` (uids), in one transaction. Rights and four eyes are the caller's. ZV_E_INVALID: the same one twice;
 * ZV_E_CONFLICT: one of them is merged already.
 */
ZV_MUST_CHECK enum zv_code zv_merge_orgs(struct zv_merged *out, struct zv_db *db, struct zv_str actor, struct zv_str from, struct zv_str into,
					 struct zv_arena *arena, struct zv_err *err);

/* The whole request: at once, or (*approval set) asked for, when `who` needs a second person. */
ZV_MUST_CHECK enum zv_code zv_merge_ask(struct zv_merged *out, struct zv_str *approval, struct zv_db *db, const struct zv_who *who,
					struct zv_str from, struct zv_str into, struct zv_arena *arena, struct zv_err *err);

/* Takes a merge back. ZV_E_NOTFOUND: it is not merged; ZV_E_CONFLICT: 30 days have passed, or something stands on it. */
ZV_MUST_CHECK enum zv_code zv_merge_undo(struct zv_db *db, const struct zv_who *who, struct zv_str from, struct zv_arena *arena,
					 struct zv_err *err);

#endif
