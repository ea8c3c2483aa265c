/*
 * When a pack of support comes in force, every organisation that has a project, a statement or received support is looked at under the old and the new
 * one. What differs is kept (measure_change) and made a task of the organisation. Done as a job, "measures.rerun".
 */
#ifndef ZV_APP_MEASURE_RERUN_H
#define ZV_APP_MEASURE_RERUN_H

#include "app/jobs.h"
#include "auth/who.h"
#include "engine/rules/rules.h"

/*
 * Inside the write that puts pack `new_id` in force: asks for the job, or, for the owner of the database, who has no account, does it at once. old_id: the
 * edition that held until now; 0: the one before in its series, or none, and then all that the pack gives is gained. Packs that are not of support are left
 * alone. A running server takes the job within about a second.
 */
ZV_MUST_CHECK enum zv_code zv_measure_rerun_ask(struct zv_db *db, const struct zv_who *who, int64_t old_id, int64_t new_id, struct zv_err *err);

extern const struct zv_job_kind zv_job_measures_rerun;

/* --- its parts, for tests ----------------------------------------------------------------------------------------------------------- */

struct zv_measure_diff {
	int64_t org_id, centre_id;
	struct zv_str org_uid, org;
	struct zv_str measure, title; /* title: of the newer pack that has it, in the thread's language */
	enum zv_truth was, now;
	int64_t was_kop, now_kop;     /* at least; -1: not eligible, or no sum */
};
struct zv_measure_diffs {
	int64_t old_id, new_id;
	struct zv_str old_name, new_name, new_uid;
	struct zv_measure_diff *list; /* by organisation, then as the packs have the measures */
	size_t n;
	size_t orgs; /* looked at */
	zv_date on;  /* the day for which the new pack was asked: today, or its first day when that is later */
};

/* Asked after every organisation; true: end with ZV_E_CONFLICT. May be NULL. */
typedef bool zv_measure_stop(void *context, size_t done, size_t of);

/*
 * What differs. Of several projects the one that an organisation fares best with counts. A pack of an organisation is for it alone, one of a centre for
 * its organisations. On a handle for reading; O(organisations x projects x measures).
 */
ZV_MUST_CHECK enum zv_code zv_measure_diffs_find(struct zv_measure_diffs *out, struct zv_db *db, int64_t old_id, int64_t new_id, zv_measure_stop *stop,
						 void *context, struct zv_arena *arena, struct zv_err *err);

/* Rows and tasks; inside a write. */
ZV_MUST_CHECK enum zv_code zv_measure_diffs_keep(struct zv_db *db, const struct zv_measure_diffs *diffs, struct zv_arena *arena, struct zv_err *err);

#endif
