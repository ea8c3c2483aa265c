/*
 * The earliest set of items with exactly a given sum: a depth-first walk, take before skip, whose end is looked up in the
 * tails. Branches die by what the rest can give at most, by its common divisor, by the remainders modulo a thousand that it
 * can make (people order in whole kilograms and sacks: the last three digits come from few items), and by memory of what
 * failed before.
 */
#ifndef ZV_ENGINE_LOT_AIM_H
#define ZV_ENGINE_LOT_AIM_H

#include "engine/lot/bits.h"
#include "engine/lot/tails.h"

enum { LOT_RING = 1000, LOT_RINGS = 512 };

struct lot_failed {
	uint64_t stamp; /* of the walk it belongs to */
	size_t i;
	int64_t firm, extra;
};

/* What is known of a row of items; kept from one row to the next to save the memory. */
struct lot_row {
	const struct lot_item *items;
	size_t n;
	int64_t *rest_firm, *rest_extra; /* [n + 1] sums of the items i.. */
	int64_t *rest_gcd;               /* [n + 1] their common divisor */
	int64_t *block_min;              /* smallest firm of every block of items */
	size_t *path;                    /* [n] items taken */
	size_t cap;
	bool ringed;
	uint8_t (*ring)[LOT_RING]; /* remainders of the last LOT_RINGS tails; [LOT_RINGS]: of the whole row */
	struct lot_failed *failed;
	uint64_t stamp;
	const struct lot_bits *bits; /* of this row, or NULL: then a branch dies also where they say so */
	int64_t *steps;              /* counted here */
};

/* `items` is borrowed. */
void lot_row_set(struct lot_row *row, const struct lot_item *items, size_t n, int64_t *steps);
void lot_row_done(struct lot_row *row);

/* The first item from i on, before end, whose firm is at most `most`; or end. */
size_t lot_row_next(struct lot_row *row, size_t i, size_t end, int64_t most);

/* The largest sum <= firm that divisor and remainders allow; a set need not exist. */
int64_t lot_row_round_down(struct lot_row *row, int64_t firm);

enum lot_aim { LOT_HIT, LOT_NOTHING, LOT_GAVE_UP };

/*
 * The earliest set with exactly `firm` and at least `extra`; `tails` are those of the row. Gives up after `budget` steps, but
 * LOT_NOTHING is a proof. `chosen` has room for n.
 */
enum lot_aim lot_aim(size_t *chosen, size_t *n_chosen, struct lot_row *row, const struct lot_tails *tails, int64_t firm,
		     int64_t extra, int64_t budget);

#endif
