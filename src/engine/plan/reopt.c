/* A live plan on which changes are tried: the arcs of the problem as they stand, the flips laid over one need and one order. */
#include "engine/plan/reopt.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/shares.h"
#include "engine/plan/trial.h"

struct zv_plan_live {
	struct plan_arcs *arcs;
	struct plan_place *place;
	struct plan_moves moves;
	struct trial_memory memory;
	bool plain;
};

enum zv_code zv_plan_live_open(struct zv_plan_live **out, const struct zv_plan_problem *problem, const struct zv_plan_result *result, struct zv_err *err)
{
	struct zv_plan_live *live = zv_calloc(1, sizeof(*live));
	enum zv_code code = plan_arcs_open_all(&live->arcs, problem, err);

	if (code == ZV_OK) {
		plan_arcs_by_need(live->arcs);
		code = plan_place_open(&live->place, live->arcs, err);
	}
	if (code != ZV_OK) {
		plan_arcs_close(live->arcs);
		free(live);
		return code;
	}
	plan_shares_open(live->place);
	plan_place_load(live->place, result);
	if (live->place->n_quotas > 0)
		live->place->sharing = PLAN_SHARES_HELD;
	plan_moves_open(&live->moves, live->place);
	trial_memory_open(&live->memory, &live->moves);
	*out = live;
	return ZV_OK;
}

void zv_plan_live_plain(struct zv_plan_live *live)
{
	live->plain = true;
}

void zv_plan_live_close(struct zv_plan_live *live)
{
	if (live == NULL)
		return;
	trial_memory_close(&live->memory);
	plan_moves_close(&live->moves);
	plan_place_close(live->place);
	plan_arcs_close(live->arcs);
	free(live);
}

int64_t zv_plan_live_covered(const struct zv_plan_live *live, uint32_t need)
{
	uint32_t i = live->arcs->inner[need];

	return live->place->problem->needs[need].qty - live->place->left[i];
}

static uint32_t slot_of(const struct zv_plan_live *live, uint32_t offer, int32_t period)
{
	uint32_t o = live->arcs->place_of[offer];
	int at = period - live->arcs->from[o];

	if (at < 0 || (uint32_t)at >= live->arcs->slot[o + 1] - live->arcs->slot[o])
		return ZV_PLAN_NONE;
	return live->arcs->slot[o] + (uint32_t)at;
}

int64_t zv_plan_live_order_qty(const struct zv_plan_live *live, uint32_t offer, int32_t period)
{
	uint32_t slot = slot_of(live, offer, period);

	return slot == ZV_PLAN_NONE || live->place->slots[slot].tier < 0 ? 0 : live->place->slots[slot].qty;
}

int64_t zv_plan_live_used_uh(const struct zv_plan_live *live, uint32_t resource, int32_t period)
{
	const struct zv_plan_problem *p = live->place->problem;
	size_t at = (size_t)resource * (size_t)p->n_periods + (size_t)period;

	return p->capacity_uh[at] - (int64_t)(live->place->hours[at] / ZV_PLAN_UNIT);
}

/* --- trials --------------------------------------------------------------------------------------------------------------------------- */

static const double LEAST = 1e-4; /* roubles */

struct trying {
	struct zv_plan_live *live;
	const struct zv_plan_flip *flip;
	uint32_t slot;
	uint32_t need;  /* own number; n_needs: additional demand; ZV_PLAN_NONE: none */
	uint32_t pair;  /* that the flip changes or adds; ZV_PLAN_NONE: none */
	struct plan_pair was;
	bool added;
	struct plan_tier tiers[ZV_PLAN_TIERS_MAX];
	int64_t left_was;
	double penalty_was;
};

static bool about_order(const struct trying *t)
{
	const struct plan_slot *s = &t->live->place->slots[t->slot];

	return t->flip->offer == t->live->arcs->offers[s->o];
}

