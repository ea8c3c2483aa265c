/*
 * The plan problem: which makers to launch, in which period, at which tier, for whose needs (docs/design/plan-engine.md).
 *
 * Integers only. A quantity is counted in quanta, and ZV_PLAN_UNIT of them make one unit: grams and tonnes in problem folders, milligrams and
 * kilograms in the registers. A price is micro-roubles per unit, so that price x quantity is exact in zv_i128 ("money": 1e-12 roubles).
 * Hours are micro-hours. Entities are indices into the arrays; the caller sorts them by identifier, so that the order of rows in a file changes
 * nothing. Periods are 0 .. n_periods - 1 (the first period of the files is 0 here).
 *
 * An order (offer, period) costs `launch` once and takes `setup_uh` hours of its resource; its quantity is 0 or moq .. max and lies in one tier. An arc
 * (order, tier) -> need exists when zv_plan_arc_test says ZV_PLAN_FITS; the objective is launches + prices of what flows + penalty of what does not.
 */
#ifndef ZV_ENGINE_PLAN_PROBLEM_H
#define ZV_ENGINE_PLAN_PROBLEM_H

#include "base/base.h"
#include "base/err.h"
#include "base/str.h"

#define ZV_PLAN_NONE UINT32_MAX

enum {
	ZV_PLAN_UNIT = 1000000,
	ZV_PLAN_PERIODS_MAX = 200,
	ZV_PLAN_TIERS_MAX = 15,
	ZV_PLAN_PRIORITIES = 4,
};

/* Limits of single values; with them and zv_plan_problem_check no sum leaves zv_i128. */
#define ZV_PLAN_QTY_MAX INT64_C(100000000000000)      /* 1e8 units */
#define ZV_PLAN_PRICE_MAX INT64_C(1000000000000000)   /* 1e9 roubles a unit */
#define ZV_PLAN_PENALTY_MAX INT64_C(1000000000000000000)
#define ZV_PLAN_LAUNCH_MAX INT64_C(1000000000000000000) /* 1e12 roubles, in micro-roubles */
#define ZV_PLAN_HOURS_MAX INT64_C(1000000000000000)

struct zv_plan_product {
	struct zv_str id;
	int64_t freight_rate;  /* micro-roubles per unit and km */
	int32_t max_share_ppm; /* of the covered quantity that one maker may have; 0: no limit (constraint 8) */
	bool controlled;
};

struct zv_plan_region {
	struct zv_str id;
	double lat, lon;
};

struct zv_plan_maker {
	struct zv_str id;
	uint32_t region;
	bool licensed;
};

/* Capacities in zv_plan_problem.capacity_uh[resource * n_periods + period]. */
struct zv_plan_resource {
	struct zv_str id;
	uint32_t maker; /* ZV_PLAN_NONE: of nobody in particular */
};

struct zv_plan_tier {
	int64_t from; /* the first one's is the MOQ */
	int64_t price;
};

struct zv_plan_offer {
	struct zv_str id;
	uint32_t maker, product;
	uint32_t resource;   /* ZV_PLAN_NONE: none */
	int64_t hours_uh;    /* per unit */
	int64_t setup_uh;    /* per order */
	int64_t launch;      /* micro-roubles per order */
	int64_t inputs;      /* part of every price of it, of tiers and of costs, that no ceiling is held against; 0 outside of plans through several levels */
	int64_t moq, max;    /* quanta per order; 1 <= moq <= max */
	int32_t lead;        /* periods between launch and delivery */
	int32_t from, until; /* periods in which it may be launched */
	uint32_t first_tier; /* in zv_plan_problem.tiers */
	uint32_t n_tiers;    /* 1 .. ZV_PLAN_TIERS_MAX; from rising */
	bool incremental;    /* the price of a tier is paid for what lies above its `from`, the first one's from 0; else the whole order pays the price of its tier */
};

struct zv_plan_need {
	struct zv_str id;
	uint32_t product, region;
	uint32_t enterprise; /* an index of zv_plan_problem.enterprises */
	int64_t qty;         /* above 0 */
	int64_t ceiling;     /* highest delivered price, micro-roubles per unit */
	int64_t penalty;     /* per unit not covered: ceiling x (1 + bonus of its priority). 0: it is not wanted for itself, and counts at no priority */
	int64_t parcel;      /* smallest flow, 0: any */
	int32_t earliest, due; /* periods of delivery */
	uint8_t priority;    /* 1 .. ZV_PLAN_PRIORITIES */
	bool single;         /* one order serves all of it or none */
	bool licensed;
};

