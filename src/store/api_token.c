/* The table api_token. */
#include "base/date.h"
#include "store/id.h"
#include "store/read.h"
#include "store/session.h"

#define COLUMNS "id, uid, account_id, name, hash, scopes, centre_id, created_ms, ends_ms, revoked_ms"

static void read_token(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_api_token *)out = (struct zv_api_token){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.account_id = zv_col_int(stmt, 2),
		.name = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.hash = zv_str_dup(arena, zv_col_text(stmt, 4)),
		.scopes = zv_str_dup(arena, zv_col_text(stmt, 5)),
		.centre_id = zv_col_is_null(stmt, 6) ? -1 : zv_col_int(stmt, 6),
		.created_ms = zv_col_int(stmt, 7),
		.ends_ms = zv_col_int(stmt, 8),
		.revoked_ms = zv_col_int(stmt, 9),
	};
}

enum zv_code zv_api_token_by_hash(struct zv_api_token *out, struct zv_db *db, struct zv_str hash, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, "SELECT " COLUMNS " FROM api_token WHERE hash = $1", hash, read_token, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such token."));
}

enum zv_code zv_api_tokens_of(struct zv_api_token **out, size_t *n, struct zv_db *db, int64_t account_id, struct zv_arena *arena,
			      struct zv_err *err)
{
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT " COLUMNS " FROM api_token WHERE account_id = $1 ORDER BY id", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_token, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_api_token_insert(struct zv_db *db, struct zv_api_token *token, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO api_token (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&token->id, db, ZV_CENTRE_NATIONAL, ZV_ID_TOKEN, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql, err);
	if (code != ZV_OK)
		return code;
	(void)zv_id_uid(uid, "tok");
	token->uid = zv_str_dup(arena, zv_str_c(uid));
	token->created_ms = zv_now_ms();
	zv_bind_int(stmt, 1, token->id);
	zv_bind_text(stmt, 2, token->uid);
	zv_bind_int(stmt, 3, token->account_id);
	zv_bind_text(stmt, 4, token->name);
	zv_bind_text(stmt, 5, token->hash);
	zv_bind_text(stmt, 6, token->scopes);
	if (token->centre_id >= 0)
		zv_bind_int(stmt, 7, token->centre_id);
	zv_bind_int(stmt, 8, token->created_ms);
	zv_bind_int(stmt, 9, token->ends_ms);
	return zv_stmt_run(stmt, err);
}

static enum zv_code run_revoke(int64_t *n, struct zv_stmt *stmt, struct zv_err *err)
{
	bool row;
	enum zv_code code = zv_stmt_step(&row, stmt, err);

	zv_session_changed();
	if (code == ZV_OK)
		*n = zv_stmt_changes(stmt);
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_api_token_revoke(struct zv_db *db, int64_t account_id, struct zv_str uid, struct zv_err *err)
{
	static const char sql[] = "UPDATE api_token SET revoked_ms = $3 WHERE account_id = $1 AND uid = $2 AND revoked_ms IS NULL";
	int64_t n = 0;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	zv_bind_text(stmt, 2, uid);
	zv_bind_int(stmt, 3, zv_now_ms());
	code = run_revoke(&n, stmt, err);
	if (code == ZV_OK && n == 0)
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such token."));
	return code;
}

enum zv_code zv_api_tokens_revoke(int64_t *n, struct zv_db *db, int64_t account_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "UPDATE api_token SET revoked_ms = $2 WHERE account_id = $1 AND revoked_ms IS NULL", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	zv_bind_int(stmt, 2, zv_now_ms());
	return run_revoke(n, stmt, err);
}
