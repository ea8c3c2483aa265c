/* The job that looks at everybody again when a pack of support changes, and tells who gained and who lost. */
#include "app/measure_rerun.h"

#include <string.h>

#include "app/audit_view.h"
#include "app/measures.h"
#include "app/packs.h"
#include "app/who_json.h"
#include "auth/rights.h"
#include "base/date.h"
#include "base/tr.h"
#include "format/json_value.h"
#include "model/money.h"
#include "store/measure.h"
#include "store/task.h"

enum { TOLD_MAX = 1000 }; /* of the result; the rest is in the register of changes */

static const char kind_name[] = "measures.rerun";
static const char task_kind[] = "measure.changed";

/* --- asking --------------------------------------------------------------------------------------------------------------------------- */

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

enum zv_code zv_measure_rerun_ask(struct zv_db *db, const struct zv_who *who, int64_t old_id, int64_t new_id, struct zv_err *err)
{
	struct zv_job job = {.kind = zv_str_c(kind_name), .account_id = who->account_id, .centre_id = who->n_grants > 0 ? who->grants[0].centre_id : 0};
	struct zv_arena arena;
	bool support;
	enum zv_code code = is_support(&support, db, new_id, err);

	if (code == ZV_OK && support && old_id == 0)
		code = edition_before(&old_id, db, new_id, err);
	if (code != ZV_OK || !support || old_id == 0)
		return code;
	zv_arena_init(&arena);
	job.centre_id = job.centre_id > 0 ? job.centre_id : 0;
	job.params = params_of(who, old_id, new_id, &arena);
	code = zv_job_insert(&job, db, &arena, err); /* not counted among what the person has waiting: nobody chose to ask */
	zv_arena_done(&arena);
	return code;
}

/* --- keeping --------------------------------------------------------------------------------------------------------------------------- */

static bool is_told(const struct zv_measure_diff *diff)
{
	return diff->was == ZV_YES || diff->now == ZV_YES;
}

static enum zv_code add_task(struct zv_db *db, const struct zv_measure_diffs *diffs, const struct zv_measure_diff *diff, struct zv_arena *arena,
			     struct zv_err *err)
{
	struct zv_task_row task = {
		.kind = zv_str_c(task_kind),
		.org_id = diff->org_id,
		.centre_id = -1,
		.subject = zv_arena_strf(arena, "%.*s/%.*s", ZV_STR_FMT(diffs->new_uid), ZV_STR_FMT(diff->measure)),
		.due = ZV_DATE_NONE,
		.made_by = ZV_STR("rule"),
	};

	return zv_task_insert(db, &task, arena, err);
}

enum zv_code zv_measure_diffs_keep(struct zv_db *db, const struct zv_measure_diffs *diffs, struct zv_arena *arena, struct zv_err *err)
{
	int64_t there = 0, now = zv_now_ms();
	enum zv_code code = zv_measure_change_count(&there, db, diffs->new_id, err);

	for (size_t i = 0; i < diffs->n && code == ZV_OK && there == 0; i++) {
		const struct zv_measure_diff *diff = &diffs->list[i];
		struct zv_measure_change_row row = {.pack_id = diffs->new_id, .org_id = diff->org_id, .measure = diff->measure, .was = (int)diff->was,
						    .now = (int)diff->now, .was_kop = diff->was_kop, .now_kop = diff->now_kop, .at_ms = now};

		code = zv_measure_change_insert(db, &row, err);
		if (code == ZV_OK && is_told(diff))
			code = add_task(db, diffs, diff, arena, err);
	}
	return code;
}

/* --- the job --------------------------------------------------------------------------------------------------------------------------- */

struct running {
	struct zv_job_run *job;
	struct zv_who who;
	int64_t old_id, new_id;
	struct zv_measure_diffs diffs;
};

static bool number_of(int64_t *out, const struct zv_json_value *params, const char *name)
{
	const struct zv_json_value *member = zv_json_get(params, name);

	return member != NULL && zv_str_int(out, member->text);
}

static enum zv_code read_params(struct running *r, struct zv_err *err)
{
	struct zv_arena *arena = zv_job_arena(r->job);
	struct zv_json_value params;
	enum zv_code code = zv_json_parse(&params, zv_job_of(r->job)->params, arena, err);

