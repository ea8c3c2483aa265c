/* One cause after another: the loss of each firm's failure, over threads. The same numbers for any count of threads. */
#ifndef ZV_ENGINE_CHAIN_ALL_H
#define ZV_ENGINE_CHAIN_ALL_H

#include "engine/chain/loss.h"

enum { ZV_CHAIN_THREADS_MAX = 64 };

/*
 * Without a cut: how far an answer may be from the fixed point when all firms of a small network are asked for; and the change of a loss in a round that is let lie in
 * a large one, where no bound is given. A few causes of a small network: ZV_CHAIN_STILL.
 */
#define ZV_CHAIN_NEAREST 1e-12
#define ZV_CHAIN_NEAR 1e-10

struct zv_chain_index {
	double index, down, up; /* never above the truth by more than rounding */
	double bound;           /* none of the three is below the truth by more; NAN: not proven */
	uint32_t rounds; /* with `bound`: links on the longest way along which losses were followed */
};

struct zv_chain_all_options {
	double eps;    /* the published rounds with this eps; 0: the fixed point */
	double cut;    /* at the fixed point: how far an answer may be from it; 0: as above */
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
