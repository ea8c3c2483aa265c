/* Jobs as others see them: submitted, cancelled, read; and what this process remembers of them beside the database. */
#include "app/jobs_inner.h"

#include <string.h>

#include "base/date.h"

enum { OPEN_MAX = 20 };

/* --- what is remembered ---------------------------------------------------------------------------------------------------- */

/* Free places go first, then the job that ended longest ago, then the one that was looked at longest ago. */
static bool goes_before(const struct zv_job_known *a, const struct zv_job_known *b)
{
	bool a_ended = a->state > ZV_JOB_RUNNING, b_ended = b->state > ZV_JOB_RUNNING;

	if ((a->uid[0] == '\0') != (b->uid[0] == '\0'))
		return a->uid[0] == '\0';
	return a_ended != b_ended ? a_ended : a->touched < b->touched;
}

/* The entry of a job, made when there is none and `make`. Under the lock. */
static struct zv_job_known *known_of(struct zv_jobs *jobs, struct zv_str uid, bool make)
{
	struct zv_job_known *worst = &jobs->known[0];

	for (size_t i = 0; i < ZV_JOBS_KNOWN; i++) {
		if (zv_str_eq_c(uid, jobs->known[i].uid))
			return &jobs->known[i];
		if (goes_before(&jobs->known[i], worst))
			worst = &jobs->known[i];
	}
	if (!make || uid.n >= sizeof(worst->uid))
		return NULL;
	*worst = (struct zv_job_known){.state = ZV_JOB_WAITING};
	memcpy(worst->uid, uid.p, uid.n);
	return worst;
}

void zv_jobs_remember(struct zv_jobs *jobs, struct zv_str uid, enum zv_job_state state)
{
	struct zv_job_known *known;

	(void)pthread_mutex_lock(&jobs->lock);
	known = known_of(jobs, uid, true);
	if (known != NULL) {
		known->state = state;
		known->touched = ++jobs->clock;
	}
	(void)pthread_mutex_unlock(&jobs->lock);
}

void zv_job_progress(struct zv_job_progress *out, struct zv_jobs *jobs, struct zv_str uid)
{
	const struct zv_job_known *known;

	*out = (struct zv_job_progress){0};
	if (jobs == NULL || uid.n == 0)
		return;
	(void)pthread_mutex_lock(&jobs->lock);
	known = known_of(jobs, uid, false);
	if (known != NULL)
		*out = (struct zv_job_progress){.known = true, .state = known->state, .done = known->done, .of = known->of};
	(void)pthread_mutex_unlock(&jobs->lock);
}

bool zv_jobs_wants_cancel(struct zv_jobs *jobs, struct zv_str uid)
{
	const struct zv_job_known *known;
	bool cancel;

	(void)pthread_mutex_lock(&jobs->lock);
	known = known_of(jobs, uid, false);
	cancel = known != NULL && known->cancel;
	(void)pthread_mutex_unlock(&jobs->lock);
	return cancel;
}

void zv_job_tell(struct zv_job_run *run, int64_t done, int64_t of)
{
	struct zv_jobs *jobs = run->jobs;
	struct zv_job_known *known;

	(void)pthread_mutex_lock(&jobs->lock);
	known = known_of(jobs, run->job->uid, true);
	if (known != NULL) {
		known->done = done;
		known->of = of;
		if (known->cancel)
			atomic_store(&run->cancelled, true);
	}
	(void)pthread_mutex_unlock(&jobs->lock);
}

static void wake(struct zv_jobs *jobs)
{
	(void)pthread_mutex_lock(&jobs->lock);
	jobs->asked = true;
	(void)pthread_cond_signal(&jobs->changed);
	(void)pthread_mutex_unlock(&jobs->lock);
}

/* --- submitting, cancelling, reading ---------------------------------------------------------------------------------------- */

/* The language goes with the parameters. */
static struct zv_str with_lang(struct zv_str params, const char *lang, struct zv_arena *arena)
{
	struct zv_str rest = zv_str_trim(params);

