/*
 * Prices on needs (lambda) and on hours (mu) by a deflected subgradient, with steps per group of products that shorten over the budget. Doubles guide; what is certified is computed
 * from the prices by bound.h. Inside engine/plan.
 */
#ifndef ZV_ENGINE_PLAN_DUAL_H
#define ZV_ENGINE_PLAN_DUAL_H

#include "engine/plan/arcs.h"
#include "engine/plan/sites.h"

struct plan_dual_need {
	double price; /* roubles per unit */
	double qty;   /* units */
};

struct plan_dual_group {
	double value;      /* of the last prices */
	double best;
	double scale;      /* its penalties together */
};

struct plan_dual {
	struct plan_arcs *arcs;
	struct plan_dual_need *needs; /* the prices at hand */
	double *best;                 /* [n_needs] prices of the best value of each group */
	double *worth;                /* roubles per unit, at most the penalty: the measure of how far a price moves at once */
	double *way;                  /* [n_needs] averaged imbalance, units */
	double *now;                  /* [n_needs] imbalance of the last prices, units */
	double *mu, *best_mu;         /* [n_resources * n_periods] roubles per hour */
	double *mu_way;
	double *hours;                /* [n_slots] hours of the last solution */
	uint32_t *launch;             /* [n_offers + 1]: first of its averaged launches */
	float *launches;              /* [.. slot of the offer x tier] how often launched, averaged */
	struct plan_dual_group *groups;
	double value, best_value;     /* of all */
	bool joint;    /* the hours are shared out exactly instead of priced */
	uint8_t *slot_tier; /* then: [n_slots] the tier of the last solution, UINT8_MAX = none */
	double *slot_qty;   /* then: [n_slots] units, without signed ones */
	struct plan_sites sites;
	double *site_value;  /* [sites.n] of the last prices */
	bool fixed_mu;                /* the hours keep their prices: the best of each group may be taken alone */
	int64_t iterations, budget;
	double first_pace, pace;               /* falls over the budget */
	int32_t threads;
};

/* `budget`: steps that the caller means to take. */
struct plan_dual *plan_dual_open(struct plan_arcs *arcs, int32_t threads, int64_t budget);

/* Begins from prices of an earlier run, by the problem's numbers, with short steps. */
void plan_dual_warm(struct plan_dual *dual, const int64_t *need_price, const int64_t *hour_price);

void plan_dual_close(struct plan_dual *dual);

/* One evaluation at the prices at hand and one step. The order of pairs within each offer changes. */
void plan_dual_step(struct plan_dual *dual);

/* From now on the hours of each resource are shared out exactly. */
void plan_dual_join(struct plan_dual *dual);

/* No more steps: only the last prices and the averaged launches stay, which guide the search. */
void plan_dual_settle(struct plan_dual *dual);

/* From now on the hours keep the prices that were best. */
void plan_dual_fix_hours(struct plan_dual *dual);

/* The averaged launch of an offer (by place) in a slot at a tier, 0 .. 1. */
static inline float *plan_dual_launch(const struct plan_dual *dual, uint32_t o, uint32_t slot, uint32_t tier)
{
	uint32_t n_tiers = dual->arcs->problem->offers[dual->arcs->offers[o]].n_tiers;

	return &dual->launches[dual->launch[o] + (slot - dual->arcs->slot[o]) * n_tiers + tier];
}

#endif
