/* The order in which the firms of one side are swept (sweep_net.h). Inside engine/chain. */
#ifndef ZV_ENGINE_CHAIN_SWEEP_ORDER_H
#define ZV_ENGINE_CHAIN_SWEEP_ORDER_H

#include "engine/chain/network.h"

/* Whom the loss of each firm reaches at once: links start[f] .. start[f + 1] to firm target[l], or to the firm of slot target[l] where `firm` is given. */
struct chain_flow {
	uint32_t n;
	const uint32_t *start, *target;
	const uint32_t *firm;  /* of a slot; NULL: targets are firms */
	const uint8_t *heavy;  /* of a slot: losses mostly come this way; NULL: all alike */
};

static inline uint32_t chain_flow_to(const struct chain_flow *flow, uint32_t link)
{
	return flow->firm != NULL ? flow->firm[flow->target[link]] : flow->target[link];
}

struct chain_sweep_order {
	uint32_t *order, *place;         /* position -> number of the network, and back */
	uint32_t n_blocks, *block_start; /* positions of firms that reach one another; a block stands behind those that reach it */
};

/* Arrays are the caller's to free. Time is linear in links. */
void chain_sweep_order_make(struct chain_sweep_order *out, const struct chain_flow *flow);

#endif
