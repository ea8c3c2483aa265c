/* The exact choice of needs for one range of lot sizes. */
#include "engine/lot/subset.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"

enum {
	ATTEMPTS = 4,
	TAILS_LARGE = 1 << 21, /* entries: 32 MB */
	BITS_WORDS = 1 << 21,  /* 16 MB */
	TAIL_WORDS = 1 << 20,  /* 8 MB */
	TAIL_DEPTH = 6,        /* mean needs that they are to fill */
	BITS_DEPTH = 1 << 16,  /* so many units below the bound the bits look */
	LOOK_UP = 16,          /* steps that a search in the tails counts for: it misses the cache */
	EARLY_STRETCH = 20,    /* mean needs */
	BITS_TRIES = 64,
	BITS_STEPS = 1 << 17
};

/* Entries of the tails and steps of the walk (besides four per item) of one attempt after the other. */
static const struct attempt {
	size_t sums;
	int64_t steps;
} attempts[ATTEMPTS] = {{1 << 12, 1 << 13}, {1 << 15, 1 << 16}, {1 << 18, 1 << 18}, {TAILS_LARGE, 1 << 23}};

static size_t sums_of(const struct lot_work *work, int attempt)
{
	if (work->few_sums > 0)
		return attempt == ATTEMPTS - 1 ? work->many_sums : work->few_sums;
	return attempts[attempt].sums;
}

static int64_t steps_of(const struct lot_work *work, int attempt, size_t n)
{
	int64_t left = (work->stop - work->steps) / 4;
	int64_t steps = (work->short_aim > 0 ? work->short_aim : attempts[attempt].steps) + 4 * (int64_t)n;

	return steps < left ? steps : left;
}

