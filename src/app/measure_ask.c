/* Asking for the rerun: which edition held until now, and whether there is anybody to look at. */
#include "app/measure_rerun.h"
#include "app/who_json.h"
#include "base/tr.h"

static const char kind_name[] = "measures.rerun";

/* The edition of the series that people have looked at until now: the latest that began before this one, in force or just withdrawn. */
static enum zv_code edition_before(int64_t *out, struct zv_db *db, int64_t new_id, struct zv_err *err)
{
	static const char sql[] =
		"SELECT o.id FROM rule_pack n JOIN rule_pack o ON o.series = n.series AND o.kind = n.kind AND o.id <> n.id AND o.state IN (2, 3) "
		"WHERE n.id = $1 AND COALESCE(o.valid_from, -99999999) <= COALESCE(n.valid_from, 99999999) "
		"ORDER BY o.state, COALESCE(o.valid_from, -99999999) DESC, o.id DESC LIMIT 1";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, new_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	*out = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code is_support(bool *out, struct zv_db *db, int64_t pack_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT kind FROM rule_pack WHERE id = $1", err);

	*out = false;
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, pack_id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK || !row)
		return code;
	*out = zv_col_int(stmt, 0) == ZV_RULES_SUPPORT;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* Where nobody has a project, a statement or received support, nobody gains: a database that is being made. */
static enum zv_code has_subjects(bool *out, struct zv_db *db, struct zv_err *err)
{
	static const char sql[] = "SELECT CASE WHEN EXISTS (SELECT 1 FROM project) OR EXISTS (SELECT 1 FROM statement) OR EXISTS (SELECT 1 FROM received) "
				  "THEN 1 ELSE 0 END";
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0) == 1;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static struct zv_str params_of(const struct zv_who *who, int64_t old_id, int64_t new_id, struct zv_arena *arena)
{
	struct zv_json json;
	struct zv_str text;
	struct zv_out out;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_c(&json, "lang", zv_tr_lang());
	zv_json_key_int(&json, "old", old_id);
	zv_json_key_int(&json, "new", new_id);
	zv_json_key(&json, "who");
	zv_who_write_json(&json, who);
	zv_json_end_object(&json);
	text = zv_str_dup(arena, zv_out_text(&out));
	zv_out_done(&out);
	return text;
}

/* A job of the person, not counted among what she has waiting: she did not choose to ask. */
static enum zv_code submit(struct zv_db *db, const struct zv_who *who, int64_t old_id, int64_t new_id, struct zv_arena *arena, struct zv_err *err)
{
	int64_t centre_id = who->n_grants > 0 ? who->grants[0].centre_id : 0;
	struct zv_job job = {.kind = zv_str_c(kind_name), .account_id = who->account_id, .centre_id = centre_id > 0 ? centre_id : 0};

	job.params = params_of(who, old_id, new_id, arena);
	return zv_job_insert(&job, db, arena, err);
}

/* The owner of the database has no account that a job could belong to, and waits at the command line for what he has asked for. */
static enum zv_code look_now(struct zv_db *db, int64_t old_id, int64_t new_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_measure_diffs diffs;
	enum zv_code code = zv_measure_diffs_find(&diffs, db, old_id, new_id, NULL, NULL, arena, err);

	return code == ZV_OK ? zv_measure_diffs_keep(db, &diffs, arena, err) : code;
}

enum zv_code zv_measure_rerun_ask(struct zv_db *db, const struct zv_who *who, int64_t old_id, int64_t new_id, struct zv_err *err)
{
	struct zv_arena arena;
	bool support, subjects = false;
	enum zv_code code = is_support(&support, db, new_id, err);

	if (code == ZV_OK && support)
		code = has_subjects(&subjects, db, err);
	if (code == ZV_OK && support && old_id == 0)
		code = edition_before(&old_id, db, new_id, err);
	if (code != ZV_OK || !support || !subjects)
		return code;
	zv_arena_init(&arena);
	code = who->account_id != 0 ? submit(db, who, old_id, new_id, &arena, err) : look_now(db, old_id, new_id, &arena, err);
	zv_arena_done(&arena);
	return code;
}
