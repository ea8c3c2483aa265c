/* Arrows of the network without its ways; the part about an item by breadth, both ways. */
#include "app/chain_graph.h"

#include <stdlib.h>

#include "app/chain_item.h"
#include "base/tr.h"
#include "base/vec.h"

enum { SHOWN = 40 };

struct arrow {
	uint32_t from, to; /* firms */
	uint32_t line;
	bool steps_in;
};

typedef ZV_VEC(struct arrow) arrows;

const char *zv_chain_graph_kind(const struct zv_chain_world *world, const struct zv_chain_graph_node *node)
{
	return world->firms[node->firm].kind == ZV_CHAIN_PROCESS ? "process" : "source";
}

/* --- arrows ---------------------------------------------------------------------------------------------------------------------------- */

/* Each beginning once, however many rows name it; it steps in only when all of them do. `last`: of each firm, its newest arrow. */
static void add_line(arrows *out, size_t *last, const struct zv_chain_world *w, uint32_t l)
{
	const struct zv_chain_line *line = &w->lines[l];
	size_t first = out->n;

	for (uint32_t i = line->first; i < line->first + line->n; i++) {
		uint32_t from = zv_chain_begin(w, w->from[i].firm);
		size_t k = last[from];

		if (k < first || k >= out->n || out->p[k].from != from) {
			k = out->n;
			zv_vec_push(out, ((struct arrow){from, line->firm, l, true}));
			last[from] = k;
		}
		out->p[k].steps_in = out->p[k].steps_in && w->from[i].share == 0;
	}
}

static void all_arrows(arrows *out, const struct zv_chain_world *w, struct zv_arena *arena)
{
	size_t *last = ZV_ARENA_ARRAY(arena, size_t, (size_t)w->n_firms + 1);

	for (uint32_t l = 0; l < w->n_lines; l++)
		if (w->firms[w->lines[l].firm].kind == ZV_CHAIN_PROCESS)
			add_line(out, last, w, l);
}

/* --- the part about an item ------------------------------------------------------------------------------------------------------------ */

struct walk {
	const struct zv_chain_world *world;
	const arrows *all;
	uint32_t *first, *at; /* arrows of firm i: at[first[i]] to at[first[i + 1] - 1] */
	uint32_t *queue;
	bool *reached;
	struct zv_arena *arena;
};

static uint32_t end_of(const struct arrow *a, bool on)
{
	return on ? a->from : a->to;
}

static void index_arrows(struct walk *w, bool on)
{
	uint32_t n = w->world->n_firms;

	w->first = ZV_ARENA_ARRAY(w->arena, uint32_t, (size_t)n + 2);
	w->at = ZV_ARENA_ARRAY(w->arena, uint32_t, w->all->n + 1);
	for (size_t a = 0; a < w->all->n; a++)
		w->first[end_of(&w->all->p[a], on) + 2]++;
	for (uint32_t i = 2; i <= n + 1; i++)
		w->first[i] += w->first[i - 1];
	for (size_t a = 0; a < w->all->n; a++)
		w->at[w->first[end_of(&w->all->p[a], on) + 1]++] = (uint32_t)a;
}

/* From those in the queue, along arrows (on) or against them, so many steps. */
static void spread(struct walk *w, uint32_t n_begin, bool on, int64_t steps, bool *part)
{
	uint32_t tail = n_begin, until = n_begin, head = 0;

	index_arrows(w, on);
	for (uint32_t i = 0; i < w->world->n_firms; i++)
		w->reached[i] = false;
	for (uint32_t i = 0; i < n_begin; i++)
		w->reached[w->queue[i]] = true;
	for (int64_t s = 0; s < steps && head < until; s++, until = tail)
		for (; head < until; head++)
			for (uint32_t k = w->first[w->queue[head]]; k < w->first[w->queue[head] + 1]; k++) {
				uint32_t to = end_of(&w->all->p[w->at[k]], !on);

				if (w->reached[to])
					continue;
				w->reached[to] = true;
				w->queue[tail++] = to;
			}
	for (uint32_t i = 0; i < tail; i++)
		part[w->queue[i]] = true;
}

/* Who makes it; when nobody does, from where others have it. */
static uint32_t begin_at(struct walk *w, int64_t item_id)
{
	uint32_t n = 0;

	for (uint32_t m = 0; m < w->world->n_makes; m++)
		if (w->world->makes[m].item_id == item_id && !w->reached[w->world->makes[m].firm]) {
			w->reached[w->world->makes[m].firm] = true;
			w->queue[n++] = w->world->makes[m].firm;
		}
	if (n > 0)
		return n;
	for (size_t a = 0; a < w->all->n; a++) {
		uint32_t from = w->all->p[a].from;

		if (w->world->lines[w->all->p[a].line].item_id == item_id && !w->reached[from]) {
			w->reached[from] = true;
			w->queue[n++] = from;
		}
	}
	return n;
}

static void part_about(bool *part, const struct zv_chain_world *world, const arrows *all, int64_t item_id, int64_t steps, struct zv_arena *arena)
{
	struct walk w = {.world = world, .all = all, .arena = arena};
	uint32_t n;

	w.queue = ZV_ARENA_ARRAY(arena, uint32_t, (size_t)world->n_firms + 1);
	w.reached = ZV_ARENA_ARRAY(arena, bool, (size_t)world->n_firms + 1);
	n = begin_at(&w, item_id);
	spread(&w, n, true, steps, part);
	spread(&w, n, false, steps, part);
}

/* --- the graph ------------------------------------------------------------------------------------------------------------------------- */

