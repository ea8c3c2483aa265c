/* One sweep from finished goods down: each level is a problem of one level, whose orders pay for their inputs at the prices of the nodes. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

/* What an order of a level above takes. */
struct wanted {
	uint32_t offer; /* of the problem */
	int32_t period;
	uint32_t bom;
	uint32_t node;
	int64_t qty;
	int64_t worth; /* micro-roubles per unit */
	uint8_t priority;
};

struct sweeping {
	const struct plan_sweep *sweep;
	plan_supplies *out;
	int64_t *capacity; /* left */
	int64_t *inputs;   /* [wide offers] price of the inputs of one unit */
	ZV_VEC(struct wanted) wanted;
	/* the level at hand */
	struct zv_plan_problem problem;
	ZV_VEC(struct zv_plan_offer) offers;
	ZV_VEC(struct zv_plan_tier) tiers;
	ZV_VEC(struct zv_plan_need) needs;
	ZV_VEC(struct zv_plan_cost) costs;
	ZV_VEC(struct zv_plan_commitment) commitments;
	ZV_VEC(uint32_t) origin;    /* wide offer */
	ZV_VEC(uint32_t) need_from; /* need of the problem, or behind them a number of wanted */
	ZV_VEC(int64_t) need_price;
	uint32_t *offer_at; /* [wide offers] in offers */
	uint32_t *need_at;  /* [needs of the problem] */
};

/* --- the problem of a level ------------------------------------------------------------------------------------------------------ */

static void price_inputs(struct sweeping *s)
{
	const struct plan_wide *wide = s->sweep->wide;

	for (uint32_t o = 0; o < wide->problem.n_offers; o++) {
		zv_i128 sum = 0;

		for (uint32_t i = wide->input_start[o]; i < wide->input_start[o + 1]; i++)
			sum += (zv_i128)s->sweep->need_price[wide->inputs[i].node] * wide->inputs[i].ppm;
		sum /= 1000000;
		s->inputs[o] = sum < ZV_PLAN_PRICE_MAX ? (int64_t)sum : ZV_PLAN_PRICE_MAX;
	}
}

static void add_offer(struct sweeping *s, uint32_t o)
{
	const struct plan_wide *wide = s->sweep->wide;
	struct zv_plan_offer offer = wide->problem.offers[o];
	bool split = wide->input_start[o] < wide->input_start[o + 1];
	int64_t cap = split ? s->sweep->cap[(size_t)wide->origin[o] * (size_t)wide->problem.n_periods + (size_t)offer.from] : -1;
	uint32_t n = 0;

	s->offer_at[o] = ZV_PLAN_NONE;
	if (cap >= 0 && cap < offer.max)
		offer.max = cap;
	if (offer.max < offer.moq)
		return;
	for (uint32_t t = 0; t < offer.n_tiers; t++) {
		struct zv_plan_tier tier = wide->problem.tiers[offer.first_tier + t];

		if (t > 0 && tier.from > offer.max)
			break;
		tier.price += s->inputs[o];
		zv_vec_push(&s->tiers, tier);
		n++;
	}
	offer.first_tier = (uint32_t)s->tiers.n - n;
	offer.n_tiers = n;
	s->offer_at[o] = (uint32_t)s->offers.n;
	offer.inputs = s->inputs[o];
	zv_vec_push(&s->offers, offer);
	zv_vec_push(&s->origin, o);
}

static void add_offers(struct sweeping *s, uint32_t level)
{
	const struct plan_wide *wide = s->sweep->wide;

	s->offers.n = s->tiers.n = s->origin.n = s->costs.n = 0;
	for (uint32_t o = 0; o < wide->problem.n_offers; o++) {
		s->offer_at[o] = ZV_PLAN_NONE;
		if (s->sweep->level[wide->problem.offers[o].product] == level)
			add_offer(s, o);
	}
	for (uint32_t i = 0; i < wide->problem.n_costs; i++) {
		struct zv_plan_cost cost = wide->problem.costs[i];

		if (s->offer_at[cost.offer] == ZV_PLAN_NONE)
			continue;
		cost.cost += s->inputs[cost.offer];
		cost.offer = s->offer_at[cost.offer];
		zv_vec_push(&s->costs, cost);
	}
}

static void add_need(struct sweeping *s, struct zv_plan_need need, uint32_t from, int64_t price)
{
	zv_vec_push(&s->needs, need);
	zv_vec_push(&s->need_from, from);
	zv_vec_push(&s->need_price, price);
}