/* The need as the flip has it. */
static void change_need(struct trying *t)
{
	struct plan_place *place = t->live->place;
	const struct zv_plan_flip *flip = t->flip;
	struct zv_plan_need *as = &place->as;

	if (flip->need != ZV_PLAN_NONE) {
		*as = place->problem->needs[flip->need];
		as->ceiling += flip->ceiling_plus;
		as->penalty += flip->ceiling_plus;
		as->earliest -= flip->earliest_minus;
		as->due += flip->due_plus;
		as->single = as->single && !flip->splittable;
		as->licensed = as->licensed || flip->licensed;
		t->need = t->live->arcs->inner[flip->need];
	} else if (flip->extra_qty > 0) {
		const struct zv_plan_offer *offer = plan_offer_of(place, t->slot);
		int32_t due = place->slots[t->slot].period + offer->lead;

		*as = (struct zv_plan_need){.product = offer->product,
					    .region = flip->region,
					    .qty = flip->extra_qty,
					    .ceiling = flip->extra_price,
					    .penalty = flip->extra_price,
					    .earliest = due,
					    .due = due,
					    .priority = ZV_PLAN_PRIORITIES,
					    .licensed = true};
		t->need = t->live->arcs->n_needs;
	} else {
		return;
	}
	place->changed = t->need;
	t->left_was = place->left[t->need];
	t->penalty_was = place->penalty[t->need];
	if (t->need == t->live->arcs->n_needs) {
		place->left[t->need] = as->qty;
		place->first[t->need] = ZV_PLAN_NONE;
		t->penalty_was = (double)as->penalty * 1e-6;
	}
	place->penalty[t->need] = (double)as->penalty * 1e-6;
	place->cost += (place->penalty[t->need] - t->penalty_was) * (double)place->left[t->need] * 1e-6;
}

/* What is added to the price for a region: as for any need there. */
static int64_t region_freight(bool *fixed, const struct zv_plan_problem *p, uint32_t offer, uint32_t region)
{
	struct zv_plan_need at = {.product = p->offers[offer].product, .region = region};
	struct zv_plan_problem one = *p;

	one.needs = &at;
	one.n_needs = 1;
	return zv_plan_freight(fixed, &one, offer, 0);
}

/* By halving: the pairs of an offer are in the order of needs. */
static uint32_t find_pair(const struct plan_arcs *arcs, uint32_t o, uint32_t need)
{
	uint32_t lo = arcs->pair[o], hi = arcs->pair[o + 1];

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (arcs->pairs[mid].need < need)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < arcs->pair[o + 1] && arcs->pairs[lo].need == need ? lo : ZV_PLAN_NONE;
}

/* The pair of the order and that need under the flip: laid over the old one, or one more. */
static void change_pair(struct trying *t)
{
	struct plan_place *place = t->live->place;
	struct plan_arcs *arcs = t->live->arcs;
	uint32_t o = place->slots[t->slot].o, n = arcs->n_needs;
	struct plan_pair pair;

	if (t->need == ZV_PLAN_NONE)
		return;
	if (t->need == n) {
		bool fixed;

		/* Freight as to any need of that region; whoever has additional demand has what licence it takes. */
		pair = (struct plan_pair){.need = n, .lo = (uint8_t)place->slots[t->slot].period, .hi = (uint8_t)place->slots[t->slot].period};
		pair.add = region_freight(&fixed, place->problem, arcs->offers[o], t->flip->region);
		for (uint32_t s = 0; s < plan_offer_of(place, t->slot)->n_tiers; s++)
			if ((fixed ? 0 : plan_tier_of(place, t->slot, (int)s)->test) + pair.add <= place->as.ceiling)
				pair.tiers |= (uint16_t)(1u << s);
		if (pair.tiers == 0)
			return;
		if (fixed)
			pair.tiers |= PLAN_FIXED;
	} else if (!plan_arcs_pair(&pair, arcs, arcs->offers[o], t->need, &place->as)) {
		return;
	}
	t->pair = find_pair(arcs, o, t->need);
	t->added = t->pair == ZV_PLAN_NONE;
	if (t->added) {
		t->pair = arcs->n_pairs;
		place->extra_of = o;
	}
	t->was = arcs->pairs[t->pair];
	arcs->pairs[t->pair] = pair;
}

static int64_t beside(const struct trying *t)
{
	return t->flip->need == ZV_PLAN_NONE || plan_offer_of(t->live->place, t->slot)->incremental ? 0 : t->flip->beside_qty;
}

