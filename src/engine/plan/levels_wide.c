/* The wide problem: all orders that there could be, with the inputs that they would take. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

void plan_bom_rows(uint32_t *first, uint32_t *end, const struct zv_plan_problem *problem, uint32_t product)
{
	uint32_t lo = 0, hi = problem->n_boms;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (problem->boms[mid].product < product)
			lo = mid + 1;
		else
			hi = mid;
	}
	*first = lo;
	while (lo < problem->n_boms && problem->boms[lo].product == product)
		lo++;
	*end = lo;
}

struct node_key {
	uint32_t maker, input;
	int32_t due;
	int64_t price;
	uint32_t at; /* in inputs */
};

struct widening {
	struct plan_wide *wide;
	const struct zv_plan_problem *from;
	ZV_VEC(struct zv_plan_offer) offers;
	ZV_VEC(struct zv_plan_tier) tiers;
	ZV_VEC(uint32_t) origin;
	ZV_VEC(uint32_t) start;
	ZV_VEC(struct plan_input) inputs;
	ZV_VEC(struct node_key) keys;
	ZV_VEC(struct zv_plan_need) needs;
	ZV_VEC(struct zv_plan_commitment) commitments;
	ZV_VEC(struct zv_plan_cost) costs;
	uint32_t *first_of; /* [from offers + 1] first wide offer */
};

/* An order whose input can neither arrive nor be bought is no order. */
static bool possible(const struct zv_plan_problem *p, uint32_t first, uint32_t end, int32_t period)
{
	for (uint32_t b = first; b < end; b++)
		if (p->boms[b].price == 0 && p->boms[b].ppm > 0 && period < p->boms[b].lag)
			return false;
	return true;
}

/* The largest order whose inputs are no larger than a need may be. */
static int64_t largest(const struct zv_plan_problem *p, uint32_t k, uint32_t first, uint32_t end)
{
	int64_t max = p->offers[k].max;

	for (uint32_t b = first; b < end; b++) {
		zv_i128 most = (zv_i128)ZV_PLAN_QTY_MAX * 1000000 / (p->boms[b].ppm > 0 ? p->boms[b].ppm : 1);

		max = most < max ? (int64_t)most : max;
	}
	return max;
}

static void add_offer(struct widening *w, uint32_t k, int32_t from, int32_t until, int64_t max)
{
	const struct zv_plan_problem *p = w->from;
	struct zv_plan_offer offer = p->offers[k];

	for (uint32_t s = 0; s < offer.n_tiers; s++)
		zv_vec_push(&w->tiers, p->tiers[p->offers[k].first_tier + s]);
	offer.first_tier = (uint32_t)w->tiers.n - offer.n_tiers;
	offer.from = from;
	offer.until = until;
	offer.max = max;
	zv_vec_push(&w->offers, offer);
	zv_vec_push(&w->origin, k);
	zv_vec_push(&w->start, (uint32_t)w->inputs.n);
}

static void add_inputs(struct widening *w, uint32_t k, uint32_t first, uint32_t end, int32_t period)
{
	for (uint32_t b = first; b < end; b++) {
		const struct zv_plan_bom *bom = &w->from->boms[b];
		struct node_key key = {w->from->offers[k].maker, bom->input, period - bom->lag, bom->price, (uint32_t)w->inputs.n};

		if (bom->ppm <= 0)
			continue;
		zv_vec_push(&w->keys, key);
		zv_vec_push(&w->inputs, ((struct plan_input){ZV_PLAN_NONE, b, bom->ppm}));
	}
}

static void split_offers(struct widening *w)
{
	const struct zv_plan_problem *p = w->from;

	for (uint32_t k = 0; k < p->n_offers; k++) {
		const struct zv_plan_offer *offer = &p->offers[k];
		int32_t until = offer->until < p->n_periods - 1 ? offer->until : p->n_periods - 1;
		uint32_t first, end;
		int64_t max;

		w->first_of[k] = (uint32_t)w->offers.n;
		plan_bom_rows(&first, &end, p, offer->product);
		max = largest(p, k, first, end);
		if (first == end)
			add_offer(w, k, offer->from, offer->until, max);
		for (int32_t t = offer->from > 0 ? offer->from : 0; t <= until && first < end; t++) {
			if (max < offer->moq || !possible(p, first, end, t))
				continue;
			add_offer(w, k, t, t, max);
			add_inputs(w, k, first, end, t);
		}
	}
	w->first_of[p->n_offers] = (uint32_t)w->offers.n;
	zv_vec_push(&w->start, (uint32_t)w->inputs.n);
}

