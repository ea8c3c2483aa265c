/* The cheapest set of volumes that closes a gap (minimum knapsack). */
#ifndef ZV_ENGINE_LOT_COVER_H
#define ZV_ENGINE_LOT_COVER_H

#include "base/base.h"

struct lot_cover {
	int64_t cost;   /* 0 or more; the sum fits 64 bits or the answer is "none" */
	int64_t volume; /* 0 or more; the sum fits 64 bits */
	int64_t id;     /* ties: smaller first */
	size_t at;      /* the caller's */
	bool taken;
};

/*
 * Sorts `items` and marks the cheapest set with at least `volume` > 0. False when all together are not enough. *exact is false
 * when the search was cut short: then the set closes the gap but a cheaper one may exist.
 */
bool lot_cover(int64_t *cost, bool *exact, struct lot_cover *items, size_t n, int64_t volume);

#endif