/*
 * Demand beside the need that is surely in the order: what is left for others is an order smaller by as much, whose launch that demand has paid for in part. It
 * bears the need's ceiling, so that a tier above that is none.
 */
static void add_beside(struct trying *t, struct plan_tier *tiers)
{
	struct plan_place *place = t->live->place;
	const struct zv_plan_offer *offer = plan_offer_of(place, t->slot);
	int64_t qty = beside(t), add;
	bool fixed;

	if (qty <= 0)
		return;
	add = zv_plan_freight(&fixed, place->problem, t->flip->offer, t->flip->need);
	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		int64_t margin = place->as.ceiling - (fixed ? add : add + tiers[s].price);

		tiers[s].b = tiers[s].b > qty ? tiers[s].b - qty : 1;
		tiers[s].top = margin >= 0 ? tiers[s].top - qty : 0;
		tiers[s].fixed -= (zv_i128)margin * qty;
	}
}

/* Micro-hours x quanta that the order has more of: those that were added, less what the demand beside takes. */
static zv_i128 more_hours(const struct trying *t)
{
	return (zv_i128)t->flip->hours_plus_uh * ZV_PLAN_UNIT - (zv_i128)plan_offer_of(t->live->place, t->slot)->hours_uh * beside(t);
}

static void change_order(struct trying *t)
{
	struct plan_place *place = t->live->place;
	const struct zv_plan_offer *offer = plan_offer_of(place, t->slot);
	struct plan_tier *tiers = &t->live->arcs->tiers[offer->first_tier];

	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		t->tiers[s] = tiers[s];
		if (!about_order(t))
			continue;
		tiers[s].fixed -= (zv_i128)t->flip->launch_minus * ZV_PLAN_UNIT;
		tiers[s].price -= t->flip->price_minus;
		tiers[s].test -= t->flip->price_minus;
	}
	if (about_order(t))
		tiers[0].b = tiers[0].b > t->flip->moq_minus ? tiers[0].b - t->flip->moq_minus : 1;
	if (about_order(t) && offer->resource != ZV_PLAN_NONE)
		place->hours[(size_t)offer->resource * (size_t)place->problem->n_periods + (size_t)t->flip->period] += more_hours(t);
	if (about_order(t))
		add_beside(t, tiers);
}

static void change_back(struct trying *t)
{
	struct plan_place *place = t->live->place;
	const struct zv_plan_offer *offer = plan_offer_of(place, t->slot);

	for (uint32_t s = 0; s < offer->n_tiers; s++)
		t->live->arcs->tiers[offer->first_tier + s] = t->tiers[s];
	if (about_order(t) && offer->resource != ZV_PLAN_NONE)
		place->hours[(size_t)offer->resource * (size_t)place->problem->n_periods + (size_t)t->flip->period] -= more_hours(t);
	if (t->pair != ZV_PLAN_NONE)
		t->live->arcs->pairs[t->pair] = t->was;
	place->extra_of = ZV_PLAN_NONE;
}

/* Tiers are of the offer, but the demand beside the need is in one period: orders of the others keep their tiers as they are. */
static bool others_hold(const struct trying *t)
{
	const struct plan_place *place = t->live->place;

	for (size_t i = 0; i < place->log.n && beside(t) > 0; i++) {
		uint32_t slot = place->log.p[i].slot;
		const struct plan_slot *s = &place->slots[slot];

		if (slot != t->slot && s->o == place->slots[t->slot].o && s->tier >= 0 && (s->qty < t->tiers[s->tier].b || s->qty > t->tiers[s->tier].top))
			return false;
	}
	return true;
}

static void note_outcome(struct zv_plan_trial *out, const struct trying *t, double before)
{
	const struct plan_place *place = t->live->place;
	double saves = before - place->cost;

	if (saves <= LEAST || (double)out->saves >= saves * 1e12 || !plan_sound(t->live->place) || !others_hold(t))
		return;
	out->saves = (zv_i128)(saves * 1e6) * 1000000;
	out->launched = place->slots[t->slot].tier >= 0;
	if (t->need != ZV_PLAN_NONE)
		out->need_qty = place->as.qty - place->left[t->need];
}

