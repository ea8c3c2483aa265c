/* Whole quanta of a solver's wishes over all levels: finished goods first, so that what an order takes is known when its makers are looked at. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

/* Quanta that a solver's tolerance may cost a need. */
enum { CRUMBS = 100 };

struct rounding {
	const struct plan_deep *deep;
	const int32_t *tier;
	const double *wish;
	int64_t *flow;  /* [arcs] */
	int64_t *qty;   /* [slots] with what is signed */
	int64_t *room;  /* [needs] not placed yet; of a node what is known to be taken */
	uint32_t *later; /* [needs] arcs of orders that are not looked at yet */
	zv_i128 *spare; /* [resource x period] hours left x quanta of a unit */
};

static const struct zv_plan_offer *offer_of(const struct rounding *r, uint32_t slot)
{
	return &r->deep->problem.offers[r->deep->part.slots[slot].offer];
}

static const struct zv_plan_need *need_of(const struct rounding *r, uint32_t need)
{
	return &r->deep->problem.needs[r->deep->part.needs[need]];
}

static struct plan_part_tier tier_of(const struct rounding *r, uint32_t slot)
{
	return plan_part_tier(&r->deep->problem, r->deep->part.slots[slot].offer, (uint32_t)r->tier[slot]);
}

static void add(struct rounding *r, uint32_t slot, int64_t qty)
{
	r->qty[slot] += qty;
	if (r->deep->group[slot] != ZV_PLAN_NONE)
		r->spare[r->deep->group[slot]] -= (zv_i128)offer_of(r, slot)->hours_uh * qty;
}

static void place(struct rounding *r, uint32_t arc, int64_t qty)
{
	r->flow[arc] += qty;
	r->room[r->deep->part.arcs[arc].need] -= qty;
	add(r, r->deep->part.arcs[arc].slot, qty);
}

/* What the order may still grow by: its tier, its hours. */
static int64_t growth(const struct rounding *r, uint32_t slot)
{
	int64_t most = tier_of(r, slot).top - r->qty[slot], hours = offer_of(r, slot)->hours_uh;

	if (r->deep->group[slot] != ZV_PLAN_NONE && hours > 0) {
		zv_i128 spare = r->spare[r->deep->group[slot]] / hours;

		most = spare < most ? (int64_t)spare : most;
	}
	return most > 0 ? most : 0;
}

/* As much as is wished, as far as there is room: all or nothing of a need that stays whole, a parcel at least of others. */
static void place_wish(struct rounding *r, uint32_t arc)
{
	const struct plan_kernel_arc *at = &r->deep->part.arcs[arc];
	const struct zv_plan_need *need = need_of(r, at->need);
	int64_t most = growth(r, at->slot), parcel = plan_part_parcel(&r->deep->part, arc), qty;

	most = most < r->room[at->need] ? most : r->room[at->need];
	if (at->cost[r->tier[at->slot]] == INT64_MAX || !(r->wish[arc] > 0) || most <= 0)
		return;
	if (need->single) {
		qty = r->room[at->need];
		if (qty != r->deep->part.left[at->need] || most < qty || r->wish[arc] * 2 < (double)qty)
			return;
	} else {
		qty = r->wish[arc] >= (double)most ? most : (int64_t)llround(r->wish[arc]);
		if (qty < parcel)
			qty = r->wish[arc] * 2 >= (double)parcel ? parcel : 0;
	}
	if (qty > 0 && qty <= most)
		place(r, arc, qty);
}

/* More of what the arc carries, or a first parcel. */
static int64_t place_more(struct rounding *r, uint32_t arc, int64_t wanted)
{
	const struct plan_kernel_arc *at = &r->deep->part.arcs[arc];
	int64_t most = growth(r, at->slot);

	most = most < r->room[at->need] ? most : r->room[at->need];
	wanted = wanted < most ? wanted : most;
	if (at->cost[r->tier[at->slot]] == INT64_MAX || need_of(r, at->need)->single || wanted <= 0 || r->flow[arc] + wanted < plan_part_parcel(&r->deep->part, arc))
		return 0;
	place(r, arc, wanted);
	return wanted;
}