static void add_needs(struct sweeping *s, uint32_t level)
{
	const struct zv_plan_problem *p = s->sweep->problem;

	s->needs.n = s->need_from.n = s->need_price.n = s->commitments.n = 0;
	for (uint32_t i = 0; i < p->n_needs; i++) {
		s->need_at[i] = (uint32_t)s->needs.n;
		if (s->sweep->level[p->needs[i].product] == level)
			add_need(s, p->needs[i], i, s->sweep->need_price[i]);
	}
	for (uint32_t w = 0; w < s->wanted.n; w++) {
		const struct wanted *one = &s->wanted.p[w];
		const struct zv_plan_bom *bom = &p->boms[one->bom];
		struct zv_plan_need need = s->sweep->wide->problem.needs[one->node];

		/* An input that its product goes into again is bought outside: the cut of a circle. */
		if (s->sweep->level[bom->input] != level || s->sweep->level[bom->product] >= level || one->qty <= 0 || need.due < 0)
			continue;
		need.qty = one->qty < ZV_PLAN_QTY_MAX ? one->qty : ZV_PLAN_QTY_MAX;
		need.priority = one->priority;
		if (bom->price == 0) {
			need.penalty = one->worth;
			need.ceiling = one->worth < ZV_PLAN_PRICE_MAX ? one->worth : ZV_PLAN_PRICE_MAX;
		}
		add_need(s, need, p->n_needs + w, s->sweep->need_price[one->node]);
	}
	for (uint32_t i = 0; i < s->sweep->wide->problem.n_commitments; i++) {
		struct zv_plan_commitment c = s->sweep->wide->problem.commitments[i];

		if (s->offer_at[c.offer] == ZV_PLAN_NONE)
			continue;
		c.offer = s->offer_at[c.offer];
		c.need = s->need_at[c.need];
		zv_vec_push(&s->commitments, c);
	}
}

static void make_problem(struct sweeping *s, uint32_t level)
{
	struct zv_plan_problem *p = &s->problem;

	*p = *s->sweep->problem;
	add_offers(s, level);
	add_needs(s, level);
	p->candidates = 0;
	p->capacity_uh = s->capacity;
	p->offers = s->offers.p;
	p->n_offers = (uint32_t)s->offers.n;
	p->tiers = s->tiers.p;
	p->n_tiers = (uint32_t)s->tiers.n;
	p->needs = s->needs.p;
	p->n_needs = (uint32_t)s->needs.n;
	p->n_boms = 0;
	p->costs = s->costs.p;
	p->n_costs = (uint32_t)s->costs.n;
	p->commitments = s->commitments.p;
	p->n_commitments = (uint32_t)s->commitments.n;
}

static bool first_of_order(const struct zv_plan_problem *p, uint32_t i)
{
	for (uint32_t j = 0; j < i; j++)
		if (p->commitments[j].offer == p->commitments[i].offer && p->commitments[j].period == p->commitments[i].period)
			return false;
	return true;
}

/* Hours of what is signed are not for orders of levels above: kept aside until its own level is planned. */
static void keep_aside(struct sweeping *s, int32_t level, int sign)
{
	const struct zv_plan_problem *p = s->sweep->problem;

	for (uint32_t i = 0; i < p->n_commitments; i++) {
		const struct zv_plan_commitment *c = &p->commitments[i];
		const struct zv_plan_offer *offer = &p->offers[c->offer];

		int64_t hours;

		if (offer->resource == ZV_PLAN_NONE || (level >= 0 && s->sweep->level[offer->product] != (uint32_t)level))
			continue;
		hours = (int64_t)((zv_i128)offer->hours_uh * c->qty / ZV_PLAN_UNIT) + (first_of_order(p, i) ? offer->setup_uh : 0);
		s->capacity[(size_t)offer->resource * (size_t)p->n_periods + (size_t)c->period] += sign * hours;
	}
}

/* --- what it decided ----------------------------------------------------------------------------------------------------------------- */

static void take_flows(struct sweeping *s, const struct zv_plan_result *result)
{
	const struct zv_plan_problem *p = s->sweep->problem;

	for (size_t i = 0; i < result->n_flows; i++) {
		const struct zv_plan_flow *flow = &result->flows[i];
		uint32_t from = s->need_from.p[flow->need];
		struct plan_supply one = {.need = from, .offer = s->sweep->wide->origin[s->origin.p[flow->offer]], .period = flow->period, .qty = flow->qty};

		if (from >= p->n_needs) {
			const struct wanted *w = &s->wanted.p[from - p->n_needs];

			one.need = ZV_PLAN_NONE;
			one.to_offer = w->offer;
			one.to_period = w->period;
			one.bom = w->bom;
		}
		zv_vec_push(s->out, one);
	}
}

