/*
 * The national plan: a plan, a bound that no plan can beat, and prices that prove it. Method: docs/design/plan-engine.md.
 *
 * Lagrangian prices on needs and on hours of shared resources make every (offer, period) independent; the sum of their best values is a lower bound
 * whatever the prices are. The plan comes from the averaged launches by greedy, local search and exact kernels over blocks.
 * Deterministic: the budget is counted in iterations, the threads share work by product, so that any number of threads gives the same bytes.
 */
#ifndef ZV_ENGINE_PLAN_PLAN_H
#define ZV_ENGINE_PLAN_PLAN_H

#include "engine/plan/problem.h"

struct zv_plan_order {
	uint32_t offer;
	int32_t period;
	uint32_t tier; /* in which the quantity falls, from 0 */
	int64_t qty;
};

struct zv_plan_flow {
	uint32_t need, offer;
	int32_t period;
	int64_t qty;
};

/* Sums over the needs of one priority. */
struct zv_plan_level {
	uint32_t needs, covered_needs; /* covered in full */
	zv_i128 qty, covered, constant; /* quanta; constant: of needs that no offer can serve */
	zv_i128 bound;   /* no plan covers more of this priority */
	bool strict_breaks; /* priced mode: a lower priority is served where this one could be */
};

struct zv_plan_result {
	struct zv_plan_order *orders; /* by offer, period */
	size_t n_orders;
	struct zv_plan_flow *flows; /* by need, offer, period */
	size_t n_flows;
	zv_i128 objective;  /* money, 1e-12 roubles */
	zv_i128 bound;      /* no plan costs less; evaluated in integers, rounded down */
	zv_i128 constant;   /* penalty of needs that no offer can serve; part of both */
	zv_i128 launches, prices, penalties; /* parts of the objective */
	struct zv_plan_level levels[ZV_PLAN_PRIORITIES]; /* [priority - 1] */
	int64_t *need_price;     /* [n_needs]: lambda, value of one more unit, micro-roubles */
	int64_t *resource_price; /* [n_resources * n_periods]: mu, micro-roubles per hour, >= 0 */
	int64_t iterations;      /* of the prices */
	bool proved;             /* objective == bound up to the rounding of money */
	bool stopped;            /* by `stop`, before the budget was spent: the plan is the best so far */
};

/* Prices of an earlier run, for the same arrays (the app carries them over by identifier). */
struct zv_plan_prices {
	const int64_t *need;     /* INT64_MIN: none known */
	const int64_t *resource;
};

enum zv_plan_stage { ZV_PLAN_ARCS, ZV_PLAN_PRICES, ZV_PLAN_GREEDY, ZV_PLAN_IMPROVE, ZV_PLAN_KERNEL, ZV_PLAN_CHECK };

struct zv_plan_options {
	int64_t iterations;  /* of the prices; 0: by size */
	int64_t effort;      /* of search, 100: normal; 0 is 100 */
	int32_t threads;     /* 0: 1 */
	bool strict;         /* priorities one after another, instead of by price */
	const struct zv_plan_prices *prices; /* NULL: from cold */
	size_t memory_max;   /* bytes for everything the solve allocates, 0: no limit. ZV_E_LIMIT before anything is done when it cannot be enough */
	/* Asked often; true: end soon with the best plan so far. NULL: never. From one thread at a time. */
	bool (*stop)(void *context);
	/* done of 1000 of the whole, the best plan and bound so far (0 until there are any). NULL: nobody wants to know. */
	void (*progress)(void *context, enum zv_plan_stage stage, int done_ppt, zv_i128 objective, zv_i128 bound);
	void *context;
};

/* The problem has passed zv_plan_problem_check. The caller frees with done, also after a failure. ZV_E_LIMIT: memory. */
ZV_MUST_CHECK enum zv_code zv_plan_solve(struct zv_plan_result *out, const struct zv_plan_problem *problem, const struct zv_plan_options *options,
					 struct zv_err *err);
void zv_plan_result_done(struct zv_plan_result *result);

#endif
