/* All lots anew, beside the server's answers: computed on a handle for reading, stored by the writer in one short piece. */
#include "app/job_lots.h"

#include "app/audit_view.h"
#include "app/lots_keep.h"
#include "app/tasks.h"
#include "app/who_json.h"
#include "format/json_value.h"

/* One computation under way. */
struct computing {
	struct zv_job_run *job;
	struct zv_who who;
	const char *actor;
	struct zv_lots_result *result;
	struct zv_lots_kept *kept;
};

static enum zv_code load_who(struct computing *c, struct zv_err *err)
{
	struct zv_arena *arena = zv_job_arena(c->job);
	struct zv_json_value params;
	enum zv_code code = zv_json_parse(&params, zv_job_of(c->job)->params, arena, err);

	if (code == ZV_OK)
		code = zv_who_read_json(&c->who, zv_json_get(&params, "who"), arena, err);
	if (code == ZV_OK)
		c->actor = zv_str_dup(arena, c->who.actor).p;
	return code;
}

static enum zv_code write(struct zv_job_run *job, struct zv_db *db, void *context, struct zv_err *err)
{
	struct computing *c = context;
	enum zv_code code;

	zv_audit_by(db, &c->who);
	code = zv_lots_keep(c->result, db, c->kept, c->actor, zv_job_arena(job), err);
	return code == ZV_OK ? zv_tasks_refresh(db, err) : code;
}

static enum zv_code store(void *context, struct zv_lots_result *result, struct zv_lots_kept *kept, struct zv_err *err)
{
	struct computing *c = context;

	c->result = result;
	c->kept = kept;
	return zv_job_write(c->job, write, c, err);
}

static enum zv_code run(struct zv_job_run *job, struct zv_json *result, struct zv_err *err)
{
	struct computing c = {.job = job};
	struct zv_lots_options options = {.as_of = ZV_DATE_NONE, .keep = true, .store = store, .context = &c};
	struct zv_lots_result lots;
	enum zv_code code = load_who(&c, err);

	if (code == ZV_OK)
		code = zv_lots_run(&lots, zv_job_db(job), &options, zv_job_arena(job), err);
	if (code != ZV_OK)
		return code;
	zv_json_object(result);
	zv_json_key_str(result, "run", lots.run_uid);
	zv_json_key_int(result, "lots", (int64_t)lots.n_lots);
	zv_json_key_int(result, "needs", lots.all.needs);
	zv_json_key_int(result, "pooled_needs", lots.pooled.needs);
	zv_json_end_object(result);
	return ZV_OK;
}

const struct zv_job_kind zv_job_lots_run = {"lots.run", run};
