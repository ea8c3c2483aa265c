/* Puts the snapshot into groups of needs that may share a lot, each with the offers that may serve it: problems of engine/lot. */
#ifndef ZV_APP_LOTS_PROBLEM_H
#define ZV_APP_LOTS_PROBLEM_H

#include "app/snapshot.h"
#include "engine/lot/lot.h"

/* Needs that the engine does not see at all, and why. */
enum zv_lots_outside {
	ZV_LOTS_INSIDE,
	ZV_LOTS_NOITEM,     /* no item is named, only a code or a text */
	ZV_LOTS_NOQUANTITY, /* the quantity is not stated, or its unit cannot be added up */
	ZV_LOTS_HELD        /* a permit record is missing */
};

const char *zv_lots_outside_name(enum zv_lots_outside why);

struct zv_lots_group {
	struct zv_lot_problem problem;
	const int32_t *needs;  /* index into snapshot->needs for problem.needs[i] */
	const int32_t *offers; /* index into snapshot->offers for problem.offers[i] */
};

struct zv_lots_groups {
	struct zv_arena arena;
	struct zv_lots_group *p;
	size_t n;
	int32_t *outside; /* indices of needs that count but are in no group, and why */
	enum zv_lots_outside *outside_why;
	size_t n_outside;
	size_t n_counted; /* declared, confirmed and held needs in all */
};

/*
 * Groups by item and the items joined to it by qualified substitutes. Drafts and interests do not count. `only_item` is an index
 * of snapshot->items, or -1 for all. The caller frees with done, also after a failure.
 */
ZV_MUST_CHECK enum zv_code zv_lots_groups_build(struct zv_lots_groups *out, const struct zv_snapshot *snapshot, zv_date as_of, int32_t only_item,
						struct zv_err *err);
void zv_lots_groups_done(struct zv_lots_groups *groups);

#endif
