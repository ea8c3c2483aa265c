/*
 * The least that the orders of one resource in one period can cost at given prices of the needs: with the hours at their price, or shared out exactly over the tiers that
 * the orders may have, whichever is higher. Whole numbers, every rounding downwards. Inside engine/plan.
 */
#ifndef ZV_ENGINE_PLAN_BOUND_HOURS_H
#define ZV_ENGINE_PLAN_BOUND_HOURS_H

#include "base/vec.h"
#include "engine/plan/bound_order.h"

struct bound_hours {
	ZV_VEC(struct bound_option) options; /* by order */
	ZV_VEC(uint32_t) first;              /* option of each order, and the end */
	ZV_VEC(zv_i128) rest;                /* the best of this order and all after it */
	ZV_VEC(uint32_t) chosen;
	int period;
	int64_t capacity;
	zv_i128 best;
	uint32_t leaves;
};

/* Money, at most 0 unless signed flows cost something. `capacity` in micro-hours, -1: no resource. `hour_price` micro-roubles per hour. */
zv_i128 bound_period(struct bound_hours *h, const struct plan_arcs *arcs, const struct bound_offer *offers, uint32_t n, int period, int64_t hour_price, int64_t capacity);
void bound_hours_done(struct bound_hours *h);

#endif
