/* Who would come to an order, in the order of what they are worth to it; the changed need is laid over what is remembered. */
#include "engine/plan/trial.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { ITEMS_MAX = 400000 };

void trial_memory_open(struct trial_memory *out, struct plan_moves *moves)
{
	*out = (struct trial_memory){.moves = moves};
	out->at = zv_calloc((size_t)moves->place->arcs->n_slots + 1, sizeof(*out->at));
}

static void forget(struct trial_memory *m)
{
	for (size_t i = 0; i < m->slots.n; i++) {
		m->at[m->slots.p[i].slot] = 0;
		free(m->slots.p[i].items);
	}
	m->slots.n = 0;
	m->n_items = 0;
}

void trial_memory_close(struct trial_memory *m)
{
	forget(m);
	zv_vec_done(&m->slots);
	zv_vec_done(&m->fresh);
	zv_vec_done(&m->picks);
	zv_vec_done(&m->best);
	free(m->at);
}

/* --- items -------------------------------------------------------------------------------------------------------------------- */

static int64_t surplus_of(const struct plan_place *place, uint32_t slot)
{
	const struct plan_slot *s = &place->slots[slot];

	return s->qty - plan_tier_of(place, slot, s->tier)->b;
}

/* As moves.c gathers them: what is left of the need, and what other orders can spare of it. */
static void gather_pair(struct trial_memory *m, uint32_t slot, uint32_t j, double first_price)
{
	struct plan_place *place = m->moves->place;
	const struct plan_pair *pair = plan_pair_of(place, j);
	const struct zv_plan_need *need;
	struct trial_item item = {.pair = j, .need = pair->need, .tiers = pair->tiers, .flow = ZV_PLAN_NONE};
	double add = pair->tiers & PLAN_FIXED ? first_price - (double)pair->add * 1e-6 : -(double)pair->add * 1e-6;

	if (pair->lo > place->slots[slot].period || pair->hi < place->slots[slot].period)
		return;
	need = plan_need_of(place, pair->need);
	if (place->left[pair->need] > 0) {
		item.key = place->penalty[pair->need] + add;
		item.qty = place->left[pair->need];
		item.least = need->single ? item.qty : need->parcel;
		zv_vec_push(&m->fresh, item);
	}
	for (uint32_t f = place->first[pair->need]; f != ZV_PLAN_NONE; f = place->flows.p[f].next) {
		const struct plan_flow *flow = &place->flows.p[f];
		int64_t surplus = surplus_of(place, flow->slot);

		item.qty = flow->qty < surplus ? flow->qty : surplus;
		if (item.qty <= 0 || flow->slot == slot || (need->single && item.qty < flow->qty))
			continue;
		item.key = plan_price_in(place, flow->slot, flow->pair) + add;
		item.least = need->single ? item.qty : need->parcel;
		item.flow = f;
		zv_vec_push(&m->fresh, item);
	}
}

static int by_key_desc(const void *a, const void *b)
{
	const struct trial_item *x = a, *y = b;

	if (x->key < y->key || x->key > y->key)
		return x->key > y->key ? -1 : 1;
	if (x->pair != y->pair)
		return x->pair < y->pair ? -1 : 1;
	return x->flow < y->flow ? -1 : x->flow > y->flow;
}

static double first_price_of(const struct plan_place *place, uint32_t slot)
{
	return (double)plan_tier_of(place, slot, 0)->price * 1e-6;
}

const struct trial_slot *trial_remember(struct trial_memory *m, uint32_t slot)
{
	struct plan_place *place = m->moves->place;
	const struct plan_arcs *arcs = place->arcs;
	const struct zv_plan_offer *offer = plan_offer_of(place, slot);
	uint32_t o = place->slots[slot].o;
	struct trial_slot at = {.slot = slot};
	double cost = place->cost;

	if (m->at[slot] != 0)
		return &m->slots.p[m->at[slot] - 1];
	if (m->n_items > ITEMS_MAX)
		forget(m);
	plan_mark(place);
	plan_close_slot(m->moves, slot);
	at.closing = place->cost - cost;
	if (offer->resource != ZV_PLAN_NONE)
		at.hours = place->hours[(size_t)offer->resource * (size_t)place->problem->n_periods + (size_t)place->slots[slot].period];
	m->fresh.n = 0;
	for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++)
		gather_pair(m, slot, j, first_price_of(place, slot));
	plan_undo(place);
	at.n_items = (uint32_t)m->fresh.n;
	at.items = zv_reallocarray(NULL, m->fresh.n + 1, sizeof(*at.items));
	for (size_t i = 0; i < m->fresh.n; i++)
		at.items[i] = m->fresh.p[i];
	if (at.n_items > 1)
		qsort(at.items, at.n_items, sizeof(*at.items), by_key_desc);
	m->n_items += at.n_items;
	zv_vec_push(&m->slots, at);
	m->at[slot] = (uint32_t)m->slots.n;
	return &m->slots.p[m->slots.n - 1];
}

