/* Solving a problem folder and checking an answer against it: what the commands and other programs do without a database. */
#ifndef ZV_APP_PLAN_FOLDER_RUN_H
#define ZV_APP_PLAN_FOLDER_RUN_H

#include "app/plan_folder.h"
#include "app/plan_json.h"
#include "engine/plan/check.h"

/* A solved folder: the problem stays that of `folder`. */
struct zv_plan_solved {
	struct zv_plan_levels_result result;
	struct zv_plan_checked checked;
	struct zv_plan_explained explained;
	bool has_explained;
	struct zv_arena arena;
};

/*
 * Solves, checks the plan by the independent checker and explains what it does not cover (unless `brief`). ZV_E_BUG: the checker refused the plan, or its sums
 * differ from the solver's: it must not be used. ZV_E_LIMIT: memory. The caller ends with done.
 */
ZV_MUST_CHECK enum zv_code zv_plan_folder_solve(struct zv_plan_solved *out, const struct zv_plan_folder *folder, const struct zv_plan_options *options, bool brief,
						struct zv_err *err);
void zv_plan_solved_done(struct zv_plan_solved *solved);

/* Before the work: is there a place for the answer? ZV_E_INVALID: a directory, a folder that is not there or must not be written to. */
ZV_MUST_CHECK enum zv_code zv_plan_can_write(const char *path, struct zv_err *err);

/* Writes the answer into `path` by way of a file beside it, so that there is never a half of one; into `file` when path is NULL. ZV_E_IO. */
ZV_MUST_CHECK enum zv_code zv_plan_solved_write(const struct zv_plan_solved *solved, const struct zv_plan_folder *folder, const char *path, FILE *file,
						struct zv_err *err);

/*
 * Recomputes every constraint and the sums of the plan in the file `path` from the problem alone. ZV_E_CONFLICT: the first violation in words, or the file
 * states another objective (by more than a kopeck and 1e-9 of it) or a bound above it. ZV_E_INVALID: the file is no plan of this problem.
 */
ZV_MUST_CHECK enum zv_code zv_plan_folder_check(struct zv_plan_checked *out, const struct zv_plan_folder *folder, const char *path, struct zv_err *err);

#endif
