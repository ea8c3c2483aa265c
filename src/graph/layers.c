/* Layers by longest paths over circles shrunk to points (Tarjan 1972), and by breadth inside them; order in layers by barycentres. */
#include "graph/layers.h"

#include <stdlib.h>

enum { SWEEPS = 8, RANGE = 1 << 20, ROWS_MIN = 24, FLAT = 2 };

/* Neighbours of node i: at[first[i]] to at[first[i + 1] - 1]. */
struct lists {
	int *first, *at;
};

struct work {
	int n;
	struct lists out, in;
	int *circle;   /* of each node: those that reach each other have the same; an arrow never leads to a higher one */
	int n_circles;
	int *depth;    /* fewest arrows from a node that nothing leads to */
	int *along;    /* nodes, so that arrows that count lead to later ones */
	int *layer;
	int n_layers;
	int *order;    /* nodes by layer, within it as they stand */
	int *begin;    /* of each layer in `order`, and the end */
	int64_t *rank; /* of each node in its layer, over RANGE */
	struct zv_arena *arena;
};

static struct lists make_lists(int n, const struct zv_layout_edge *edges, size_t n_edges, bool out, struct zv_arena *arena)
{
	struct lists l = {ZV_ARENA_ARRAY(arena, int, (size_t)n + 2), ZV_ARENA_ARRAY(arena, int, n_edges + 1)};

	for (size_t e = 0; e < n_edges; e++)
		l.first[(out ? edges[e].from : edges[e].to) + 2]++;
	for (int i = 2; i <= n + 1; i++)
		l.first[i] += l.first[i - 1];
	for (size_t e = 0; e < n_edges; e++)
		l.at[l.first[(out ? edges[e].from : edges[e].to) + 1]++] = out ? edges[e].to : edges[e].from;
	return l;
}

/* --- circles --------------------------------------------------------------------------------------------------------------------------- */

struct search {
	int *stack, *next; /* the way down; the next arrow of each node, -1: not come to yet */
	int *open, *seen, *low;
	int n_stack, n_open, n_seen;
};

static void enter(const struct work *w, struct search *s, int node)
{
	s->stack[s->n_stack++] = node;
	s->open[s->n_open++] = node;
	s->seen[node] = s->low[node] = s->n_seen++;
	s->next[node] = w->out.first[node];
}

static void leave(struct work *w, struct search *s, int node)
{
	s->n_stack--;
	if (s->n_stack > 0 && s->low[node] < s->low[s->stack[s->n_stack - 1]])
		s->low[s->stack[s->n_stack - 1]] = s->low[node];
	if (s->low[node] != s->seen[node])
		return;
	do
		w->circle[s->open[--s->n_open]] = w->n_circles;
	while (s->open[s->n_open] != node);
	w->n_circles++;
}

static void search(struct work *w, struct search *s, int root)
{
	if (s->next[root] < 0)
		enter(w, s, root);
	while (s->n_stack > 0) {
		int node = s->stack[s->n_stack - 1];

		if (s->next[node] < w->out.first[node + 1]) {
			int to = w->out.at[s->next[node]++];

			if (s->next[to] < 0)
				enter(w, s, to);
			else if (w->circle[to] < 0 && s->seen[to] < s->low[node])
				s->low[node] = s->seen[to];
		} else {
			leave(w, s, node);
		}
	}
}

static void find_circles(struct work *w)
{
	size_t n = (size_t)w->n;
	struct search s = {.stack = ZV_ARENA_ARRAY(w->arena, int, n), .next = ZV_ARENA_ARRAY(w->arena, int, n), .open = ZV_ARENA_ARRAY(w->arena, int, n),
			   .seen = ZV_ARENA_ARRAY(w->arena, int, n), .low = ZV_ARENA_ARRAY(w->arena, int, n)};

	for (int i = 0; i < w->n; i++)
		w->circle[i] = s.next[i] = -1;
	for (int i = 0; i < w->n; i++)
		search(w, &s, i);
}

/* --- layers ---------------------------------------------------------------------------------------------------------------------------- */

static void spread(struct work *w, int *queue, int head, int tail)
{
	for (; head < tail; head++)
		for (int k = w->out.first[queue[head]]; k < w->out.first[queue[head] + 1]; k++) {
			int to = w->out.at[k];

			if (w->depth[to] >= 0)
				continue;
			w->depth[to] = w->depth[queue[head]] + 1;
			queue[tail++] = to;
		}
}

