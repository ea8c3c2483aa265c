/*
 * For every tail i.. of a row of items one bit per sum that it can make, tolerances left aside: fast where the sums are many
 * but their range is not. Only those sums are kept that can still end between `least` and `most`.
 */
#ifndef ZV_ENGINE_LOT_BITS_H
#define ZV_ENGINE_LOT_BITS_H

#include "engine/lot/tails.h"

struct lot_band {
	int64_t lo;   /* sum of the first bit, in units */
	int64_t hi;   /* nothing is known beyond */
	size_t start; /* word */
};

struct lot_bits {
	int64_t unit; /* divides every item */
	size_t from;  /* bands exist for from..n; 0: complete */
	struct lot_band *bands;
	size_t cap_bands;
	uint64_t *words;
	size_t cap_words;
};

struct lot_bits_bounds {
	int64_t unit;        /* divides every item */
	int64_t least, most; /* only sums that with the items before them can end between these */
	int64_t cap;         /* larger sums of a tail are not looked into: INT64_MAX for all */
	size_t words;        /* at most so many in all */
};

/* Built from the end towards the front as far as the words last. False, and nothing built, when that is not all and `all` is
 * asked for. */
bool lot_bits_build(struct lot_bits *bits, const struct lot_item *items, size_t n, struct lot_bits_bounds bounds, bool all,
		    int64_t *steps);
void lot_bits_done(struct lot_bits *bits);

/* False when the items i.. cannot make `sum`, if with the items before them it is to be something between least and most. Only
 * for i >= from. */
static inline bool lot_bits_allow(const struct lot_bits *bits, size_t i, int64_t sum)
{
	const struct lot_band *band = &bits->bands[i];
	int64_t at;

	if (sum % bits->unit != 0)
		return false;
	at = sum / bits->unit;
	if (at > band->hi)
		return true;
	if (at < band->lo)
		return false;
	at -= band->lo;
	return (bits->words[band->start + (size_t)at / 64] >> (at % 64) & 1) != 0;
}

/* The largest sum of all items that is <= below and within the bounds; 0 when there is none. Complete bands only. */
int64_t lot_bits_top(const struct lot_bits *bits, int64_t below);

#endif
