/*
 * One thread that takes jobs in their order. What it claims and how it ends goes through the writer, so a job never runs before its
 * submission is durable.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/database.h"
#include "app/imports.h"
#include "app/jobs_inner.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/tr.h"
#include "format/json_value.h"

enum { RESULT_MAX = 8 << 20, RETRY_S = 1 };

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

bool zv_job_stopping(const struct zv_job_run *run)
{
	return atomic_load(&run->jobs->stop) || atomic_load(&run->cancelled) || zv_jobs_wants_cancel(run->jobs, run->job->uid);
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
	else if (zv_jobs_wants_cancel(run->jobs, run->job->uid))
		end.state = ZV_JOB_CANCELLED;
	else if (atomic_load(&run->jobs->stop))
		end.state = ZV_JOB_WAITING;
	else
		end.state = ZV_JOB_FAILED;
	if (end.state == ZV_JOB_FAILED)
		end.error = zv_str_c(err->text);
	return end;
}

/* A wrong file is its sender's matter, who is told; what is in it is nobody's in the log. */
static void log_failure(const struct zv_job *job, const struct zv_err *err)
{
	if (err->code == ZV_E_IO || err->code == ZV_E_BUG)
		zv_log_error("jobs", "%.*s (%.*s): %s", ZV_STR_FMT(job->uid), ZV_STR_FMT(job->kind), err->text);
	else
		zv_log_info("jobs", "%.*s (%.*s) failed: %s", ZV_STR_FMT(job->uid), ZV_STR_FMT(job->kind), zv_code_name(err->code));
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
	zv_jobs_remember(jobs, job->uid, ZV_JOB_RUNNING);
	code = zv_jobs_wants_cancel(jobs, job->uid) ? ZV_E_CONFLICT : do_work(&run, &json, &err);
	if (code == ZV_OK && out.buf.full)
		code = zv_fail(&err, ZV_E_LIMIT, "", N_("The result is larger than %d MiB."), RESULT_MAX >> 20);
	end = end_of(&run, code, zv_out_text(&out), &err);
	if (run.finished)
		end.state = ZV_JOB_DONE;
	else if (zv_writer_wait(jobs->setup.writer, &end.write, &late) != ZV_OK)
		zv_log_error("jobs", "%.*s: its end cannot be stored, it runs again after the next start: %s", ZV_STR_FMT(job->uid), late.text);
	if (end.state == ZV_JOB_FAILED)
		log_failure(job, &err);
	zv_jobs_remember(jobs, job->uid, end.state);
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
