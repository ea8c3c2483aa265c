/* Local search: an order at a time, then a few orders around a need at once (ruin and recreate). */
#include "engine/plan/improve.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { ROUNDS = 16 };

static const double LEAST = 1e-4; /* roubles: a saving below is noise of the sums */

/* --- an order at a time --------------------------------------------------------------------------------------------------------- */

static void fill_group(struct plan_moves *moves, uint32_t group)
{
	const struct plan_arcs *arcs = moves->place->arcs;

	for (uint32_t i = arcs->group_need[group]; i < arcs->group_need[group + 1]; i++)
		if (moves->place->left[i] > 0)
			plan_fill_need(moves, i);
}

static bool keep_or_undo(struct plan_place *place)
{
	if (place->cost < place->saved_cost - LEAST && plan_sound(place))
		return true;
	plan_undo(place);
	return false;
}

/* The needs that an order served, before it is closed. */
static size_t needs_of(uint32_t **needs, size_t *cap, const struct plan_place *place, uint32_t slot)
{
	size_t n = 0;

	for (uint32_t f = place->slots[slot].first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next) {
		if (n == *cap) {
			*cap = *cap * 2 + 16;
			*needs = zv_reallocarray(*needs, *cap, sizeof(**needs));
		}
		(*needs)[n++] = plan_pair_of(place, place->flows.p[f].pair)->need;
	}
	return n;
}

bool plan_polish_group(struct plan_moves *moves, uint32_t group)
{
	struct plan_place *place = moves->place;
	const struct plan_arcs *arcs = place->arcs;
	uint32_t *needs = NULL;
	size_t cap = 0, n;
	bool better = false;

	for (uint32_t slot = arcs->slot[arcs->group_offer[group]]; slot < arcs->slot[arcs->group_offer[group + 1]]; slot++) {
		plan_mark(place);
		if (place->slots[slot].tier >= 0) {
			n = needs_of(&needs, &cap, place, slot);
			plan_close_slot(moves, slot);
			for (size_t i = 0; i < n; i++)
				plan_fill_need(moves, needs[i]);
			if (keep_or_undo(place)) {
				better = true;
				continue;
			}
			plan_mark(place);
			plan_close_slot(moves, slot);
			(void)plan_open_best(moves, slot);
			for (size_t i = 0; i < n; i++)
				plan_fill_need(moves, needs[i]);
		} else {
			(void)plan_open_best(moves, slot);
		}
		if (place->log.n > 0 && keep_or_undo(place))
			better = true;
	}
	plan_mark(place);
	fill_group(moves, group);
	if (place->log.n > 0 && keep_or_undo(place))
		better = true;
	free(needs);
	return better;
}

/* --- ruin and recreate -------------------------------------------------------------------------------------------------------- */

void plan_ruin_open(struct plan_ruin *ruin, struct plan_moves *moves, struct zv_rng *rng)
{
	*ruin = (struct plan_ruin){.moves = moves, .rng = rng};
	ruin->need_stamp = zv_calloc((size_t)moves->place->arcs->n_needs + 1, sizeof(*ruin->need_stamp));
	ruin->slot_stamp = zv_calloc((size_t)moves->place->arcs->n_slots + 1, sizeof(*ruin->slot_stamp));
}

void plan_ruin_close(struct plan_ruin *ruin)
{
	zv_vec_done(&ruin->needs);
	zv_vec_done(&ruin->candidates);
	free(ruin->need_stamp);
	free(ruin->slot_stamp);
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
	plan_close_slot(ruin->moves, slot);
	add_candidate(ruin, slot);
}

/* A random open order that serves, or could serve, a need; ZV_PLAN_NONE: none. */
static uint32_t open_slot_near(struct plan_ruin *ruin, uint32_t need)
{
	const struct plan_place *place = ruin->moves->place;
	const struct plan_arcs *arcs = place->arcs;
	uint32_t n = arcs->need_pair[need + 1] - arcs->need_pair[need], seen = 0, found = ZV_PLAN_NONE;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = arcs->need_pair[need] + i;
		const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[at]];

		for (int period = pair->lo; period <= pair->hi; period++) {
			uint32_t slot = plan_slot_at(place, arcs->places_of[at], period);

			if (place->slots[slot].tier >= 0 && zv_rng_below(ruin->rng, ++seen) == 0)
				found = slot;
		}
	}
	return found;
}

static void add_candidates(struct plan_ruin *ruin)
{
	const struct plan_place *place = ruin->moves->place;
	const struct plan_arcs *arcs = place->arcs;

	for (size_t k = 0; k < ruin->needs.n; k++) {
		uint32_t need = ruin->needs.p[k];

		if (place->left[need] == 0)
			continue;
		for (uint32_t i = arcs->need_pair[need]; i < arcs->need_pair[need + 1]; i++) {
			const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[i]];

			for (int period = pair->lo; period <= pair->hi; period++) {
				uint32_t slot = plan_slot_at(place, arcs->places_of[i], period);

				if (place->slots[slot].tier < 0)
					add_candidate(ruin, slot);
			}
		}
	}
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

/* How much dearer the next plan may be: exponential with the mean `heat` (simulated annealing). */
static double dearer_by(struct plan_ruin *ruin)
{
	return ruin->heat > 0 ? -ruin->heat * log((double)(zv_rng_below(ruin->rng, 1 << 20) + 1) / (1 << 20)) : 0;
}

double plan_ruin_need(struct plan_ruin *ruin, uint32_t need)
{
	struct plan_moves *moves = ruin->moves;
	struct plan_place *place = moves->place;
	uint32_t closes = 1 + (uint32_t)zv_rng_below(ruin->rng, 4);
	double before = place->cost;

	ruin->now++;
	ruin->needs.n = ruin->candidates.n = 0;
	plan_mark(place);
	add_need(ruin, need);
	for (uint32_t k = 0; k < closes; k++) {
		uint32_t around = ruin->needs.p[k == 0 ? 0 : zv_rng_below(ruin->rng, ruin->needs.n)];
		uint32_t slot = open_slot_near(ruin, around);

		if (slot != ZV_PLAN_NONE)
			ruin_slot(ruin, slot);
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
