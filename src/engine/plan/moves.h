/* Moves on a plan under construction: open an order at its best tier with what it can win, close one, place what is left over. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_MOVES_H
#define ZV_ENGINE_PLAN_MOVES_H

#include "engine/plan/place.h"

/* Some quantity that an order could have: of a need that is not covered, or from another order that can spare it. */
struct plan_item {
	double key;    /* roubles per unit that it is worth, before the price of the tier */
	int64_t qty;
	uint32_t pair; /* of the order that wants it */
	uint32_t flow; /* where it is now; ZV_PLAN_NONE: nowhere */
};

struct plan_moves {
	struct plan_place *place;
	const double *guide; /* [n_needs] value of a unit for choosing what goes first; NULL: its penalty */
	ZV_VEC(struct plan_item) items;  /* by falling key, as far as anybody has looked */
	ZV_VEC(struct plan_item) heap;   /* the others */
	int64_t *taken;      /* [n_slots] of other orders, valid where `stamp` is `now` */
	uint32_t *stamp;
	uint32_t now;
};

void plan_moves_open(struct plan_moves *moves, struct plan_place *place);
void plan_moves_close(struct plan_moves *moves);

/* What launching a closed slot would save, roubles; *tier: at which. Changes nothing. At most 0: not worth it. */
double plan_open_value(struct plan_moves *moves, uint32_t slot, int *tier);

/* Does it at a tier: takes what it wins from nobody and from others, never below the others' tiers. */
void plan_open_do(struct plan_moves *moves, uint32_t slot, int tier);

/* Opens at the best tier when that saves something; returns the saving. */
double plan_open_best(struct plan_moves *moves, uint32_t slot);

/* Takes all flows that are not signed out of an open slot and closes it, if nothing is signed. */
void plan_close_slot(struct plan_moves *moves, uint32_t slot);

/* Places what is left of a need in open orders that have room, the cheapest first. */
void plan_fill_need(struct plan_moves *moves, uint32_t need);

#endif
