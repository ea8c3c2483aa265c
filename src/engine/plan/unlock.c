/* Orders one step from their launch: which quantity from where, which needs of today, or which terms of the maker would launch them. */
#include <string.h>

#include "engine/plan/explain_inner.h"

/* Up to so many needs the figures are exact. */
enum { JOINERS_MAX = 50, FINE_NEEDS = 2000, COARSE = 64, CRUMBS = 1000 /* of the tier: a smaller pool is what others have left over */ };

/* An uncovered need of the offer's group as this order sees it. */
struct guest {
	int64_t bears; /* the highest price of the tier that it pays: ceiling less freight */
	int64_t gain;  /* penalty less freight: what a unit is worth before the price of the tier */
	int64_t qty;
	uint32_t need;
	int32_t shift; /* periods by which its window would have to move */
	bool fixed;    /* it pays a price of its own, whatever the tier says */
	int64_t least; /* of it that one order must bring */
};

struct unlocking {
	struct explain *e;
	struct zv_plan_unlock *row;
	const struct zv_plan_offer *offer;
	const struct explain_tier *tiers;
	ZV_VEC(struct guest) guests;
	uint32_t *dearest;   /* [marked product x region] the need with the highest ceiling */
	uint32_t *mark_of;   /* by product: its place in `dearest` */
};

/* --- choosing the nearest ------------------------------------------------------------------------------------------------------- */

static int by_nearness(const void *a, const void *b)
{
	const struct explain_near *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->row.offer != y->row.offer)
		return x->row.offer < y->row.offer ? -1 : 1;
	return x->row.period < y->row.period ? -1 : x->row.period > y->row.period;
}

static void keep_nearest(struct explain *e)
{
	if (e->near.n > 0)
		qsort(e->near.p, e->near.n, sizeof(*e->near.p), by_nearness);
	if (e->near.n > e->near_max)
		e->near.n = e->near_max;
}

/* What the plan launches when it is placed anew as it is lacks nothing: the search has missed it. */
static bool launches_anyway(const struct explain *e, uint32_t offer, int32_t period)
{
	const struct zv_plan_flip none = {.need = ZV_PLAN_NONE, .offer = offer, .period = period, .region = ZV_PLAN_NONE};
	struct zv_plan_trial trial;

	zv_plan_live_try(&trial, e->live, offer, period, &none);
	return trial.launched && trial.saves > 0;
}

/* The period in which least lacks, the earliest of them; false: nothing of this offer is a step from its launch. */
static bool nearest_slot(uint32_t *out, const struct explain_group *g, uint32_t o)
{
	const struct explain *e = g->e;
	uint32_t offer = explain_offer(g, o);
	bool found = false;

	*out = g->slot_at[o];
	for (uint32_t slot = g->slot_at[o]; slot < g->slot_at[o + 1]; slot++) {
		const struct explain_slot *at = &g->slots[slot];
		int32_t period = g->slot_from[o] + (int32_t)(slot - g->slot_at[o]);

		if ((at->why != ZV_PLAN_MOQ && at->why != ZV_PLAN_LAUNCH) || (found && at->cost >= g->slots[*out].cost) ||
		    (zv_i128)at->pool * CRUMBS < e->tiers[e->problem->offers[offer].first_tier + at->tier].b)
			continue;
		/* Without the hours for a smallest order it is more than a step away. */
		if (explain_room(e, offer, period, true) < e->tiers[e->problem->offers[offer].first_tier].b || launches_anyway(e, offer, period))
			continue;
		*out = slot;
		found = true;
	}
	return found;
}

void explain_unlocks_offer(struct explain_group *g)
{
	struct explain *e = g->e;

	for (uint32_t o = 0; o < g->n_offers; o++) {
		const struct explain_slot *at;
		struct explain_near near;
		uint32_t slot;

		if (!nearest_slot(&slot, g, o))
			continue;
		at = &g->slots[slot];
		near.cost = at->cost;
		near.row = (struct zv_plan_unlock){.offer = explain_offer(g, o), .period = g->slot_from[o] + (int32_t)(slot - g->slot_at[o]), .tier = at->tier,
						   .pool = at->pool, .lack_qty = at->lack_qty, .lack_money = at->lack_money, .region = ZV_PLAN_NONE,
						   .moq_today = -1, .launch_today = -1, .price_today = -1};
		zv_vec_push(&e->near, near);
		if (e->near.n >= 4 * e->near_max + 1024)
			keep_nearest(e);
	}
}

