/* Every order that could serve a need if all its tests were passed, by what that would cost: for needs whose cheapest single changes do not do. */
#include "engine/plan/explain_inner.h"

/* By convention a period of waiting is worth 1/20 of what the need would pay, a permit all of it. */
enum { PERIOD_PART = 20 };

struct placing {
	const struct explain *e;
	uint32_t need;
	struct explain_flip *out;
	size_t n, max;
};

static void keep(struct placing *p, const struct explain_flip *one)
{
	size_t i = p->n;

	if (i == p->max && p->out[i - 1].cost <= one->cost)
		return;
	i = i == p->max ? i - 1 : p->n++;
	for (; i > 0 && p->out[i - 1].cost > one->cost; i--)
		p->out[i] = p->out[i - 1];
	p->out[i] = *one;
}

/* What one order of the offer in this period lacks for the need, in money. */
static double lacks(const struct explain *e, const struct zv_plan_offer *of, uint32_t offer, int32_t period, int64_t left)
{
	const struct explain_tier *tier = &e->tiers[of->first_tier];
	const struct zv_plan_order *order = explain_order(e, offer, period);
	int64_t room = explain_room(e, offer, period, order == NULL), wanted = left;
	double cost = 0;

	if (order == NULL) {
		cost += (double)tier->fixed;
		cost += left < tier->b ? (double)(tier->b - left) * (double)tier->price : 0;
		wanted = left > tier->b ? left : tier->b;
	} else if (tier[order->tier].top - order->qty < left) {
		cost += (double)(left - (tier[order->tier].top - order->qty)) * (double)tier->price;
	}
	return cost + (room < wanted ? (double)(wanted - room) * (double)tier->price : 0);
}

static void place_at(struct placing *p, uint32_t offer, int32_t period, int64_t rise, bool permit)
{
	const struct explain *e = p->e;
	const struct zv_plan_need *to = &e->problem->needs[p->need];
	const struct zv_plan_offer *of = &e->problem->offers[offer];
	int32_t at = period + of->lead, shift = at > to->due ? at - to->due : at < to->earliest ? to->earliest - at : 0;
	int64_t left = e->left[p->need];
	double worth = (double)to->ceiling * (double)left;
	struct explain_flip one = {.target = of->max >= left ? left : 1};
	enum zv_plan_why why = permit ? ZV_PLAN_CONTROLLED : shift > 0 ? ZV_PLAN_LEAD : ZV_PLAN_PRICE;

	/* Three changes at once are asked of nobody. */
	if (permit + (shift > 0) + (rise > 0) > 2)
		return;
	if (shift > 0 && of->lead + of->from <= to->due && (period > of->until || to->due - of->lead < of->from || to->earliest - of->lead > of->until) &&
	    to->due - of->lead >= 0)
		why = permit ? why : ZV_PLAN_VALIDITY;
	if (!permit && shift == 0 && rise == 0)
		rise = EXPLAIN_KOPECK;
	one.cost = (double)rise * (double)left + worth / PERIOD_PART * shift + (permit ? worth : 0) + lacks(e, of, offer, period, left);
	one.because = (struct zv_plan_because){.need = p->need, .qty = left, .why = why, .kind = explain_kind(why), .offer = offer, .period = period, .input = ZV_PLAN_NONE,
					       .figure = why == ZV_PLAN_PRICE ? rise : why == ZV_PLAN_CONTROLLED ? 0 : shift};
	keep(p, &one);
}

static void place_offer(struct placing *p, uint32_t offer)
{
	const struct zv_plan_problem *problem = p->e->problem;
	const struct zv_plan_need *to = &problem->needs[p->need];
	const struct zv_plan_offer *of = &problem->offers[offer];
	bool permit = problem->products[of->product].controlled && !(problem->makers[of->maker].licensed && to->licensed);
	int32_t lo = of->from < 0 ? 0 : of->from, hi = of->until > problem->n_periods - 1 ? problem->n_periods - 1 : of->until;

	for (int32_t period = lo; period <= hi; period++) {
		const struct zv_plan_order *order = explain_order(p->e, offer, period);
		struct explain_miss at = {offer, (int16_t)period, order != NULL ? (uint8_t)order->tier : 0};
		int64_t rise = explain_miss_figure(p->e, p->need, &at, MISS_PRICE_OPEN);

		place_at(p, offer, period, rise > 0 ? rise : 0, permit);
	}
}

size_t explain_places(struct explain_flip *out, size_t max, const struct explain *e, uint32_t need)
{
	const struct zv_plan_problem *problem = e->problem;
	struct placing p = {.e = e, .need = need, .out = out, .max = max};
	uint32_t product = problem->needs[need].product, at = explain_substitutes(problem, product);

	for (uint32_t i = e->offer_at[product]; i < e->offer_at[product] + e->offer_n[product]; i++)
		place_offer(&p, e->offers[i]);
	for (; at < problem->n_substitutes && problem->substitutes[at].product == product; at++) {
		uint32_t with = problem->substitutes[at].with;

		for (uint32_t i = e->offer_at[with]; with != product && i < e->offer_at[with] + e->offer_n[with]; i++)
			place_offer(&p, e->offers[i]);
	}
	return p.n;
}
