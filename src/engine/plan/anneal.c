/* Whole needs move between orders by simulated annealing, in a table of what each would cost at each. */
#include "engine/plan/anneal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* CELLS_MAX: of the table. WHOLE_PPM: of the moves that launch, close or exchange a whole order, with up to MANY needs (one takes as long as there are needs); up to ALONE_PPM a need moves, then two change places. NEAREST: orders of a need that are launched for it. SEEK: tries to meet an open one. */
enum { CELLS_MAX = 4000000, WHOLE_PPM = 60000, MANY = 200, ALONE_PPM = 600000, NEAREST = 8, SEEK = 6, PPM = 1000000, COOL_EVERY = 1000, STOP_EVERY = 1 << 14 };

/* Of the heat: what is left of it at the end; how much more a move of a whole order may cost. */
static const double COLD = 1e-3, WHOLE_ORDER = 4;

static const double LEAST = 1e-4; /* roubles: a saving below is noise of the sums */

struct choice {
	double cost; /* roubles, of all of the need */
	uint32_t slot;
};

struct plan_anneal {
	struct plan_place *place;
	struct zv_rng *rng;
	uint32_t n_needs, n_slots; /* slot n_slots serves nobody and has room for all */
	double *cost;              /* [n_needs * (n_slots + 1)] roubles; infinite: may not */
	uint32_t *pair;            /* the same table */
	struct choice *choices;    /* by need, the cheapest first */
	uint32_t *first;           /* [n_needs + 1] of choices */
	int64_t *size;             /* [n_needs] */
	double *launch;            /* [n_slots + 1] roubles */
	int64_t *top;              /* [n_slots + 1] */
	uint32_t *at, *best_at;    /* [n_needs] slot */
	int64_t *load;             /* [n_slots + 1] */
	uint32_t *count;
	double money, best;
	struct {
		uint32_t need, from;
	} *log;
	size_t n_log;
	uint32_t *some; /* [n_needs] */
	struct choice *order; /* [n_needs] for sorting by what a need in place of the slot gains */
};

/* --- the table ---------------------------------------------------------------------------------------------------------------------- */

bool plan_anneal_fits(const struct plan_place *place)
{
	const struct plan_arcs *arcs = place->arcs;
	int64_t smallest = INT64_MAX, all = 0;

	if (arcs->n_kept > 0 || place->quotas != NULL || arcs->n_needs == 0 || ((uint64_t)arcs->n_slots + 1) * arcs->n_needs > CELLS_MAX)
		return false;
	for (uint32_t i = 0; i < arcs->n_needs; i++) {
		int64_t qty = plan_need_of(place, i)->qty;

		if (place->kind[i] & PLAN_PARCELS || qty > INT64_MAX / 4 - all)
			return false;
		all += qty;
		smallest = qty < smallest ? qty : smallest;
	}
	for (uint32_t slot = 0; slot < arcs->n_slots; slot++) {
		const struct zv_plan_offer *offer = plan_offer_of(place, slot);

		if (offer->n_tiers != 1 || offer->resource != ZV_PLAN_NONE || plan_tier_of(place, slot, 0)->b > smallest)
			return false;
	}
	return true;
}

