/* The table scenario. */
#include "store/scenario.h"

#include "base/date.h"
#include "store/id.h"
#include "store/read.h"

#define COLUMNS "id, uid, account_id, org_id, made_by, made_ms, title, causes, sources, days, from_day, to_day, rate"

static const char sql_insert[] = "INSERT INTO scenario (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
static const char sql_by_uid[] = "SELECT " COLUMNS " FROM scenario WHERE uid = $1";
static const char sql_all[] = "SELECT " COLUMNS " FROM scenario WHERE CAST($1 AS BIGINT) = -1 OR account_id = $1 OR org_id = $2 ORDER BY id DESC";

static void bind_or_null(struct zv_stmt *stmt, int at, int64_t value, bool none)
{
	if (none)
		zv_bind_null(stmt, at);
	else
		zv_bind_int(stmt, at, value);
}

enum zv_code zv_scenario_insert(struct zv_db *db, struct zv_scenario_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, ZV_CENTRE_NATIONAL, ZV_ID_SCENARIO, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "scenario")});
	row->made_ms = zv_now_ms();
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	bind_or_null(stmt, 3, row->account_id, row->account_id == 0);
	bind_or_null(stmt, 4, row->org_id, row->org_id == 0);
	zv_bind_text(stmt, 5, row->made_by);
	zv_bind_int(stmt, 6, row->made_ms);
	zv_bind_text(stmt, 7, row->title);
	zv_bind_text(stmt, 8, row->causes);
	zv_bind_text(stmt, 9, row->sources);
	zv_bind_int(stmt, 10, row->days);
	zv_bind_int(stmt, 11, row->from_day);
	bind_or_null(stmt, 12, row->to_day, row->to_day < 0);
	zv_bind_text(stmt, 13, row->rate);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_scenario_retitle(struct zv_db *db, int64_t id, struct zv_str title, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "UPDATE scenario SET title = $2 WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_text(stmt, 2, title);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_scenario_delete(struct zv_db *db, int64_t id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "DELETE FROM scenario WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	return zv_stmt_run(stmt, err);
}

static void read_scenario(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_scenario_row *)out = (struct zv_scenario_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.account_id = zv_col_int(stmt, 2), /* NULL reads as 0 */
		.org_id = zv_col_int(stmt, 3),
		.made_by = zv_str_dup(arena, zv_col_text(stmt, 4)),
		.made_ms = zv_col_int(stmt, 5),
		.title = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.causes = zv_str_dup(arena, zv_col_text(stmt, 7)),
		.sources = zv_str_dup(arena, zv_col_text(stmt, 8)),
		.days = zv_col_int(stmt, 9),
		.from_day = zv_col_int(stmt, 10),
		.to_day = zv_col_is_null(stmt, 11) ? -1 : zv_col_int(stmt, 11),
		.rate = zv_str_dup(arena, zv_col_text(stmt, 12)),
	};
}

enum zv_code zv_scenario_by_uid(bool *found, struct zv_scenario_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	return zv_read_by_text(found, out, db, sql_by_uid, uid, read_scenario, arena, err);
}

enum zv_code zv_scenario_all(struct zv_scenario_row **out, size_t *n, struct zv_db *db, int64_t account_id, int64_t org_id, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_stmt *stmt;
	void *rows;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_all, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	bind_or_null(stmt, 2, org_id, org_id == 0);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_scenario, arena, err);
	*out = rows;
	return code;
}
