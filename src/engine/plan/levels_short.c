/* Which input was missing for whom: what the sweeps had to cut, and orders that were never launched because an input is not to be had. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

struct shorting {
	const struct plan_wide *wide;
	const int64_t *price;   /* of wide needs */
	int64_t *left;          /* [needs of the problem] */
	int64_t *cheapest;      /* [wide needs] price at which a unit of an input is to be had; INT64_MAX: at none */
	int64_t *weight;        /* [needs of the problem] of the short found; 0: none */
	struct zv_plan_short *found;
	ZV_VEC(struct zv_plan_short) own;
};

static int by_short(const void *a, const void *b)
{
	const struct zv_plan_short *x = a, *y = b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	if (x->qty != y->qty)
		return x->qty < y->qty ? -1 : 1;
	return x->lower < y->lower ? -1 : x->lower > y->lower;
}

static void find_cheapest(struct shorting *s)
{
	const struct plan_arcs *arcs = s->wide->arcs;
	const struct zv_plan_problem *p = &s->wide->problem;

	for (uint32_t i = 0; i < p->n_needs; i++)
		s->cheapest[i] = p->needs[i].penalty != PLAN_NODE_MAX ? p->needs[i].penalty : INT64_MAX;
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		const struct zv_plan_offer *offer = &p->offers[arcs->offers[o]];

		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			int64_t price = plan_price(&arcs->pairs[j], &arcs->tiers[offer->first_tier + offer->n_tiers - 1]);
			int64_t *best = &s->cheapest[arcs->outer[arcs->pairs[j].need]];

			*best = price < *best ? price : *best;
		}
	}
}

/* An order that would serve the need, and its input that is scarcest: not to be had at all, or worth more than it costs. */
static void look_at(struct shorting *s, uint32_t o, uint32_t need, int32_t period)
{
	const struct plan_wide *wide = s->wide;

	for (uint32_t i = wide->input_start[o]; i < wide->input_start[o + 1]; i++) {
		const struct plan_input *input = &wide->inputs[i];
		int64_t cheapest = s->cheapest[input->node], scarce = s->price[input->node] - cheapest;
		int64_t weight = cheapest == INT64_MAX ? INT64_MAX : scarce;

		if (weight <= s->weight[need])
			continue;
		s->weight[need] = weight;
		s->found[need] = (struct zv_plan_short){need, wide->origin[o], period, input->bom, plan_input_qty(s->left[need], input->ppm), ZV_PLAN_NONE};
	}
}

static void look_for_more(struct shorting *s)
{
	const struct plan_arcs *arcs = s->wide->arcs;
	uint32_t n_needs = s->wide->from->n_needs;

	for (size_t i = 0; i < s->own.n; i++)
		s->weight[s->own.p[i].need] = INT64_MAX;
	for (uint32_t o = 0; o < arcs->n_offers; o++)
		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			uint32_t need = arcs->outer[arcs->pairs[j].need];

			if (need < n_needs && s->left[need] > 0)
				look_at(s, arcs->offers[o], need, arcs->pairs[j].lo);
		}
	for (uint32_t i = 0; i < n_needs; i++)
		if (s->found[i].qty > 0)
			zv_vec_push(&s->own, s->found[i]);
}

/* Of each need that is still uncovered the least shortage that was met; behind them the whole list, for `lower`. */
static void put_list(struct zv_plan_levels_result *out, struct shorting *s, const plan_shorts *shorts)
{
	size_t n = 0;

	if (s->own.n > 0)
		qsort(s->own.p, s->own.n, sizeof(*s->own.p), by_short);
	for (size_t i = 0; i < s->own.n; i++)
		if (n == 0 || s->own.p[n - 1].need != s->own.p[i].need)
			s->own.p[n++] = s->own.p[i];
	out->shorts = zv_arena_calloc(out->arena, n + shorts->n + 1, sizeof(*out->shorts));
	for (size_t i = 0; i < n + shorts->n; i++) {
		struct zv_plan_short *one = &out->shorts[i];

		*one = i < n ? s->own.p[i] : shorts->p[i - n];
		one->need = i < n ? one->need : ZV_PLAN_NONE;
		one->lower = one->lower != ZV_PLAN_NONE ? one->lower + (uint32_t)n : ZV_PLAN_NONE;
	}
	out->n_shorts = n > 0 ? n + shorts->n : 0;
}

void plan_put_shorts(struct zv_plan_levels_result *out, const struct plan_wide *wide, const int64_t *price, const plan_supplies *plan, const plan_shorts *shorts)
{
	const struct zv_plan_problem *p = wide->from;
	struct shorting s = {.wide = wide, .price = price};

	s.left = zv_calloc((size_t)p->n_needs + 1, sizeof(*s.left));
	s.weight = zv_calloc((size_t)p->n_needs + 1, sizeof(*s.weight));
	s.found = zv_calloc((size_t)p->n_needs + 1, sizeof(*s.found));
	s.cheapest = zv_calloc((size_t)wide->problem.n_needs + 1, sizeof(*s.cheapest));
	for (uint32_t i = 0; i < p->n_needs; i++)
		s.left[i] = p->needs[i].qty;
	for (size_t i = 0; i < plan->n; i++)
		if (plan->p[i].need != ZV_PLAN_NONE)
			s.left[plan->p[i].need] -= plan->p[i].qty;
	for (size_t i = 0; i < shorts->n; i++)
		if (shorts->p[i].need != ZV_PLAN_NONE && s.left[shorts->p[i].need] > 0)
			zv_vec_push(&s.own, shorts->p[i]);
	find_cheapest(&s);
	look_for_more(&s);
	put_list(out, &s, shorts);
	free(s.left);
	free(s.weight);
	free(s.found);
	free(s.cheapest);
	zv_vec_done(&s.own);
}
