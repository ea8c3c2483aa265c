/*
 * The fewest facts that can decide: by growing number, each step telling one fact of a set of which any way must tell one; what was tried is not tried
 * again in another order. A guess found first bounds the search, and is the answer where the steps do not last.
 */
#include "engine/rules/missing.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "engine/rules/explain.h"
#include "engine/rules/show.h"

enum { GUESSES = 300, GUESS_SEED = 4 };

static int by_fact(const void *a, const void *b)
{
	const struct rules_open *x = a, *y = b;
	int order = rules_fact_cmp(x->seen.fact, y->seen.fact);

	return order != 0 ? order : (x->seen.order > y->seen.order) - (x->seen.order < y->seen.order);
}

static void fill_open(struct rules_search *s, struct rules_open *open)
{
	const struct rules_fact *fact = &open->seen.fact;

	if (fact->table < 0) {
		open->type = (int)s->ev->pack->declared[fact->row].type;
		open->now = rules_stated(s->ev, (int)fact->row);
	} else {
		open->type = (int)s->ev->pack->vocabulary->tables[fact->table].fields[fact->field].type;
		open->now = rules_field(s->ev, fact->table, fact->field, &s->ev->facts->rows[fact->table], fact->row);
	}
}

/* All open facts that the condition looks at, by fact; ev->seen keeps what was seen. */
static void find_open(struct rules_search *s)
{
	struct rules_eval *ev = s->ev;
	struct rules_open *open;
	size_t n = 0;

	ev->seen.n = 0;
	ev->watch = true;
	ev->rank = 0;
	(void)rules_truth(ev, s->e);
	ev->watch = false;
	for (size_t i = 0; i < ev->seen.n; i++)
		n += ev->seen.p[i].unknown;
	open = zv_calloc(n + 1, sizeof(*open));
	n = 0;
	for (size_t i = 0; i < ev->seen.n; i++) {
		if (ev->seen.p[i].unknown)
			open[n++].seen = ev->seen.p[i];
	}
	if (n > 1)
		qsort(open, n, sizeof(*open), by_fact);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || rules_fact_cmp(open[i].seen.fact, open[i - 1].seen.fact) != 0)
			open[s->n++] = open[i];
	}
	s->more = s->n > RULES_OPEN_MAX;
	s->n = s->more ? RULES_OPEN_MAX : s->n;
	s->open = ZV_ARENA_ARRAY(ev->arena, struct rules_open, s->n + 1);
	memcpy(s->open, open, s->n * sizeof(*open));
	free(open);
	for (size_t i = 0; i < s->n; i++)
		fill_open(s, &s->open[i]);
}

static int freedom(const struct rules_open *open)
{
	if (open->type == ZV_RULES_BOOL || open->type == ZV_RULES_TEXT)
		return 0;
	return open->now.range.lo.d != 0 && open->now.range.hi.d != 0 ? 1 : 2;
}

static void prepare(struct rules_search *s)
{
	struct rules_eval *ev = s->ev;
	size_t n = 0;

	find_open(s);
	rules_tries(s);
	ev->assumed = ZV_ARENA_ARRAY(ev->arena, struct rules_assumed, s->n + 1);
	s->order = ZV_ARENA_ARRAY(ev->arena, size_t, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		size_t at = i;

		ev->assumed[i].fact = s->open[i].seen.fact;
		for (; at > 0 && s->open[s->order[at - 1]].seen.order > s->open[i].seen.order; at--)
			s->order[at] = s->order[at - 1];
		s->order[at] = i;
	}
	ev->n_assumed = s->n;
	s->branch = ZV_ARENA_ARRAY(ev->arena, size_t, s->n + 1);
	for (int free_to = 0; free_to <= 2; free_to++) {
		for (size_t o = 0; o < s->n; o++) {
			if (freedom(&s->open[s->order[o]]) == free_to)
				s->branch[n++] = s->order[o];
		}
	}
}

static void assume(struct rules_search *s, size_t i, const struct rules_value *value)
{
	s->ev->assumed[i].set = value != NULL;
	if (value != NULL)
		s->ev->assumed[i].value = *value;
}

static bool search(struct rules_search *s, int left);

static bool try_values(struct rules_search *s, size_t i, int left, const struct rules_value *values, size_t n)
{
	for (size_t t = 0; t < n && !s->ev->out; t++) {
		assume(s, i, &values[t]);
		if (search(s, left - 1))
			return true;
	}
	assume(s, i, NULL);
	return false;
}

/* One fact more: told in every way that may matter. */
static bool try_fact(struct rules_search *s, size_t i, int left)
{
	struct rules_value *solved; /* on the heap, for the search goes as deep as there are facts */
	bool found;

	if (try_values(s, i, left, s->open[i].tries, s->open[i].n_tries))
		return true;
	solved = zv_alloc(RULES_SOLVED_MAX * sizeof(*solved));
	found = try_values(s, i, left, solved, rules_solve(s, i, solved));
	free(solved);
	return found;
}

