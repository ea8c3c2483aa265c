/* What the two halves of the search for missing facts share: the open facts with the values tried in their place, and what a target needs. */
#ifndef ZV_ENGINE_RULES_MISSING_H
#define ZV_ENGINE_RULES_MISSING_H

#include "engine/rules/eval.h"

enum { RULES_OPEN_MAX = 256, RULES_OPEN_WORDS = RULES_OPEN_MAX / 64, RULES_NEVER = 1 << 20, RULES_SIDES_MAX = 16, RULES_SOLVED_MAX = RULES_SIDES_MAX * 6 };

/* A set of open facts. */
struct rules_set {
	uint64_t words[RULES_OPEN_WORDS];
};

static inline bool rules_set_has(const struct rules_set *s, size_t i)
{
	return (s->words[i / 64] >> (i % 64) & 1) != 0;
}

static inline void rules_set_put(struct rules_set *s, size_t i)
{
	s->words[i / 64] |= (uint64_t)1 << (i % 64);
}

static inline void rules_set_drop(struct rules_set *s, size_t i)
{
	s->words[i / 64] &= ~((uint64_t)1 << (i % 64));
}

struct rules_open {
	struct rules_seen seen;
	struct rules_value now;      /* before anything is assumed */
	int type;
	struct rules_value *tries;
	size_t n_tries;
};

struct rules_search {
	struct rules_eval *ev;
	const struct rules_expr *e;
	enum zv_truth target;
	struct rules_open *open;     /* beside ev->assumed, by fact */
	size_t n;
	size_t *order;               /* of the text */
	size_t *branch;              /* of the search: what is freest comes last, for it can fit itself to the others */
	bool more;                   /* there are more open facts than are looked at */
	const struct rules_expr *sides[RULES_SIDES_MAX]; /* comparisons of figures outside of rows */
	size_t n_sides;
	struct rules_set banned;     /* not to be used: tried already */
};

/* need.c: at least so many of the facts that are not banned must be told before e can become `target`; 0: it is; RULES_NEVER: it cannot. Any way there
 * tells at least one of *from. */
int rules_need(struct rules_search *s, const struct rules_expr *e, enum zv_truth target, struct rules_set *from);

/* tries.c: the values to try for each open fact. */
void rules_tries(struct rules_search *s);

/* The same for what has been assumed by now: values of fact i at which a comparison of calculated figures turns. At most RULES_SOLVED_MAX. */
size_t rules_solve(struct rules_search *s, size_t i, struct rules_value *out);

/* The index of a fact, or -1. */
ptrdiff_t rules_open_at(const struct rules_search *s, struct rules_fact fact);

#endif
