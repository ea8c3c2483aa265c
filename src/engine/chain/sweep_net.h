/*
 * A network laid out for sweeps: each firm reads the losses of those on whom its own depends, slot by slot, and firms stand in an order in which losses mostly flow
 * forwards. Firms that reach one another are a block; blocks stand behind those that reach them. Inside engine/chain; not for networks with substitution.
 * docs/design/chain-engine.md has the proofs.
 */
#ifndef ZV_ENGINE_CHAIN_SWEEP_NET_H
#define ZV_ENGINE_CHAIN_SWEEP_NET_H

#include "engine/chain/sweep_order.h"

/* One side, by position. Row r loses the largest sum of part x loss of the source over its slots. */
struct chain_rows {
	struct chain_flow flow;  /* borrowed from the network */
	uint32_t *order, *place; /* row -> number of the network, and back */
	uint32_t *slot_start;    /* slots of row r: slot_start[r] .. slot_start[r + 1], in the order of the network */
	uint32_t *link_start;    /* links of slot s */
	uint32_t *source;        /* row */
	double *part;
	double *weight;
	double most; /* the largest sum of parts of a slot */

	uint32_t n_blocks;
	uint32_t *block_start;
	uint8_t *is_loop; /* of a block: swept until it is still; the others are rows that one sweep settles */

	/* Rows that get back most of what they lose from one another: they are swept by themselves as well. Ascending; those of block b. */
	uint32_t *stiff, *stiff_start;

	/* The most that a loss, and the weighted sum of all, still grows when no row lacks more than 1 and stiff rows lack nothing; INFINITY: not known. */
	double lift, lifted;

	uint8_t *is_core;  /* of each row: it and a busy row reach one another */
	uint64_t *reached; /* bit of each row that a core row reaches */
};

struct chain_sweep_net {
	const struct zv_chain_network *net; /* borrowed */
	struct chain_rows down, up;
	uint8_t *heavy;
};

/* Time and memory are linear in links and firms, but for `lifted`: some tens of sweeps. */
void chain_sweep_net_make(struct chain_sweep_net *out, const struct zv_chain_network *network);
void chain_sweep_net_done(struct chain_sweep_net *sweep_net);

#endif
