/* One thread that takes jobs in their order. What it claims and how it ends goes through the writer, so a job never runs before its submission is durable. */
#include "app/jobs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/database.h"
#include "app/imports.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/tr.h"
#include "format/json_value.h"
#include "store/id.h"

enum { KNOWN = 512, OPEN_MAX = 20, RESULT_MAX = 8 << 20, RETRY_S = 1 };

/* A job as this process remembers it. */
struct known {
	char uid[ZV_ROW_UID_TEXT]; /* "": free */
	enum zv_job_state state;
	int64_t done, of;
	bool cancel;
	uint64_t touched;
};

struct zv_jobs {
	struct zv_job_setup setup;
	pthread_t thread;
	pthread_mutex_t lock; /* all below */
	pthread_cond_t changed;
	bool asked; /* something may wait */
	uint64_t clock;
	struct known known[KNOWN];
	atomic_bool stop;
};

struct zv_job_run {
	struct zv_jobs *jobs;
	const struct zv_job *job;
	struct zv_db *db;
	struct zv_arena *arena;
	bool finishing, finished; /* zv_job_done was called; and is durable */
	struct zv_str result;     /* of zv_job_done */
	atomic_bool cancelled;
};

/* --- what is remembered ---------------------------------------------------------------------------------------------------- */

/* Free places go first, then the job that ended longest ago, then the one that was looked at longest ago. */
static bool goes_before(const struct known *a, const struct known *b)
{
	bool a_ended = a->state > ZV_JOB_RUNNING, b_ended = b->state > ZV_JOB_RUNNING;

	if ((a->uid[0] == '\0') != (b->uid[0] == '\0'))
		return a->uid[0] == '\0';
	return a_ended != b_ended ? a_ended : a->touched < b->touched;
}

/* The entry of a job, made when there is none and `make`. Under the lock. */
static struct known *known_of(struct zv_jobs *jobs, struct zv_str uid, bool make)
{
	struct known *worst = &jobs->known[0];

	for (size_t i = 0; i < KNOWN; i++) {
		if (zv_str_eq_c(uid, jobs->known[i].uid))
			return &jobs->known[i];
		if (goes_before(&jobs->known[i], worst))
			worst = &jobs->known[i];
	}
	if (!make || uid.n >= sizeof(worst->uid))
		return NULL;
	*worst = (struct known){.state = ZV_JOB_WAITING};
	memcpy(worst->uid, uid.p, uid.n);
	return worst;
}

static void remember(struct zv_jobs *jobs, struct zv_str uid, enum zv_job_state state)
{
	struct known *known;

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
	const struct known *known;

	*out = (struct zv_job_progress){0};
	if (jobs == NULL || uid.n == 0)
		return;
	(void)pthread_mutex_lock(&jobs->lock);
	known = known_of(jobs, uid, false);
	if (known != NULL)
		*out = (struct zv_job_progress){.known = true, .state = known->state, .done = known->done, .of = known->of};
	(void)pthread_mutex_unlock(&jobs->lock);
}

static bool wants_cancel(struct zv_jobs *jobs, struct zv_str uid)
{
	const struct known *known;
	bool cancel;

	(void)pthread_mutex_lock(&jobs->lock);
	known = known_of(jobs, uid, false);
	cancel = known != NULL && known->cancel;
	(void)pthread_mutex_unlock(&jobs->lock);
	return cancel;
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
		remember(jobs, row.uid, ZV_JOB_WAITING);
		wake(jobs); /* its claim stands behind this write in the writer's queue */
	}
	return ZV_OK;
}

