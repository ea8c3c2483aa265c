/* What the files of the lot engine share while they solve one problem. */
#ifndef ZV_ENGINE_LOT_INNER_H
#define ZV_ENGINE_LOT_INNER_H

#include "base/arena.h"
#include "engine/lot/frac.h"
#include "engine/lot/lot.h"
#include "engine/lot/subset.h"

#define LOT_NEVER INT64_MAX /* an opening size: at no size */

/* Alike needs of one organisation: they go into a lot together or not at all. Sorted by id, so that the index is the rank. */
struct lot_pos {
	int64_t id;          /* the smallest of its needs */
	int64_t firm, extra; /* sums */
	const struct zv_lot_need *need; /* one of them: all that the offers see is alike */
	size_t first, n;     /* in lot_world.members */
};

/* A piece of the ladder with one cost law: cost(Q) = fixed + kop / per * Q for the sizes lo..hi, both on the lattice. */
struct lot_seg {
	int64_t lo, hi;
	int64_t fixed;
	struct zv_price unit;
};

/* A position that an offer may serve, and for each piece of the ladder the smallest size whose price it bears. */
struct lot_side {
	size_t pos;
	int64_t *opens; /* [n_segs], LOT_NEVER: too dear */
};

struct lot_maker {
	const struct zv_lot_offer *offer;
	size_t index; /* in the problem */
	struct lot_lattice lattice;
	int64_t largest; /* of one lot; at first min(max, free) */
	int64_t left;    /* free capacity */
	struct lot_seg *segs;
	size_t n_segs;
	bool seen;              /* sides are made */
	struct lot_side *sides; /* those that are left, by position */
	size_t n_sides;
	int64_t bound; /* no lot of this maker has more firm */
	bool open;     /* a search ended without proof: a lot may exist */
};

/* One lot that could be. */
struct lot_best {
	bool found;
	struct lot_maker *maker;
	int64_t firm, extra, size;
	struct lot_frac price;
	size_t *chosen; /* positions, ascending */
	size_t n_chosen;
	bool proved, first;
};

struct lot_world {
	const struct zv_lot_problem *problem;
	struct zv_arena *arena; /* as long as the solve */
	struct lot_pos *pos;
	size_t n_pos;
	size_t *members;        /* indices of needs, position by position, by id */
	bool *gone;             /* [n_pos] in a lot */
	struct lot_maker *makers; /* by offer id */
	size_t n_makers;
	struct lot_work work;
	int64_t budget; /* steps for one lot */
	/* scratch of one offer's evaluation, room for n_pos */
	struct lot_item *items;
	size_t *item_pos;
	size_t *chosen;
	int64_t *sorted;
};

/* Checks the problem, merges alike needs, lays out the ladders. The world is done with lot_world_done. */
ZV_MUST_CHECK enum zv_code lot_world_init(struct lot_world *world, const struct zv_lot_problem *problem, struct zv_arena *arena,
					  struct zv_err *err);
void lot_world_done(struct lot_world *world);

/* seg.c: the ladder of an offer as pieces. Sizes up to `most`. */
void lot_segs_make(struct lot_maker *maker, struct zv_arena *arena);
struct lot_frac lot_seg_price(const struct lot_seg *seg, int64_t size);
const struct lot_seg *lot_seg_at(const struct lot_maker *maker, int64_t size); /* NULL: no price there */

/* The smallest size of the piece at which `need` bears price and freight; LOT_NEVER. ZV_E_LIMIT when prices leave 128 bits. */
ZV_MUST_CHECK enum zv_code lot_seg_opens(int64_t *out, const struct lot_seg *seg, struct lot_lattice lattice,
					 const struct zv_lot_need *need, struct zv_price freight, struct zv_err *err);

/* p(size) + freight - ceiling: above 0 for the unwilling. Below 0 when no ceiling is stated. ZV_E_LIMIT as above. */
ZV_MUST_CHECK enum zv_code lot_seg_gap(struct lot_frac *out, const struct lot_seg *seg, int64_t size,
				       const struct zv_lot_need *need, struct zv_price freight, struct zv_err *err);

struct zv_price lot_freight(const struct zv_lot_problem *problem, size_t offer, uint32_t place);

/* The first test, before the price, that the pair fails; ZV_LOT_FITS when none. */
enum zv_lot_why lot_barred(const struct zv_lot_problem *problem, size_t offer, const struct zv_lot_need *need);

/* best.c: makes the maker's sides once, and drops those whose needs are gone. */
ZV_MUST_CHECK enum zv_code lot_maker_see(struct lot_maker *maker, struct lot_world *world, struct zv_err *err);

/*
 * The best lot of one maker among what is left; replaces *best when it is better by the whole objective. maker->bound is
 * lowered to what was proved.
 */
ZV_MUST_CHECK enum zv_code
lot_maker_best(struct lot_best *best, struct lot_maker *maker, struct lot_world *world, struct zv_err *err);

/* The price for output: exact, or the value of the whole lot where that does not fit. */
ZV_MUST_CHECK enum zv_code lot_price_out(struct zv_price *price, int64_t *value_kop, const struct lot_seg *seg, int64_t size,
					 struct zv_err *err);

#endif
