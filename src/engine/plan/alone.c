/* Each need by itself: is there an order that it fills to the minimum and pays for alone? */
#include "engine/plan/alone.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/plan/explain_inner.h"

struct alone {
	const struct zv_plan_problem *problem;
	struct explain_tier *tiers; /* as in the problem */
	uint32_t *offer_at;         /* [n_products + 1] in `offers` */
	uint32_t *offers;           /* by product, number */
	ZV_VEC(uint32_t) own;       /* offers that may serve the product at hand */
	int64_t *adds;              /* [own x region] */
	uint8_t *known;             /* 0 not yet, 1 added to the tier, 2 the whole price */
	size_t cap;
};

/* --- offers of a product ------------------------------------------------------------------------------------------------------- */

/* Numbers 0 .. n - 1 by their product; at[product] .. at[product + 1] in the answer. */
static uint32_t *by_product(uint32_t **at, const struct zv_plan_problem *p, uint32_t n, bool needs)
{
	uint32_t *out = zv_reallocarray(NULL, (size_t)n + 1, sizeof(*out)), *start = zv_calloc((size_t)p->n_products + 2, sizeof(*start));

	for (uint32_t i = 0; i < n; i++)
		start[(needs ? p->needs[i].product : p->offers[i].product) + 2]++;
	for (uint32_t i = 0; i < p->n_products; i++)
		start[i + 1] += start[i];
	for (uint32_t i = 0; i < n; i++)
		out[start[(needs ? p->needs[i].product : p->offers[i].product) + 1]++] = i;
	*at = start;
	return out;
}

static void add_offers(struct alone *a, uint32_t product)
{
	for (uint32_t i = a->offer_at[product]; i < a->offer_at[product + 1]; i++)
		zv_vec_push(&a->own, a->offers[i]);
}

static void own_offers(struct alone *a, uint32_t product)
{
	const struct zv_plan_problem *p = a->problem;

	a->own.n = 0;
	add_offers(a, product);
	for (uint32_t lo = explain_substitutes(p, product); lo < p->n_substitutes && p->substitutes[lo].product == product; lo++)
		if (p->substitutes[lo].with != product)
			add_offers(a, p->substitutes[lo].with);
	if (a->own.n * p->n_regions > a->cap) {
		a->cap = a->own.n * p->n_regions;
		a->adds = zv_reallocarray(a->adds, a->cap, sizeof(*a->adds));
		a->known = zv_realloc(a->known, a->cap);
	}
	if (a->own.n > 0)
		memset(a->known, 0, a->own.n * p->n_regions);
}

/* --- one order ------------------------------------------------------------------------------------------------------------------- */

/* As much of `wanted` as one launch in this period has hours for. */
static int64_t hours_hold(const struct zv_plan_problem *p, const struct zv_plan_offer *of, int32_t period, int64_t wanted)
{
	zv_i128 left;

	if (of->resource == ZV_PLAN_NONE)
		return wanted;
	left = (zv_i128)(p->capacity_uh[(size_t)of->resource * (size_t)p->n_periods + (size_t)period] - of->setup_uh) * ZV_PLAN_UNIT;
	if (left < 0)
		return 0;
	return of->hours_uh > 0 && left / of->hours_uh < wanted ? (int64_t)(left / of->hours_uh) : wanted;
}

static bool pays(const struct zv_plan_need *to, const struct explain_tier *tier, int64_t unit, int64_t qty)
{
	return (zv_i128)(to->penalty - unit) * qty >= tier->fixed;
}

/* The average price of an incremental ladder at the quantity keeps the ceiling. */
static bool bears(const struct zv_plan_need *to, const struct zv_plan_offer *of, const struct explain_tier *tier, int64_t unit, int64_t qty)
{
	zv_i128 extra = of->incremental ? tier->fixed - (zv_i128)of->launch * ZV_PLAN_UNIT : 0;

	return unit <= to->ceiling && extra <= (zv_i128)(to->ceiling - unit) * qty;
}

/* The most of a need that one order of an offer in one period could hold and pay for itself by it alone. */
static int64_t one_order(const struct alone *a, const struct zv_plan_need *to, const struct zv_plan_offer *of, int32_t period, int64_t add, bool fixed)
{
	int64_t best = 0, room = hours_hold(a->problem, of, period, to->qty);

	for (uint32_t s = 0; s < of->n_tiers; s++) {
		const struct explain_tier *tier = &a->tiers[of->first_tier + s];
		int64_t unit = fixed ? add : add + tier->price, qty = room < tier->top ? room : tier->top;

		if (qty <= best || qty < tier->b || qty < to->parcel || (to->single && qty < to->qty))
			continue;
		if (bears(to, of, tier, unit, qty) && (pays(to, tier, unit, qty) || pays(to, tier, unit, tier->b)))
			best = qty;
	}
	return best;
}

/* --- one need ---------------------------------------------------------------------------------------------------------------------- */

static bool may_serve(const struct zv_plan_problem *p, const struct zv_plan_offer *of, const struct zv_plan_need *to)
{
	return !p->products[of->product].controlled || (p->makers[of->maker].licensed && to->licensed);
}

static bool is_served(struct alone *a, uint32_t need)
{
	const struct zv_plan_problem *p = a->problem;
	const struct zv_plan_need *to = &p->needs[need];
	zv_i128 sum = 0;

	for (size_t i = 0; i < a->own.n; i++) {
		const struct zv_plan_offer *of = &p->offers[a->own.p[i]];
		size_t at = i * p->n_regions + to->region;
		int32_t lo, hi;

		if (to->qty < of->moq || !may_serve(p, of, to) || !explain_periods(&lo, &hi, p, of, to))
			continue;
		if (a->known[at] == 0) {
			bool fixed;

			a->adds[at] = zv_plan_freight(&fixed, p, a->own.p[i], need);
			a->known[at] = fixed ? 2 : 1;
		}
		for (int32_t period = lo; period <= hi; period++) {
			int64_t qty = one_order(a, to, of, period, a->adds[at], a->known[at] == 2);

			if (qty >= to->qty)
				return true;
			sum += qty;
		}
	}
	return sum >= to->qty;
}

void zv_plan_alone(struct zv_plan_alone *out, uint8_t *served, const struct zv_plan_problem *p)
{
	struct alone a = {.problem = p};
	uint32_t *need_at, *needs = by_product(&need_at, p, p->n_needs, true);

	*out = (struct zv_plan_alone){0};
	a.tiers = explain_tiers(p);
	a.offers = by_product(&a.offer_at, p, p->n_offers, false);
	for (uint32_t product = 0; product < p->n_products; product++) {
		if (need_at[product] < need_at[product + 1])
			own_offers(&a, product);
		for (uint32_t i = need_at[product]; i < need_at[product + 1]; i++) {
			bool is = is_served(&a, needs[i]);

			if (served != NULL)
				served[needs[i]] = is;
			out->needs += is;
			out->qty += is ? p->needs[needs[i]].qty : 0;
			out->value += is ? (zv_i128)p->needs[needs[i]].qty * p->needs[needs[i]].ceiling : 0;
		}
	}
	zv_vec_done(&a.own);
	free(a.adds);
	free(a.known);
	free(a.tiers);
	free(a.offers);
	free(a.offer_at);
	free(needs);
	free(need_at);
}
