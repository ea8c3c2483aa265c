/* Every constraint and the objective of a plan, recomputed from the problem by the plainest code: what passes here may be published. */
#include "engine/plan/check.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "engine/plan/check_pairs.h"

enum { DECIMALS = 6 }; /* of quantities, hours and prices alike */

struct seen_order {
	struct zv_plan_order order;
	int64_t flows; /* sum of what flows out of it */
};

struct checker {
	const struct zv_plan_problem *p;
	struct zv_err *err;
	struct seen_order *orders;
	size_t n_orders;
	struct zv_plan_flow *flows;
	size_t n_flows;
	struct check_pairs pairs;
	zv_i128 *used;    /* [resource, period], hours x quanta */
	zv_i128 *covered; /* by product of the need */
	struct zv_plan_checked sums;
	char a[ZV_DECIMAL_TEXT], b[ZV_DECIMAL_TEXT];
};

static const char *text(char out[ZV_DECIMAL_TEXT], int64_t value)
{
	zv_decimal_format(out, value, DECIMALS, 0, true);
	return out;
}

static int32_t said(const struct checker *c, int32_t period)
{
	return period + c->p->first_period;
}

static struct zv_str offer_id(const struct checker *c, uint32_t offer)
{
	return c->p->offers[offer].id;
}

/* --- orders ------------------------------------------------------------------------------------------------------------------------- */

static int order_cmp(uint32_t offer_a, int32_t period_a, uint32_t offer_b, int32_t period_b)
{
	if (offer_a != offer_b)
		return offer_a < offer_b ? -1 : 1;
	return period_a < period_b ? -1 : period_a > period_b;
}

static int by_order(const void *a, const void *b)
{
	const struct seen_order *x = a, *y = b;

	return order_cmp(x->order.offer, x->order.period, y->order.offer, y->order.period);
}

static struct seen_order *find_order(const struct checker *c, uint32_t offer, int32_t period)
{
	const struct seen_order key = {.order = {.offer = offer, .period = period}};

	return bsearch(&key, c->orders, c->n_orders, sizeof(*c->orders), by_order);
}

static enum zv_code check_order(struct checker *c, const struct zv_plan_order *order)
{
	const struct zv_plan_offer *offer = &c->p->offers[order->offer];
	const struct zv_str id = offer->id;
	int64_t from, top;

	if (order->period < 0 || order->period >= c->p->n_periods || order->period < offer->from || order->period > offer->until)
		return zv_fail(c->err, ZV_E_CONFLICT, "orders", N_("Offer %.*s is not to be launched in period %d."), ZV_STR_FMT(id), said(c, order->period));
	if (order->qty < offer->moq || order->qty > offer->max)
		return zv_fail(c->err, ZV_E_CONFLICT, "orders", N_("The order of offer %.*s in period %d is %s, outside %s … %s."), ZV_STR_FMT(id),
			       said(c, order->period), text(c->a, order->qty), text(c->b, offer->moq), text((char[ZV_DECIMAL_TEXT]){0}, offer->max));
	if (order->tier >= offer->n_tiers || !check_tier(&from, &top, c->p, offer, order->tier) || order->qty < from || order->qty > top)
		return zv_fail(c->err, ZV_E_CONFLICT, "orders", N_("The order of offer %.*s in period %d is %s, which is not in tier %u."), ZV_STR_FMT(id),
			       said(c, order->period), text(c->a, order->qty), order->tier);
	c->sums.launches += (zv_i128)offer->launch * ZV_PLAN_UNIT;
	if (offer->resource != ZV_PLAN_NONE)
		c->used[(size_t)offer->resource * (size_t)c->p->n_periods + (size_t)order->period] +=
			(zv_i128)offer->hours_uh * order->qty + (zv_i128)offer->setup_uh * ZV_PLAN_UNIT;
	return ZV_OK;
}

static enum zv_code check_orders(struct checker *c, const struct zv_plan_order *orders, size_t n)
{
	enum zv_code code = ZV_OK;

