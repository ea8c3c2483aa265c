/* Priorities one after another, and what no plan covers more of. Inside engine/plan; zv_plan_solve calls the first, zv_plan_solve_levels the second. */
#ifndef ZV_ENGINE_PLAN_STRICT_H
#define ZV_ENGINE_PLAN_STRICT_H

#include "engine/plan/plan.h"

/*
 * Strict mode: covers as much as it can of priority 1, then of 2 without giving up any of 1, ... and then saves money. Calls zv_plan_solve (priced) with changed
 * penalties; objective and parts of the answer are with the problem's own penalties, and its bound holds for all plans that cover at least as much of every
 * priority as this one. Fills levels[].bound, too.
 */
ZV_MUST_CHECK enum zv_code plan_strict_solve(struct zv_plan_result *out, const struct zv_plan_problem *problem, const struct zv_plan_options *options,
					     struct zv_err *err);

/*
 * levels[].bound of a result of either mode: per priority that has needs, a short dual ascent with that level's penalties alone. No plan covers more of the
 * priority, whatever it does with the others. Also sets levels[].strict_breaks.
 */
ZV_MUST_CHECK enum zv_code plan_level_bounds(const struct zv_plan_problem *problem, struct zv_plan_result *result, const struct zv_plan_options *options,
					     struct zv_err *err);

#endif
