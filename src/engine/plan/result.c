/* Writes down a plan in integers: what is published is summed here, not taken from the search. */
#include "engine/plan/result.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

static int by_offer(const void *a, const void *b)
{
	const struct zv_plan_order *x = a, *y = b;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static int by_need(const void *a, const void *b)
{
	const struct zv_plan_flow *x = a, *y = b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static void add_flow(struct zv_plan_result *out, const struct plan_place *place, uint32_t slot, uint32_t need, int64_t qty)
{
	const struct plan_slot *s = &place->slots[slot];

	out->flows[out->n_flows++] = (struct zv_plan_flow){place->arcs->outer[need], place->arcs->offers[s->o], s->period, qty};
}

/* All but the signed ones. A need has few: in order at once, where a sort of all would take as much memory again. */
static void add_flows_by_need(struct zv_plan_result *out, const struct plan_place *place)
{
	for (uint32_t i = 0; i < place->arcs->n_needs; i++) {
		uint32_t need = place->arcs->inner[i];
		size_t first = out->n_flows;

		for (uint32_t f = place->first[need]; f != ZV_PLAN_NONE; f = place->flows.p[f].next)
			add_flow(out, place, place->flows.p[f].slot, need, place->flows.p[f].qty);
		if (out->n_flows - first > 1)
			qsort(out->flows + first, out->n_flows - first, sizeof(*out->flows), by_need);
	}
}

/* A signed flow and another one of the same order and need are one flow. */
static void merge_flows(struct zv_plan_result *out)
{
	size_t n = 0;

	for (size_t i = 0; i < out->n_flows; i++) {
		if (n > 0 && by_need(&out->flows[n - 1], &out->flows[i]) == 0)
			out->flows[n - 1].qty += out->flows[i].qty;
		else
			out->flows[n++] = out->flows[i];
	}
	out->n_flows = n;
}

static void count_constants(struct zv_plan_result *out, const struct plan_place *place)
{
	const struct plan_arcs *arcs = place->arcs;
	const struct zv_plan_problem *p = place->problem;

	for (uint32_t i = 0; i < arcs->n_needs; i++)
		if (arcs->need_pair[i] == arcs->need_pair[i + 1] && p->needs[arcs->outer[i]].penalty > 0)
			out->levels[p->needs[arcs->outer[i]].priority - 1].constant += arcs->qty[i];
}

void plan_result_fill(struct zv_plan_result *out, const struct plan_place *place)
{
	const struct plan_arcs *arcs = place->arcs;
	const struct zv_plan_problem *p = place->problem;
	size_t n_orders = 0, n_flows = arcs->n_kept;

	for (uint32_t slot = 0; slot < arcs->n_slots; slot++)
		n_orders += place->slots[slot].tier >= 0;
	for (uint32_t i = 0; i < arcs->n_needs; i++)
		for (uint32_t f = place->first[i]; f != ZV_PLAN_NONE; f = place->flows.p[f].next)
			n_flows++;
	free(out->orders);
	free(out->flows);
	out->orders = zv_reallocarray(NULL, n_orders + 1, sizeof(*out->orders));
	out->flows = zv_reallocarray(NULL, n_flows + 1, sizeof(*out->flows));
	out->n_orders = out->n_flows = 0;
	out->launches = out->prices = out->penalties = 0;
	for (uint32_t slot = 0; slot < arcs->n_slots; slot++) {
		const struct plan_slot *s = &place->slots[slot];
		const struct zv_plan_offer *offer = plan_offer_of(place, slot);

		if (s->tier < 0)
			continue;
		out->orders[out->n_orders++] = (struct zv_plan_order){arcs->offers[s->o], s->period, (uint32_t)s->tier, s->qty};
		out->launches += (zv_i128)offer->launch * ZV_PLAN_UNIT;
		out->prices += plan_tier_of(place, slot, s->tier)->fixed - (zv_i128)offer->launch * ZV_PLAN_UNIT;
		for (uint32_t f = s->first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next) {
			const struct plan_flow *flow = &place->flows.p[f];

			out->prices += (zv_i128)plan_price(plan_pair_of(place, flow->pair), plan_tier_of(place, slot, s->tier)) * flow->qty;
		}
	}
	add_flows_by_need(out, place);
	for (uint32_t k = 0; k < arcs->n_kept; k++) {
		const struct plan_signed *kept = &arcs->kept[k];
		int64_t price = kept->tiers & PLAN_FIXED ? 0 : plan_tier_of(place, kept->slot, place->slots[kept->slot].tier)->price;

		out->prices += (zv_i128)(kept->add + price) * kept->qty;
		add_flow(out, place, kept->slot, kept->need, kept->qty);
	}
	for (uint32_t i = 0; i < arcs->n_needs; i++)
		out->penalties += (zv_i128)p->needs[arcs->outer[i]].penalty * place->left[i];
	qsort(out->orders, out->n_orders, sizeof(*out->orders), by_offer);
	if (arcs->n_kept > 0) {
		qsort(out->flows, out->n_flows, sizeof(*out->flows), by_need);
		merge_flows(out);
	}
	out->objective = out->launches + out->prices + out->penalties;
	out->constant = arcs->constant;
	plan_levels_sum(out->levels, p, out->flows, out->n_flows);
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
		out->levels[w].constant = 0;
	count_constants(out, place);
}