static bool search(struct rules_search *s, int left)
{
	struct rules_set from = {{0}}, banned = s->banned;
	int need = rules_need(s, s->e, s->target, &from);
	bool found = false;

	if (need == 0 || need > left || s->ev->out)
		return need == 0 && !s->ev->out;
	for (size_t o = 0; o < s->n && !found && !s->ev->out; o++) {
		size_t i = s->branch[o];

		if (!rules_set_has(&from, i))
			continue;
		found = try_fact(s, i, left);
		rules_set_put(&s->banned, i); /* without it from here on */
	}
	s->banned = banned;
	return found;
}

static size_t count_set(const struct rules_search *s, struct rules_set *out)
{
	size_t n = 0;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < s->n; i++) {
		if (s->ev->assumed[i].set) {
			rules_set_put(out, i);
			n++;
		}
	}
	return n;
}

static void clear(struct rules_search *s)
{
	for (size_t i = 0; i < s->n; i++)
		assume(s, i, NULL);
}

/* Draws a value for each fact, alike for the same field of all rows on even rounds. */
static void draw(struct rules_search *s, struct zv_rng *rng, bool alike)
{
	uint64_t seed = zv_rng_next(rng);

	for (size_t i = 0; i < s->n; i++) {
		const struct rules_open *open = &s->open[i];
		struct zv_rng own;

		zv_rng_init(&own, seed ^ (alike ? (uint64_t)(open->seen.fact.table * 64 + open->seen.fact.field + 128) : i * 7919));
		if (open->n_tries > 0)
			assume(s, i, &open->tries[zv_rng_below(&own, open->n_tries)]);
	}
}

/* Facts that may go without losing the target do. */
static void shrink(struct rules_search *s)
{
	for (size_t o = s->n; o-- > 0 && !s->ev->out;) {
		size_t i = s->order[o];

		if (!s->ev->assumed[i].set)
			continue;
		s->ev->assumed[i].set = false;
		if (rules_truth(s->ev, s->e) != s->target || s->ev->out)
			s->ev->assumed[i].set = true;
	}
}

/* The smallest set of some drawn ones; s->n + 1 when none was found. */
static size_t guess(struct rules_search *s, struct rules_set *best)
{
	struct zv_rng rng;
	size_t least = s->n + 1;

	zv_rng_init(&rng, GUESS_SEED);
	for (int i = 0; i < GUESSES && !s->ev->out; i++) {
		struct rules_set set;
		size_t n;

		clear(s);
		draw(s, &rng, i % 2 == 0);
		if (rules_truth(s->ev, s->e) != s->target || s->ev->out)
			continue;
		shrink(s);
		n = count_set(s, &set);
		if (n < least && !s->ev->out) {
			least = n;
			*best = set;
		}
	}
	clear(s);
	return least;
}

static void put_facts(struct zv_rules_missing *out, struct rules_search *s, const struct rules_set *set, size_t n)
{
	struct zv_rules_used *facts = ZV_ARENA_ARRAY(s->ev->arena, struct zv_rules_used, n + 1);

	for (size_t o = 0; o < s->n; o++) {
		size_t i = s->order[o];

		if (rules_set_has(set, i))
			facts[out->n++] = rules_used_one(s->ev, &s->open[i].seen);
	}
	out->facts = facts;
}

struct zv_rules_missing rules_missing(struct rules_eval *ev, const struct rules_expr *e, enum zv_truth target, int64_t steps_max)
{
	struct rules_search s = {.ev = ev, .e = e, .target = target};
	struct zv_rules_missing out = {0};
	struct rules_set best = {{0}}, from = {{0}};
	int64_t kept_max = ev->steps_max;
	size_t least, need;
	bool found = false, out_of_steps;

	ev->steps = 0;
	ev->steps_max = steps_max / 4;
	ev->out = false;
	prepare(&s);
	least = guess(&s, &best);
	ev->steps = 0;
	ev->steps_max = steps_max;
	ev->out = false;
	need = (size_t)rules_need(&s, e, target, &from);
	for (size_t k = need; k < least && k <= s.n && !found && !ev->out; k++) {
		found = search(&s, (int)k);
		if (found)
			least = count_set(&s, &best);
		clear(&s);
	}
	out_of_steps = ev->out;
	ev->n_assumed = 0;
	ev->steps = 0;
	ev->steps_max = kept_max;
	ev->out = false;
	ev->seen.n = 0;
	if (least <= s.n)
		put_facts(&out, &s, &best, least);
	out.proved = !out_of_steps && !s.more;
	return out;
}
