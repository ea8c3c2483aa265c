/* The certificate of a multi-level plan: the one-level bound of the wide problem with inputs priced into the orders, in integers, against us. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/bound.h"
#include "engine/plan/levels_inner.h"

static const int64_t DEAREST = INT64_C(2000000000000000000);

static int64_t held(int64_t price, const struct zv_plan_need *need)
{
	return price < 0 ? 0 : price < need->penalty ? price : need->penalty;
}

/* What the inputs of one unit cost at the least: rounded down, in favour of the order. */
static int64_t inputs_price(const struct plan_wide *wide, uint32_t offer, const int64_t *need_price)
{
	zv_i128 sum = 0;

	for (uint32_t i = wide->input_start[offer]; i < wide->input_start[offer + 1]; i++) {
		uint32_t node = wide->inputs[i].node;

		sum += (zv_i128)held(need_price[node], &wide->problem.needs[node]) * wide->inputs[i].ppm;
	}
	sum /= 1000000;
	return sum < DEAREST ? (int64_t)sum : DEAREST;
}

static void add_price(struct plan_arcs *arcs, uint32_t place, int64_t more)
{
	const struct zv_plan_offer *offer = &arcs->problem->offers[arcs->offers[place]];

	if (more == 0)
		return;
	for (uint32_t s = 0; s < offer->n_tiers; s++)
		arcs->tiers[offer->first_tier + s].price += more;
	for (uint32_t j = arcs->pair[place]; j < arcs->pair[place + 1]; j++)
		arcs->pairs[j].add += arcs->pairs[j].tiers & PLAN_FIXED ? more : 0;
	for (uint32_t i = 0; i < arcs->n_kept; i++)
		if (arcs->kept[i].place == place && arcs->kept[i].tiers & PLAN_FIXED)
			arcs->kept[i].add += more;
}

zv_i128 plan_levels_bound(struct plan_wide *wide, const int64_t *need_price, const int64_t *hour_price)
{
	struct plan_arcs *arcs = wide->arcs;
	int64_t *inner = zv_reallocarray(NULL, (size_t)arcs->n_needs + 1, sizeof(*inner));
	int64_t *inputs = zv_reallocarray(NULL, (size_t)arcs->n_offers + 1, sizeof(*inputs));
	zv_i128 bound;

	for (uint32_t i = 0; i < arcs->n_needs; i++)
		inner[arcs->inner[i]] = held(need_price[i], &wide->problem.needs[i]);
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		inputs[o] = inputs_price(wide, arcs->offers[o], need_price);
		add_price(arcs, o, inputs[o]);
	}
	bound = plan_bound(arcs, inner, hour_price);
	for (uint32_t i = wide->from->n_needs; i < wide->problem.n_needs; i++)
		bound -= (zv_i128)inner[arcs->inner[i]] * arcs->qty[arcs->inner[i]];
	for (uint32_t o = 0; o < arcs->n_offers; o++)
		add_price(arcs, o, -inputs[o]);
	free(inner);
	free(inputs);
	return bound;
}
