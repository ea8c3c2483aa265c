/*
 * Plans through several levels: an order of a product that has a bill of materials takes its inputs from other makers of the same plan, or buys them outside at
 * the bom's price. Method, bound and what the model says: docs/design/plan-levels.md.
 *
 * The answer is a plan over a `flat` problem: the problem's own needs first, then one derived need for each input of each launched order, of fixed quantity.
 * So everything that reads a problem and a plan (zv_plan_check, explanations, files, pages) reads this one, too. A derived need that is bought outside costs
 * its penalty; objective and bound are of the whole.
 */
#ifndef ZV_ENGINE_PLAN_LEVELS_H
#define ZV_ENGINE_PLAN_LEVELS_H

#include "base/arena.h"
#include "engine/plan/plan.h"

/* Need (problem->n_needs + i) of the flat problem. */
struct zv_plan_derived {
	uint32_t offer;   /* the order that takes the input ... */
	int32_t period;   /* ... its launch */
	uint32_t bom;     /* row of problem.boms */
	int32_t due;      /* launch - lag, the last period of delivery; below 0: only to be bought outside */
	int64_t qty;      /* taken in all, rounded up to whole quanta */
	int64_t bought;   /* of it from outside, at the bom's price */
	int64_t price;    /* psi: what one more unit is worth to the plan, micro-roubles */
	uint8_t priority; /* the highest of the needs that it serves in the end */
};

/* So much of a derived need serves this need of the problem in the end; rounded so that the pegs of a derived need sum up to its quantity. By derived, need. */
struct zv_plan_peg {
	uint32_t derived, need;
	int64_t qty;
};

/* A need that would have been covered if an input had not been missing. By need; those between levels behind. */
struct zv_plan_short {
	uint32_t need;   /* of the problem; ZV_PLAN_NONE: an input of another order, see `lower` of that one */
	uint32_t offer;  /* whose order lacked the input */
	int32_t period;
	uint32_t bom;    /* row of problem.boms: which input */
	int64_t qty;     /* of the input that was lacking for this need */
	uint32_t lower;  /* the short one level down that caused it, an index of `shorts`; ZV_PLAN_NONE: nobody had more of the input */
};

struct zv_plan_levels_result {
	struct zv_plan_problem flat; /* without boms when the problem has none: then a copy of it */
	struct zv_plan_result plan;  /* over flat; levels[] count the needs of the problem only; resource_price by resource and period as ever */
	struct zv_plan_derived *derived;
	size_t n_derived;
	struct zv_plan_peg *pegs;
	size_t n_pegs;
	struct zv_plan_short *shorts;
	size_t n_shorts;
	zv_i128 bought;      /* money for inputs from outside; part of plan.penalties and of the objective */
	int32_t n_levels;    /* of products: 1 when there are no boms */
	struct zv_arena *arena; /* of the flat problem's arrays */
};

/*
 * zv_plan_solve when the problem has no boms. Else: prices of needs, inputs and hours by dual ascent, then sweeps from finished goods down. The bound holds for
 * every plan with these boms, whatever the prices were. The caller frees with done, also after a failure. ZV_E_LIMIT: memory. ZV_E_INVALID: a signed order
 * cannot get its inputs.
 */
ZV_MUST_CHECK enum zv_code zv_plan_solve_levels(struct zv_plan_levels_result *out, const struct zv_plan_problem *problem, const struct zv_plan_options *options,
						struct zv_err *err);
void zv_plan_levels_done(struct zv_plan_levels_result *result);

struct zv_plan_checked;

/*
 * The independent check: zv_plan_check over the flat problem, that the flat problem is the problem and exactly the inputs of the orders, and that what is bought
 * outside may be. ZV_E_CONFLICT: the first violation in words. `levels` of the answer count the needs of the problem only.
 */
ZV_MUST_CHECK enum zv_code zv_plan_levels_check(struct zv_plan_checked *out, const struct zv_plan_problem *problem, const struct zv_plan_levels_result *result,
						struct zv_err *err);

/*
 * The flat problem from orders alone, for whoever reads a plan from a file: derived needs (bought, price and priority not known: 0, 0, 4) by offer, period and
 * bom, arrays in the arena. Orders by offer, period.
 */
void zv_plan_flatten(struct zv_plan_problem *flat, struct zv_plan_derived **derived, size_t *n_derived, const struct zv_plan_problem *problem,
		     const struct zv_plan_order *orders, size_t n_orders, struct zv_arena *arena);

#endif
