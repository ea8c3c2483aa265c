/* Queries around one project. */
#include "store/project_read.h"

#include "store/read.h"

static enum zv_code rows(void **out, size_t *n, size_t size, struct zv_db *db, const char *sql, int64_t first, const int64_t *second, zv_read_row *read,
			 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, first);
	if (second != NULL)
		zv_bind_int(stmt, 2, *second);
	return zv_read_all(out, n, stmt, size, read, arena, err);
}

static void read_id(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(int64_t *)out = zv_col_int(stmt, 0);
}

enum zv_code zv_project_ids_of_org(int64_t **out, size_t *n, struct zv_db *db, int64_t org_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT DISTINCT project_id FROM project_cost WHERE org_id = $1 ORDER BY project_id";

	return rows((void **)out, n, sizeof(**out), db, sql, org_id, NULL, read_id, arena, err);
}

static void read_bearer(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_project_bearer *)out = (struct zv_project_bearer){
		.org_id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.cost_id = zv_col_int(stmt, 2),
	};
}

enum zv_code zv_project_bearers(struct zv_project_bearer **out, size_t *n, struct zv_db *db, int64_t project_id, struct zv_arena *arena,
				struct zv_err *err)
{
	static const char sql[] = "SELECT c.org_id, o.uid, MIN(c.id) FROM project_cost c JOIN org o ON o.id = c.org_id WHERE c.project_id = $1 "
				  "GROUP BY c.org_id, o.uid ORDER BY 3";

	return rows((void **)out, n, sizeof(**out), db, sql, project_id, NULL, read_bearer, arena, err);
}

static void read_cost(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_project_cost_row *)out = (struct zv_project_cost_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.source_key = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.category = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.dim = zv_col_is_null(stmt, 4) || zv_col_is_null(stmt, 5) ? -1 : zv_col_int(stmt, 4),
		.qty_base = zv_col_is_null(stmt, 5) ? 0 : zv_col_int(stmt, 5),
	};
}

enum zv_code zv_project_cost_rows(struct zv_project_cost_row **out, size_t *n, struct zv_db *db, int64_t project_id, int64_t org_id,
				  struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT id, uid, source_key, category, dim, qty_base FROM project_cost WHERE project_id = $1 AND org_id = $2 ORDER BY id";

	return rows((void **)out, n, sizeof(**out), db, sql, project_id, &org_id, read_cost, arena, err);
}

enum zv_code zv_project_org_ids(int64_t **out, size_t *n, struct zv_db *db, int64_t project_id, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT org_id FROM project WHERE id = $1 AND org_id IS NOT NULL "
				  "UNION SELECT org_id FROM project_member WHERE project_id = $1 "
				  "UNION SELECT org_id FROM project_cost WHERE project_id = $1 ORDER BY 1";

	return rows((void **)out, n, sizeof(**out), db, sql, project_id, NULL, read_id, arena, err);
}

static void read_text(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_str *)out = zv_str_dup(arena, zv_col_text(stmt, 0));
}

enum zv_code zv_statement_of(struct zv_str *uid, struct zv_db *db, int64_t org_id, int64_t project_id, struct zv_str name, struct zv_arena *arena,
			     struct zv_err *err)
{
	static const char of_org[] = "SELECT uid FROM statement WHERE org_id = $1 AND name = $2 ORDER BY said_on DESC, id DESC LIMIT 1";
	static const char of_project[] = "SELECT uid FROM statement WHERE project_id = $1 AND name = $2 ORDER BY said_on DESC, id DESC LIMIT 1";
	struct zv_stmt *stmt;
	bool found = false;
	enum zv_code code = zv_db_stmt(&stmt, db, org_id != 0 ? of_org : of_project, err);

	*uid = ZV_STR("");
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id != 0 ? org_id : project_id);
	zv_bind_text(stmt, 2, name);
	return zv_read_one(&found, uid, stmt, read_text, arena, err);
}
