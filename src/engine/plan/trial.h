/*
 * What an order could win, remembered: the plan that trials are made on does not change between them, so that the customers of an order need to be gathered and
 * sorted once. Inside engine/plan (reopt.c).
 */
#ifndef ZV_ENGINE_PLAN_TRIAL_H
#define ZV_ENGINE_PLAN_TRIAL_H

#include "engine/plan/moves.h"

struct trial_item {
	double key;     /* roubles per unit that it is worth, before the price of the tier */
	int64_t qty;
	int64_t least;  /* one order takes as much of it or nothing */
	uint32_t pair;
	uint32_t flow;  /* where it is now; ZV_PLAN_NONE: nowhere */
	uint32_t need;
	uint16_t tiers;
};

struct trial_pick {
	const struct trial_item *item;
	int64_t qty;
};

/* An order with its own flows taken out. */
struct trial_slot {
	uint32_t slot;
	struct trial_item *items; /* by falling key */
	uint32_t n_items;
	double closing;           /* roubles that the plan costs more without it */
	zv_i128 hours;            /* of its resource, free then */
};

struct trial_memory {
	struct plan_moves *moves;
	uint32_t *at;     /* [n_slots] place in `slots` + 1 */
	ZV_VEC(struct trial_slot) slots;
	size_t n_items;   /* of all */
	ZV_VEC(struct trial_item) fresh;  /* of the need that is changed */
	ZV_VEC(struct trial_pick) picks, best;
};

void trial_memory_open(struct trial_memory *out, struct plan_moves *moves);
void trial_memory_close(struct trial_memory *memory);

/* What the order could win when closed. Valid until the next call. The plan must stand as it did at the first call for the slot. */
const struct trial_slot *trial_remember(struct trial_memory *memory, uint32_t slot);

/*
 * The best tier with the tiers, the changed need and its pair as they stand in the place now, and `room` quanta: what that saves against the closed order,
 * roubles; at most 0: nothing does. memory->best: who comes then. `pair`: of the changed need; ZV_PLAN_NONE: none.
 */
double trial_best(struct trial_memory *memory, int *tier, const struct trial_slot *at, int64_t room, uint32_t pair);

#endif
