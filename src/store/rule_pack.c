/* Packs of rules as rows. */
#include "store/rule_pack.h"

#include "store/id.h"
#include "store/read.h"

#define SELECT                                                                                                                   \
	"SELECT p.id, p.uid, p.name, p.series, p.kind, p.centre_id, p.org_id, p.valid_from, p.valid_to, p.digest, p.body, p.state, " \
	"p.loaded_by, p.loaded_ms, p.ended_ms FROM rule_pack p "
#define VALID(day) "(CAST(" day " AS BIGINT) IS NULL OR ((p.valid_from IS NULL OR p.valid_from <= " day ") AND (p.valid_to IS NULL OR p.valid_to >= " day ")))"

static const char sql_insert[] = "INSERT INTO rule_pack (id, uid, name, series, kind, centre_id, org_id, valid_from, valid_to, digest, body, state, loaded_by, "
				 "loaded_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
static const char sql_set[] = "UPDATE rule_pack SET state = $2, ended_ms = $3 WHERE id = $1";
static const char sql_by_uid[] = SELECT "WHERE p.uid = $1";
static const char sql_by_name[] = SELECT "WHERE p.name = $1 AND p.state = 2";
static const char sql_of_series[] = SELECT "WHERE p.series = $1 AND p.state = 2 AND " VALID("$2") " ORDER BY COALESCE(p.valid_from, -999999) DESC, p.id DESC";
static const char sql_asked[] = SELECT "WHERE p.state = 1 AND (CAST($1 AS TEXT) IS NULL OR p.name = $1) AND EXISTS (SELECT 1 FROM approval a "
				       "WHERE a.subject = p.uid AND a.state = 1) ORDER BY p.id";
static const char sql_all[] = SELECT "WHERE p.state = 2 AND (CAST($1 AS BIGINT) = -1 OR p.kind = $1) AND " VALID("$2")
	" ORDER BY p.series, COALESCE(p.valid_from, -999999), p.id";

static void bind_date(struct zv_stmt *stmt, int at, zv_date date)
{
	if (date == ZV_DATE_NONE)
		zv_bind_null(stmt, at);
	else
		zv_bind_int(stmt, at, date);
}

enum zv_code zv_rule_pack_insert(struct zv_db *db, struct zv_rule_pack_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, ZV_CENTRE_NATIONAL, ZV_ID_RULE_PACK, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "pack")});
	if (row->loaded_ms == 0)
		row->loaded_ms = zv_now_ms();
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	zv_bind_text(stmt, 3, row->name);
	zv_bind_text(stmt, 4, row->series);
	zv_bind_int(stmt, 5, row->kind);
	if (row->centre_id >= 0)
		zv_bind_int(stmt, 6, row->centre_id);
	if (row->org_id != 0)
		zv_bind_int(stmt, 7, row->org_id);
	bind_date(stmt, 8, row->valid_from);
	bind_date(stmt, 9, row->valid_to);
	zv_bind_text(stmt, 10, row->digest);
	zv_bind_text(stmt, 11, row->body);
	zv_bind_int(stmt, 12, row->state);
	zv_bind_text(stmt, 13, row->loaded_by);
	zv_bind_int(stmt, 14, row->loaded_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_rule_pack_set(struct zv_db *db, int64_t id, enum zv_rule_pack_state state, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_set, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_int(stmt, 2, (int64_t)state);
	if (state == ZV_RULE_PACK_WITHDRAWN)
		zv_bind_int(stmt, 3, zv_now_ms());
	return zv_stmt_run(stmt, err);
}

static zv_date date_of(struct zv_stmt *stmt, int column)
{
	return zv_col_is_null(stmt, column) ? ZV_DATE_NONE : (zv_date)zv_col_int(stmt, column);
}

static void read_pack(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_rule_pack_row *)out = (struct zv_rule_pack_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.name = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.series = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.kind = (int)zv_col_int(stmt, 4),
		.centre_id = zv_col_is_null(stmt, 5) ? -1 : zv_col_int(stmt, 5),
		.org_id = zv_col_int(stmt, 6),
		.valid_from = date_of(stmt, 7),
		.valid_to = date_of(stmt, 8),
		.digest = zv_str_dup(arena, zv_col_text(stmt, 9)),
		.body = zv_str_dup(arena, zv_col_text(stmt, 10)),
		.state = (int)zv_col_int(stmt, 11),
		.loaded_by = zv_str_dup(arena, zv_col_text(stmt, 12)),
		.loaded_ms = zv_col_int(stmt, 13),
		.ended_ms = zv_col_int(stmt, 14),
	};
}

enum zv_code zv_rule_pack_by_uid(bool *found, struct zv_rule_pack_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	return zv_read_by_text(found, out, db, sql_by_uid, uid, read_pack, arena, err);
}

enum zv_code zv_rule_pack_by_name(bool *found, struct zv_rule_pack_row *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	return zv_read_by_text(found, out, db, sql_by_name, name, read_pack, arena, err);
}

static enum zv_code read_list(struct zv_rule_pack_row **out, size_t *n, struct zv_stmt *stmt, struct zv_arena *arena, struct zv_err *err)
{
	void *rows;
	enum zv_code code = zv_read_all(&rows, n, stmt, sizeof(**out), read_pack, arena, err);

	*out = rows;
	return code;
}

enum zv_code zv_rule_pack_of_series(struct zv_rule_pack_row **out, size_t *n, struct zv_db *db, struct zv_str series, zv_date on, struct zv_arena *arena,
				    struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_of_series, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, series);
	bind_date(stmt, 2, on);
	return read_list(out, n, stmt, arena, err);
}

enum zv_code zv_rule_pack_asked(struct zv_rule_pack_row **out, size_t *n, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_asked, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text_or_null(stmt, 1, name);
	return read_list(out, n, stmt, arena, err);
}

enum zv_code zv_rule_pack_all(struct zv_rule_pack_row **out, size_t *n, struct zv_db *db, int kind, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_all, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, kind);
	bind_date(stmt, 2, on);
	return read_list(out, n, stmt, arena, err);
}
