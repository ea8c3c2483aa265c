/* Random networks of every kind, and the published rounds reckoned the plain way over whole matrices: what the engine is held against. */
#ifndef CHAIN_WORLD_H
#define CHAIN_WORLD_H

#include "base/rng.h"
#include "engine/chain/loss.h"

enum { WORLD_FIRMS = 16, WORLD_SECTORS = 5, WORLD_LINKS = 80, WORLD_TYPES = WORLD_SECTORS * WORLD_SECTORS };

struct chain_world {
	struct zv_chain_input in;
	uint32_t sector[WORLD_FIRMS], supplier[WORLD_LINKS], buyer[WORLD_LINKS];
	double amount[WORLD_LINKS], revenue[WORLD_FIRMS], costs[WORLD_FIRMS], weights[WORLD_FIRMS];
	struct zv_chain_type types[WORLD_TYPES];
	double psi_down[WORLD_FIRMS], psi_up[WORLD_FIRMS]; /* own losses */
};

void chain_world_make(struct chain_world *world, struct zv_rng *rng, bool substitution);
double chain_world_share(struct zv_rng *rng); /* in [0, 1) */

struct chain_plain {
	double down[WORLD_FIRMS], up[WORLD_FIRMS]; /* losses by the world's numbers */
	double index, index_down, index_up;
	uint32_t rounds;
};

/* Synchronous rounds of remaining output h, recomputed from nothing in each, until no h falls by more than eps; at most `limit`. */
void chain_plain_run(struct chain_plain *out, const struct chain_world *world, double eps, uint32_t limit);

#endif
