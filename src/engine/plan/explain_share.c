/* What each launched order and each limited maker has today, so that a need can be held against it. */
#include "engine/plan/explain_inner.h"

static int by_share(const void *a, const void *b)
{
	const struct explain_share *x = a, *y = b;

	if (x->product != y->product)
		return x->product < y->product ? -1 : 1;
	return x->maker < y->maker ? -1 : x->maker > y->maker;
}

void explain_shares(struct explain *e)
{
	const struct zv_plan_problem *p = e->problem;
	size_t n = 0;

	e->covered = zv_calloc((size_t)p->n_products + 1, sizeof(*e->covered));
	for (size_t i = 0; i < e->result->n_flows; i++) {
		const struct zv_plan_flow *flow = &e->result->flows[i];
		uint32_t product = p->needs[flow->need].product;

		e->covered[product] += flow->qty;
		if (p->products[product].max_share_ppm > 0)
			zv_vec_push(&e->shares, ((struct explain_share){product, p->offers[flow->offer].maker, flow->qty}));
	}
	if (e->shares.n == 0)
		return;
	qsort(e->shares.p, e->shares.n, sizeof(*e->shares.p), by_share);
	for (size_t i = 1; i < e->shares.n; i++) {
		if (by_share(&e->shares.p[n], &e->shares.p[i]) == 0)
			e->shares.p[n].qty += e->shares.p[i].qty;
		else
			e->shares.p[++n] = e->shares.p[i];
	}
	e->shares.n = n + 1;
}

bool explain_share_full(const struct explain *e, uint32_t need, uint32_t offer)
{
	const struct zv_plan_problem *p = e->problem;
	uint32_t product = p->needs[need].product;
	struct explain_share key = {product, p->offers[offer].maker, 0};
	const struct explain_share *has;
	zv_i128 qty = e->left[need];

	if (p->products[product].max_share_ppm <= 0)
		return false;
	has = e->shares.n > 0 ? bsearch(&key, e->shares.p, e->shares.n, sizeof(key), by_share) : NULL;
	qty += has != NULL ? has->qty : 0;
	return qty * ZV_PLAN_UNIT > (e->covered[product] + e->left[need]) * p->products[product].max_share_ppm;
}

void explain_holders(struct explain *e)
{
	const struct zv_plan_problem *p = e->problem;

	e->holders = zv_reallocarray(NULL, e->result->n_orders + 1, sizeof(*e->holders));
	for (size_t i = 0; i < e->result->n_orders; i++)
		e->holders[i] = (struct explain_holder){INT64_MAX, ZV_PLAN_PRIORITIES};
	for (size_t i = 0; i < e->result->n_flows; i++) {
		const struct zv_plan_flow *flow = &e->result->flows[i];
		const struct zv_plan_order *order = explain_order(e, flow->offer, flow->period);
		struct explain_holder *holder;
		bool fixed;
		int64_t worth = p->needs[flow->need].penalty - zv_plan_freight(&fixed, p, flow->offer, flow->need);

		if (order == NULL)
			continue;
		if (fixed)
			worth += e->tiers[p->offers[flow->offer].first_tier + order->tier].price;
		holder = &e->holders[order - e->result->orders];
		if (worth < holder->worth)
			*holder = (struct explain_holder){worth, p->needs[flow->need].priority};
	}
}