/* --- who could come --------------------------------------------------------------------------------------------------------------- */

static bool accepts(const struct zv_plan_problem *p, uint32_t product, uint32_t with)
{
	uint32_t lo = 0, hi = p->n_substitutes;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct zv_plan_substitute *at = &p->substitutes[mid];

		if (at->product < product || (at->product == product && at->with < with))
			lo = mid + 1;
		else
			hi = mid;
	}
	return product == with || (lo < p->n_substitutes && p->substitutes[lo].product == product && p->substitutes[lo].with == with);
}

static void invite(struct unlocking *u, uint32_t need)
{
	const struct zv_plan_problem *p = u->e->problem;
	const struct zv_plan_need *to = &p->needs[need];
	int32_t at = u->row->period + u->offer->lead;
	struct guest guest = {.need = need, .qty = u->e->left[need], .least = to->single ? to->qty : to->parcel};
	bool fixed;
	int64_t add;

	if (!accepts(p, to->product, u->offer->product))
		return;
	if (p->products[u->offer->product].controlled && !(p->makers[u->offer->maker].licensed && to->licensed))
		return;
	add = zv_plan_freight(&fixed, p, u->row->offer, need);
	if (fixed)
		add -= u->tiers[u->row->tier].price;
	guest.fixed = fixed;
	guest.shift = at > to->due ? at - to->due : at < to->earliest ? to->earliest - at : 0;
	guest.bears = to->ceiling - add;
	guest.gain = to->penalty - add;
	zv_vec_push(&u->guests, guest);
}

static void invite_all(struct unlocking *u)
{
	struct explain *e = u->e;
	uint32_t group = e->group_of[u->offer->product];

	u->guests.n = 0;
	for (uint32_t i = e->need_at[group]; i < e->need_at[group + 1]; i++)
		invite(u, e->needs[i]);
}

static int by_bears_desc(const void *a, const void *b)
{
	const struct guest *x = a, *y = b;

	if (x->bears != y->bears)
		return x->bears > y->bears ? -1 : 1;
	return x->need < y->need ? -1 : x->need > y->need;
}

/* --- trials ------------------------------------------------------------------------------------------------------------------------- */

static bool launches(const struct unlocking *u, const struct zv_plan_flip *change)
{
	struct zv_plan_flip flip = *change;
	struct zv_plan_trial trial;

	flip.need = ZV_PLAN_NONE;
	flip.offer = u->row->offer;
	flip.period = u->row->period;
	zv_plan_live_try(&trial, u->e->live, flip.offer, flip.period, &flip);
	return trial.launched && trial.saves > 0;
}

static bool extra_launches(const struct unlocking *u, uint32_t region, int64_t qty, int64_t price)
{
	return launches(u, &(struct zv_plan_flip){.extra_qty = qty, .extra_price = price, .region = region});
}

/* --- extra quantity ------------------------------------------------------------------------------------------------------------------- */

/* The most that one order could take of it. */
static int64_t extra_max(const struct unlocking *u)
{
	int64_t room = explain_room(u->e, u->row->offer, u->row->period, true);

	return room < u->offer->max ? room : u->offer->max;
}

/* What a region would have to bring at the ceiling of its need; at most the rest of the tier, else 0. */
static int64_t extra_from(const struct unlocking *u, uint32_t need)
{
	const struct explain_tier *tier = &u->tiers[u->row->tier];
	bool fixed;
	int64_t add = zv_plan_freight(&fixed, u->e->problem, u->row->offer, need);
	int64_t margin = u->e->problem->needs[need].ceiling - (fixed ? add : add + tier->price);
	zv_i128 wanted = u->row->lack_qty;

	if (margin < 0 || (margin == 0 && u->row->lack_money > 0))
		return 0;
	if (u->row->lack_money > 0 && ((zv_i128)u->row->lack_money * ZV_PLAN_UNIT + margin - 1) / margin > wanted)
		wanted = ((zv_i128)u->row->lack_money * ZV_PLAN_UNIT + margin - 1) / margin;
	return wanted <= tier->top - u->row->pool ? (int64_t)wanted : 0;
}

