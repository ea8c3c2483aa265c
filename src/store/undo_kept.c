/* Applications, invitations, packs and accounts have no batch of their own: the database alone would refuse, in words of its own. */
#include "store/undo_kept.h"

#include "base/arena.h"
#include "base/tr.h"

#define OF_BATCH(table) "(SELECT id FROM " table " WHERE batch_id = $1)"

static const char sql_application[] = "SELECT uid FROM application WHERE cluster_id IN " OF_BATCH("cluster") " OR org_id IN " OF_BATCH("org") " ORDER BY id LIMIT 1";
static const char sql_invitation[] = "SELECT uid FROM invitation WHERE cluster_id IN " OF_BATCH("cluster") " OR org_id IN " OF_BATCH("org") " ORDER BY id LIMIT 1";
static const char sql_pack[] = "SELECT name FROM rule_pack WHERE org_id IN " OF_BATCH("org") " ORDER BY id LIMIT 1";
static const char sql_account[] = "SELECT a.login FROM account_role r JOIN account a ON a.id = r.account_id WHERE r.org_id IN " OF_BATCH("org") " ORDER BY a.id LIMIT 1";
static const char sql_forget[] = "DELETE FROM measure_change WHERE org_id IN " OF_BATCH("org");

/* The first text that the query finds; empty when there is none. */
static enum zv_code find_name(struct zv_str *out, struct zv_db *db, const char *sql, int64_t batch_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	*out = ZV_STR("");
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row)
		*out = zv_str_dup(arena, zv_col_text(stmt, 0));
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code check_with(struct zv_db *db, int64_t batch_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str name;
	enum zv_code code = find_name(&name, db, sql_application, batch_id, arena, err);

	if (code == ZV_OK && name.n > 0)
		return zv_fail(err, ZV_E_CONFLICT, "batch",
			       N_("The application %.*s is about a cluster or an organisation of this batch. What was applied for is kept for ever, so this batch stays."),
			       ZV_STR_FMT(name));
	if (code == ZV_OK)
		code = find_name(&name, db, sql_invitation, batch_id, arena, err);
	if (code == ZV_OK && name.n > 0)
		return zv_fail(err, ZV_E_CONFLICT, "batch",
			       N_("The invitation %.*s is about a cluster or an organisation of this batch. Invitations are kept, so this batch stays."), ZV_STR_FMT(name));
	if (code == ZV_OK)
		code = find_name(&name, db, sql_pack, batch_id, arena, err);
	if (code == ZV_OK && name.n > 0)
		return zv_fail(err, ZV_E_CONFLICT, "batch",
			       N_("The pack of rules “%.*s” belongs to an organisation of this batch. Packs are kept for old verdicts, so this batch stays."),
			       ZV_STR_FMT(name));
	if (code == ZV_OK)
		code = find_name(&name, db, sql_account, batch_id, arena, err);
	if (code == ZV_OK && name.n > 0)
		return zv_fail(err, ZV_E_CONFLICT, "batch", N_("The account “%.*s” works for an organisation of this batch. Take its role away first."),
			       ZV_STR_FMT(name));
	return code;
}

enum zv_code zv_undo_check_kept(struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	struct zv_arena arena;
	enum zv_code code;

	zv_arena_init(&arena);
	code = check_with(db, batch_id, &arena, err);
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_undo_forget_reckoned(struct zv_db *db, int64_t batch_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_forget, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, batch_id);
	return zv_stmt_run(stmt, err);
}
