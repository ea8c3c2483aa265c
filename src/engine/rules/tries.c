/*
 * Values to try in the place of an open fact: those that a rule compares with, their neighbours, the ends of what is known and far beyond; for a text the
 * texts of the rule and of the other facts, and one that is none of them. What decides a comparison is among them unless a calculation hides it.
 */
#include <string.h>

#include "engine/rules/missing.h"

enum { FIGURES_MAX = 24, TEXTS_MAX = 24 };

struct pool {
	struct rules_q figures[FIGURES_MAX];
	size_t n_figures;
	struct zv_str texts[TEXTS_MAX];
	size_t n_texts;
};

static void pool_figure(struct pool *pool, struct rules_q q)
{
	for (size_t i = 0; i < pool->n_figures; i++) {
		if (rules_q_cmp(pool->figures[i], q) == 0)
			return;
	}
	if (q.d != 0 && pool->n_figures < FIGURES_MAX)
		pool->figures[pool->n_figures++] = q;
}

static void pool_text(struct pool *pool, struct zv_str text)
{
	for (size_t i = 0; i < pool->n_texts; i++) {
		if (zv_str_eq(pool->texts[i], text))
			return;
	}
	if (pool->n_texts < TEXTS_MAX)
		pool->texts[pool->n_texts++] = text;
}

/* Constants of the rule, and those of its parts that are known without any row. */
static void pool_expr(struct pool *pool, struct rules_search *s, const struct rules_expr *e)
{
	bool figure = e->type == ZV_RULES_NUMBER || e->type == ZV_RULES_MONEY || e->type == ZV_RULES_DATE;

	for (int i = 0; i < e->n; i++)
		pool_expr(pool, s, e->kids[i]);
	if (e->op == RULES_OP_TEXT)
		pool_text(pool, e->text);
	else if (e->op == RULES_OP_CONST)
		pool_figure(pool, e->q);
	else if (figure && (e->op == RULES_OP_PARAMETER || e->op == RULES_OP_TODAY || e->op == RULES_OP_LATER || e->op == RULES_OP_EARLIER) &&
		 (e->n == 0 || e->kids[0]->op == RULES_OP_TODAY || e->kids[0]->op == RULES_OP_PARAMETER || e->kids[0]->op == RULES_OP_CONST))
		pool_figure(pool, rules_figure(s->ev, e).lo);
}

/* Texts and dates of the facts that are known: an open one may equal them. */
static void pool_seen(struct pool *pool, struct rules_search *s, const struct rules_seen *seen, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct rules_fact *fact = &seen[i].fact;
		const struct zv_rules_field *field;
		struct rules_value value;

		if (seen[i].unknown || fact->table < 0 || fact->field < 0 || (pool->n_texts >= TEXTS_MAX && pool->n_figures >= FIGURES_MAX))
			continue;
		field = &s->ev->pack->vocabulary->tables[fact->table].fields[fact->field];
		value = rules_field(s->ev, fact->table, fact->field, &s->ev->facts->rows[fact->table], fact->row);
		if (field->type == ZV_RULES_TEXT)
			pool_text(pool, value.text);
		else if (field->type != ZV_RULES_BOOL && pool->n_figures < FIGURES_MAX / 2)
			pool_figure(pool, value.range.lo);
	}
}

static void try_figure(struct rules_open *open, struct rules_q q)
{
	if (q.d == 0 || rules_q_cmp(q, open->now.range.lo) < 0 || rules_q_cmp(q, open->now.range.hi) > 0)
		return;
	for (size_t i = 0; i < open->n_tries; i++) {
		if (rules_q_cmp(open->tries[i].range.lo, q) == 0)
			return;
	}
	open->tries[open->n_tries++] = (struct rules_value){.truth = ZV_UNKNOWN, .range = {q, q}, .known = true};
}

/* 1900-01-01, 2199-12-31; a million million; ten thousand million roubles. */
static void try_far(struct rules_open *open)
{
	static const struct {
		int64_t low, high;
	} far[] = {[ZV_RULES_NUMBER] = {-1000000000000, 1000000000000}, [ZV_RULES_MONEY] = {-1000000000000, 1000000000000}, [ZV_RULES_DATE] = {-25567, 84005}};

	try_figure(open, rules_q_int(0));
	try_figure(open, open->now.range.lo);
	try_figure(open, open->now.range.hi);
	try_figure(open, rules_q_int(far[open->type].high));
	try_figure(open, rules_q_int(far[open->type].low));
	try_figure(open, rules_q_int(1));
}

static void try_figures(struct rules_open *open, const struct pool *pool, struct zv_arena *arena)
{
	open->tries = ZV_ARENA_ARRAY(arena, struct rules_value, pool->n_figures * 3 + 8);
	if (rules_q_cmp(open->now.range.lo, open->now.range.hi) == 0)
		return;
	try_far(open);
	for (size_t i = 0; i < pool->n_figures; i++) {
		struct rules_q q = pool->figures[i];
		int64_t step = q.d;

		try_figure(open, q);
		if (q.n < INT64_MAX - step)
			try_figure(open, (struct rules_q){q.n + step, q.d});
		if (q.n > INT64_MIN + step)
			try_figure(open, (struct rules_q){q.n - step, q.d});
	}
}

