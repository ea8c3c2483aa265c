/* The first plan of a group: launches that the prices want most come first. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/improve.h"

/* Steps below which prices say nothing yet: the search was stopped early, and every order is tried by what its needs would pay. */
enum { STEPS_OF_A_GUIDE = 32 };

struct wanted {
	double weight;
	uint32_t slot;
};

static int by_weight_desc(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

void plan_clear_group(struct plan_moves *moves, uint32_t group)
{
	const struct plan_arcs *arcs = moves->place->arcs;

	for (uint32_t o = arcs->group_offer[group]; o < arcs->group_offer[group + 1]; o++)
		for (uint32_t slot = arcs->slot[o]; slot < arcs->slot[o + 1]; slot++)
			if (moves->place->slots[slot].tier >= 0)
				plan_close_slot(moves, slot);
}

void plan_greedy_group(struct plan_moves *moves, const struct plan_dual *dual, uint32_t group)
{
	struct plan_place *place = moves->place;
	const struct plan_arcs *arcs = place->arcs;
	uint32_t first = arcs->slot[arcs->group_offer[group]], last = arcs->slot[arcs->group_offer[group + 1]];
	struct wanted *wanted = zv_reallocarray(NULL, (size_t)(last - first) + 1, sizeof(*wanted));
	double *guide = zv_reallocarray(NULL, (size_t)arcs->n_needs + 1, sizeof(*guide));
	bool blind = dual->iterations < STEPS_OF_A_GUIDE;
	size_t n = 0;

	for (uint32_t i = arcs->group_need[group]; i < arcs->group_need[group + 1]; i++)
		guide[i] = dual->needs[i].price;
	for (uint32_t slot = first; slot < last; slot++) {
		const struct zv_plan_offer *offer = plan_offer_of(place, slot);
		double weight = 0;

		for (uint32_t t = 0; t < offer->n_tiers; t++)
			weight += (double)*plan_dual_launch(dual, place->slots[slot].o, slot, t);
		if (weight > 0.02 || blind)
			wanted[n++] = (struct wanted){weight, slot};
	}
	qsort(wanted, n, sizeof(*wanted), by_weight_desc);
	moves->guide = blind ? NULL : guide;
	for (size_t i = 0; i < n; i++) {
		if (place->slots[wanted[i].slot].tier >= 0)
			continue;
		plan_mark(place);
		(void)plan_open_best(moves, wanted[i].slot);
		if (!plan_sound(place))
			plan_undo(place);
	}
	moves->guide = NULL;
	for (uint32_t i = arcs->group_need[group]; i < arcs->group_need[group + 1]; i++)
		if (place->left[i] > 0) {
			plan_mark(place);
			plan_fill_need(moves, i);
			if (!plan_sound(place))
				plan_undo(place);
		}
	free(guide);
	free(wanted);
}
