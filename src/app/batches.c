/* Batches as use cases: the transaction around an undo. */
#include "app/batches.h"

#include "store/audit.h"

enum { TRAIL = 20 };

enum zv_code zv_batches_undo(struct zv_batches_undone *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch;
	struct zv_batches_undone undone = {0};
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_batch_find(&batch, db, name, arena, err);
	/* A merge moved more than what is in registers. */
	if (code == ZV_OK && zv_str_eq_c(batch.kind, "org.merge"))
		code = zv_fail(err, ZV_E_CONFLICT, "batch", N_("Batch %.*s merged two organisations. Take the merge back instead: “zveno org unmerge %.*s”."),
			       ZV_STR_FMT(batch.uid), ZV_STR_FMT(batch.source));
	if (code == ZV_OK)
		code = zv_batch_undo(&undone.removed, &undone.restored, db, &batch, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK) {
		zv_db_rollback(db);
		return code;
	}
	undone.uid = batch.uid;
	undone.kind = batch.kind;
	undone.source = batch.source;
	*out = undone;
	return ZV_OK;
}

enum zv_code zv_batches_undone_ms(int64_t *out, struct zv_db *db, const struct zv_batch *batch, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_audit_query query = {.centre_id = -1, .subject = batch->uid, .limit = TRAIL};
	struct zv_audit_row *rows;
	size_t n = 0;
	enum zv_code code;

	*out = 0;
	if (batch->state == 1)
		return ZV_OK;
	*out = batch->started_ms; /* older than the trail */
	code = zv_audit_page(&rows, &n, db, &query, arena, err);
	for (size_t i = 0; code == ZV_OK && i < n; i++)
		if (zv_str_eq_c(rows[i].action, "batch.undo"))
			*out = rows[i].at_ms;
	return code;
}

enum zv_code zv_batches_of(struct zv_batch *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	return zv_batch_by_id(out, db, id, arena, err);
}

enum zv_code zv_batches_each(struct zv_db *db, int64_t limit, bool (*each)(void *context, const struct zv_batch *batch), void *context,
			     struct zv_err *err)
{
	return zv_batch_each(db, limit, each, context, err);
}
