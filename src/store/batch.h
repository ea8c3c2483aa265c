/* A batch: one import or one action of a user. Every row and every change names its batch. */
#ifndef ZV_STORE_BATCH_H
#define ZV_STORE_BATCH_H

#include "store/register.h"

struct zv_batch {
	int64_t id;
	int64_t centre_id;
	struct zv_str uid;    /* "batch_..." */
	struct zv_str kind;   /* import kind ("needs") or action ("need.set") */
	struct zv_str actor;  /* who: "cli:name", "demo" */
	struct zv_str source; /* file name or "" */
	struct zv_str digest; /* of the file, or "" */
	int64_t started_ms;
	int state; /* 1 applied, 2 undone */
	int64_t n_new, n_changed, n_same, n_error, n_held;
};

/* Inserts; fills id and uid. Inside the caller's transaction, as all below. */
ZV_MUST_CHECK enum zv_code zv_batch_open(struct zv_batch *batch, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

/* Stores the counts. */
ZV_MUST_CHECK enum zv_code zv_batch_close(struct zv_db *db, const struct zv_batch *batch, struct zv_err *err);

/* By uid, by number as text, or "last": the newest one that is not undone. ZV_E_CONFLICT when two centres have the number. */
ZV_MUST_CHECK enum zv_code zv_batch_find(struct zv_batch *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena,
					 struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_batch_by_id(struct zv_batch *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err);

/*
 * Takes the whole batch back: rows that it made go, values that it changed return to what they were, facts stay as
 * history marked undone. ZV_E_CONFLICT names what stands on it (a later batch changed or uses a row) and changes nothing.
 */
ZV_MUST_CHECK enum zv_code zv_batch_undo(int64_t *rows_removed, int64_t *rows_restored, struct zv_db *db,
					 const struct zv_batch *batch, struct zv_err *err);

/*
 * One page, newest first, from the `skip`th on: of one centre (-1: of all), of one actor and those whose names begin with `prefix` (both
 * empty: of everybody). Computations of lots are not among them.
 */
struct zv_batch_query {
	int64_t centre_id;
	struct zv_str actor, prefix;
	int64_t skip, limit;
};
ZV_MUST_CHECK enum zv_code zv_batch_page(struct zv_batch **out, size_t *n, struct zv_db *db, const struct zv_batch_query *query,
					 struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_batch_each(struct zv_db *db, int64_t limit, bool (*each)(void *context, const struct zv_batch *batch),
					 void *context, struct zv_err *err); /* newest first */

#endif
