/* A national plan beside the server's answers: computed on a handle for reading, stored by the writer in one piece, with the end of the job. */
#include "app/job_plan.h"

#include "app/audit_view.h"
#include "app/plan_keep.h"
#include "app/plan_run.h"
#include "app/who_json.h"
#include "format/json_value.h"
#include "store/audit.h"

enum { OF_PPT = 1000, EFFORT_MAX = 10000 };

struct planning {
	struct zv_job_run *job;
	struct zv_who who;
	struct zv_plan_kept *kept;
	struct zv_plan_run_options options;
};

static struct zv_str text_of(const struct zv_json_value *params, const char *key)
{
	const struct zv_json_value *value = zv_json_get(params, key);

	return value != NULL && value->kind != ZV_JSON_NULL ? value->text : ZV_STR("");
}

static enum zv_code read_params(struct planning *p, struct zv_err *err)
{
	struct zv_arena *arena = zv_job_arena(p->job);
	struct zv_json_value params;
	int64_t effort;
	enum zv_code code = zv_json_parse(&params, zv_job_of(p->job)->params, arena, err);

	if (code == ZV_OK)
		code = zv_who_read_json(&p->who, zv_json_get(&params, "who"), arena, err);
	if (code != ZV_OK)
		return code;
	if (!zv_str_int(&effort, text_of(&params, "effort")))
		effort = 0;
	if (effort < 0 || effort > EFFORT_MAX)
		return zv_fail(err, ZV_E_INVALID, "effort", N_("The effort of a plan is a whole number from 1 to %d."), EFFORT_MAX);
	p->options.title = text_of(&params, "title");
	p->options.from = text_of(&params, "from");
	p->options.strict = zv_str_eq_c(text_of(&params, "strict"), "true");
	p->options.effort = effort;
	p->options.keep_stopped = zv_str_eq_c(text_of(&params, "keep"), "true");
	p->options.actor = zv_str_dup(arena, p->who.actor).p;
	return ZV_OK;
}

static bool stop(void *context)
{
	const struct planning *p = context;

	return zv_job_stopping(p->job);
}

static void progress(void *context, enum zv_plan_stage stage, int done_ppt, zv_i128 objective, zv_i128 bound)
{
	const struct planning *p = context;

	(void)stage;
	(void)objective;
	(void)bound;
	zv_job_tell(p->job, done_ppt, OF_PPT);
}

static enum zv_code tell(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_err *err)
{
	struct zv_audit_row row = {.actor = who->actor, .account_id = who->account_id, .address = who->address, .action = ZV_STR("plan.run"),
				   .subject = uid, .detail = ZV_STR("")};

	return zv_audit_add(db, &row, err);
}

static enum zv_code write(struct zv_job_run *job, struct zv_db *db, void *context, struct zv_err *err)
{
	struct planning *p = context;
	struct zv_arena *arena = zv_job_arena(job);
	enum zv_code code;

	zv_audit_by(db, &p->who);
	code = zv_plan_keep(p->kept, db, arena, err);
	if (code == ZV_OK)
		code = tell(db, &p->who, p->kept->head.uid, err);
	if (code == ZV_OK)
		code = zv_job_done(job, db, zv_arena_strf(arena, "{\"plan\":{\"uid\":\"%.*s\",\"stopped\":%s}}", ZV_STR_FMT(p->kept->head.uid),
							   p->kept->head.stopped ? "true" : "false"), err);
	return code;
}

static enum zv_code store(void *context, struct zv_plan_kept *kept, struct zv_err *err)
{
	struct planning *p = context;

	p->kept = kept;
	return zv_job_write(p->job, write, p, err);
}

static enum zv_code run(struct zv_job_run *job, struct zv_json *result, struct zv_err *err)
{
	struct planning p = {.job = job};
	struct zv_plan_row plan;
	enum zv_code code = read_params(&p, err);

	p.options.as_of = ZV_DATE_NONE;
	p.options.stop = stop;
	p.options.progress = progress;
	p.options.store = store;
	p.options.context = &p;
	if (code == ZV_OK)
		code = zv_plan_run(&plan, zv_job_db(job), &p.options, zv_job_arena(job), err);
	if (code != ZV_OK)
		return code;
	zv_json_object(result);
	zv_json_key(result, "plan");
	zv_json_object(result);
	zv_json_key_str(result, "uid", plan.uid);
	zv_json_key_bool(result, "stopped", plan.stopped);
	zv_json_end_object(result);
	zv_json_end_object(result);
	return ZV_OK;
}

const struct zv_job_kind zv_job_plan_run = {"plan.run", run};
