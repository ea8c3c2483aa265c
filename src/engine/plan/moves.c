/* How an order wins its customers, and how it loses them. */
#include "engine/plan/moves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void plan_moves_open(struct plan_moves *moves, struct plan_place *place)
{
	*moves = (struct plan_moves){.place = place};
	moves->taken = zv_calloc((size_t)place->arcs->n_slots + 1, sizeof(*moves->taken));
	moves->stamp = zv_calloc((size_t)place->arcs->n_slots + 1, sizeof(*moves->stamp));
}

void plan_moves_close(struct plan_moves *moves)
{
	zv_vec_done(&moves->items);
	zv_vec_done(&moves->heap);
	free(moves->taken);
	free(moves->stamp);
}

/* --- what a slot could win ------------------------------------------------------------------------------------------------------ */

static int64_t surplus_of(const struct plan_place *place, uint32_t slot)
{
	const struct plan_slot *s = &place->slots[slot];

	return s->qty - s->b;
}

static void add_item(struct plan_moves *moves, const struct plan_pair *pair, uint32_t number, uint32_t flow, double worth, int64_t qty, double first_price)
{
	double key = worth - (double)pair->add * 1e-6 + (pair->tiers & PLAN_FIXED ? first_price : 0);

	zv_vec_push(&moves->heap, ((struct plan_item){key, qty, number, flow}));
}

static bool goes_first(const struct plan_item *a, const struct plan_item *b)
{
	if (a->key != b->key)
		return a->key > b->key;
	if (a->pair != b->pair)
		return a->pair < b->pair;
	return a->flow < b->flow;
}

static void sink(struct plan_item *heap, size_t n, size_t at)
{
	struct plan_item item = heap[at];

	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n && goes_first(&heap[child + 1], &heap[child]))
			child++;
		if (!goes_first(&heap[child], &item))
			break;
		heap[at] = heap[child];
	}
	heap[at] = item;
}

/* The i-th item by falling key; NULL: there are fewer. Mostly a few are enough to fill an order, so that the others are never sorted. */
static const struct plan_item *item_at(struct plan_moves *moves, size_t i)
{
	if (i >= moves->items.n) {
		if (moves->heap.n == 0)
			return NULL;
		zv_vec_push(&moves->items, moves->heap.p[0]);
		moves->heap.p[0] = moves->heap.p[--moves->heap.n];
		if (moves->heap.n > 1)
			sink(moves->heap.p, moves->heap.n, 0);
	}
	return &moves->items.p[i];
}

static void order_items(struct plan_moves *moves)
{
	for (size_t i = moves->heap.n / 2; i > 0; i--)
		sink(moves->heap.p, moves->heap.n, i - 1);
}

static void gather_pair(struct plan_moves *moves, uint32_t slot, uint32_t j, double first_price)
{
	struct plan_place *place = moves->place;
	const struct plan_pair *pair = plan_pair_of(place, j);

	if (pair->lo > place->slots[slot].period || pair->hi < place->slots[slot].period)
		return;
	if (place->left[pair->need] > 0)
		add_item(moves, pair, j, ZV_PLAN_NONE, moves->guide != NULL ? moves->guide[pair->need] : place->penalty[pair->need], place->left[pair->need],
			 first_price);
	for (uint32_t f = place->first[pair->need]; f != ZV_PLAN_NONE; f = place->flows.p[f].next) {
		const struct plan_flow *flow = &place->flows.p[f];
		int64_t surplus = surplus_of(place, flow->slot);
		int64_t qty = flow->qty < surplus ? flow->qty : surplus;

		if (qty > 0 && flow->slot != slot && (qty == flow->qty || (plan_kind_of(place, pair->need) & PLAN_SINGLE) == 0))
			add_item(moves, pair, j, f, flow->price, qty, first_price);
	}
}

static void gather(struct plan_moves *moves, uint32_t slot)
{
	struct plan_place *place = moves->place;
	const struct plan_slot *s = &place->slots[slot];
	double first_price = (double)plan_tier_of(place, slot, 0)->price * 1e-6;

	moves->items.n = moves->heap.n = 0;
	for (uint32_t j = place->arcs->pair[s->o]; j < place->arcs->pair[s->o + 1]; j++)
		gather_pair(moves, slot, j, first_price);
	if (place->extra_of == s->o)
		gather_pair(moves, slot, place->arcs->n_pairs, first_price);
	place->steps += place->arcs->pair[s->o + 1] - place->arcs->pair[s->o];
}

/* Whether all items that are worth anything together can pay for the cheapest launch. */
static bool may_pay(const struct plan_moves *moves, uint32_t slot)
{
	const struct plan_place *place = moves->place;
	double price = HUGE_VAL, fixed = HUGE_VAL, sum = 0;

	for (uint32_t t = 0; t < plan_offer_of(place, slot)->n_tiers; t++) {
		price = fmin(price, (double)plan_tier_of(place, slot, (int)t)->price * 1e-6);
		fixed = fmin(fixed, (double)plan_tier_of(place, slot, (int)t)->fixed * 1e-12);
	}
	for (size_t i = 0; i < moves->heap.n; i++)
		if (moves->heap.p[i].key > price)
			sum += (moves->heap.p[i].key - price) * (double)moves->heap.p[i].qty * 1e-6;
	return sum > fixed || place->slots[slot].kept > 0 || moves->guide != NULL;
}