	c->orders = zv_calloc(n + 1, sizeof(*c->orders));
	c->n_orders = n;
	for (size_t i = 0; i < n; i++) {
		if (orders[i].offer >= c->p->n_offers)
			return zv_fail(c->err, ZV_E_CONFLICT, "orders", N_("An order names offer number %u, which does not exist."), orders[i].offer);
		c->orders[i].order = orders[i];
	}
	qsort(c->orders, n, sizeof(*c->orders), by_order);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		if (i > 0 && by_order(&c->orders[i - 1], &c->orders[i]) == 0)
			return zv_fail(c->err, ZV_E_CONFLICT, "orders", N_("Offer %.*s is ordered twice in period %d."),
				       ZV_STR_FMT(offer_id(c, c->orders[i].order.offer)), said(c, c->orders[i].order.period));
		code = check_order(c, &c->orders[i].order);
	}
	return code;
}

/* --- flows -------------------------------------------------------------------------------------------------------------------------- */

static int by_flow(const void *a, const void *b)
{
	const struct zv_plan_flow *x = a, *y = b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	return order_cmp(x->offer, x->period, y->offer, y->period);
}

static const struct check_pair *find_pair(const struct checker *c, uint32_t offer)
{
	for (size_t i = 0; i < c->pairs.n; i++) {
		if (c->pairs.list[i].offer == offer)
			return &c->pairs.list[i];
	}
	return NULL;
}

/* Which of the tests before prices forbids the pair; the names are those of the explanations. */
static enum zv_code forbidden(struct checker *c, const struct zv_plan_flow *flow)
{
	enum zv_plan_why why = zv_plan_pair_test(c->p, flow->offer, flow->need);

	return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s cannot be served by offer %.*s: %s."), ZV_STR_FMT(c->p->needs[flow->need].id),
		       ZV_STR_FMT(offer_id(c, flow->offer)), why == ZV_PLAN_FITS ? "candidates" : zv_plan_why_name(why));
}

/* The ceiling against the price at this very quantity: of an incremental ladder the average, rounded down. */
static enum zv_code check_price(struct checker *c, const struct zv_plan_flow *flow, const struct check_pair *pair, const struct seen_order *order)
{
	const struct zv_plan_offer *offer = &c->p->offers[flow->offer];
	const struct zv_plan_need *need = &c->p->needs[flow->need];
	zv_i128 price = pair->add;

	if (!pair->fixed)
		price += check_units(c->p, offer, order->order.tier, order->order.qty) / order->order.qty;
	if (price <= need->ceiling)
		return ZV_OK;
	return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s pays %s to offer %.*s, above its ceiling %s."), ZV_STR_FMT(need->id),
		       text(c->a, (int64_t)price), ZV_STR_FMT(offer->id), text(c->b, need->ceiling));
}

static enum zv_code check_flow(struct checker *c, const struct zv_plan_flow *flow)
{
	const struct zv_plan_need *need = &c->p->needs[flow->need];
	struct seen_order *order = find_order(c, flow->offer, flow->period);
	const struct check_pair *pair = find_pair(c, flow->offer);
	const struct zv_plan_offer *offer = &c->p->offers[flow->offer];
	int64_t unit;

	if (flow->qty <= 0 || flow->qty < need->parcel)
		return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s gets %s from offer %.*s, less than its smallest parcel."), ZV_STR_FMT(need->id),
			       text(c->a, flow->qty), ZV_STR_FMT(offer->id));
	if (order == NULL)
		return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s is served by offer %.*s in period %d, which is not ordered."),
			       ZV_STR_FMT(need->id), ZV_STR_FMT(offer->id), said(c, flow->period));
	if (pair == NULL)
		return forbidden(c, flow);
	if (flow->period + offer->lead < need->earliest || flow->period + offer->lead > need->due)
		return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s is delivered in period %d, outside %d … %d."), ZV_STR_FMT(need->id),
			       said(c, flow->period + offer->lead), said(c, need->earliest), said(c, need->due));
	if (need->single && flow->qty != need->qty)
		return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s is not to be split, but gets %s of %s."), ZV_STR_FMT(need->id),
			       text(c->a, flow->qty), text(c->b, need->qty));
	if (!zv_add(&order->flows, order->flows, flow->qty))
		return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("More flows out of offer %.*s in period %d than can be counted."), ZV_STR_FMT(offer->id),
			       said(c, flow->period));
	unit = pair->fixed ? 0 : c->p->tiers[offer->first_tier + order->order.tier].price;
	c->sums.prices += (zv_i128)flow->qty * (pair->add + unit);
	return check_price(c, flow, pair, order);
}

static bool has_arc(const struct checker *c)
{
	for (size_t i = 0; i < c->pairs.n; i++) {
		for (uint32_t s = 0; s < c->p->offers[c->pairs.list[i].offer].n_tiers; s++) {
			for (int32_t t = 0; t < c->p->n_periods; t++) {
				if (check_may_flow(c->p, &c->pairs.list[i], t, s))
					return true;
			}
		}
	}
	return false;
}

