/* What the registers ask of a plan beyond the engine's model: no tolerance before the need itself, no half pieces, no crumbs. */
#ifndef ZV_APP_PLAN_SETTLE_H
#define ZV_APP_PLAN_SETTLE_H

#include "app/plan_problem.h"
#include "engine/plan/plan.h"

/* Changes orders and flows in place (their number may only fall, or flows move between a need and its tolerance); sums of the result are stale afterwards. */
void zv_plan_settle(struct zv_plan_result *result, const struct zv_plan_source *source);

/*
 * Tolerances of needs that may not be split which the result fills from another order than the need's own: marked in stray[problem.n_needs], and counted as far as
 * they were not marked before. zv_plan_settle is for results without any.
 */
size_t zv_plan_strays(bool *stray, const struct zv_plan_result *result, const struct zv_plan_source *source);

#endif
