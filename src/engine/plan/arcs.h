/*
 * The arcs of a problem in the form that the search works on: needs numbered by group of products, pairs by offer. Inside engine/plan.
 *
 * A group is a set of products that accept one another; no need has an arc outside its group, so that groups can be priced side by side. A pair is a need and an
 * offer that may serve it in launch periods lo .. hi; its bit s says whether tier s is within the ceiling. A slot is an (offer, period).
 * Signed flows are taken out of the needs and stand in the slots.
 */
#ifndef ZV_ENGINE_PLAN_ARCS_H
#define ZV_ENGINE_PLAN_ARCS_H

#include "engine/plan/problem.h"

#define PLAN_FIXED UINT16_C(0x8000) /* in `tiers`: the price is `add` alone, at every tier */

struct plan_pair {
	int64_t add;   /* to the tier's price, micro-roubles per unit */
	uint32_t need; /* own number */
	uint8_t lo, hi;
	uint16_t tiers;
};

/* A quantity b .. top costs `fixed` + price x quantity. An incremental discount is all-units with a fixed part of its own. */
struct plan_tier {
	int64_t b, top;
	int64_t price;
	int64_t test;  /* the lowest price that a buyer may pay in it: what the ceiling is held against */
	zv_i128 fixed; /* money */
};

struct plan_signed {
	uint32_t slot, need;
	uint32_t place; /* of the offer */
	uint16_t tiers; /* as of a pair */
	int64_t add;
	int64_t qty;
};

struct plan_arcs {
	const struct zv_plan_problem *problem;
	uint32_t n_needs;
	uint32_t *outer;      /* own number -> number in the problem */
	uint32_t *inner;      /* the other way round */
	int64_t *qty;         /* what is left to place when the signed flows are kept */
	uint32_t n_groups;
	uint32_t *group_need; /* [n_groups + 1] */
	uint32_t *group_offer; /* [n_groups + 1] in offers */
	uint32_t *offers;     /* numbers in the problem, by group */
	uint32_t *group_of;   /* by product */
	uint32_t n_offers;    /* all of the problem; arrays below are by place in `offers` */
	uint32_t *pair;       /* [n_offers + 1]: first pair */
	struct plan_pair *pairs;
	uint32_t n_pairs;
	uint32_t *slot;       /* [n_offers + 1]: first slot; its period is that minus the first, plus `from` */
	uint32_t n_slots;
	int16_t *from;        /* [n_offers] period of the first slot */
	uint32_t *place_of;   /* by number in the problem: place in `offers` */
	struct plan_tier *tiers; /* as in the problem: [offer.first_tier + s] */
	struct plan_signed *kept; /* by slot */
	uint32_t n_kept;
	uint32_t *need_pair;  /* [n_needs + 1], after plan_arcs_by_need */
	uint32_t *pairs_of;   /* pair numbers by need */
	uint32_t *places_of;  /* places of their offers */
	zv_i128 constant;     /* money: penalty of needs without a pair */
	size_t bytes;
};

ZV_MUST_CHECK enum zv_code plan_arcs_open(struct plan_arcs **out, const struct zv_plan_problem *problem, struct zv_err *err);
/* The same with a slot for every period in which an offer may be launched, whether or not it has a pair there now: for trying what would change it. */
ZV_MUST_CHECK enum zv_code plan_arcs_open_all(struct plan_arcs **out, const struct zv_plan_problem *problem, struct zv_err *err);
void plan_arcs_close(struct plan_arcs *arcs);

/* The pairs of each offer in the order of needs (the prices move them), and the pairs of each need. */
void plan_arcs_by_need(struct plan_arcs *arcs);

/* The pair of an offer (of the problem) and a need as it would be if the need were `as`. False: no tier or period fits. */
bool plan_arcs_pair(struct plan_pair *pair, const struct plan_arcs *arcs, uint32_t offer, uint32_t inner, const struct zv_plan_need *as);

/* Bytes that the arcs and the search of a problem will take at least. */
size_t plan_arcs_estimate(const struct zv_plan_problem *problem);

/* The delivered price of a pair at a tier of its offer, micro-roubles per unit. */
static inline int64_t plan_price(const struct plan_pair *pair, const struct plan_tier *tier)
{
	return pair->tiers & PLAN_FIXED ? pair->add : pair->add + tier->price;
}

#endif
