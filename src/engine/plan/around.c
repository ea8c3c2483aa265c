/* Chooses the part: promising orders that compete for the same needs, all else held. */
#include "engine/plan/around.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/exact.h"

static const float PROMISING = 0.01F; /* of the averaged launches */

void plan_around_open(struct plan_around *around, struct plan_place *place, const struct plan_dual *dual, struct zv_rng *rng)
{
	*around = (struct plan_around){.place = place, .dual = dual, .rng = rng, .arcs_max = 160, .nodes_max = 60};
	around->slot_stamp = zv_calloc((size_t)place->arcs->n_slots + 1, sizeof(*around->slot_stamp));
	around->need_stamp = zv_calloc((size_t)place->arcs->n_needs + 1, sizeof(*around->need_stamp));
	around->need_at = zv_calloc((size_t)place->arcs->n_needs + 1, sizeof(*around->need_at));
}

void plan_around_close(struct plan_around *around)
{
	zv_vec_done(&around->slots);
	zv_vec_done(&around->needs);
	zv_vec_done(&around->outer);
	zv_vec_done(&around->left);
	zv_vec_done(&around->arcs);
	zv_vec_done(&around->pairs);
	zv_vec_done(&around->flow);
	zv_vec_done(&around->part_slots);
	zv_vec_done(&around->left_uh);
	zv_vec_done(&around->tier);
	free(around->slot_stamp);
	free(around->need_stamp);
	free(around->need_at);
}

bool plan_around_is_promising(const struct plan_around *around, uint32_t slot)
{
	const struct plan_place *place = around->place;
	float weight = 0;

	if (place->slots[slot].tier >= 0)
		return true;
	for (uint32_t t = 0; t < plan_offer_of(place, slot)->n_tiers; t++)
		weight += *plan_dual_launch(around->dual, place->slots[slot].o, slot, t);
	return weight > PROMISING;
}

/* --- the part ------------------------------------------------------------------------------------------------------------------------ */

static void add_need(struct plan_around *around, uint32_t need)
{
	if (around->need_stamp[need] == around->now)
		return;
	around->need_stamp[need] = around->now;
	around->need_at[need] = (uint32_t)around->needs.n;
	zv_vec_push(&around->needs, need);
}

/* The needs that a slot serves, and those it could serve that are not covered. */
static void add_slot(struct plan_around *around, uint32_t slot)
{
	const struct plan_place *place = around->place;
	const struct plan_slot *s = &place->slots[slot];

	around->slot_stamp[slot] = around->now;
	zv_vec_push(&around->slots, slot);
	for (uint32_t f = s->first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		add_need(around, plan_pair_of(place, place->flows.p[f].pair)->need);
	for (uint32_t j = place->arcs->pair[s->o]; j < place->arcs->pair[s->o + 1]; j++) {
		const struct plan_pair *pair = plan_pair_of(place, j);

		if (place->left[pair->need] > 0 && pair->lo <= s->period && s->period <= pair->hi)
			add_need(around, pair->need);
	}
}

static uint32_t arcs_of(const struct plan_around *around, uint32_t slot)
{
	const struct plan_place *place = around->place;
	const struct plan_slot *s = &place->slots[slot];
	uint32_t n = 0;

	for (uint32_t j = place->arcs->pair[s->o]; j < place->arcs->pair[s->o + 1]; j++) {
		const struct plan_pair *pair = plan_pair_of(place, j);

		n += around->need_stamp[pair->need] == around->now && pair->lo <= s->period && s->period <= pair->hi;
	}
	return n;
}

/* A random promising slot, not in the part yet, that could serve a random need of it. */
static uint32_t next_slot(struct plan_around *around)
{
	const struct plan_place *place = around->place;
	const struct plan_arcs *arcs = place->arcs;
	uint32_t need = around->needs.p[zv_rng_below(around->rng, around->needs.n)], seen = 0, found = ZV_PLAN_NONE;

	for (uint32_t i = arcs->need_pair[need]; i < arcs->need_pair[need + 1]; i++) {
		const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[i]];

		for (int period = pair->lo; period <= pair->hi; period++) {
			uint32_t slot = plan_slot_at(place, arcs->places_of[i], period);

			if (around->slot_stamp[slot] != around->now && plan_around_is_promising(around, slot) && place->slots[slot].kept == 0 &&
			    zv_rng_below(around->rng, ++seen) == 0)
				found = slot;
		}
	}
	return found;
}

static void choose_slots(struct plan_around *around, uint32_t slot)
{
	uint32_t n_arcs = 0;

	around->now++;
	around->slots.n = around->needs.n = 0;
	add_slot(around, slot);
	for (int misses = 0; misses < 12 && around->needs.n > 0 && around->slots.n < 40;) {
		uint32_t next = next_slot(around);

		if (next == ZV_PLAN_NONE) {
			misses++;
			continue;
		}
		add_slot(around, next);
		n_arcs = 0;
		for (size_t i = 0; i < around->slots.n; i++)
			n_arcs += arcs_of(around, around->slots.p[i]);
		if (n_arcs > around->arcs_max)
			break;
	}
}

