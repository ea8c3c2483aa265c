/* Disclosures as rows: whom something of an organisation's was shown to. */
#include "base/date.h"
#include "store/contact.h"
#include "store/id.h"
#include "store/read.h"

static const char sql_insert[] =
	"INSERT INTO disclosure (id, owner_id, to_org_id, to_centre_id, subject, what, reason, actor, at_ms) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static const char sql_page[] =
	"SELECT d.id, d.owner_id, d.to_org_id, d.to_centre_id, d.subject, d.what, d.reason, d.actor, d.at_ms, w.uid, w.name, o.uid, o.name, "
	"c.code, c.name_ru, c.name_en FROM disclosure d JOIN org w ON w.id = d.owner_id LEFT JOIN org o ON o.id = d.to_org_id "
	"LEFT JOIN centre c ON c.id = d.to_centre_id WHERE CAST($1 AS BIGINT) = 1 OR d.owner_id = $2 OR w.centre_id = $3 "
	"ORDER BY d.at_ms DESC, d.id DESC LIMIT $4 OFFSET $5";

enum zv_code zv_disclosure_insert(struct zv_db *db, struct zv_disclosure_row *row, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, zv_id_centre(row->owner_id), ZV_ID_DISCLOSURE, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, row->id);
	zv_bind_int(stmt, 2, row->owner_id);
	if (row->to_org_id != 0)
		zv_bind_int(stmt, 3, row->to_org_id);
	if (row->to_centre_id >= 0)
		zv_bind_int(stmt, 4, row->to_centre_id);
	zv_bind_text(stmt, 5, row->subject);
	zv_bind_text(stmt, 6, row->what);
	zv_bind_text(stmt, 7, row->reason);
	zv_bind_text(stmt, 8, row->actor);
	zv_bind_int(stmt, 9, row->at_ms != 0 ? row->at_ms : zv_now_ms());
	return zv_stmt_run(stmt, err);
}

static void read_disclosure(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_disclosure_row *)out = (struct zv_disclosure_row){
		.id = zv_col_int(stmt, 0),
		.owner_id = zv_col_int(stmt, 1),
		.to_org_id = zv_col_int(stmt, 2),
		.to_centre_id = zv_col_is_null(stmt, 3) ? -1 : zv_col_int(stmt, 3),
		.subject = zv_str_dup(arena, zv_col_text(stmt, 4)),
		.what = zv_str_dup(arena, zv_col_text(stmt, 5)),
		.reason = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.actor = zv_str_dup(arena, zv_col_text(stmt, 7)),
		.at_ms = zv_col_int(stmt, 8),
		.owner_uid = zv_str_dup(arena, zv_col_text(stmt, 9)),
		.owner = zv_str_dup(arena, zv_col_text(stmt, 10)),
		.to_uid = zv_str_dup(arena, zv_col_text(stmt, 11)),
		.to = zv_str_dup(arena, zv_col_text(stmt, 12)),
		.to_centre = zv_str_dup(arena, zv_col_text(stmt, 13)),
		.to_name_ru = zv_str_dup(arena, zv_col_text(stmt, 14)),
		.to_name_en = zv_str_dup(arena, zv_col_text(stmt, 15)),
	};
}

enum zv_code zv_disclosure_page(struct zv_disclosure_row **out, size_t *n, struct zv_db *db, const struct zv_contact_scope *scope,
				int64_t offset, int64_t limit, struct zv_arena *arena, struct zv_err *err)
{
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, scope->everything);
	zv_bind_int(stmt, 2, scope->org_id);
	zv_bind_int(stmt, 3, scope->centre_id);
	zv_bind_int(stmt, 4, limit);
	zv_bind_int(stmt, 5, offset);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_disclosure, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}
