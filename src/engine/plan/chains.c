/* What is too large for the room that is left finds room where others can leave. */
#include "engine/plan/chains.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* DEPTH: of needs that leave one after the other. TRIES: needs put out for one that wants in, all depths together. */
enum { DEPTH = 3, TRIES = 300 };

static const double LEAST = 1e-4; /* roubles: a saving below is noise of the sums */

void plan_chains_open(struct plan_chains *chains, struct plan_moves *moves)
{
	*chains = (struct plan_chains){.moves = moves};
	chains->least = zv_calloc((size_t)moves->place->arcs->n_needs + 1, sizeof(*chains->least));
}

void plan_chains_close(struct plan_chains *chains)
{
	free(chains->least);
}

/* An open order that a pair may flow into, and at which price; ZV_PLAN_NONE: not in this period. */
static uint32_t open_at(double *price, const struct plan_place *place, uint32_t at, int period)
{
	uint32_t j = place->arcs->pairs_of[at], slot = plan_slot_at(place, place->arcs->places_of[at], period);

	if (place->slots[slot].tier < 0 || !(plan_pair_of(place, j)->tiers >> place->slots[slot].tier & 1))
		return ZV_PLAN_NONE;
	*price = plan_price_in(place, slot, j);
	return slot;
}

static void note_least(struct plan_chains *chains, uint32_t need)
{
	const struct plan_place *place = chains->moves->place;
	const struct plan_arcs *arcs = place->arcs;
	double price;

	chains->least[need] = place->penalty[need];
	for (uint32_t at = arcs->need_pair[need]; at < arcs->need_pair[need + 1]; at++) {
		const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[at]];

		for (int period = pair->lo; period <= pair->hi; period++)
			if (open_at(&price, place, at, period) != ZV_PLAN_NONE)
				chains->least[need] = fmin(chains->least[need], price);
	}
}

/* Even if all that is left of the need found room at its cheapest order. */
static bool may_pay(const struct plan_chains *chains, uint32_t need, double price)
{
	const struct plan_place *place = chains->moves->place;

	return place->cost - (place->penalty[need] - price) * (double)place->left[need] * 1e-6 < chains->before - LEAST;
}

static bool is_better(const struct plan_chains *chains)
{
	return chains->moves->place->cost < chains->before - LEAST && plan_sound(chains->moves->place);
}

static bool settle(struct plan_chains *chains, uint32_t need, int depth);

/* Puts as much of a flow out as what is left of `need` lacks room for, and the need in; then the one that was put out has to find room. */
static bool eject(struct plan_chains *chains, uint32_t slot, uint32_t pair, const struct plan_flow *flow, int depth)
{
	struct plan_place *place = chains->moves->place;
	uint32_t need = plan_pair_of(place, pair)->need, other = plan_pair_of(place, flow->pair)->need;
	int64_t wanted = place->left[need], lacks = wanted - plan_spare(place, slot), out = flow->qty, in;
	size_t mark = place->log.n;

	if (other == need || lacks <= 0 || plan_kind_of(place, other) & PLAN_PARCELS || place->left[other] > 0)
		return false;
	if (!(plan_kind_of(place, other) & PLAN_SINGLE) && out > lacks)
		out = lacks;
	if (out < lacks && plan_kind_of(place, need) & PLAN_SINGLE)
		return false;
	chains->tries--;
	plan_put(place, slot, flow->pair, -out);
	in = plan_spare(place, slot);
	in = in < wanted ? in : wanted;
	if (in > 0 && (in == wanted || !(plan_kind_of(place, need) & PLAN_SINGLE))) {
		plan_put(place, slot, pair, in);
		if (may_pay(chains, other, chains->least[other]) && settle(chains, other, depth - 1))
			return true;
	}
	plan_undo_to(place, mark);
	return false;
}

static bool eject_each(struct plan_chains *chains, uint32_t slot, uint32_t pair, int depth)
{
	const struct plan_place *place = chains->moves->place;
	ZV_VEC(uint32_t) flows = {0};
	bool better = false;

	/* The list changes with every try. */
	for (uint32_t f = place->slots[slot].first; f != ZV_PLAN_NONE; f = place->flows.p[f].slot_next)
		zv_vec_push(&flows, place->flows.p[f].pair);
	for (size_t i = 0; i < flows.n && !better && chains->tries > 0; i++) {
		struct plan_flow flow = place->flows.p[plan_flow_of(place, slot, flows.p[i])];

		better = eject(chains, slot, pair, &flow, depth);
	}
	zv_vec_done(&flows);
	return better;
}

/* Finds room for what is left of a need: free room if that is enough, else that of others. False: everything is as it was. */
static bool settle(struct plan_chains *chains, uint32_t need, int depth)
{
	struct plan_place *place = chains->moves->place;
	const struct plan_arcs *arcs = place->arcs;
	size_t mark = place->log.n;
	double price;

	plan_fill_need(chains->moves, need);
	if (is_better(chains))
		return true;
	plan_undo_to(place, mark);
	if (depth == 0)
		return false;
	for (uint32_t at = arcs->need_pair[need]; at < arcs->need_pair[need + 1]; at++) {
		const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[at]];

		for (int period = pair->lo; period <= pair->hi && chains->tries > 0; period++) {
			uint32_t slot = open_at(&price, place, at, period);

			if (slot != ZV_PLAN_NONE && may_pay(chains, need, price) && eject_each(chains, slot, arcs->pairs_of[at], depth))
				return true;
		}
	}
	return false;
}

/* With what is not covered of it, or else with its dearest flow. */
static bool chain_need(struct plan_chains *chains, uint32_t need)
{
	struct plan_place *place = chains->moves->place;
	uint32_t dearest = ZV_PLAN_NONE;
	double price = chains->least[need];

	for (uint32_t f = place->first[need]; f != ZV_PLAN_NONE && place->left[need] == 0; f = place->flows.p[f].next)
		if (place->flows.p[f].price > price) {
			price = place->flows.p[f].price;
			dearest = f;
		}
	if (dearest == ZV_PLAN_NONE && place->left[need] == 0)
		return false;
	plan_mark(place);
	chains->before = place->cost;
	chains->tries = TRIES;
	if (dearest != ZV_PLAN_NONE)
		plan_put(place, place->flows.p[dearest].slot, place->flows.p[dearest].pair, -place->flows.p[dearest].qty);
	if (settle(chains, need, DEPTH))
		return true;
	plan_undo(place);
	return false;
}

bool plan_chain_group(struct plan_chains *chains, uint32_t group)
{
	const struct plan_place *place = chains->moves->place;
	const struct plan_arcs *arcs = place->arcs;
	bool better = false;

	for (uint32_t i = arcs->group_need[group]; i < arcs->group_need[group + 1]; i++)
		note_least(chains, i);
	for (uint32_t i = arcs->group_need[group]; i < arcs->group_need[group + 1]; i++)
		if (!(plan_kind_of(place, i) & PLAN_PARCELS) && chain_need(chains, i))
			better = true;
	return better;
}
