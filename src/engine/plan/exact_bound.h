/* The bound of a part at given prices, in integers. Inside engine/plan/exact. */
#ifndef ZV_ENGINE_PLAN_EXACT_BOUND_H
#define ZV_ENGINE_PLAN_EXACT_BOUND_H

#include "engine/plan/exact.h"

#define PLAN_EXACT_PRICE_MAX INT64_C(1000000000000000000)

#define PLAN_EXACT_SHARE_MAX INT64_C(1000000000000000)

struct plan_exact_prices {
	int64_t *need;  /* [n_needs] at most the need's penalty */
	int64_t *shares; /* [n_shares] per unit, 0 .. PLAN_EXACT_SHARE_MAX */
	int64_t *hours; /* [n_slots] of its hours, at least 0; slots of the same hours have the same */
};

/* `lower`, `upper` [n_cols]: what the node has fixed of the columns that are whole. */
zv_i128 plan_exact_bound(const struct plan_kernel_part *part, const struct plan_rows *rows, const struct plan_exact_prices *prices, const uint8_t *lower,
			 const uint8_t *upper);

#endif
