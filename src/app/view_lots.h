/* The kept run of lots as pages read it, with the names of what it refers to. Reads only. */
#ifndef ZV_APP_VIEW_LOTS_H
#define ZV_APP_VIEW_LOTS_H

#include "app/lots_run.h"
#include "auth/who.h"

/* The last run that was kept. */
struct zv_view_run {
	int64_t id;
	struct zv_str uid; /* empty for whoever sees not everything: it changes with everybody's needs */
	zv_date as_of;
	int64_t needs, lots;
	int64_t alone_needs, alone_kop, pooled_needs, pooled_kop;
	int64_t pooled_base[ZV_DIM_OTHER + 1]; /* by dimension, tolerance included */
	bool sums;                             /* the person may see the needs and sums over all lots; they are 0 otherwise */
};

/* A lot; `members`, `curve` and `near` only from zv_view_lot. */
struct zv_view_lot {
	struct zv_lots_lot lot;
	struct zv_lots_unfilled near; /* when the lot would not come about any more */
	bool changed;                 /* the registers have changed since: the lot as kept is no longer what would come out */
	bool masked;                  /* the person sees not all of it: what is not for him is empty, `members` are those that he may see */
	bool volume_hidden;           /* and no volume: fewer buyers than the rule asks for, or one with too large a part of it */
};

/* ZV_E_NOTFOUND when no run was kept. `lots` are those that the person may see; of the sums, see `sums`. */
ZV_MUST_CHECK enum zv_code zv_view_run(struct zv_view_run *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
				       struct zv_err *err);

/* The lots of the run that the person may see, from the given place on, at most `limit`, as he sees them (app/lots_sight.h). */
ZV_MUST_CHECK enum zv_code zv_view_lots(struct zv_view_lot **out, size_t *n, struct zv_db *db, const struct zv_who *who, const struct zv_view_run *run,
					size_t from, size_t limit, struct zv_arena *arena, struct zv_err *err);

/* One lot with its members, and the price curve as it is now. ZV_E_NOTFOUND, also when it is not for this person. */
ZV_MUST_CHECK enum zv_code zv_view_lot(struct zv_view_lot *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
				       struct zv_arena *arena, struct zv_err *err);

/* Where a need is, or why it is nowhere. */
struct zv_view_why {
	bool has_run;
	bool in_lot;
	struct zv_view_lot lot;
	int64_t firm_base, extra_base, cost_kop;
	bool has_miss;
	struct zv_str code, text;
	const struct zv_lots_unfilled *near; /* what did not come about for its item, at most 4 */
	size_t n_near;
};

/* For whoever sees all of the need; ZV_E_NOTFOUND for others. */
ZV_MUST_CHECK enum zv_code zv_view_why(struct zv_view_why *out, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_arena *arena, struct zv_err *err);

/* What does not come about at present, and what it lacks, as far as it concerns the person. */
ZV_MUST_CHECK enum zv_code zv_view_near(struct zv_lots_unfilled **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					struct zv_err *err);

#endif