/* The region that would do with the least, at the ceiling of the need there that pays best. */
static void choose_region(struct unlocking *u)
{
	const struct zv_plan_problem *p = u->e->problem;
	const uint32_t *dearest = &u->dearest[(size_t)u->mark_of[u->offer->product] * p->n_regions];
	struct zv_plan_unlock *row = u->row;

	for (uint32_t r = 0; r < p->n_regions; r++) {
		int64_t qty = dearest[r] != ZV_PLAN_NONE ? extra_from(u, dearest[r]) : 0;

		if (qty == 0 || (row->region != ZV_PLAN_NONE && (qty > row->extra_qty || (qty == row->extra_qty && p->needs[dearest[r]].ceiling <= row->extra_price))))
			continue;
		row->region = r;
		row->extra_qty = qty;
		row->extra_price = p->needs[dearest[r]].ceiling;
	}
}

/* From a value that does not launch the order to one that does: the smallest of the latter, by `step`; on a large problem one that is at most 1/64 too high. */
static int64_t smallest(struct unlocking *u, int64_t lo, int64_t hi, int64_t step, bool price)
{
	const struct zv_plan_unlock *row = u->row;
	bool fine = u->e->problem->n_needs <= FINE_NEEDS;

	while (hi - lo > step && (fine || hi - lo > hi / COARSE)) {
		int64_t at = (lo + (hi - lo) / 2) / step * step;

		at = at <= lo ? lo + step : at;
		if (at >= hi)
			break;
		if (extra_launches(u, row->region, price ? row->extra_qty : at, price ? at : row->extra_price))
			hi = at;
		else
			lo = at;
	}
	return hi;
}

/* At the ceiling of a need there: so much as lacks, or more. */
static bool verify_extra(struct unlocking *u)
{
	struct zv_plan_unlock *row = u->row;
	int64_t hi = row->extra_qty, most = extra_max(u);

	if (row->region == ZV_PLAN_NONE)
		return false;
	if (extra_launches(u, row->region, hi, row->extra_price)) {
		row->extra_qty = hi > 1 && extra_launches(u, row->region, hi - 1, row->extra_price) ? smallest(u, 0, hi - 1, 1, false) : hi;
		return true;
	}
	if (most <= hi || !extra_launches(u, row->region, most, row->extra_price))
		return false;
	row->extra_qty = smallest(u, hi, most, 1, false);
	return true;
}

/* Freight to the region plus the price of the tier; INT64_MAX: no price is known there. */
static int64_t cost_in(const struct unlocking *u, uint32_t region)
{
	struct zv_plan_need at = {.product = u->offer->product, .region = region};
	struct zv_plan_problem one = *u->e->problem;
	bool fixed;
	int64_t add;

	one.needs = &at;
	add = zv_plan_freight(&fixed, &one, u->row->offer, 0);
	return fixed ? add : add + u->tiers[u->row->tier].price;
}

/* Where no need of today pays enough: what lacks (or, where only money does, a tenth of the smallest order) at the price that would carry the launch. */
static bool price_extra(struct unlocking *u)
{
	struct zv_plan_unlock *row = u->row;
	int64_t best = INT64_MAX, most = extra_max(u), tenth = u->tiers[0].b / 10 + 1;
	uint32_t region = ZV_PLAN_NONE;
	int64_t quantities[] = {row->lack_qty, tenth, u->tiers[0].b};

	for (uint32_t r = 0; r < u->e->problem->n_regions; r++) {
		int64_t cost = cost_in(u, r);

		if (cost < best) {
			best = cost;
			region = r;
		}
	}
	for (size_t i = 0; i < ZV_LEN(quantities); i++) {
		int64_t qty = quantities[i] < most ? quantities[i] : most;
		zv_i128 price = qty > 0 ? (zv_i128)best + u->tiers[row->tier].fixed / qty + EXPLAIN_KOPECK : 0;

		price += EXPLAIN_KOPECK - price % EXPLAIN_KOPECK;
		if (qty <= 0 || price >= ZV_PLAN_PRICE_MAX || !extra_launches(u, region, qty, (int64_t)price))
			continue;
		row->region = region;
		row->extra_qty = qty;
		row->extra_price = smallest(u, best - 1, (int64_t)price, EXPLAIN_KOPECK, true);
		return true;
	}
	return false;
}

