/* What makes sweeps slow, and what proves them done: parts of sweep_net_make. Inside engine/chain. */
#ifndef ZV_ENGINE_CHAIN_SWEEP_LIFT_H
#define ZV_ENGINE_CHAIN_SWEEP_LIFT_H

#include "engine/chain/sweep_net.h"

/* Fills stiff and stiff_start; blocks must be there. Linear in links, some tens of times. */
void chain_sweep_find_stiff(struct chain_rows *rows);

/* Fills lift and lifted. */
void chain_sweep_find_lift(struct chain_rows *rows, uint32_t n);

#endif
