/*
 * Parts of pieces as a network: need -> order -> capacity of a quarter. Along a path or a circle of values that are not whole, each is raised or lowered by as
 * much as makes the first of them whole; every value stays between the whole numbers around it, and so within every bound, since bounds are whole.
 */
#include "app/plan_pieces.h"

#include <stdlib.h>

#include "app/plan_text.h"
#include "base/mem.h"
#include "base/vec.h"

/* From node `a` to node `b`. Nodes: needs, then orders, then capacities, then one for each order without any. */
struct edge {
	size_t a, b;
	int64_t *value;
	int64_t cost;    /* of one unit more, micro-roubles */
	bool dearer;     /* rounded up it would come into a tier with a higher price */
};

/* The path at hand: edges, and whether each is passed from a to b. */
struct step {
	size_t edge;
	bool along;
};

struct pieces {
	const struct zv_plan_source *source;
	const struct zv_plan_problem *p;
	struct zv_plan_order *orders;
	size_t n_orders;
	ZV_VEC(struct edge) edges;
	ZV_VEC(struct step) path;
	size_t *seen; /* by node: 1 + steps of the path when it was reached; 0: not on it */
};

static bool whole(const struct edge *edge)
{
	return *edge->value % ZV_PLAN_UNIT == 0;
}

static size_t order_at(const struct pieces *w, const struct zv_plan_flow *flow)
{
	size_t lo = 0, hi = w->n_orders;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		const struct zv_plan_order *order = &w->orders[mid];

		if (order->offer < flow->offer || (order->offer == flow->offer && order->period <= flow->period))
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

static void add_flow(struct pieces *w, struct zv_plan_flow *flow)
{
	size_t at = order_at(w, flow);
	const struct zv_plan_offer *offer = &w->p->offers[flow->offer];
	bool fixed;
	int64_t add = zv_plan_freight(&fixed, w->p, flow->offer, flow->need);
	int64_t price = fixed ? add : add + w->p->tiers[offer->first_tier + w->orders[at].tier].price;

	zv_vec_push(&w->edges, ((struct edge){flow->need, w->p->n_needs + at, &flow->qty, price - w->p->needs[flow->need].penalty, false}));
}

static void add_order(struct pieces *w, size_t at)
{
	struct zv_plan_order *order = &w->orders[at];
	const struct zv_plan_offer *offer = &w->p->offers[order->offer];
	const struct zv_plan_tier *tier = &w->p->tiers[offer->first_tier + order->tier];
	size_t capacities = (size_t)w->p->n_resources * (size_t)w->p->n_periods, node = w->p->n_needs + w->n_orders;
	struct edge edge = {w->p->n_needs + at, node + capacities + at, &order->qty, 0, false};

	if (offer->resource != ZV_PLAN_NONE)
		edge.b = node + (size_t)offer->resource * (size_t)w->p->n_periods + (size_t)order->period;
	if (order->tier + 1 < offer->n_tiers)
		edge.dearer = tier[1].price > tier->price && order->qty / ZV_PLAN_UNIT * ZV_PLAN_UNIT + ZV_PLAN_UNIT >= tier[1].from;
	zv_vec_push(&w->edges, edge);
}

/* Another value at the node that is not whole. */
static bool next_at(size_t *out, const struct pieces *w, size_t node, size_t but)
{
	for (size_t e = 0; e < w->edges.n; e++)
		if (e != but && !whole(&w->edges.p[e]) && (w->edges.p[e].a == node || w->edges.p[e].b == node)) {
			*out = e;
			return true;
		}
	return false;
}

/* Goes on from `node`, over `edge` first, until there is no way on, or a circle is closed: then the path is that circle. True: it is. */
static bool walk(struct pieces *w, size_t node, size_t edge)
{
	do {
		const struct edge *at = &w->edges.p[edge];
		bool along = at->a == node;

		w->seen[node] = w->path.n + 1;
		zv_vec_push(&w->path, ((struct step){edge, along}));
		node = along ? at->b : at->a;
		if (w->seen[node] > 0) {
			size_t first = w->seen[node] - 1;

			for (size_t i = first; i < w->path.n; i++)
				w->path.p[i - first] = w->path.p[i];
			w->path.n -= first;
			return true;
		}
	} while (next_at(&edge, w, node, edge));
	return false;
}

/* A path whose ends have no other value that is not whole, or a circle. */
static void find_path(struct pieces *w, size_t edge)
{
	size_t n_nodes = w->p->n_needs + w->n_orders * 2 + (size_t)w->p->n_resources * (size_t)w->p->n_periods;

	for (size_t i = 0; i < n_nodes; i++)
		w->seen[i] = 0;
	w->path.n = 0;
	if (!walk(w, w->edges.p[edge].a, edge)) {
		struct step last = w->path.p[w->path.n - 1];
		size_t end = last.along ? w->edges.p[last.edge].b : w->edges.p[last.edge].a;

		for (size_t i = 0; i < n_nodes; i++)
			w->seen[i] = 0;
		w->path.n = 0;
		(void)walk(w, end, last.edge); /* back from the one end, and on to the other */
	}
}

static void shift(struct pieces *w)
{
	zv_i128 cost = 0;
	bool up_dearer = false, down_dearer = false;
	int64_t most = ZV_PLAN_UNIT;
	bool up;

	for (size_t i = 0; i < w->path.n; i++) {
		const struct edge *edge = &w->edges.p[w->path.p[i].edge];

		cost += w->path.p[i].along ? edge->cost : -edge->cost;
		up_dearer = up_dearer || (edge->dearer && w->path.p[i].along);
		down_dearer = down_dearer || (edge->dearer && !w->path.p[i].along);
	}
	up = up_dearer != down_dearer ? down_dearer : cost <= 0;
	for (size_t i = 0; i < w->path.n; i++) {
		int64_t part = *w->edges.p[w->path.p[i].edge].value % ZV_PLAN_UNIT;
		int64_t room = w->path.p[i].along == up ? ZV_PLAN_UNIT - part : part;

		most = room < most ? room : most;
	}
	for (size_t i = 0; i < w->path.n; i++)
		*w->edges.p[w->path.p[i].edge].value += w->path.p[i].along == up ? most : -most;
}

static void set_tiers(struct pieces *w)
{
	for (size_t at = 0; at < w->n_orders; at++) {
		struct zv_plan_order *order = &w->orders[at];
		const struct zv_plan_offer *offer = &w->p->offers[order->offer];

		while (order->tier + 1 < offer->n_tiers && w->p->tiers[offer->first_tier + order->tier + 1].from <= order->qty)
			order->tier++;
	}
}

void zv_plan_whole_pieces(struct zv_plan_flow *flows, size_t n_flows, struct zv_plan_order *orders, size_t n_orders, const struct zv_plan_source *source)
{
	struct pieces w = {.source = source, .p = &source->problem, .orders = orders, .n_orders = n_orders};
	size_t n_nodes = w.p->n_needs + n_orders * 2 + (size_t)w.p->n_resources * (size_t)w.p->n_periods;

	for (size_t i = 0; i < n_flows; i++)
		if (source->offers[flows[i].offer].dim == ZV_DIM_PIECE && flows[i].qty % ZV_PLAN_UNIT != 0)
			add_flow(&w, &flows[i]);
	if (w.edges.n == 0)
		return; /* quantities and sizes are whole, so most moves of the engine keep them so */
	for (size_t at = 0; at < n_orders; at++)
		if (source->offers[orders[at].offer].dim == ZV_DIM_PIECE && orders[at].qty % ZV_PLAN_UNIT != 0)
			add_order(&w, at);
	w.seen = zv_calloc(n_nodes + 1, sizeof(*w.seen));
	for (size_t e = 0; e < w.edges.n; e++)
		while (!whole(&w.edges.p[e])) {
			find_path(&w, e);
			shift(&w);
		}
	set_tiers(&w);
	free(w.seen);
	zv_vec_done(&w.edges);
	zv_vec_done(&w.path);
}