static int64_t within_share(const struct plan_moves *moves, uint32_t slot, uint32_t need, int64_t qty)
{
	const struct plan_place *place = moves->place;
	const struct plan_quota *quota = plan_quota_of(place, place->slots[slot].o, plan_need_of(place, need)->product);
	int64_t left;

	if (quota == NULL)
		return qty;
	left = quota->left - (quota->stamp == moves->now ? quota->taken : 0);
	return qty < left ? qty : left;
}

/* How much of an item goes into `room` more quanta: whole for a single need, no crumbs below the parcel. */
static int64_t portion(const struct plan_moves *moves, uint32_t slot, const struct plan_item *item, int64_t room, int64_t surplus)
{
	const struct plan_place *place = moves->place;
	uint32_t need = plan_pair_of(place, item->pair)->need;
	uint8_t kind = plan_kind_of(place, need);
	int64_t qty = item->qty < room ? item->qty : room;

	if (item->flow != ZV_PLAN_NONE && qty > surplus)
		qty = surplus;
	if (place->n_quotas > 0)
		qty = within_share(moves, slot, need, qty);
	if (qty <= 0 || ((kind & PLAN_SINGLE) != 0 && qty < item->qty))
		return 0;
	if ((kind & PLAN_PARCELS) != 0) {
		int64_t parcel = plan_need_of(place, need)->parcel, stays = item->flow == ZV_PLAN_NONE ? 0 : place->flows.p[item->flow].qty;

		if (qty < parcel || (stays > qty && stays - qty < parcel))
			return 0;
	}
	return qty;
}

static int64_t surplus_left(const struct plan_moves *moves, const struct plan_item *item)
{
	uint32_t victim;

	if (item->flow == ZV_PLAN_NONE)
		return INT64_MAX;
	victim = moves->place->flows.p[item->flow].slot;
	return surplus_of(moves->place, victim) - (moves->stamp[victim] == moves->now ? moves->taken[victim] : 0);
}

static void take_share(struct plan_moves *moves, uint32_t slot, uint32_t need, int64_t qty)
{
	const struct plan_place *place = moves->place;
	struct plan_quota *quota = plan_quota_of(place, place->slots[slot].o, plan_need_of(place, need)->product);

	if (quota == NULL)
		return;
	quota->taken = qty + (quota->stamp == moves->now ? quota->taken : 0);
	quota->stamp = moves->now;
}

static void take_surplus(struct plan_moves *moves, uint32_t slot, const struct plan_item *item, int64_t qty)
{
	uint32_t victim;

	if (moves->place->n_quotas > 0)
		take_share(moves, slot, plan_pair_of(moves->place, item->pair)->need, qty);
	if (item->flow == ZV_PLAN_NONE)
		return;
	victim = moves->place->flows.p[item->flow].slot;
	moves->taken[victim] = qty + (moves->stamp[victim] == moves->now ? moves->taken[victim] : 0);
	moves->stamp[victim] = moves->now;
}

/* One pass over the items at a tier. `act`: moves the flows, else only counts. Money saved; -HUGE_VAL: the tier cannot be reached. */
static double scan(struct plan_moves *moves, uint32_t slot, int t, int64_t room, bool act)
{
	struct plan_place *place = moves->place;
	const struct plan_tier *tier = plan_tier_of(place, slot, t);
	int64_t kept = place->slots[slot].kept, qty = kept;
	int64_t cap = tier->top < room + kept ? tier->top : room + kept;
	double saved = 0, price = (double)tier->price * 1e-6;

	moves->now++;
	for (size_t i = 0; qty < cap; i++) {
		const struct plan_item *next = item_at(moves, i);
		const struct plan_item one = next != NULL ? *next : (struct plan_item){0}, *item = &one;
		const struct plan_pair *pair = plan_pair_of(place, item->pair);
		double margin = item->key - price;
		int64_t take;

		if (next == NULL)
			break;

		if (margin <= 0 && qty >= tier->b)
			break;
		if (!(pair->tiers >> t & 1))
			continue;
		take = portion(moves, slot, item, margin > 0 ? cap - qty : tier->b - qty, surplus_left(moves, item));
		if (take == 0 && margin <= 0)
			take = portion(moves, slot, item, cap - qty, surplus_left(moves, item));
		if (take == 0)
			continue;
		if (!act)
			take_surplus(moves, slot, item, take);
		qty += take;
		if (moves->guide != NULL && item->flow == ZV_PLAN_NONE)
			margin += place->penalty[pair->need] - moves->guide[pair->need];
		if (pair->tiers & PLAN_FIXED)
			margin += price - (double)plan_tier_of(place, slot, 0)->price * 1e-6;
		saved += margin * (double)take * 1e-6;
		if (act) {
			uint32_t from = item->flow == ZV_PLAN_NONE ? ZV_PLAN_NONE : place->flows.p[item->flow].slot;

			if (from != ZV_PLAN_NONE)
				plan_put(place, from, place->flows.p[item->flow].pair, -take);
			plan_put(place, slot, item->pair, take);
		}
	}
	if (qty < tier->b)
		return -HUGE_VAL;
	return saved - (double)tier->fixed * 1e-12;
}

