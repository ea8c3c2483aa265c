/*
 * How far a condition is from its target, at least. Where all parts must turn, parts without a common fact add up and any one of them must be begun with;
 * where one is enough, the nearest counts. A row is such a part; of a comparison that is not a count only its facts are known.
 */
#include "engine/rules/missing.h"

#include <stdlib.h>
#include <string.h>

static struct rules_set join(struct rules_set a, struct rules_set b)
{
	for (int i = 0; i < RULES_OPEN_WORDS; i++)
		a.words[i] |= b.words[i];
	return a;
}

static bool meet(const struct rules_set *a, const struct rules_set *b)
{
	for (int i = 0; i < RULES_OPEN_WORDS; i++) {
		if ((a->words[i] & b->words[i]) != 0)
			return true;
	}
	return false;
}

static int size_of(const struct rules_set *s)
{
	int n = 0;

	for (int i = 0; i < RULES_OPEN_WORDS; i++)
		n += __builtin_popcountll(s->words[i]);
	return n;
}

ptrdiff_t rules_open_at(const struct rules_search *s, struct rules_fact fact)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = rules_fact_cmp(s->open[mid].seen.fact, fact);

		if (order == 0)
			return (ptrdiff_t)mid;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return -1;
}

/* The open facts, banned or not, that a part looks at; and those that may be used. */
static struct rules_set facts_of(struct rules_search *s, const struct rules_expr *e, bool usable)
{
	struct rules_set set = {{0}};
	struct rules_eval *ev = s->ev;
	size_t mark = ev->seen.n;

	ev->watch = true;
	if (e->type == ZV_RULES_BOOL)
		(void)rules_truth(ev, e);
	else if (e->type == ZV_RULES_TEXT)
		(void)rules_text(ev, e, &(struct zv_str){0});
	else
		(void)rules_figure(ev, e);
	ev->watch = false;
	for (size_t i = mark; i < ev->seen.n; i++) {
		ptrdiff_t at = ev->seen.p[i].unknown ? rules_open_at(s, ev->seen.p[i].fact) : -1;

		if (at >= 0 && !(usable && rules_set_has(&s->banned, (size_t)at)))
			rules_set_put(&set, (size_t)at);
	}
	ev->seen.n = mark;
	return set;
}

/* Parts put together as they come. `all`: every one must turn; else one is enough. */
struct sum {
	bool all, clash; /* clash: some have a common fact */
	int n, total, most, least;
	struct rules_set met, from;
	int from_size;
};

static void sum_part(struct sum *sum, int need, struct rules_set facts, struct rules_set from)
{
	if (need >= RULES_NEVER)
		return;
	sum->n++;
	sum->least = sum->n == 1 || need < sum->least ? need : sum->least;
	sum->most = need > sum->most ? need : sum->most;
	if (!meet(&sum->met, &facts)) {
		sum->total += need;
		sum->met = join(sum->met, facts);
	} else {
		sum->clash = true;
	}
	if (!sum->all) {
		sum->from = join(sum->from, from);
	} else if (sum->n == 1 || size_of(&from) < sum->from_size) {
		sum->from = from;
		sum->from_size = size_of(&from);
	}
}

static int sum_need(const struct sum *sum)
{
	if (sum->n == 0)
		return RULES_NEVER;
	if (!sum->all)
		return sum->least;
	return sum->total > sum->most ? sum->total : sum->most;
}

static enum zv_truth other(enum zv_truth truth)
{
	return (enum zv_truth)(ZV_YES - truth);
}

static int need_chain(struct rules_search *s, const struct rules_expr *e, enum zv_truth target, struct rules_set *from)
{
	struct sum sum = {.all = (e->op == RULES_OP_AND) == (target == ZV_YES)};

	for (int i = 0; i < e->n && !s->ev->out; i++) {
		struct rules_set part = {{0}};
		int need = rules_need(s, e->kids[i], target, &part);

		if (need >= RULES_NEVER && sum.all)
			return RULES_NEVER;
		if (need == 0)
			continue;
		sum_part(&sum, need, need < RULES_NEVER ? facts_of(s, e->kids[i], false) : part, part);
	}
	*from = sum.from;
	return sum_need(&sum);
}

static int need_any_all(struct rules_search *s, const struct rules_expr *e, enum zv_truth target, struct rules_set *from)
{
	const struct zv_rules_rows *rows = &s->ev->facts->rows[e->table];
	struct sum sum = {.all = (e->op == RULES_OP_ALL) == (target == ZV_YES)};

	if (sum.all && !rows->complete)
		return RULES_NEVER;
	for (size_t i = 0; i < rows->n && !s->ev->out; i++) {
		struct rules_set part = {{0}}, facts;
		int need;

		s->ev->frames[e->frame] = (struct rules_frame){rows, i};
		if (e->n == 0)
			continue;
		need = rules_need(s, e->kids[0], target, &part);
		if (need >= RULES_NEVER && sum.all)
			return RULES_NEVER;
		if (need == 0 || need >= RULES_NEVER)
			continue;
		s->ev->frames[e->frame] = (struct rules_frame){rows, i};
		facts = facts_of(s, e->kids[0], false);
		sum_part(&sum, need, facts, part);
	}
	*from = sum.from;
	return sum_need(&sum);
}

