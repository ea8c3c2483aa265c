/* From averaged launches to a plan, and from a plan to a better one. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_IMPROVE_H
#define ZV_ENGINE_PLAN_IMPROVE_H

#include "base/rng.h"
#include "engine/plan/dual.h"
#include "engine/plan/moves.h"

/* Opens orders of one group in the order of their averaged launches, choosing by the prices at hand; then without them what still pays. */
void plan_greedy_group(struct plan_moves *moves, const struct plan_dual *dual, uint32_t group);

/* Closes all orders of a group that are not signed. */
void plan_clear_group(struct plan_moves *moves, uint32_t group);

/* Every open order once: does it pay, does another choice pay more. Every closed one: does it pay now. True when something got better. */
bool plan_polish_group(struct plan_moves *moves, uint32_t group);

/* A closed order that could be launched, with what that would save when it was last looked at. */
struct plan_candidate {
	double value; /* with its noise */
	double noise;
	uint32_t slot;
	int tier;
	int round;
};

struct plan_ruin {
	struct plan_moves *moves;
	struct zv_rng *rng;
	ZV_VEC(uint32_t) needs;      /* that have lost something */
	ZV_VEC(struct plan_candidate) candidates; /* slots that could serve them */
	double heat;     /* a plan that is dearer by this part of the launches that were closed is kept one time in e */
	double launches; /* roubles, of the orders closed now */
	uint32_t *need_stamp, *slot_stamp;
	uint32_t now;
	uint8_t *promising;    /* [n_slots] launched now and then by the prices */
	uint32_t *resource;    /* [n_resources + 1] first of of_resource */
	uint32_t *of_resource; /* places of the offers that take hours of it */
};

void plan_ruin_open(struct plan_ruin *ruin, struct plan_moves *moves, const struct plan_dual *dual, struct zv_rng *rng);
void plan_ruin_close(struct plan_ruin *ruin);

/* Closes a few orders around a need, or around the hours that it wants, and builds anew there; keeps what is better, or with heat not much worse. Roubles saved. */
double plan_ruin_need(struct plan_ruin *ruin, uint32_t need);

#endif