static enum zv_code check_need(struct checker *c, uint32_t i, const struct zv_plan_flow *flows, size_t n)
{
	const struct zv_plan_need *need = &c->p->needs[i];
	struct zv_plan_level *level = &c->sums.levels[need->priority - 1];
	zv_i128 got = 0;

	check_pairs_of(&c->pairs, i);
	for (size_t f = 0; f < n; f++) {
		enum zv_code code = check_flow(c, &flows[f]);

		if (code != ZV_OK)
			return code;
		if (f > 0 && by_flow(&flows[f - 1], &flows[f]) == 0)
			return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s gets two flows from offer %.*s in period %d."), ZV_STR_FMT(need->id),
				       ZV_STR_FMT(offer_id(c, flows[f].offer)), said(c, flows[f].period));
		got += flows[f].qty;
	}
	if (got > need->qty)
		return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("Need %.*s gets more than its %s."), ZV_STR_FMT(need->id), text(c->a, need->qty));
	c->covered[need->product] += got;
	c->sums.penalties += (zv_i128)need->penalty * (need->qty - (int64_t)got);
	if (need->penalty == 0) /* not wanted for itself */
		return ZV_OK;
	level->needs++;
	level->covered_needs += got == need->qty;
	level->qty += need->qty;
	level->covered += got;
	if (n == 0 && !has_arc(c)) {
		c->sums.constant += (zv_i128)need->penalty * need->qty;
		level->constant += need->qty;
	}
	return ZV_OK;
}

static enum zv_code check_flows(struct checker *c, const struct zv_plan_flow *flows, size_t n)
{
	enum zv_code code = ZV_OK;
	size_t at = 0;

	c->flows = zv_calloc(n + 1, sizeof(*c->flows));
	c->n_flows = n;
	for (size_t i = 0; i < n; i++) {
		if (flows[i].need >= c->p->n_needs || flows[i].offer >= c->p->n_offers)
			return zv_fail(c->err, ZV_E_CONFLICT, "flows", N_("A flow names need number %u and offer number %u, which do not both exist."),
				       flows[i].need, flows[i].offer);
		c->flows[i] = flows[i];
	}
	qsort(c->flows, n, sizeof(*c->flows), by_flow);
	for (uint32_t i = 0; i < c->p->n_needs && code == ZV_OK; i++) {
		size_t end = at;

		while (end < n && c->flows[end].need == i)
			end++;
		code = check_need(c, i, c->flows + at, end - at);
		at = end;
	}
	return code;
}

/* --- what binds several together ------------------------------------------------------------------------------------------------------ */

static enum zv_code check_sums(struct checker *c)
{
	for (size_t i = 0; i < c->n_orders; i++) {
		const struct seen_order *o = &c->orders[i];
		const struct zv_plan_offer *offer = &c->p->offers[o->order.offer];

		if (o->flows != o->order.qty)
			return zv_fail(c->err, ZV_E_CONFLICT, "orders", N_("The order of offer %.*s in period %d is %s, but %s flows out of it."),
				       ZV_STR_FMT(offer->id), said(c, o->order.period), text(c->a, o->order.qty), text(c->b, o->flows));
		/* Flows were charged the marginal price of the tier; a ladder of increments cost more before it. */
		c->sums.prices += check_units(c->p, offer, o->order.tier, o->order.qty) -
				  (zv_i128)c->p->tiers[offer->first_tier + o->order.tier].price * o->order.qty;
	}
	return ZV_OK;
}

static enum zv_code check_hours(struct checker *c)
{
	for (size_t i = 0; i < (size_t)c->p->n_resources * (size_t)c->p->n_periods; i++) {
		zv_i128 hours = c->used[i] / ZV_PLAN_UNIT;

		if (c->used[i] <= (zv_i128)c->p->capacity_uh[i] * ZV_PLAN_UNIT)
			continue;
		return zv_fail(c->err, ZV_E_CONFLICT, "resources", N_("Resource %.*s works %s hours in period %d, it has %s."),
			       ZV_STR_FMT(c->p->resources[i / (size_t)c->p->n_periods].id), text(c->a, hours < INT64_MAX ? (int64_t)hours : INT64_MAX),
			       said(c, (int32_t)(i % (size_t)c->p->n_periods)), text(c->b, c->p->capacity_uh[i]));
	}
	return ZV_OK;
}

