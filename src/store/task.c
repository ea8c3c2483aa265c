/* Tasks as rows. */
#include "store/task.h"

#include "store/id.h"
#include "store/read.h"

#define COLUMNS \
	"t.id, t.uid, t.kind, t.account_id, t.org_id, t.centre_id, t.subject, t.params, t.due, t.state, t.made_by, t.made_ms, t.ended_by, t.ended_ms"

/* $1 account, $2..$9 organisations, $10..$17 centres, $18 all centres, $19 everything; each branch has an index of its own. */
#define OWNED                                                                                                             \
	"(t.account_id = $1 OR t.org_id IN ($2, $3, $4, $5, $6, $7, $8, $9) OR "                                          \
	"t.centre_id IN ($10, $11, $12, $13, $14, $15, $16, $17) OR "                                                     \
	"(CAST($18 AS BIGINT) = 1 AND t.centre_id IS NOT NULL) OR CAST($19 AS BIGINT) = 1)"

/* Whoever asked for a second person is not that person. */
#define NOT_OWN_ASK                                                                                                       \
	" AND NOT (t.kind = 'approval.decide' AND EXISTS (SELECT 1 FROM approval a WHERE a.uid = t.subject AND a.asked_by = $1))"

#define FITS " AND (CAST($20 AS BIGINT) = 0 OR t.state = $20) AND (CAST($21 AS TEXT) = '' OR t.kind = $21)"

static const char sql_insert[] =
	"INSERT INTO task (id, uid, kind, account_id, org_id, centre_id, subject, params, due, state, made_by, made_ms) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)";

static const char sql_end[] = "UPDATE task SET state = $2, ended_by = $3, ended_ms = $4 WHERE id = $1 AND state = 1";

static const char sql_end_about[] =
	"UPDATE task SET state = $4, ended_by = $5, ended_ms = $6 WHERE kind = $1 AND subject = $2 AND state = 1 "
	"AND (CAST($3 AS BIGINT) = -1 OR centre_id = $3)";

static const char sql_move[] = "UPDATE task SET due = $2 WHERE id = $1";

static const char sql_page[] = "SELECT " COLUMNS " FROM task t WHERE " OWNED NOT_OWN_ASK FITS
			       " ORDER BY COALESCE(t.due, 2147483647), t.id LIMIT $22 OFFSET $23";

static const char sql_count[] = "SELECT COUNT(*) FROM task t WHERE " OWNED NOT_OWN_ASK FITS;

static const char sql_by_uid[] = "SELECT " COLUMNS " FROM task t WHERE t.uid = $1";

enum { AT_STATE = 20, AT_KIND = 21, AT_LIMIT = 22, AT_OFFSET = 23 };

