/* Placing anew around one order: for re-planning after one change and for verifying explanations. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_REOPT_H
#define ZV_ENGINE_PLAN_REOPT_H

#include "engine/plan/plan.h"

struct zv_plan_live;

/* A live plan: the problem's arcs and the flows of a result, changeable. Holds pointers to both; freed with close. O(arcs) to open. ZV_E_LIMIT: memory. */
ZV_MUST_CHECK enum zv_code zv_plan_live_open(struct zv_plan_live **out, const struct zv_plan_problem *problem, const struct zv_plan_result *result,
					     struct zv_err *err);
void zv_plan_live_close(struct zv_plan_live *live);

/* What would change, for the length of one trial. Fields that are 0 change nothing. */
struct zv_plan_flip {
	uint32_t need;          /* the need that the flip is about; ZV_PLAN_NONE: none */
	int64_t ceiling_plus;   /* its ceiling, and its penalty with it, rise */
	int32_t earliest_minus, due_plus;
	bool splittable;        /* it may be split */
	bool licensed;          /* the licences are there */
	uint32_t offer;         /* the offer that it is about; ZV_PLAN_NONE: none */
	int32_t period;
	int64_t moq_minus;      /* its MOQ (and first tier's start) falls */
	int64_t launch_minus;   /* micro-roubles */
	int64_t price_minus;    /* at all tiers, micro-roubles per unit */
	int64_t hours_plus_uh;  /* capacity of its resource in `period` */
	int64_t beside_qty;     /* so much more demand like the rest of `need` in this order; not of incremental offers */
	int64_t extra_qty;      /* additional demand from `region` at delivered price `extra_price` */
	int64_t extra_price;
	uint32_t region;
};

struct zv_plan_trial {
	bool launched;       /* the order (offer, period) is open after it */
	int64_t need_qty;    /* of `need` covered after it */
	zv_i128 saves;       /* money by which the plan becomes cheaper; 0: nothing better was found */
};

/* Tries reopt(offer, period) under the flip and takes everything back. Deterministic. Microseconds: who would come to an order is remembered.
   `saves` may be less than placing others elsewhere would bring. */
void zv_plan_live_try(struct zv_plan_trial *out, struct zv_plan_live *live, uint32_t offer, int32_t period, const struct zv_plan_flip *flip);

/* From now on every trial gathers anew, and nothing is remembered from one to the next: slow, for tests. */
void zv_plan_live_plain(struct zv_plan_live *live);

/* State for explanations. */
int64_t zv_plan_live_covered(const struct zv_plan_live *live, uint32_t need);
int64_t zv_plan_live_order_qty(const struct zv_plan_live *live, uint32_t offer, int32_t period); /* 0: not launched */
int64_t zv_plan_live_used_uh(const struct zv_plan_live *live, uint32_t resource, int32_t period);

#endif
