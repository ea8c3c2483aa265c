/* Levels of products: finished goods first, every input below what it goes into. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

/* Edges: what a product is made from, and what may take its place (both ways: they are planned together). */
struct edges {
	uint32_t *start; /* [n + 1] */
	uint32_t *to;
};

static void add_edge(uint32_t *at, uint32_t *to, uint32_t from, uint32_t target)
{
	if (to != NULL)
		to[at[from]] = target;
	at[from]++;
}

static void each_edge(uint32_t *at, uint32_t *to, const struct zv_plan_problem *p)
{
	for (uint32_t b = 0; b < p->n_boms; b++)
		add_edge(at, to, p->boms[b].product, p->boms[b].input);
	for (uint32_t i = 0; i < p->n_substitutes; i++) {
		add_edge(at, to, p->substitutes[i].product, p->substitutes[i].with);
		add_edge(at, to, p->substitutes[i].with, p->substitutes[i].product);
	}
}

static struct edges edges_of(const struct zv_plan_problem *p)
{
	size_t n = p->n_products, all = (size_t)p->n_boms + 2 * (size_t)p->n_substitutes;
	struct edges edges = {zv_calloc(n + 2, sizeof(uint32_t)), zv_calloc(all + 1, sizeof(uint32_t))};
	uint32_t *at = zv_calloc(n + 2, sizeof(*at));

	each_edge(at, NULL, p);
	for (size_t i = 0; i < n; i++)
		edges.start[i + 1] = edges.start[i] + at[i];
	for (size_t i = 0; i < n; i++)
		at[i] = edges.start[i];
	each_edge(at, edges.to, p);
	free(at);
	return edges;
}

/* Tarjan's strongly connected groups without recursion: a group's number is above those of all groups that it leads to. */
struct walk {
	const struct edges *edges;
	uint32_t *group, *low, *seen, *at, *path, *stack;
	uint32_t n_path, n_stack, n_seen, n_groups;
};

static void enter(struct walk *w, uint32_t node)
{
	w->seen[node] = w->low[node] = ++w->n_seen;
	w->at[node] = w->edges->start[node];
	w->path[w->n_path++] = node;
	w->stack[w->n_stack++] = node;
}

static void leave(struct walk *w, uint32_t node)
{
	w->n_path--;
	if (w->n_path > 0 && w->low[node] < w->low[w->path[w->n_path - 1]])
		w->low[w->path[w->n_path - 1]] = w->low[node];
	if (w->low[node] != w->seen[node])
		return;
	for (;;) {
		uint32_t one = w->stack[--w->n_stack];

		w->group[one] = w->n_groups;
		if (one == node)
			break;
	}
	w->n_groups++;
}

static void walk_from(struct walk *w, uint32_t root)
{
	enter(w, root);
	while (w->n_path > 0) {
		uint32_t node = w->path[w->n_path - 1], to;

		if (w->at[node] == w->edges->start[node + 1]) {
			leave(w, node);
			continue;
		}
		to = w->edges->to[w->at[node]++];
		if (w->seen[to] == 0)
			enter(w, to);
		else if (w->group[to] == ZV_PLAN_NONE && w->seen[to] < w->low[node])
			w->low[node] = w->seen[to];
	}
}

/* Longest paths: groups in falling number come before those they lead to. */
static int32_t paths(uint32_t *level, const struct walk *w, uint32_t n)
{
	uint32_t *of_group = zv_calloc((size_t)w->n_groups + 1, sizeof(*of_group));
	uint32_t *start = zv_calloc((size_t)w->n_groups + 2, sizeof(*start)), *by = zv_calloc((size_t)n + 1, sizeof(*by));
	uint32_t most = 0;

	for (uint32_t i = 0; i < n; i++)
		start[w->group[i] + 1]++;
	for (uint32_t g = 0; g < w->n_groups; g++)
		start[g + 1] += start[g];
	for (uint32_t i = n; i > 0; i--)
		by[--start[w->group[i - 1] + 1]] = i - 1;
	/* start[g + 1] is now where group g begins */
	for (uint32_t g = w->n_groups; g > 0; g--) {
		uint32_t first = start[g], end = g == w->n_groups ? n : start[g + 1];

		for (uint32_t i = first; i < end; i++) {
			uint32_t node = by[i];

			for (uint32_t e = w->edges->start[node]; e < w->edges->start[node + 1]; e++) {
				uint32_t to = w->group[w->edges->to[e]];

				if (to != g - 1 && of_group[to] < of_group[g - 1] + 1)
					of_group[to] = of_group[g - 1] + 1;
			}
		}
	}
	for (uint32_t i = 0; i < n; i++) {
		level[i] = of_group[w->group[i]];
		most = level[i] > most ? level[i] : most;
	}
	free(of_group);
	free(start);
	free(by);
	return (int32_t)most + 1;
}

int32_t plan_levels_of(uint32_t *level, const struct zv_plan_problem *problem)
{
	uint32_t n = problem->n_products;
	struct edges edges = edges_of(problem);
	uint32_t *room = zv_calloc(6 * ((size_t)n + 1), sizeof(*room));
	size_t step = (size_t)n + 1;
	struct walk w = {.edges = &edges, .group = room, .low = room + step, .seen = room + 2 * step, .at = room + 3 * step, .path = room + 4 * step, .stack = room + 5 * step};
	int32_t levels;

	for (uint32_t i = 0; i < n; i++)
		w.group[i] = ZV_PLAN_NONE;
	for (uint32_t i = 0; i < n; i++)
		if (w.seen[i] == 0)
			walk_from(&w, i);
	levels = paths(level, &w, n);
	free(room);
	free(edges.start);
	free(edges.to);
	return levels;
}
