/* What the uncovered needs would bring to each closed order, and what the order still lacks. */
#include <string.h>

#include "engine/plan/explain_inner.h"

struct item {
	int64_t margin; /* penalty - delivered price, micro-roubles per unit */
	int64_t qty;
	int64_t least; /* of it that one order must bring */
	uint32_t need;
};

struct pools {
	struct explain_group *group;
	ZV_VEC(struct item) items;
};

int64_t explain_room(const struct explain *e, uint32_t offer, int32_t period, bool setup)
{
	const struct zv_plan_offer *of = &e->problem->offers[offer];
	zv_i128 hours;

	if (of->resource == ZV_PLAN_NONE)
		return of->max;
	hours = e->spare[(size_t)of->resource * (size_t)e->problem->n_periods + (size_t)period] - (setup ? (zv_i128)of->setup_uh * ZV_PLAN_UNIT : 0);
	if (hours < 0)
		return 0;
	return of->hours_uh > 0 && hours / of->hours_uh < of->max ? (int64_t)(hours / of->hours_uh) : of->max;
}

static int by_margin_desc(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->margin != y->margin)
		return x->margin > y->margin ? -1 : 1;
	return x->need < y->need ? -1 : x->need > y->need;
}

static void gather(struct pools *pools, uint32_t o, int32_t period, uint32_t s)
{
	const struct explain_group *g = pools->group;
	const struct explain *e = g->e;
	const struct explain_tier *tier = &e->tiers[e->problem->offers[explain_offer(g, o)].first_tier + s];

	pools->items.n = 0;
	for (uint32_t i = g->by_offer_at[o]; i < g->by_offer_at[o + 1]; i++) {
		const struct explain_arc *arc = &g->arcs.p[g->by_offer[i]];
		uint32_t need = explain_need(g, arc->need);
		const struct zv_plan_need *to = &e->problem->needs[need];
		int64_t margin = to->penalty - explain_price(arc, tier->price);

		if (arc->lo <= period && period <= arc->hi && (arc->tiers >> s & 1) != 0)
			zv_vec_push(&pools->items, ((struct item){margin, e->left[need], to->single ? to->qty : to->parcel, need}));
	}
	if (pools->items.n > 0)
		if (pools->items.n > 0)
		qsort(pools->items.p, pools->items.n, sizeof(*pools->items.p), by_margin_desc);
}

/* The dearest first, up to `top`: quanta, and the money that they are worth above the tier's price. */
static int64_t fill(zv_i128 *value, const struct pools *pools, int64_t top)
{
	int64_t pool = 0;

	*value = 0;
	for (size_t i = 0; i < pools->items.n; i++) {
		const struct item *item = &pools->items.p[i];
		int64_t take = item->qty < top - pool ? item->qty : top - pool;

		if (item->margin <= 0 || take < item->least)
			continue;
		pool += take;
		*value += (zv_i128)item->margin * take;
	}
	return pool;
}

/* Needs that are worth less than the price may still bring an order to its smallest size (tolerances do), as long as it earns its cost. */
static int64_t fill_up(zv_i128 *value, int64_t pool, const struct pools *pools, const struct explain_tier *tier, int64_t top)
{
	int64_t end = tier->b < top ? tier->b : top;

	for (size_t i = 0; i < pools->items.n && pool < end; i++) {
		const struct item *item = &pools->items.p[i];
		int64_t take = item->qty < end - pool ? item->qty : end - pool;

		if (item->margin > 0 || take < item->least)
			continue;
		if (*value + (zv_i128)item->margin * take < tier->fixed)
			break;
		pool += take;
		*value += (zv_i128)item->margin * take;
	}
	return pool;
}

/* The least whole kopecks above an amount: a launch that earns nothing is not made. */
static int64_t kopecks_above(zv_i128 money)
{
	zv_i128 kopeck = (zv_i128)EXPLAIN_KOPECK * ZV_PLAN_UNIT;
	zv_i128 n = (money / kopeck + 1) * EXPLAIN_KOPECK;

	return n < ZV_PLAN_LAUNCH_MAX ? (int64_t)n : ZV_PLAN_LAUNCH_MAX;
}

