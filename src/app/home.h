/* The home page of each role: what waits, and the figures that this role works by, each with the list behind it. Reads only. */
#ifndef ZV_APP_HOME_H
#define ZV_APP_HOME_H

#include "app/tasks.h"

struct zv_home_figure {
	const char *code;   /* stable word: "needs_open", "lots_own" */
	struct zv_str label; /* in the language of the thread */
	int64_t value;
	struct zv_str href; /* a list that shows as many things as `value` says */
};

enum { ZV_HOME_FIGURES_MAX = 12, ZV_HOME_TASKS = 50 };

struct zv_home {
	enum zv_role role;
	struct zv_tasks_page tasks; /* open ones, the nearest first */
	struct zv_home_figure figures[ZV_HOME_FIGURES_MAX];
	int n_figures;
};

ZV_MUST_CHECK enum zv_code zv_home_load(struct zv_home *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					struct zv_err *err);

#endif