static int by_cost(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static double *cost_at(const struct plan_anneal *a, uint32_t need, uint32_t slot)
{
	return &a->cost[(size_t)need * (a->n_slots + 1) + slot];
}

static void fill_need(struct plan_anneal *a, uint32_t need)
{
	const struct plan_place *place = a->place;
	const struct plan_arcs *arcs = place->arcs;
	uint32_t n = a->first[need];

	a->size[need] = plan_need_of(place, need)->qty;
	for (uint32_t slot = 0; slot < a->n_slots; slot++)
		*cost_at(a, need, slot) = HUGE_VAL;
	*cost_at(a, need, a->n_slots) = place->penalty[need] * (double)a->size[need] * 1e-6;
	for (uint32_t k = arcs->need_pair[need]; k < arcs->need_pair[need + 1]; k++) {
		const struct plan_pair *pair = &arcs->pairs[arcs->pairs_of[k]];

		for (int period = pair->lo; period <= pair->hi && pair->tiers & 1; period++) {
			uint32_t slot = plan_slot_at(place, arcs->places_of[k], period);

			if (a->size[need] > plan_tier_of(place, slot, 0)->top)
				continue;
			*cost_at(a, need, slot) = (double)plan_price(pair, plan_tier_of(place, slot, 0)) * (double)a->size[need] * 1e-12;
			a->pair[(size_t)need * (a->n_slots + 1) + slot] = arcs->pairs_of[k];
			a->choices[n++] = (struct choice){*cost_at(a, need, slot), slot};
		}
	}
	a->first[need + 1] = n;
	qsort(a->choices + a->first[need], n - a->first[need], sizeof(*a->choices), by_cost);
}

struct plan_anneal *plan_anneal_open(struct plan_place *place, struct zv_rng *rng)
{
	struct plan_anneal *a;
	size_t n = place->arcs->n_needs, m = (size_t)place->arcs->n_slots + 1;

	a = zv_calloc(1, sizeof(*a));
	*a = (struct plan_anneal){.place = place, .rng = rng, .n_needs = (uint32_t)n, .n_slots = (uint32_t)m - 1};
	a->cost = zv_calloc(n * m, sizeof(*a->cost));
	a->pair = zv_calloc(n * m, sizeof(*a->pair));
	a->choices = zv_calloc(n * m, sizeof(*a->choices));
	a->first = zv_calloc(n + 1, sizeof(*a->first));
	a->size = zv_calloc(n, sizeof(*a->size));
	a->launch = zv_calloc(m, sizeof(*a->launch));
	a->top = zv_calloc(m, sizeof(*a->top));
	a->at = zv_calloc(n, sizeof(*a->at));
	a->best_at = zv_calloc(n, sizeof(*a->best_at));
	a->load = zv_calloc(m, sizeof(*a->load));
	a->count = zv_calloc(m, sizeof(*a->count));
	a->log = zv_calloc(4 * n, sizeof(*a->log));
	a->some = zv_calloc(n, sizeof(*a->some));
	a->order = zv_calloc(n, sizeof(*a->order));
	for (uint32_t i = 0; i < n; i++)
		fill_need(a, i);
	for (uint32_t slot = 0; slot + 1 < m; slot++) {
		a->launch[slot] = (double)plan_tier_of(place, slot, 0)->fixed * 1e-12;
		a->top[slot] = plan_tier_of(place, slot, 0)->top;
	}
	a->top[m - 1] = INT64_MAX;
	return a;
}

void plan_anneal_close(struct plan_anneal *a)
{
	if (a == NULL)
		return;
	free(a->cost);
	free(a->pair);
	free(a->choices);
	free(a->first);
	free(a->size);
	free(a->launch);
	free(a->top);
	free(a->at);
	free(a->best_at);
	free(a->load);
	free(a->count);
	free(a->log);
	free(a->some);
	free(a->order);
	free(a);
}

/* --- moves -------------------------------------------------------------------------------------------------------------------------- */

static bool has_room(const struct plan_anneal *a, uint32_t need, uint32_t slot)
{
	return a->size[need] <= a->top[slot] - a->load[slot];
}

static void put(struct plan_anneal *a, uint32_t need, uint32_t slot)
{
	uint32_t from = a->at[need];

	a->money += *cost_at(a, need, slot) - *cost_at(a, need, from);
	if (--a->count[from] == 0)
		a->money -= a->launch[from];
	a->load[from] -= a->size[need];
	if (a->count[slot]++ == 0)
		a->money += a->launch[slot];
	a->load[slot] += a->size[need];
	a->at[need] = slot;
}

static void move(struct plan_anneal *a, uint32_t need, uint32_t slot)
{
	a->log[a->n_log].need = need;
	a->log[a->n_log++].from = a->at[need];
	put(a, need, slot);
}

static void undo(struct plan_anneal *a, double before)
{
	while (a->n_log > 0) {
		a->n_log--;
		put(a, a->log[a->n_log].need, a->log[a->n_log].from);
	}
	a->money = before;
}

/* To the cheapest open order but one that has room; else it is not covered. */
static void move_away(struct plan_anneal *a, uint32_t need, uint32_t not)
{
	for (uint32_t k = a->first[need]; k < a->first[need + 1]; k++) {
		uint32_t slot = a->choices[k].slot;

		if (slot != not && a->count[slot] > 0 && has_room(a, need, slot)) {
			move(a, need, slot);
			return;
		}
	}
	move(a, need, a->n_slots);
}

/* What an order serves cheaper than it is served now goes there, the most gained by a unit first. */
static void pull(struct plan_anneal *a, uint32_t slot)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->n_needs; i++) {
		double gain = *cost_at(a, i, a->at[i]) - *cost_at(a, i, slot);

		if (gain > 0)
			a->order[n++] = (struct choice){-gain / (double)a->size[i], i};
	}
	qsort(a->order, n, sizeof(*a->order), by_cost);
	for (uint32_t k = 0; k < n; k++)
		if (has_room(a, a->order[k].slot, slot))
			move(a, a->order[k].slot, slot);
}