static void add_arcs(struct plan_around *around, uint32_t at)
{
	const struct plan_place *place = around->place;
	uint32_t slot = around->slots.p[at];
	const struct plan_slot *s = &place->slots[slot];
	const struct zv_plan_offer *offer = plan_offer_of(place, slot);

	for (uint32_t j = place->arcs->pair[s->o]; j < place->arcs->pair[s->o + 1]; j++) {
		const struct plan_pair *pair = plan_pair_of(place, j);
		struct plan_kernel_arc arc = {.slot = at};
		uint32_t f;

		if (around->need_stamp[pair->need] != around->now || pair->lo > s->period || pair->hi < s->period)
			continue;
		arc.need = around->need_at[pair->need];
		for (uint32_t t = 0; t < ZV_PLAN_TIERS_MAX; t++)
			arc.cost[t] = t < offer->n_tiers && pair->tiers >> t & 1 ? plan_price(pair, plan_tier_of(place, slot, (int)t)) : INT64_MAX;
		f = plan_flow_of(place, slot, j);
		zv_vec_push(&around->arcs, arc);
		zv_vec_push(&around->pairs, j);
		zv_vec_push(&around->flow, f == ZV_PLAN_NONE ? 0 : place->flows.p[f].qty);
		around->left.p[arc.need] += around->flow.p[around->flow.n - 1];
	}
}

/* Hours that the part may use: what is free and what its own orders use now. */
static void add_hours(struct plan_around *around)
{
	const struct plan_place *place = around->place;
	const struct zv_plan_problem *p = place->problem;

	for (size_t i = 0; i < around->slots.n; i++) {
		const struct zv_plan_offer *offer = plan_offer_of(place, around->slots.p[i]);
		int period = place->slots[around->slots.p[i]].period;
		zv_i128 hours = 0;

		if (offer->resource == ZV_PLAN_NONE) {
			zv_vec_push(&around->left_uh, INT64_MAX);
			continue;
		}
		hours = place->hours[(size_t)offer->resource * (size_t)p->n_periods + (size_t)period];
		for (size_t k = 0; k < around->slots.n; k++) {
			const struct plan_slot *other = &place->slots[around->slots.p[k]];
			const struct zv_plan_offer *of = plan_offer_of(place, around->slots.p[k]);

			if (of->resource == offer->resource && other->period == period && other->tier >= 0)
				hours += (zv_i128)of->hours_uh * other->qty + (zv_i128)of->setup_uh * ZV_PLAN_UNIT;
		}
		zv_vec_push(&around->left_uh, (int64_t)(hours / ZV_PLAN_UNIT));
	}
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static struct plan_kernel_part make_part(struct plan_around *around)
{
	const struct plan_place *place = around->place;

	around->arcs.n = around->pairs.n = around->flow.n = around->left.n = around->outer.n = 0;
	around->part_slots.n = around->left_uh.n = around->tier.n = 0;
	qsort(around->needs.p, around->needs.n, sizeof(*around->needs.p), by_number);
	for (size_t i = 0; i < around->needs.n; i++) {
		around->need_at[around->needs.p[i]] = (uint32_t)i;
		zv_vec_push(&around->left, place->left[around->needs.p[i]]);
		zv_vec_push(&around->outer, place->arcs->outer[around->needs.p[i]]);
	}
	for (uint32_t i = 0; i < around->slots.n; i++) {
		const struct plan_slot *s = &place->slots[around->slots.p[i]];

		zv_vec_push(&around->part_slots, ((struct plan_kernel_slot){place->arcs->offers[s->o], s->period}));
		zv_vec_push(&around->tier, s->tier);
		add_arcs(around, i);
	}
	add_hours(around);
	return (struct plan_kernel_part){.problem = place->problem,
					 .slots = around->part_slots.p,
					 .n_slots = (uint32_t)around->part_slots.n,
					 .needs = around->outer.p,
					 .left = around->left.p,
					 .n_needs = (uint32_t)around->needs.n,
					 .arcs = around->arcs.p,
					 .n_arcs = (uint32_t)around->arcs.n,
					 .left_uh = around->left_uh.p,
					 .tier = around->tier.p,
					 .flow = around->flow.p};
}

static void put_back(struct plan_around *around, const int32_t *tier, const int64_t *flow)
{
	struct plan_place *place = around->place;

	for (size_t a = 0; a < around->arcs.n; a++)
		plan_put(place, around->slots.p[around->arcs.p[a].slot], around->pairs.p[a], -around->flow.p[a]);
	for (size_t i = 0; i < around->slots.n; i++)
		plan_set_tier(place, around->slots.p[i], tier[i]);
	for (size_t a = 0; a < around->arcs.n; a++)
		plan_put(place, around->slots.p[around->arcs.p[a].slot], around->pairs.p[a], flow[a]);
}

double plan_around_slot(struct plan_around *around, uint32_t slot)
{
	struct plan_place *place = around->place;
	struct plan_exact answer = {0};
	struct plan_kernel_part part;
	double before = place->cost, saved = 0;
	struct zv_err err;

	if (place->slots[slot].kept > 0)
		return 0;
	choose_slots(around, slot);
	if (around->needs.n == 0)
		return 0;
	part = make_part(around);
	answer.tier = zv_calloc((size_t)part.n_slots + 1, sizeof(*answer.tier));
	answer.flow = zv_calloc((size_t)part.n_arcs + 1, sizeof(*answer.flow));
	if (plan_exact_solve(&answer, &part, around->nodes_max, &err) == ZV_OK && answer.better) {
		plan_mark(place);
		put_back(around, answer.tier, answer.flow);
		saved = before - place->cost;
		if (saved <= 1e-4 || !plan_sound(place)) {
			plan_undo(place);
			saved = 0;
		}
	}
	free(answer.tier);
	free(answer.flow);
	return saved;
}
