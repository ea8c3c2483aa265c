/* Minimum knapsack by branch and bound in the order of cost per volume. */
#include "engine/lot/cover.h"

#include <stdlib.h>

#include "base/mem.h"

enum { NODES = 50000 };

struct search {
	struct lot_cover *items;
	size_t n;
	int64_t *cost, *volume; /* sums of the items before i */
	bool *now;              /* taken on the way down */
	int64_t best;           /* -1: none yet */
	int nodes;
};

static int by_ratio(const void *x, const void *y)
{
	const struct lot_cover *a = x, *b = y;
	zv_i128 left = (zv_i128)a->cost * b->volume, right = (zv_i128)b->cost * a->volume;

	if ((a->volume == 0) != (b->volume == 0))
		return a->volume == 0 ? 1 : -1;
	if (left != right)
		return left < right ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* No set of the items i.. with at least `left` costs less; -1 when they are not enough. */
static int64_t lower_bound(const struct search *s, size_t i, int64_t left)
{
	size_t lo = i, hi = s->n; /* the first k with volume[k] - volume[i] >= left */
	int64_t cost, part;

	if (s->volume[s->n] - s->volume[i] < left)
		return -1;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->volume[mid] - s->volume[i] >= left)
			hi = mid;
		else
			lo = mid + 1;
	}
	/* The items i..lo-2 whole and the rest of item lo-1 in part, rounded up: costs are whole. */
	cost = s->cost[lo - 1] - s->cost[i];
	part = left - (s->volume[lo - 1] - s->volume[i]);
	return cost +
	       (int64_t)(((zv_i128)s->items[lo - 1].cost * part + s->items[lo - 1].volume - 1) / s->items[lo - 1].volume);
}

static void descend(struct search *s, size_t i, int64_t left, int64_t cost)
{
	if (left <= 0) {
		if (s->best < 0 || cost < s->best) {
			s->best = cost;
			for (size_t k = 0; k < s->n; k++)
				s->items[k].taken = s->now[k];
		}
		return;
	}
	for (; i < s->n && s->nodes < NODES; i++) {
		int64_t bound = lower_bound(s, i, left);

		if (bound < 0 || (s->best >= 0 && cost + bound >= s->best))
			return;
		s->nodes++;
		s->now[i] = true;
		descend(s, i + 1, left - s->items[i].volume, cost + s->items[i].cost);
		s->now[i] = false;
	}
}

bool lot_cover(int64_t *cost, bool *exact, struct lot_cover *items, size_t n, int64_t volume)
{
	struct search s = {.items = items, .n = n, .best = -1};
	bool fits = true;

	qsort(items, n, sizeof(*items), by_ratio);
	s.cost = zv_calloc(n + 1, sizeof(*s.cost));
	s.volume = zv_calloc(n + 1, sizeof(*s.volume));
	s.now = zv_calloc(n + 1, sizeof(*s.now));
	for (size_t i = 0; i < n; i++) {
		fits = fits && zv_add(&s.cost[i + 1], s.cost[i], items[i].cost);
		s.volume[i + 1] = s.volume[i] + items[i].volume;
		items[i].taken = false;
	}
	if (fits && volume > 0)
		descend(&s, 0, volume, 0);
	free(s.now);
	free(s.volume);
	free(s.cost);
	*exact = s.nodes < NODES;
	if (s.best < 0)
		return false;
	*cost = s.best;
	return true;
}
