/* The certificate: the Lagrangian bound of given prices in integers, every rounding against us. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_BOUND_H
#define ZV_ENGINE_PLAN_BOUND_H

#include "engine/plan/arcs.h"

/*
 * Money that no plan over these arcs can stay below: sum price x qty + sum over slots of min(0, best tier) - sum hour price x capacity. `need_price` by own
 * number, at most the penalty (higher ones count as the penalty); `hour_price` >= 0. O(pairs x periods x tiers).
 */
zv_i128 plan_bound(const struct plan_arcs *arcs, const int64_t *need_price, const int64_t *hour_price);

#endif
