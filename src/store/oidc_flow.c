/* The table oidc_flow. The provider's name stands before the path in return_to, divided by a blank, which no path has. */
#include "store/oidc_flow.h"

enum zv_code zv_flow_insert(struct zv_db *db, const struct zv_flow *flow, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO oidc_flow (state_hash, nonce, verifier, return_to, ends_ms) VALUES ($1, $2, $3, $4, $5)";
	struct zv_arena arena;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	zv_bind_text(stmt, 1, flow->state_hash);
	zv_bind_text(stmt, 2, flow->nonce);
	zv_bind_text(stmt, 3, flow->verifier);
	zv_bind_text(stmt, 4, zv_arena_strf(&arena, "%.*s %.*s", ZV_STR_FMT(flow->provider), ZV_STR_FMT(flow->return_to)));
	zv_bind_int(stmt, 5, flow->ends_ms);
	code = zv_stmt_run(stmt, err);
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_flow_sweep(struct zv_db *db, int64_t now_ms, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "DELETE FROM oidc_flow WHERE ends_ms <= $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, now_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_flow_take(struct zv_flow *out, struct zv_db *db, struct zv_str state_hash, int64_t now_ms, struct zv_arena *arena,
			  struct zv_err *err)
{
	static const char sql[] = "DELETE FROM oidc_flow WHERE state_hash = $1 RETURNING nonce, verifier, return_to, ends_ms";
	struct zv_str rest;
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, state_hash);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row) {
		*out = (struct zv_flow){
			.nonce = zv_str_dup(arena, zv_col_text(stmt, 0)),
			.verifier = zv_str_dup(arena, zv_col_text(stmt, 1)),
			.ends_ms = zv_col_int(stmt, 3),
		};
		rest = zv_str_dup(arena, zv_col_text(stmt, 2));
		(void)zv_str_split(&out->provider, &rest, ' ');
		out->return_to = rest;
	}
	zv_stmt_reset(stmt);
	if (code == ZV_OK && (!row || out->ends_ms <= now_ms))
		return zv_fail(err, ZV_E_NOTFOUND, "state", N_("This way to sign in has been used or is too old. Begin again."));
	return code;
}