static int by_node(const void *a, const void *b)
{
	const struct node_key *x = a, *y = b;

	if (x->maker != y->maker)
		return x->maker < y->maker ? -1 : 1;
	if (x->input != y->input)
		return x->input < y->input ? -1 : 1;
	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	if (x->price != y->price)
		return x->price < y->price ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void add_node(struct widening *w, const struct node_key *key)
{
	const struct zv_plan_problem *p = w->from;
	const struct zv_plan_maker *maker = &p->makers[key->maker];
	struct zv_plan_need need = {.id = maker->id, .product = key->input, .region = maker->region, .licensed = maker->licensed, .priority = ZV_PLAN_PRIORITIES};

	need.ceiling = key->price > 0 ? key->price : ZV_PLAN_PRICE_MAX;
	need.penalty = key->price > 0 ? key->price : PLAN_NODE_MAX;
	need.due = key->due;
	zv_vec_push(&w->needs, need);
}

/* Equal keys are one node; it may take what all its orders together may take. */
static void make_nodes(struct widening *w)
{
	const struct zv_plan_problem *p = w->from;
	uint32_t *offer_of = zv_reallocarray(NULL, w->inputs.n + 1, sizeof(*offer_of));

	for (uint32_t i = 0; i < p->n_needs; i++)
		zv_vec_push(&w->needs, p->needs[i]);
	for (uint32_t o = 0; o < w->offers.n; o++)
		for (uint32_t i = w->start.p[o]; i < w->start.p[o + 1]; i++)
			offer_of[i] = o;
	if (w->keys.n > 0)
		qsort(w->keys.p, w->keys.n, sizeof(*w->keys.p), by_node);
	for (size_t i = 0; i < w->keys.n; i++) {
		const struct node_key *key = &w->keys.p[i], *before = i > 0 ? key - 1 : NULL;
		struct plan_input *input = &w->inputs.p[key->at];
		struct zv_plan_need *need;
		zv_i128 qty;

		if (before == NULL || before->maker != key->maker || before->input != key->input || before->due != key->due || before->price != key->price)
			add_node(w, key);
		input->node = (uint32_t)w->needs.n - 1;
		need = &w->needs.p[input->node];
		qty = (zv_i128)need->qty + ((zv_i128)w->offers.p[offer_of[key->at]].max * input->ppm + 999999) / 1000000;
		need->qty = qty < ZV_PLAN_QTY_MAX ? (int64_t)qty : ZV_PLAN_QTY_MAX;
	}
	free(offer_of);
}

static enum zv_code move_rows(struct widening *w, struct zv_err *err)
{
	const struct zv_plan_problem *p = w->from;

	for (uint32_t i = 0; i < p->n_commitments; i++) {
		struct zv_plan_commitment c = p->commitments[i];
		uint32_t o = w->first_of[c.offer];

		while (o < w->first_of[c.offer + 1] && !(w->offers.p[o].from <= c.period && c.period <= w->offers.p[o].until))
			o++;
		if (o == w->first_of[c.offer + 1])
			return zv_fail(err, ZV_E_INVALID, "commitments", N_("The order signed with offer %.*s in period %d cannot get its inputs: look at lags, outside prices and quantities of its bill of materials."),
				       ZV_STR_FMT(p->offers[c.offer].id), c.period + p->first_period);
		c.offer = o;
		zv_vec_push(&w->commitments, c);
	}
	for (uint32_t i = 0; i < p->n_costs; i++)
		for (uint32_t o = w->first_of[p->costs[i].offer]; o < w->first_of[p->costs[i].offer + 1]; o++)
			zv_vec_push(&w->costs, ((struct zv_plan_cost){o, p->costs[i].region, p->costs[i].cost}));
	return ZV_OK;
}

static int by_cost(const void *a, const void *b)
{
	const struct zv_plan_cost *x = a, *y = b;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->region < y->region ? -1 : x->region > y->region;
}

/* The arrays pass to the wide problem. Where orders are split by period, `candidates` would count one offer often: all arcs are taken. */
static void take_over(struct widening *w)
{
	struct plan_wide *wide = w->wide;

	wide->problem = *w->from;
	wide->problem.candidates = w->from->n_boms > 0 ? 0 : w->from->candidates;
	wide->problem.offers = w->offers.p;
	wide->problem.n_offers = (uint32_t)w->offers.n;
	wide->problem.tiers = w->tiers.p;
	wide->problem.n_tiers = (uint32_t)w->tiers.n;
	wide->problem.needs = w->needs.p;
	wide->problem.n_needs = (uint32_t)w->needs.n;
	wide->problem.commitments = w->commitments.p;
	wide->problem.costs = w->costs.p;
	wide->problem.n_costs = (uint32_t)w->costs.n;
	wide->origin = w->origin.p;
	wide->input_start = w->start.p;
	wide->inputs = w->inputs.p;
}

enum zv_code plan_wide_open(struct plan_wide **out, const struct zv_plan_problem *problem, struct zv_err *err)
{
	struct plan_wide *wide = zv_calloc(1, sizeof(*wide));
	struct widening w = {.wide = wide, .from = problem};
	enum zv_code code;

	wide->from = problem;
	w.first_of = zv_calloc((size_t)problem->n_offers + 2, sizeof(*w.first_of));
	split_offers(&w);
	make_nodes(&w);
	code = move_rows(&w, err);
	if (w.costs.n > 0)
		qsort(w.costs.p, w.costs.n, sizeof(*w.costs.p), by_cost);
	take_over(&w);
	if (code == ZV_OK)
		code = plan_arcs_open(&wide->arcs, &wide->problem, err);
	zv_vec_done(&w.keys);
	free(w.first_of);
	if (code != ZV_OK) {
		plan_wide_close(wide);
		return code;
	}
	*out = wide;
	return ZV_OK;
}

void plan_wide_close(struct plan_wide *wide)
{
	if (wide == NULL)
		return;
	plan_arcs_close(wide->arcs);
	free((void *)wide->problem.offers);
	free((void *)wide->problem.tiers);
	free((void *)wide->problem.needs);
	free((void *)wide->problem.commitments);
	free((void *)wide->problem.costs);
	free(wide->origin);
	free(wide->input_start);
	free(wide->inputs);
	free(wide);
}
