/* The exact choice of needs for one range of lot sizes. */
#include "engine/lot/subset.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"

enum {
	TAILS_SMALL = 1 << 14, /* entries of the first attempt: a fraction of a millisecond */
	TAILS_LARGE = 1 << 21, /* of the last: 32 MB */
	AIM_SMALL = 1 << 14,   /* steps of the first walk, besides four per item */
	BLOCK = 64             /* items per entry of block_min */
};

static size_t tails_limit(const struct lot_work *work, bool large)
{
	if (large)
		return work->many_sums > 0 ? work->many_sums : TAILS_LARGE;
	return work->few_sums > 0 ? work->few_sums : TAILS_SMALL;
}

void lot_work_done(struct lot_work *work)
{
	lot_tails_done(&work->tails);
	free(work->rest_firm);
	free(work->rest_extra);
	free(work->rest_gcd);
	free(work->block_min);
	free(work->path);
	free(work->sorted);
	free(work->order);
	*work = (struct lot_work){0};
}

static void room(struct lot_work *work, size_t n)
{
	if (n < work->cap)
		return;
	work->cap = n + n / 2 + 64;
	work->rest_firm = zv_reallocarray(work->rest_firm, work->cap, sizeof(int64_t));
	work->rest_extra = zv_reallocarray(work->rest_extra, work->cap, sizeof(int64_t));
	work->rest_gcd = zv_reallocarray(work->rest_gcd, work->cap, sizeof(int64_t));
	work->block_min = zv_reallocarray(work->block_min, work->cap, sizeof(int64_t));
	work->path = zv_reallocarray(work->path, work->cap, sizeof(size_t));
	work->sorted = zv_reallocarray(work->sorted, work->cap, sizeof(struct lot_item));
	work->order = zv_reallocarray(work->order, work->cap, sizeof(size_t));
}

/* What the items i.. can give at most, their common divisor, and the smallest of every block. */
static void summarise(struct lot_work *work, const struct lot_item *items, size_t n)
{
	room(work, n + 1);
	work->rest_firm[n] = work->rest_extra[n] = work->rest_gcd[n] = 0;
	for (size_t i = n; i-- > 0;) {
		int64_t *least = &work->block_min[i / BLOCK];

		work->rest_firm[i] = work->rest_firm[i + 1] + items[i].firm;
		work->rest_extra[i] = work->rest_extra[i + 1] + items[i].extra;
		work->rest_gcd[i] = work->rest_gcd[i + 1] == 1 ? 1 : zv_gcd(work->rest_gcd[i + 1], items[i].firm);
		if (i == n - 1 || i % BLOCK == BLOCK - 1 || items[i].firm < *least)
			*least = items[i].firm;
	}
}

/* The first item from i on, before end, whose firm is at most `room`; or end. */
static size_t next_fitting(struct lot_work *work, const struct lot_item *items, size_t i, size_t end, int64_t most)
{
	while (i < end) {
		if (i % BLOCK == 0 && work->block_min[i / BLOCK] > most) {
			i += BLOCK;
			continue;
		}
		if (items[i].firm <= most)
			return i;
		i++;
		work->steps++;
	}
	return end;
}

/* The size that a set with these sums is made for. */
static bool size_for(int64_t *size, const struct lot_task *task, int64_t firm, int64_t extra)
{
	int64_t lo = firm > task->lo ? firm : task->lo;
	int64_t hi = extra < task->hi - firm ? firm + extra : task->hi;

	if (firm > task->hi || lo > hi)
		return false;
	return task->high ? lot_lattice_down(size, task->lattice, hi, lo) : lot_lattice_up(size, task->lattice, lo, hi);
}

static void sum_up(struct lot_pick *out, const struct lot_task *task)
{
	out->firm = out->extra = 0;
	for (size_t i = 0; i < out->n_chosen; i++) {
		out->firm += task->items[out->chosen[i]].firm;
		out->extra += task->items[out->chosen[i]].extra;
	}
}

/* Complete tails: the first sum from the top that some size takes. */
static void read_off(struct lot_pick *out, const struct lot_task *task, struct lot_work *work)
{
	size_t n;
	const struct lot_made *list = lot_tails_list(&n, &work->tails, 0);
	int64_t size;

	out->proved = out->first = true;
	out->bound = task->at_least - 1;
	while (n-- > 0 && list[n].firm >= task->at_least) {
		work->steps++;
		if (!size_for(&size, task, list[n].firm, list[n].extra))
			continue;
		out->found = true;
		out->size = size;
		out->bound = list[n].firm;
		out->n_chosen = 0;
		lot_tails_walk(out->chosen, &out->n_chosen, &work->tails, 0, list[n].firm, size - list[n].firm);
		sum_up(out, task);
		return;
	}
}

enum aim { HIT, NOTHING, GAVE_UP };

