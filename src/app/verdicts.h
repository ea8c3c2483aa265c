/*
 * Verdicts that were kept: what a pack said of a cluster on a day, with the facts that it used. Shown again years later from the very facts and the very
 * text of the pack, whatever the registers and packs have become; computed again to see whether the same comes out.
 */
#ifndef ZV_APP_VERDICTS_H
#define ZV_APP_VERDICTS_H

#include "app/cluster_check.h"

struct zv_kept_verdict {
	int64_t id;
	struct zv_str uid;
	struct zv_str subject_uid, subject; /* the cluster and its name today */
	struct zv_str pack_uid, pack, pack_title;
	zv_date on;
	struct zv_check_counts counts;
	struct zv_str made_by, facts_digest;
	int64_t made_ms;
	/* zv_verdict_get only */
	bool same;                /* computed again from its facts and its pack's text it is the same */
	struct zv_checked checked; /* computed again, in the language of the thread */
	struct zv_str result;     /* criteria as JSON as they were said, in English: to be shown when it is not the same */
};

/* Action CHECK. Inside a write. */
ZV_MUST_CHECK enum zv_code zv_verdict_keep(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str cluster, struct zv_str pack, zv_date on,
					   struct zv_arena *arena, struct zv_err *err);

/* Of a cluster, newest first, below the id `before` (0: from the newest). */
ZV_MUST_CHECK enum zv_code zv_verdict_list(struct zv_kept_verdict **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str cluster,
					   int64_t before, int limit, struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_verdict_get(struct zv_kept_verdict *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
					  struct zv_err *err);

/* The members of an object that answers show. `whole`: with `same` and the criteria. */
void zv_verdict_json(struct zv_json *json, const struct zv_kept_verdict *verdict, bool whole);

#endif
