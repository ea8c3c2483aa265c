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

static const char task_kind[] = "measure.changed";

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

/* Named are only organisations whose support the person who loaded the pack may see; counted are all. */
static void add_list(struct zv_json *json, const struct running *r, const char *name)
{
	int64_t told = 0, all = 0;

	zv_json_key(json, name);
	zv_json_object(json);
	zv_json_key(json, "items");
	zv_json_array(json);
	for (size_t i = 0; i < r->diffs.n; i++) {
		const struct zv_measure_diff *diff = &r->diffs.list[i];
		struct zv_object whose = {.centre_id = diff->centre_id, .org_id = diff->org_id};
		const char *list = list_of(diff);

		if (list == NULL || strcmp(list, name) != 0)
			continue;
		all++;
		if (told == TOLD_MAX || !zv_may(&r->who, ZV_DO_SUPPORT_READ, whose))
			continue;
		told++;
		add_diff(json, diff);
	}
	zv_json_end_array(json);
	zv_json_key_int(json, "total", all);
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

const struct zv_job_kind zv_job_measures_rerun = {"measures.rerun", run};
