/*
 * The fixed point of several causes at once by Gauss-Seidel sweeps, each to a proven distance. Losses rise from the shocks, so they are never above the truth but for
 * rounding. Inside engine/chain; not for networks with substitution. docs/design/chain-engine.md has the proofs.
 */
#ifndef ZV_ENGINE_CHAIN_SWEEP_H
#define ZV_ENGINE_CHAIN_SWEEP_H

#include "engine/chain/loss.h"
#include "engine/chain/sweep_net.h"

enum { CHAIN_LANES = 8 };

/* What holds for one lane after a run. The two sides, and the weighted larger of both. */
struct chain_swept {
	double index, down, up;
	double bound;    /* none of the three is below the truth by more */
	uint32_t sweeps; /* of the block that took most */
};

/* Shocks of one lane. */
struct chain_lane {
	const struct zv_chain_shock *shocks;
	uint32_t n;
};

/* Working memory of one thread: O(firms x lanes), lanes 1 or CHAIN_LANES. */
struct chain_sweep;
struct chain_sweep *chain_sweep_new(const struct chain_sweep_net *net, uint32_t lanes);
void chain_sweep_free(struct chain_sweep *sweep);

struct chain_sweep_options {
	double enough; /* a lane is done when the bound of its index is at most this, or when no loss changes any more */
	bool each;     /* any firm's loss is to be as near, too */
	bool down_only;
};

/* n lanes at most as many as there are. What a lane gets does not depend on the others. */
void chain_sweep_run(struct chain_swept *out, struct chain_sweep *sweep, const struct chain_lane *lanes, uint32_t n, const struct chain_sweep_options *options);

static inline double chain_sweep_enough(const struct zv_chain_network *net, double cut)
{
	return cut > 0 ? cut : net->n_links <= ZV_CHAIN_LARGE ? ZV_CHAIN_NEAREST : ZV_CHAIN_NEAR;
}

/* Of the last run: rows that may have lost something on one side (chain_rows), ascending; the loss of one in a lane; and what a slot downstream lost. */
const uint32_t *chain_sweep_reached(uint32_t *n, const struct chain_sweep *sweep, bool up);
double chain_sweep_loss(const struct chain_sweep *sweep, bool up, uint32_t row, uint32_t lane);
double chain_sweep_slot(const struct chain_sweep *sweep, uint32_t slot, uint32_t lane);

#endif
