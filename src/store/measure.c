/* The table measure_change. */
#include "store/measure.h"

#include "base/date.h"
#include "store/id.h"
#include "store/read.h"

#define COLUMNS                                                                                                           \
	"c.id, c.pack_id, c.org_id, c.measure, c.was, c.now, c.was_kop, c.now_kop, c.at_ms, o.uid, o.name, p.uid, p.name"
#define FROM " FROM measure_change c JOIN org o ON o.id = c.org_id JOIN rule_pack p ON p.id = c.pack_id "

/* $1 everything, $2..$9 organisations, $10..$17 centres, $18 pack, $19 measure, $20 below which id, $21 how many. */
static const char sql_page[] =
	"SELECT " COLUMNS FROM "WHERE (CAST($1 AS BIGINT) = 1 OR c.org_id IN ($2, $3, $4, $5, $6, $7, $8, $9) OR "
	"o.centre_id IN ($10, $11, $12, $13, $14, $15, $16, $17)) AND (CAST($18 AS TEXT) = '' OR p.uid = $18) AND "
	"(CAST($19 AS TEXT) = '' OR c.measure = $19) AND c.id < $20 ORDER BY c.id DESC LIMIT $21";

static const char sql_of[] = "SELECT " COLUMNS FROM "WHERE c.org_id = $1 AND p.uid = $2 ORDER BY c.id";

enum { AT_EVERYTHING = 1, AT_ORGS = 2, AT_CENTRES = 10, AT_PACK = 18, AT_MEASURE = 19, AT_BEFORE = 20, AT_LIMIT = 21 };

enum zv_code zv_measure_change_insert(struct zv_db *db, struct zv_measure_change_row *row, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO measure_change (id, pack_id, measure, org_id, was, now, was_kop, now_kop, at_ms) "
				  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, ZV_CENTRE_NATIONAL, ZV_ID_MEASURE_CHANGE, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql, err);
	if (code != ZV_OK)
		return code;
	if (row->at_ms == 0)
		row->at_ms = zv_now_ms();
	zv_bind_int(stmt, 1, row->id);
	zv_bind_int(stmt, 2, row->pack_id);
	zv_bind_text(stmt, 3, row->measure);
	zv_bind_int(stmt, 4, row->org_id);
	zv_bind_int(stmt, 5, row->was);
	zv_bind_int(stmt, 6, row->now);
	if (row->was_kop >= 0)
		zv_bind_int(stmt, 7, row->was_kop);
	if (row->now_kop >= 0)
		zv_bind_int(stmt, 8, row->now_kop);
	zv_bind_int(stmt, 9, row->at_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_measure_change_count(int64_t *out, struct zv_db *db, int64_t pack_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT COUNT(*) FROM measure_change WHERE pack_id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, pack_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static int64_t kop_of(struct zv_stmt *stmt, int column)
{
	return zv_col_is_null(stmt, column) ? -1 : zv_col_int(stmt, column);
}

static void read_change(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_measure_change_row *)out = (struct zv_measure_change_row){
		.id = zv_col_int(stmt, 0),
		.pack_id = zv_col_int(stmt, 1),
		.org_id = zv_col_int(stmt, 2),
		.measure = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.was = (int)zv_col_int(stmt, 4),
		.now = (int)zv_col_int(stmt, 5),
		.was_kop = kop_of(stmt, 6),
		.now_kop = kop_of(stmt, 7),
		.at_ms = zv_col_int(stmt, 8),
		.org_uid = zv_str_dup(arena, zv_col_text(stmt, 9)),
		.org = zv_str_dup(arena, zv_col_text(stmt, 10)),
		.pack_uid = zv_str_dup(arena, zv_col_text(stmt, 11)),
		.pack = zv_str_dup(arena, zv_col_text(stmt, 12)),
	};
}

static enum zv_code read_changes(struct zv_measure_change_row **out, size_t *n, struct zv_stmt *stmt, struct zv_arena *arena, struct zv_err *err)
{
	void *rows;
	enum zv_code code = zv_read_all(&rows, n, stmt, sizeof(**out), read_change, arena, err);

	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_measure_change_page(struct zv_measure_change_row **out, size_t *n, struct zv_db *db, const struct zv_measure_change_query *query,
				    struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, AT_EVERYTHING, query->everything);
	for (int i = 0; i < query->n_orgs; i++) /* places that stay unbound are NULL, which is in no list */
		zv_bind_int(stmt, AT_ORGS + i, query->orgs[i]);
	for (int i = 0; i < query->n_centres; i++)
		zv_bind_int(stmt, AT_CENTRES + i, query->centres[i]);
	zv_bind_text(stmt, AT_PACK, query->pack_uid);
	zv_bind_text(stmt, AT_MEASURE, query->measure);
	zv_bind_int(stmt, AT_BEFORE, query->before > 0 ? query->before : INT64_MAX);
	zv_bind_int(stmt, AT_LIMIT, query->limit);
	return read_changes(out, n, stmt, arena, err);
}

enum zv_code zv_measure_change_of(struct zv_measure_change_row **out, size_t *n, struct zv_db *db, int64_t org_id, struct zv_str pack_uid,
				  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_of, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id);
	zv_bind_text(stmt, 2, pack_uid);
	return read_changes(out, n, stmt, arena, err);
}
