/* Approvals as rows. */
#include "store/approval.h"

#include "base/date.h"
#include "store/id.h"
#include "store/read.h"

#define SELECT                                                                                                            \
	"SELECT p.id, p.uid, p.action, p.subject, p.params, p.centre_id, p.state, p.asked_by, p.asked_ms, p.decided_by, " \
	"p.decided_ms, p.note, a.name, d.name, c.code FROM approval p JOIN account a ON a.id = p.asked_by "               \
	"JOIN centre c ON c.id = p.centre_id LEFT JOIN account d ON d.id = p.decided_by"

static const char sql_insert[] = "INSERT INTO approval (id, uid, action, subject, params, centre_id, state, asked_by, asked_ms) "
				 "VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)";

static const char sql_set[] = "UPDATE approval SET state = $2, decided_by = $3, decided_ms = $4, note = $5 WHERE id = $1 AND state = 1";

static const char sql_by_uid[] = SELECT " WHERE p.uid = $1";

static const char sql_same[] = SELECT " WHERE p.state = 1 AND p.action = $1 AND p.subject = $2 ORDER BY p.id LIMIT 1";

static const char sql_page[] = SELECT " WHERE (CAST($1 AS BIGINT) = -1 OR p.centre_id = $1 OR p.asked_by = $2) "
				      "AND (CAST($3 AS BIGINT) = 0 OR p.state = 1) ORDER BY p.asked_ms DESC, p.id DESC LIMIT $4 OFFSET $5";

enum zv_code zv_approval_insert(struct zv_db *db, struct zv_approval_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&row->id, db, row->centre_id, ZV_ID_APPROVAL, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "approval")});
	row->state = 1;
	if (row->asked_ms == 0)
		row->asked_ms = zv_now_ms();
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	zv_bind_text(stmt, 3, row->action);
	zv_bind_text(stmt, 4, row->subject);
	zv_bind_text(stmt, 5, row->params);
	zv_bind_int(stmt, 6, row->centre_id);
	zv_bind_int(stmt, 7, row->asked_by);
	zv_bind_int(stmt, 8, row->asked_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_approval_set(struct zv_db *db, int64_t id, int state, int64_t by, struct zv_str note, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_set, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_int(stmt, 2, state);
	if (by != 0)
		zv_bind_int(stmt, 3, by);
	zv_bind_int(stmt, 4, zv_now_ms());
	zv_bind_text(stmt, 5, note);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || zv_stmt_changes(stmt) > 0)
		return code;
	return zv_fail(err, ZV_E_CONFLICT, "", N_("This has been decided already."));
}

static void read_approval(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_approval_row *)out = (struct zv_approval_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.action = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.subject = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.params = zv_str_dup(arena, zv_col_text(stmt, 4)),
		.centre_id = zv_col_int(stmt, 5),
		.state = (int)zv_col_int(stmt, 6),
		.asked_by = zv_col_int(stmt, 7),
		.asked_ms = zv_col_int(stmt, 8),
		.decided_by = zv_col_int(stmt, 9),
		.decided_ms = zv_col_int(stmt, 10),
		.note = zv_str_dup(arena, zv_col_text(stmt, 11)),
		.asked_name = zv_str_dup(arena, zv_col_text(stmt, 12)),
		.decided_name = zv_str_dup(arena, zv_col_text(stmt, 13)),
		.centre = zv_str_dup(arena, zv_col_text(stmt, 14)),
	};
}

enum zv_code zv_approval_by_uid(struct zv_approval_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_approval, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is nothing to approve under “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

enum zv_code zv_approval_same(struct zv_approval_row *out, struct zv_db *db, struct zv_str action, struct zv_str subject,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_same, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, action);
	zv_bind_text(stmt, 2, subject);
	code = zv_read_one(&row, out, stmt, read_approval, arena, err);
	if (code != ZV_OK || row)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is nothing to approve under “%.*s”."), ZV_STR_FMT(zv_str_first(subject, 60)));
}

enum zv_code zv_approval_page(struct zv_approval_row **out, size_t *n, struct zv_db *db, int64_t centre_id, int64_t account_id, bool open_only,
			      int64_t offset, int64_t limit, struct zv_arena *arena, struct zv_err *err)
{
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, centre_id);
	zv_bind_int(stmt, 2, account_id);
	zv_bind_int(stmt, 3, open_only);
	zv_bind_int(stmt, 4, limit);
	zv_bind_int(stmt, 5, offset);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_approval, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}