static void fill_order(struct rounding *r, uint32_t slot)
{
	const struct plan_deep *d = r->deep;
	int64_t b = tier_of(r, slot).b;

	for (uint32_t a = d->first_arc[slot]; a < d->first_arc[slot + 1]; a++)
		place_wish(r, a);
	for (int pass = 0; pass < 2; pass++) /* those that are served anyway, then others */
		for (uint32_t a = d->first_arc[slot]; a < d->first_arc[slot + 1] && r->qty[slot] < b && r->qty[slot] > 0; a++)
			if (pass == 1 || r->flow[a] > 0)
				(void)place_more(r, a, b - r->qty[slot]);
}

/* What rounding has left of a need goes where there is room; of an input that is not to be had outside everything. */
static void top_up(struct rounding *r, uint32_t slot)
{
	const struct plan_deep *d = r->deep;

	for (uint32_t a = d->first_arc[slot]; a < d->first_arc[slot + 1]; a++) {
		uint32_t need = d->part.arcs[a].need;
		int64_t crumbs = CRUMBS + d->part.left[need] / 100000000;

		if (r->room[need] <= 0 || r->flow[a] == 0)
			continue;
		if (r->room[need] <= crumbs || (r->later[need] == 0 && d->node[need] && need_of(r, need)->penalty == 0))
			(void)place_more(r, a, r->room[need]);
	}
}

static void round_wave(struct rounding *r, uint32_t first, uint32_t end)
{
	const struct plan_deep *d = r->deep;

	for (uint32_t i = first; i < end; i++)
		if (r->tier[d->by_wave[i]] >= 0)
			fill_order(r, d->by_wave[i]);
	for (uint32_t i = first; i < end; i++)
		for (uint32_t a = d->first_arc[d->by_wave[i]]; a < d->first_arc[d->by_wave[i] + 1]; a++)
			r->later[d->part.arcs[a].need]--;
	for (uint32_t i = first; i < end; i++)
		if (r->tier[d->by_wave[i]] >= 0)
			top_up(r, d->by_wave[i]);
	for (uint32_t i = first; i < end; i++) {
		uint32_t slot = d->by_wave[i];

		for (uint32_t k = d->input_start[slot]; k < d->input_start[slot + 1]; k++)
			r->room[d->inputs[k].need] += plan_input_qty(r->qty[slot], d->inputs[k].ppm);
	}
}

/* --- supplies -------------------------------------------------------------------------------------------------------------------------- */

static struct plan_supply supply_of(const struct plan_deep *d, uint32_t slot, int64_t qty)
{
	return (struct plan_supply){.need = ZV_PLAN_NONE, .offer = d->wide->origin[d->part.slots[slot].offer], .period = d->part.slots[slot].period, .qty = qty};
}

/* What flows to a node goes to the orders that take it, one after another. */
static void give_out(plan_supplies *out, const struct rounding *r, uint32_t arc, uint32_t *taker, int64_t *filled)
{
	const struct plan_deep *d = r->deep;
	uint32_t node = d->part.arcs[arc].need;
	int64_t rest = r->flow[arc];

	while (rest > 0 && taker[node] < d->taker_start[node + 1]) {
		uint32_t input = d->takers[taker[node]], to = d->taker_slot[input];
		int64_t wants = plan_input_qty(r->qty[to], d->inputs[input].ppm) - filled[node], gets = rest < wants ? rest : wants;
		struct plan_supply one = supply_of(d, d->part.arcs[arc].slot, gets);

		if (gets > 0) {
			one.to_offer = d->wide->origin[d->part.slots[to].offer];
			one.to_period = d->part.slots[to].period;
			one.bom = d->input_bom[input];
			zv_vec_push(out, one);
		}
		rest -= gets;
		filled[node] += gets;
		if (gets == wants) {
			taker[node]++;
			filled[node] = 0;
		}
	}
}

