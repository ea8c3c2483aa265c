/* A whole small problem as one part. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/plan/whole.h"

static void costs_of(int64_t *cost, const struct plan_arcs *arcs, uint16_t tiers, int64_t add, const struct zv_plan_offer *offer)
{
	for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
		cost[s] = INT64_MAX;
		if (s < offer->n_tiers && (tiers >> s & 1) != 0)
			cost[s] = tiers & PLAN_FIXED ? add : add + arcs->tiers[offer->first_tier + s].price;
	}
}

static uint32_t count_arcs(const struct plan_arcs *arcs)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < arcs->n_pairs; j++)
		n += (uint32_t)(arcs->pairs[j].hi - arcs->pairs[j].lo) + 1;
	return n;
}

/* The slots of one offer and their arcs. */
static void slots_of(struct plan_whole *w, const struct plan_arcs *arcs, uint32_t o)
{
	const struct zv_plan_problem *p = arcs->problem;
	const struct zv_plan_offer *offer = &p->offers[arcs->offers[o]];
	uint32_t n = w->part.n_arcs;

	for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++) {
		int32_t period = arcs->from[o] + (int32_t)(slot - arcs->slot[o]);

		w->slots[slot] = (struct plan_kernel_slot){arcs->offers[o], period};
		w->left_uh[slot] = offer->resource == ZV_PLAN_NONE ? INT64_MAX : p->capacity_uh[(size_t)offer->resource * (size_t)p->n_periods + (size_t)period];
		w->tier[slot] = -1;
		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			if (period < arcs->pairs[j].lo || period > arcs->pairs[j].hi)
				continue;
			w->arcs[n].slot = slot;
			w->arcs[n].need = arcs->pairs[j].need;
			costs_of(w->arcs[n].cost, arcs, arcs->pairs[j].tiers, arcs->pairs[j].add, offer);
			w->pair[n++] = j;
		}
	}
	w->part.n_arcs = n;
}

static void signed_flows(struct plan_whole *w, const struct plan_arcs *arcs)
{
	for (uint32_t i = 0; i < arcs->n_kept; i++) {
		const struct plan_signed *s = &arcs->kept[i];
		const struct zv_plan_offer *offer = &arcs->problem->offers[w->slots[s->slot].offer];

		w->kept[i].slot = s->slot;
		w->kept[i].need = s->need;
		w->kept[i].qty = s->qty;
		costs_of(w->kept[i].cost, arcs, s->tiers, s->add, offer);
	}
	w->part.n_kept = arcs->n_kept;
}

/* Every maker that may serve, or has signed for, needs of a product with a limit. */
static void shares_of(struct plan_whole *w, const struct plan_arcs *arcs)
{
	const struct zv_plan_problem *p = arcs->problem;
	zv_i128 *covered = zv_calloc((size_t)p->n_products + 1, sizeof(*covered));
	zv_i128 *has = zv_calloc((size_t)p->n_makers + 1, sizeof(*has));
	bool *serves = zv_calloc((size_t)p->n_makers + 1, sizeof(*serves));
	ZV_VEC(struct plan_kernel_share) all = {0};

	for (uint32_t k = 0; k < arcs->n_kept; k++)
		covered[p->needs[arcs->outer[arcs->kept[k].need]].product] += arcs->kept[k].qty;
	for (uint32_t product = 0; product < p->n_products; product++) {
		int64_t ppm = p->products[product].max_share_ppm;

		if (ppm == 0)
			continue;
		memset(has, 0, (size_t)p->n_makers * sizeof(*has));
		memset(serves, 0, (size_t)p->n_makers * sizeof(*serves));
		for (uint32_t a = 0; a < w->part.n_arcs; a++)
			if (p->needs[arcs->outer[w->arcs[a].need]].product == product)
				serves[p->offers[w->slots[w->arcs[a].slot].offer].maker] = true;
		for (uint32_t k = 0; k < arcs->n_kept; k++)
			if (p->needs[arcs->outer[arcs->kept[k].need]].product == product) {
				has[p->offers[w->slots[arcs->kept[k].slot].offer].maker] += arcs->kept[k].qty;
				serves[p->offers[w->slots[arcs->kept[k].slot].offer].maker] = true;
			}
		for (uint32_t maker = 0; maker < p->n_makers; maker++)
			if (serves[maker])
				zv_vec_push(&all, ((struct plan_kernel_share){maker, product, ppm, covered[product] * ppm - has[maker] * ZV_PLAN_UNIT}));
	}
	w->shares = all.p;
	w->part.n_shares = (uint32_t)all.n;
	free(covered);
	free(has);
	free(serves);
}

void plan_whole_open(struct plan_whole *out, const struct plan_arcs *arcs)
{
	size_t n = count_arcs(arcs);

	memset(out, 0, sizeof(*out));
	out->slots = zv_calloc((size_t)arcs->n_slots + 1, sizeof(*out->slots));
	out->left_uh = zv_calloc((size_t)arcs->n_slots + 1, sizeof(*out->left_uh));
	out->tier = zv_calloc((size_t)arcs->n_slots + 1, sizeof(*out->tier));
	out->arcs = zv_calloc(n + 1, sizeof(*out->arcs));
	out->flow = zv_calloc(n + 1, sizeof(*out->flow));
	out->pair = zv_calloc(n + 1, sizeof(*out->pair));
	out->kept = zv_calloc((size_t)arcs->n_kept + 1, sizeof(*out->kept));
	for (uint32_t o = 0; o < arcs->n_offers; o++)
		slots_of(out, arcs, o);
	signed_flows(out, arcs);
	shares_of(out, arcs);
	out->part = (struct plan_kernel_part){.problem = arcs->problem, .slots = out->slots, .n_slots = arcs->n_slots, .needs = arcs->outer, .left = arcs->qty,
					      .n_needs = arcs->n_needs, .arcs = out->arcs, .n_arcs = out->part.n_arcs, .left_uh = out->left_uh,
					      .tier = out->tier, .flow = out->flow, .kept = out->kept, .n_kept = out->part.n_kept, .shares = out->shares, .n_shares = out->part.n_shares};
}

void plan_whole_done(struct plan_whole *whole)
{
	free(whole->slots);
	free(whole->left_uh);
	free(whole->tier);
	free(whole->arcs);
	free(whole->flow);
	free(whole->pair);
	free(whole->kept);
	free(whole->shares);
	memset(whole, 0, sizeof(*whole));
}
