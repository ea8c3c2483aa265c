/* All clusters that a person may check against one pack in one run (journey 4.6 step 11): at once, as a job, as a table. */
#ifndef ZV_APP_CHECK_ALL_H
#define ZV_APP_CHECK_ALL_H

#include "app/cluster_check.h"
#include "app/jobs.h"

struct zv_check_row {
	struct zv_str uid, name, region; /* region: ISO code, may be empty */
	enum zv_cluster_state state;     /* as the register says it now */
	struct zv_check_counts counts;
	enum zv_truth verdict;
	struct zv_str failed_id, failed, left, op, right; /* the first criterion that fails, those that block before others; empty: none */
	int64_t projects;
};

struct zv_check_table {
	struct zv_pack pack;
	zv_date on;
	int state; /* that was asked for; 0: all */
	struct zv_check_row *rows; /* by name */
	size_t n;
	int64_t us; /* that it took */
	uint64_t version; /* of the data */
};

struct zv_check_all_ask {
	struct zv_str pack;
	struct zv_str state; /* "planned"; empty: all */
	zv_date on;
	/* Asked after every cluster; true: end with ZV_E_CONFLICT. May be NULL. */
	bool (*stop)(void *context, size_t done);
	void *context;
};

/* O(rows of the clusters). Only the rows of the table stay in `arena`. */
ZV_MUST_CHECK enum zv_code zv_check_all(struct zv_check_table *out, struct zv_db *db, const struct zv_who *who, const struct zv_check_all_ask *ask,
					struct zv_arena *arena, struct zv_err *err);

void zv_check_all_json(struct zv_json *json, const struct zv_check_table *table);
void zv_check_all_csv(struct zv_buf *out, const struct zv_check_table *table);
ZV_MUST_CHECK enum zv_code zv_check_all_xlsx(const char *path, const struct zv_check_table *table, struct zv_err *err);

/* Params: {who, pack, state, on}. */
extern const struct zv_job_kind zv_job_clusters_check_all;

/* Checks what is asked and submits; inside a write. */
ZV_MUST_CHECK enum zv_code zv_check_all_submit(struct zv_str *job, struct zv_jobs *jobs, struct zv_db *db, const struct zv_who *who,
					       const struct zv_check_all_ask *ask, struct zv_arena *arena, struct zv_err *err);

#endif
