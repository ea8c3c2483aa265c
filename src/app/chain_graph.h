/*
 * Production chains of the registers as a graph to look at: processes and what comes from outside, arrows from who gives to who takes. All that one may see, or
 * the part about an item: what it needs and what depends on it. Places are in layers along the arrows.
 */
#ifndef ZV_APP_CHAIN_GRAPH_H
#define ZV_APP_CHAIN_GRAPH_H

#include "app/chain_world.h"
#include "base/buf.h"
#include "graph/layers.h"

enum { ZV_CHAIN_GRAPH_NODES = 10000, ZV_CHAIN_GRAPH_ARROWS = 60000, ZV_CHAIN_GRAPH_STEPS = 1000 };

struct zv_chain_graph_node {
	uint32_t firm; /* of the network; never a way */
	struct zv_str name;
	struct zv_layers_place place;
	uint32_t alone_for; /* essential inputs of others that have no other source */
};

struct zv_chain_graph_arrow {
	uint32_t from, to; /* nodes */
	const struct zv_chain_line *line;
	bool steps_in;     /* it gives nothing in usual work */
};

struct zv_chain_graph {
	struct zv_str item; /* empty: all */
	struct zv_chain_graph_node *nodes;
	struct zv_chain_graph_arrow *arrows; /* by taker, line, source */
	uint32_t n_nodes, n_arrows;
};

/*
 * `item` empty: the whole network; else what is within `steps` arrows (1 to ZV_CHAIN_GRAPH_STEPS) of who makes it, against them and along them. ZV_E_NOTFOUND:
 * nothing names the item; ZV_E_INVALID on "item" or "steps": there is more than ZV_CHAIN_GRAPH_NODES or ZV_CHAIN_GRAPH_ARROWS to be looked at. In the arena.
 */
ZV_MUST_CHECK enum zv_code zv_chain_graph_make(struct zv_chain_graph *out, const struct zv_chain_world *world, struct zv_str item, int64_t steps,
					       struct zv_arena *arena, struct zv_err *err);

/* "1" to ZV_CHAIN_GRAPH_STEPS; empty: as many as there are. ZV_E_INVALID. */
ZV_MUST_CHECK enum zv_code zv_chain_steps_read(int64_t *out, struct zv_str text, struct zv_err *err);

/* "process" or "source". */
const char *zv_chain_graph_kind(const struct zv_chain_world *world, const struct zv_chain_graph_node *node);

/* For other programs: http://graphml.graphdrawing.org. */
void zv_chain_graph_graphml(struct zv_buf *out, const struct zv_chain_graph *graph, const struct zv_chain_world *world);

#endif
