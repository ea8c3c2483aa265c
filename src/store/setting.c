/* The table `setting`. */
#include "store/setting.h"

enum zv_code zv_setting_get(struct zv_str *out, struct zv_db *db, const char *name, struct zv_arena *arena, struct zv_err *err)
{
	static const char sql[] = "SELECT value FROM setting WHERE name = $1";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, zv_str_c(name));
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = row ? zv_str_dup(arena, zv_col_text(stmt, 0)) : ZV_STR("");
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_setting_put(struct zv_db *db, const char *name, struct zv_str value, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, zv_str_c(name));
	zv_bind_text(stmt, 2, value);
	return zv_stmt_run(stmt, err);
}
