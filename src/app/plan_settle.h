/* What the registers ask of a plan beyond the engine's model: no tolerance before the need itself, and no half pieces. */
#ifndef ZV_APP_PLAN_SETTLE_H
#define ZV_APP_PLAN_SETTLE_H

#include "app/plan_problem.h"
#include "engine/plan/plan.h"

/* Changes orders and flows in place (their number may only fall, or flows move between a need and its tolerance); sums of the result are stale afterwards. */
void zv_plan_settle(struct zv_plan_result *result, const struct zv_plan_source *source);

#endif
