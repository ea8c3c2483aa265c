/* Rows of the table upload. Ids rise in the order of arrival over all centres. */
#include "store/upload.h"

#include "base/date.h"
#include "store/id.h"
#include "store/read.h"

#define COLUMNS "id, uid, account_id, centre_id, org_id, kind, name, digest, size, made_ms, job_uid, batch_uid"

static const char sql_insert[] =
	"INSERT INTO upload (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
static const char sql_by_uid[] = "SELECT " COLUMNS " FROM upload WHERE uid = $1";
static const char sql_set_job[] = "UPDATE upload SET job_uid = $2 WHERE id = $1";
static const char sql_set_batch[] = "UPDATE upload SET batch_uid = $2 WHERE id = $1";
static const char sql_page[] =
	"SELECT " COLUMNS " FROM upload WHERE (CAST($1 AS BIGINT) = 0 OR account_id = $1) AND (CAST($2 AS BIGINT) = -1 OR centre_id = $2) "
	"AND (CAST($3 AS BIGINT) = 0 OR id < $3) ORDER BY id DESC LIMIT $4";
static const char sql_uses[] = "SELECT COUNT(*) FROM upload WHERE digest = $1";

static struct zv_str column(struct zv_stmt *stmt, int at, struct zv_arena *arena)
{
	return zv_str_dup(arena, zv_col_text(stmt, at));
}

static void read_upload(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_upload *)out = (struct zv_upload){
		.id = zv_col_int(stmt, 0),
		.uid = column(stmt, 1, arena),
		.account_id = zv_col_int(stmt, 2),
		.centre_id = zv_col_int(stmt, 3),
		.org_id = zv_col_int(stmt, 4),
		.kind = column(stmt, 5, arena),
		.name = column(stmt, 6, arena),
		.digest = column(stmt, 7, arena),
		.size = zv_col_int(stmt, 8),
		.made_ms = zv_col_int(stmt, 9),
		.job_uid = column(stmt, 10, arena),
		.batch_uid = column(stmt, 11, arena),
	};
}

enum zv_code zv_upload_insert(struct zv_upload *upload, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	char uid[ZV_ROW_UID_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_id_next(&upload->id, db, ZV_CENTRE_NATIONAL, ZV_ID_UPLOAD, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, sql_insert, err);
	if (code != ZV_OK)
		return code;
	upload->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, "import")});
	upload->made_ms = zv_now_ms();
	zv_bind_int(stmt, 1, upload->id);
	zv_bind_text(stmt, 2, upload->uid);
	zv_bind_int(stmt, 3, upload->account_id);
	zv_bind_int(stmt, 4, upload->centre_id);
	if (upload->org_id != 0)
		zv_bind_int(stmt, 5, upload->org_id);
	zv_bind_text(stmt, 6, upload->kind);
	zv_bind_text(stmt, 7, upload->name);
	zv_bind_text(stmt, 8, upload->digest);
	zv_bind_int(stmt, 9, upload->size);
	zv_bind_int(stmt, 10, upload->made_ms);
	zv_bind_text_or_null(stmt, 11, upload->job_uid);
	zv_bind_text_or_null(stmt, 12, upload->batch_uid);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_upload_by_uid(struct zv_upload *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_read_by_text(&found, out, db, sql_by_uid, uid, read_upload, arena, err);

	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no import “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
}

static enum zv_code set_text(struct zv_db *db, const char *sql, int64_t id, struct zv_str text, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_text_or_null(stmt, 2, text);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_upload_set_job(struct zv_db *db, int64_t id, struct zv_str job_uid, struct zv_err *err)
{
	return set_text(db, sql_set_job, id, job_uid, err);
}

enum zv_code zv_upload_set_batch(struct zv_db *db, int64_t id, struct zv_str batch_uid, struct zv_err *err)
{
	return set_text(db, sql_set_batch, id, batch_uid, err);
}

enum zv_code zv_upload_page(struct zv_upload **out, size_t *n, struct zv_db *db, int64_t account_id, int64_t centre_id, int64_t before,
			    int limit, struct zv_arena *arena, struct zv_err *err)
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
	code = zv_read_all(&rows, n, stmt, sizeof(**out), read_upload, arena, err);
	if (code == ZV_OK)
		*out = rows;
	return code;
}

enum zv_code zv_upload_uses(bool *out, struct zv_db *db, struct zv_str digest, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_uses, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, digest);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0) > 0;
	zv_stmt_reset(stmt);
	return ZV_OK;
}