static void choose_extra(struct unlocking *u)
{
	struct zv_plan_unlock was = *u->row;

	choose_region(u);
	if (verify_extra(u)) {
		u->row->verified = true;
		return;
	}
	was.region = u->row->region;
	was.extra_qty = u->row->extra_qty;
	was.extra_price = u->row->extra_price;
	if (price_extra(u))
		u->row->verified = true;
	else
		*u->row = was;
}

/* --- the maker's terms ------------------------------------------------------------------------------------------------------------------ */

/* The order at its first tier as the needs in time would fill it: quanta, and their value above its price. */
static int64_t first_pool(zv_i128 *value, const struct unlocking *u)
{
	const struct explain_tier *tier = &u->tiers[0];
	int64_t pool = 0;

	*value = 0;
	for (size_t i = 0; i < u->guests.n; i++) {
		const struct guest *guest = &u->guests.p[i];
		int64_t take = guest->qty < tier->top - pool ? guest->qty : tier->top - pool;

		if (guest->shift != 0 || guest->bears < tier->price || take < guest->least)
			continue;
		pool += take;
		*value += (zv_i128)(guest->gain - tier->price) * take;
	}
	return pool;
}

/*
 * The highest first price at which the needs that bear it fill the smallest order and carry the launch. They are not covered, in time, within the hours and
 * without a share to keep: that is the proof, and a trial could not see needs that no arc reaches today.
 */
static int64_t price_for(const struct unlocking *u)
{
	const struct explain_tier *tier = &u->tiers[0];
	int64_t pool = 0, best = -1;
	int64_t room = explain_room(u->e, u->row->offer, u->row->period, true), top = tier->top < room ? tier->top : room;
	zv_i128 worth = 0;

	if (u->e->problem->products[u->offer->product].max_share_ppm > 0)
		return -1;
	for (size_t i = 0; i < u->guests.n; i++) {
		const struct guest *guest = &u->guests.p[i];
		int64_t take = guest->qty < top - pool ? guest->qty : top - pool;
		zv_i128 price;

		if (guest->shift != 0 || guest->fixed || take <= 0 || take < guest->least)
			continue;
		pool += take;
		worth += (zv_i128)guest->gain * take;
		if (pool < tier->b || worth < tier->fixed)
			continue;
		price = (worth - tier->fixed - (zv_i128)EXPLAIN_KOPECK * ZV_PLAN_UNIT) / pool;
		price = price < guest->bears ? price : guest->bears;
		best = price > best ? (int64_t)price : best;
	}
	return best;
}

