/* Takes a batch back: first what stands on it is looked for, then its values go back, then its rows go. */
#include "store/batch.h"
#include "store/history.h"
#include "store/lookup.h"
#include "store/lots.h"
#include "store/plan.h"
#include "store/trail.h"
#include "store/undo_kept.h"

enum { PAGE = 500, DELETE_PAGE = 5000 };

/* A later batch has replaced a value that this one said, or disputes one that it put in place. */
static const char sql_value_users[] =
	"SELECT l.batch_id FROM fact f JOIN fact l ON l.entity = f.entity AND l.row_id = f.row_id AND l.field = f.field "
	"AND l.id > f.id AND l.batch_id <> f.batch_id AND l.state <> 4 "
	"WHERE f.batch_id = $1 AND f.state IN (1, 3) LIMIT $2";

static const char sql_changed_rows[] =
	"SELECT DISTINCT row_id FROM fact WHERE replaced_by = $1 AND entity = $2 AND row_id > $3 AND batch_id <> $1 "
	"ORDER BY row_id LIMIT $4";

static const char sql_facts[] = "SELECT " ZV_FACT_COLUMNS " FROM fact WHERE batch_id = $1 AND state <> 4";
static const char sql_mark_facts[] = "UPDATE fact SET state = 4 WHERE batch_id = $1 AND state <> 4";
static const char sql_mark_batch[] = "UPDATE batch SET state = 2 WHERE id = $1 AND state = 1";

enum standing { CHANGED, USED };

static enum zv_code say(enum standing how, const struct zv_batch *other, struct zv_err *err)
{
	if (how == CHANGED)
		return zv_fail(err, ZV_E_CONFLICT, "batch",
			       N_("Batch %.*s (%.*s) has since changed or disputed values of this batch. Undo that one first."),
			       ZV_STR_FMT(other->uid), ZV_STR_FMT(other->kind));
	return zv_fail(err, ZV_E_CONFLICT, "batch", N_("Batch %.*s (%.*s) uses rows of this batch. Undo that one first."),
		       ZV_STR_FMT(other->uid), ZV_STR_FMT(other->kind));
}

/* ZV_E_CONFLICT that names the batch which the query finds. */
static enum zv_code refuse_if_found(struct zv_db *db, const char *sql, int64_t batch_id, enum standing how, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_batch other;
	int64_t id;
	size_t n;
	enum zv_code code = zv_lookup_int(&id, &n, 1, db, sql, batch_id, err);

	if (code != ZV_OK || n == 0)
		return code;
	zv_arena_init(&arena);
	code = zv_batch_by_id(&other, db, id, &arena, err);
	if (code == ZV_OK)
		code = say(how, &other, err);
	zv_arena_done(&arena);
	return code;
}

/* Rows that refer to rows of the batch on the word of another one; what this batch made refer to them goes back. */
static enum zv_code check_references(struct zv_db *db, const struct zv_register *reg, int64_t batch_id, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (int i = 0; code == ZV_OK && i < reg->n_columns; i++) {
		if (reg->columns[i].sql_users != NULL)
			code = refuse_if_found(db, reg->columns[i].sql_users, batch_id, USED, err);
	}
	return code;
}

/* All that can stand in the way is looked for before anything changes, so that a conflict leaves nothing behind. */
static enum zv_code check_before(struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	enum zv_code code = refuse_if_found(db, sql_value_users, batch_id, CHANGED, err);

	for (int i = 0; code == ZV_OK && i < n; i++)
		code = refuse_if_found(db, all[i]->sql_changers, batch_id, CHANGED, err);
	for (int i = 0; code == ZV_OK && i < n; i++)
		code = check_references(db, all[i], batch_id, err);
	return code == ZV_OK ? zv_undo_check_kept(db, batch_id, err) : code;
}

static enum zv_code changed_page(int64_t ids[PAGE], size_t *n, struct zv_db *db, int64_t batch_id, int entity, int64_t after,
				 struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_changed_rows, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	zv_bind_int(stmt, 2, entity);
	zv_bind_int(stmt, 3, after);
	zv_bind_int(stmt, 4, PAGE);
	*n = 0;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		ids[(*n)++] = zv_col_int(stmt, 0);
	return code;
}

static enum zv_code restore_register(int64_t *restored, struct zv_db *db, const struct zv_register *reg, int64_t batch_id,
				     struct zv_err *err)
{
	struct zv_arena arena;
	int64_t ids[PAGE];
	int64_t after = -1;
	size_t n = PAGE;
	enum zv_code code = ZV_OK;

