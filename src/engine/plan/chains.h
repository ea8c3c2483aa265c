/* Ejection chains among open orders: a need goes where another one has to leave, which goes where a third one has to leave. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_CHAINS_H
#define ZV_ENGINE_PLAN_CHAINS_H

#include "engine/plan/moves.h"

struct plan_chains {
	struct plan_moves *moves;
	double *least; /* [n_needs] roubles per unit, in the cheapest open order */
	double before; /* cost that a chain has to fall below */
	int tries;     /* left of the need at hand */
};

void plan_chains_open(struct plan_chains *chains, struct plan_moves *moves);
void plan_chains_close(struct plan_chains *chains);

/* Every need of a group once, with what is not covered of it and with every flow. No order is opened, closed or given another tier. True when something got better. */
bool plan_chain_group(struct plan_chains *chains, uint32_t group);

#endif
