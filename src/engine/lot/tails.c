/* Lists of reachable sums, merged item by item from the end. */
#include "engine/lot/tails.h"

#include <stdlib.h>

#include "base/mem.h"

static void room_for_items(struct lot_tails *tails, size_t n)
{
	if (n < tails->cap_start)
		return;
	tails->cap_start = n + n / 2 + 16;
	tails->start = zv_reallocarray(tails->start, tails->cap_start, sizeof(*tails->start));
}

static void room_for_made(struct lot_tails *tails, size_t n)
{
	if (n <= tails->cap)
		return;
	tails->cap = n + n / 2 + 1024;
	tails->made = zv_reallocarray(tails->made, tails->cap, sizeof(*tails->made));
}

/* The first entry with at least `firm`. */
static size_t first_from(const struct lot_made *list, size_t n, int64_t firm)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (list[mid].firm < firm)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/*
 * out = list and list + item, ascending, one entry per firm with the most extra, within the bounds. Which of the two comes next
 * is a coin toss, so that the loop takes both ways at once and has no branch but its end.
 */
static size_t
merge(struct lot_made *out, const struct lot_made *list, size_t n, struct lot_item item, int64_t least, int64_t most)
{
	const struct lot_made *a = list + first_from(list, n, least), *a_end = list + n;
	const struct lot_made *b = list + first_from(list, n, least - item.firm),
			      *b_end = list + first_from(list, n, most - item.firm + 1);
	struct lot_made *to = out;

	while (a < a_end && b < b_end) {
		int64_t with = b->firm + item.firm, extra = b->extra + item.extra;
		bool take_a = a->firm <= with, take_b = with <= a->firm;

		to->firm = take_a ? a->firm : with;
		to->extra = !take_b || (take_a && a->extra > extra) ? a->extra : extra;
		to++;
		a += take_a;
		b += take_b;
	}
	while (a < a_end)
		*to++ = *a++;
	for (; b < b_end; b++)
		*to++ = (struct lot_made){b->firm + item.firm, b->extra + item.extra};
	return (size_t)(to - out);
}

void lot_tails_build(struct lot_tails *tails, const struct lot_item *items, size_t n, struct lot_tails_bounds bounds,
		     size_t limit, int64_t *steps)
{
	int64_t head = 0; /* firm of all items before i */
	size_t len = 1;

	for (size_t i = 0; i < n; i++)
		head += items[i].firm;
	room_for_items(tails, n);
	room_for_made(tails, 1);
	tails->items = items;
	tails->n_items = tails->from = n;
	tails->start[n] = 0;
	tails->made[0] = (struct lot_made){0, 0};
	tails->n = 1;
	for (size_t i = n; i-- > 0 && tails->n + 2 * len <= limit;) {
		head -= items[i].firm;
		room_for_made(tails, tails->n + 2 * len);
		tails->start[i] = tails->n;
		len = merge(tails->made + tails->n, tails->made + tails->start[i + 1], len, items[i], bounds.least - head,
			    bounds.most);
		tails->n += len;
		tails->from = i;
		*steps += (int64_t)len;
	}
}

void lot_tails_done(struct lot_tails *tails)
{
	free(tails->made);
	free(tails->start);
	*tails = (struct lot_tails){0};
}

const struct lot_made *lot_tails_list(size_t *n, const struct lot_tails *tails, size_t i)
{
	*n = (i == tails->from ? tails->n : tails->start[i - 1]) - tails->start[i];
	return tails->made + tails->start[i];
}

bool lot_tails_find(int64_t *extra, const struct lot_tails *tails, size_t i, int64_t firm)
{
	size_t n;
	const struct lot_made *list = lot_tails_list(&n, tails, i);

	if (n == 0 || firm < list[0].firm || firm > list[n - 1].firm)
		return false;
	while (n > 1) {
		size_t half = n / 2;

		list = list[half].firm <= firm ? list + half : list;
		n -= half;
	}
	*extra = list->extra;
	return list->firm == firm;
}

void lot_tails_walk(size_t *chosen, size_t *n_chosen, const struct lot_tails *tails, size_t i, int64_t firm, int64_t extra)
{
	for (; i < tails->n_items && firm > 0; i++) {
		const struct lot_item *item = &tails->items[i];
		int64_t most;

		if (item->firm > firm || !lot_tails_find(&most, tails, i + 1, firm - item->firm) || most < extra - item->extra)
			continue;
		chosen[(*n_chosen)++] = i;
		firm -= item->firm;
		extra -= item->extra;
	}
	assert(firm == 0 && extra <= 0);
}