/* Need of `product` accepts `with`, at `extra` more per unit (which counts as delivered price). */
struct zv_plan_substitute {
	uint32_t product, with;
	int64_t extra;
};

/* One unit of `product` takes `ppm` / 1e6 units of `input`, `lag` periods before the launch; `price` is what the input costs outside (0: not to be had). */
struct zv_plan_bom {
	uint32_t product, input;
	int64_t ppm;
	int64_t price;
	int32_t lag;
};

/* A signed flow that every plan keeps. */
struct zv_plan_commitment {
	uint32_t need, offer;
	int32_t period;
	int64_t qty;
};

/* Delivered cost per unit of an offer in a region: replaces price + freight at every tier. */
struct zv_plan_cost {
	uint32_t offer, region;
	int64_t cost;
};

/* The caller owns all arrays; zv_plan_problem_read of the app frees them together. */
struct zv_plan_problem {
	int32_t n_periods;
	int32_t first_period; /* what the files call period 0; only for printing */
	uint32_t candidates;  /* offers kept per need, 0: all */
	const struct zv_plan_product *products;
	uint32_t n_products;
	const struct zv_plan_region *regions;
	uint32_t n_regions;
	const struct zv_plan_maker *makers;
	uint32_t n_makers;
	const struct zv_plan_resource *resources;
	uint32_t n_resources;
	const int64_t *capacity_uh;
	const struct zv_plan_offer *offers;
	uint32_t n_offers;
	const struct zv_plan_tier *tiers;
	uint32_t n_tiers;
	const struct zv_plan_need *needs;
	uint32_t n_needs;
	const struct zv_str *enterprises;
	uint32_t n_enterprises;
	const double *km; /* [region * n_regions + region]; of the files, or zv_plan_distances */
	const struct zv_plan_substitute *substitutes; /* by product, with */
	uint32_t n_substitutes;
	const struct zv_plan_bom *boms; /* by product, input */
	uint32_t n_boms;
	const struct zv_plan_commitment *commitments;
	uint32_t n_commitments;
	const struct zv_plan_cost *costs; /* by offer, region */
	uint32_t n_costs;
};

/* Values within the limits, indices within the arrays, tiers rising, sums that fit zv_i128, commitments that can be kept. ZV_E_INVALID, ZV_E_LIMIT name entity and field. */
ZV_MUST_CHECK enum zv_code zv_plan_problem_check(const struct zv_plan_problem *problem, struct zv_err *err);

/* 1.25 x great circle, 30 km inside a region: for callers without distances. out[n * n]. */
void zv_plan_distances(double *out, const struct zv_plan_region *regions, uint32_t n);

/* What is added to the unit price for this pair, micro-roubles per unit: freight, the substitute's extra; or, with *fixed, the whole delivered price (costs). */
int64_t zv_plan_freight(bool *fixed, const struct zv_plan_problem *problem, uint32_t offer, uint32_t need);

/* Tests of an arc in the order in which they are made; the names of the first failing one are the codes of the explanations. */
enum zv_plan_why {
	ZV_PLAN_FITS = 0,
	ZV_PLAN_NOMAKER,    /* A1 */
	ZV_PLAN_CONTROLLED, /* A2 */
	ZV_PLAN_VALIDITY,   /* A3: the offer is not to be launched in any period that fits */
	ZV_PLAN_LEAD,       /* A4 */
	ZV_PLAN_PRICE,      /* A5 */
	ZV_PLAN_MOQ,
	ZV_PLAN_LAUNCH,
	ZV_PLAN_CAPACITY,
	ZV_PLAN_PARCEL,     /* A6 */
	ZV_PLAN_PRIORITY,
	ZV_PLAN_INPUT,
	ZV_PLAN_SHARE,      /* the maker has its largest share (8) */
	ZV_PLAN_SEARCH,
	ZV_PLAN_WHY_COUNT
};

/* "NOMAKER" ...: stable words. */
const char *zv_plan_why_name(enum zv_plan_why why);

/* A1-A6 of need and offer over all periods and tiers: the first test that no (period, tier) passes, ZV_PLAN_FITS when one passes all. */
enum zv_plan_why zv_plan_pair_test(const struct zv_plan_problem *problem, uint32_t offer, uint32_t need);

#endif