static uint32_t needs_at(struct plan_anneal *a, uint32_t slot)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->n_needs; i++)
		if (a->at[i] == slot)
			a->order[n++] = (struct choice){-(double)a->size[i], i};
	qsort(a->order, n, sizeof(*a->order), by_cost);
	for (uint32_t k = 0; k < n; k++)
		a->some[k] = a->order[k].slot;
	return n;
}

static void close_order(struct plan_anneal *a, uint32_t slot)
{
	uint32_t n = needs_at(a, slot);

	for (uint32_t k = 0; k < n; k++)
		move_away(a, a->some[k], slot);
}

static void exchange(struct plan_anneal *a, uint32_t slot, uint32_t with)
{
	uint32_t n = needs_at(a, slot);

	for (uint32_t k = 0; k < n; k++) {
		if (isfinite(*cost_at(a, a->some[k], with)) && has_room(a, a->some[k], with))
			move(a, a->some[k], with);
		else
			move_away(a, a->some[k], slot);
	}
	pull(a, with);
}

/* An order launched near a need, the one that serves it closed, or the one for the other. */
static void move_order(struct plan_anneal *a)
{
	uint32_t kind = (uint32_t)zv_rng_below(a->rng, 3), need = (uint32_t)zv_rng_below(a->rng, a->n_needs), slot = a->at[need];
	uint32_t n = a->first[need + 1] - a->first[need], other;

	if (n == 0 || (kind > 0 && slot == a->n_slots))
		return;
	other = a->choices[a->first[need] + zv_rng_below(a->rng, n < NEAREST ? n : NEAREST)].slot;
	if (kind == 1)
		close_order(a, slot);
	else if (a->count[other] > 0)
		return;
	else if (kind == 0)
		pull(a, other);
	else
		exchange(a, slot, other);
}

static void move_need(struct plan_anneal *a)
{
	uint32_t need = (uint32_t)zv_rng_below(a->rng, a->n_needs), n = a->first[need + 1] - a->first[need], slot;
	bool open = zv_rng_below(a->rng, 4) > 0;
	int tries = 0;

	if (n == 0)
		return;
	do
		slot = a->choices[a->first[need] + zv_rng_below(a->rng, n)].slot;
	while (open && (a->count[slot] == 0 || slot == a->at[need]) && ++tries < SEEK);
	if (slot != a->at[need] && has_room(a, need, slot))
		move(a, need, slot);
}

static void change_places(struct plan_anneal *a)
{
	uint32_t x = (uint32_t)zv_rng_below(a->rng, a->n_needs), y = (uint32_t)zv_rng_below(a->rng, a->n_needs), p = a->at[x], q = a->at[y];

	if (p == q || a->load[p] - a->size[x] > a->top[p] - a->size[y] || a->load[q] - a->size[y] > a->top[q] - a->size[x])
		return;
	if (!isfinite(*cost_at(a, x, q)) || !isfinite(*cost_at(a, y, p)))
		return;
	move(a, x, q);
	move(a, y, p);
}

/* --- the run ------------------------------------------------------------------------------------------------------------------------- */

/* Where a need is served most. */
static uint32_t served_at(const struct plan_anneal *a, uint32_t need)
{
	const struct plan_place *place = a->place;
	uint32_t slot = a->n_slots;
	int64_t most = 0;

	for (uint32_t f = place->first[need]; f != ZV_PLAN_NONE; f = place->flows.p[f].next)
		if (place->flows.p[f].qty > most) {
			most = place->flows.p[f].qty;
			slot = place->flows.p[f].slot;
		}
	return slot;
}

