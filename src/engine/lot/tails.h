/*
 * For every tail i.. of a row of items all sums of firm quantities that a set of them can make, each with the most
 * tolerance. Built from the end towards the front, as far as a limit of entries lets it.
 */
#ifndef ZV_ENGINE_LOT_TAILS_H
#define ZV_ENGINE_LOT_TAILS_H

#include "base/base.h"

/* The earliest first. */
struct lot_item {
	int64_t firm;  /* above 0 */
	int64_t extra; /* 0 or more */
};

struct lot_made {
	int64_t firm, extra;
};

struct lot_tails {
	const struct lot_item *items;
	size_t n_items;
	size_t from; /* lists exist for from..n_items; 0: complete */
	struct lot_made *made;
	size_t n, cap;
	size_t *start; /* of list i in made[] */
	size_t cap_start;
};

/* Sums that are of no use are left out: above `most`, or such that even with all the items before them less than `least` firm
 * comes together. */
struct lot_tails_bounds {
	int64_t least, most;
};

/* Adds the entries made to *steps. `items` is borrowed until the next build. */
void lot_tails_build(struct lot_tails *tails, const struct lot_item *items, size_t n, struct lot_tails_bounds bounds,
		     size_t limit, int64_t *steps);
void lot_tails_done(struct lot_tails *tails);

/* List i, by firm ascending. Borrowed until the next build. */
const struct lot_made *lot_tails_list(size_t *n, const struct lot_tails *tails, size_t i);

/* The most tolerance with which the items i.. make exactly `firm`; false when they do not. */
bool lot_tails_find(int64_t *extra, const struct lot_tails *tails, size_t i, int64_t firm);

/* Appends the earliest set of the items i.. that makes exactly `firm` with at least `extra`; there is one. */
void lot_tails_walk(size_t *chosen, size_t *n_chosen, const struct lot_tails *tails, size_t i, int64_t firm, int64_t extra);

#endif
