/* Components of firms that reach one another, by Tarjan's walk; within one, the same again along the heavy links alone. */
#include "engine/chain/sweep_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct walk {
	const struct chain_flow *flow;
	bool heavy_only;
	uint32_t *index, *low;          /* index 0: not met */
	uint32_t *next;                 /* link to follow */
	uint32_t *path, n_path;         /* from the root of the walk */
	uint32_t *open, n_open;         /* met, block not known */
	uint32_t *block, n_blocks;
	uint32_t *finished, n_finished;
	uint32_t met;
};

static void enter(struct walk *w, uint32_t firm)
{
	w->index[firm] = w->low[firm] = ++w->met;
	w->next[firm] = w->flow->start[firm];
	w->path[w->n_path++] = firm;
	w->open[w->n_open++] = firm;
}

static void leave(struct walk *w, uint32_t firm)
{
	w->n_path--;
	w->finished[w->n_finished++] = firm;
	if (w->n_path > 0 && w->low[firm] < w->low[w->path[w->n_path - 1]])
		w->low[w->path[w->n_path - 1]] = w->low[firm];
	if (w->low[firm] != w->index[firm])
		return;
	for (uint32_t member = ZV_CHAIN_NONE; member != firm;) {
		member = w->open[--w->n_open];
		w->block[member] = w->n_blocks;
	}
	w->n_blocks++;
}

static void walk_from(struct walk *w, uint32_t root)
{
	enter(w, root);
	while (w->n_path > 0) {
		uint32_t firm = w->path[w->n_path - 1], link, to;

		if (w->next[firm] == w->flow->start[firm + 1]) {
			leave(w, firm);
			continue;
		}
		link = w->next[firm]++;
		if (w->heavy_only && !w->flow->heavy[w->flow->target[link]])
			continue;
		to = chain_flow_to(w->flow, link);
		if (w->index[to] == 0)
			enter(w, to);
		else if (w->block[to] == ZV_CHAIN_NONE && w->index[to] < w->low[firm])
			w->low[firm] = w->index[to];
	}
}

/* memory: seven numbers a firm. */
static void walk_all(struct walk *w, uint32_t *memory)
{
	size_t n = (size_t)w->flow->n + 1;
	uint32_t **arrays[] = {&w->index, &w->low, &w->next, &w->path, &w->open, &w->block, &w->finished};

	memset(memory, 0, ZV_LEN(arrays) * n * sizeof(*memory));
	for (size_t i = 0; i < ZV_LEN(arrays); i++)
		*arrays[i] = memory + i * n;
	memset(w->block, 0xff, n * sizeof(*w->block));
	for (uint32_t f = 0; f < w->flow->n; f++)
		if (w->index[f] == 0)
			walk_from(w, f);
}

/*
 * Firms by block, in one block as they stand in `list`. Blocks come out of a walk with those that are reached by others first, so they are turned round; start, if asked
 * for: where each begins.
 */
static void by_block(uint32_t *out, const uint32_t *list, const struct walk *w, uint32_t *start)
{
	uint32_t n = w->flow->n, *at = zv_calloc((size_t)w->n_blocks + 2, sizeof(*at));

	for (uint32_t f = 0; f < n; f++)
		at[w->n_blocks - w->block[f]]++;
	for (uint32_t b = 0; b < w->n_blocks; b++)
		at[b + 1] += at[b];
	if (start != NULL)
		memcpy(start, at, ((size_t)w->n_blocks + 1) * sizeof(*at));
	for (uint32_t i = 0; i < n; i++)
		out[at[w->n_blocks - 1 - w->block[list[i]]]++] = list[i];
	free(at);
}

void chain_sweep_order_make(struct chain_sweep_order *out, const struct chain_flow *flow)
{
	size_t n = (size_t)flow->n + 1;
	struct walk all = {.flow = flow}, heavy = {.flow = flow, .heavy_only = flow->heavy != NULL};
	uint32_t *memory = zv_calloc(14 * n, sizeof(*memory)), *list = zv_calloc(n, sizeof(*list));

	out->order = zv_calloc(n, sizeof(*out->order));
	out->place = zv_calloc(n, sizeof(*out->place));
	walk_all(&all, memory);
	walk_all(&heavy, memory + 7 * n);
	for (uint32_t i = 0; i < flow->n; i++)
		out->order[i] = heavy.finished[flow->n - 1 - i];
	by_block(list, out->order, &heavy, NULL);
	out->n_blocks = all.n_blocks;
	out->block_start = zv_calloc((size_t)all.n_blocks + 1, sizeof(*out->block_start));
	by_block(out->order, list, &all, out->block_start);
	for (uint32_t i = 0; i < flow->n; i++)
		out->place[out->order[i]] = i;
	free(list);
	free(memory);
}