enum zv_code zv_task_insert(struct zv_db *db, struct zv_task_row *task, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&task->id, db, task->centre_id > 0 ? task->centre_id : ZV_CENTRE_NATIONAL, ZV_ID_TASK, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	task->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "task")});
	task->state = ZV_TASK_ROW_OPEN;
	if (task->made_ms == 0)
		task->made_ms = zv_now_ms();
	zv_bind_int(stmt, 1, task->id);
	zv_bind_text(stmt, 2, task->uid);
	zv_bind_text(stmt, 3, task->kind);
	if (task->account_id != 0)
		zv_bind_int(stmt, 4, task->account_id);
	if (task->org_id != 0)
		zv_bind_int(stmt, 5, task->org_id);
	if (task->centre_id >= 0)
		zv_bind_int(stmt, 6, task->centre_id);
	/* About nothing but itself: its own uid, so that one person can have several (index task_once). */
	zv_bind_text(stmt, 7, task->subject.n > 0 ? task->subject : task->uid);
	zv_bind_text(stmt, 8, task->params.n > 0 ? task->params : ZV_STR("{}"));
	if (task->due != ZV_DATE_NONE)
		zv_bind_int(stmt, 9, task->due);
	zv_bind_text(stmt, 10, task->made_by);
	zv_bind_int(stmt, 11, task->made_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_task_end(struct zv_db *db, int64_t id, int state, struct zv_str by, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_end, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_int(stmt, 2, state);
	zv_bind_text(stmt, 3, by);
	zv_bind_int(stmt, 4, zv_now_ms());
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_task_end_about(struct zv_db *db, const char *kind, struct zv_str subject, int64_t centre_id, int state, struct zv_str by,
			       struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_end_about, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, zv_str_c(kind));
	zv_bind_text(stmt, 2, subject);
	zv_bind_int(stmt, 3, centre_id);
	zv_bind_int(stmt, 4, state);
	zv_bind_text(stmt, 5, by);
	zv_bind_int(stmt, 6, zv_now_ms());
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_task_move(struct zv_db *db, int64_t id, zv_date due, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_move, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	if (due != ZV_DATE_NONE)
		zv_bind_int(stmt, 2, due);
	return zv_stmt_run(stmt, err);
}

static void read_task(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_task_row *)out = (struct zv_task_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.kind = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.account_id = zv_col_int(stmt, 3),
		.org_id = zv_col_int(stmt, 4),
		.centre_id = zv_col_is_null(stmt, 5) ? -1 : zv_col_int(stmt, 5),
		.subject = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.params = zv_str_dup(arena, zv_col_text(stmt, 7)),
		.due = zv_col_is_null(stmt, 8) ? ZV_DATE_NONE : (zv_date)zv_col_int(stmt, 8),
		.state = (int)zv_col_int(stmt, 9),
		.made_by = zv_str_dup(arena, zv_col_text(stmt, 10)),
		.made_ms = zv_col_int(stmt, 11),
		.ended_by = zv_str_dup(arena, zv_col_text(stmt, 12)),
		.ended_ms = zv_col_int(stmt, 13),
	};
}

/* Places that stay unbound are NULL, which is in no list. */
static void bind_owner(struct zv_stmt *stmt, const struct zv_task_owner *owner)
{
	zv_bind_int(stmt, 1, owner->account_id);
	for (int i = 0; i < owner->n_orgs; i++)
		zv_bind_int(stmt, 2 + i, owner->orgs[i]);
	for (int i = 0; i < owner->n_centres; i++)
		zv_bind_int(stmt, 10 + i, owner->centres[i]);
	zv_bind_int(stmt, 18, owner->all_centres);
	zv_bind_int(stmt, 19, owner->everything);
}

enum zv_code zv_task_page(struct zv_task_row **out, size_t *n, struct zv_db *db, const struct zv_task_owner *owner,
			  const struct zv_task_query *query, struct zv_arena *arena, struct zv_err *err)
{
	void *rows;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	bind_owner(stmt, owner);
	zv_bind_int(stmt, AT_STATE, query->state);
	zv_bind_text(stmt, AT_KIND, query->kind);
	zv_bind_int(stmt, AT_LIMIT, query->limit);
	zv_bind_int(stmt, AT_OFFSET, query->offset);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_task, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_task_count(int64_t *out, struct zv_db *db, const struct zv_task_owner *owner, int state, struct zv_str kind, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_count, err);

	if (code != ZV_OK)
		return code;
	bind_owner(stmt, owner);
	zv_bind_int(stmt, AT_STATE, state);
	zv_bind_text(stmt, AT_KIND, kind);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_task_by_uid(struct zv_task_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_task, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no task “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

bool zv_task_is_of(const struct zv_task_row *task, const struct zv_task_owner *owner)
{
	if (owner->everything || (task->account_id != 0 && task->account_id == owner->account_id))
		return true;
	for (int i = 0; i < owner->n_orgs; i++)
		if (task->org_id != 0 && task->org_id == owner->orgs[i])
			return true;
	for (int i = 0; i < owner->n_centres; i++)
		if (task->centre_id >= 0 && task->centre_id == owner->centres[i])
			return true;
	return owner->all_centres && task->centre_id >= 0;
}
