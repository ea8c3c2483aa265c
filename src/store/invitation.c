/* Invitations as rows. An organisation that was merged into another since is shown as the other. */
#include "store/invitation.h"

#include "store/id.h"
#include "store/read.h"

#define SELECT                                                                                                                       \
	"SELECT v.id, v.uid, v.cluster_id, o.id, v.state, v.reason, v.letter, v.answer, v.due, v.made_by, v.made_ms, v.sent_ms, "     \
	"v.answered_ms, c.uid, o.uid, o.name FROM invitation v JOIN cluster c ON c.id = v.cluster_id LEFT JOIN org_merge m "          \
	"ON m.from_id = v.org_id JOIN org o ON o.id = COALESCE(m.to_id, v.org_id)"

static const char sql_insert[] = "INSERT INTO invitation (id, uid, cluster_id, org_id, state, reason, letter, due, made_by, made_ms) "
				 "VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9) ON CONFLICT (cluster_id, org_id) DO NOTHING";

static const char sql_update[] = "UPDATE invitation SET state = $3, letter = $4, answer = $5, due = $6, sent_ms = $7, answered_ms = $8, reason = $9 "
				 "WHERE id = $1 AND state = $2";

static const char sql_by_uid[] = SELECT " WHERE v.uid = $1";

static const char sql_of[] = SELECT " WHERE v.cluster_id = $1 AND o.id = $2 ORDER BY v.id LIMIT 1";

static const char sql_rows[] = SELECT " WHERE v.cluster_id = $1 ORDER BY v.id";

static void bind_date(struct zv_stmt *stmt, int at, zv_date date)
{
	if (date == ZV_DATE_NONE)
		zv_bind_null(stmt, at);
	else
		zv_bind_int(stmt, at, date);
}

/* 0 is stored as NULL. */
static void bind_instant(struct zv_stmt *stmt, int at, int64_t ms)
{
	if (ms == 0)
		zv_bind_null(stmt, at);
	else
		zv_bind_int(stmt, at, ms);
}

enum zv_code zv_invitation_insert(struct zv_db *db, struct zv_invitation_row *row, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	bool more;
	enum zv_code code = zv_id_next(&row->id, db, zv_id_centre(row->cluster_id), ZV_ID_INVITATION, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	row->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "invitation")});
	row->state = ZV_INVITATION_ROW_PROPOSED;
	zv_bind_int(stmt, 1, row->id);
	zv_bind_text(stmt, 2, row->uid);
	zv_bind_int(stmt, 3, row->cluster_id);
	zv_bind_int(stmt, 4, row->org_id);
	zv_bind_text(stmt, 5, row->reason);
	zv_bind_text(stmt, 6, row->letter);
	bind_date(stmt, 7, row->due);
	zv_bind_text(stmt, 8, row->made_by);
	zv_bind_int(stmt, 9, row->made_ms);
	code = zv_stmt_step(&more, stmt, err);
	if (code != ZV_OK || zv_stmt_changes(stmt) > 0)
		return code;
	return zv_fail(err, ZV_E_CONFLICT, "org", N_("This organisation was invited to this cluster already; go on with that invitation."));
}

enum zv_code zv_invitation_update(struct zv_db *db, const struct zv_invitation_row *row, int was, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool more;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_update, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, row->id);
	zv_bind_int(stmt, 2, was);
	zv_bind_int(stmt, 3, row->state);
	zv_bind_text(stmt, 4, row->letter);
	zv_bind_text(stmt, 5, row->answer);
	bind_date(stmt, 6, row->due);
	bind_instant(stmt, 7, row->sent_ms);
	bind_instant(stmt, 8, row->answered_ms);
	zv_bind_text(stmt, 9, row->reason);
	code = zv_stmt_step(&more, stmt, err);
	if (code != ZV_OK || zv_stmt_changes(stmt) > 0)
		return code;
	return zv_fail(err, ZV_E_CONFLICT, "state", N_("Somebody has changed this invitation meanwhile; look at it again."));
}

static void read_invitation(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_invitation_row *)out = (struct zv_invitation_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.cluster_id = zv_col_int(stmt, 2),
		.org_id = zv_col_int(stmt, 3),
		.state = (int)zv_col_int(stmt, 4),
		.reason = zv_str_dup(arena, zv_col_text(stmt, 5)),
		.letter = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.answer = zv_str_dup(arena, zv_col_text(stmt, 7)),
		.due = zv_col_is_null(stmt, 8) ? ZV_DATE_NONE : (zv_date)zv_col_int(stmt, 8),
		.made_by = zv_str_dup(arena, zv_col_text(stmt, 9)),
		.made_ms = zv_col_int(stmt, 10),
		.sent_ms = zv_col_int(stmt, 11),
		.answered_ms = zv_col_int(stmt, 12),
		.cluster_uid = zv_str_dup(arena, zv_col_text(stmt, 13)),
		.org_uid = zv_str_dup(arena, zv_col_text(stmt, 14)),
		.org = zv_str_dup(arena, zv_col_text(stmt, 15)),
	};
}

enum zv_code zv_invitation_by_uid(struct zv_invitation_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_invitation, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no invitation “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

enum zv_code zv_invitation_rows(struct zv_invitation_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
				struct zv_err *err)
{
	void *found = NULL;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_rows, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, cluster_id);
	code = zv_read_all(&found, n, stmt, sizeof(**out), read_invitation, arena, err);
	*out = found;
	return code;
}

enum zv_code zv_invitation_of(bool *found, struct zv_invitation_row *out, struct zv_db *db, int64_t cluster_id, int64_t org_id, struct zv_arena *arena,
			      struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_of, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, cluster_id);
	zv_bind_int(stmt, 2, org_id);
	return zv_read_one(found, out, stmt, read_invitation, arena, err);
}
