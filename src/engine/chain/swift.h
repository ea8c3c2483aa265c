/*
 * One whole failure at the fixed point, no further than asked: what matters most for the index is passed on first, and it ends when all that waits can move the index
 * by no more than `enough`. docs/design/chain-engine.md has the proof. Inside engine/chain; not for networks with substitution.
 */
#ifndef ZV_ENGINE_CHAIN_SWIFT_H
#define ZV_ENGINE_CHAIN_SWIFT_H

#include "engine/chain/network.h"

/* Per firm: the most that the index moves for each unit of loss that the firm adds from outside, what comes back to it included; INFINITY: its changes never wait. */
struct chain_reach {
	double *down, *up;
};

struct chain_swift;
struct chain_swift *chain_swift_new(const struct zv_chain_network *net, const struct chain_reach *reach);
void chain_swift_free(struct chain_swift *swift);

/* After the figures of reach have changed. */
void chain_swift_renew(struct chain_swift *swift);

struct chain_side_sum {
	double lost;  /* weighted losses found: a lower bound */
	double heard; /* of them what has been passed on */
	double rest;  /* most that what waits can still add to `heard` */
	double back;  /* what has come back to the cause: its own loss had it not failed */
};

/* `share`: it is also enough when the rest is so small a part of what was found. Each side starts by clearing its last run. */
void chain_swift_down(struct chain_side_sum *out, struct chain_swift *swift, uint32_t cause, double enough, double share);
void chain_swift_up(struct chain_side_sum *out, struct chain_swift *swift, uint32_t cause, double enough, double share);

void chain_swift_clear_up(struct chain_swift *swift); /* as if nothing were lost there */

/* Weighted larger of both sides of the last runs, in *steps the links on the longest way; and links followed since the start. */
double chain_swift_both(const struct chain_swift *swift, uint32_t *steps);
uint64_t chain_swift_pushes(const struct chain_swift *swift);

#endif