/* Puts what the need still wants into the open order as it stands. */
static void try_joining(struct zv_plan_trial *out, struct trying *t, double before)
{
	struct plan_place *place = t->live->place;
	const struct plan_slot *s = &place->slots[t->slot];
	const struct plan_pair *pair = t->pair != ZV_PLAN_NONE ? plan_pair_of(place, t->pair) : NULL;
	int64_t qty;

	if (pair == NULL || s->tier < 0 || !(pair->tiers >> s->tier & 1) || pair->lo > s->period || pair->hi < s->period)
		return;
	qty = plan_spare(place, t->slot);
	if (qty > place->left[t->need])
		qty = place->left[t->need];
	if (qty <= 0 || (place->as.single && qty < place->as.qty) || qty < place->as.parcel)
		return;
	plan_put(place, t->slot, t->pair, qty);
	note_outcome(out, t, before);
	plan_undo_to(place, 0);
}

/* Chooses the order anew, from all needs; who falls out is placed elsewhere. */
static void try_anew(struct zv_plan_trial *out, struct trying *t, double before, const uint32_t *needs, size_t n)
{
	(void)plan_open_best(&t->live->moves, t->slot);
	for (size_t i = 0; i < n; i++)
		plan_fill_need(&t->live->moves, needs[i]);
	note_outcome(out, t, before);
}

