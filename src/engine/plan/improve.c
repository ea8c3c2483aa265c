/* Local search, an order at a time. */
#include "engine/plan/improve.h"

#include <stdlib.h>

#include "base/mem.h"

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
