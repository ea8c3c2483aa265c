/* Every slot by itself, at its best tier, filled by falling margin: whole quanta, 128-bit money. */
#include "engine/plan/bound.h"

#include <stdlib.h>

#include "base/mem.h"

struct keyed {
	int64_t key; /* price of the need - what is added to the tier's price */
	int64_t qty;
	uint32_t pair;
};

struct bounding {
	const struct plan_arcs *arcs;
	const int64_t *hour_price;
	struct keyed *keyed;
	uint32_t n;
	uint32_t o;
	const struct zv_plan_offer *offer;
	bool mixed; /* some pairs have one price at every tier */
};

static int by_key_desc(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

/* Flows that are signed in the slot. */
struct kept {
	int64_t qty;
	uint32_t tiers;
	zv_i128 cost; /* money at tier price 0 */
	int64_t fixed_qty; /* of those whose price is whole */
};

static struct kept kept_in(const struct plan_arcs *arcs, uint32_t slot)
{
	struct kept kept = {.tiers = 0xffff};

	for (uint32_t i = 0; i < arcs->n_kept; i++) {
		const struct plan_signed *one = &arcs->kept[i];

		if (one->slot != slot)
			continue;
		kept.qty += one->qty;
		kept.tiers &= one->tiers | PLAN_FIXED;
		kept.cost += (zv_i128)one->add * one->qty;
		kept.fixed_qty += one->tiers & PLAN_FIXED ? one->qty : 0;
	}
	return kept;
}

/* The most that b .. cap quanta earn at a tier; false: b cannot be reached. */
static bool earn(zv_i128 *earned, const struct bounding *b, int period, uint32_t t, int64_t price, int64_t least, int64_t cap, int64_t kept)
{
	int64_t qty = kept;

	*earned = 0;
	for (uint32_t i = 0; i < b->n && qty < cap; i++) {
		const struct keyed *one = &b->keyed[i];
		const struct plan_pair *pair = &b->arcs->pairs[one->pair];
		int64_t margin = one->key - price;
		int64_t take = one->qty < cap - qty ? one->qty : cap - qty;

		if (margin <= 0 && qty >= least)
			break;
		if (pair->lo > period || pair->hi < period || !(pair->tiers >> t & 1))
			continue;
		if (margin <= 0 && take > least - qty)
			take = least - qty;
		*earned += (zv_i128)margin * take;
		qty += take;
	}
	return qty >= least && qty <= cap;
}

/* A pair whose price is whole earns that at every tier: its key is moved by the tier's price, and the order made anew. */
static void key_pairs(struct bounding *b, const int64_t *need_price, uint32_t t)
{
	const struct plan_arcs *arcs = b->arcs;
	int64_t price = arcs->tiers[b->offer->first_tier + t].price;

	b->n = 0;
	b->mixed = false;
	for (uint32_t j = arcs->pair[b->o]; j < arcs->pair[b->o + 1]; j++) {
		const struct plan_pair *pair = &arcs->pairs[j];
		int64_t penalty = arcs->problem->needs[arcs->outer[pair->need]].penalty;
		int64_t value = need_price[pair->need] < penalty ? need_price[pair->need] : penalty;

		b->mixed = b->mixed || pair->tiers & PLAN_FIXED;
		b->keyed[b->n++] = (struct keyed){value - pair->add + (pair->tiers & PLAN_FIXED ? price : 0), arcs->qty[pair->need], j};
	}
	qsort(b->keyed, b->n, sizeof(*b->keyed), by_key_desc);
}

static zv_i128 slot_bound(struct bounding *b, const int64_t *need_price, uint32_t slot)
{
	const struct plan_arcs *arcs = b->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	int period = arcs->from[b->o] + (int)(slot - arcs->slot[b->o]);
	size_t hour = (size_t)b->offer->resource * (size_t)p->n_periods + (size_t)period;
	bool timed = b->offer->resource != ZV_PLAN_NONE;
	int64_t mu = timed ? b->hour_price[hour] : 0;
	int64_t room = timed ? p->capacity_uh[hour] - b->offer->setup_uh : 0;
	int64_t per_unit = timed ? (int64_t)((zv_i128)mu * b->offer->hours_uh / ZV_PLAN_UNIT) : 0; /* rounded down: in favour of the slot */
	struct kept kept = arcs->n_kept > 0 ? kept_in(arcs, slot) : (struct kept){.tiers = 0xffff};
	zv_i128 best = 0;
	bool found = kept.qty == 0;

	if (timed && room < 0)
		return 0;
	for (uint32_t t = 0; t < b->offer->n_tiers; t++) {
		const struct plan_tier *tier = &arcs->tiers[b->offer->first_tier + t];
		int64_t cap = tier->top;
		zv_i128 value;

		if (timed && b->offer->hours_uh > 0 && (zv_i128)room * ZV_PLAN_UNIT / b->offer->hours_uh < cap)
			cap = (int64_t)((zv_i128)room * ZV_PLAN_UNIT / b->offer->hours_uh);
		if (cap < tier->b || !(kept.tiers >> t & 1))
			continue;
		if (b->mixed && t > 0)
			key_pairs(b, need_price, t);
		if (!earn(&value, b, period, t, tier->price + per_unit, tier->b, cap, kept.qty))
			continue;
		value = tier->fixed + (timed ? (zv_i128)mu * b->offer->setup_uh : 0) + kept.cost + (zv_i128)tier->price * (kept.qty - kept.fixed_qty) +
			(zv_i128)per_unit * kept.qty - value;
		if (!found || value < best)
			best = value;
		found = true;
	}
	if (b->mixed && b->offer->n_tiers > 1)
		key_pairs(b, need_price, 0);
	return best;
}

zv_i128 plan_bound(const struct plan_arcs *arcs, const int64_t *need_price, const int64_t *hour_price)
{
	const struct zv_plan_problem *p = arcs->problem;
	struct bounding b = {.arcs = arcs, .hour_price = hour_price};
	uint32_t longest = 0;
	zv_i128 sum = 0;

	for (uint32_t i = 0; i < arcs->n_needs; i++) {
		int64_t penalty = p->needs[arcs->outer[i]].penalty;

		sum += (zv_i128)(need_price[i] < penalty ? need_price[i] : penalty) * arcs->qty[i];
	}
	for (size_t i = 0; i < (size_t)p->n_resources * (size_t)p->n_periods; i++)
		sum -= (zv_i128)hour_price[i] * p->capacity_uh[i];
	for (uint32_t o = 0; o < arcs->n_offers; o++)
		if (arcs->pair[o + 1] - arcs->pair[o] > longest)
			longest = arcs->pair[o + 1] - arcs->pair[o];
	b.keyed = zv_reallocarray(NULL, (size_t)longest + 1, sizeof(*b.keyed));
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		b.o = o;
		b.offer = &p->offers[arcs->offers[o]];
		if (arcs->pair[o + 1] == arcs->pair[o])
			continue;
		key_pairs(&b, need_price, 0);
		for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
			sum += slot_bound(&b, need_price, slot);
	}
	free(b.keyed);
	return sum;
}
