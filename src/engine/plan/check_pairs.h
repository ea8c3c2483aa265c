/* The arcs of a problem once more, by the plainest code: for the checker and its bound, which must not lean on the solver's. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_CHECK_PAIRS_H
#define ZV_ENGINE_PLAN_CHECK_PAIRS_H

#include "engine/plan/problem.h"

/* A need and an offer that it keeps. */
struct check_pair {
	uint32_t need, offer;
	bool fixed;  /* `add` is the whole delivered price */
	int64_t add; /* to the unit price */
	int64_t key; /* delivered price at the last tier */
};

struct check_pairs {
	const struct zv_plan_problem *problem;
	uint32_t *start;      /* [n_products + 1] in `offers` */
	uint32_t *offers;     /* by product, then number */
	const struct zv_plan_commitment **is_signed; /* commitments by need, offer */
	struct check_pair *list; /* of the need that was asked last */
	size_t n, cap;
};

void check_pairs_open(struct check_pairs *pairs, const struct zv_plan_problem *problem);
void check_pairs_done(struct check_pairs *pairs);

/* Fills `list` with the offers that the need keeps: product, licences, some period, price at the last tier, the cheapest `candidates`, and its signed ones. */
void check_pairs_of(struct check_pairs *pairs, uint32_t need);

/* Bounds of tier s of an offer; false when no order can lie in it. */
bool check_tier(int64_t *from, int64_t *top, const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, uint32_t s);

/* What the units of an order of `qty` in tier s cost before freight, money. */
zv_i128 check_units(const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, uint32_t s, int64_t qty);

/* The unit price at the end of tier s where it is lowest: what a ceiling is held against. */
int64_t check_lowest(const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, uint32_t s);

/* May the pair flow when the offer is launched in `period` with a quantity in tier s? A4 to A6 but for the price of an incremental ladder, which the quantity says. */
bool check_may_flow(const struct zv_plan_problem *problem, const struct check_pair *pair, int32_t period, uint32_t s);

#endif
