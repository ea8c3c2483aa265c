/* Slow work as rows: what waits, runs, and has ended with which result. app/jobs.h does the work. */
#ifndef ZV_STORE_JOB_H
#define ZV_STORE_JOB_H

#include "base/arena.h"
#include "store/db/db.h"

enum zv_job_state { ZV_JOB_WAITING = 1, ZV_JOB_RUNNING, ZV_JOB_DONE, ZV_JOB_FAILED, ZV_JOB_CANCELLED };

struct zv_job {
	int64_t id;
	struct zv_str uid;
	struct zv_str kind;
	int64_t account_id;
	int64_t centre_id;
	struct zv_str params; /* JSON object */
	enum zv_job_state state;
	int64_t made_ms, started_ms, ended_ms; /* 0: not yet */
	struct zv_str result; /* JSON value, or "" */
	struct zv_str error;  /* a sentence, or "" */
	int64_t done, of;     /* filled in by app/jobs; of 0: not known */
};

/* "waiting" ... "cancelled" */
const char *zv_job_state_name(enum zv_job_state state);

/* Inserts as waiting; fills id, uid (arena) and made_ms. All that write: inside a transaction of the caller. */
ZV_MUST_CHECK enum zv_code zv_job_insert(struct zv_job *job, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

/* ZV_E_NOTFOUND. Everything is copied into `arena`. */
ZV_MUST_CHECK enum zv_code zv_job_by_uid(struct zv_job *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/* The first that waits; *found false when none does. */
ZV_MUST_CHECK enum zv_code zv_job_next(bool *found, struct zv_job *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

/* Sets the state with its instant; *moved false when the job was not in state `from` any more. Result and error: "" keeps none. */
ZV_MUST_CHECK enum zv_code zv_job_move(bool *moved, struct zv_db *db, int64_t id, enum zv_job_state from, enum zv_job_state to,
				       struct zv_str result, struct zv_str error, struct zv_err *err);

/* Jobs that run wait again: for a start. */
ZV_MUST_CHECK enum zv_code zv_job_requeue(struct zv_db *db, struct zv_err *err);

/* Whether the result of any job names this text (the digest of a kept file). Looks at all jobs. */
ZV_MUST_CHECK enum zv_code zv_job_refers(bool *out, struct zv_db *db, struct zv_str text, struct zv_err *err);

/* How many of an account wait or run. */
ZV_MUST_CHECK enum zv_code zv_job_count_open(int64_t *out, struct zv_db *db, int64_t account_id, struct zv_err *err);

/* Newest first, ids below `before` (0: from the newest). account_id 0: of all; centre_id -1: of all. */
ZV_MUST_CHECK enum zv_code zv_job_page(struct zv_job **out, size_t *n, struct zv_db *db, int64_t account_id, int64_t centre_id, int64_t before,
				       int limit, struct zv_arena *arena, struct zv_err *err);

#endif
