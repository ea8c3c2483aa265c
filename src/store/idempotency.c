/* Answers under the client's own keys. */
#include "store/idempotency.h"

enum { LIFE_MS = 24 * 60 * 60 * 1000 };

enum zv_code zv_kept_answer_find(struct zv_kept_answer *out, struct zv_db *db, struct zv_str key, int64_t now_ms, struct zv_arena *arena,
				 struct zv_err *err)
{
	static const char sql[] = "SELECT body_digest, status, etag, location, body FROM idempotency WHERE key_hash = $1 AND made_ms > $2";
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, key);
	zv_bind_int(stmt, 2, now_ms - LIFE_MS);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, "Idempotency-Key", N_("There is no answer under this key."));
	*out = (struct zv_kept_answer){.key = key,
				       .digest = zv_str_dup(arena, zv_col_text(stmt, 0)),
				       .status = (int)zv_col_int(stmt, 1),
				       .etag = zv_str_dup(arena, zv_col_text(stmt, 2)),
				       .location = zv_str_dup(arena, zv_col_text(stmt, 3)),
				       .body = zv_str_dup(arena, zv_col_text(stmt, 4))};
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* A hundred at most: a request must not wait for yesterday's. */
static enum zv_code drop_old(struct zv_db *db, int64_t now_ms, struct zv_err *err)
{
	static const char sql[] = "DELETE FROM idempotency WHERE key_hash IN "
				  "(SELECT key_hash FROM idempotency WHERE made_ms <= $1 ORDER BY made_ms LIMIT 100)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, now_ms - LIFE_MS);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_kept_answer_add(struct zv_db *db, const struct zv_kept_answer *answer, int64_t now_ms, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO idempotency (key_hash, body_digest, status, etag, location, body, made_ms) "
				  "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key_hash) DO UPDATE SET body_digest = excluded.body_digest, "
				  "status = excluded.status, etag = excluded.etag, location = excluded.location, body = excluded.body, "
				  "made_ms = excluded.made_ms";
	struct zv_stmt *stmt;
	enum zv_code code = drop_old(db, now_ms, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql, err);
	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, answer->key);
	zv_bind_text(stmt, 2, answer->digest);
	zv_bind_int(stmt, 3, answer->status);
	zv_bind_text(stmt, 4, answer->etag);
	zv_bind_text(stmt, 5, answer->location);
	zv_bind_text(stmt, 6, answer->body);
	zv_bind_int(stmt, 7, now_ms);
	return zv_stmt_run(stmt, err);
}
