/* One offer at given prices: its pairs by falling margin, each of its orders at its best tier. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/plan/dual_inner.h"

enum { SHIFTS_PER_PAIR = 12 };

/* --- pairs in order --------------------------------------------------------------------------------------------------------------- */

static int by_key_desc(const void *a, const void *b, void *keys)
{
	const double *key = keys;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (key[x] != key[y])
		return key[x] > key[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void sort_anew(struct dual_room *room, double *key, struct plan_pair *pairs, uint32_t n)
{
	for (uint32_t j = 0; j < n; j++)
		room->order[j] = j;
	qsort_r(room->order, n, sizeof(*room->order), by_key_desc, key);
	for (uint32_t j = 0; j < n; j++) {
		room->copy[j] = pairs[room->order[j]];
		room->key_copy[j] = key[room->order[j]];
	}
	memcpy(pairs, room->copy, n * sizeof(*pairs));
	memcpy(key, room->key_copy, n * sizeof(*key));
}

/* The order of the last time is nearly right. */
void dual_sort(struct dual_room *room, const struct dual_offer *of)
{
	struct plan_pair *pairs = room->dual->arcs->pairs + of->first;
	double *key = of->key;
	uint64_t shifts = 0;

	for (uint32_t j = 1; j < of->n; j++) {
		double at = key[j];
		struct plan_pair pair = pairs[j];
		uint32_t i = j;

		if (key[j - 1] >= at)
			continue;
		for (; i > 0 && key[i - 1] < at; i--) {
			key[i] = key[i - 1];
			pairs[i] = pairs[i - 1];
		}
		key[i] = at;
		pairs[i] = pair;
		shifts += j - i;
		if (shifts > (uint64_t)SHIFTS_PER_PAIR * of->n + 64) {
			sort_anew(room, key, pairs, of->n);
			return;
		}
	}
}

struct dual_offer dual_offer_of(const struct plan_dual *dual, uint32_t o, double *key)
{
	const struct plan_arcs *arcs = dual->arcs;
	const struct zv_plan_offer *offer = &arcs->problem->offers[arcs->offers[o]];

	return (struct dual_offer){o, offer, arcs->tiers + offer->first_tier, arcs->pair[o], arcs->pair[o + 1] - arcs->pair[o], key};
}

bool dual_keys(const struct dual_offer *of, const struct plan_dual *dual)
{
	const struct plan_pair *pairs = dual->arcs->pairs + of->first;
	double least = HUGE_VAL, fixed = HUGE_VAL, all = 0;

	for (uint32_t t = 0; t < of->offer->n_tiers; t++) {
		least = fmin(least, (double)of->tiers[t].price * DUAL_MICRO);
		fixed = fmin(fixed, (double)of->tiers[t].fixed * 1e-12);
	}
	for (uint32_t j = 0; j < of->n; j++) {
		const struct plan_dual_need *need = &dual->needs[pairs[j].need];
		double key = need->price - (double)pairs[j].add * DUAL_MICRO;

		key += pairs[j].tiers & PLAN_FIXED ? (double)of->tiers[0].price * DUAL_MICRO : 0;
		of->key[j] = key;
		all += key > least ? (key - least) * need->qty : 0;
	}
	return all > fixed || dual->arcs->n_kept > 0;
}

/* --- one order -------------------------------------------------------------------------------------------------------------------- */

struct serving {
	const struct plan_dual *dual;
	const struct plan_pair *pairs;
	const double *key;
	uint32_t n;
	int period;
	uint32_t tier;
	double price;  /* of the tier and its hours, per unit */
	double b, cap; /* units */
	double kept;   /* units of signed flows */
};

/* What the slot earns at a tier before its fixed cost; -HUGE_VAL: the tier cannot be filled. *n_used: pairs looked at. */
static double earn(const struct serving *s, uint32_t *n_used)
{
	double earned = 0, qty = s->kept;
	uint32_t j;

	for (j = 0; j < s->n && qty < s->cap; j++) {
		const struct plan_pair *pair = &s->pairs[j];
		double margin = s->key[j] - s->price;
		double take;

		if (margin <= 0 && qty >= s->b)
			break;
		if (pair->lo > s->period || pair->hi < s->period || !(pair->tiers >> s->tier & 1))
			continue;
		take = s->dual->needs[pair->need].qty;
		if (take > s->cap - qty)
			take = s->cap - qty;
		if (margin <= 0 && take > s->b - qty)
			take = s->b - qty;
		earned += margin * take;
		qty += take;
	}
	*n_used = j;
	return qty >= s->b * (1 - 1e-12) && s->kept <= s->cap ? earned : -HUGE_VAL;
}

static double serve(const struct serving *s, uint32_t n_used)
{
	double qty = s->kept;

	for (uint32_t j = 0; j < n_used; j++) {
		const struct plan_pair *pair = &s->pairs[j];
		double margin = s->key[j] - s->price;
		double take;

		if (pair->lo > s->period || pair->hi < s->period || !(pair->tiers >> s->tier & 1))
			continue;
		take = s->dual->needs[pair->need].qty;
		if (take > s->cap - qty)
			take = s->cap - qty;
		if (margin <= 0 && take > s->b - qty)
			take = s->b - qty;
		s->dual->now[pair->need] -= take;
		qty += take;
	}
	return qty;
}

struct dual_kept dual_kept_of(const struct plan_arcs *arcs, uint32_t slot)
{
	struct dual_kept all = {.tiers = 0xffff};
	uint32_t lo = 0, hi = arcs->n_kept;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (arcs->kept[mid].slot < slot)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < arcs->n_kept && arcs->kept[lo].slot == slot; lo++) {
		const struct plan_signed *kept = &arcs->kept[lo];
		double units = (double)kept->qty * DUAL_MICRO;

		all.qty += units;
		all.tiers &= kept->tiers;
		all.cost += units * (double)kept->add * DUAL_MICRO;
	}
	return all;
}

void dual_launched(struct plan_dual *dual, uint32_t o, uint32_t slot, uint32_t tier)
{
	uint32_t n_tiers = dual->arcs->problem->offers[dual->arcs->offers[o]].n_tiers;
	float *launches = &dual->launches[dual->launch[o] + (slot - dual->arcs->slot[o]) * n_tiers];

	for (uint32_t t = 0; t < n_tiers; t++)
		launches[t] = launches[t] * (float)(1 - DUAL_AVERAGE) + (t == tier ? (float)DUAL_AVERAGE : 0);
}

/* One slot: its value (at most 0 unless it must be launched), its flows taken from `now`. */
static double evaluate_slot(struct dual_room *room, const struct dual_offer *of, uint32_t slot, int period)
{
	struct plan_dual *dual = room->dual;
	const struct zv_plan_problem *p = dual->arcs->problem;
	size_t hour = (size_t)of->offer->resource * (size_t)p->n_periods + (size_t)period;
	bool timed = of->offer->resource != ZV_PLAN_NONE;
	double mu = timed ? dual->mu[hour] : 0;
	double hours = timed ? (double)of->offer->hours_uh * DUAL_MICRO : 0, setup = timed ? (double)of->offer->setup_uh * DUAL_MICRO : 0;
	double room_for = timed ? (double)p->capacity_uh[hour] * DUAL_MICRO - setup : HUGE_VAL;
	struct serving s = {.dual = dual, .pairs = dual->arcs->pairs + of->first, .key = of->key, .n = of->n, .period = period}, best = {0};
	struct dual_kept kept = {.tiers = 0xffff};
	double best_value = 0;
	uint32_t best_used = 0, best_tier = ZV_PLAN_NONE;

	if (dual->arcs->n_kept > 0)
		kept = dual_kept_of(dual->arcs, slot);
	s.kept = kept.qty;
	if (s.kept > 0)
		best_value = HUGE_VAL;
	for (uint32_t t = 0; t < of->offer->n_tiers && room_for > 0; t++) {
		const struct plan_tier *tier = &of->tiers[t];
		uint32_t used;
		double value;

		s.tier = t;
		s.b = (double)tier->b * DUAL_MICRO;
		s.cap = (double)tier->top * DUAL_MICRO;
		if (hours > 0 && s.cap > room_for / hours)
			s.cap = room_for / hours;
		if (s.cap < s.b || !(kept.tiers >> t & 1))
			continue;
		s.price = (double)tier->price * DUAL_MICRO + mu * hours;
		value = (double)tier->fixed * 1e-12 + mu * setup + s.kept * s.price + kept.cost - earn(&s, &used);
		if (value < best_value) {
			best_value = value;
			best = s;
			best_used = used;
			best_tier = t;
		}
	}
	dual_launched(dual, of->o, slot, best_tier);
	dual->hours[slot] = 0;
	if (best_tier == ZV_PLAN_NONE)
		return s.kept > 0 ? 0 : best_value;
	dual->hours[slot] = setup + hours * serve(&best, best_used);
	return best_value;
}

void dual_idle(struct plan_dual *dual, uint32_t o)
{
	for (uint32_t slot = dual->arcs->slot[o]; slot < dual->arcs->slot[o + 1]; slot++)
		dual->hours[slot] = 0;
	for (uint32_t i = dual->launch[o]; i < dual->launch[o + 1]; i++)
		dual->launches[i] *= (float)(1 - DUAL_AVERAGE);
}

double dual_evaluate_offer(struct dual_room *room, uint32_t o)
{
	struct plan_dual *dual = room->dual;
	const struct plan_arcs *arcs = dual->arcs;
	struct dual_offer of = dual_offer_of(dual, o, room->key);
	double sum = 0;

	if (of.n == 0)
		return 0;
	if (!dual_keys(&of, dual)) {
		dual_idle(dual, o);
		return 0;
	}
	dual_sort(room, &of);
	for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
		sum += evaluate_slot(room, &of, slot, arcs->from[o] + (int)(slot - arcs->slot[o]));
	return sum;
}
