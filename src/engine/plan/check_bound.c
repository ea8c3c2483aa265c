/* The bound of given prices a second time: pair by pair and order by order, dense and plain. The solver's own is bound.c. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/plan/check.h"
#include "engine/plan/check_pairs.h"

/* An hour dearer than this counts as this in the orders, which can only lower the bound. */
static const zv_i128 RATE_MAX = (zv_i128)1 << 62;

static const zv_i128 NO_BOUND = -((zv_i128)1 << 126);

struct wish {
	zv_i128 margin; /* what a unit in this order saves, micro-roubles */
	int64_t qty;
};

struct bounding {
	const struct zv_plan_problem *p;
	const int64_t *need_price;
	const int64_t *resource_price;
	ZV_VEC(struct check_pair) pairs; /* by offer */
	int64_t *left;                   /* by need: not signed */
	struct wish *wishes;
	bool overflow;
};

static void add(struct bounding *b, zv_i128 *sum, zv_i128 value)
{
	if (__builtin_add_overflow(*sum, value, sum))
		b->overflow = true;
}

static int64_t price_of(const struct bounding *b, uint32_t need)
{
	int64_t price = b->need_price[need], penalty = b->p->needs[need].penalty;

	if (price < -ZV_PLAN_PENALTY_MAX)
		return -ZV_PLAN_PENALTY_MAX;
	return price < penalty ? price : penalty;
}

static int dearest_first(const void *a, const void *b)
{
	const struct wish *x = a, *y = b;

	return x->margin < y->margin ? 1 : x->margin > y->margin ? -1 : 0;
}

static int by_offer(const void *a, const void *b)
{
	const struct check_pair *x = a, *y = b;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->need < y->need ? -1 : x->need > y->need;
}

/* What one unit takes of its resource, micro-roubles, rounded down; and a set-up, money. */
static zv_i128 rate_of(zv_i128 *setup, const struct bounding *b, const struct zv_plan_offer *offer, int32_t period)
{
	zv_i128 mu, rate;

	*setup = 0;
	if (offer->resource == ZV_PLAN_NONE)
		return 0;
	mu = b->resource_price[(size_t)offer->resource * (size_t)b->p->n_periods + (size_t)period];
	*setup = mu * offer->setup_uh;
	rate = mu * offer->hours_uh / ZV_PLAN_UNIT;
	return rate < RATE_MAX ? rate : RATE_MAX;
}

/* What is signed of (offer, period): quantity and money in tier s. */
static void signed_part(struct bounding *b, int64_t *qty, zv_i128 *money, uint32_t offer, int32_t period, uint32_t s, zv_i128 rate)
{
	*qty = 0;
	*money = 0;
	for (uint32_t i = 0; i < b->p->n_commitments; i++) {
		const struct zv_plan_commitment *row = &b->p->commitments[i];
		bool fixed;
		int64_t unit;

		if (row->offer != offer || row->period != period)
			continue;
		unit = zv_plan_freight(&fixed, b->p, offer, row->need);
		unit += fixed ? 0 : b->p->tiers[b->p->offers[offer].first_tier + s].price;
		*qty += row->qty;
		add(b, money, (rate + unit) * row->qty);
	}
}

/* An order alone must fit the hours of its resource: that holds besides their price. */
static int64_t hours_allow(const struct bounding *b, const struct zv_plan_offer *offer, int32_t period, int64_t top)
{
	zv_i128 room;

	if (offer->resource == ZV_PLAN_NONE)
		return top;
	room = (zv_i128)b->p->capacity_uh[(size_t)offer->resource * (size_t)b->p->n_periods + (size_t)period] - offer->setup_uh;
	if (room < 0)
		return 0;
	room = offer->hours_uh > 0 ? room * ZV_PLAN_UNIT / offer->hours_uh : top;
	return room < top ? (int64_t)room : top;
}

