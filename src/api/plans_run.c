/* The making of a plan as a job, another title for it, its end. */
#include "api/api.h"
#include "api/operations.h"
#include "api/plans.h"
#include "app/audit_view.h"
#include "app/jobs.h"
#include "app/who_json.h"
#include "base/tr.h"

enum { TITLE_MAX = 200, UID_MAX = 60, EFFORT_MAX = 1000, PARAMS_MAX = 1 << 16 };

static const struct zv_object ANYTHING = {-1, 0};

static enum zv_code read_effort(int64_t *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text;
	enum zv_code code = zv_api_text(&text, call, "effort", false, 20, err);

	*out = 0;
	if (code != ZV_OK || text.n == 0)
		return code;
	if (!zv_str_int(out, text) || *out < 1 || *out > EFFORT_MAX)
		return zv_fail(err, ZV_E_INVALID, "effort", N_("“%.*s” is no effort: give a number from 1 to %d, 100 is the usual one."),
			       ZV_STR_FMT(zv_str_first(text, 20)), EFFORT_MAX);
	return ZV_OK;
}

static enum zv_code read_mode(bool *strict, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text;
	enum zv_code code = zv_api_text(&text, call, "mode", false, 20, err);

	*strict = zv_str_eq_c(text, "strict");
	if (code == ZV_OK && text.n > 0 && !*strict && !zv_str_eq_c(text, "priced"))
		return zv_fail(err, ZV_E_INVALID, "mode", N_("A plan is made priced or strict, not “%.*s”."), ZV_STR_FMT(zv_str_first(text, 20)));
	return code;
}

struct plan_ask {
	struct zv_str title, from;
	bool strict, keep;
	int64_t effort; /* 0: the usual one */
};

/* The kind of work reads them (app/job_plan.h). */
static struct zv_str params_of(struct zv_api_call *call, const struct plan_ask *ask)
{
	struct zv_json json;
	struct zv_out out;
	struct zv_str text;

	zv_out_init(&out, NULL, PARAMS_MAX);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key(&json, "who");
	zv_who_write_json(&json, call->who);
	zv_json_key_str(&json, "title", zv_str_trim(ask->title));
	zv_json_key_bool(&json, "strict", ask->strict);
	zv_json_key_bool(&json, "keep", ask->keep);
	zv_json_key_str(&json, "from", ask->from);
	if (ask->effort > 0)
		zv_json_key_int(&json, "effort", ask->effort);
	zv_json_end_object(&json);
	text = zv_str_dup(call->arena, zv_out_text(&out));
	zv_out_done(&out);
	return text;
}

static enum zv_code read_keep(bool *out, const struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_json_value *value = zv_json_get(call->body, "keep");

	*out = value != NULL && zv_str_eq_c(value->text, "true");
	if (value != NULL && value->kind != ZV_JSON_BOOL && value->kind != ZV_JSON_NULL)
		return zv_fail(err, ZV_E_INVALID, "keep", N_("“keep” is true or false."));
	return ZV_OK;
}

static enum zv_code read_new(struct plan_ask *ask, const struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"title", "mode", "from", "effort", "keep", NULL};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&ask->title, call, "title", false, TITLE_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&ask->from, call, "from", false, UID_MAX, err);
	if (code == ZV_OK)
		code = read_mode(&ask->strict, call, err);
	if (code == ZV_OK)
		code = read_effort(&ask->effort, call, err);
	return code == ZV_OK ? read_keep(&ask->keep, call, err) : code;
}

enum zv_code zv_api_plan_start(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_job_new job = {.kind = "plan.run", .lang = zv_tr_lang(), .account_id = call->who->account_id};
	struct plan_ask ask = {0};
	struct zv_plan_seeing seeing;
	struct zv_plan_row older;
	struct zv_str uid;
	enum zv_code code = read_new(&ask, call, err);

	if (code == ZV_OK)
		code = zv_plan_seeing_open(&seeing, call->db, call->who, call->arena, err);
	if (code == ZV_OK && ask.from.n > 0)
		code = zv_plan_view_row(&older, &seeing, ask.from, err);
	if (code != ZV_OK)
		return code;
	job.params = params_of(call, &ask);
	code = zv_job_submit(&uid, call->with->jobs, call->db, &job, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/jobs/", uid);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "job", uid);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_plan_rename(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"title", NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_str title;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&title, call, "title", true, TITLE_MAX, err);
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK)
		code = zv_rights_need(call->who, ZV_DO_PLAN_RUN, ANYTHING, err);
	if (code == ZV_OK)
		code = zv_audit_tell(call->db, call->who, "plan.rename", plan.uid, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_plan_rename(call->db, plan.id, zv_str_trim(title), err);
	if (code == ZV_OK)
		code = zv_plan_view_row(&plan, &seeing, call->args[0], err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_api_plan_head(call, &plan);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_plan_drop(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	enum zv_code code = zv_api_plan_open(&seeing, &plan, call, err);

	if (code == ZV_OK)
		code = zv_rights_need(call->who, ZV_DO_PLAN_RUN, ANYTHING, err);
	if (code == ZV_OK)
		code = zv_audit_tell(call->db, call->who, "plan.drop", plan.uid, ZV_STR(""), err);
	if (code == ZV_OK)
		code = zv_plan_drop(call->db, plan.id, err);
	if (code == ZV_OK)
		zv_api_nothing(call);
	return code;
}