/* The earliest set with exactly `firm` and at least `extra`. The tails and the summary are those of task->items. */
static enum aim aim(struct lot_pick *out, const struct lot_task *task, struct lot_work *work, int64_t firm, int64_t extra, int64_t budget)
{
	const struct lot_item *items = task->items;
	size_t from = work->tails.from, i = 0, n = 0;
	int64_t stop = work->steps + budget, most;

	for (;;) {
		bool lost = false;

		while (i < from && firm > 0 && !lost) {
			work->steps++;
			lost = work->rest_firm[i] < firm || work->rest_extra[i] < extra || (work->rest_gcd[i] > 1 && firm % work->rest_gcd[i] != 0);
			if (lost)
				break;
			i = next_fitting(work, items, i, from, firm);
			if (i < from) {
				work->path[n++] = i;
				firm -= items[i].firm;
				extra -= items[i].extra;
				i++;
			}
		}
		if (!lost && (firm == 0 ? extra <= 0 : lot_tails_find(&most, &work->tails, from, firm) && most >= extra)) {
			memcpy(out->chosen, work->path, n * sizeof(*out->chosen));
			out->n_chosen = n;
			lot_tails_walk(out->chosen, &out->n_chosen, &work->tails, from, firm, extra);
			return HIT;
		}
		if (n == 0)
			return NOTHING;
		if (work->steps > stop)
			return GAVE_UP;
		i = work->path[--n];
		firm += items[i].firm;
		extra += items[i].extra;
		i++;
	}
}

/* Aims at the upper bound. True when it was hit: then nothing better exists. */
static bool aim_at_bound(struct lot_pick *out, const struct lot_task *task, struct lot_work *work, int64_t budget)
{
	int64_t size;

	/* Were the tolerance of all to be had: the best size that a hit could be made for. */
	if (!size_for(&size, task, out->bound, task->high ? task->hi : work->rest_extra[0]))
		return false;
	if (aim(out, task, work, out->bound, size - out->bound, budget) != HIT)
		return false;
	out->found = out->proved = out->first = true;
	out->size = size;
	sum_up(out, task);
	return true;
}

struct sized {
	struct lot_item item;
	size_t at;
};