struct share {
	uint32_t product, maker;
	zv_i128 qty;
};

static int by_share(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	if (x->product != y->product)
		return x->product < y->product ? -1 : 1;
	return x->maker < y->maker ? -1 : x->maker > y->maker;
}

/* (8): of what is covered of a product, one maker has at most its share. */
static enum zv_code check_shares(struct checker *c)
{
	struct share *shares = zv_calloc(c->n_flows + 1, sizeof(*shares));
	enum zv_code code = ZV_OK;
	size_t n = 0;

	for (size_t i = 0; i < c->n_flows; i++) {
		uint32_t product = c->p->needs[c->flows[i].need].product;

		if (c->p->products[product].max_share_ppm > 0)
			shares[n++] = (struct share){product, c->p->offers[c->flows[i].offer].maker, c->flows[i].qty};
	}
	qsort(shares, n, sizeof(*shares), by_share);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		if (i > 0 && by_share(&shares[i - 1], &shares[i]) == 0)
			shares[i].qty += shares[i - 1].qty;
		if (shares[i].qty * ZV_PLAN_UNIT > c->covered[shares[i].product] * c->p->products[shares[i].product].max_share_ppm)
			code = zv_fail(c->err, ZV_E_CONFLICT, "max_share", N_("Maker %.*s has a larger part of product %.*s than %s allows."),
				       ZV_STR_FMT(c->p->makers[shares[i].maker].id), ZV_STR_FMT(c->p->products[shares[i].product].id), "max_share");
	}
	free(shares);
	return code;
}

static enum zv_code check_signed(struct checker *c)
{
	struct zv_plan_flow *rows = zv_calloc((size_t)c->p->n_commitments + 1, sizeof(*rows));
	enum zv_code code = ZV_OK;

	for (uint32_t i = 0; i < c->p->n_commitments; i++) {
		const struct zv_plan_commitment *row = &c->p->commitments[i];

		rows[i] = (struct zv_plan_flow){row->need, row->offer, row->period, row->qty};
	}
	qsort(rows, c->p->n_commitments, sizeof(*rows), by_flow);
	for (uint32_t i = 0; i < c->p->n_commitments && code == ZV_OK; i++) {
		const struct zv_plan_flow *flow = bsearch(&rows[i], c->flows, c->n_flows, sizeof(*c->flows), by_flow);

		if (i > 0 && by_flow(&rows[i - 1], &rows[i]) == 0)
			rows[i].qty += rows[i - 1].qty;
		if (flow == NULL || flow->qty < rows[i].qty)
			code = zv_fail(c->err, ZV_E_CONFLICT, "commitments", N_("Need %.*s signed for %s from offer %.*s in period %d and gets %s."),
				       ZV_STR_FMT(c->p->needs[rows[i].need].id), text(c->a, rows[i].qty), ZV_STR_FMT(offer_id(c, rows[i].offer)),
				       said(c, rows[i].period), text(c->b, flow != NULL ? flow->qty : 0));
	}
	free(rows);
	return code;
}

enum zv_code zv_plan_check(struct zv_plan_checked *out, const struct zv_plan_problem *problem, const struct zv_plan_order *orders, size_t n_orders,
			   const struct zv_plan_flow *flows, size_t n_flows, struct zv_err *err)
{
	struct checker c = {.p = problem, .err = err};
	enum zv_code code;

	c.used = zv_calloc((size_t)problem->n_resources * (size_t)problem->n_periods + 1, sizeof(*c.used));
	c.covered = zv_calloc((size_t)problem->n_products + 1, sizeof(*c.covered));
	check_pairs_open(&c.pairs, problem);
	code = check_orders(&c, orders, n_orders);
	if (code == ZV_OK)
		code = check_flows(&c, flows, n_flows);
	if (code == ZV_OK)
		code = check_sums(&c);
	if (code == ZV_OK)
		code = check_hours(&c);
	if (code == ZV_OK)
		code = check_shares(&c);
	if (code == ZV_OK)
		code = check_signed(&c);
	if (code == ZV_OK) {
		c.sums.objective = c.sums.launches + c.sums.prices + c.sums.penalties;
		*out = c.sums;
	}
	check_pairs_done(&c.pairs);
	free(c.covered);
	free(c.used);
	free(c.flows);
	free(c.orders);
	return code;
}
