/*
 * A national plan over the registers: loads a snapshot, makes the problem (app/plan_problem.h), solves it, checks the answer by the independent checker, explains
 * what is left over, and stores it whole. docs/design/plans.md.
 */
#ifndef ZV_APP_PLAN_RUN_H
#define ZV_APP_PLAN_RUN_H

#include "base/arena.h"
#include "base/date.h"
#include "engine/plan/plan.h"
#include "store/plan.h"

struct zv_db;
struct zv_plan_kept;

struct zv_plan_run_options {
	zv_date as_of;       /* ZV_DATE_NONE: the date of the database (demo), else today */
	struct zv_str title; /* empty: the as-of date */
	bool strict;
	struct zv_str from;  /* a plan, the newest one, to begin with its prices; empty: from cold */
	int64_t effort;      /* 0: normal, 100 */
	int64_t iterations;  /* 0: by size */
	int32_t threads;
	bool nightly;
	bool only_new;       /* store nothing when problem and mode are those of the newest plan */
	bool keep_stopped;   /* a plan that `stop` ended is stored as well, marked as stopped; else that is ZV_E_CONFLICT */
	const char *actor;
	bool (*stop)(void *context);
	void (*progress)(void *context, enum zv_plan_stage stage, int done_ppt, zv_i128 objective, zv_i128 bound);
	/* Called instead of storing by `db` (which may then be one for reading), while what is to be stored lives. NULL: stored here. */
	enum zv_code (*store)(void *context, struct zv_plan_kept *kept, struct zv_err *err);
	void *context;
};

/* *out in `arena`; its uid is empty when only_new found nothing new. ZV_E_NOTFOUND: no such `from`. ZV_E_BUG: the checker refused the plan; nothing is stored. */
ZV_MUST_CHECK enum zv_code zv_plan_run(struct zv_plan_row *out, struct zv_db *db, const struct zv_plan_run_options *options, struct zv_arena *arena,
				       struct zv_err *err);

#endif
