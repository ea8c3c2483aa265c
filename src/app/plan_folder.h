/*
 * Plan problems as folders of CSV files (docs/guide/plan-files.md): read strictly and fast, written by our own generators. Ids are sorted, numbers by their value,
 * so that the order of rows in a file changes nothing.
 */
#ifndef ZV_APP_PLAN_FOLDER_H
#define ZV_APP_PLAN_FOLDER_H

#include <stdio.h>

#include "base/arena.h"
#include "engine/plan/problem.h"

enum {
	ZV_PLAN_FOLDER_REGIONS_MAX = 5000,
	ZV_PLAN_FOLDER_ROWS_MAX = 20000000, /* of one file; and of resources x periods */
	ZV_PLAN_FOLDER_ID_MAX = 200,        /* bytes */
	ZV_PLAN_FOLDER_WARNINGS_MAX = 100,
};

struct zv_plan_folder {
	struct zv_plan_problem problem; /* has passed zv_plan_problem_check; its arrays are freed with the folder */
	struct zv_str *warnings;        /* whole sentences in the language of the thread */
	size_t n_warnings;
	struct zv_arena arena;          /* ids and warnings */
};

/* Gives "needs.csv" ... as an open file; NULL with errno. `context` is the caller's. */
typedef FILE *zv_plan_folder_open(void *context, const char *name);

/*
 * ZV_E_INVALID: a missing file or column, a bad value, an id twice, an id that does not exist: the sentence names file, line, column and value. ZV_E_LIMIT: too
 * many rows. Half read folders are freed. The caller ends with done.
 */
ZV_MUST_CHECK enum zv_code zv_plan_folder_read(struct zv_plan_folder *out, const char *dir, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_folder_read_from(struct zv_plan_folder *out, zv_plan_folder_open *open, void *context, struct zv_err *err);
void zv_plan_folder_done(struct zv_plan_folder *folder);

/* Writes all files of a problem; bonus[priority - 1] in millionths must be what its penalties were made of. The folder is made. ZV_E_IO. */
ZV_MUST_CHECK enum zv_code zv_plan_folder_write(const char *dir, const struct zv_plan_problem *problem, const int64_t bonus[ZV_PLAN_PRIORITIES],
						struct zv_err *err);

/* Order of ids: numbers first, by their value; all others by bytes. */
int zv_plan_id_cmp(struct zv_str a, struct zv_str b);

#endif
