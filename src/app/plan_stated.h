/* What a plan.json states besides its orders and flows, held against what they come to. */
#ifndef ZV_APP_PLAN_STATED_H
#define ZV_APP_PLAN_STATED_H

#include "app/plan_json.h"
#include "engine/plan/check.h"

/*
 * Of a plan that has passed zv_plan_levels_check with `checked`: sums, unit prices and the list of what is not covered, each where the file states it. Sums may be
 * off by a kopeck or 1e-9, prices by a kopeck, the gap by 1e-6. ZV_E_CONFLICT: both figures in words.
 */
ZV_MUST_CHECK enum zv_code zv_plan_stated_check(const struct zv_plan_read *read, const struct zv_plan_problem *problem, const struct zv_plan_checked *checked,
						struct zv_err *err);

#endif
