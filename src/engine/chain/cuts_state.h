/* What works while some nodes have failed. Inside engine/chain. */
#ifndef ZV_ENGINE_CHAIN_CUTS_STATE_H
#define ZV_ENGINE_CHAIN_CUTS_STATE_H

#include "base/vec.h"
#include "engine/chain/cuts.h"

typedef ZV_VEC(uint32_t) cuts_nodes;

struct cuts_state {
	const struct zv_cuts_input *in;
	uint32_t *recipe_start, *recipe; /* of each node */
	uint32_t *group_start, *group;   /* of each recipe */
	uint32_t *in_start, *in_group;   /* groups that each node is a member of */
	uint8_t *works, *failed;         /* [n_nodes] */
	uint32_t *rank;                  /* [n_nodes] of a cold start: in which place it came to work */
	uint32_t *live;                  /* [n_groups] members that work */
	uint32_t *broken;                /* [n_recipes] groups that lack members */
	uint32_t *ways;                  /* [n_nodes] recipes that hold */
	cuts_nodes log;                  /* running: what has stopped, in order. Cold: what works */
	cuts_nodes marks;                /* running: where in the log each failure begins */
	uint8_t *seen;                   /* [n_nodes] */
	int64_t work;
};

/* O(members). */
void cuts_state_open(struct cuts_state *state, const struct zv_cuts_input *input);
void cuts_state_close(struct cuts_state *state);

/* `node` fails as well; and the last that failed does not. Running: costs what it reaches; cold: everything. */
void cuts_fail(struct cuts_state *state, uint32_t node);
void cuts_unfail(struct cuts_state *state, uint32_t node);

/* Nodes that alone, with all others failed, would keep the target at work: a cut set has one of them. Those with `kept` are taken where there is a choice. */
void cuts_support(cuts_nodes *out, struct cuts_state *state, const uint32_t *kept);

#endif