static void choose_terms(struct unlocking *u)
{
	struct zv_plan_unlock *row = u->row;
	const struct explain_tier *tier = &u->tiers[0];
	zv_i128 value;
	int64_t pool = first_pool(&value, u), price;

	if (pool > 0 && pool < tier->b && launches(u, &(struct zv_plan_flip){.moq_minus = tier->b - pool}))
		row->moq_today = pool;
	if (pool >= tier->b && value < tier->fixed) {
		zv_i128 lack = (tier->fixed - value + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT;
		int64_t today = lack < u->offer->launch ? (u->offer->launch - (int64_t)lack) / EXPLAIN_KOPECK * EXPLAIN_KOPECK : -1;

		if (today >= EXPLAIN_KOPECK && !launches(u, &(struct zv_plan_flip){.launch_minus = u->offer->launch - today}))
			today -= EXPLAIN_KOPECK;
		if (today >= 0 && launches(u, &(struct zv_plan_flip){.launch_minus = u->offer->launch - today}))
			row->launch_today = today;
	}
	price = price_for(u) / EXPLAIN_KOPECK * EXPLAIN_KOPECK;
	if (price > 0 && price < tier->price)
		row->price_today = price;
}

/* --- needs of today -------------------------------------------------------------------------------------------------------------------------- */

static int64_t raise_of(const struct unlocking *u, const struct guest *guest)
{
	return guest->shift != 0 ? 0 : u->tiers[u->row->tier].price - guest->bears;
}

/* In time and within the ceiling they are in the pool already; two steps at once are not asked of anybody. */
static bool could_join(const struct unlocking *u, const struct guest *guest)
{
	const struct explain_tier *tier = &u->tiers[u->row->tier];
	bool pays = guest->bears >= tier->price;

	if (guest->least > tier->top - u->row->pool)
		return false;
	return (guest->shift == 1 && pays) || (guest->shift == 0 && !pays);
}

static void choose_joiners(struct unlocking *u)
{
	struct zv_plan_unlock *row = u->row;
	uint32_t *joiners = ZV_ARENA_ARRAY(u->e->arena, uint32_t, JOINERS_MAX);
	int64_t *raises = ZV_ARENA_ARRAY(u->e->arena, int64_t, JOINERS_MAX), qty = 0;
	zv_i128 money = 0, wanted = (zv_i128)row->lack_money * ZV_PLAN_UNIT;

	/* A window that moves costs nothing and comes first; the others already stand by what they bear, highest first. */
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < u->guests.n && row->n_joiners < JOINERS_MAX && (qty < row->lack_qty || money < wanted); i++) {
			const struct guest *guest = &u->guests.p[i];
			int64_t raise = raise_of(u, guest);

			if (!could_join(u, guest) || (guest->shift == 1) != (pass == 0))
				continue;
			joiners[row->n_joiners] = guest->need;
			raises[row->n_joiners++] = raise;
			qty += guest->qty;
			money += (zv_i128)(guest->gain + raise - u->tiers[row->tier].price) * guest->qty;
		}
	row->joiners = joiners;
	row->joiner_raise = raises;
}

/* --- all of them --------------------------------------------------------------------------------------------------------------------------------- */

/* Of each product that is asked about, the need with the highest ceiling in each region. */
static void find_dearest(struct unlocking *u)
{
	struct explain *e = u->e;
	const struct zv_plan_problem *p = e->problem;
	uint32_t n_marks = 0;

	u->mark_of = zv_reallocarray(NULL, (size_t)p->n_products + 1, sizeof(*u->mark_of));
	memset(u->mark_of, 0xff, ((size_t)p->n_products + 1) * sizeof(*u->mark_of));
	for (size_t i = 0; i < e->near.n; i++) {
		uint32_t *mark = &u->mark_of[p->offers[e->near.p[i].row.offer].product];

		if (*mark == ZV_PLAN_NONE)
			*mark = n_marks++;
	}
	u->dearest = zv_reallocarray(NULL, (size_t)n_marks * p->n_regions + 1, sizeof(*u->dearest));
	memset(u->dearest, 0xff, ((size_t)n_marks * p->n_regions + 1) * sizeof(*u->dearest));
	for (uint32_t i = 0; i < p->n_needs; i++) {
		uint32_t mark = u->mark_of[p->needs[i].product], *at;

		if (mark == ZV_PLAN_NONE)
			continue;
		at = &u->dearest[(size_t)mark * p->n_regions + p->needs[i].region];
		if (*at == ZV_PLAN_NONE || p->needs[i].ceiling > p->needs[*at].ceiling)
			*at = i;
	}
}

void explain_unlocks_finish(struct explain *e, struct zv_plan_explained *out)
{
	struct unlocking u = {.e = e};

	keep_nearest(e);
	find_dearest(&u);
	out->unlocks = ZV_ARENA_ARRAY(e->arena, struct zv_plan_unlock, e->near.n + 1);
	out->n_unlocks = e->near.n;
	for (size_t i = 0; i < e->near.n; i++) {
		u.row = &out->unlocks[i];
		*u.row = e->near.p[i].row;
		u.offer = &e->problem->offers[u.row->offer];
		u.tiers = &e->tiers[u.offer->first_tier];
		invite_all(&u);
		if (u.guests.n > 0)
			qsort(u.guests.p, u.guests.n, sizeof(*u.guests.p), by_bears_desc);
		choose_extra(&u);
		choose_terms(&u);
		choose_joiners(&u);
	}
	zv_vec_done(&u.guests);
	free(u.dearest);
	free(u.mark_of);
}
