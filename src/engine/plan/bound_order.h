/* The most that one order can save at given prices of the needs and of an hour: needs that may not be split whole. Whole numbers, every rounding upwards. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_BOUND_ORDER_H
#define ZV_ENGINE_PLAN_BOUND_ORDER_H

#include "engine/plan/arcs.h"

struct bound_pair {
	int64_t key; /* price of the need - what is added to the tier's price */
	int64_t qty;
	uint32_t pair;
};

struct bound_offer {
	uint32_t o; /* place */
	const struct zv_plan_offer *offer;
	const struct plan_tier *tiers;
	uint32_t n;
	const struct bound_pair *pairs; /* of tier t: pairs + t * stride, by falling key */
	size_t stride;
};

/* A tier that an order may have. */
struct bound_option {
	const struct bound_offer *of;
	uint32_t tier;
	int64_t cap;    /* quanta: of the tier and of all hours */
	int64_t kept;   /* signed */
	zv_i128 fixed;  /* money: launch, and signed flows at the tier's price */
	zv_i128 worth;  /* money saved at the price at hand; may be below 0 */
};

/* Dearer hours count as this dear, which only lowers the bound. */
#define BOUND_RATE_MAX (INT64_C(1) << 61)

/* What a tier saves that cannot be filled. */
#define BOUND_NOTHING (-((zv_i128)1 << 120))

/*
 * The most money that a tier can save when an hour costs `hour_price`; BOUND_NOTHING: its least quantity cannot be reached. *hours: micro-hours x UNIT of the order
 * that saves most when all needs may be split, a guide to the hour's price. Branches over the needs that this splits and that may not be, within a number of nodes;
 * past it the value of a branch with its needs split counts. Cost: pairs x nodes.
 */
zv_i128 bound_order(zv_i128 *hours, const struct bound_option *one, const struct plan_arcs *arcs, int period, int64_t hour_price);

#endif
