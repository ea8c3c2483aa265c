/* What would flip each uncovered need, the cheapest first, and which of it holds when the plan is placed anew. */
#include "engine/plan/explain_inner.h"

/* Allowing a need to be split counts as 1/50 of what it would pay. A code may be cheapest in several places; the answer may take two changes at the first few. */
enum { SPLIT_PART = 50, PLACES = 3, NEAR_MAX = PLACES * ZV_PLAN_WHY_COUNT, TWO_MAX = 4, ANY_MAX = 8 };

struct asking {
	struct explain_group *group;
	uint32_t place, need;
	struct explain_flip near[NEAR_MAX];
	size_t n;
	bool nothing_lacks; /* somewhere every test holds */
	bool share;
};

static const enum zv_plan_why why_of[MISS_COUNT] = {ZV_PLAN_CONTROLLED, ZV_PLAN_LEAD,     ZV_PLAN_VALIDITY, ZV_PLAN_PRICE,
						    ZV_PLAN_PARCEL,     ZV_PLAN_CAPACITY, ZV_PLAN_LEAD,     ZV_PLAN_PRICE};

/* --- candidates ----------------------------------------------------------------------------------------------------------------- */

/* Of each code the cheapest few are kept. */
static void offer_near(struct asking *ask, enum zv_plan_why why, zv_i128 cost, int64_t figure, uint32_t offer, int32_t period, uint32_t tier, int64_t target,
		       int64_t margin)
{
	const struct explain *e = ask->group->e;
	struct explain_flip *at = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ask->n; i++)
		if (ask->near[i].because.why == why) {
			n++;
			at = at == NULL || ask->near[i].cost > at->cost ? &ask->near[i] : at;
		}
	if (n == PLACES && at->cost <= (double)cost)
		return;
	if (n < PLACES)
		at = &ask->near[ask->n++];
	*at = (struct explain_flip){.cost = (double)cost, .target = target, .margin = margin > 0 ? margin : 0};
	at->because = (struct zv_plan_because){.need = ask->need, .qty = e->left[ask->need], .why = why, .kind = explain_kind(why), .figure = figure, .offer = offer,
					       .period = period, .tier = tier, .input = ZV_PLAN_NONE};
}

static zv_i128 worth(const struct asking *ask)
{
	const struct explain *e = ask->group->e;

	return (zv_i128)e->problem->needs[ask->need].ceiling * e->left[ask->need];
}

/* The quantity at this need's ceiling that would both reach the tier and carry the launch. */
static int64_t growth(const struct asking *ask, const struct explain_arc *arc, const struct explain_slot *slot, uint32_t offer)
{
	const struct explain *e = ask->group->e;
	const struct explain_tier *tier = &e->tiers[e->problem->offers[offer].first_tier + slot->tier];
	int64_t margin = e->problem->needs[ask->need].ceiling - explain_price(arc, tier->price);
	zv_i128 earns;

	if (slot->lack_money == 0 || margin <= 0)
		return slot->lack_qty;
	earns = ((zv_i128)slot->lack_money * ZV_PLAN_UNIT + margin - 1) / margin;
	if (earns > tier->top - slot->pool)
		return slot->lack_qty;
	return earns > slot->lack_qty ? (int64_t)earns : slot->lack_qty;
}

static void ask_closed(struct asking *ask, const struct explain_arc *arc, const struct explain_slot *slot, uint32_t offer, int32_t period)
{
	const struct explain *e = ask->group->e;
	int64_t margin = e->problem->needs[ask->need].ceiling - explain_price(arc, e->tiers[e->problem->offers[offer].first_tier + slot->tier].price);
	zv_i128 cost = slot->cost;
	int64_t figure;

	switch (slot->why) {
	case ZV_PLAN_MOQ:
		figure = growth(ask, arc, slot, offer);
		offer_near(ask, ZV_PLAN_MOQ, cost, figure, offer, period, slot->tier, 1, margin);
		break;
	case ZV_PLAN_LAUNCH:
		figure = e->problem->offers[offer].launch;
		offer_near(ask, ZV_PLAN_LAUNCH, cost, slot->lack_money < figure ? slot->lack_money : figure, offer, period, slot->tier, 1, margin);
		break;
	case ZV_PLAN_CAPACITY:
		offer_near(ask, ZV_PLAN_CAPACITY, cost, slot->lack_uh, offer, period, slot->tier, 1, margin);
		break;
	case ZV_PLAN_SEARCH:
		ask->nothing_lacks = true;
		break;
	default:
		break;
	}
}

