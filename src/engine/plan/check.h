/* The independent checker: every constraint and the objective from the problem alone. Shares no code with the solver but problem.h's arrays. */
#ifndef ZV_ENGINE_PLAN_CHECK_H
#define ZV_ENGINE_PLAN_CHECK_H

#include "engine/plan/plan.h"

struct zv_plan_checked {
	zv_i128 objective, launches, prices, penalties, constant;
	struct zv_plan_level levels[ZV_PLAN_PRIORITIES]; /* without bound */
};

/* ZV_E_CONFLICT: the first violation, named with its entity, both figures and the constraint. Orders and flows in any order. */
ZV_MUST_CHECK enum zv_code zv_plan_check(struct zv_plan_checked *out, const struct zv_plan_problem *problem, const struct zv_plan_order *orders, size_t n_orders,
					 const struct zv_plan_flow *flows, size_t n_flows, struct zv_err *err);

/* A lower bound from prices alone, in integers and rounded down, by code of its own (dense, slow, plain): the second method for the solver's bound. */
zv_i128 zv_plan_check_bound(const struct zv_plan_problem *problem, const int64_t *need_price, const int64_t *resource_price);

#endif
