/*
 * How far the index moves when a firm loses a little more: proven upper bounds for every firm on both sides, from which the bounds of all answers follow
 * (docs/design/chain-engine.md). Inside engine/chain; not for networks with substitution.
 */
#ifndef ZV_ENGINE_CHAIN_REACH_H
#define ZV_ENGINE_CHAIN_REACH_H

#include "engine/chain/all.h"
#include "engine/chain/swift.h"

/* Both arrays made; *down_proven, *up_proven: else the figures only guide. `down` is found by cascades over threads, `up` by steps over all links. */
void chain_reach_make(struct chain_reach *out, bool *down_proven, bool *up_proven, const struct zv_chain_network *net, const struct zv_chain_all_options *options);
void chain_reach_done(struct chain_reach *reach);

#endif
