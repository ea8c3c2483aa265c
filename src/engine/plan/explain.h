/*
 * Why needs stay uncovered, what would change it, and what is near a launch: docs/design/plan-explain.md. `verified`: with that change (and the one of `also`,
 * where there is one) and nothing else, placing anew covers the need; else the figure is what lacks at this test, and another one would fail after it.
 */
#ifndef ZV_ENGINE_PLAN_EXPLAIN_H
#define ZV_ENGINE_PLAN_EXPLAIN_H

#include "base/arena.h"
#include "engine/plan/alone.h"
#include "engine/plan/plan.h"

enum zv_plan_figure { ZV_PLAN_FIG_NONE, ZV_PLAN_FIG_QTY, ZV_PLAN_FIG_PRICE, ZV_PLAN_FIG_MONEY, ZV_PLAN_FIG_PERIODS, ZV_PLAN_FIG_HOURS };

/* INPUT: one level of why an input is short. */
struct zv_plan_link {
	uint32_t offer;       /* whose order lacks it */
	int32_t period;
	uint32_t input;       /* a product */
	int64_t qty;          /* of it that is short */
	enum zv_plan_why why; /* why this much is not to be had there */
	enum zv_plan_figure kind;
	int64_t figure;
	uint32_t from;        /* the offer of the input that comes nearest; ZV_PLAN_NONE: none */
};

struct zv_plan_because {
	uint32_t need;
	int64_t qty;              /* not covered */
	enum zv_plan_why why;
	enum zv_plan_figure kind; /* of `figure` */
	int64_t figure;           /* quanta, micro-roubles per unit, micro-roubles, periods, micro-hours: what would flip it */
	uint32_t offer;           /* ZV_PLAN_NONE: none of this product */
	int32_t period;           /* -1: none */
	uint32_t tier;
	uint32_t input;           /* INPUT: the product that is short; PRODUCT nearest for NOMAKER; else ZV_PLAN_NONE */
	uint8_t displaced;        /* PRIORITY, CAPACITY: priority of what has the place now; 0: not known */
	bool verified;
	enum zv_plan_why also;    /* the test that fails after `why`, at the same order; FITS: none. PRICE and PRIORITY: the ceiling is to be higher */
	enum zv_plan_figure also_kind;
	int64_t also_figure;      /* above what `figure` gives already */
	const struct zv_plan_link *chain; /* INPUT: this level and those below it */
	uint32_t n_chain;
};

/* An offer of which some order is a step from its launch: the order where least lacks, and what that is. */
struct zv_plan_unlock {
	uint32_t offer;
	int32_t period;
	uint32_t tier;
	int64_t pool;       /* quanta that would join today */
	int64_t lack_qty;   /* to the tier's start */
	int64_t lack_money; /* micro-roubles of margin to the launch cost */
	uint32_t region;    /* the dearest-paying region whose extra quantity unlocks it with the least ... */
	int64_t extra_qty;  /* ... extra quanta ... */
	int64_t extra_price; /* ... at this delivered price, micro-roubles per unit */
	int64_t moq_today, launch_today, price_today; /* at which it would be launched now; -1: none would do */
	const uint32_t *joiners; /* existing needs that would join, cheapest first */
	const int64_t *joiner_raise; /* by how much each ceiling would have to rise; 0: its window by one period */
	size_t n_joiners;
	bool verified;
};

/* So much more moves a launched order to its next tier. */
struct zv_plan_next_tier {
	uint32_t offer;
	int32_t period;
	uint32_t tier; /* the next one */
	int64_t lack;
	int64_t saves; /* micro-roubles per unit that every member saves */
};

/* Value of one more hour; sorted by value. */
struct zv_plan_hour {
	uint32_t resource;
	int32_t period;
	int64_t price; /* micro-roubles per hour */
	int64_t used_uh, capacity_uh;
};

/* A product whose needs wait for a maker: where an import-substitution project pays. By value, largest first. */
struct zv_plan_missing {
	uint32_t product;
	uint32_t needs, regions, enterprises;
	int64_t qty;
	zv_i128 value;   /* what the needs would pay together, money */
	int64_t moq;     /* a maker with a MOQ below ... */
	int64_t price;   /* ... and a delivered price below serves them all (price of the last), half of them: */
	int64_t half_price;
};

struct zv_plan_explained {
	struct zv_plan_because *because; /* by need */
	size_t n_because;
	struct zv_plan_unlock *unlocks; /* nearest first */
	size_t n_unlocks;
	struct zv_plan_next_tier *next_tiers;
	size_t n_next_tiers;
	struct zv_plan_hour *hours;
	size_t n_hours;
	struct zv_plan_missing *missing;
	size_t n_missing;
	struct zv_plan_alone alone; /* what pooling is worth: the needs that could be served without it */
};

/* All arrays in `arena`. `unlocks_max`, 0: 1,000. */
ZV_MUST_CHECK enum zv_code zv_plan_explain(struct zv_plan_explained *out, const struct zv_plan_problem *problem, const struct zv_plan_result *result,
					   size_t unlocks_max, struct zv_arena *arena, struct zv_err *err);

struct zv_plan_levels_result;

/*
 * The same of a plan through several levels, over its flat problem. A need whose input is short is INPUT, with the chain down to where it begins. Nothing that
 * an order with inputs would have to do is called verified: trials do not see what its inputs cost.
 */
ZV_MUST_CHECK enum zv_code zv_plan_explain_levels(struct zv_plan_explained *out, const struct zv_plan_problem *problem,
						  const struct zv_plan_levels_result *result, size_t unlocks_max, struct zv_arena *arena, struct zv_err *err);

#endif
