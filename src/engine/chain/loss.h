/*
 * What one cause takes away. With eps by the rounds of the published index (rounds.h); without it the fixed point to which they lead, by sweeps to a proven distance
 * (sweep.h), or, with substitution, by rounds until nothing changes.
 */
#ifndef ZV_ENGINE_CHAIN_LOSS_H
#define ZV_ENGINE_CHAIN_LOSS_H

#include "engine/chain/network.h"

/* Working memory of one thread, clean between runs. O(firms + links): the first run without eps lays the network out for sweeps. */
struct zv_chain_work;
struct zv_chain_work *zv_chain_work_new(const struct zv_chain_network *network);
void zv_chain_work_free(struct zv_chain_work *work);

/* The own loss of a firm, in the network's numbers, each in [0, 1]; a firm stands once. */
struct zv_chain_shock {
	uint32_t firm;
	double down, up;
};

struct zv_chain_options {
	double eps; /* stop after the round in which no loss grew by more; 0: the fixed point */
	double cut; /* at the fixed point: how far any loss may be from it; 0: ZV_CHAIN_NEAREST, in large networks ZV_CHAIN_NEAR */
	bool down_only;
};

/*
 * Of the fixed point: how far an answer may be from it where nothing else is asked for. By rounds (with substitution): a round that changes nothing by more than
 * ZV_CHAIN_STILL, in large networks by ZV_CHAIN_NEAR, is the last, and smaller changes wait.
 */
#define ZV_CHAIN_NEAREST 1e-12
#define ZV_CHAIN_NEAR 1e-10
#define ZV_CHAIN_STILL 1e-14
enum { ZV_CHAIN_LARGE = 20000 }; /* links */

struct zv_chain_result {
	double index, down, up; /* weighted losses: the larger of both sides, downstream, upstream */
	double bound;           /* none of the three is below the truth by more; NAN: not proven (by rounds) */
	uint32_t rounds;        /* computed, the last one included; at the fixed point sweeps, of the side that took more */
	uint32_t n_touched;     /* firms that lost something on either side */
};

/* Runs one cause. The losses stay in `work` until the next run. ZV_E_LIMIT: not still after ten million rounds. */
ZV_MUST_CHECK enum zv_code zv_chain_loss(struct zv_chain_result *out, struct zv_chain_work *work, const struct zv_chain_shock *shocks, uint32_t n_shocks,
					 const struct zv_chain_options *options, struct zv_err *err);

/* Of the last run, by the network's numbers. The slot that binds: the first whose loss is that of the firm; ZV_CHAIN_NONE: its own shock, or no loss. O(links in). */
double zv_chain_loss_down(const struct zv_chain_work *work, uint32_t firm);
double zv_chain_loss_up(const struct zv_chain_work *work, uint32_t firm);
uint32_t zv_chain_loss_binds(const struct zv_chain_work *work, uint32_t firm);

/* The firms of the last run that lost something downstream. */
const uint32_t *zv_chain_loss_touched(uint32_t *n, const struct zv_chain_work *work);

/* What one supplier takes out of its slots now: its loss times how far it cannot be replaced. */
double zv_chain_loss_felt(const struct zv_chain_work *work, uint32_t firm);

#endif
