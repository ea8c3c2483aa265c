/* Verdicts as rows. */
#include "store/verdict.h"

#include "store/id.h"
#include "store/read.h"

#define HEAD "v.id, v.pack_id, v.uid, v.subject, v.as_of, v.facts_digest, v.passed, v.failed, v.unknown, v.made_by, v.made_ms, p.uid"
#define FROM " FROM verdict v JOIN rule_pack p ON p.id = v.pack_id "

static const char sql_insert[] = "INSERT INTO verdict (id, uid, pack_id, subject, as_of, facts, facts_digest, result, passed, failed, unknown, made_by, made_ms) "
				 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
static const char sql_by_uid[] = "SELECT " HEAD ", v.facts, v.result" FROM "WHERE v.uid = $1";
static const char sql_page[] = "SELECT " HEAD ", '', ''" FROM "WHERE v.subject = $1 AND (CAST($2 AS BIGINT) = 0 OR v.id < $2) ORDER BY v.id DESC LIMIT $3";

enum zv_code zv_verdict_insert(struct zv_db *db, struct zv_verdict_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, ZV_CENTRE_NATIONAL, ZV_ID_VERDICT, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "verdict")});
	row->made_ms = zv_now_ms();
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	zv_bind_int(stmt, 3, row->pack_id);
	zv_bind_text(stmt, 4, row->subject);
	zv_bind_int(stmt, 5, row->as_of);
	zv_bind_text(stmt, 6, row->facts);
	zv_bind_text(stmt, 7, row->facts_digest);
	zv_bind_text(stmt, 8, row->result);
	zv_bind_int(stmt, 9, row->passed);
	zv_bind_int(stmt, 10, row->failed);
	zv_bind_int(stmt, 11, row->unknown);
	zv_bind_text(stmt, 12, row->made_by);
	zv_bind_int(stmt, 13, row->made_ms);
	return zv_stmt_run(stmt, err);
}

static void read_verdict(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_verdict_row *)out = (struct zv_verdict_row){
		.id = zv_col_int(stmt, 0),
		.pack_id = zv_col_int(stmt, 1),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.subject = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.as_of = (zv_date)zv_col_int(stmt, 4),
		.facts_digest = zv_str_dup(arena, zv_col_text(stmt, 5)),
		.passed = (int)zv_col_int(stmt, 6),
		.failed = (int)zv_col_int(stmt, 7),
		.unknown = (int)zv_col_int(stmt, 8),
		.made_by = zv_str_dup(arena, zv_col_text(stmt, 9)),
		.made_ms = zv_col_int(stmt, 10),
		.pack_uid = zv_str_dup(arena, zv_col_text(stmt, 11)),
		.facts = zv_str_dup(arena, zv_col_text(stmt, 12)),
		.result = zv_str_dup(arena, zv_col_text(stmt, 13)),
	};
}

enum zv_code zv_verdict_by_uid(bool *found, struct zv_verdict_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	return zv_read_by_text(found, out, db, sql_by_uid, uid, read_verdict, arena, err);
}

enum zv_code zv_verdict_page(struct zv_verdict_row **out, size_t *n, struct zv_db *db, struct zv_str subject, int64_t before, int limit, struct zv_arena *arena,
			     struct zv_err *err)
{
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, subject);
	zv_bind_int(stmt, 2, before);
	zv_bind_int(stmt, 3, limit);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_verdict, arena, err);
	*out = rows;
	return code;
}