static void put_supplies(plan_supplies *out, const struct rounding *r)
{
	const struct plan_deep *d = r->deep;
	uint32_t *taker = zv_calloc((size_t)d->part.n_needs + 1, sizeof(*taker));
	int64_t *filled = zv_calloc((size_t)d->part.n_needs + 1, sizeof(*filled));

	out->n = 0;
	for (uint32_t i = 0; i < d->part.n_needs; i++)
		taker[i] = d->taker_start[i];
	for (uint32_t k = 0; k < d->part.n_kept; k++) { /* signed flows stand with what is added to them */
		const struct plan_kernel_signed *kept = &d->part.kept[k];

		for (uint32_t a = d->first_arc[kept->slot]; a < d->first_arc[kept->slot + 1]; a++)
			if (d->part.arcs[a].need == kept->need)
				r->flow[a] += kept->qty;
	}
	for (uint32_t a = 0; a < d->part.n_arcs; a++) {
		struct plan_supply one = supply_of(d, d->part.arcs[a].slot, r->flow[a]);

		if (r->flow[a] == 0)
			continue;
		if (d->node[d->part.arcs[a].need]) {
			give_out(out, r, a, taker, filled);
		} else {
			one.need = d->part.needs[d->part.arcs[a].need];
			zv_vec_push(out, one);
		}
	}
	free(taker);
	free(filled);
}

static void open_rounding(struct rounding *r)
{
	const struct plan_deep *d = r->deep;
	size_t hours = (size_t)d->problem.n_resources * (size_t)d->problem.n_periods;

	r->flow = zv_calloc((size_t)d->part.n_arcs + 1, sizeof(*r->flow));
	r->qty = zv_calloc((size_t)d->part.n_slots + 1, sizeof(*r->qty));
	r->room = zv_calloc((size_t)d->part.n_needs + 1, sizeof(*r->room));
	r->later = zv_calloc((size_t)d->part.n_needs + 1, sizeof(*r->later));
	for (uint32_t a = 0; a < d->part.n_arcs; a++)
		r->later[d->part.arcs[a].need]++;
	r->spare = zv_calloc(hours + 1, sizeof(*r->spare));
	for (size_t i = 0; i < hours; i++)
		r->spare[i] = (zv_i128)d->problem.capacity_uh[i] * ZV_PLAN_UNIT;
	for (uint32_t i = 0; i < d->part.n_needs; i++)
		r->room[i] = d->node[i] ? 0 : d->part.left[i];
	for (uint32_t slot = 0; slot < d->part.n_slots; slot++) {
		add(r, slot, d->signed_qty[slot]);
		if (r->tier[slot] >= 0 && d->group[slot] != ZV_PLAN_NONE)
			r->spare[d->group[slot]] -= (zv_i128)offer_of(r, slot)->setup_uh * ZV_PLAN_UNIT;
	}
}

/* Set-ups alone may take more hours than there are, signed orders may be closed: then it is no plan. */
static bool possible(const struct rounding *r)
{
	const struct plan_deep *d = r->deep;

	for (uint32_t slot = 0; slot < d->part.n_slots; slot++)
		if ((d->group[slot] != ZV_PLAN_NONE && r->qty[slot] > 0 && r->spare[d->group[slot]] < 0) || (d->signed_qty[slot] > 0 && r->tier[slot] < 0))
			return false;
	return true;
}

bool plan_deep_make(plan_supplies *out, const struct plan_deep *deep, const int32_t *tier, const double *wish)
{
	struct rounding r = {.deep = deep, .tier = tier, .wish = wish};
	plan_shorts shorts = {0};
	bool made;

	open_rounding(&r);
	for (uint32_t at = 0, end; at < deep->part.n_slots; at = end) {
		for (end = at; end < deep->part.n_slots && deep->wave[deep->by_wave[end]] == deep->wave[deep->by_wave[at]];)
			end++;
		round_wave(&r, at, end);
	}
	made = possible(&r);
	if (made) {
		put_supplies(out, &r);
		made = plan_trim(out, &shorts, deep->wide->from);
	}
	zv_vec_done(&shorts);
	free(r.flow);
	free(r.qty);
	free(r.room);
	free(r.later);
	free(r.spare);
	return made;
}