/* --- one tier ---------------------------------------------------------------------------------------------------------------------- */

static int64_t surplus_left(const struct plan_moves *moves, uint32_t victim)
{
	return surplus_of(moves->place, victim) - (moves->stamp[victim] == moves->now ? moves->taken[victim] : 0);
}

/* How much of an item goes into `room` more quanta. */
static int64_t portion(const struct plan_moves *moves, const struct trial_item *item, int64_t room)
{
	const struct plan_flow *flow = item->flow != ZV_PLAN_NONE ? &moves->place->flows.p[item->flow] : NULL;
	int64_t qty = item->qty < room ? item->qty : room;

	if (qty < item->least)
		return 0;
	if (flow != NULL) {
		int64_t surplus = surplus_left(moves, flow->slot);

		qty = qty < surplus ? qty : surplus;
		/* What stays there must not be a crumb either. */
		if (item->least > 0 && flow->qty > qty && flow->qty - qty < item->least)
			return 0;
	}
	return qty < item->least || qty <= 0 ? 0 : qty;
}

static void take(struct trial_memory *m, const struct trial_item *item, int64_t qty)
{
	struct plan_moves *moves = m->moves;

	zv_vec_push(&m->picks, ((struct trial_pick){item, qty}));
	if (item->flow != ZV_PLAN_NONE) {
		uint32_t victim = moves->place->flows.p[item->flow].slot;

		moves->taken[victim] = qty + (moves->stamp[victim] == moves->now ? moves->taken[victim] : 0);
		moves->stamp[victim] = moves->now;
	}
}

/* The next item of two lists by key: those remembered, without the changed need's, and that need's as they are now. */
struct walk {
	const struct trial_item *old, *old_end, *fresh, *fresh_end;
	uint32_t changed;
};

static const struct trial_item *next_item(struct walk *w)
{
	while (w->old < w->old_end && w->old->need == w->changed)
		w->old++;
	if (w->fresh == w->fresh_end)
		return w->old < w->old_end ? w->old++ : NULL;
	if (w->old == w->old_end || by_key_desc(w->fresh, w->old) < 0)
		return w->fresh++;
	return w->old++;
}

static double fill_tier(struct trial_memory *m, const struct trial_slot *at, int t, int64_t room)
{
	const struct plan_place *place = m->moves->place;
	const struct plan_tier *tier = plan_tier_of(place, at->slot, t);
	struct walk walk = {at->items, at->items + at->n_items, m->fresh.p, m->fresh.p + m->fresh.n, place->changed};
	int64_t cap = tier->top < room ? tier->top : room, qty = 0;
	double saved = 0, price = (double)tier->price * 1e-6;
	const struct trial_item *item;

	m->moves->now++;
	m->picks.n = 0;
	while (qty < cap && (item = next_item(&walk)) != NULL) {
		double margin = item->key - price;
		int64_t won;

		if (margin <= 0 && qty >= tier->b)
			break;
		if (!(item->tiers >> t & 1))
			continue;
		won = portion(m->moves, item, margin > 0 ? cap - qty : tier->b - qty);
		if (won == 0 && margin <= 0)
			won = portion(m->moves, item, cap - qty);
		if (won == 0)
			continue;
		take(m, item, won);
		qty += won;
		if (item->tiers & PLAN_FIXED)
			margin += price - first_price_of(place, at->slot);
		saved += margin * (double)won * 1e-6;
	}
	return qty < tier->b ? -HUGE_VAL : saved - (double)tier->fixed * 1e-12;
}

double trial_best(struct trial_memory *m, int *tier, const struct trial_slot *at, int64_t room, uint32_t pair)
{
	const struct plan_place *place = m->moves->place;
	double best = 0;

	*tier = -1;
	m->fresh.n = m->best.n = 0;
	if (pair != ZV_PLAN_NONE)
		gather_pair(m, at->slot, pair, first_price_of(place, at->slot));
	if (m->fresh.n > 1)
		qsort(m->fresh.p, m->fresh.n, sizeof(*m->fresh.p), by_key_desc);
	for (uint32_t t = 0; t < plan_offer_of(place, at->slot)->n_tiers; t++) {
		double value;

		if (plan_tier_of(place, at->slot, (int)t)->b > room)
			continue;
		value = fill_tier(m, at, (int)t, room);
		if (value <= 1e-6 || (*tier >= 0 && value <= best))
			continue;
		best = value;
		*tier = (int)t;
		m->best.n = 0;
		for (size_t i = 0; i < m->picks.n; i++)
			zv_vec_push(&m->best, m->picks.p[i]);
	}
	return best;
}
