/* A plan under construction as a result: orders and flows in order, sums in integers. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_RESULT_H
#define ZV_ENGINE_PLAN_RESULT_H

#include "engine/plan/place.h"

/* Orders, flows, objective and its parts, levels. Prices and bound are left as they are. */
void plan_result_fill(struct zv_plan_result *out, const struct plan_place *place);

#endif
