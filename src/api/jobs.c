/* Slow work: what there is, how far it is, as it happens (server-sent events), and an end to it. */
#include <stdlib.h>

#include "api/inside.h"
#include "api/operations.h"
#include "app/jobs.h"
#include "base/mem.h"
#include "base/tr.h"

enum { LIMIT = 50 };

/* A stream ends after an hour; the client comes again. */
static const int64_t STREAM_US = 3600 * INT64_C(1000000);

static bool may_see_all(const struct zv_who *who)
{
	return zv_may(who, ZV_DO_AUDIT_READ, (struct zv_object){.centre_id = -1});
}

/* What came of it is for who asked: it was made with his rights. Others who may look see how far it is. */
static void hide(struct zv_job *job, int64_t account_id)
{
	if (job->account_id != account_id)
		job->result = ZV_STR("");
}

static enum zv_code find_job(struct zv_job *out, struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_job_read(out, call->with->jobs, call->db, call->args[0], call->arena, err);

	if (code == ZV_OK && out->account_id != call->who->account_id && !may_see_all(call->who))
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("There is no such job."));
	if (code == ZV_OK)
		hide(out, call->who->account_id);
	return code;
}

enum zv_code zv_api_jobs(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", NULL};
	struct zv_job *jobs;
	int64_t before = 0;
	size_t n = 0;
	int limit;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&before, call, err);
	if (code == ZV_OK)
		code = zv_job_page(&jobs, &n, call->db, may_see_all(call->who) ? 0 : call->who->account_id, -1, before, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++) {
		struct zv_job_progress progress;

		zv_job_progress(&progress, call->with->jobs, jobs[i].uid);
		if (progress.known && jobs[i].state <= ZV_JOB_RUNNING) {
			jobs[i].done = progress.done;
			jobs[i].of = progress.of;
		}
		hide(&jobs[i], call->who->account_id);
		zv_job_write_json(&call->json, &jobs[i]);
	}
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(jobs[n - 1].id, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_job(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_job job;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = find_job(&job, call, err);
	if (code == ZV_OK)
		zv_job_write_json(&call->json, &job);
	return code;
}

enum zv_code zv_api_job_cancel(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_job job;
	enum zv_code code = find_job(&job, call, err);

	if (code == ZV_OK)
		code = zv_job_cancel(call->with->jobs, call->db, job.uid, err);
	if (code == ZV_OK)
		code = find_job(&job, call, err);
	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/jobs/", job.uid);
	zv_job_write_json(&call->json, &job);
	return ZV_OK;
}

/* --- events ------------------------------------------------------------------------------------------------------------------------ */

struct events {
	struct zv_stream stream;
	struct zv_api *api;
	struct zv_arena arena;
	struct zv_str uid; /* its own copy */
	const char *lang;
	int64_t account_id; /* of who looks */
	struct zv_job_progress told;
	int64_t ends_us;
};

static bool has_ended(enum zv_job_state state)
{
	return state > ZV_JOB_RUNNING;
}

/* One event with the whole object, as GET gives it. */
static bool tell(struct events *events, struct zv_buf *out, const struct zv_job *job)
{
	struct zv_json json;
	struct zv_out text;

	zv_out_init(&text, NULL, 0);
	zv_json_init(&json, &text);
	zv_job_write_json(&json, job);
	zv_buf_addf(out, "event: %s\ndata: %.*s\n\n", has_ended(job->state) ? "end" : "progress", ZV_STR_FMT(zv_out_text(&text)));
	zv_out_done(&text);
	events->told = (struct zv_job_progress){.known = true, .state = job->state, .done = job->done, .of = job->of};
	return !has_ended(job->state);
}

/* Looks at the numbers first: only what has changed is read. */
static bool next_events(struct zv_stream *stream, struct zv_buf *out)
{
	struct events *events = (struct events *)stream;
	struct zv_job_progress now;
	struct zv_job job;
	struct zv_db *db;
	struct zv_err err = {0};
	enum zv_code code;
	bool more = true;

	if (zv_tick_us() > events->ends_us)
		return false;
	zv_job_progress(&now, events->api->with.jobs, events->uid);
	if (events->told.known && now.known && now.state == events->told.state && now.done == events->told.done && now.of == events->told.of)
		return true;
	code = zv_api_spare_take(&db, events->api, &err);
	if (code != ZV_OK)
		return false;
	zv_tr_set_lang(events->lang);
	zv_arena_reset(&events->arena);
	code = zv_job_read(&job, events->api->with.jobs, db, events->uid, &events->arena, &err);
	zv_api_spare_give(events->api, db);
	if (code == ZV_OK) {
		hide(&job, events->account_id);
		more = tell(events, out, &job);
	}
	return code == ZV_OK && more;
}

static void free_events(struct zv_stream *stream)
{
	struct events *events = (struct events *)stream;

	zv_arena_done(&events->arena);
	free((char *)(uintptr_t)events->uid.p);
	free(events);
}

enum zv_code zv_api_job_events(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_job job;
	struct events *events;
	enum zv_code code = find_job(&job, call, err);

	if (code != ZV_OK)
		return code;
	events = zv_calloc(1, sizeof(*events));
	events->stream = (struct zv_stream){.next = next_events, .free = free_events};
	events->api = call->api;
	events->uid = zv_str_c(zv_strdup(zv_str_dup(call->arena, job.uid).p));
	events->lang = zv_tr_lang();
	events->account_id = call->who->account_id;
	events->ends_us = zv_tick_us() + STREAM_US;
	zv_arena_init(&events->arena);
	call->answer->stream = &events->stream;
	call->answer->type = "text/event-stream";
	call->answer->cache = "no-store";
	return ZV_OK;
}
