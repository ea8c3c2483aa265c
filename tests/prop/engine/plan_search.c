/* All plans of a tiny problem. */
#include "plan_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct try_arc {
	uint32_t need, offer;
	int32_t period;
	int64_t add, least; /* least: signed */
	bool fixed;
};

struct trying {
	const struct zv_plan_problem *p;
	struct try_arc arcs[PLAN_SEARCH_FLOWS];
	size_t n_arcs;
	int64_t flow[PLAN_SEARCH_FLOWS];
	int64_t order[PLAN_SEARCH_SLOTS];
	struct plan_found *best, now;
	bool any;
	const struct plan_search_ask *ask;
};

static size_t slot_of(const struct zv_plan_problem *p, uint32_t offer, int32_t period)
{
	return (size_t)offer * (size_t)p->n_periods + (size_t)period;
}

static int64_t signed_qty(const struct zv_plan_problem *p, uint32_t need, uint32_t offer, int32_t period)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < p->n_commitments; i++)
		if (p->commitments[i].need == need && p->commitments[i].offer == offer && (period < 0 || p->commitments[i].period == period))
			sum += p->commitments[i].qty;
	return sum;
}

static bool accepts(const struct zv_plan_problem *p, uint32_t product, uint32_t with)
{
	for (uint32_t i = 0; i < p->n_substitutes; i++)
		if (p->substitutes[i].product == product && p->substitutes[i].with == with)
			return true;
	return product == with;
}

static int32_t tier_of(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, int64_t qty)
{
	int32_t tier = 0;

	for (uint32_t s = 1; s < offer->n_tiers; s++)
		if (qty >= p->tiers[offer->first_tier + s].from)
			tier = (int32_t)s;
	return tier;
}

/* What the units of an order cost before freight. */
static zv_i128 units_cost(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, int64_t qty)
{
	const struct zv_plan_tier *tiers = &p->tiers[offer->first_tier];
	zv_i128 sum = 0;

	if (!offer->incremental)
		return (zv_i128)tiers[tier_of(p, offer, qty)].price * qty;
	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		int64_t from = s == 0 ? 0 : tiers[s].from;
		int64_t to = s + 1 < offer->n_tiers && tiers[s + 1].from < qty ? tiers[s + 1].from : qty;

		if (to > from)
			sum += (zv_i128)tiers[s].price * (to - from);
	}
	return sum;
}

/* The lowest unit price at the last tier that orders reach: by it offers are chosen. */
static int64_t last_price(const struct zv_plan_problem *p, const struct zv_plan_offer *offer)
{
	int64_t from = p->tiers[offer->first_tier + offer->n_tiers - 1].from, a, b;

	if (!offer->incremental || offer->n_tiers == 1 || from > offer->max)
		return p->tiers[offer->first_tier + offer->n_tiers - 1].price;
	a = (int64_t)(units_cost(p, offer, from) / from);
	b = (int64_t)(units_cost(p, offer, offer->max) / offer->max);
	return a < b ? a : b;
}

static bool some_period(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, const struct zv_plan_need *need, int32_t period)
{
	return period >= offer->from && period <= offer->until && period + offer->lead >= need->earliest && period + offer->lead <= need->due &&
	       period < p->n_periods;
}

struct kept_offer {
	int64_t key;
	uint32_t offer;
};

static int by_key(const void *a, const void *b)
{
	const struct kept_offer *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->offer < y->offer ? -1 : x->offer > y->offer;
}

static bool add_arcs(struct trying *t, uint32_t need, uint32_t offer)
{
	for (int32_t period = 0; period < t->p->n_periods; period++) {
		struct try_arc arc = {need, offer, period, 0, signed_qty(t->p, need, offer, period), false};

		if (!some_period(t->p, &t->p->offers[offer], &t->p->needs[need], period))
			continue;
		arc.add = zv_plan_freight(&arc.fixed, t->p, offer, need);
		if (t->n_arcs == PLAN_SEARCH_FLOWS)
			return false;
		t->arcs[t->n_arcs++] = arc;
	}
	return true;
}

