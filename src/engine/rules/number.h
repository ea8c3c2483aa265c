/*
 * Exact rational numbers of 64 bits and intervals of them. What does not fit is rounded outwards, so that an interval always holds the true value;
 * an end that is out of range is open.
 */
#ifndef ZV_ENGINE_RULES_NUMBER_H
#define ZV_ENGINE_RULES_NUMBER_H

#include "base/base.h"

/* n / d in lowest terms, d > 0; d == 0: without end, below (n < 0) or above (n > 0). */
struct rules_q {
	int64_t n, d;
};

/* lo <= hi. */
struct rules_range {
	struct rules_q lo, hi;
};

#define RULES_BELOW ((struct rules_q){-1, 0})
#define RULES_ABOVE ((struct rules_q){1, 0})
#define RULES_ANY ((struct rules_range){{-1, 0}, {1, 0}})

static inline struct rules_q rules_q_int(int64_t n)
{
	return (struct rules_q){n, 1};
}

static inline struct rules_range rules_point(int64_t n)
{
	return (struct rules_range){{n, 1}, {n, 1}};
}

/* num / den, den > 0, in lowest terms. False when it does not fit. */
bool rules_q_of(struct rules_q *out, zv_i128 num, zv_i128 den);

/* Below 0, 0, above 0. Exact. */
int rules_q_cmp(struct rules_q a, struct rules_q b);

bool rules_is_point(struct rules_range a);

/* *overflow is set, never cleared, when an end had to be widened. A quotient by an interval that holds 0 is anything. */
struct rules_range rules_add(struct rules_range a, struct rules_range b, bool *overflow);
struct rules_range rules_sub(struct rules_range a, struct rules_range b, bool *overflow);
struct rules_range rules_mul(struct rules_range a, struct rules_range b, bool *overflow);
struct rules_range rules_div(struct rules_range a, struct rules_range b, bool *overflow);
struct rules_range rules_neg(struct rules_range a, bool *overflow);

struct rules_range rules_min(struct rules_range a, struct rules_range b);
struct rules_range rules_max(struct rules_range a, struct rules_range b);
struct rules_range rules_hull(struct rules_range a, struct rules_range b);

#endif
