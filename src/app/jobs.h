/*
 * Slow work beside the answers: submitted inside a write, done by one thread, followed and cancelled by whoever may see it, its
 * result kept. A job that was running when the server stopped, or died, waits again after the next start and is run once more from its beginning, so
 * the work of every kind must be safe to do twice. docs/design/jobs.md.
 */
#ifndef ZV_APP_JOBS_H
#define ZV_APP_JOBS_H

#include "app/writer.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "format/json_write.h"
#include "store/job.h"

struct zv_db;
struct zv_files;
struct zv_jobs;
struct zv_job_run;

/* A kind of work. The list is in app/job_kinds.c. */
struct zv_job_kind {
	const char *name; /* "import.check" */
	/*
	 * Runs in the thread of the jobs, which has the language of the submitter. Writes its result, one JSON value, into `result`.
	 * ZV_OK: done. Another code: failed with that sentence, or, when zv_job_stopping() has said so, cancelled or waiting again.
	 */
	enum zv_code (*run)(struct zv_job_run *run, struct zv_json *result, struct zv_err *err);
};

struct zv_job_setup {
	struct zv_writer *writer;
	const char *db_url;      /* for a handle of its own, to read */
	struct zv_files *files;  /* may be NULL: jobs that need files fail */
	const struct zv_job_kind *const *kinds; /* NULL-ended; NULL: zv_job_kinds() */
};

/* All kinds of the program, NULL-ended. */
const struct zv_job_kind *const *zv_job_kinds(void);

/* Starts the thread; jobs found running go back to waiting and are taken in the order in which they were submitted. `db_url` must outlive it. */
ZV_MUST_CHECK enum zv_code zv_jobs_start(struct zv_jobs **out, const struct zv_job_setup *setup, struct zv_err *err);

/* Asks the running job to stop and waits for it; it goes on after the next start. Before zv_writer_stop. NULL is allowed. */
void zv_jobs_stop(struct zv_jobs *jobs);

/* --- for the API ---------------------------------------------------------------------------------------------------------- */

struct zv_job_new {
	const char *kind;
	struct zv_str params; /* a JSON object */
	const char *lang;     /* "ru", "en": of the messages in the result */
	int64_t account_id;
	int64_t centre_id;
};

/* Inside a write of the caller: the job begins after its commit. *uid lives in `arena`. `jobs` may be NULL (no server): the job waits for the next start. ZV_E_LIMIT: the account has too many waiting. */
ZV_MUST_CHECK enum zv_code zv_job_submit(struct zv_str *uid, struct zv_jobs *jobs, struct zv_db *db, const struct zv_job_new *job,
					 struct zv_arena *arena, struct zv_err *err);

/*
 * About once a second, in any one thread, with a handle for reading: takes what waits although nobody told this process of it, because it was submitted
 * without a server at hand (the command line, or a use case that has none). One indexed look-up.
 */
void zv_jobs_look(struct zv_jobs *jobs, struct zv_db *db);

/*
 * Asks for the end of a job: with any handle and from any thread, not inside a write, as the job itself may hold the writer. The thread of the
 * jobs ends it as soon as it looks, and the end is stored then. One that has ended stays as it is. ZV_E_NOTFOUND.
 */
ZV_MUST_CHECK enum zv_code zv_job_cancel(struct zv_jobs *jobs, struct zv_db *db, struct zv_str uid, struct zv_err *err);

/* --- for GET and the stream of events ---------------------------------------------------------------------------------- */

/* The stored job (store/job.h) with the progress of a running one filled in. ZV_E_NOTFOUND. Whose it is, the caller looks at. */
ZV_MUST_CHECK enum zv_code zv_job_read(struct zv_job *out, struct zv_jobs *jobs, struct zv_db *db, struct zv_str uid,
				       struct zv_arena *arena, struct zv_err *err);

/* The object that the API shows: {uid, kind, state, done, of, made_at, started_at, ended_at, result, error}. */
void zv_job_write_json(struct zv_json *json, const struct zv_job *job);

/* What is known without the database, from any thread. `known` is false for a job that neither waits nor ran in this process lately. */
struct zv_job_progress {
	bool known;
	enum zv_job_state state; /* ended only after the end is durable */
	int64_t done, of;        /* of 0: not known */
};
void zv_job_progress(struct zv_job_progress *out, struct zv_jobs *jobs, struct zv_str uid);

/* --- for the work of a kind ------------------------------------------------------------------------------------------------ */

const struct zv_job *zv_job_of(const struct zv_job_run *run); /* params, account, centre */
struct zv_db *zv_job_db(struct zv_job_run *run);              /* for reading */
struct zv_files *zv_job_files(struct zv_job_run *run);        /* NULL when there are none */
struct zv_arena *zv_job_arena(struct zv_job_run *run);

/* Any thread. of 0: not known. */
void zv_job_tell(struct zv_job_run *run, int64_t done, int64_t of);

/* True when the work should end soon with whatever code: it was cancelled, or the server stops. Any thread; cheap. */
bool zv_job_stopping(const struct zv_job_run *run);

/*
 * Runs `work` on the writer as a piece of its own and waits until it is durable. A failure of `work` takes everything back. Work
 * that makes the job done calls zv_job_done in the same piece, so that neither can be there without the other.
 */
ZV_MUST_CHECK enum zv_code zv_job_write(struct zv_job_run *run, enum zv_code (*work)(struct zv_job_run *run, struct zv_db *db, void *context, struct zv_err *err),
					void *context, struct zv_err *err);

/* Inside such a piece: the job is done, with this result; what `run` writes afterwards is not looked at. */
ZV_MUST_CHECK enum zv_code zv_job_done(struct zv_job_run *run, struct zv_db *db, struct zv_str result, struct zv_err *err);

#endif
