/*
 * Places of nodes on a circle, ordered so that few edges cross. Whole numbers only: the same graph gives the same picture on every machine.
 */
#ifndef ZV_GRAPH_LAYOUT_H
#define ZV_GRAPH_LAYOUT_H

#include "base/arena.h"

struct zv_layout_edge {
	int from, to; /* indices of nodes; direction, loops and repetitions do not matter here */
};

enum { ZV_LAYOUT_SPAN = 1000 }; /* coordinates are 0..1000, y downwards */

struct zv_layout_point {
	int x, y;
	int place; /* on the circle, clockwise from the top: 0, 1 ... n - 1 */
};

/*
 * Nodes with edges come first, in an order found by circular sifting from the order given; those without follow, so that they stand together.
 * At most 8 rounds of O(n^3) each, fewer above 114 nodes, none above 228: then the order given is kept.
 * `points` has n places.
 */
void zv_layout_circle(struct zv_layout_point *points, int n, const struct zv_layout_edge *edges, size_t n_edges, struct zv_arena *arena);

/* Pairs of edges that cross when the nodes stand on a circle in these places. O(edges^2). */
int64_t zv_layout_crossings(const struct zv_layout_point *points, const struct zv_layout_edge *edges, size_t n_edges);

/*
 * A point of the circle around (0, 0): `angle` in thousandths of a degree clockwise from the top, exact to a few parts in 100,000 of the radius.
 */
void zv_layout_on_circle(int64_t *x, int64_t *y, int64_t radius, int64_t angle);

#endif