double plan_open_value(struct plan_moves *moves, uint32_t slot, int *tier)
{
	struct plan_place *place = moves->place;
	const struct zv_plan_offer *offer = plan_offer_of(place, slot);
	int64_t room = plan_room(place, slot);
	double best = -HUGE_VAL;

	*tier = -1;
	if (room < plan_tier_of(place, slot, 0)->b && place->slots[slot].kept == 0)
		return best;
	gather(moves, slot);
	if (!may_pay(moves, slot))
		return best;
	order_items(moves);
	for (uint32_t t = 0; t < offer->n_tiers; t++) {
		double value;

		if (!(place->slots[slot].may >> t & 1) || plan_tier_of(place, slot, (int)t)->b > room + place->slots[slot].kept ||
		    plan_tier_of(place, slot, (int)t)->top < place->slots[slot].kept)
			continue;
		value = scan(moves, slot, (int)t, room, false);
		if (value > best) {
			best = value;
			*tier = (int)t;
		}
	}
	return best;
}

/* The items are those of the last plan_open_value of this slot, with nothing changed since. */
static void act(struct plan_moves *moves, uint32_t slot, int tier)
{
	int64_t room = plan_room(moves->place, slot);

	plan_set_tier(moves->place, slot, tier);
	(void)scan(moves, slot, tier, room, true);
}

void plan_open_do(struct plan_moves *moves, uint32_t slot, int tier)
{
	gather(moves, slot);
	order_items(moves);
	act(moves, slot, tier);
}

double plan_open_best(struct plan_moves *moves, uint32_t slot)
{
	int tier;
	double value = plan_open_value(moves, slot, &tier);

	if (value <= 1e-6 || tier < 0)
		return 0;
	act(moves, slot, tier);
	return value;
}

/* --- closing, filling ------------------------------------------------------------------------------------------------------------- */

void plan_close_slot(struct plan_moves *moves, uint32_t slot)
{
	struct plan_place *place = moves->place;

	while (place->slots[slot].first != ZV_PLAN_NONE) {
		const struct plan_flow *flow = &place->flows.p[place->slots[slot].first];

		plan_put(place, slot, flow->pair, -flow->qty);
	}
	if (place->slots[slot].kept == 0)
		plan_set_tier(place, slot, -1);
}

/* How much of a need an open order takes now; 0: not a portion that the need allows. */
static int64_t takes(const struct plan_place *place, uint32_t need, uint32_t slot)
{
	uint8_t kind = plan_kind_of(place, need);
	int64_t spare = plan_spare(place, slot);

	if (spare > place->left[need])
		spare = place->left[need];
	if (place->n_quotas > 0 && spare > 0) {
		const struct plan_quota *quota = plan_quota_of(place, place->slots[slot].o, plan_need_of(place, need)->product);

		if (quota != NULL && spare > quota->left)
			spare = quota->left;
	}
	if (spare <= 0 || (kind == 0 || spare == plan_need_of(place, need)->qty))
		return spare > 0 ? spare : 0;
	return (kind & PLAN_SINGLE) != 0 || spare < plan_need_of(place, need)->parcel ? 0 : spare;
}

/* The cheapest open order that takes some of the need; how much in *qty. */
static uint32_t cheapest(int64_t *qty, uint32_t *slot, const struct plan_place *place, uint32_t need)
{
	const struct plan_arcs *arcs = place->arcs;
	double least = place->penalty[need];
	uint32_t best = ZV_PLAN_NONE;

	for (uint32_t i = arcs->need_pair[need]; i < arcs->need_pair[need + 1]; i++) {
		uint32_t j = arcs->pairs_of[i];
		const struct plan_pair *pair = &arcs->pairs[j];

		for (int period = pair->lo; period <= pair->hi; period++) {
			uint32_t at = plan_slot_at(place, arcs->places_of[i], period);
			int64_t some;
			double price;

			if (place->slots[at].tier < 0 || !(pair->tiers >> place->slots[at].tier & 1) || place->slots[at].qty >= place->slots[at].top)
				continue;
			price = plan_price_in(place, at, j);
			if (price >= least)
				continue;
			some = takes(place, need, at);
			if (some <= 0)
				continue;
			least = price;
			best = j;
			*slot = at;
			*qty = some;
		}
	}
	return best;
}

void plan_fill_need(struct plan_moves *moves, uint32_t need)
{
	struct plan_place *place = moves->place;

	while (place->left[need] > 0) {
		int64_t qty = 0;
		uint32_t slot = 0, pair = cheapest(&qty, &slot, place, need);

		if (pair == ZV_PLAN_NONE)
			return;
		plan_put(place, slot, pair, qty);
	}
}