static int int_order(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* `rows` rows must come to `target`: the cheapest of them, when no two hang on one fact. */
static int need_rows(struct rules_search *s, const struct rules_expr *count, enum zv_truth target, int64_t wanted, struct rules_set *from)
{
	const struct zv_rules_rows *rows = &s->ev->facts->rows[count->table];
	struct sum sum = {.all = false};
	int *needs = zv_alloc((rows->n + 1) * sizeof(*needs)), total = 0;
	struct rules_set first = {{0}};

	for (size_t i = 0; i < rows->n && !s->ev->out && count->n > 0; i++) {
		struct rules_set part = {{0}};
		int need;

		s->ev->frames[count->frame] = (struct rules_frame){rows, i};
		need = rules_need(s, count->kids[0], target, &part);
		if (need == 0) {
			wanted--;
			continue;
		}
		if (need >= RULES_NEVER)
			continue;
		needs[sum.n] = need;
		if (sum.n == 0)
			first = part;
		s->ev->frames[count->frame] = (struct rules_frame){rows, i};
		sum_part(&sum, need, facts_of(s, count->kids[0], false), part);
	}
	if (count->n == 0)
		wanted -= target == ZV_YES ? (int64_t)rows->n : 0;
	*from = sum.from;
	if (wanted > sum.n) {
		total = RULES_NEVER;
	} else if (sum.clash) {
		total = sum.least;
	} else {
		if (sum.n > 1)
			qsort(needs, (size_t)sum.n, sizeof(*needs), int_order);
		for (int64_t i = 0; i < wanted; i++)
			total += needs[i];
		if (wanted == sum.n) /* every one of them must turn: begin with the first */
			*from = first;
	}
	free(needs);
	return total;
}

static int need_leaf(struct rules_search *s, const struct rules_expr *e, struct rules_set *from)
{
	*from = facts_of(s, e, true);
	return size_of(from) > 0 ? 1 : RULES_NEVER;
}

static enum rules_op turned(enum rules_op op)
{
	switch (op) {
	case RULES_OP_LT:
		return RULES_OP_GT;
	case RULES_OP_LE:
		return RULES_OP_GE;
	case RULES_OP_GT:
		return RULES_OP_LT;
	default:
		return RULES_OP_LE;
	}
}

/* count(..) >= 10 and its kin against a number that is known. */
static int need_count(struct rules_search *s, const struct rules_expr *e, enum zv_truth target, struct rules_set *from)
{
	bool left = e->kids[0]->op == RULES_OP_COUNT;
	const struct rules_expr *count = e->kids[left ? 0 : 1];
	struct rules_range bound = rules_figure(s->ev, e->kids[left ? 1 : 0]);
	const struct zv_rules_rows *rows = &s->ev->facts->rows[count->table];
	enum rules_op op = left ? e->op : turned(e->op);
	int64_t at_least = -1, at_most = -1;

	if (!rules_is_point(bound) || bound.lo.d != 1 || bound.lo.n < -1000000 || bound.lo.n > 1000000)
		return need_leaf(s, e, from);
	if (target == ZV_YES ? op == RULES_OP_GE || op == RULES_OP_GT : op == RULES_OP_LT || op == RULES_OP_LE)
		at_least = bound.lo.n + (op == RULES_OP_GT || op == RULES_OP_LE);
	else
		at_most = bound.lo.n - (op == RULES_OP_LT || op == RULES_OP_GE);
	if (at_least >= 0)
		return need_rows(s, count, ZV_YES, at_least, from);
	if (!rows->complete || at_most < 0)
		return RULES_NEVER;
	return need_rows(s, count, ZV_NO, (int64_t)rows->n - at_most, from);
}

int rules_need(struct rules_search *s, const struct rules_expr *e, enum zv_truth target, struct rules_set *from)
{
	enum zv_truth truth = rules_truth(s->ev, e);

	if (s->ev->out)
		return RULES_NEVER;
	if (truth == target)
		return 0;
	if (truth == other(target))
		return RULES_NEVER;
	switch (e->op) {
	case RULES_OP_NOT:
		return rules_need(s, e->kids[0], other(target), from);
	case RULES_OP_AND:
	case RULES_OP_OR:
		return need_chain(s, e, target, from);
	case RULES_OP_ANY:
	case RULES_OP_ALL:
		return need_any_all(s, e, target, from);
	case RULES_OP_LT:
	case RULES_OP_LE:
	case RULES_OP_GT:
	case RULES_OP_GE:
		if (e->kids[0]->op == RULES_OP_COUNT || e->kids[1]->op == RULES_OP_COUNT)
			return need_count(s, e, target, from);
		return need_leaf(s, e, from);
	default:
		return need_leaf(s, e, from);
	}
}
