/* Rows of the table job. Ids rise in the order of submission over all centres, so that the id is the order of work. */
#include "store/job.h"

#include "base/date.h"
#include "store/id.h"
#include "store/read.h"

#define COLUMNS "id, uid, kind, account_id, centre_id, params, state, made_ms, started_ms, ended_ms, result, error"

static const char sql_insert[] =
	"INSERT INTO job (id, uid, kind, account_id, centre_id, params, state, made_ms) VALUES ($1, $2, $3, $4, $5, $6, 1, $7)";
static const char sql_by_uid[] = "SELECT " COLUMNS " FROM job WHERE uid = $1";
static const char sql_next[] = "SELECT " COLUMNS " FROM job WHERE state = 1 ORDER BY id LIMIT 1";
static const char sql_start[] =
	"UPDATE job SET state = $3, started_ms = $4, ended_ms = NULL, result = NULL, error = NULL WHERE id = $1 AND state = $2";
static const char sql_wait[] = "UPDATE job SET state = $3, started_ms = NULL WHERE id = $1 AND state = $2";
static const char sql_end[] = "UPDATE job SET state = $3, ended_ms = $4, result = $5, error = $6 WHERE id = $1 AND state = $2";
static const char sql_requeue[] = "UPDATE job SET state = 1, started_ms = NULL WHERE state = 2";
static const char sql_count[] = "SELECT COUNT(*) FROM job WHERE account_id = $1 AND state IN (1, 2)";
static const char sql_refers[] = "SELECT COUNT(*) FROM job WHERE result LIKE '%' || CAST($1 AS TEXT) || '%'";
static const char sql_page[] =
	"SELECT " COLUMNS " FROM job WHERE (CAST($1 AS BIGINT) = 0 OR account_id = $1) AND (CAST($2 AS BIGINT) = -1 OR centre_id = $2) "
	"AND (CAST($3 AS BIGINT) = 0 OR id < $3) ORDER BY id DESC LIMIT $4";

const char *zv_job_state_name(enum zv_job_state state)
{
	static const char *const names[] = {"", "waiting", "running", "done", "failed", "cancelled"};

	return (size_t)state < ZV_LEN(names) ? names[state] : "";
}

static struct zv_str column(struct zv_stmt *stmt, int at, struct zv_arena *arena)
{
	return zv_str_dup(arena, zv_col_text(stmt, at));
}

static void read_job(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_job *)out = (struct zv_job){
		.id = zv_col_int(stmt, 0),
		.uid = column(stmt, 1, arena),
		.kind = column(stmt, 2, arena),
		.account_id = zv_col_int(stmt, 3),
		.centre_id = zv_col_int(stmt, 4),
		.params = column(stmt, 5, arena),
		.state = (enum zv_job_state)zv_col_int(stmt, 6),
		.made_ms = zv_col_int(stmt, 7),
		.started_ms = zv_col_int(stmt, 8),
		.ended_ms = zv_col_int(stmt, 9),
		.result = column(stmt, 10, arena),
		.error = column(stmt, 11, arena),
	};
}

enum zv_code zv_job_insert(struct zv_job *job, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&job->id, db, ZV_CENTRE_NATIONAL, ZV_ID_JOB, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	job->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "job")});
	job->state = ZV_JOB_WAITING;
	job->made_ms = zv_now_ms();
	zv_bind_int(stmt, 1, job->id);
	zv_bind_text(stmt, 2, job->uid);
	zv_bind_text(stmt, 3, job->kind);
	zv_bind_int(stmt, 4, job->account_id);
	zv_bind_int(stmt, 5, job->centre_id);
	zv_bind_text(stmt, 6, job->params);
	zv_bind_int(stmt, 7, job->made_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_job_by_uid(struct zv_job *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_job, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no job “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

enum zv_code zv_job_next(bool *found, struct zv_job *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_next, err);

	if (code == ZV_OK)
		code = zv_read_one(found, out, stmt, read_job, arena, err);
	return code;
}

enum zv_code zv_job_move(bool *moved, struct zv_db *db, int64_t id, enum zv_job_state from, enum zv_job_state to, struct zv_str result,
			 struct zv_str error, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, to == ZV_JOB_RUNNING ? sql_start : to == ZV_JOB_WAITING ? sql_wait : sql_end, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_int(stmt, 2, from);
	zv_bind_int(stmt, 3, to);
	if (to != ZV_JOB_WAITING)
		zv_bind_int(stmt, 4, zv_now_ms());
	if (to > ZV_JOB_RUNNING) {
		zv_bind_text_or_null(stmt, 5, result);
		zv_bind_text_or_null(stmt, 6, error);
	}
	code = zv_stmt_step(&row, stmt, err);
	*moved = code == ZV_OK && zv_stmt_changes(stmt) > 0;
	return code;
}

enum zv_code zv_job_requeue(struct zv_db *db, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_requeue, err);

	return code == ZV_OK ? zv_stmt_run(stmt, err) : code;
}

enum zv_code zv_job_count_open(int64_t *out, struct zv_db *db, int64_t account_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_count, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_job_refers(bool *out, struct zv_db *db, struct zv_str text, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_refers, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, text);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0) > 0;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_job_page(struct zv_job **out, size_t *n, struct zv_db *db, int64_t account_id, int64_t centre_id, int64_t before, int limit,
			 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	void *rows;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_page, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	zv_bind_int(stmt, 2, centre_id);
	zv_bind_int(stmt, 3, before);
	zv_bind_int(stmt, 4, limit);
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_job, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}