static void clear(struct plan_anneal *a)
{
	memset(a->load, 0, ((size_t)a->n_slots + 1) * sizeof(*a->load));
	memset(a->count, 0, ((size_t)a->n_slots + 1) * sizeof(*a->count));
	a->money = 0;
	for (uint32_t i = 0; i < a->n_needs; i++) {
		a->at[i] = a->n_slots;
		a->count[a->n_slots]++;
		a->load[a->n_slots] += a->size[i];
		a->money += *cost_at(a, i, a->n_slots);
	}
}

/* What has no room where it was goes to the cheapest order that has. */
static void start(struct plan_anneal *a, const uint32_t *at)
{
	clear(a);
	for (uint32_t i = 0; i < a->n_needs; i++) {
		uint32_t slot = at == NULL ? served_at(a, i) : at[i] == ZV_PLAN_NONE ? a->n_slots : at[i];

		if (slot != a->n_slots && isfinite(*cost_at(a, i, slot)) && has_room(a, i, slot))
			put(a, i, slot);
	}
	for (uint32_t i = 0; i < a->n_needs; i++) {
		a->n_log = 0;
		if (a->at[i] == a->n_slots)
			move_away(a, i, a->n_slots);
	}
}

static void load_best(struct plan_anneal *a)
{
	struct plan_place *place = a->place;

	for (uint32_t i = 0; i < a->n_needs; i++)
		while (place->first[i] != ZV_PLAN_NONE) {
			struct plan_flow flow = place->flows.p[place->first[i]];

			plan_put(place, flow.slot, flow.pair, -flow.qty);
		}
	for (uint32_t slot = 0; slot < a->n_slots; slot++)
		plan_set_tier(place, slot, -1);
	for (uint32_t i = 0; i < a->n_needs; i++)
		if (a->best_at[i] != a->n_slots && place->slots[a->best_at[i]].tier < 0)
			plan_set_tier(place, a->best_at[i], 0);
	for (uint32_t i = 0; i < a->n_needs; i++)
		if (a->best_at[i] != a->n_slots)
			plan_put(place, a->best_at[i], a->pair[(size_t)i * (a->n_slots + 1) + a->best_at[i]], a->size[i]);
}

/* One move, of a whole order one time in so many, and whether it stays. */
static void try_move(struct plan_anneal *a, double heat)
{
	uint64_t kind = zv_rng_below(a->rng, PPM), whole = a->n_needs > MANY ? (uint64_t)WHOLE_PPM * MANY / a->n_needs : WHOLE_PPM;
	double before = a->money, even;

	a->n_log = 0;
	if (kind < whole)
		move_order(a);
	else if (kind < ALONE_PPM)
		move_need(a);
	else
		change_places(a);
	if (a->n_log == 0 || a->money <= before)
		return;
	even = (double)(zv_rng_below(a->rng, 1 << 30) + 1) / (1 << 30);
	if (a->money - before > -log(even) * heat * (kind < whole ? WHOLE_ORDER : 1))
		undo(a, before);
}

static void note_best(struct plan_anneal *a)
{
	a->best = a->money;
	memcpy(a->best_at, a->at, a->n_needs * sizeof(*a->at));
}

double plan_anneal_run(struct plan_anneal *a, const uint32_t *at, int64_t moves, double heat, bool (*stop)(void *context), void *context)
{
	double cool = pow(COLD, (double)COOL_EVERY / (double)(moves > COOL_EVERY ? moves : COOL_EVERY)), before = a->place->cost;

	start(a, at);
	note_best(a);
	heat *= before / (double)a->n_needs;
	for (int64_t i = 1; i <= moves; i++) {
		if (i % COOL_EVERY == 0)
			heat *= cool;
		if (i % STOP_EVERY == 0 && stop(context))
			break;
		try_move(a, heat);
		if (a->money < a->best - LEAST)
			note_best(a);
	}
	plan_mark(a->place);
	load_best(a);
	if (a->place->cost < before - LEAST && plan_sound(a->place))
		return before - a->place->cost;
	plan_undo(a->place);
	return 0;
}