	if (code == ZV_OK)
		code = zv_who_read_json(&r->who, zv_json_get(&params, "who"), arena, err);
	if (code == ZV_OK && (!number_of(&r->old_id, &params, "old") || !number_of(&r->new_id, &params, "new")))
		code = zv_fail(err, ZV_E_BUG, "", N_("The parameters of this work cannot be read."));
	return code;
}

static bool stopping(void *context, size_t done, size_t of)
{
	struct running *r = context;

	zv_job_tell(r->job, (int64_t)done, (int64_t)of);
	return zv_job_stopping(r->job);
}

static enum zv_code write(struct zv_job_run *job, struct zv_db *db, void *context, struct zv_err *err)
{
	struct running *r = context;

	zv_audit_by(db, &r->who);
	return zv_measure_diffs_keep(db, &r->diffs, zv_job_arena(job), err);
}

static void key_amount(struct zv_json *json, const char *key, int64_t kop)
{
	char text[ZV_MONEY_TEXT];

	zv_money_decimal(text, kop < 0 ? 0 : kop);
	zv_json_key_c(json, key, kop < 0 ? NULL : text);
}

static void add_diff(struct zv_json *json, const struct zv_measure_diff *diff)
{
	zv_json_object(json);
	zv_json_key(json, "org");
	zv_json_object(json);
	zv_json_key_str(json, "uid", diff->org_uid);
	zv_json_key_str(json, "name", diff->org);
	zv_json_end_object(json);
	zv_json_key(json, "measure");
	zv_json_object(json);
	zv_json_key_str(json, "id", diff->measure);
	zv_json_key_str(json, "title", diff->title);
	zv_json_end_object(json);
	key_amount(json, "was_amount", diff->was_kop);
	key_amount(json, "now_amount", diff->now_kop);
	zv_json_end_object(json);
}

/* "gained", "lost" or "changed"; NULL: nothing that anybody may have differs. */
static const char *list_of(const struct zv_measure_diff *diff)
{
	if (!is_told(diff))
		return NULL;
	if (diff->was == diff->now)
		return "changed";
	return diff->now == ZV_YES ? "gained" : "lost";
}

/* Only organisations whose support the person who loaded the pack may see. */
static void add_list(struct zv_json *json, const struct running *r, const char *name)
{
	size_t told = 0, all = 0;

	zv_json_key(json, name);
	zv_json_object(json);
	zv_json_key(json, "items");
	zv_json_array(json);
	for (size_t i = 0; i < r->diffs.n; i++) {
		const struct zv_measure_diff *diff = &r->diffs.list[i];
		struct zv_object whose = {.centre_id = diff->centre_id, .org_id = diff->org_id};
		const char *list = list_of(diff);

		if (list == NULL || strcmp(list, name) != 0 || !zv_may(&r->who, ZV_DO_SUPPORT_READ, whose))
			continue;
		all++;
		if (told++ < TOLD_MAX)
			add_diff(json, diff);
	}
	zv_json_end_array(json);
	zv_json_key_int(json, "total", (int64_t)all);
	zv_json_end_object(json);
}

static enum zv_code run(struct zv_job_run *job, struct zv_json *result, struct zv_err *err)
{
	struct running r = {.job = job};
	char day[ZV_DATE_TEXT];
	enum zv_code code = read_params(&r, err);

	if (code == ZV_OK)
		code = zv_measure_diffs_find(&r.diffs, zv_job_db(job), r.old_id, r.new_id, stopping, &r, zv_job_arena(job), err);
	if (code == ZV_OK)
		code = zv_job_write(job, write, &r, err);
	if (code != ZV_OK)
		return code;
	zv_date_format(day, r.diffs.on);
	zv_json_object(result);
	zv_json_key_str(result, "pack", r.diffs.new_uid);
	zv_json_key_str(result, "name", r.diffs.new_name);
	zv_json_key_str(result, "before", r.diffs.old_name);
	zv_json_key_c(result, "on", day);
	zv_json_key_int(result, "orgs", (int64_t)r.diffs.orgs);
	add_list(result, &r, "gained");
	add_list(result, &r, "lost");
	add_list(result, &r, "changed");
	zv_json_end_object(result);
	return ZV_OK;
}

const struct zv_job_kind zv_job_measures_rerun = {kind_name, run};