static void use_hours(struct sweeping *s, const struct zv_plan_result *result)
{
	for (size_t i = 0; i < result->n_orders; i++) {
		const struct zv_plan_order *order = &result->orders[i];
		const struct zv_plan_offer *offer = &s->offers.p[order->offer];
		int64_t *left;

		if (offer->resource == ZV_PLAN_NONE)
			continue;
		left = &s->capacity[(size_t)offer->resource * (size_t)s->problem.n_periods + (size_t)order->period];
		*left -= offer->setup_uh + (int64_t)(((zv_i128)offer->hours_uh * order->qty + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT);
		*left = *left > 0 ? *left : 0;
	}
}

struct order_worth {
	zv_i128 money; /* what it is worth to those that it serves, less what it costs */
	uint8_t priority; /* the highest that it serves */
};

static size_t order_at(const struct zv_plan_result *result, uint32_t offer, int32_t period)
{
	size_t lo = 0, hi = result->n_orders;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct zv_plan_order *order = &result->orders[mid];

		if (order->offer < offer || (order->offer == offer && order->period < period))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct order_worth *worths_of(const struct sweeping *s, const struct zv_plan_result *result)
{
	struct order_worth *worths = zv_calloc(result->n_orders + 1, sizeof(*worths));

	for (size_t i = 0; i < result->n_orders; i++)
		worths[i] = (struct order_worth){-(zv_i128)s->offers.p[result->orders[i].offer].launch * ZV_PLAN_UNIT, ZV_PLAN_PRIORITIES};
	for (size_t i = 0; i < result->n_flows; i++) {
		const struct zv_plan_flow *flow = &result->flows[i];
		const struct zv_plan_need *need = &s->needs.p[flow->need];
		size_t at = order_at(result, flow->offer, flow->period);
		bool fixed;
		int64_t price = zv_plan_freight(&fixed, &s->problem, flow->offer, flow->need);

		if (!fixed)
			price += s->tiers.p[s->offers.p[flow->offer].first_tier + result->orders[at].tier].price;
		worths[at].money += (zv_i128)(need->penalty - price) * flow->qty;
		worths[at].priority = need->priority < worths[at].priority ? need->priority : worths[at].priority;
	}
	return worths;
}

static void want_inputs(struct sweeping *s, const struct zv_plan_result *result)
{
	const struct plan_wide *wide = s->sweep->wide;
	struct order_worth *worths = worths_of(s, result);

	for (size_t i = 0; i < result->n_orders; i++) {
		const struct zv_plan_order *order = &result->orders[i];
		uint32_t o = s->origin.p[order->offer];

		for (uint32_t j = wide->input_start[o]; j < wide->input_start[o + 1]; j++) {
			const struct plan_input *input = &wide->inputs[j];
			int64_t qty = plan_input_qty(order->qty, input->ppm), psi = s->sweep->need_price[input->node];
			zv_i128 each = worths[i].money > 0 ? psi + worths[i].money / (qty > 0 ? qty : 1) : psi + psi / 2 + 1;

			each = each < ZV_PLAN_PENALTY_MAX ? each : ZV_PLAN_PENALTY_MAX;
			zv_vec_push(&s->wanted, ((struct wanted){wide->origin[o], order->period, input->bom, input->node, qty, (int64_t)each, worths[i].priority}));
		}
	}
	free(worths);
}

static enum zv_code solve_level(struct sweeping *s, uint32_t level, struct zv_err *err)
{
	struct zv_plan_options options = *s->sweep->options;
	struct zv_plan_result result = {0};
	struct zv_plan_prices prices = {0};
	enum zv_code code;

	make_problem(s, level);
	keep_aside(s, (int32_t)level, 1);
	if (s->needs.n == 0 || s->offers.n == 0)
		return ZV_OK;
	options.progress = NULL;
	prices.need = s->need_price.p;
	options.prices = options.prices != NULL ? &prices : NULL;
	code = zv_plan_solve(&result, &s->problem, &options, err);
	if (code == ZV_OK) {
		take_flows(s, &result);
		use_hours(s, &result);
		want_inputs(s, &result);
	}
	zv_plan_result_done(&result);
	return code;
}

enum zv_code plan_sweep_run(plan_supplies *out, const struct plan_sweep *sweep, struct zv_err *err)
{
	const struct zv_plan_problem *p = sweep->problem;
	size_t hours = (size_t)p->n_resources * (size_t)p->n_periods, wide = sweep->wide->problem.n_offers;
	struct sweeping s = {.sweep = sweep, .out = out};
	enum zv_code code = ZV_OK;

	s.capacity = zv_reallocarray(NULL, hours + 1, sizeof(*s.capacity));
	if (hours > 0)
		memcpy(s.capacity, p->capacity_uh, hours * sizeof(*s.capacity));
	s.inputs = zv_calloc(wide + 1, sizeof(*s.inputs));
	s.offer_at = zv_calloc(wide + 1, sizeof(*s.offer_at));
	s.need_at = zv_calloc((size_t)p->n_needs + 1, sizeof(*s.need_at));
	price_inputs(&s);
	keep_aside(&s, -1, -1);
	out->n = 0;
	for (int32_t level = 0; level < sweep->n_levels && code == ZV_OK; level++)
		code = solve_level(&s, (uint32_t)level, err);
	free(s.capacity);
	free(s.inputs);
	free(s.offer_at);
	free(s.need_at);
	zv_vec_done(&s.wanted);
	zv_vec_done(&s.offers);
	zv_vec_done(&s.tiers);
	zv_vec_done(&s.needs);
	zv_vec_done(&s.costs);
	zv_vec_done(&s.commitments);
	zv_vec_done(&s.origin);
	zv_vec_done(&s.need_from);
	zv_vec_done(&s.need_price);
	return code;
}