	zv_arena_init(&arena);
	while (code == ZV_OK && n == PAGE) {
		code = changed_page(ids, &n, db, batch_id, reg->entity, after, err);
		for (size_t i = 0; code == ZV_OK && i < n; i++) {
			zv_arena_reset(&arena);
			code = zv_history_restore(db, reg, ids[i], batch_id, &arena, err);
			after = ids[i];
			*restored += 1;
		}
	}
	zv_arena_done(&arena);
	return code;
}

static enum zv_code restore_values(int64_t *restored, struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	enum zv_code code = ZV_OK;

	for (int i = 0; code == ZV_OK && i < n; i++)
		code = restore_register(restored, db, all[i], batch_id, err);
	return code;
}

static enum zv_code run_for_batch(int64_t *changes, struct zv_db *db, const char *sql, int64_t batch_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK)
		*changes += zv_stmt_changes(stmt);
	return code;
}

/* The end of the next page of rows that the batch made; *more false after the last one. */
static enum zv_code next_page(bool *more, int64_t *last, struct zv_db *db, const struct zv_register *reg, int64_t batch_id,
			      int64_t after, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, reg->sql_batch_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	zv_bind_int(stmt, 2, after);
	zv_bind_int(stmt, 3, DELETE_PAGE);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*more = !zv_col_is_null(stmt, 0);
	*last = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* Page by page: what one statement would need to take itself back is kept in memory. */
static enum zv_code remove_from(int64_t *removed, struct zv_db *db, const struct zv_register *reg, int64_t batch_id, struct zv_err *err)
{
	int64_t after = -1;
	int64_t last = -1;
	bool more = true;
	bool row;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK) {
		struct zv_stmt *stmt;

		code = next_page(&more, &last, db, reg, batch_id, after, err);
		if (code != ZV_OK || !more)
			break;
		code = zv_trail_rows_go(db, reg, batch_id, after, last, err);
		if (code == ZV_OK)
			code = zv_db_stmt(&stmt, db, reg->sql_delete_batch, err);
		if (code != ZV_OK)
			break;
		zv_bind_int(stmt, 1, batch_id);
		zv_bind_int(stmt, 2, after);
		zv_bind_int(stmt, 3, last);
		code = zv_stmt_step(&row, stmt, err);
		if (code == ZV_OK)
			*removed += zv_stmt_changes(stmt);
		after = last;
	}
	return code;
}

static enum zv_code remove_rows(int64_t *removed, struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	enum zv_code code = zv_lot_runs_forget_batch(db, batch_id, err);

	if (code == ZV_OK)
		code = zv_plan_forget_batch(db, batch_id, err);
	if (code == ZV_OK)
		code = zv_undo_forget_reckoned(db, batch_id, err);
	for (int i = n - 1; code == ZV_OK && i >= 0; i--)
		code = remove_from(removed, db, all[i], batch_id, err);
	return code;
}

static enum zv_code mark_facts(struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	int64_t n = 0;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_facts, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	code = zv_trail_facts_become(db, stmt, ZV_FACT_UNDONE, -1, err);
	return code == ZV_OK ? run_for_batch(&n, db, sql_mark_facts, batch_id, err) : code;
}

/* ZV_E_CONFLICT when it is undone already. */
static enum zv_code mark_batch(struct zv_db *db, const struct zv_batch *batch, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_batch stored;
	struct zv_batch undone;
	int64_t n = 0;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_batch_by_id(&stored, db, batch->id, &arena, err);
	if (code == ZV_OK && stored.state != 1)
		code = zv_fail(err, ZV_E_CONFLICT, "batch", N_("Batch %.*s is undone already."), ZV_STR_FMT(batch->uid));
	if (code == ZV_OK) {
		undone = stored;
		undone.state = 2;
		code = zv_trail_batch(db, &stored, &undone, err);
	}
	if (code == ZV_OK)
		code = run_for_batch(&n, db, sql_mark_batch, batch->id, err);
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_batch_undo(int64_t *rows_removed, int64_t *rows_restored, struct zv_db *db, const struct zv_batch *batch, struct zv_err *err)
{
	int64_t removed = 0;
	int64_t restored = 0;
	enum zv_code code = check_before(db, batch->id, err);

	if (code == ZV_OK)
		code = mark_batch(db, batch, err);
	if (code == ZV_OK)
		code = restore_values(&restored, db, batch->id, err);
	if (code == ZV_OK)
		code = remove_rows(&removed, db, batch->id, err);
	if (code == ZV_OK)
		code = mark_facts(db, batch->id, err);
	if (code == ZV_OK)
		code = zv_audit_undo(db, batch, removed, restored, err);
	if (code != ZV_OK)
		return code;
	*rows_removed = removed;
	*rows_restored = restored;
	return ZV_OK;
}
