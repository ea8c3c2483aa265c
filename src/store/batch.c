/* Batches: opening, counting, finding. Taking one back is in undo.c. */
#include "store/batch.h"

#include "base/date.h"
#include "store/trail.h"

#define COLUMNS                                                                                                                \
	"id, centre_id, uid, kind, actor, source, digest, started_ms, state, n_new, n_changed, n_same, n_error, n_held"

static const char sql_insert[] = "INSERT INTO batch (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0, 0, 0, 0, 0)";

static const char sql_close[] =
	"UPDATE batch SET n_new = $2, n_changed = $3, n_same = $4, n_error = $5, n_held = $6 WHERE id = $1";

static const char sql_by_id[] = "SELECT " COLUMNS " FROM batch WHERE id = $1";
static const char sql_by_uid[] = "SELECT " COLUMNS " FROM batch WHERE uid = $1";
static const char sql_by_number[] = "SELECT " COLUMNS " FROM batch WHERE id % 1099511627776 = $1 ORDER BY id LIMIT 2";
static const char sql_last[] = "SELECT " COLUMNS " FROM batch WHERE state = 1 AND kind <> 'lots' ORDER BY started_ms DESC, id DESC LIMIT 1";
static const char sql_page[] =
	"SELECT " COLUMNS " FROM batch WHERE kind <> 'lots' AND (CAST($1 AS BIGINT) = -1 OR centre_id = $1) AND "
	"(CAST($2 AS TEXT) = '' OR actor = $2 OR substr(actor, 1, length(CAST($3 AS TEXT))) = $3) "
	"ORDER BY started_ms DESC, id DESC LIMIT $4 OFFSET $5";
static const char sql_newest[] = "SELECT " COLUMNS " FROM batch ORDER BY started_ms DESC, id DESC LIMIT $1";

enum zv_code zv_batch_open(struct zv_batch *batch, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_batch stored;
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&batch->id, db, batch->centre_id, ZV_ID_BATCH, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	batch->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "batch")});
	batch->state = 1;
	if (batch->started_ms == 0)
		batch->started_ms = zv_now_ms();
	zv_bind_int(stmt, 1, batch->id);
	zv_bind_int(stmt, 2, batch->centre_id);
	zv_bind_text(stmt, 3, batch->uid);
	zv_bind_text(stmt, 4, batch->kind);
	zv_bind_text(stmt, 5, batch->actor);
	zv_bind_text(stmt, 6, batch->source);
	zv_bind_text(stmt, 7, batch->digest);
	zv_bind_int(stmt, 8, batch->started_ms);
	stored = *batch;
	stored.n_new = stored.n_changed = stored.n_same = stored.n_error = stored.n_held = 0;
	code = zv_trail_batch(db, NULL, &stored, err);
	return code == ZV_OK ? zv_stmt_run(stmt, err) : code;
}

static enum zv_code store_counts(struct zv_db *db, const struct zv_batch *batch, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_close, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch->id);
	zv_bind_int(stmt, 2, batch->n_new);
	zv_bind_int(stmt, 3, batch->n_changed);
	zv_bind_int(stmt, 4, batch->n_same);
	zv_bind_int(stmt, 5, batch->n_error);
	zv_bind_int(stmt, 6, batch->n_held);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_batch_close(struct zv_db *db, const struct zv_batch *batch, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_batch stored;
	struct zv_batch closed;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_batch_by_id(&stored, db, batch->id, &arena, err);
	if (code == ZV_OK) {
		closed = stored;
		closed.n_new = batch->n_new;
		closed.n_changed = batch->n_changed;
		closed.n_same = batch->n_same;
		closed.n_error = batch->n_error;
		closed.n_held = batch->n_held;
		code = zv_trail_batch(db, &stored, &closed, err);
	}
	if (code == ZV_OK)
		code = store_counts(db, batch, err);
	if (code == ZV_OK)
		code = zv_audit_batch(db, &closed, err);
	zv_arena_done(&arena);
	return code;
}

static void read_batch(struct zv_batch *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	out->id = zv_col_int(stmt, 0);
	out->centre_id = zv_col_int(stmt, 1);
	out->uid = zv_str_dup(arena, zv_col_text(stmt, 2));
	out->kind = zv_str_dup(arena, zv_col_text(stmt, 3));
	out->actor = zv_str_dup(arena, zv_col_text(stmt, 4));
	out->source = zv_str_dup(arena, zv_col_text(stmt, 5));
	out->digest = zv_str_dup(arena, zv_col_text(stmt, 6));
	out->started_ms = zv_col_int(stmt, 7);
	out->state = (int)zv_col_int(stmt, 8);
	out->n_new = zv_col_int(stmt, 9);
	out->n_changed = zv_col_int(stmt, 10);
	out->n_same = zv_col_int(stmt, 11);
	out->n_error = zv_col_int(stmt, 12);
	out->n_held = zv_col_int(stmt, 13);
}

/* The one batch that the bound statement finds. */
static enum zv_code read_one(struct zv_batch *out, struct zv_stmt *stmt, struct zv_str asked, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch;
	bool row;
	enum zv_code code = zv_stmt_step(&row, stmt, err);

	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, "batch", N_("There is no batch “%.*s”. “zveno batches” shows them."), ZV_STR_FMT(asked));
	read_batch(&batch, stmt, arena);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		code = zv_fail(err, ZV_E_CONFLICT, "batch", N_("Several centres have a batch %.*s. Name it by its uid (“batch_…”)."),
			       ZV_STR_FMT(asked));
		zv_stmt_reset(stmt);
	}
	if (code == ZV_OK)
		*out = batch;
	return code;
}

enum zv_code zv_batch_by_id(struct zv_batch *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_by_id, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	return read_one(out, stmt, zv_arena_strf(arena, "%" PRId64, id), arena, err);
}

enum zv_code zv_batch_find(struct zv_batch *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	int64_t number = 0;
	bool last = zv_str_eq_c(name, "last");
	bool by_number = !last && zv_is_digits(name) && zv_str_int(&number, name);
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, last ? sql_last : by_number ? sql_by_number : sql_by_uid, err);

	if (code != ZV_OK)
		return code;
	if (by_number)
		zv_bind_int(stmt, 1, number);
	else if (!last)
		zv_bind_text(stmt, 1, name);
	return read_one(out, stmt, name, arena, err);
}

enum zv_code zv_batch_each(struct zv_db *db, int64_t limit, bool (*each)(void *context, const struct zv_batch *batch), void *context,
			   struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_newest, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	zv_bind_int(stmt, 1, limit);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_batch batch;

		zv_arena_reset(&arena);
		read_batch(&batch, stmt, &arena);
		if (!each(context, &batch)) {
			zv_stmt_reset(stmt);
			break;
		}
	}
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_batch_page(struct zv_batch **out, size_t *n, struct zv_db *db, const struct zv_batch_query *query, struct zv_arena *arena,
			   struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, query->centre_id);
	zv_bind_text(stmt, 2, query->actor);
	zv_bind_text(stmt, 3, query->prefix);
	zv_bind_int(stmt, 4, query->limit);
	zv_bind_int(stmt, 5, query->skip);
	*out = ZV_ARENA_ARRAY(arena, struct zv_batch, (size_t)query->limit);
	*n = 0;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		read_batch(&(*out)[(*n)++], stmt, arena);
	return code;
}
