/* What one more hour of each shared resource is worth to the plan. */
#include "engine/plan/explain_inner.h"

enum { FREE_PART = 50 };

/* Money that placing the order anew would save with so many more hours. */
static zv_i128 saved_with(const struct explain *e, const struct zv_plan_order *order, int64_t hours_uh)
{
	const struct zv_plan_flip flip = {.need = ZV_PLAN_NONE, .offer = order->offer, .period = order->period, .region = ZV_PLAN_NONE, .hours_plus_uh = hours_uh};
	struct zv_plan_trial trial;

	zv_plan_live_try(&trial, e->live, order->offer, order->period, &flip);
	return trial.saves;
}

/*
 * The prices of the bound are low where one order alone fills a resource: its hours stand in the order's own limit. There an hour more is tried on the plan;
 * what placing anew would save without it is the search's, not the hour's.
 */
static void try_hours(const struct explain *e, int64_t *prices)
{
	const struct zv_plan_problem *p = e->problem;

	for (size_t i = 0; i < e->result->n_orders; i++) {
		const struct zv_plan_order *order = &e->result->orders[i];
		uint32_t resource = p->offers[order->offer].resource;
		zv_i128 worth;
		size_t at;

		if (resource == ZV_PLAN_NONE)
			continue;
		at = (size_t)resource * (size_t)p->n_periods + (size_t)order->period;
		if (e->result->resource_price[at] > 0 || e->spare[at] > (zv_i128)p->capacity_uh[at] * ZV_PLAN_UNIT / FREE_PART)
			continue;
		worth = saved_with(e, order, ZV_PLAN_UNIT) / ZV_PLAN_UNIT;
		if (worth > prices[at])
			worth -= saved_with(e, order, 0) / ZV_PLAN_UNIT;
		if (worth > prices[at])
			prices[at] = (int64_t)worth;
	}
}

static int by_price_desc(const void *a, const void *b)
{
	const struct zv_plan_hour *x = a, *y = b;

	if (x->price != y->price)
		return x->price > y->price ? -1 : 1;
	if (x->resource != y->resource)
		return x->resource < y->resource ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

void explain_hours(const struct explain *e, struct zv_plan_explained *out)
{
	const struct zv_plan_problem *p = e->problem;
	size_t n_hours = (size_t)p->n_resources * (size_t)p->n_periods, n = 0;
	int64_t *prices = zv_calloc(n_hours + 1, sizeof(*prices));

	for (size_t i = 0; i < n_hours; i++)
		prices[i] = e->result->resource_price[i];
	try_hours(e, prices);
	for (size_t i = 0; i < n_hours; i++)
		n += prices[i] > 0;
	out->hours = ZV_ARENA_ARRAY(e->arena, struct zv_plan_hour, n + 1);
	for (size_t i = 0; i < n_hours; i++) {
		zv_i128 used = (zv_i128)p->capacity_uh[i] * ZV_PLAN_UNIT - e->spare[i];

		if (prices[i] > 0)
			out->hours[out->n_hours++] = (struct zv_plan_hour){(uint32_t)(i / (size_t)p->n_periods), (int32_t)(i % (size_t)p->n_periods), prices[i],
									  (int64_t)((used + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT), p->capacity_uh[i]};
	}
	qsort(out->hours, out->n_hours, sizeof(*out->hours), by_price_desc);
	free(prices);
}