/* Processes, and others that give something, of the part; `at` is each one's node. */
static void add_nodes(struct zv_chain_graph *g, uint32_t *at, const bool *part, const struct zv_chain_world *w, const arrows *all, struct zv_arena *arena)
{
	bool *gives = ZV_ARENA_ARRAY(arena, bool, (size_t)w->n_firms + 1);

	for (size_t a = 0; a < all->n; a++)
		gives[all->p[a].from] = gives[all->p[a].from] || part[all->p[a].to];
	for (uint32_t i = 0; i < w->n_firms; i++) {
		if (!part[i] || (w->firms[i].kind != ZV_CHAIN_PROCESS && !gives[i]))
			continue;
		at[i] = g->n_nodes++;
	}
	g->nodes = ZV_ARENA_ARRAY(arena, struct zv_chain_graph_node, (size_t)g->n_nodes + 1);
	for (uint32_t i = 0; i < w->n_firms; i++)
		if (at[i] != UINT32_MAX)
			g->nodes[at[i]] = (struct zv_chain_graph_node){.firm = i, .name = zv_chain_firm_name(w, i, arena)};
}

static void add_arrows(struct zv_chain_graph *g, const uint32_t *at, const struct zv_chain_world *w, const arrows *all, struct zv_arena *arena)
{
	g->arrows = ZV_ARENA_ARRAY(arena, struct zv_chain_graph_arrow, all->n + 1);
	for (size_t a = 0; a < all->n; a++) {
		const struct arrow *arrow = &all->p[a];
		const struct zv_chain_line *line = &w->lines[arrow->line];

		if (at[arrow->from] == UINT32_MAX || at[arrow->to] == UINT32_MAX)
			continue;
		g->arrows[g->n_arrows++] = (struct zv_chain_graph_arrow){at[arrow->from], at[arrow->to], line, arrow->steps_in};
		if (line->need == ZV_CHAIN_NEED_ESSENTIAL && line->sources == 1)
			g->nodes[at[arrow->from]].alone_for++;
	}
}

static void place_nodes(struct zv_chain_graph *g, struct zv_arena *arena)
{
	struct zv_layers_place *places = ZV_ARENA_ARRAY(arena, struct zv_layers_place, (size_t)g->n_nodes + 1);
	struct zv_layout_edge *edges = ZV_ARENA_ARRAY(arena, struct zv_layout_edge, (size_t)g->n_arrows + 1);

	for (uint32_t a = 0; a < g->n_arrows; a++)
		edges[a] = (struct zv_layout_edge){(int)g->arrows[a].from, (int)g->arrows[a].to};
	zv_layers(places, (int)g->n_nodes, edges, g->n_arrows, arena);
	for (uint32_t i = 0; i < g->n_nodes; i++)
		g->nodes[i].place = places[i];
}

static enum zv_code fits(const struct zv_chain_graph *g, struct zv_err *err)
{
	if (g->n_nodes <= ZV_CHAIN_GRAPH_NODES && g->n_arrows <= ZV_CHAIN_GRAPH_ARROWS)
		return ZV_OK;
	return zv_fail(err, ZV_E_INVALID, g->item.n > 0 ? "steps" : "item",
		       N_("That is %u nodes and %u arrows, more than can be looked at (%d and %d). Choose an item, or fewer steps around it."), g->n_nodes, g->n_arrows,
		       ZV_CHAIN_GRAPH_NODES, ZV_CHAIN_GRAPH_ARROWS);
}

static enum zv_code make(struct zv_chain_graph *g, const struct zv_chain_world *w, const arrows *all, int64_t item_id, int64_t steps, struct zv_arena *arena,
			 struct zv_err *err)
{
	bool *part = ZV_ARENA_ARRAY(arena, bool, (size_t)w->n_firms + 1);
	uint32_t *at = ZV_ARENA_ARRAY(arena, uint32_t, (size_t)w->n_firms + 1);

	for (uint32_t i = 0; i < w->n_firms; i++) {
		part[i] = g->item.n == 0;
		at[i] = UINT32_MAX;
	}
	if (g->item.n > 0)
		part_about(part, w, all, item_id, steps, arena);
	add_nodes(g, at, part, w, all, arena);
	add_arrows(g, at, w, all, arena);
	if (fits(g, err) != ZV_OK)
		return ZV_E_INVALID;
	place_nodes(g, arena);
	return ZV_OK;
}

enum zv_code zv_chain_steps_read(int64_t *out, struct zv_str text, struct zv_err *err)
{
	*out = ZV_CHAIN_GRAPH_STEPS;
	if (text.n > 0 && (!zv_str_int(out, text) || *out < 1 || *out > ZV_CHAIN_GRAPH_STEPS))
		return zv_fail(err, ZV_E_INVALID, "steps", N_("“%.*s” is no number of steps from 1 to %d."), ZV_STR_FMT(zv_str_first(text, SHOWN)), ZV_CHAIN_GRAPH_STEPS);
	return ZV_OK;
}

enum zv_code zv_chain_graph_make(struct zv_chain_graph *out, const struct zv_chain_world *world, struct zv_str item, int64_t steps, struct zv_arena *arena,
				 struct zv_err *err)
{
	struct zv_chain_graph graph = {0};
	int64_t item_id = 0;
	arrows all = {0};
	enum zv_code code = ZV_OK;

	if (zv_str_trim(item).n > 0)
		code = zv_chain_item_find(&item_id, &graph.item, world, item, err);
	if (code == ZV_OK) {
		all_arrows(&all, world, arena);
		code = make(&graph, world, &all, item_id, steps, arena, err);
	}
	zv_vec_done(&all);
	if (code == ZV_OK)
		*out = graph;
	return code;
}