static void try_texts(struct rules_open *open, const struct pool *pool, struct zv_arena *arena, size_t at)
{
	open->tries = ZV_ARENA_ARRAY(arena, struct rules_value, pool->n_texts + 2);
	for (size_t i = 0; i < pool->n_texts; i++)
		open->tries[open->n_tries++] = (struct rules_value){.truth = ZV_UNKNOWN, .range = RULES_ANY, .known = true, .text = pool->texts[i]};
	/* a text of its own, and one that is like nothing else but that of other open facts */
	open->tries[open->n_tries++] = (struct rules_value){.truth = ZV_UNKNOWN, .range = RULES_ANY, .known = true, .text = ZV_STR("\x01")};
	open->tries[open->n_tries++] =
		(struct rules_value){.truth = ZV_UNKNOWN, .range = RULES_ANY, .known = true, .text = zv_arena_strf(arena, "\x01%zu", at)};
}

static void find_sides(struct rules_search *s, const struct rules_expr *e)
{
	if (e->op >= RULES_OP_EQ && e->op <= RULES_OP_GE && e->kids[0]->type != ZV_RULES_TEXT && e->kids[0]->type != ZV_RULES_BOOL &&
	    s->n_sides < RULES_SIDES_MAX)
		s->sides[s->n_sides++] = e;
	if (e->op == RULES_OP_AND || e->op == RULES_OP_OR || e->op == RULES_OP_NOT || e->op == RULES_OP_IF) {
		for (int k = 0; k < e->n; k++)
			find_sides(s, e->kids[k]);
	}
}

/* left - right, or with `turned` the difference of their inverses, when fact i is v. False when it is no single number. */
static bool apart(struct rules_q *out, struct rules_search *s, const struct rules_expr *side, size_t i, int64_t v, bool turned)
{
	struct rules_assumed *assumed = &s->ev->assumed[i];
	struct rules_range left, right;
	bool overflow = false;

	assumed->set = true;
	assumed->value = (struct rules_value){.truth = ZV_UNKNOWN, .range = rules_point(v), .known = true};
	left = rules_figure(s->ev, side->kids[0]);
	right = rules_figure(s->ev, side->kids[1]);
	assumed->set = false;
	if (turned) {
		left = rules_div(rules_point(1), left, &overflow);
		right = rules_div(rules_point(1), right, &overflow);
	}
	left = rules_sub(left, right, &overflow);
	*out = left.lo;
	return rules_is_point(left) && !overflow;
}

/* Where the straight line through two points is 0, rounded down. */
static bool root(int64_t *out, struct rules_search *s, const struct rules_expr *side, size_t i, bool turned)
{
	struct rules_q a, b;
	struct rules_range x;
	bool overflow = false;

	if (!apart(&a, s, side, i, 1, turned) || !apart(&b, s, side, i, 2, turned) || rules_q_cmp(a, b) == 0)
		return false;
	x = rules_div((struct rules_range){a, a}, rules_sub((struct rules_range){a, a}, (struct rules_range){b, b}, &overflow), &overflow);
	x = rules_add(x, rules_point(1), &overflow);
	if (!rules_is_point(x) || overflow)
		return false;
	*out = x.lo.n / x.lo.d - (x.lo.n % x.lo.d < 0);
	return true;
}

size_t rules_solve(struct rules_search *s, size_t i, struct rules_value *out)
{
	struct rules_open *open = &s->open[i];
	size_t n = 0;
	int64_t at;

	if (open->type == ZV_RULES_TEXT || open->type == ZV_RULES_BOOL)
		return 0;
	for (size_t side = 0; side < s->n_sides && !s->ev->out; side++) {
		for (int turned = 0; turned < 2; turned++) {
			if (!root(&at, s, s->sides[side], i, turned != 0) || at < -(INT64_MAX / 4) || at > INT64_MAX / 4)
				continue;
			for (int64_t v = at - 1; v <= at + 1; v++) {
				if (rules_q_cmp(rules_q_int(v), open->now.range.lo) >= 0 && rules_q_cmp(rules_q_int(v), open->now.range.hi) <= 0)
					out[n++] = (struct rules_value){.truth = ZV_UNKNOWN, .range = rules_point(v), .known = true};
			}
		}
	}
	return n;
}

void rules_tries(struct rules_search *s)
{
	struct pool pool = {.n_figures = 0};
	struct zv_arena *arena = s->ev->arena;

	find_sides(s, s->e);
	pool_expr(&pool, s, s->e);
	pool_seen(&pool, s, s->ev->seen.p, s->ev->seen.n);
	for (size_t i = 0; i < s->n; i++) {
		struct rules_open *open = &s->open[i];

		if (open->type == ZV_RULES_TEXT) {
			try_texts(open, &pool, arena, i);
		} else if (open->type == ZV_RULES_BOOL) {
			open->tries = ZV_ARENA_ARRAY(arena, struct rules_value, 2);
			open->n_tries = 2;
			open->tries[0] = (struct rules_value){.truth = ZV_YES, .range = RULES_ANY, .known = true};
			open->tries[1] = (struct rules_value){.truth = ZV_NO, .range = RULES_ANY, .known = true};
		} else {
			try_figures(open, &pool, arena);
		}
	}
}