static bool arcs_of(struct trying *t, uint32_t i)
{
	const struct zv_plan_problem *p = t->p;
	const struct zv_plan_need *need = &p->needs[i];
	struct kept_offer *kept = zv_calloc((size_t)p->n_offers + 1, sizeof(*kept));
	size_t n = 0;
	bool fine = true;

	for (uint32_t k = 0; k < p->n_offers && fine; k++) {
		const struct zv_plan_offer *offer = &p->offers[k];
		bool fixed, fits = false;
		int64_t key = zv_plan_freight(&fixed, p, k, i);

		if (!fixed)
			key += last_price(p, offer);
		for (int32_t period = 0; period < p->n_periods; period++)
			fits = fits || some_period(p, offer, need, period);
		if (!accepts(p, need->product, offer->product) || !fits)
			continue;
		if (p->products[offer->product].controlled && !(need->licensed && p->makers[offer->maker].licensed))
			continue;
		if (signed_qty(p, i, k, -1) > 0)
			fine = add_arcs(t, i, k);
		else if (key <= need->ceiling)
			kept[n++] = (struct kept_offer){key, k};
	}
	qsort(kept, n, sizeof(*kept), by_key);
	for (size_t j = 0; j < n && fine && (p->candidates == 0 || j < p->candidates); j++)
		fine = add_arcs(t, i, kept[j].offer);
	free(kept);
	return fine;
}

/* --- one plan ------------------------------------------------------------------------------------------------------------------- */

static bool hours_hold(const struct trying *t)
{
	const struct zv_plan_problem *p = t->p;

	for (uint32_t r = 0; r < p->n_resources; r++)
		for (int32_t period = 0; period < p->n_periods; period++) {
			zv_i128 used = 0;

			for (uint32_t k = 0; k < p->n_offers; k++)
				if (p->offers[k].resource == r && t->order[slot_of(p, k, period)] > 0)
					used += (zv_i128)p->offers[k].setup_uh * ZV_PLAN_UNIT +
						(zv_i128)p->offers[k].hours_uh * t->order[slot_of(p, k, period)];
			if (used > (zv_i128)p->capacity_uh[(size_t)r * (size_t)p->n_periods + (size_t)period] * ZV_PLAN_UNIT)
				return false;
		}
	return true;
}

static bool shares_hold(const struct trying *t)
{
	const struct zv_plan_problem *p = t->p;

	for (uint32_t product = 0; product < p->n_products; product++)
		for (uint32_t maker = 0; maker < p->n_makers && p->products[product].max_share_ppm > 0; maker++) {
			zv_i128 all = 0, own = 0;

			for (size_t a = 0; a < t->n_arcs; a++) {
				if (p->needs[t->arcs[a].need].product != product)
					continue;
				all += t->flow[a];
				if (p->offers[t->arcs[a].offer].maker == maker)
					own += t->flow[a];
			}
			if (own * 1000000 > all * p->products[product].max_share_ppm)
				return false;
		}
	return true;
}

/* Orders, prices and ceilings; adds to *cost. */
static bool orders_hold(const struct trying *t, zv_i128 *cost)
{
	const struct zv_plan_problem *p = t->p;

	for (uint32_t k = 0; k < p->n_offers; k++)
		for (int32_t period = 0; period < p->n_periods; period++) {
			int64_t qty = t->order[slot_of(p, k, period)];

			if (qty == 0)
				continue;
			if (qty < p->offers[k].moq || qty > p->offers[k].max)
				return false;
			*cost += (zv_i128)p->offers[k].launch * ZV_PLAN_UNIT + units_cost(p, &p->offers[k], qty);
		}
	for (size_t a = 0; a < t->n_arcs; a++) {
		const struct try_arc *arc = &t->arcs[a];
		const struct zv_plan_offer *offer = &p->offers[arc->offer];
		int64_t qty = t->order[slot_of(p, arc->offer, arc->period)];
		zv_i128 price = arc->add;

		if (t->flow[a] == 0)
			continue;
		if (!arc->fixed)
			price += units_cost(p, offer, qty) / qty;
		if (price > p->needs[arc->need].ceiling)
			return false;
		*cost += (zv_i128)arc->add * t->flow[a];
		if (arc->fixed)
			*cost -= (zv_i128)p->tiers[offer->first_tier + (uint32_t)tier_of(p, offer, qty)].price * t->flow[a];
	}
	return true;
}

