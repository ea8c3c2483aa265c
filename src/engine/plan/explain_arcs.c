/* Which offers an uncovered need could have, and by how much it misses the others: tests A1 to A6 in their order. */
#include <string.h>

#include "engine/plan/explain_inner.h"

/* A period of waiting counts as 1/20 of what the need would pay, a permit as all of it: a convention that orders the flips. */
enum { PERIOD_PART = 20 };

struct scan {
	struct explain_group *group;
	ZV_VEC(uint32_t) own;   /* places of offers that may serve the product at hand, in e->offers */
	int64_t *adds;          /* [own x region] */
	uint8_t *known;         /* 0 not yet, 1 added to the tier, 2 the whole price */
	size_t cap;
	struct explain_arc best[EXPLAIN_NEAR];
	int64_t keys[EXPLAIN_NEAR];
	uint32_t n_best, keep;
	struct explain_miss miss[MISS_COUNT];
	zv_i128 cost[MISS_COUNT];
};

uint32_t explain_substitutes(const struct zv_plan_problem *problem, uint32_t product)
{
	uint32_t lo = 0, hi = problem->n_substitutes;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (problem->substitutes[mid].product < product)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool explain_periods(int32_t *lo, int32_t *hi, const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, const struct zv_plan_need *need)
{
	*lo = need->earliest - offer->lead;
	*hi = need->due - offer->lead;
	*lo = *lo < offer->from ? offer->from : *lo;
	*lo = *lo < 0 ? 0 : *lo;
	*hi = *hi > offer->until ? offer->until : *hi;
	*hi = *hi > problem->n_periods - 1 ? problem->n_periods - 1 : *hi;
	return *lo <= *hi;
}

const struct zv_plan_order *explain_order(const struct explain *e, uint32_t offer, int32_t period)
{
	for (uint32_t i = e->order_at[offer]; i < e->order_at[offer + 1]; i++)
		if (e->result->orders[i].period == period)
			return &e->result->orders[i];
	return NULL;
}

struct explain_tier *explain_tiers(const struct zv_plan_problem *p)
{
	struct explain_tier *tiers = zv_reallocarray(NULL, (size_t)p->n_tiers + 1, sizeof(*tiers));

	for (uint32_t k = 0; k < p->n_offers; k++) {
		const struct zv_plan_offer *offer = &p->offers[k];
		zv_i128 fixed = (zv_i128)offer->launch * ZV_PLAN_UNIT;

		for (uint32_t s = 0; s < offer->n_tiers; s++) {
			const struct zv_plan_tier *of = &p->tiers[offer->first_tier + s];
			struct explain_tier *tier = &tiers[offer->first_tier + s];

			tier->b = s == 0 ? offer->moq : of->from;
			tier->top = s + 1 < offer->n_tiers && of[1].from - 1 < offer->max ? of[1].from - 1 : offer->max;
			tier->price = tier->test = of->price;
			if (offer->incremental && s > 0)
				fixed += (zv_i128)(of[-1].price - of->price) * of->from;
			tier->fixed = fixed;
			if (offer->incremental && tier->top >= tier->b) {
				zv_i128 extra = fixed - (zv_i128)offer->launch * ZV_PLAN_UNIT;
				int64_t a = of->price + (int64_t)(extra / tier->b), b = of->price + (int64_t)(extra / tier->top);

				tier->test = a < b ? a : b;
			}
		}
	}
	return tiers;
}

/* --- misses ------------------------------------------------------------------------------------------------------------------ */

static void note(struct scan *scan, enum explain_misses at, zv_i128 cost, uint32_t offer, int32_t period, uint32_t tier)
{
	struct explain_miss *miss = &scan->miss[at];

	if (miss->offer != ZV_PLAN_NONE && (scan->cost[at] < cost || (scan->cost[at] == cost && miss->offer <= offer)))
		return;
	*miss = (struct explain_miss){offer, (int16_t)period, (uint8_t)tier};
	scan->cost[at] = cost;
}

/* By how many periods the window would have to reach further for a launch in `period`; below 0: it would have to begin earlier. */
static int32_t shift_of(const struct zv_plan_need *need, const struct zv_plan_offer *offer, int32_t period)
{
	int32_t at = period + offer->lead;

	if (at > need->due)
		return at - need->due;
	return at < need->earliest ? at - need->earliest : 0;
}

static zv_i128 waiting(const struct explain *e, uint32_t need, int32_t shift)
{
	const struct zv_plan_need *of = &e->problem->needs[need];

	return (zv_i128)of->ceiling * e->left[need] / PERIOD_PART * (shift < 0 ? -shift : shift);
}

static bool has_room(const struct explain *e, uint32_t offer, const struct zv_plan_order *order, int64_t qty)
{
	const struct explain_tier *tier = &e->tiers[e->problem->offers[offer].first_tier + order->tier];

	return tier->top - order->qty >= qty && explain_room(e, offer, order->period, false) >= qty;
}

/* No launch in time: the nearest one that the offer allows at all. */
static void note_window(struct scan *scan, enum explain_misses at, uint32_t need, uint32_t offer)
{
	const struct explain *e = scan->group->e;
	const struct zv_plan_problem *p = e->problem;
	const struct zv_plan_offer *of = &p->offers[offer];
	int32_t lo = of->from < 0 ? 0 : of->from, hi = of->until > p->n_periods - 1 ? p->n_periods - 1 : of->until;
	int32_t nearest = p->needs[need].due - of->lead < lo ? lo : hi;

	if (lo <= hi)
		note(scan, at, waiting(e, need, shift_of(&p->needs[need], of, nearest)), offer, nearest, 0);
}

/* A launched order out of time that has room at a price within the ceiling. */
static void note_late(struct scan *scan, uint32_t need, uint32_t offer, const struct explain_arc *arc)
{
	const struct explain *e = scan->group->e;
	const struct zv_plan_need *to = &e->problem->needs[need];
	const struct zv_plan_offer *of = &e->problem->offers[offer];

	for (uint32_t i = e->order_at[offer]; i < e->order_at[offer + 1]; i++) {
		const struct zv_plan_order *order = &e->result->orders[i];
		int32_t shift = shift_of(to, of, order->period);

		if (shift != 0 && explain_price(arc, e->tiers[of->first_tier + order->tier].price) <= to->ceiling && has_room(e, offer, order, e->left[need]))
			note(scan, MISS_LEAD_OPEN, waiting(e, need, shift), offer, order->period, order->tier);
	}
}

/* A launched order in time that has room, but at a price above the ceiling. */
static void note_dear(struct scan *scan, uint32_t need, uint32_t offer, const struct explain_arc *arc)
{
	const struct explain *e = scan->group->e;
	const struct zv_plan_need *to = &e->problem->needs[need];

	for (uint32_t i = e->order_at[offer]; i < e->order_at[offer + 1]; i++) {
		const struct zv_plan_order *order = &e->result->orders[i];
		int64_t price = explain_price(arc, e->tiers[e->problem->offers[offer].first_tier + order->tier].price);

		if (order->period < arc->lo || order->period > arc->hi || price <= to->ceiling || !has_room(e, offer, order, e->left[need]))
			continue;
		note(scan, MISS_PRICE_OPEN, (zv_i128)(price - to->ceiling) * e->left[need], offer, order->period, order->tier);
	}
}

int64_t explain_miss_figure(const struct explain *e, uint32_t need, const struct explain_miss *miss, enum explain_misses at)
{
	const struct zv_plan_need *to = &e->problem->needs[need];
	const struct zv_plan_offer *of = &e->problem->offers[miss->offer];
	bool fixed;
	int64_t add, unit;

	switch (at) {
	case MISS_LEAD:
	case MISS_VALIDITY:
	case MISS_LEAD_OPEN:
		add = shift_of(to, of, miss->period);
		return add < 0 ? -add : add;
	case MISS_PRICE:
	case MISS_PRICE_OPEN:
		add = zv_plan_freight(&fixed, e->problem, miss->offer, need);
		unit = at == MISS_PRICE ? e->tiers[of->first_tier + miss->tier].test : e->tiers[of->first_tier + miss->tier].price;
		unit = fixed ? add : add + unit;
		/* The penalty rises with the ceiling; where it does not yet outweigh the price, nobody would place the need. */
		return unit - to->penalty + EXPLAIN_KOPECK > unit - to->ceiling ? unit - to->penalty + EXPLAIN_KOPECK : unit - to->ceiling;
	case MISS_PARCEL:
		return of->max;
	case MISS_CAPACITY:
		add = e->problem->capacity_uh[(size_t)of->resource * (size_t)e->problem->n_periods + (size_t)miss->period];
		return of->setup_uh + (int64_t)(((zv_i128)of->hours_uh * e->left[need] + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT) - add;
	default:
		return 0;
	}
}

/* --- one need and one offer ----------------------------------------------------------------------------------------------------- */

static bool hours_for(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, int64_t qty, int32_t period)
{
	int64_t hours;

	if (offer->resource == ZV_PLAN_NONE)
		return true;
	hours = p->capacity_uh[(size_t)offer->resource * (size_t)p->n_periods + (size_t)period] - offer->setup_uh;
	return (zv_i128)offer->hours_uh * qty <= (zv_i128)hours * ZV_PLAN_UNIT;
}

/* Tiers within the ceiling; *holds: those of them that can hold a need that is not to be split, *cheapest: the tier of the lowest price. */
static uint16_t tiers_for(uint16_t *holds, uint32_t *cheapest, const struct explain *e, const struct zv_plan_offer *offer, const struct zv_plan_need *need,
			  int64_t add, bool fixed)
{
	uint16_t mask = 0;
	int64_t lowest = INT64_MAX;

	*holds = 0;
	*cheapest = 0;
	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		const struct explain_tier *tier = &e->tiers[offer->first_tier + s];
		int64_t price = fixed ? add : add + tier->test;

		if (tier->b > tier->top)
			continue;
		if (price < lowest) {
			lowest = price;
			*cheapest = s;
		}
		if (price > need->ceiling)
			continue;
		mask |= (uint16_t)(1u << s);
		if ((!need->single || need->qty <= tier->top) && need->parcel <= tier->top)
			*holds |= (uint16_t)(1u << s);
	}
	return mask;
}

static void keep_best(struct scan *scan, const struct explain_arc *arc, int64_t key)
{
	uint32_t i = scan->n_best;

	if (i == scan->keep) {
		if (scan->keys[i - 1] <= key)
			return;
		i--;
	} else {
		scan->n_best++;
	}
	for (; i > 0 && scan->keys[i - 1] > key; i--) {
		scan->best[i] = scan->best[i - 1];
		scan->keys[i] = scan->keys[i - 1];
	}
	scan->best[i] = *arc;
	scan->keys[i] = key;
}

/* A5 and A6 of an offer that is in time. */
static void scan_price(struct scan *scan, uint32_t need, uint32_t place, const struct explain_arc *arc)
{
	const struct explain *e = scan->group->e;
	const struct zv_plan_problem *p = e->problem;
	const struct zv_plan_need *to = &p->needs[need];
	uint32_t offer = e->offers[place], cheapest;
	const struct zv_plan_offer *of = &p->offers[offer];
	const struct explain_tier *last = &e->tiers[of->first_tier + of->n_tiers - 1];
	struct explain_arc found = *arc;
	int32_t lo = arc->lo, hi = arc->hi;
	int64_t low;
	uint16_t mask = tiers_for(&found.tiers, &cheapest, e, of, to, arc->add, arc->fixed);

	note_dear(scan, need, offer, arc);
	if (mask == 0) {
		low = explain_price(arc, e->tiers[of->first_tier + cheapest].test);
		note(scan, MISS_PRICE, (zv_i128)(low - to->ceiling) * e->left[need], offer, lo, cheapest);
		return;
	}
	while (lo <= hi && !hours_for(p, of, to->single ? to->qty : 1, lo))
		lo++;
	while (lo <= hi && !hours_for(p, of, to->single ? to->qty : 1, hi))
		hi--;
	if (found.tiers == 0 || (lo > hi && to->single && hours_for(p, of, 1, arc->lo)))
		note(scan, MISS_PARCEL, -(zv_i128)of->max, offer, arc->lo, cheapest);
	else if (lo > hi)
		note(scan, MISS_CAPACITY, 0, offer, arc->lo, cheapest);
	if (lo > hi)
		found.tiers = 0;
	found.lo = (uint8_t)lo;
	found.hi = (uint8_t)hi;
	/* Also what fails A6: the offers of a need are chosen before that test. */
	keep_best(scan, &found, explain_price(arc, last->test));
}

/* With the permits an order that is launched in time would take it; else the first period that is in time. */
static void note_permit(struct scan *scan, uint32_t need, uint32_t offer)
{
	const struct explain *e = scan->group->e;
	const struct zv_plan_problem *p = e->problem;
	const struct zv_plan_offer *of = &p->offers[offer];
	bool both = !p->makers[of->maker].licensed && !p->needs[need].licensed;
	int32_t lo, hi;

	if (!explain_periods(&lo, &hi, p, of, &p->needs[need])) {
		note(scan, MISS_CONTROLLED, 4 + both, offer, of->from, 0);
		return;
	}
	note(scan, MISS_CONTROLLED, 2 + both, offer, lo, 0);
	for (uint32_t i = e->order_at[offer]; i < e->order_at[offer + 1]; i++) {
		const struct zv_plan_order *order = &e->result->orders[i];

		if (order->period >= lo && order->period <= hi && has_room(e, offer, order, e->left[need]))
			note(scan, MISS_CONTROLLED, both, offer, order->period, order->tier);
	}
}

static void scan_offer(struct scan *scan, uint32_t need_place, size_t own)
{
	const struct explain *e = scan->group->e;
	const struct zv_plan_problem *p = e->problem;
	uint32_t need = explain_need(scan->group, need_place), place = scan->own.p[own], offer = e->offers[place];
	const struct zv_plan_need *to = &p->needs[need];
	const struct zv_plan_offer *of = &p->offers[offer];
	size_t at = own * p->n_regions + to->region;
	struct explain_arc arc = {.need = need_place, .o = place - scan->group->first_offer};
	int32_t lo, hi;

	if (p->products[of->product].controlled && !(p->makers[of->maker].licensed && to->licensed)) {
		note_permit(scan, need, offer);
		return;
	}
	if (scan->known[at] == 0) {
		bool fixed;

		scan->adds[at] = zv_plan_freight(&fixed, p, offer, need);
		scan->known[at] = fixed ? 2 : 1;
	}
	arc.add = scan->adds[at];
	arc.fixed = scan->known[at] == 2;
	note_late(scan, need, offer, &arc);
	if (!explain_periods(&lo, &hi, p, of, to)) {
		bool horizon = to->due - of->lead < 0 || to->earliest - of->lead > p->n_periods - 1;

		note_window(scan, horizon ? MISS_LEAD : MISS_VALIDITY, need, offer);
		return;
	}
	arc.lo = (uint8_t)lo;
	arc.hi = (uint8_t)hi;
	scan_price(scan, need, place, &arc);
}

/* --- all of a group ----------------------------------------------------------------------------------------------------------------- */

static void own_offers(struct scan *scan, uint32_t product)
{
	const struct explain *e = scan->group->e;
	const struct zv_plan_problem *p = e->problem;

	scan->own.n = 0;
	for (uint32_t i = e->offer_at[product]; i < e->offer_at[product] + e->offer_n[product]; i++)
		zv_vec_push(&scan->own, i);
	for (uint32_t lo = explain_substitutes(p, product); lo < p->n_substitutes && p->substitutes[lo].product == product; lo++) {
		uint32_t with = p->substitutes[lo].with;

		for (uint32_t i = e->offer_at[with]; with != product && i < e->offer_at[with] + e->offer_n[with]; i++)
			zv_vec_push(&scan->own, i);
	}
	if (scan->own.n * p->n_regions > scan->cap) {
		scan->cap = scan->own.n * p->n_regions;
		scan->adds = zv_reallocarray(scan->adds, scan->cap, sizeof(*scan->adds));
		scan->known = zv_realloc(scan->known, scan->cap);
	}
	if (scan->own.n > 0)
		memset(scan->known, 0, scan->own.n * p->n_regions);
}

static void scan_need(struct scan *scan, uint32_t place)
{
	struct explain_group *g = scan->group;

	scan->n_best = 0;
	for (int i = 0; i < MISS_COUNT; i++)
		scan->miss[i].offer = ZV_PLAN_NONE;
	for (size_t i = 0; i < scan->own.n; i++)
		scan_offer(scan, place, i);
	for (uint32_t i = 0; i < scan->n_best; i++)
		if (scan->best[i].tiers != 0)
			zv_vec_push(&g->arcs, scan->best[i]);
	memcpy(&g->misses[(size_t)place * MISS_COUNT], scan->miss, sizeof(scan->miss));
}

/* The arcs again by offer, for the pools. */
static void index_by_offer(struct explain_group *g)
{
	g->by_offer_at = zv_calloc((size_t)g->n_offers + 2, sizeof(*g->by_offer_at));
	g->by_offer = zv_reallocarray(NULL, g->arcs.n + 1, sizeof(*g->by_offer));
	for (size_t i = 0; i < g->arcs.n; i++)
		g->by_offer_at[g->arcs.p[i].o + 2]++;
	for (uint32_t o = 0; o < g->n_offers; o++)
		g->by_offer_at[o + 1] += g->by_offer_at[o];
	for (size_t i = 0; i < g->arcs.n; i++)
		g->by_offer[g->by_offer_at[g->arcs.p[i].o + 1]++] = (uint32_t)i;
}

void explain_arcs(struct explain_group *g)
{
	const struct zv_plan_problem *p = g->e->problem;
	struct scan scan = {.group = g};
	uint32_t product = ZV_PLAN_NONE;

	scan.keep = p->candidates > 0 && p->candidates < EXPLAIN_NEAR ? p->candidates : EXPLAIN_NEAR;
	g->misses = zv_reallocarray(NULL, (size_t)g->n_needs * MISS_COUNT + 1, sizeof(*g->misses));
	g->arc_at = zv_calloc((size_t)g->n_needs + 1, sizeof(*g->arc_at));
	for (uint32_t i = 0; i < g->n_needs; i++) {
		uint32_t of = p->needs[explain_need(g, i)].product;

		if (of != product)
			own_offers(&scan, of);
		product = of;
		g->arc_at[i] = (uint32_t)g->arcs.n;
		scan_need(&scan, i);
	}
	g->arc_at[g->n_needs] = (uint32_t)g->arcs.n;
	index_by_offer(g);
	zv_vec_done(&scan.own);
	free(scan.adds);
	free(scan.known);
}
