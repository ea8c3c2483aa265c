/* What one more hour of each shared resource is worth to the plan. */
#include "engine/plan/explain_inner.h"

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

	for (size_t i = 0; e->result->resource_price != NULL && i < n_hours; i++)
		n += e->result->resource_price[i] > 0;
	out->hours = ZV_ARENA_ARRAY(e->arena, struct zv_plan_hour, n + 1);
	for (size_t i = 0; n > 0 && i < n_hours; i++) {
		zv_i128 used = (zv_i128)p->capacity_uh[i] * ZV_PLAN_UNIT - e->spare[i];

		if (e->result->resource_price[i] > 0)
			out->hours[out->n_hours++] = (struct zv_plan_hour){(uint32_t)(i / (size_t)p->n_periods), (int32_t)(i % (size_t)p->n_periods),
									  e->result->resource_price[i], (int64_t)((used + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT),
									  p->capacity_uh[i]};
	}
	qsort(out->hours, out->n_hours, sizeof(*out->hours), by_price_desc);
}