/* With everything gathered from the plan as it stands. */
static void try_plainly(struct zv_plan_trial *out, struct trying *t, double before)
{
	struct plan_place *place = t->live->place;
	ZV_VEC(uint32_t) served = {0};
	size_t closed;

	for (uint32_t f = place->slots[t->slot].first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		zv_vec_push(&served, plan_pair_of(place, place->flows.p[f].pair)->need);
	plan_close_slot(&t->live->moves, t->slot);
	closed = place->log.n;
	if (place->slots[t->slot].kept == 0) {
		change_order(t);
		change_pair(t);
		try_anew(out, t, before, served.p, served.n);
		plan_undo_to(place, closed);
		change_back(t);
	}
	plan_undo_to(place, 0);
	zv_vec_done(&served);
}

/* --- from memory ------------------------------------------------------------------------------------------------------------------------ */

/* What is remembered says all: no share, average price or signed flow has a say, and the need has nothing in the order yet. */
static bool is_simple(const struct zv_plan_live *live, uint32_t slot, const struct zv_plan_flip *flip)
{
	const struct plan_place *place = live->place;

	if (live->plain || place->n_quotas > 0 || place->slots[slot].kept > 0 || plan_offer_of(place, slot)->incremental || flip->price_minus != 0)
		return false;
	if (flip->need == ZV_PLAN_NONE)
		return place->slots[slot].tier < 0;
	for (uint32_t f = place->first[live->arcs->inner[flip->need]]; f != ZV_PLAN_NONE; f = place->flows.p[f].next)
		if (place->flows.p[f].slot == slot)
			return false;
	return true;
}

/* Quanta that one launch of the order has hours for. */
static int64_t room_of(const struct trying *t, const struct trial_slot *at)
{
	const struct zv_plan_offer *offer = plan_offer_of(t->live->place, t->slot);
	zv_i128 hours = at->hours + more_hours(t) - (zv_i128)offer->setup_uh * ZV_PLAN_UNIT;

	if (offer->resource == ZV_PLAN_NONE)
		return offer->max;
	if (hours < 0)
		return 0;
	return offer->hours_uh > 0 && hours / offer->hours_uh < offer->max ? (int64_t)(hours / offer->hours_uh) : offer->max;
}

/* Quanta that the changed need wins; false: an order of the same offer, whose tiers the change has moved as well, would give something. */
static bool wins(int64_t *won, const struct trying *t)
{
	const struct plan_place *place = t->live->place;

	*won = 0;
	for (size_t i = 0; i < t->live->memory.best.n; i++) {
		const struct trial_pick *pick = &t->live->memory.best.p[i];

		if (pick->item->flow == ZV_PLAN_NONE)
			*won += pick->item->need == t->need ? pick->qty : 0;
		else if ((beside(t) > 0 || t->flip->moq_minus > 0) && place->slots[place->flows.p[pick->item->flow].slot].o == place->slots[t->slot].o)
			return false;
	}
	return true;
}

/* The order closed and opened again with those who come; who falls out is placed elsewhere. */
static void make_anew(struct zv_plan_trial *out, struct trying *t, double before, int tier)
{
	struct plan_place *place = t->live->place;
	ZV_VEC(uint32_t) served = {0};

	for (uint32_t f = place->slots[t->slot].first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		zv_vec_push(&served, plan_pair_of(place, place->flows.p[f].pair)->need);
	plan_close_slot(&t->live->moves, t->slot);
	plan_set_tier(place, t->slot, tier);
	for (size_t i = 0; i < t->live->memory.best.n; i++) {
		const struct trial_pick *pick = &t->live->memory.best.p[i];

		if (pick->item->flow != ZV_PLAN_NONE) {
			const struct plan_flow flow = place->flows.p[pick->item->flow];

			plan_put(place, flow.slot, flow.pair, -pick->qty);
		}
		plan_put(place, t->slot, pick->item->pair, pick->qty);
	}
	for (size_t i = 0; i < served.n; i++)
		plan_fill_need(&t->live->moves, served.p[i]);
	note_outcome(out, t, before);
	plan_undo_to(place, 0);
	zv_vec_done(&served);
}

/* False: it must be tried plainly. What places elsewhere would save on top is only looked for when it decides. */
static bool try_remembered(struct zv_plan_trial *out, struct trying *t, const struct trial_slot *at, double before)
{
	struct plan_place *place = t->live->place;
	bool open = place->slots[t->slot].tier >= 0, sure;
	int64_t won;
	int tier;
	double saves;

	change_order(t);
	change_pair(t);
	saves = trial_best(&t->live->memory, &tier, at, room_of(t, at), t->pair) - at->closing;
	sure = wins(&won, t);
	if (sure && tier >= 0 && saves > LEAST && (double)out->saves < saves * 1e12) {
		out->saves = (zv_i128)(saves * 1e6) * 1000000;
		out->launched = true;
		if (t->need != ZV_PLAN_NONE)
			out->need_qty = place->as.qty - place->left[t->need] + won;
	} else if (sure && open && won > 0 && saves <= LEAST) {
		make_anew(out, t, before, tier);
	}
	change_back(t);
	return sure;
}

void zv_plan_live_try(struct zv_plan_trial *out, struct zv_plan_live *live, uint32_t offer, int32_t period, const struct zv_plan_flip *flip)
{
	struct plan_place *place = live->place;
	struct trying t = {.live = live, .flip = flip, .slot = slot_of(live, offer, period), .need = ZV_PLAN_NONE, .pair = ZV_PLAN_NONE};
	const struct trial_slot *at;
	double cost = place->cost, before;

	*out = (struct zv_plan_trial){0};
	if (t.slot == ZV_PLAN_NONE)
		return;
	at = is_simple(live, t.slot, flip) ? trial_remember(&live->memory, t.slot) : NULL;
	plan_mark(place);
	change_need(&t);
	before = place->cost;
	if (place->slots[t.slot].tier >= 0 && t.need != ZV_PLAN_NONE) {
		change_pair(&t);
		try_joining(out, &t, before);
		if (t.pair != ZV_PLAN_NONE)
			live->arcs->pairs[t.pair] = t.was;
		place->extra_of = t.pair = ZV_PLAN_NONE;
	}
	if (at == NULL || !try_remembered(out, &t, at, before)) {
		t.pair = ZV_PLAN_NONE;
		try_plainly(out, &t, before);
	}
	if (t.need != ZV_PLAN_NONE) {
		place->left[t.need] = t.left_was;
		place->penalty[t.need] = t.penalty_was;
	}
	place->changed = ZV_PLAN_NONE;
	place->cost = cost;
	if (out->saves == 0) {
		out->launched = place->slots[t.slot].tier >= 0;
		out->need_qty = flip->need != ZV_PLAN_NONE ? zv_plan_live_covered(live, flip->need) : 0;
	}
}
