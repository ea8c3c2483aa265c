/*
 * When a pack of support comes in force, every organisation that has a project, a statement or received support is looked at under the old and the new
 * one. What differs is kept (measure_change) and made a task of the organisation. Done as a job, "measures.rerun".
 */
#ifndef ZV_APP_MEASURE_RERUN_H
#define ZV_APP_MEASURE_RERUN_H

#include "app/jobs.h"
#include "auth/who.h"

/*
 * Inside the write that puts pack `new_id` in force: asks for the job. old_id: the edition that held until now, 0 when there was none (then nobody
 * has lost or gained, and nothing is asked for). Packs that are not of support are left alone. A running server takes the job within about a second.
 */
ZV_MUST_CHECK enum zv_code zv_measure_rerun_ask(struct zv_db *db, const struct zv_who *who, int64_t old_id, int64_t new_id, struct zv_err *err);

extern const struct zv_job_kind zv_job_measures_rerun;

/* The same without a server: looks (on `db`, for reading) and gives what differs; then writes it, inside a write. Safe to do twice: a pair of packs is
 * written once. */
struct zv_measure_diff {
	int64_t org_id;
	struct zv_str org_uid, org;
	struct zv_str measure, title;
	int was, now;             /* enum zv_truth */
	int64_t was_kop, now_kop; /* -1: none */
};
struct zv_measure_diffs {
	int64_t old_id, new_id;
	struct zv_str old_name, new_name, new_uid;
	struct zv_measure_diff *list;
	size_t n;
	size_t orgs; /* looked at */
	zv_date on;
};
ZV_MUST_CHECK enum zv_code zv_measure_rerun_look(struct zv_measure_diffs *out, struct zv_db *db, int64_t old_id, int64_t new_id,
						 bool (*stopping)(void *context, size_t done, size_t of), void *context, struct zv_arena *arena,
						 struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_measure_rerun_keep(size_t *written, struct zv_db *db, const struct zv_measure_diffs *diffs, struct zv_arena *arena,
						 struct zv_err *err);

#endif
