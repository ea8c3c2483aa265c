/*
 * What one cause takes away by the rounds of the published index: all firms at once from the round before, on lists of those whose loss changed. Losses only grow, so a
 * list of changes is enough, and what was touched is all that is cleared afterwards. Inside engine/chain.
 */
#ifndef ZV_ENGINE_CHAIN_ROUNDS_H
#define ZV_ENGINE_CHAIN_ROUNDS_H

#include "engine/chain/loss.h"

/* Working memory of one thread, clean between runs. O(firms + slots). */
struct chain_rounds;
struct chain_rounds *chain_rounds_new(const struct zv_chain_network *network);
void chain_rounds_free(struct chain_rounds *rounds);

struct chain_rounds_options {
	double eps;   /* stop after the round in which no loss grew by more */
	double small; /* a change up to this waits until it has grown; 0: the published rounds, in which every change is passed on */
	bool down_only;
};

/* The losses stay in `rounds` until the next run. ZV_E_LIMIT: not still after ten million rounds. */
ZV_MUST_CHECK enum zv_code chain_rounds_run(struct zv_chain_result *out, struct chain_rounds *rounds, const struct zv_chain_shock *shocks, uint32_t n_shocks,
					    const struct chain_rounds_options *options, struct zv_err *err);

/* Of the last run, as in loss.h. */
double chain_rounds_down(const struct chain_rounds *rounds, uint32_t firm);
double chain_rounds_up(const struct chain_rounds *rounds, uint32_t firm);
double chain_rounds_slot(const struct chain_rounds *rounds, uint32_t slot);
double chain_rounds_felt(const struct chain_rounds *rounds, uint32_t firm);
const uint32_t *chain_rounds_touched(uint32_t *n, const struct chain_rounds *rounds);

#endif