	assert(rest.n >= 2 && rest.p[0] == '{' && rest.p[rest.n - 1] == '}');
	rest = zv_str_trim(zv_str_from(rest, 1));
	return zv_arena_strf(arena, "{\"lang\":\"%s\"%s%.*s", lang != NULL && strcmp(lang, "ru") == 0 ? "ru" : "en", rest.n > 1 ? "," : "",
			     ZV_STR_FMT(rest));
}

enum zv_code zv_job_submit(struct zv_str *uid, struct zv_jobs *jobs, struct zv_db *db, const struct zv_job_new *job, struct zv_arena *arena,
			   struct zv_err *err)
{
	struct zv_job row = {.kind = zv_str_c(job->kind), .account_id = job->account_id, .centre_id = job->centre_id};
	int64_t open = 0;
	enum zv_code code = zv_job_count_open(&open, db, job->account_id, err);

	if (code == ZV_OK && open >= OPEN_MAX)
		return zv_fail(err, ZV_E_LIMIT, "", N_("%d pieces of work of yours are waiting. Let some of them end first."), OPEN_MAX);
	row.params = with_lang(job->params, job->lang, arena);
	if (code == ZV_OK)
		code = zv_job_insert(&row, db, arena, err);
	if (code != ZV_OK)
		return code;
	*uid = row.uid;
	if (jobs != NULL) {
		zv_jobs_remember(jobs, row.uid, ZV_JOB_WAITING);
		wake(jobs); /* its claim stands behind this write in the writer's queue */
	}
	return ZV_OK;
}

void zv_jobs_look(struct zv_jobs *jobs, struct zv_db *db)
{
	struct zv_arena arena;
	struct zv_job job;
	struct zv_err err;
	bool found = false;

	zv_arena_init(&arena);
	if (zv_job_next(&found, &job, db, &arena, &err) == ZV_OK && found)
		wake(jobs);
	zv_arena_done(&arena);
}

enum zv_code zv_job_cancel(struct zv_jobs *jobs, struct zv_db *db, struct zv_str uid, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_job job = {0};
	struct zv_job_known *known;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_job_by_uid(&job, db, uid, &arena, err);
	zv_arena_done(&arena);
	if (code != ZV_OK || job.state > ZV_JOB_RUNNING || jobs == NULL)
		return code;
	(void)pthread_mutex_lock(&jobs->lock);
	known = known_of(jobs, uid, true);
	if (known != NULL && known->state <= ZV_JOB_RUNNING) {
		known->cancel = true;
		known->touched = ++jobs->clock;
	}
	(void)pthread_mutex_unlock(&jobs->lock);
	wake(jobs);
	return ZV_OK;
}

enum zv_code zv_job_read(struct zv_job *out, struct zv_jobs *jobs, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
			 struct zv_err *err)
{
	struct zv_job_progress progress;
	enum zv_code code = zv_job_by_uid(out, db, uid, arena, err);

	if (code != ZV_OK)
		return code;
	zv_job_progress(&progress, jobs, uid);
	out->done = progress.known ? progress.done : 0;
	out->of = progress.known ? progress.of : 0;
	return ZV_OK;
}

static void key_instant(struct zv_json *json, const char *key, int64_t ms)
{
	char text[ZV_INSTANT_TEXT];

	zv_instant_format(text, ms);
	zv_json_key_c(json, key, ms != 0 ? text : NULL);
}

void zv_job_write_json(struct zv_json *json, const struct zv_job *job)
{
	zv_json_object(json);
	zv_json_key_str(json, "uid", job->uid);
	zv_json_key_str(json, "kind", job->kind);
	zv_json_key_c(json, "state", zv_job_state_name(job->state));
	zv_json_key_int(json, "done", job->done);
	zv_json_key_int(json, "of", job->of);
	key_instant(json, "made_at", job->made_ms);
	key_instant(json, "started_at", job->started_ms);
	key_instant(json, "ended_at", job->ended_ms);
	zv_json_key(json, "result");
	if (job->result.n > 0)
		zv_json_raw(json, job->result);
	else
		zv_json_null(json);
	zv_json_key(json, "error");
	if (job->error.n > 0)
		zv_json_str(json, job->error);
	else
		zv_json_null(json);
	zv_json_end_object(json);
}