/* From all nodes that nothing leads to, then from the first of each circle that none of them reaches. */
static void find_depths(struct work *w)
{
	int *queue = ZV_ARENA_ARRAY(w->arena, int, (size_t)w->n);
	int tail = 0;

	for (int i = 0; i < w->n; i++) {
		w->depth[i] = w->in.first[i] == w->in.first[i + 1] ? 0 : -1;
		if (w->depth[i] == 0)
			queue[tail++] = i;
	}
	spread(w, queue, 0, tail);
	for (int i = 0; i < w->n; i++)
		if (w->depth[i] < 0) {
			w->depth[i] = 0;
			queue[0] = i;
			spread(w, queue, 0, 1);
		}
}

/* Stable: by depth, then by circle from the last found. */
static void sort_along(struct work *w)
{
	int *by_depth = ZV_ARENA_ARRAY(w->arena, int, (size_t)w->n);
	int *count = ZV_ARENA_ARRAY(w->arena, int, (size_t)w->n + 2);
	int *begin = ZV_ARENA_ARRAY(w->arena, int, (size_t)w->n + 2);

	for (int i = 0; i < w->n; i++) {
		count[w->depth[i] + 1]++;
		begin[w->n_circles - w->circle[i]]++;
	}
	for (int i = 1; i <= w->n; i++) {
		count[i] += count[i - 1];
		begin[i] += begin[i - 1];
	}
	for (int i = 0; i < w->n; i++)
		by_depth[count[w->depth[i]]++] = i;
	for (int i = 0; i < w->n; i++)
		w->along[begin[w->n_circles - 1 - w->circle[by_depth[i]]]++] = by_depth[i];
}

/* Inside a circle only arrows away from its beginning count. */
static bool counts(const struct work *w, int from, int to)
{
	return w->circle[from] != w->circle[to] || w->depth[from] < w->depth[to];
}

static void pull(struct work *w)
{
	for (int i = 0; i < w->n; i++) {
		int nearest = w->n;

		for (int k = w->out.first[i]; k < w->out.first[i + 1]; k++)
			if (w->layer[w->out.at[k]] < nearest)
				nearest = w->layer[w->out.at[k]];
		if (w->in.first[i] == w->in.first[i + 1] && nearest > 0 && nearest < w->n)
			w->layer[i] = nearest - 1;
	}
}

static void find_layers(struct work *w)
{
	find_circles(w);
	find_depths(w);
	sort_along(w);
	for (int i = 0; i < w->n; i++) {
		int node = w->along[i];

		for (int k = w->out.first[node]; k < w->out.first[node + 1]; k++) {
			int to = w->out.at[k];

			if (counts(w, node, to) && w->layer[to] < w->layer[node] + 1)
				w->layer[to] = w->layer[node] + 1;
		}
	}
	pull(w);
	for (int i = 0; i < w->n; i++)
		if (w->layer[i] >= w->n_layers)
			w->n_layers = w->layer[i] + 1;
}

/* --- order in a layer ------------------------------------------------------------------------------------------------------------------ */

static void fill_layers(struct work *w)
{
	w->begin = ZV_ARENA_ARRAY(w->arena, int, (size_t)w->n_layers + 2);
	for (int i = 0; i < w->n; i++)
		w->begin[w->layer[i] + 2]++;
	for (int l = 2; l <= w->n_layers + 1; l++)
		w->begin[l] += w->begin[l - 1];
	for (int i = 0; i < w->n; i++)
		w->order[w->begin[w->layer[w->along[i]] + 1]++] = w->along[i];
}

static void rank_layer(struct work *w, int l)
{
	int64_t n = w->begin[l + 1] - w->begin[l];

	for (int i = w->begin[l]; i < w->begin[l + 1]; i++)
		w->rank[w->order[i]] = (2 * (int64_t)(i - w->begin[l]) + 1) * RANGE / (2 * n);
}

/* The mean of the neighbours that stand in a layer before (or, out, after) the node's; its own place when there are none. */
static int64_t barycentre(const struct work *w, int node, bool out)
{
	const struct lists *l = out ? &w->out : &w->in;
	int64_t sum = 0, n = 0;

	for (int k = l->first[node]; k < l->first[node + 1]; k++) {
		int other = l->at[k];

		if (out ? w->layer[other] > w->layer[node] : w->layer[other] < w->layer[node]) {
			sum += w->rank[other];
			n++;
		}
	}
	return n > 0 ? sum / n : w->rank[node];
}

