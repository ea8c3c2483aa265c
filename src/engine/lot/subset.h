/*
 * The set of needs for one range of lot sizes: the largest sum of firm quantities with sum(firm) <= Q <= sum(firm + extra) for
 * a size Q of the lattice, then the preferred Q, then the earliest set. Exact; says so when the work limit stops the proof.
 *
 * Four ways, each taken only when the one before does not decide:
 *   tails     all sums that every tail of the needs can make (tails.h); few when the quantities are coarse or the needs are
 *             few. Complete ones decide everything, and walking down them gives the earliest set;
 *   aiming    a depth-first walk, earlier needs first, for the largest sum that could be (an upper bound), that looks the end
 *             up in the tails. Many fine quantities make almost every sum, so that it hits soon, and a hit is a proof;
 *   bits      where the range of sums is moderate, one bit for each (bits.h) gives the largest sum at once and steers the walk;
 *   bounding  branch and bound over the needs, the largest first, with the tails of the small ones (as in Pisinger's balanced
 *             core the last few needs decide).
 */
#ifndef ZV_ENGINE_LOT_SUBSET_H
#define ZV_ENGINE_LOT_SUBSET_H

#include "engine/lot/aim.h"
#include "engine/lot/lattice.h"

/* Scratch that is kept from one call to the next, and the count of steps. */
struct lot_work {
	int64_t steps;
	int64_t stop; /* no new attempt once steps has passed it */
	/* When to give up one way for the next; 0: the usual. Tests set them low, so that every way is taken. */
	size_t few_sums, many_sums;
	int64_t short_aim;
	bool no_bits;
	struct lot_tails tails;
	struct lot_row row;
	struct lot_bits bits;
	struct lot_item *sorted; /* for bounding */
	size_t *order;
};

void lot_work_done(struct lot_work *work);

struct lot_task {
	const struct lot_item *items; /* total of firm + extra fits 64 bits */
	size_t n;
	struct lot_lattice lattice;
	int64_t lo, hi;   /* allowed sizes, both on the lattice */
	bool high;        /* prefer the largest Q (its price is lower), else the smallest */
	int64_t at_least; /* a smaller sum(firm) is of no use; 1 or more */
};

struct lot_pick {
	bool found;
	bool proved;   /* no set has more firm, or as much with a better Q; when not found: none has at_least */
	bool first;    /* and it is the earliest such set */
	int64_t bound; /* no set has more firm */
	int64_t firm, extra, size;
	size_t *chosen; /* the caller's room for n indices; ascending */
	size_t n_chosen;
};

void lot_subset_solve(struct lot_pick *out, const struct lot_task *task, struct lot_work *work);

/* The largest sum(firm + extra) over sets with sum(firm) <= size. False when the value is only known to be reached. */
bool lot_subset_reach(int64_t *out, const struct lot_item *items, size_t n, int64_t size, struct lot_work *work);

#endif