static int by_size(const void *x, const void *y)
{
	const struct sized *a = x, *b = y;

	if (a->item.firm != b->item.firm)
		return a->item.firm > b->item.firm ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static int by_index(const void *x, const void *y)
{
	size_t a = *(const size_t *)x, b = *(const size_t *)y;

	return (a > b) - (a < b);
}

static void sort_by_size(struct lot_work *work, const struct lot_task *task)
{
	struct sized *sized = zv_reallocarray(NULL, task->n + 1, sizeof(*sized));

	for (size_t i = 0; i < task->n; i++)
		sized[i] = (struct sized){task->items[i], i};
	qsort(sized, task->n, sizeof(*sized), by_size);
	for (size_t i = 0; i < task->n; i++) {
		work->sorted[i] = sized[i].item;
		work->order[i] = sized[i].at;
	}
	free(sized);
}

/* Least firm that would be an improvement on what is found. */
static int64_t wanted(const struct lot_pick *out, const struct lot_task *task)
{
	if (!out->found)
		return task->at_least;
	return task->high && out->size < task->hi ? out->firm : out->firm + 1;
}

/* Tries every end in the tails that could improve on the best; true when one did. */
static bool try_ends(struct lot_pick *out, const struct lot_task *task, struct lot_work *work, struct lot_made head, struct lot_made *end)
{
	size_t n;
	const struct lot_made *list = lot_tails_list(&n, &work->tails, work->tails.from);
	size_t low = 0;
	int64_t size;
	bool better = false;

	for (size_t len = n; len > 0;) { /* the first entry too large */
		size_t half = len / 2;

		if (list[low + half].firm <= task->hi - head.firm) {
			low += half + 1;
			len -= half + 1;
		} else {
			len = half;
		}
	}
	while (low-- > 0 && head.firm + list[low].firm >= wanted(out, task)) {
		struct lot_made sum = {head.firm + list[low].firm, head.extra + list[low].extra};

		work->steps++;
		if (sum.firm == 0 || !size_for(&size, task, sum.firm, sum.extra))
			continue;
		if (out->found && sum.firm == out->firm && size <= out->size)
			continue;
		out->found = better = true;
		out->firm = sum.firm;
		out->size = size;
		*end = list[low];
	}
	return better;
}

static void keep(struct lot_pick *out, const struct lot_work *work, size_t n, struct lot_made end)
{
	memcpy(out->chosen, work->path, n * sizeof(*out->chosen));
	out->n_chosen = n;
	lot_tails_walk(out->chosen, &out->n_chosen, &work->tails, work->tails.from, end.firm, end.extra);
	for (size_t i = 0; i < out->n_chosen; i++)
		out->chosen[i] = work->order[out->chosen[i]];
	qsort(out->chosen, out->n_chosen, sizeof(*out->chosen), by_index);
}

static bool is_ideal(const struct lot_pick *out, const struct lot_task *task)
{
	return out->found && out->firm == out->bound && (!task->high || out->size == task->hi);
}

/* Branch and bound over the items by size. Proved unless the budget ran out. */
static void bounding(struct lot_pick *out, const struct lot_task *task, struct lot_work *work, int64_t stop)
{
	const struct lot_item *items = work->sorted;
	size_t from, i = 0, n = 0;
	struct lot_made head = {0, 0}, end;

	sort_by_size(work, task);
	lot_tails_build(&work->tails, items, task->n, (struct lot_tails_bounds){task->at_least, task->hi}, tails_limit(work, true), &work->steps);
	summarise(work, items, task->n);
	from = work->tails.from;
	for (;;) {
		bool lost = false;

		while (i < from && !lost) {
			work->steps++;
			lost = head.firm + work->rest_firm[i] < wanted(out, task) ||
			       head.firm + work->rest_firm[i] + head.extra + work->rest_extra[i] < task->lo;
			i = lost ? i : next_fitting(work, items, i, from, task->hi - head.firm);
			if (lost || i >= from)
				break;
			work->path[n++] = i;
			head.firm += items[i].firm;
			head.extra += items[i].extra;
			i++;
		}
		if (!lost && try_ends(out, task, work, head, &end))
			keep(out, work, n, end);
		out->proved = is_ideal(out, task) || n == 0;
		if (out->proved || work->steps > stop)
			break;
		i = work->path[--n];
		head.firm -= items[i].firm;
		head.extra -= items[i].extra;
		i++;
	}
	if (out->proved)
		out->bound = out->found ? out->firm : task->at_least - 1;
	if (out->found)
		sum_up(out, task);
}

/* The earliest of the sets with the firm and size found; the set at hand stays when the budget runs out. */
static void find_first(struct lot_pick *out, const struct lot_task *task, struct lot_work *work)
{
	int64_t budget = work->stop - work->steps;

	lot_tails_build(&work->tails, task->items, task->n, (struct lot_tails_bounds){out->firm, out->firm}, tails_limit(work, true),
			&work->steps);
	summarise(work, task->items, task->n);
	out->first = aim(out, task, work, out->firm, out->size - out->firm, budget > AIM_SMALL ? budget : AIM_SMALL) == HIT;
	sum_up(out, task);
}

void lot_subset_solve(struct lot_pick *out, const struct lot_task *task, struct lot_work *work)
{
	struct lot_tails_bounds bounds = {task->at_least, task->hi};
	int64_t left;

	*out = (struct lot_pick){.chosen = out->chosen, .proved = true, .first = true};
	summarise(work, task->items, task->n);
	out->bound = work->rest_firm[0] < task->hi ? work->rest_firm[0] : task->hi;
	if (work->rest_gcd[0] > 1)
		out->bound -= out->bound % work->rest_gcd[0];
	if (task->n == 0 || out->bound < task->at_least)
		return;
	for (int attempt = 0; attempt < 2; attempt++) {
		lot_tails_build(&work->tails, task->items, task->n, bounds, tails_limit(work, attempt == 1), &work->steps);
		if (work->tails.from == 0) {
			read_off(out, task, work);
			return;
		}
		left = work->stop - work->steps;
		if (aim_at_bound(out, task, work, attempt == 1 ? left / 4 : (work->short_aim > 0 ? work->short_aim : AIM_SMALL) + 4 * (int64_t)task->n))
			return;
	}
	out->proved = out->first = false;
	bounding(out, task, work, work->steps + (work->stop - work->steps) / 2);
	if (out->found)
		find_first(out, task, work);
}

bool lot_subset_reach(int64_t *out, const struct lot_item *items, size_t n, int64_t size, struct lot_work *work)
{
	struct lot_item *fit = zv_reallocarray(NULL, n + 1, sizeof(*fit));
	const struct lot_made *list;
	int64_t firm = 0, extra = 0;
	bool exact = true;
	size_t n_fit = 0;

	*out = 0;
	for (size_t i = 0; i < n; i++) {
		if (items[i].firm > size)
			continue;
		fit[n_fit++] = items[i];
		firm += items[i].firm;
		extra += items[i].extra;
	}
	if (firm <= size) {
		*out = firm + extra;
	} else {
		lot_tails_build(&work->tails, fit, n_fit, (struct lot_tails_bounds){0, size}, tails_limit(work, true), &work->steps);
		exact = work->tails.from == 0;
		list = lot_tails_list(&n, &work->tails, work->tails.from);
		for (size_t i = 0; i < n; i++)
			*out = list[i].firm + list[i].extra > *out ? list[i].firm + list[i].extra : *out;
	}
	free(fit);
	return exact;
}
