/* One cause after another: the loss of each firm's failure, over threads. The same numbers for any count of threads. */
#ifndef ZV_ENGINE_CHAIN_ALL_H
#define ZV_ENGINE_CHAIN_ALL_H

#include "engine/chain/loss.h"

enum { ZV_CHAIN_THREADS_MAX = 64 };

struct zv_chain_index {
	double index, down, up; /* never above the truth by more than rounding */
	double bound;           /* none of the three is below the truth by more; NAN: not proven (by rounds) */
	uint32_t rounds;        /* as in zv_chain_result */
};

struct zv_chain_all_options {
	double eps;    /* the published rounds with this eps; 0: the fixed point */
	double cut;    /* at the fixed point: how far an answer may be from it; 0: ZV_CHAIN_NEAREST, in large networks ZV_CHAIN_NEAR */
	uint32_t threads;
	bool down_only;
	void (*progress)(void *context, uint32_t done, uint32_t all); /* of one thread at a time; may be NULL */
	void *context;
};

/*
 * causes[n], in the network's numbers: each fails alone and whole. out[i] belongs to causes[i]. ZV_E_LIMIT: as zv_chain_loss. Memory: a zv_chain_work a thread.
 */
ZV_MUST_CHECK enum zv_code zv_chain_all(struct zv_chain_index *out, const struct zv_chain_network *network, const uint32_t *causes, uint32_t n,
					const struct zv_chain_all_options *options, struct zv_err *err);

#endif