/* A launched order in whose tier the need could be, but is not. */
static void ask_open(struct asking *ask, const struct explain_arc *arc, const struct zv_plan_order *order)
{
	struct explain *e = ask->group->e;
	const struct zv_plan_offer *of = &e->problem->offers[order->offer];
	const struct zv_plan_need *to = &e->problem->needs[ask->need];
	int64_t left = e->left[ask->need], spare = e->tiers[of->first_tier + order->tier].top - order->qty;
	int64_t room = explain_room(e, order->offer, order->period, false);
	const struct explain_holder *holder = &e->holders[order - e->result->orders];
	int64_t raise;

	if (room < left && spare >= left) {
		zv_i128 lack = (zv_i128)of->hours_uh * left - e->spare[(size_t)of->resource * (size_t)e->problem->n_periods + (size_t)order->period];

		offer_near(ask, ZV_PLAN_CAPACITY, worth(ask) / left * (left - room), (int64_t)((lack + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT), order->offer,
			   order->period, order->tier, left, 0);
	}
	if (room >= left && spare >= left) {
		ask->nothing_lacks = true;
		return;
	}
	spare = spare < room ? spare : room;
	if (spare > 0 && (to->single || to->parcel > spare))
		offer_near(ask, ZV_PLAN_PARCEL, worth(ask) / SPLIT_PART + worth(ask) / left * (left - spare), spare, order->offer, order->period, order->tier, 1, 0);
	raise = holder->worth - (to->penalty - arc->add + (arc->fixed ? e->tiers[of->first_tier + order->tier].price : 0)) + EXPLAIN_KOPECK;
	if (holder->worth < INT64_MAX && raise > 0 && raise < ZV_PLAN_PRICE_MAX)
		offer_near(ask, ZV_PLAN_PRIORITY, worth(ask) + (zv_i128)raise * left, raise, order->offer, order->period, order->tier, 1, 0);
}

/* The order is launched at a tier that is too dear; a higher tier would do. */
static void ask_tier(struct asking *ask, const struct explain_arc *arc, const struct zv_plan_order *order)
{
	const struct explain *e = ask->group->e;
	const struct zv_plan_offer *of = &e->problem->offers[order->offer];
	const struct explain_tier *tiers = &e->tiers[of->first_tier];
	int64_t left = e->left[ask->need], lack;

	for (uint32_t s = order->tier + 1; s < of->n_tiers; s++) {
		if (!(arc->tiers >> s & 1))
			continue;
		lack = tiers[s].b - order->qty - left;
		if (lack > 0 && order->qty + left + lack <= tiers[s].top)
			offer_near(ask, ZV_PLAN_MOQ, (zv_i128)lack * tiers[s].price, lack, order->offer, order->period, s, 1, 0);
		return;
	}
}

static void ask_arcs(struct asking *ask)
{
	struct explain_group *g = ask->group;

	for (uint32_t i = g->arc_at[ask->place]; i < g->arc_at[ask->place + 1]; i++) {
		const struct explain_arc *arc = &g->arcs.p[i];
		uint32_t offer = explain_offer(g, arc->o);

		if (explain_share_full(g->e, ask->need, offer)) {
			ask->share = true;
			continue;
		}
		for (int32_t period = arc->lo; period <= arc->hi; period++) {
			const struct zv_plan_order *order = explain_order(g->e, offer, period);

			if (order == NULL)
				ask_closed(ask, arc, &g->slots[g->slot_at[arc->o] + (uint32_t)(period - g->slot_from[arc->o])], offer, period);
			else if (arc->tiers >> order->tier & 1)
				ask_open(ask, arc, order);
			else
				ask_tier(ask, arc, order);
		}
	}
}

/* The period of a window where an offer is nearest to a launch without this need. */
static int32_t nearest_period(const struct asking *ask, const struct explain_miss *miss)
{
	const struct explain_group *g = ask->group;
	const struct explain *e = g->e;
	uint32_t o = e->place_of[miss->offer] - g->first_offer;
	int32_t lo, hi, best = miss->period;
	zv_i128 cost = -1;

	if (!explain_periods(&lo, &hi, e->problem, &e->problem->offers[miss->offer], &e->problem->needs[ask->need]))
		return best;
	for (uint32_t slot = g->slot_at[o]; slot < g->slot_at[o + 1]; slot++) {
		int32_t period = g->slot_from[o] + (int32_t)(slot - g->slot_at[o]);
		const struct explain_slot *at = &g->slots[slot];

		if (period < lo || period > hi || at->why == ZV_PLAN_FITS || (cost >= 0 && at->cost >= cost))
			continue;
		cost = at->cost;
		best = period;
	}
	return best;
}

/* Some period of the plan is in time for the need, whatever the offer allows. */
static bool in_horizon(const struct zv_plan_problem *p, const struct explain_miss *miss, uint32_t need)
{
	const struct zv_plan_offer *of = &p->offers[miss->offer];

	return p->needs[need].due - of->lead >= 0 && p->needs[need].earliest - of->lead <= p->n_periods - 1 &&
	       (miss->period < of->from || miss->period > of->until || p->needs[need].due - of->lead < of->from || p->needs[need].earliest - of->lead > of->until);
}

static void ask_misses(struct asking *ask)
{
	const struct explain_group *g = ask->group;
	const struct explain_miss *misses = &g->misses[(size_t)ask->place * MISS_COUNT];

	for (int i = MISS_COUNT - 1; i >= 0; i--) {
		enum zv_plan_why why = why_of[i];
		int64_t figure;
		int32_t period = misses[i].period;
		zv_i128 cost;

		if (misses[i].offer == ZV_PLAN_NONE)
			continue;
		if (i == MISS_LEAD_OPEN && !in_horizon(g->e->problem, &misses[i], ask->need))
			why = ZV_PLAN_LEAD;
		else if (i == MISS_LEAD_OPEN)
			why = ZV_PLAN_VALIDITY;
		figure = explain_miss_figure(g->e, ask->need, &misses[i], (enum explain_misses)i);
		if (i == MISS_PRICE)
			period = nearest_period(ask, &misses[i]);
		cost = why == ZV_PLAN_PRICE ? (zv_i128)figure * g->e->left[ask->need]
		       : why == ZV_PLAN_LEAD || why == ZV_PLAN_VALIDITY ? worth(ask) / 20 * figure
		       : why == ZV_PLAN_PARCEL ? worth(ask) / SPLIT_PART : worth(ask);
		/* By an order that is launched already it holds surely, elsewhere only by chance. */
		if (i < MISS_LEAD_OPEN)
			cost += worth(ask);
		offer_near(ask, why, cost, figure, misses[i].offer, period, misses[i].tier, why == ZV_PLAN_PARCEL ? 1 : g->e->left[ask->need], 0);
	}
}

/* --- the answer --------------------------------------------------------------------------------------------------------------------- */

static int by_cost(const void *a, const void *b)
{
	const struct explain_flip *x = a, *y = b;

	if (x->cost < y->cost || x->cost > y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->because.why != y->because.why)
		return x->because.why < y->because.why ? -1 : 1;
	if (x->because.offer != y->because.offer)
		return x->because.offer < y->because.offer ? -1 : 1;
	return x->because.period < y->because.period ? -1 : x->because.period > y->because.period;
}

/* The cheapest change of one figure that holds. What a figure must be above what lacks makes it dearer than it seemed. */
static bool reach_one(struct explain_flip *best, struct asking *ask)
{
	bool found = false;

	for (size_t i = 0; i < ask->n && (!found || ask->near[i].cost < best->cost); i++) {
		struct explain_flip one = ask->near[i];

		if (!explain_flip_reach(&one, ask->group->e) || (found && one.cost >= best->cost))
			continue;
		*best = one;
		found = true;
	}
	return found;
}

/* Where one change does not do, the test that fails next is answered as well: at the first of the places where two do. */
static bool reach_two(struct explain_flip *best, struct asking *ask)
{
	for (size_t i = 0; i < ask->n && i < TWO_MAX; i++) {
		*best = ask->near[i];
		if (explain_flip_reach_two(best, ask->group->e))
			return true;
	}
	return false;
}

/* A need that may be split and is too large for the orders at hand: then a change that covers more of it than now. */
static bool reach_part(struct explain_flip *best, struct asking *ask)
{
	if (ask->group->e->problem->needs[ask->need].single)
		return false;
	for (size_t i = 0; i < ask->n; i++)
		ask->near[i].target = 1;
	return reach_one(best, ask) || reach_two(best, ask);
}

/* None of the cheapest single changes leads anywhere: the orders that are nearest when all that they lack is counted. */
static bool reach_any(struct explain_flip *best, struct asking *ask)
{
	struct explain_flip near[ANY_MAX];
	size_t n = explain_places(near, ANY_MAX, ask->group->e, ask->need);

	for (size_t i = 0; i < n; i++) {
		*best = near[i];
		if (explain_flip_reach(best, ask->group->e) || explain_flip_reach_two(best, ask->group->e))
			return true;
	}
	return false;
}

/* What the search might still find: not more than the gap, nor than the penalty of the need. */
static void answer_search(struct zv_plan_because *out, const struct asking *ask)
{
	const struct explain *e = ask->group->e;
	zv_i128 gap = (e->result->objective - e->result->bound) / ZV_PLAN_UNIT;
	zv_i128 own = (zv_i128)e->problem->needs[ask->need].penalty * e->left[ask->need] / ZV_PLAN_UNIT;

	*out = (struct zv_plan_because){.need = ask->need, .qty = e->left[ask->need], .why = ZV_PLAN_SEARCH, .kind = ZV_PLAN_FIG_MONEY, .offer = ZV_PLAN_NONE,
					.period = -1, .input = ZV_PLAN_NONE};
	gap = gap < own ? gap : own;
	out->figure = gap < 0 ? 0 : gap < INT64_MAX ? (int64_t)gap : INT64_MAX;
}

/* The orders that it could have are full of what no ceiling outbids. */
static void answer_full(struct zv_plan_because *out, const struct asking *ask)
{
	const struct explain_group *g = ask->group;
	const struct explain_arc *arc = &g->arcs.p[g->arc_at[ask->place]];

	out->why = ZV_PLAN_PRIORITY;
	out->offer = explain_offer(g, arc->o);
	out->period = arc->lo;
}

static void answer(struct zv_plan_because *out, struct asking *ask)
{
	const struct explain *e = ask->group->e;
	struct explain_flip best;

	ask_misses(ask);
	ask_arcs(ask);
	*out = (struct zv_plan_because){.need = ask->need, .qty = e->left[ask->need], .why = ZV_PLAN_NOMAKER, .offer = ZV_PLAN_NONE, .period = -1,
					.input = ZV_PLAN_NONE};
	if (ask->n == 0 && !ask->nothing_lacks && !ask->share) {
		if (ask->group->arc_at[ask->place] < ask->group->arc_at[ask->place + 1])
			answer_full(out, ask);
		return;
	}
	qsort(ask->near, ask->n, sizeof(ask->near[0]), by_cost);
	if (reach_one(&best, ask) || reach_two(&best, ask) || reach_part(&best, ask) || reach_any(&best, ask)) {
		*out = best.because;
		out->verified = true;
		if (explain_flip_idle(&best, e))
			answer_search(out, ask);
	} else if (ask->nothing_lacks) {
		answer_search(out, ask);
	} else if (ask->n == 0) {
		out->why = ZV_PLAN_SHARE;
	} else {
		*out = ask->near[0].because;
	}
}

void explain_answers(struct explain_group *g)
{
	const struct explain *e = g->e;
	struct asking ask;

	for (uint32_t i = 0; i < g->n_needs; i++) {
		struct zv_plan_because *out = &g->e->because[g->e->n_because++];

		ask = (struct asking){.group = g, .place = i, .need = explain_need(g, i)};
		answer(out, &ask);
		g->e->lost[ask.need] = g->arc_at[i] == g->arc_at[i + 1];
		if (out->why == ZV_PLAN_PRIORITY || (out->why == ZV_PLAN_CAPACITY && out->offer != ZV_PLAN_NONE)) {
			const struct zv_plan_order *order = explain_order(e, out->offer, out->period);

			out->displaced = order != NULL ? e->holders[order - e->result->orders].priority : 0;
		}
	}
}
