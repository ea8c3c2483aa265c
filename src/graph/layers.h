/*
 * Places of the nodes of a directed graph in layers, left to right along its arrows, so that few of them cross. For graphs of thousands of nodes: no layer of
 * invisible nodes for long arrows. Whole numbers only: the same graph gives the same picture on every machine.
 */
#ifndef ZV_GRAPH_LAYERS_H
#define ZV_GRAPH_LAYERS_H

#include "graph/layout.h"

struct zv_layers_place {
	int64_t x, y; /* no two nodes share a place; a layer with many nodes takes several columns */
	int layer;    /* from 0; an arrow leads to a higher layer, but inside a circle it may lead back */
};

enum { ZV_LAYERS_STEP = 10, ZV_LAYERS_GAP = 40 }; /* between columns of one layer, and at least between nodes of a column; between layers */

/*
 * Layers by longest paths; of nodes that reach each other (a circle) only arrows away from where they are entered count. Nodes that nothing leads to stand right
 * before the first that they lead to. Within a layer eight sweeps of barycentres (Sugiyama, Tagawa, Toda 1981). `places` has n places. O(arrows + n log n) a sweep.
 */
void zv_layers(struct zv_layers_place *places, int n, const struct zv_layout_edge *edges, size_t n_edges, struct zv_arena *arena);

#endif
