/* Orders, flows and limits, with everything that changes written down. */
#include "engine/plan/place.h"

#include <stdlib.h>

#include "base/mem.h"

static const double MONEY = 1e-12; /* roubles of micro-roubles per unit x quanta */

static size_t hour_of(const struct plan_place *place, uint32_t slot)
{
	return (size_t)plan_offer_of(place, slot)->resource * (size_t)place->problem->n_periods + (size_t)place->slots[slot].period;
}

/* --- tiers -------------------------------------------------------------------------------------------------------------------- */

static double fixed_of(const struct plan_place *place, uint32_t slot, int tier)
{
	return (double)plan_tier_of(place, slot, tier)->fixed * MONEY;
}

static double price_at(const struct plan_place *place, uint32_t slot, uint32_t pair, int tier)
{
	return (double)plan_price(plan_pair_of(place, pair), plan_tier_of(place, slot, tier)) * 1e-6;
}

double plan_price_in(const struct plan_place *place, uint32_t slot, uint32_t pair)
{
	return price_at(place, slot, pair, place->slots[slot].tier);
}

/* The flows have the prices of the tier. */
static double flows_cost(const struct plan_place *place, uint32_t slot, int tier)
{
	double cost = (double)place->slots[slot].kept * (double)plan_tier_of(place, slot, tier)->price * MONEY;

	for (uint32_t f = place->slots[slot].first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		cost += place->flows.p[f].price * (double)place->flows.p[f].qty * 1e-6;
	return cost;
}

static void set_tier(struct plan_place *place, uint32_t slot, int tier)
{
	struct plan_slot *s = &place->slots[slot];
	const struct zv_plan_offer *offer = plan_offer_of(place, slot);

	if (s->tier >= 0)
		place->cost -= fixed_of(place, slot, s->tier) + flows_cost(place, slot, s->tier);
	if (offer->resource != ZV_PLAN_NONE && (s->tier < 0) != (tier < 0))
		place->hours[hour_of(place, slot)] += (zv_i128)offer->setup_uh * ZV_PLAN_UNIT * (tier < 0 ? 1 : -1);
	s->tier = (int16_t)tier;
	if (tier < 0)
		return;
	s->b = plan_tier_of(place, slot, tier)->b;
	s->top = plan_tier_of(place, slot, tier)->top;
	for (uint32_t f = s->first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		place->flows.p[f].price = price_at(place, slot, place->flows.p[f].pair, tier);
	place->cost += fixed_of(place, slot, tier) + flows_cost(place, slot, tier);
}

void plan_set_tier(struct plan_place *place, uint32_t slot, int tier)
{
	if (place->slots[slot].tier == tier)
		return;
	zv_vec_push(&place->log, ((struct plan_change){slot, ZV_PLAN_NONE, place->slots[slot].tier}));
	set_tier(place, slot, tier);
}

/* --- flows ---------------------------------------------------------------------------------------------------------------------- */

uint32_t plan_flow_of(const struct plan_place *place, uint32_t slot, uint32_t pair)
{
	uint32_t f = place->first[plan_pair_of(place, pair)->need];

	while (f != ZV_PLAN_NONE && (place->flows.p[f].slot != slot || place->flows.p[f].pair != pair))
		f = place->flows.p[f].next;
	return f;
}

static uint32_t new_flow(struct plan_place *place, uint32_t slot, uint32_t pair)
{
	uint32_t need = plan_pair_of(place, pair)->need, f = place->free_flow;
	struct plan_flow *flow;

	if (f == ZV_PLAN_NONE) {
		f = (uint32_t)place->flows.n;
		zv_vec_push(&place->flows, ((struct plan_flow){0}));
	} else {
		place->free_flow = place->flows.p[f].next;
	}
	flow = &place->flows.p[f];
	*flow = (struct plan_flow){.slot = slot,
				   .pair = pair,
				   .price = price_at(place, slot, pair, place->slots[slot].tier),
				   .next = place->first[need],
				   .before = ZV_PLAN_NONE,
				   .slot_next = place->slots[slot].first,
				   .slot_before = ZV_PLAN_NONE};
	if (flow->next != ZV_PLAN_NONE)
		place->flows.p[flow->next].before = f;
	if (flow->slot_next != ZV_PLAN_NONE)
		place->flows.p[flow->slot_next].slot_before = f;
	place->first[need] = f;
	place->slots[slot].first = f;
	return f;
}

static void drop_flow(struct plan_place *place, uint32_t f)
{
	struct plan_flow *flow = &place->flows.p[f];

	if (flow->next != ZV_PLAN_NONE)
		place->flows.p[flow->next].before = flow->before;
	if (flow->before != ZV_PLAN_NONE)
		place->flows.p[flow->before].next = flow->next;
	else
		place->first[plan_pair_of(place, flow->pair)->need] = flow->next;
	if (flow->slot_next != ZV_PLAN_NONE)
		place->flows.p[flow->slot_next].slot_before = flow->slot_before;
	if (flow->slot_before != ZV_PLAN_NONE)
		place->flows.p[flow->slot_before].slot_next = flow->slot_next;
	else
		place->slots[flow->slot].first = flow->slot_next;
	flow->next = place->free_flow;
	place->free_flow = f;
}

struct plan_quota *plan_quota_of(const struct plan_place *place, uint32_t o, uint32_t product)
{
	uint32_t maker = place->problem->offers[place->arcs->offers[o]].maker, lo = 0, hi = place->n_quotas;

	if (place->n_quotas == 0 || place->problem->products[product].max_share_ppm == 0)
		return NULL;
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct plan_quota *q = &place->quotas[mid];

		if (q->product < product || (q->product == product && q->maker <= maker))
			lo = mid;
		else
			hi = mid;
	}
	return place->quotas[lo].maker == maker && place->quotas[lo].product == product ? &place->quotas[lo] : NULL;
}

static bool quota_is_kept(const struct plan_place *place, const struct plan_quota *quota)
{
	if (place->sharing == PLAN_SHARES_HELD)
		return quota->has * ZV_PLAN_UNIT <= place->covered[quota->product] * place->problem->products[quota->product].max_share_ppm;
	return quota->left >= 0 || quota->has <= quota->kept || place->sharing == PLAN_SHARES_FREE;
}

bool plan_share_is_kept(const struct plan_place *place, uint32_t product)
{
	uint32_t lo = 0, hi = place->n_quotas;

	if (place->problem->products[product].max_share_ppm == 0)
		return true;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (place->quotas[mid].product < product)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (uint32_t k = lo; k < place->n_quotas && place->quotas[k].product == product; k++)
		if (!quota_is_kept(place, &place->quotas[k]))
			return false;
	return true;
}

static void share(struct plan_place *place, uint32_t o, uint32_t product, int64_t qty)
{
	struct plan_quota *quota = plan_quota_of(place, o, product);

	if (quota != NULL) {
		quota->left -= qty;
		quota->has += qty;
	}
	if (place->covered != NULL)
		place->covered[product] += qty;
}

static void put(struct plan_place *place, uint32_t slot, uint32_t pair, int64_t qty)
{
	struct plan_slot *s = &place->slots[slot];
	const struct zv_plan_offer *offer = plan_offer_of(place, slot);
	uint32_t need = plan_pair_of(place, pair)->need, f = plan_flow_of(place, slot, pair);

	if (f == ZV_PLAN_NONE)
		f = new_flow(place, slot, pair);
	place->cost += (place->flows.p[f].price - place->penalty[need]) * (double)qty * 1e-6;
	place->flows.p[f].qty += qty;
	if (place->flows.p[f].qty == 0)
		drop_flow(place, f);
	s->qty += qty;
	place->left[need] -= qty;
	if (offer->resource != ZV_PLAN_NONE)
		place->hours[hour_of(place, slot)] -= (zv_i128)offer->hours_uh * qty;
	if (place->n_quotas > 0 || place->covered != NULL)
		share(place, s->o, plan_need_of(place, need)->product, qty);
}

void plan_put(struct plan_place *place, uint32_t slot, uint32_t pair, int64_t qty)
{
	if (qty == 0)
		return;
	zv_vec_push(&place->log, ((struct plan_change){slot, pair, qty}));
	put(place, slot, pair, qty);
}

void plan_mark(struct plan_place *place)
{
	place->log.n = 0;
	place->saved_cost = place->cost;
}

void plan_undo_to(struct plan_place *place, size_t n)
{
	while (place->log.n > n) {
		struct plan_change change = place->log.p[--place->log.n];

		if (change.pair == ZV_PLAN_NONE)
			set_tier(place, change.slot, (int)change.qty);
		else
			put(place, change.slot, change.pair, -change.qty);
	}
}

void plan_undo(struct plan_place *place)
{
	plan_undo_to(place, 0);
	place->cost = place->saved_cost;
}

/* --- limits --------------------------------------------------------------------------------------------------------------------- */

static int64_t limited(const struct plan_place *place, uint32_t slot, int64_t qty, bool setup)
{
	const struct zv_plan_offer *offer = plan_offer_of(place, slot);

	if (offer->resource != ZV_PLAN_NONE) {
		zv_i128 hours = place->hours[hour_of(place, slot)] - (setup ? (zv_i128)offer->setup_uh * ZV_PLAN_UNIT : 0);

		if (hours < 0)
			return 0;
		if (offer->hours_uh > 0 && hours / offer->hours_uh < qty)
			qty = (int64_t)(hours / offer->hours_uh);
	}
	return qty;
}

int64_t plan_spare(const struct plan_place *place, uint32_t slot)
{
	const struct plan_slot *s = &place->slots[slot];

	return limited(place, slot, s->top - s->qty, false);
}

int64_t plan_room(const struct plan_place *place, uint32_t slot)
{
	return limited(place, slot, plan_offer_of(place, slot)->max, true);
}

static bool shares_are_kept(const struct plan_place *place)
{
	uint32_t last = ZV_PLAN_NONE;

	for (size_t i = 0; i < place->log.n && place->n_quotas > 0; i++) {
		uint32_t pair = place->log.p[i].pair, product;

		if (pair == ZV_PLAN_NONE)
			continue;
		product = plan_need_of(place, plan_pair_of(place, pair)->need)->product;
		if (product != last && !plan_share_is_kept(place, product))
			return false;
		last = product;
	}
	return true;
}

bool plan_sound(struct plan_place *place)
{
	for (size_t i = 0; i < place->log.n; i++) {
		uint32_t slot = place->log.p[i].slot;
		const struct plan_slot *s = &place->slots[slot];
		const struct plan_tier *tier;
		zv_i128 extra;

		if (s->tier < 0)
			continue;
		if (s->qty < s->b || s->qty > s->top)
			return false;
		if (!plan_offer_of(place, slot)->incremental)
			continue;
		tier = plan_tier_of(place, slot, s->tier);
		extra = tier->fixed - (zv_i128)plan_offer_of(place, slot)->launch * ZV_PLAN_UNIT;
		for (uint32_t f = s->first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next) {
			const struct plan_pair *pair = plan_pair_of(place, place->flows.p[f].pair);
			int64_t ceiling = plan_need_of(place, pair->need)->ceiling + plan_offer_of(place, slot)->inputs;

			/* The average price: what the order pays for its quantity, by the quantity. */
			if (!(pair->tiers & PLAN_FIXED) && extra > (zv_i128)(ceiling - pair->add - tier->price) * s->qty)
				return false;
		}
	}
	return shares_are_kept(place);
}

/* --- open and close ------------------------------------------------------------------------------------------------------------- */

static void make_slots(struct plan_place *place)
{
	struct plan_arcs *arcs = place->arcs;

	for (uint32_t o = 0; o < arcs->n_offers; o++)
		for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
			place->slots[slot] = (struct plan_slot){.first = ZV_PLAN_NONE,
								.o = o,
								.period = (int16_t)(arcs->from[o] + (int)(slot - arcs->slot[o])),
								.tier = -1,
								.may = 0x7fff};
}

static enum zv_code open_signed(struct plan_place *place, struct zv_err *err)
{
	struct plan_arcs *arcs = place->arcs;

	for (uint32_t i = 0; i < arcs->n_kept; i++) {
		const struct plan_signed *kept = &arcs->kept[i];
		struct plan_slot *s = &place->slots[kept->slot];
		const struct zv_plan_offer *offer = plan_offer_of(place, kept->slot);

		s->kept += kept->qty;
		s->qty += kept->qty;
		s->may &= kept->tiers;
		if (offer->resource != ZV_PLAN_NONE)
			place->hours[hour_of(place, kept->slot)] -= (zv_i128)offer->hours_uh * kept->qty;
		place->cost += (double)kept->add * (double)kept->qty * MONEY;
	}
	for (uint32_t i = 0; i < arcs->n_kept; i++) {
		uint32_t slot = arcs->kept[i].slot;
		const struct zv_plan_offer *offer = plan_offer_of(place, slot);
		struct plan_slot *s = &place->slots[slot];

		for (uint32_t t = 0; t < offer->n_tiers && s->tier < 0; t++)
			if (s->may >> t & 1 && s->qty <= plan_tier_of(place, slot, (int)t)->top)
				set_tier(place, slot, (int)t);
		if (s->tier < 0 || (offer->resource != ZV_PLAN_NONE && place->hours[hour_of(place, slot)] < 0))
			return zv_fail(err, ZV_E_INVALID, "commitments", N_("The flows signed with offer %.*s in period %d exceed its quantity or its hours."),
				       ZV_STR_FMT(offer->id), s->period + place->problem->first_period);
	}
	return ZV_OK;
}

enum zv_code plan_place_open(struct plan_place **out, struct plan_arcs *arcs, struct zv_err *err)
{
	struct plan_place *place = zv_calloc(1, sizeof(*place));
	const struct zv_plan_problem *p = arcs->problem;
	size_t n_hours = (size_t)p->n_resources * (size_t)p->n_periods;
	enum zv_code code;

	place->arcs = arcs;
	place->problem = p;
	place->free_flow = place->changed = place->extra_of = ZV_PLAN_NONE;
	place->left = zv_reallocarray(NULL, (size_t)arcs->n_needs + 1, sizeof(*place->left));
	place->first = zv_reallocarray(NULL, (size_t)arcs->n_needs + 1, sizeof(*place->first));
	place->penalty = zv_reallocarray(NULL, (size_t)arcs->n_needs + 1, sizeof(*place->penalty));
	place->kind = zv_reallocarray(NULL, (size_t)arcs->n_needs + 1, sizeof(*place->kind));
	place->slots = zv_calloc((size_t)arcs->n_slots + 1, sizeof(*place->slots));
	place->hours = zv_calloc(n_hours + 1, sizeof(*place->hours));
	for (size_t i = 0; i < n_hours; i++)
		place->hours[i] = (zv_i128)p->capacity_uh[i] * ZV_PLAN_UNIT;
	for (uint32_t i = 0; i < arcs->n_needs; i++) {
		const struct zv_plan_need *need = &p->needs[arcs->outer[i]];
		double cost = (double)need->penalty * (double)arcs->qty[i] * MONEY;

		place->left[i] = arcs->qty[i];
		place->first[i] = ZV_PLAN_NONE;
		place->penalty[i] = (double)need->penalty * 1e-6;
		place->kind[i] = plan_kind(need);
		place->cost += cost;
	}
	make_slots(place);
	code = open_signed(place, err);
	if (code != ZV_OK) {
		plan_place_close(place);
		return code;
	}
	*out = place;
	return ZV_OK;
}

void plan_place_load(struct plan_place *place, const struct zv_plan_result *result)
{
	struct plan_arcs *arcs = place->arcs;

	for (size_t i = 0; i < result->n_orders; i++) {
		const struct zv_plan_order *order = &result->orders[i];

		plan_set_tier(place, plan_slot_at(place, arcs->place_of[order->offer], order->period), (int)order->tier);
	}
	for (size_t i = 0; i < result->n_flows; i++) {
		const struct zv_plan_flow *flow = &result->flows[i];
		uint32_t need = arcs->inner[flow->need], o = arcs->place_of[flow->offer], slot = plan_slot_at(place, o, flow->period);
		int64_t qty = flow->qty;

		for (uint32_t k = 0; k < arcs->n_kept; k++)
			if (arcs->kept[k].slot == slot && arcs->kept[k].need == need)
				qty -= arcs->kept[k].qty;
		for (uint32_t j = arcs->need_pair[need]; j < arcs->need_pair[need + 1]; j++)
			if (arcs->pairs_of[j] >= arcs->pair[o] && arcs->pairs_of[j] < arcs->pair[o + 1])
				plan_put(place, slot, arcs->pairs_of[j], qty);
		plan_mark(place);
	}
	plan_mark(place);
}

void plan_place_close(struct plan_place *place)
{
	if (place == NULL)
		return;
	free(place->left);
	free(place->first);
	free(place->penalty);
	free(place->slots);
	zv_vec_done(&place->flows);
	free(place->hours);
	free(place->quotas);
	free(place->covered);
	free(place->kind);
	zv_vec_done(&place->log);
	free(place);
}
