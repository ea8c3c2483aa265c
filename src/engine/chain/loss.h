/*
 * What one cause takes away: the rounds of the published index (all firms at once from the round before), on lists of those whose loss changed. Losses only grow, so
 * a list of changes is enough, and what was touched is all that is cleared afterwards. Without eps the rounds go on to the fixed point.
 */
#ifndef ZV_ENGINE_CHAIN_LOSS_H
#define ZV_ENGINE_CHAIN_LOSS_H

#include "engine/chain/network.h"

/* Working memory of one thread, clean between runs. O(firms + slots). */
struct zv_chain_work;
struct zv_chain_work *zv_chain_work_new(const struct zv_chain_network *network);
void zv_chain_work_free(struct zv_chain_work *work);

/* The own loss of a firm, in the network's numbers, each in [0, 1]; a firm stands once. */
struct zv_chain_shock {
	uint32_t firm;
	double down, up;
};

struct zv_chain_options {
	double eps;   /* stop after the round in which no loss grew by more; 0: the fixed point (ZV_CHAIN_STILL) */
	double small; /* a change up to this waits until it has grown; 0 with eps: every change is passed on */
	bool down_only;
};

/* At the fixed point: a round that changes nothing by more than this is the last, and smaller changes wait. */
#define ZV_CHAIN_STILL 1e-14

struct zv_chain_result {
	double index, down, up; /* weighted losses: the larger of both sides, downstream, upstream */
	uint32_t rounds;        /* computed, the last one included */
	uint32_t n_touched;     /* firms that lost something on either side */
	uint64_t pushes;        /* links followed */
};

/* Runs one cause. The losses stay in `work` until the next run or clear. ZV_E_LIMIT: not still after ten million rounds. */
ZV_MUST_CHECK enum zv_code zv_chain_loss(struct zv_chain_result *out, struct zv_chain_work *work, const struct zv_chain_shock *shocks, uint32_t n_shocks,
					 const struct zv_chain_options *options, struct zv_err *err);

/* Of the last run, by the network's numbers. The slot that binds: the first whose loss is that of the firm; ZV_CHAIN_NONE: its own shock, or no loss. */
double zv_chain_loss_down(const struct zv_chain_work *work, uint32_t firm);
double zv_chain_loss_up(const struct zv_chain_work *work, uint32_t firm);
uint32_t zv_chain_loss_binds(const struct zv_chain_work *work, uint32_t firm);

/* The firms of the last run that lost something downstream, in the order in which they were reached. */
const uint32_t *zv_chain_loss_touched(uint32_t *n, const struct zv_chain_work *work);

/* What one supplier takes out of its slots now: its loss times how far it cannot be replaced. */
double zv_chain_loss_felt(const struct zv_chain_work *work, uint32_t firm);

#endif