static void write_plan(struct plan_found *out, const struct trying *t)
{
	const struct zv_plan_problem *p = t->p;

	out->n_orders = out->n_flows = 0;
	for (uint32_t k = 0; k < p->n_offers; k++)
		for (int32_t period = 0; period < p->n_periods; period++) {
			int64_t qty = t->order[slot_of(p, k, period)];

			if (qty > 0)
				out->orders[out->n_orders++] = (struct zv_plan_order){k, period, (uint32_t)tier_of(p, &p->offers[k], qty), qty};
		}
	for (size_t a = 0; a < t->n_arcs; a++)
		if (t->flow[a] > 0)
			out->flows[out->n_flows++] = (struct zv_plan_flow){t->arcs[a].need, t->arcs[a].offer, t->arcs[a].period, t->flow[a]};
}

static void look(struct trying *t, zv_i128 penalties)
{
	zv_i128 cost = penalties;
	bool holds = orders_hold(t, &cost) && hours_hold(t) && shares_hold(t);

	t->best->tried++;
	if (t->ask != NULL && t->best->tried % 997 == 1) {
		write_plan(&t->now, t);
		t->now.objective = cost;
		t->ask->ask(t->ask->context, &t->now, holds);
	}
	if (!holds || (t->any && cost >= t->best->objective))
		return;
	t->any = true;
	t->best->objective = cost;
	write_plan(t->best, t);
}

static void each(struct trying *t, size_t arc, int64_t left, zv_i128 penalties)
{
	const struct zv_plan_problem *p = t->p;
	const struct try_arc *a = &t->arcs[arc];
	bool last = arc + 1 >= t->n_arcs || t->arcs[arc + 1].need != a->need;
	const struct zv_plan_need *need;
	size_t slot;

	if (arc == t->n_arcs) {
		look(t, penalties);
		return;
	}
	need = &p->needs[a->need];
	slot = slot_of(p, a->offer, a->period);
	for (int64_t qty = a->least; qty <= left && t->order[slot] + qty <= p->offers[a->offer].max; qty++) {
		if (qty > 0 && (qty < need->parcel || (need->single && qty != need->qty)))
			continue;
		t->flow[arc] = qty;
		t->order[slot] += qty;
		each(t, arc + 1, last ? (arc + 1 < t->n_arcs ? p->needs[t->arcs[arc + 1].need].qty : 0) : left - qty,
		     penalties + (last ? (zv_i128)need->penalty * (left - qty) : 0));
		t->order[slot] -= qty;
		t->flow[arc] = 0;
	}
}

/* Plans to look at, roughly from above. */
static double plans(const struct trying *t)
{
	double all = 1;

	for (uint32_t i = 0; i < t->p->n_needs; i++) {
		double n = 0, ways = 1;

		for (size_t a = 0; a < t->n_arcs; a++)
			n += t->arcs[a].need == i;
		if (t->p->needs[i].single)
			ways = n + 1;
		for (int64_t q = 1; q <= t->p->needs[i].qty && !t->p->needs[i].single; q++)
			ways *= (n + (double)q) / (double)q;
		all *= ways;
	}
	return all;
}

bool plan_search(struct plan_found *out, const struct zv_plan_problem *problem, int64_t most, const struct plan_search_ask *ask)
{
	struct trying *t = zv_calloc(1, sizeof(*t));
	zv_i128 without = 0;
	bool fine = (size_t)problem->n_offers * (size_t)problem->n_periods <= PLAN_SEARCH_SLOTS;

	t->p = problem;
	t->best = out;
	t->ask = ask;
	*out = (struct plan_found){0};
	for (uint32_t i = 0; i < problem->n_needs && fine; i++) {
		size_t before = t->n_arcs;

		fine = arcs_of(t, i);
		if (t->n_arcs == before)
			without += (zv_i128)problem->needs[i].penalty * problem->needs[i].qty;
	}
	fine = fine && plans(t) <= (double)most;
	if (fine)
		each(t, 0, t->n_arcs > 0 ? problem->needs[t->arcs[0].need].qty : 0, without);
	fine = fine && t->any;
	free(t);
	return fine;
}
