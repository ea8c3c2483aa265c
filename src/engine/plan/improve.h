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
	double heat; /* roubles: a plan that is dearer by so much is kept one time in e */
	uint32_t *need_stamp, *slot_stamp;
	uint32_t now;
};

void plan_ruin_open(struct plan_ruin *ruin, struct plan_moves *moves, struct zv_rng *rng);
void plan_ruin_close(struct plan_ruin *ruin);

/* Closes a few orders around a need and builds anew there; keeps what is better. Roubles saved. */
double plan_ruin_need(struct plan_ruin *ruin, uint32_t need);

#endif
