/* The table session, and the count of changes that caches look at. */
#include "store/session.h"

#include <stdatomic.h>

#include "base/date.h"
#include "store/id.h"
#include "store/read.h"

#define COLUMNS "hash, uid, account_id, created_ms, seen_ms, ends_ms, address, agent"

static atomic_uint_fast64_t changes;

uint64_t zv_session_changes(void)
{
	return atomic_load_explicit(&changes, memory_order_acquire);
}

void zv_session_changed(void)
{
	(void)atomic_fetch_add_explicit(&changes, 1, memory_order_acq_rel);
}

static void read_session(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_session *)out = (struct zv_session){
		.hash = zv_str_dup(arena, zv_col_text(stmt, 0)),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.account_id = zv_col_int(stmt, 2),
		.created_ms = zv_col_int(stmt, 3),
		.seen_ms = zv_col_int(stmt, 4),
		.ends_ms = zv_col_int(stmt, 5),
		.address = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.agent = zv_str_dup(arena, zv_col_text(stmt, 7)),
	};
}

enum zv_code zv_session_by_hash(struct zv_session *out, struct zv_db *db, struct zv_str hash, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, "SELECT " COLUMNS " FROM session WHERE hash = $1", hash, read_session, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such session."));
}

enum zv_code zv_sessions_of(struct zv_session **out, size_t *n, struct zv_db *db, int64_t account_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT " COLUMNS " FROM session WHERE account_id = $1 ORDER BY seen_ms DESC, uid";
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_session, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_session_insert(struct zv_db *db, struct zv_session *session, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO session (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	(void)zv_id_uid(uid, "sess");
	session->uid = zv_str_dup(arena, zv_str_c(uid));
	zv_bind_text(stmt, 1, session->hash);
	zv_bind_text(stmt, 2, session->uid);
	zv_bind_int(stmt, 3, session->account_id);
	zv_bind_int(stmt, 4, session->created_ms);
	zv_bind_int(stmt, 5, session->seen_ms);
	zv_bind_int(stmt, 6, session->ends_ms);
	zv_bind_text(stmt, 7, session->address);
	zv_bind_text(stmt, 8, session->agent);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_session_put_seen(struct zv_db *db, struct zv_str hash, int64_t seen_ms, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "UPDATE session SET seen_ms = $2 WHERE hash = $1 AND seen_ms < $2", err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, hash);
	zv_bind_int(stmt, 2, seen_ms);
	return zv_stmt_run(stmt, err);
}

/* Rows gone of a statement whose parameters are bound. */
static enum zv_code run_delete(int64_t *n, struct zv_stmt *stmt, struct zv_err *err)
{
	bool row;
	enum zv_code code = zv_stmt_step(&row, stmt, err);

	zv_session_changed();
	if (code == ZV_OK)
		*n = zv_stmt_changes(stmt);
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_session_end(int64_t *n, struct zv_db *db, int64_t account_id, struct zv_str uid, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "DELETE FROM session WHERE account_id = $1 AND uid = $2", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	zv_bind_text(stmt, 2, uid);
	return run_delete(n, stmt, err);
}

enum zv_code zv_sessions_end(int64_t *n, struct zv_db *db, int64_t account_id, struct zv_str except, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "DELETE FROM session WHERE account_id = $1 AND uid <> $2", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	zv_bind_text(stmt, 2, except);
	return run_delete(n, stmt, err);
}

enum zv_code zv_sessions_sweep(struct zv_db *db, int64_t now_ms, int64_t idle_ms, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "DELETE FROM session WHERE ends_ms <= $1 OR seen_ms <= $2", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, now_ms);
	zv_bind_int(stmt, 2, now_ms - idle_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_sessions_trim(struct zv_db *db, int64_t account_id, int keep, struct zv_err *err)
{
	static const char sql[] =
		"DELETE FROM session WHERE account_id = $1 AND hash NOT IN "
		"(SELECT hash FROM session WHERE account_id = $1 ORDER BY seen_ms DESC, uid DESC LIMIT $2)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	zv_bind_int(stmt, 2, keep);
	return zv_stmt_run(stmt, err);
}
