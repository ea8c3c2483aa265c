/* Random plan problems for laws: small enough to be searched in full, or middle ones for a second solver. */
#ifndef ZV_TEST_PLAN_WORLD_H
#define ZV_TEST_PLAN_WORLD_H

#include "base/rng.h"
#include "engine/plan/plan.h"

enum {
	PLAN_WORLD_NEEDS = 400,
	PLAN_WORLD_OFFERS = 80,
	PLAN_WORLD_TIERS = PLAN_WORLD_OFFERS * 4,
	PLAN_WORLD_REGIONS = 6,
	PLAN_WORLD_PERIODS = 6,
	PLAN_WORLD_SIGNED = 8,
};

struct plan_world_kind {
	int needs, offers, periods, products, regions;
	int64_t qty_max;     /* quanta of a need */
	int64_t step;        /* quantities are multiples of it */
	int64_t launch_max;  /* micro-roubles */
	/* of 100 */
	int single, resource, setup, tiers, incremental, substitutes, shares, parcels, controlled, costs, commitments, candidates;
};

struct plan_world {
	struct zv_plan_product products[PLAN_WORLD_OFFERS];
	struct zv_plan_region regions[PLAN_WORLD_REGIONS];
	struct zv_plan_maker makers[PLAN_WORLD_OFFERS];
	struct zv_plan_resource resources[PLAN_WORLD_OFFERS];
	int64_t capacity[PLAN_WORLD_OFFERS * PLAN_WORLD_PERIODS];
	struct zv_plan_offer offers[PLAN_WORLD_OFFERS];
	struct zv_plan_tier tiers[PLAN_WORLD_TIERS];
	struct zv_plan_need needs[PLAN_WORLD_NEEDS];
	struct zv_str enterprises[4];
	double km[PLAN_WORLD_REGIONS * PLAN_WORLD_REGIONS];
	struct zv_plan_substitute substitutes[PLAN_WORLD_OFFERS];
	struct zv_plan_commitment commitments[PLAN_WORLD_SIGNED];
	struct zv_plan_cost costs[PLAN_WORLD_OFFERS * PLAN_WORLD_REGIONS];
	char ids[4 * PLAN_WORLD_OFFERS + PLAN_WORLD_NEEDS + PLAN_WORLD_REGIONS + 8][8];
	uint32_t n_ids;
	struct zv_plan_problem problem;
};

/* Many of the worlds can be planned, not all: callers pass them to zv_plan_problem_check. */
void plan_world_draw(struct plan_world *out, const struct plan_world_kind *kind, struct zv_rng *rng);

/* Another kind for each number: all features appear, alone and together. Up to `needs` needs and `offers` offers. */
struct plan_world_kind plan_world_kind_of(struct zv_rng *rng, int needs, int offers);

/* The same orders and flows, field by field. */
bool plan_world_same(const struct zv_plan_result *x, const struct zv_plan_result *y);

/* Copies, with pointers into the copy. */
void plan_world_copy(struct plan_world *out, const struct plan_world *from);

#endif