/* The lowest money of the order in tier s at these prices; false: the tier cannot be had. */
static bool tier_value(struct bounding *b, zv_i128 *value, const struct check_pair *pairs, size_t n, int32_t period, uint32_t s)
{
	const struct zv_plan_offer *offer = &b->p->offers[pairs[0].offer];
	int64_t unit = b->p->tiers[offer->first_tier + s].price, from, top, qty;
	zv_i128 setup, rate = rate_of(&setup, b, offer, period), money;
	size_t m = 0;

	if (!check_tier(&from, &top, b->p, offer, s))
		return false;
	top = hours_allow(b, offer, period, top);
	signed_part(b, &qty, &money, pairs[0].offer, period, s, rate);
	for (size_t i = 0; i < n; i++) {
		if (b->left[pairs[i].need] > 0 && check_may_flow(b->p, &pairs[i], period, s))
			b->wishes[m++] = (struct wish){price_of(b, pairs[i].need) - pairs[i].add - (pairs[i].fixed ? 0 : unit) - rate, b->left[pairs[i].need]};
	}
	qsort(b->wishes, m, sizeof(*b->wishes), dearest_first);
	for (size_t i = 0; i < m && qty < top && (b->wishes[i].margin > 0 || qty < from); i++) {
		int64_t room = (b->wishes[i].margin > 0 ? top : from) - qty;
		int64_t take = b->wishes[i].qty < room ? b->wishes[i].qty : room;

		qty += take;
		add(b, &money, -b->wishes[i].margin * take);
	}
	add(b, &money, setup);
	add(b, &money, (zv_i128)offer->launch * ZV_PLAN_UNIT + check_units(b->p, offer, s, from) - (zv_i128)unit * from);
	*value = money;
	return qty >= from && qty <= top;
}

static bool launched_by_signature(const struct bounding *b, uint32_t offer, int32_t period)
{
	for (uint32_t i = 0; i < b->p->n_commitments; i++) {
		if (b->p->commitments[i].offer == offer && b->p->commitments[i].period == period)
			return true;
	}
	return false;
}

static void add_order(struct bounding *b, zv_i128 *sum, const struct check_pair *pairs, size_t n, int32_t period)
{
	bool must = launched_by_signature(b, pairs[0].offer, period), any = !must;
	zv_i128 best = 0, value;

	for (uint32_t s = 0; s < b->p->offers[pairs[0].offer].n_tiers; s++) {
		if (!tier_value(b, &value, pairs, n, period, s))
			continue;
		best = any && best < value ? best : value;
		any = true;
	}
	add(b, sum, best);
}

static zv_i128 needs_part(struct bounding *b, struct check_pairs *by_need)
{
	zv_i128 sum = 0;

	for (uint32_t i = 0; i < b->p->n_needs; i++) {
		bool arc = false;

		check_pairs_of(by_need, i);
		for (size_t j = 0; j < by_need->n; j++) {
			const struct check_pair *pair = &by_need->list[j];
			bool may = false;

			for (uint32_t s = 0; s < b->p->offers[pair->offer].n_tiers && !may; s++) {
				for (int32_t t = 0; t < b->p->n_periods && !may; t++)
					may = check_may_flow(b->p, pair, t, s);
			}
			if (may)
				zv_vec_push(&b->pairs, *pair);
			arc = arc || may;
		}
		add(b, &sum, (zv_i128)(arc ? price_of(b, i) : b->p->needs[i].penalty) * b->left[i]);
	}
	return sum;
}

zv_i128 zv_plan_check_bound(const struct zv_plan_problem *problem, const int64_t *need_price, const int64_t *resource_price)
{
	struct bounding b = {.p = problem, .need_price = need_price, .resource_price = resource_price};
	struct check_pairs by_need;
	zv_i128 sum;
	size_t end;

	b.left = zv_calloc((size_t)problem->n_needs + 1, sizeof(*b.left));
	for (uint32_t i = 0; i < problem->n_needs; i++)
		b.left[i] = problem->needs[i].qty;
	for (uint32_t i = 0; i < problem->n_commitments; i++)
		b.left[problem->commitments[i].need] -= problem->commitments[i].qty;
	check_pairs_open(&by_need, problem);
	sum = needs_part(&b, &by_need);
	check_pairs_done(&by_need);
	b.wishes = zv_calloc(b.pairs.n + 1, sizeof(*b.wishes));
	if (b.pairs.n > 0)
		qsort(b.pairs.p, b.pairs.n, sizeof(*b.pairs.p), by_offer);
	for (size_t at = 0; at < b.pairs.n; at = end) {
		for (end = at; end < b.pairs.n && b.pairs.p[end].offer == b.pairs.p[at].offer;)
			end++;
		for (int32_t t = 0; t < problem->n_periods; t++)
			add_order(&b, &sum, b.pairs.p + at, end - at, t);
	}
	for (size_t i = 0; i < (size_t)problem->n_resources * (size_t)problem->n_periods; i++)
		add(&b, &sum, -(zv_i128)resource_price[i] * problem->capacity_uh[i]);
	free(b.wishes);
	zv_vec_done(&b.pairs);
	free(b.left);
	return b.overflow ? NO_BOUND : sum;
}
