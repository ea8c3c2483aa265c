/*
 * Seeded networks of supply: Zipf sizes, Pareto numbers of inputs with a mean of ten, suppliers inside the sectors of a recipe in proportion to their size. Whole
 * numbers and + - * / sqrt only, so that a seed gives the same network on every machine.
 */
#ifndef BENCH_CHAIN_INSTANCE_H
#define BENCH_CHAIN_INSTANCE_H

#include "engine/chain/network.h"

struct chain_instance {
	struct zv_chain_input input; /* arrays of its own */
	double *size;
};

void chain_instance_make(struct chain_instance *out, uint64_t seed, uint32_t n_firms);
void chain_instance_done(struct chain_instance *instance);

#endif