void lot_work_done(struct lot_work *work)
{
	lot_tails_done(&work->tails);
	lot_row_done(&work->row);
	lot_bits_done(&work->bits);
	free(work->sorted);
	free(work->order);
	*work = (struct lot_work){0};
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

/* Aims at the upper bound. True when it was hit: then nothing better exists. */
static bool aim_at_bound(struct lot_pick *out, const struct lot_task *task, struct lot_work *work, int64_t budget)
{
	int64_t size;

	/* Were the tolerance of all to be had: the best size that a hit could be made for. */
	if (!size_for(&size, task, out->bound, task->high ? task->hi : work->row.rest_extra[0]))
		return false;
	if (lot_aim(out->chosen, &out->n_chosen, &work->row, &work->tails, out->bound, size - out->bound, budget) != LOT_HIT)
		return false;
	out->found = out->proved = out->first = true;
	out->size = size;
	sum_up(out, task);
	return true;
}

/*
 * The largest sums by the bits, from the top, until one has a set whose tolerances reach a size: that one is the best. False
 * when the bands are too wide, or when tolerances decide too often.
 */
static bool by_bits(struct lot_pick *out, const struct lot_task *task, struct lot_work *work)
{
	int64_t unit = work->row.rest_gcd[0], size;
	int64_t least = out->bound - BITS_DEPTH * unit > task->at_least ? out->bound - BITS_DEPTH * unit : task->at_least;

	struct lot_bits_bounds bounds = {unit, least, out->bound, INT64_MAX, BITS_WORDS};

	if (!lot_bits_build(&work->bits, task->items, task->n, bounds, true, &work->steps))
		return false;
	lot_tails_build(&work->tails, task->items, task->n, (struct lot_tails_bounds){0, 0}, 1, &work->steps);
	work->row.bits = &work->bits;
	for (int tries = 0; tries < BITS_TRIES; tries++) {
		int64_t firm = lot_bits_top(&work->bits, out->bound);
		enum lot_aim aim;

		out->bound = firm >= least ? firm : least - 1;
		if (firm < task->at_least || firm < least)
			break;
		if (!size_for(&size, task, firm, task->high ? task->hi : work->row.rest_extra[0])) {
			out->bound -= unit;
			continue;
		}
		aim = lot_aim(out->chosen, &out->n_chosen, &work->row, &work->tails, firm, size - firm, BITS_STEPS);
		if (aim == LOT_HIT) {
			out->found = out->proved = out->first = true;
			out->size = size;
			sum_up(out, task);
			break;
		}
		/* With a smaller size less tolerance would do. */
		if (aim == LOT_GAVE_UP || (task->high && size > firm && size > task->lo))
			break;
		out->bound -= unit;
	}
	work->row.bits = NULL;
	return out->found || out->bound < task->at_least;
}

/*
 * Where the bands of all needs would be too wide: those of the last ones up to a few needs' worth of firm. Whatever little is
 * left for them to fill is then decided at a glance, and that is where a walk loses its time.
 */
static bool by_tail_bits(struct lot_pick *out, const struct lot_task *task, struct lot_work *work, size_t words, int64_t steps)
{
	int64_t unit = work->row.rest_gcd[0], mean = work->row.rest_firm[0] / (int64_t)task->n / unit + 1;
	int64_t wide = (int64_t)words * 64 / (int64_t)task->n;
	struct lot_bits_bounds bounds = {unit, out->bound, out->bound, 0, words};
	bool hit;

	/* All of them to a moderate depth, or else as many as can be had to a small one. */
	if (wide > mean * TAIL_DEPTH)
		wide = mean * TAIL_DEPTH;
	else if (wide < mean * 2)
		wide = mean * 2;
	bounds.cap = wide * unit;
	if (!lot_bits_build(&work->bits, task->items, task->n, bounds, false, &work->steps))
		return false;
	lot_tails_build(&work->tails, task->items, task->n, (struct lot_tails_bounds){0, 0}, 1, &work->steps);
	work->row.bits = &work->bits;
	hit = aim_at_bound(out, task, work, steps);
	work->row.bits = NULL;
	return hit;
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

	work->sorted = zv_reallocarray(work->sorted, task->n + 1, sizeof(*work->sorted));
	work->order = zv_reallocarray(work->order, task->n + 1, sizeof(*work->order));

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
static bool
try_ends(struct lot_pick *out, const struct lot_task *task, struct lot_work *work, struct lot_made head, struct lot_made *end)
{
	size_t n;
	const struct lot_made *list = lot_tails_list(&n, &work->tails, work->tails.from);
	size_t low = 0;
	int64_t size;
	bool better = false;

	work->steps += LOOK_UP;
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
	memcpy(out->chosen, work->row.path, n * sizeof(*out->chosen));
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
	const struct lot_item *items;
	size_t from, i = 0, n = 0;
	struct lot_made head = {0, 0}, end;

	sort_by_size(work, task);
	items = work->sorted;
	lot_tails_build(&work->tails, items, task->n, (struct lot_tails_bounds){task->at_least, task->hi},
			sums_of(work, ATTEMPTS - 1), &work->steps);
	lot_row_set(&work->row, items, task->n, &work->steps);
	from = work->tails.from;
	for (;;) {
		bool lost = false;

		while (i < from && !lost) {
			work->steps++;
			lost = head.firm + work->row.rest_firm[i] < wanted(out, task) ||
			       head.firm + work->row.rest_firm[i] + head.extra + work->row.rest_extra[i] < task->lo;
			i = lost ? i : lot_row_next(&work->row, i, from, task->hi - head.firm);
			if (lost || i >= from)
				break;
			work->row.path[n++] = i;
			head.firm += items[i].firm;
			head.extra += items[i].extra;
			i++;
		}
		if (!lost && try_ends(out, task, work, head, &end))
			keep(out, work, n, end);
		out->proved = is_ideal(out, task) || n == 0;
		if (out->proved || work->steps > stop)
			break;
		i = work->row.path[--n];
		head.firm -= items[i].firm;
		head.extra -= items[i].extra;
		i++;
	}
	if (out->proved)
		out->bound = out->found ? out->firm : task->at_least - 1;
	if (out->found)
		sum_up(out, task);
}

/*
 * An early set where the earliest could not be proved: the earliest needs as they come, and for the last stretch, where the sum
 * must come out, any set of the needs after them.
 */
static void find_early(struct lot_pick *out, const struct lot_task *task, struct lot_work *work)
{
	int64_t stretch = work->row.rest_firm[0] / (int64_t)task->n * EARLY_STRETCH, left = out->firm,
		extra = out->size - out->firm;
	struct lot_task end = {.lattice = {1, 1}};
	struct lot_pick pick = {0};
	size_t n = 0, i = 0;
	size_t *chosen = zv_reallocarray(NULL, task->n + 1, sizeof(*chosen));

	for (; i < task->n && left > stretch; i++) {
		if (task->items[i].firm > left)
			continue;
		chosen[n++] = i;
		left -= task->items[i].firm;
		extra -= task->items[i].extra;
	}
	end.items = task->items + i;
	end.n = task->n - i;
	end.lo = end.hi = left + (extra > 0 ? extra : 0);
	end.at_least = pick.bound = left;
	pick.chosen = chosen + n;
	if (n > 0 && end.n > 0 && left > 0)
		bounding(&pick, &end, work, work->steps + (work->stop - work->steps) / 2);
	if (pick.found && pick.firm == left) {
		for (size_t k = 0; k < pick.n_chosen; k++)
			chosen[n + k] += i;
		out->n_chosen = n + pick.n_chosen;
		memcpy(out->chosen, chosen, out->n_chosen * sizeof(*chosen));
	}
	free(chosen);
}

/* The earliest of the sets with the firm and size found, or one that is early when the budget runs out. */
static void find_first(struct lot_pick *out, const struct lot_task *task, struct lot_work *work)
{
	int64_t budget = work->stop > work->steps ? (work->stop - work->steps) / 2 : 0;

	lot_tails_build(&work->tails, task->items, task->n, (struct lot_tails_bounds){out->firm, out->firm},
			sums_of(work, ATTEMPTS - 1), &work->steps);
	lot_row_set(&work->row, task->items, task->n, &work->steps);
	out->first = lot_aim(out->chosen, &out->n_chosen, &work->row, &work->tails, out->firm, out->size - out->firm, budget) ==
		     LOT_HIT;
	if (!out->first)
		find_early(out, task, work);
	sum_up(out, task);
}

void lot_subset_solve(struct lot_pick *out, const struct lot_task *task, struct lot_work *work)
{
	struct lot_tails_bounds bounds = {task->at_least, task->hi};

	*out = (struct lot_pick){.chosen = out->chosen, .proved = true, .first = true};
	lot_row_set(&work->row, task->items, task->n, &work->steps);
	out->bound = work->row.rest_firm[0] < task->hi ? work->row.rest_firm[0] : task->hi;
	if (task->n == 0 || out->bound < task->at_least)
		return;
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		lot_tails_build(&work->tails, task->items, task->n, bounds, sums_of(work, attempt), &work->steps);
		if (work->tails.from == 0) {
			read_off(out, task, work);
			return;
		}
		out->bound = lot_row_round_down(&work->row, out->bound);
		if (out->bound < task->at_least)
			return;
		if (aim_at_bound(out, task, work, steps_of(work, attempt, task->n)))
			return;
		if (attempt == 0 && !work->no_bits &&
		    (by_bits(out, task, work) || by_tail_bits(out, task, work, TAIL_WORDS, BITS_STEPS)))
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
		lot_tails_build(&work->tails, fit, n_fit, (struct lot_tails_bounds){0, size}, sums_of(work, ATTEMPTS - 1),
				&work->steps);
		exact = work->tails.from == 0;
		list = lot_tails_list(&n, &work->tails, work->tails.from);
		for (size_t i = 0; i < n; i++)
			*out = list[i].firm + list[i].extra > *out ? list[i].firm + list[i].extra : *out;
	}
	free(fit);
	return exact;
}
