/* Contacts as rows. */
#include "store/contact.h"

#include "base/date.h"
#include "store/id.h"
#include "store/read.h"

#define SELECT                                                                                                            \
	"SELECT c.id, c.uid, c.need_id, c.org_id, c.note, c.state, c.asked_by, c.asked_ms, c.decided_by, c.decided_ms, "  \
	"n.uid, n.title, a.uid, a.name, o.uid, o.name, o.id, n.centre_id "                                                \
	"FROM contact c JOIN need n ON n.id = c.need_id JOIN org a ON a.id = c.org_id JOIN org o ON o.id = n.org_id"

static const char sql_insert[] = "INSERT INTO contact (id, uid, need_id, org_id, note, state, asked_by, asked_ms) "
				 "VALUES ($1, $2, $3, $4, $5, 1, $6, $7) ON CONFLICT (need_id, org_id) DO NOTHING";

static const char sql_set_state[] = "UPDATE contact SET state = $2, decided_by = $3, decided_ms = $4 WHERE id = $1";

static const char sql_by_uid[] = SELECT " WHERE c.uid = $1";

static const char sql_state_of[] = "SELECT state FROM contact WHERE need_id = $1 AND org_id = $2";

static const char sql_page[] = SELECT " WHERE CAST($1 AS BIGINT) = 1 OR (CAST($2 AS BIGINT) <> 0 AND (c.org_id = $2 OR n.org_id = $2)) "
				      "OR n.centre_id = $3 ORDER BY c.asked_ms DESC, c.id DESC LIMIT $4 OFFSET $5";

enum zv_code zv_contact_insert(struct zv_db *db, struct zv_contact_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	bool more;
	enum zv_code code = zv_id_next(&row->id, db, zv_id_centre(row->need_id), ZV_ID_CONTACT, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "contact")});
	row->state = 1;
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	zv_bind_int(stmt, 3, row->need_id);
	zv_bind_int(stmt, 4, row->org_id);
	zv_bind_text(stmt, 5, row->note);
	zv_bind_text(stmt, 6, row->asked_by);
	zv_bind_int(stmt, 7, row->asked_ms);
	code = zv_stmt_step(&more, stmt, err);
	if (code != ZV_OK || zv_stmt_changes(stmt) > 0)
		return code;
	return zv_fail(err, ZV_E_CONFLICT, "", N_("Your organisation has asked about this need already; its owner has the question."));
}

enum zv_code zv_contact_set_state(struct zv_db *db, int64_t id, int state, struct zv_str by, int64_t at_ms, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_set_state, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_int(stmt, 2, state);
	zv_bind_text(stmt, 3, by);
	zv_bind_int(stmt, 4, at_ms);
	return zv_stmt_run(stmt, err);
}

static void read_contact(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_contact_row *)out = (struct zv_contact_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.need_id = zv_col_int(stmt, 2),
		.org_id = zv_col_int(stmt, 3),
		.note = zv_str_dup(arena, zv_col_text(stmt, 4)),
		.state = (int)zv_col_int(stmt, 5),
		.asked_by = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.asked_ms = zv_col_int(stmt, 7),
		.decided_by = zv_str_dup(arena, zv_col_text(stmt, 8)),
		.decided_ms = zv_col_int(stmt, 9),
		.need_uid = zv_str_dup(arena, zv_col_text(stmt, 10)),
		.need = zv_str_dup(arena, zv_col_text(stmt, 11)),
		.asker_uid = zv_str_dup(arena, zv_col_text(stmt, 12)),
		.asker = zv_str_dup(arena, zv_col_text(stmt, 13)),
		.owner_uid = zv_str_dup(arena, zv_col_text(stmt, 14)),
		.owner = zv_str_dup(arena, zv_col_text(stmt, 15)),
		.owner_id = zv_col_int(stmt, 16),
		.need_centre_id = zv_col_int(stmt, 17),
	};
}

enum zv_code zv_contact_by_uid(struct zv_contact_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_contact, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no contact “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

enum zv_code zv_contact_state_of(int *state, struct zv_db *db, int64_t need_id, int64_t org_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_state_of, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, need_id);
	zv_bind_int(stmt, 2, org_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*state = row ? (int)zv_col_int(stmt, 0) : 0;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_contact_page(struct zv_contact_row **out, size_t *n, struct zv_db *db, const struct zv_contact_scope *scope, int64_t offset,
			     int64_t limit, struct zv_arena *arena, struct zv_err *err)
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
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_contact, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}