struct keyed {
	int64_t key;
	int at, node;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : (x->at > y->at) - (x->at < y->at);
}

static void sort_layer(struct work *w, int l, bool out, struct keyed *keyed)
{
	int n = w->begin[l + 1] - w->begin[l];

	for (int i = 0; i < n; i++) {
		int node = w->order[w->begin[l] + i];

		keyed[i] = (struct keyed){barycentre(w, node, out), i, node};
	}
	qsort(keyed, (size_t)n, sizeof(*keyed), by_key);
	for (int i = 0; i < n; i++)
		w->order[w->begin[l] + i] = keyed[i].node;
	rank_layer(w, l);
}

static void order_layers(struct work *w)
{
	struct keyed *keyed = ZV_ARENA_ARRAY(w->arena, struct keyed, (size_t)w->n + 1);

	fill_layers(w);
	for (int l = 0; l < w->n_layers; l++)
		rank_layer(w, l);
	for (int s = 0; s < SWEEPS; s++)
		for (int l = 0; l < w->n_layers; l++)
			sort_layer(w, s % 2 == 0 ? l : w->n_layers - 1 - l, s % 2 != 0, keyed);
}

/* --- places ---------------------------------------------------------------------------------------------------------------------------- */

/* So many nodes in a column that the picture is not much higher than wide. */
static int64_t rows_of(const struct work *w)
{
	int64_t rows = ROWS_MIN;

	while (rows * rows < (int64_t)FLAT * w->n)
		rows++;
	return rows;
}

struct block {
	int64_t columns, rows;
};

static struct block block_of(const struct work *w, int l, int64_t most)
{
	int64_t n = w->begin[l + 1] - w->begin[l], columns = (n + most - 1) / most;

	return (struct block){columns, columns > 0 ? (n + columns - 1) / columns : 0};
}

/* Between nodes of a column: more than a step where many layers would else make the picture a thread. */
static int64_t step_of(const struct work *w, int64_t most)
{
	int64_t width = 0, rows = 1, step;

	for (int l = 0; l < w->n_layers; l++) {
		struct block b = block_of(w, l, most);

		width += (b.columns - 1) * ZV_LAYERS_STEP + ZV_LAYERS_GAP;
		if (b.rows > rows)
			rows = b.rows;
	}
	step = width / (FLAT * rows);
	return step > ZV_LAYERS_STEP ? step - step % 2 : ZV_LAYERS_STEP;
}

static void place(struct zv_layers_place *places, const struct work *w)
{
	int64_t x = 0, most = rows_of(w), step = step_of(w, most);

	for (int l = 0; l < w->n_layers; l++) {
		struct block b = block_of(w, l, most);

		/* Neighbours in the order share a row, or are in the next one. */
		for (int64_t i = 0; i < w->begin[l + 1] - w->begin[l]; i++)
			places[w->order[w->begin[l] + i]] =
				(struct zv_layers_place){x + i % b.columns * ZV_LAYERS_STEP, (2 * (i / b.columns) - b.rows + 1) * step / 2, l};
		x += (b.columns - 1) * ZV_LAYERS_STEP + ZV_LAYERS_GAP;
	}
}

void zv_layers(struct zv_layers_place *places, int n, const struct zv_layout_edge *edges, size_t n_edges, struct zv_arena *arena)
{
	struct work w = {.n = n, .arena = arena};

	if (n <= 0)
		return;
	w.out = make_lists(n, edges, n_edges, true, arena);
	w.in = make_lists(n, edges, n_edges, false, arena);
	w.circle = ZV_ARENA_ARRAY(arena, int, (size_t)n);
	w.depth = ZV_ARENA_ARRAY(arena, int, (size_t)n);
	w.along = ZV_ARENA_ARRAY(arena, int, (size_t)n);
	w.layer = ZV_ARENA_ARRAY(arena, int, (size_t)n);
	w.order = ZV_ARENA_ARRAY(arena, int, (size_t)n);
	w.rank = ZV_ARENA_ARRAY(arena, int64_t, (size_t)n);
	find_layers(&w);
	order_layers(&w);
	place(places, &w);
}
