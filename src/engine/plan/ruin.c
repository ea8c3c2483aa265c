/* Ruin and recreate: a few orders around a need, or around the hours that it wants, are closed and built anew at once. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/improve.h"

/*
 * CLOSES: orders closed at once, at most. HOURS_ONE_IN: one in so many frees the hours that a closed order would take instead of an open order itself. UNLIKELY: one
 * order in so many of those that the prices do not want is a candidate. ROUNDS: of launches.
 */
enum { CLOSES = 4, HOURS_ONE_IN = 3, UNLIKELY = 8, ROUNDS = 16 };

static const double LEAST = 1e-4; /* roubles: a saving below is noise of the sums */
static const float PROMISING = 0.01F; /* of the averaged launches */

static void note_promising(struct plan_ruin *ruin, const struct plan_dual *dual)
{
	const struct plan_place *place = ruin->moves->place;

	for (uint32_t slot = 0; slot < place->arcs->n_slots; slot++) {
		float weight = 0;

		for (uint32_t t = 0; t < plan_offer_of(place, slot)->n_tiers; t++)
			weight += *plan_dual_launch(dual, place->slots[slot].o, slot, t);
		ruin->promising[slot] = weight > PROMISING;
	}
}

/* The offers of each resource. */
static void note_resources(struct plan_ruin *ruin)
{
	const struct plan_arcs *arcs = ruin->moves->place->arcs;
	const struct zv_plan_problem *p = arcs->problem;
	uint32_t *at = zv_calloc((size_t)p->n_resources + 2, sizeof(*at));

	for (uint32_t o = 0; o < arcs->n_offers; o++)
		if (p->offers[arcs->offers[o]].resource != ZV_PLAN_NONE)
			at[p->offers[arcs->offers[o]].resource + 1]++;
	for (uint32_t r = 0; r < p->n_resources; r++)
		at[r + 1] += at[r];
	memcpy(ruin->resource, at, ((size_t)p->n_resources + 1) * sizeof(*at));
	for (uint32_t o = 0; o < arcs->n_offers; o++)
		if (p->offers[arcs->offers[o]].resource != ZV_PLAN_NONE)
			ruin->of_resource[at[p->offers[arcs->offers[o]].resource]++] = o;
	free(at);
}

void plan_ruin_open(struct plan_ruin *ruin, struct plan_moves *moves, const struct plan_dual *dual, struct zv_rng *rng)
{
	const struct plan_arcs *arcs = moves->place->arcs;

	*ruin = (struct plan_ruin){.moves = moves, .rng = rng};
	ruin->need_stamp = zv_calloc((size_t)arcs->n_needs + 1, sizeof(*ruin->need_stamp));
	ruin->slot_stamp = zv_calloc((size_t)arcs->n_slots + 1, sizeof(*ruin->slot_stamp));
	ruin->promising = zv_calloc((size_t)arcs->n_slots + 1, sizeof(*ruin->promising));
	ruin->resource = zv_calloc((size_t)arcs->problem->n_resources + 1, sizeof(*ruin->resource));
	ruin->of_resource = zv_calloc((size_t)arcs->n_offers + 1, sizeof(*ruin->of_resource));
	note_promising(ruin, dual);
	note_resources(ruin);
}

void plan_ruin_close(struct plan_ruin *ruin)
{
	zv_vec_done(&ruin->needs);
	zv_vec_done(&ruin->candidates);
	free(ruin->need_stamp);
	free(ruin->slot_stamp);
	free(ruin->promising);
	free(ruin->resource);
	free(ruin->of_resource);
}

static void add_need(struct plan_ruin *ruin, uint32_t need)
{
	if (ruin->need_stamp[need] == ruin->now)
		return;
	ruin->need_stamp[need] = ruin->now;
	zv_vec_push(&ruin->needs, need);
}

static void add_candidate(struct plan_ruin *ruin, uint32_t slot)
{
	if (ruin->slot_stamp[slot] == ruin->now)
		return;
	ruin->slot_stamp[slot] = ruin->now;
	zv_vec_push(&ruin->candidates,
		    ((struct plan_candidate){HUGE_VAL, 0.7 + 0.6 * (double)zv_rng_below(ruin->rng, 1024) / 1024, slot, -1, -1}));
}

/* Closes an order and remembers who loses by it. */
static void ruin_slot(struct plan_ruin *ruin, uint32_t slot)
{
	struct plan_place *place = ruin->moves->place;

	for (uint32_t f = place->slots[slot].first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		add_need(ruin, plan_pair_of(place, place->flows.p[f].pair)->need);
	ruin->launches += (double)plan_tier_of(place, slot, place->slots[slot].tier)->fixed * 1e-12;
	plan_close_slot(ruin->moves, slot);
	add_candidate(ruin, slot);
}

/* A random open, or promising closed, order that serves, or could serve, a need; ZV_PLAN_NONE: none. */
static uint32_t slot_near(struct plan_ruin *ruin, uint32_t need, bool open)
{
	const struct plan_place *place = ruin->moves->place;
	const struct plan_arcs *arcs = place->arcs;
	uint32_t seen = 0, found = ZV_PLAN_NONE;

	for (uint32_t at = arcs->need_pair[need]; at < arcs->need_pair[need + 1]; at++) {
		const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[at]];

		for (int period = pair->lo; period <= pair->hi; period++) {
			uint32_t slot = plan_slot_at(place, arcs->places_of[at], period);

			if ((place->slots[slot].tier >= 0) == open && (open || ruin->promising[slot]) && zv_rng_below(ruin->rng, ++seen) == 0)
				found = slot;
		}
	}
	return found;
}

