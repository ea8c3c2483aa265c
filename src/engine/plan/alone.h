/* What pooling is worth: which needs could be served if each stood alone, with orders of its own. */
#ifndef ZV_ENGINE_PLAN_ALONE_H
#define ZV_ENGINE_PLAN_ALONE_H

#include "engine/plan/problem.h"

struct zv_plan_alone {
	uint32_t needs; /* that could be served in full */
	zv_i128 qty;    /* quanta */
	zv_i128 value;  /* what they would pay at most, money */
};

/*
 * A need is served alone when a plan of the problem with this need and no other (and without signed flows, shares of makers, bills of materials and a limit of
 * candidates) would cover it in full and cost no more than its penalty. Where no single order can hold it, it is enough that orders of this need that pay for
 * themselves hold as much together: the count may be too high there, never too low. `served`: [n_needs] becomes 0 or 1; may be NULL.
 */
void zv_plan_alone(struct zv_plan_alone *out, uint8_t *served, const struct zv_plan_problem *problem);

#endif