/* Hours so that `qty` quanta fit beside what is there, micro-hours, at least 1. */
static int64_t hours_lack(const struct explain *e, uint32_t offer, int32_t period, int64_t qty)
{
	const struct zv_plan_offer *of = &e->problem->offers[offer];
	zv_i128 wanted = (zv_i128)of->hours_uh * qty + (zv_i128)of->setup_uh * ZV_PLAN_UNIT -
			 e->spare[(size_t)of->resource * (size_t)e->problem->n_periods + (size_t)period];

	wanted = (wanted + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT;
	return wanted < 1 ? 1 : wanted < ZV_PLAN_HOURS_MAX ? (int64_t)wanted : ZV_PLAN_HOURS_MAX;
}

/* At one tier; false: nobody would join. */
static bool look_tier(struct explain_slot *out, struct pools *pools, uint32_t o, int32_t period, uint32_t s)
{
	const struct explain *e = pools->group->e;
	uint32_t offer = explain_offer(pools->group, o);
	const struct explain_tier *tier = &e->tiers[e->problem->offers[offer].first_tier + s];
	int64_t room = explain_room(e, offer, period, true), pool, held;
	zv_i128 value, held_value;

	gather(pools, o, period, s);
	if (tier->b > tier->top || pools->items.n == 0)
		return false;
	pool = fill(&value, pools, tier->top);
	if (pool > 0)
		pool = fill_up(&value, pool, pools, tier, tier->top);
	*out = (struct explain_slot){.why = ZV_PLAN_SEARCH, .tier = (uint8_t)s, .pool = pool};
	if (value < tier->fixed) {
		out->cost = tier->fixed - value;
		out->lack_money = kopecks_above(out->cost);
		out->why = ZV_PLAN_LAUNCH;
	}
	if (pool < tier->b) {
		out->lack_qty = tier->b - pool;
		out->cost += (zv_i128)out->lack_qty * (tier->price > 0 ? tier->price : 1);
		out->why = ZV_PLAN_MOQ;
	}
	if (out->why != ZV_PLAN_SEARCH || room >= pool)
		return pool > 0;
	held = fill(&held_value, pools, room);
	held = fill_up(&held_value, held, pools, tier, room);
	if (held < tier->b || held_value < tier->fixed) {
		out->why = ZV_PLAN_CAPACITY;
		out->lack_uh = hours_lack(e, offer, period, pool);
		out->cost = (zv_i128)(pool - held) * (tier->price > 0 ? tier->price : 1);
	}
	return pool > 0;
}

static void look_slot(struct pools *pools, uint32_t o, int32_t period, struct explain_slot *out)
{
	const struct zv_plan_offer *of = &pools->group->e->problem->offers[explain_offer(pools->group, o)];
	struct explain_slot at;

	out->why = ZV_PLAN_FITS;
	for (uint32_t s = 0; s < of->n_tiers; s++)
		if (look_tier(&at, pools, o, period, s) && (out->why == ZV_PLAN_FITS || at.cost < out->cost))
			*out = at;
}

static void slots_of(struct explain_group *g, uint32_t o, uint32_t *n_slots)
{
	int lo = ZV_PLAN_PERIODS_MAX, hi = -1;

	for (uint32_t i = g->by_offer_at[o]; i < g->by_offer_at[o + 1]; i++) {
		const struct explain_arc *arc = &g->arcs.p[g->by_offer[i]];

		lo = arc->lo < lo ? arc->lo : lo;
		hi = arc->hi > hi ? arc->hi : hi;
	}
	g->slot_at[o] = *n_slots;
	g->slot_from[o] = (int16_t)lo;
	*n_slots += hi >= lo ? (uint32_t)(hi - lo + 1) : 0;
}

void explain_pools(struct explain_group *g)
{
	struct pools pools = {.group = g};
	uint32_t n_slots = 0;

	g->slot_at = zv_reallocarray(NULL, (size_t)g->n_offers + 1, sizeof(*g->slot_at));
	g->slot_from = zv_reallocarray(NULL, (size_t)g->n_offers + 1, sizeof(*g->slot_from));
	for (uint32_t o = 0; o < g->n_offers; o++)
		slots_of(g, o, &n_slots);
	g->slot_at[g->n_offers] = n_slots;
	g->slots = zv_calloc((size_t)n_slots + 1, sizeof(*g->slots));
	for (uint32_t o = 0; o < g->n_offers; o++)
		for (uint32_t slot = g->slot_at[o]; slot < g->slot_at[o + 1]; slot++) {
			int32_t period = g->slot_from[o] + (int32_t)(slot - g->slot_at[o]);

			if (explain_order(g->e, explain_offer(g, o), period) == NULL)
				look_slot(&pools, o, period, &g->slots[slot]);
		}
	zv_vec_done(&pools.items);
}