/* Closes what uses the hours that an order would take. */
static void ruin_hours(struct plan_ruin *ruin, uint32_t slot)
{
	const struct plan_place *place = ruin->moves->place;
	uint32_t resource = plan_offer_of(place, slot)->resource;
	int period = place->slots[slot].period;

	if (resource == ZV_PLAN_NONE)
		return;
	for (uint32_t i = ruin->resource[resource]; i < ruin->resource[resource + 1]; i++) {
		uint32_t o = ruin->of_resource[i], at = plan_slot_at(place, o, period);

		if (period >= place->arcs->from[o] && at < place->arcs->slot[o + 1] && place->slots[at].tier >= 0)
			ruin_slot(ruin, at);
	}
}

static void add_candidates_of(struct plan_ruin *ruin, uint32_t need)
{
	const struct plan_place *place = ruin->moves->place;
	const struct plan_arcs *arcs = place->arcs;

	for (uint32_t i = arcs->need_pair[need]; i < arcs->need_pair[need + 1]; i++) {
		const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[i]];

		for (int period = pair->lo; period <= pair->hi; period++) {
			uint32_t slot = plan_slot_at(place, arcs->places_of[i], period);

			if (ruin->slot_stamp[slot] == ruin->now || place->slots[slot].tier >= 0)
				continue;
			if (ruin->promising[slot] || zv_rng_below(ruin->rng, UNLIKELY) == 0)
				add_candidate(ruin, slot);
			ruin->slot_stamp[slot] = ruin->now;
		}
	}
}

static void add_candidates(struct plan_ruin *ruin)
{
	for (size_t k = 0; k < ruin->needs.n; k++)
		if (ruin->moves->place->left[ruin->needs.p[k]] > 0)
			add_candidates_of(ruin, ruin->needs.p[k]);
}

/* The candidate that saves most now. What each would save mostly falls as others are launched, so that only those that stand first are looked at anew. */
static struct plan_candidate *best_candidate(struct plan_ruin *ruin, int round)
{
	const struct plan_place *place = ruin->moves->place;

	for (;;) {
		struct plan_candidate *best = NULL;

		for (size_t k = 0; k < ruin->candidates.n; k++) {
			struct plan_candidate *one = &ruin->candidates.p[k];

			if (one->value > LEAST && place->slots[one->slot].tier < 0 && (best == NULL || one->value > best->value))
				best = one;
		}
		if (best == NULL || best->round == round)
			return best;
		best->value = plan_open_value(ruin->moves, best->slot, &best->tier) * best->noise;
		best->round = round;
	}
}

static void recreate(struct plan_ruin *ruin)
{
	struct plan_moves *moves = ruin->moves;
	struct plan_place *place = moves->place;

	for (int round = 0; round < ROUNDS; round++) {
		struct plan_candidate *best;

		add_candidates(ruin);
		best = best_candidate(ruin, round);
		if (best == NULL)
			return;
		plan_open_do(moves, best->slot, best->tier);
		for (size_t k = 0; k < ruin->needs.n; k++)
			if (place->left[ruin->needs.p[k]] > 0)
				plan_fill_need(moves, ruin->needs.p[k]);
	}
}

/* How much dearer the next plan may be: exponential, its mean a part of the launches that were closed (simulated annealing). */
static double dearer_by(struct plan_ruin *ruin)
{
	return ruin->heat > 0 ? -ruin->heat * ruin->launches * log((double)(zv_rng_below(ruin->rng, 1 << 20) + 1) / (1 << 20)) : 0;
}

double plan_ruin_need(struct plan_ruin *ruin, uint32_t need)
{
	struct plan_moves *moves = ruin->moves;
	struct plan_place *place = moves->place;
	uint32_t closes = 1 + (uint32_t)zv_rng_below(ruin->rng, CLOSES);
	double before = place->cost;

	ruin->now++;
	ruin->launches = 0;
	ruin->needs.n = ruin->candidates.n = 0;
	plan_mark(place);
	add_need(ruin, need);
	for (uint32_t k = 0; k < closes; k++) {
		uint32_t around = ruin->needs.p[k == 0 ? 0 : zv_rng_below(ruin->rng, ruin->needs.n)];
		bool open = zv_rng_below(ruin->rng, HOURS_ONE_IN) != 0;
		uint32_t slot = slot_near(ruin, around, open);

		if (slot != ZV_PLAN_NONE && open)
			ruin_slot(ruin, slot);
		else if (slot != ZV_PLAN_NONE)
			ruin_hours(ruin, slot);
	}
	if (zv_rng_below(ruin->rng, 2) == 0)
		for (size_t k = 0; k < ruin->needs.n; k++)
			plan_fill_need(moves, ruin->needs.p[k]);
	recreate(ruin);
	for (size_t k = 0; k < ruin->needs.n; k++)
		plan_fill_need(moves, ruin->needs.p[k]);
	if (place->cost < before - LEAST + dearer_by(ruin) && plan_sound(place))
		return before - place->cost;
	plan_undo(place);
	return 0;
}