enum zv_code zv_job_cancel(struct zv_jobs *jobs, struct zv_db *db, struct zv_str uid, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_job job = {0};
	struct known *known;
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

/* --- what the work of a kind may ask ------------------------------------------------------------------------------------------ */

const struct zv_job *zv_job_of(const struct zv_job_run *run)
{
	return run->job;
}

struct zv_db *zv_job_db(struct zv_job_run *run)
{
	return run->db;
}

struct zv_files *zv_job_files(struct zv_job_run *run)
{
	return run->jobs->setup.files;
}

struct zv_arena *zv_job_arena(struct zv_job_run *run)
{
	return run->arena;
}

void zv_job_tell(struct zv_job_run *run, int64_t done, int64_t of)
{
	struct zv_jobs *jobs = run->jobs;
	struct known *known;

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

bool zv_job_stopping(const struct zv_job_run *run)
{
	return atomic_load(&run->jobs->stop) || atomic_load(&run->cancelled) || wants_cancel(run->jobs, run->job->uid);
}

/* A piece of work for the writer. */
struct piece {
	struct zv_write write; /* first */
	struct zv_job_run *run;
	enum zv_code (*work)(struct zv_job_run *run, struct zv_db *db, void *context, struct zv_err *err);
	void *context;
	char lang[4];
};

static enum zv_code run_piece(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct piece *piece = (struct piece *)write;
	char before[4];
	enum zv_code code;

	(void)snprintf(before, sizeof(before), "%s", zv_tr_lang());
	zv_tr_set_lang(piece->lang);
	code = piece->work(piece->run, db, piece->context, err);
	zv_tr_set_lang(before);
	return code;
}

enum zv_code zv_job_write(struct zv_job_run *run,
			  enum zv_code (*work)(struct zv_job_run *run, struct zv_db *db, void *context, struct zv_err *err), void *context,
			  struct zv_err *err)
{
	struct piece piece = {.write = {.run = run_piece, .alone = true}, .run = run, .work = work, .context = context};
	enum zv_code code;

	(void)snprintf(piece.lang, sizeof(piece.lang), "%s", zv_tr_lang());
	run->finishing = false;
	code = zv_writer_wait(run->jobs->setup.writer, &piece.write, err);
	run->finished = run->finished || (code == ZV_OK && run->finishing);
	return code;
}

enum zv_code zv_job_done(struct zv_job_run *run, struct zv_db *db, struct zv_str result, struct zv_err *err)
{
	bool moved;
	enum zv_code code = zv_job_move(&moved, db, run->job->id, ZV_JOB_RUNNING, ZV_JOB_DONE, result, ZV_STR(""), err);

	if (code == ZV_OK && !moved)
		code = zv_fail(err, ZV_E_CONFLICT, "", N_("The work was given to somebody else meanwhile."));
	run->finishing = code == ZV_OK;
	return code;
}

/* --- the thread ------------------------------------------------------------------------------------------------------------ */

struct claim {
	struct zv_write write; /* first */
	struct zv_arena *arena;
	struct zv_job job;
	bool found;
};

static enum zv_code run_claim(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct claim *claim = (struct claim *)write;
	enum zv_code code = zv_job_next(&claim->found, &claim->job, db, claim->arena, err);

	if (code == ZV_OK && claim->found)
		code = zv_job_move(&claim->found, db, claim->job.id, ZV_JOB_WAITING, ZV_JOB_RUNNING, ZV_STR(""), ZV_STR(""), err);
	return code;
}

static enum zv_code run_requeue(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	(void)write;
	return zv_job_requeue(db, err);
}

struct end {
	struct zv_write write; /* first */
	int64_t id;
	enum zv_job_state state;
	struct zv_str result, error;
};

static enum zv_code run_end(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct end *end = (struct end *)write;
	bool moved;

	return zv_job_move(&moved, db, end->id, ZV_JOB_RUNNING, end->state, end->result, end->error, err);
}

static const struct zv_job_kind *kind_of(const struct zv_jobs *jobs, struct zv_str name)
{
	const struct zv_job_kind *const *kinds = jobs->setup.kinds != NULL ? jobs->setup.kinds : zv_job_kinds();

	for (; *kinds != NULL; kinds++)
		if (zv_str_eq_c(name, (*kinds)->name))
			return *kinds;
	return NULL;
}

/* The language of the submitter, for every message of the work. */
static void take_lang(const struct zv_job *job, struct zv_arena *arena)
{
	struct zv_json_value params;
	const struct zv_json_value *lang = NULL;
	struct zv_err err;

	if (zv_json_parse(&params, job->params, arena, &err) == ZV_OK)
		lang = zv_json_get(&params, "lang");
	zv_tr_set_lang(lang != NULL && zv_str_eq_c(lang->text, "ru") ? "ru" : "en");
}

static enum zv_code do_work(struct zv_job_run *run, struct zv_json *json, struct zv_err *err)
{
	const struct zv_job_kind *kind = kind_of(run->jobs, run->job->kind);
	enum zv_code code;

	if (kind == NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, "", N_("This version of the program does not do “%.*s”."), ZV_STR_FMT(run->job->kind));
	code = zv_database_open(&run->db, run->jobs->setup.db_url, ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = kind->run(run, json, err);
	zv_database_close(run->db);
	run->db = NULL;
	return code;
}

static struct end end_of(struct zv_job_run *run, enum zv_code code, struct zv_str result, const struct zv_err *err)
{
	struct end end = {.write = {.run = run_end}, .id = run->job->id, .state = ZV_JOB_DONE};

	if (code == ZV_OK)
		end.result = result;
	else if (wants_cancel(run->jobs, run->job->uid))
		end.state = ZV_JOB_CANCELLED;
	else if (atomic_load(&run->jobs->stop))
		end.state = ZV_JOB_WAITING;
	else
		end.state = ZV_JOB_FAILED;
	if (end.state == ZV_JOB_FAILED)
		end.error = zv_str_c(err->text);
	return end;
}

static void run_job(struct zv_jobs *jobs, const struct zv_job *job, struct zv_arena *arena)
{
	struct zv_job_run run = {.jobs = jobs, .job = job, .arena = arena};
	struct zv_err err = {0}, late = {0};
	struct zv_json json;
	struct zv_out out;
	struct end end;
	enum zv_code code;

	zv_out_init(&out, NULL, RESULT_MAX);
	zv_json_init(&json, &out);
	take_lang(job, arena);
	remember(jobs, job->uid, ZV_JOB_RUNNING);
	code = wants_cancel(jobs, job->uid) ? ZV_E_CONFLICT : do_work(&run, &json, &err);
	if (code == ZV_OK && out.buf.full)
		code = zv_fail(&err, ZV_E_LIMIT, "", N_("The result is larger than %d MiB."), RESULT_MAX >> 20);
	end = end_of(&run, code, zv_out_text(&out), &err);
	if (run.finished)
		end.state = ZV_JOB_DONE;
	else if (zv_writer_wait(jobs->setup.writer, &end.write, &late) != ZV_OK)
		zv_log_error("jobs", "%.*s: its end cannot be stored, it runs again after the next start: %s", ZV_STR_FMT(job->uid), late.text);
	if (end.state == ZV_JOB_FAILED)
		zv_log_error("jobs", "%.*s (%.*s): %s", ZV_STR_FMT(job->uid), ZV_STR_FMT(job->kind), err.text);
	remember(jobs, job->uid, end.state);
	zv_out_done(&out);
}

/* Waits until something was asked for, or a second when the last claim failed. False: the end. */
static bool wait_for_work(struct zv_jobs *jobs, bool failed)
{
	struct timespec until;
	bool stop;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += RETRY_S;
	(void)pthread_mutex_lock(&jobs->lock);
	while (!atomic_load(&jobs->stop) && (failed || !jobs->asked)) {
		if (!failed)
			(void)pthread_cond_wait(&jobs->changed, &jobs->lock);
		else if (pthread_cond_timedwait(&jobs->changed, &jobs->lock, &until) != 0)
			break;
	}
	jobs->asked = false;
	stop = atomic_load(&jobs->stop);
	(void)pthread_mutex_unlock(&jobs->lock);
	return !stop;
}

/* Takes jobs until none waits. False when the writer could not be asked. */
static bool take_jobs(struct zv_jobs *jobs)
{
	struct zv_arena arena;
	struct zv_err err = {0};
	bool more = true;
	enum zv_code code = ZV_OK;

	zv_arena_init(&arena);
	while (more && code == ZV_OK && !atomic_load(&jobs->stop)) {
		struct claim claim = {.write = {.run = run_claim}, .arena = &arena};

		zv_arena_reset(&arena);
		code = zv_writer_wait(jobs->setup.writer, &claim.write, &err);
		more = claim.found;
		if (code == ZV_OK && more)
			run_job(jobs, &claim.job, &arena);
	}
	zv_arena_done(&arena);
	if (code != ZV_OK && code != ZV_E_BUSY && !atomic_load(&jobs->stop))
		zv_log_error("jobs", "no work can be taken: %s", err.text);
	return code == ZV_OK;
}

/* What a program that died has kept for nobody. */
static void sweep(struct zv_jobs *jobs)
{
	struct zv_db *db = NULL;
	struct zv_err err = {0};
	size_t removed = 0;
	enum zv_code code;

	if (jobs->setup.files == NULL)
		return;
	code = zv_database_open(&db, jobs->setup.db_url, ZV_DATABASE_READ, &err);
	if (code == ZV_OK)
		code = zv_imports_sweep(&removed, jobs->setup.files, db, &err);
	zv_database_close(db);
	if (code != ZV_OK)
		zv_log_error("jobs", "kept files cannot be looked through: %s", err.text);
	else if (removed > 0)
		zv_log_info("jobs", "%zu kept files that nothing refers to are removed", removed);
}

static void *run_thread(void *context)
{
	struct zv_jobs *jobs = context;
	bool failed = false;

	sweep(jobs);

	while (wait_for_work(jobs, failed))
		failed = !take_jobs(jobs);
	return NULL;
}

enum zv_code zv_jobs_start(struct zv_jobs **out, const struct zv_job_setup *setup, struct zv_err *err)
{
	struct zv_write requeue = {.run = run_requeue};
	struct zv_jobs *jobs;
	enum zv_code code = zv_writer_wait(setup->writer, &requeue, err);

	if (code != ZV_OK)
		return code;
	jobs = zv_calloc(1, sizeof(*jobs));
	jobs->setup = *setup;
	jobs->asked = true;
	atomic_init(&jobs->stop, false);
	(void)pthread_mutex_init(&jobs->lock, NULL);
	(void)pthread_cond_init(&jobs->changed, NULL);
	if (pthread_create(&jobs->thread, NULL, run_thread, jobs) != 0) {
		(void)pthread_cond_destroy(&jobs->changed);
		(void)pthread_mutex_destroy(&jobs->lock);
		free(jobs);
		return zv_fail(err, ZV_E_LIMIT, "", N_("The thread for slow work cannot be started."));
	}
	*out = jobs;
	return ZV_OK;
}

void zv_jobs_stop(struct zv_jobs *jobs)
{
	if (jobs == NULL)
		return;
	(void)pthread_mutex_lock(&jobs->lock);
	atomic_store(&jobs->stop, true);
	(void)pthread_cond_signal(&jobs->changed);
	(void)pthread_mutex_unlock(&jobs->lock);
	(void)pthread_join(jobs->thread, NULL);
	(void)pthread_cond_destroy(&jobs->changed);
	(void)pthread_mutex_destroy(&jobs->lock);
	free(jobs);
}
