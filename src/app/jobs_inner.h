/* The inside of the jobs: what this process remembers of them, and the one that runs. */
#ifndef ZV_APP_JOBS_INNER_H
#define ZV_APP_JOBS_INNER_H

#include <pthread.h>
#include <stdatomic.h>

#include "app/jobs.h"
#include "store/id.h"

enum { ZV_JOBS_KNOWN = 512 };

/* A job as this process remembers it. */
struct zv_job_known {
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
	struct zv_job_known known[ZV_JOBS_KNOWN];
	atomic_bool stop;
};

struct zv_job_run {
	struct zv_jobs *jobs;
	const struct zv_job *job;
	struct zv_db *db;
	struct zv_arena *arena;
	bool finishing, finished; /* zv_job_done was called; and is durable */
	atomic_bool cancelled;
};

/* jobs.c */
void zv_jobs_remember(struct zv_jobs *jobs, struct zv_str uid, enum zv_job_state state);
bool zv_jobs_wants_cancel(struct zv_jobs *jobs, struct zv_str uid);

#endif
