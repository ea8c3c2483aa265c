/* All levels as one part of the exact kernel. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

/* Nodes are needs of the wide problem behind the own ones; the part counts needs as the arcs do. */
static void copy_needs(struct plan_deep *d)
{
	const struct plan_arcs *arcs = d->wide->arcs;
	const struct zv_plan_problem *wide = &d->wide->problem;

	d->needs = zv_calloc((size_t)wide->n_needs + 1, sizeof(*d->needs));
	d->left = zv_calloc((size_t)wide->n_needs + 1, sizeof(*d->left));
	d->node = zv_calloc((size_t)wide->n_needs + 1, 1);
	d->taken = zv_calloc((size_t)wide->n_needs + 1, sizeof(*d->taken));
	memcpy(d->needs, wide->needs, wide->n_needs * sizeof(*d->needs));
	for (uint32_t i = 0; i < wide->n_needs; i++) {
		d->node[i] = arcs->outer[i] >= d->wide->from->n_needs;
		d->left[i] = arcs->qty[i];
		if (d->node[i] && d->needs[arcs->outer[i]].penalty == PLAN_NODE_MAX)
			d->needs[arcs->outer[i]].penalty = 0;
	}
	d->problem = *wide;
	d->problem.needs = d->needs;
}

static uint32_t wide_offer(const struct plan_deep *d, uint32_t slot)
{
	return d->part.slots[slot].offer;
}

static void copy_inputs(struct plan_deep *d)
{
	const struct plan_wide *wide = d->wide;
	uint32_t n = 0;

	d->input_start = zv_calloc((size_t)d->part.n_slots + 2, sizeof(*d->input_start));
	for (uint32_t slot = 0; slot < d->part.n_slots; slot++) {
		uint32_t o = wide_offer(d, slot);

		d->input_start[slot + 1] = d->input_start[slot] + (wide->input_start[o + 1] - wide->input_start[o]);
	}
	n = d->input_start[d->part.n_slots];
	d->inputs = zv_calloc((size_t)n + 1, sizeof(*d->inputs));
	d->input_bom = zv_calloc((size_t)n + 1, sizeof(*d->input_bom));
	d->taker_start = zv_calloc((size_t)d->part.n_needs + 2, sizeof(*d->taker_start));
	d->takers = zv_calloc((size_t)n + 1, sizeof(*d->takers));
	d->taker_slot = zv_calloc((size_t)n + 1, sizeof(*d->taker_slot));
	for (uint32_t slot = 0; slot < d->part.n_slots; slot++)
		for (uint32_t i = d->input_start[slot], from = wide->input_start[wide_offer(d, slot)]; i < d->input_start[slot + 1]; i++, from++) {
			d->inputs[i] = (struct plan_kernel_input){wide->arcs->inner[wide->inputs[from].node], wide->inputs[from].ppm};
			d->input_bom[i] = wide->inputs[from].bom;
			d->taker_slot[i] = slot;
			d->taker_start[d->inputs[i].need + 1]++;
		}
	for (uint32_t i = 0; i < d->part.n_needs; i++)
		d->taker_start[i + 1] += d->taker_start[i];
	for (uint32_t i = n; i > 0; i--)
		d->takers[--d->taker_start[d->inputs[i - 1].need + 1]] = i - 1;
	/* taker_start[i + 1] is now where node i begins */
	memmove(d->taker_start, d->taker_start + 1, (size_t)d->part.n_needs * sizeof(*d->taker_start));
	d->taker_start[d->part.n_needs] = n;
}

static void describe_slots(struct plan_deep *d)
{
	const struct zv_plan_problem *p = &d->problem;
	uint32_t at = 0;

	d->first_arc = zv_calloc((size_t)d->part.n_slots + 2, sizeof(*d->first_arc));
	d->group = zv_calloc((size_t)d->part.n_slots + 1, sizeof(*d->group));
	d->signed_qty = zv_calloc((size_t)d->part.n_slots + 1, sizeof(*d->signed_qty));
	for (uint32_t slot = 0; slot < d->part.n_slots; slot++) {
		const struct zv_plan_offer *offer = &p->offers[wide_offer(d, slot)];

		d->first_arc[slot] = at;
		while (at < d->part.n_arcs && d->part.arcs[at].slot == slot)
			at++;
		d->group[slot] = offer->resource == ZV_PLAN_NONE ? ZV_PLAN_NONE : offer->resource * (uint32_t)p->n_periods + (uint32_t)d->part.slots[slot].period;
	}
	d->first_arc[d->part.n_slots] = at;
	for (uint32_t k = 0; k < d->part.n_kept; k++)
		d->signed_qty[d->part.kept[k].slot] += d->part.kept[k].qty;
}

/* --- in which order ------------------------------------------------------------------------------------------------------------------ */

/*
 * Waves of slots: whoever takes a node comes before those who may serve it. Where products go into one another in a circle the latest order of the highest level goes
 * first, and nobody behind it gets anything from those before.
 */
struct waving {
	struct plan_deep *deep;
	const uint32_t *level;
	uint32_t *waits;   /* [slots] nodes that it may serve and that are not known yet */
	uint32_t *takers;  /* [needs] slots that take it and are not in a wave yet */
	uint32_t *arc_start, *arcs_of; /* arcs by node */
	uint32_t n;        /* in by_wave */
};

static void open_waving(struct waving *w, struct plan_deep *deep, const uint32_t *level)
{
	const struct plan_kernel_part *part = &deep->part;

	*w = (struct waving){.deep = deep, .level = level};
	w->waits = zv_calloc((size_t)part->n_slots + 1, sizeof(*w->waits));
	w->takers = zv_calloc((size_t)part->n_needs + 1, sizeof(*w->takers));
	w->arc_start = zv_calloc((size_t)part->n_needs + 3, sizeof(*w->arc_start));
	w->arcs_of = zv_calloc((size_t)part->n_arcs + 1, sizeof(*w->arcs_of));
	for (uint32_t a = 0; a < part->n_arcs; a++) {
		w->arc_start[part->arcs[a].need + 2]++;
		w->waits[part->arcs[a].slot] += deep->node[part->arcs[a].need];
	}
	for (uint32_t i = 0; i < part->n_needs; i++) {
		w->arc_start[i + 2] += w->arc_start[i + 1];
		w->takers[i] = deep->taker_start[i + 1] - deep->taker_start[i];
	}
	for (uint32_t a = 0; a < part->n_arcs; a++)
		w->arcs_of[w->arc_start[part->arcs[a].need + 1]++] = a;
}

static void put_slot(struct waving *w, uint32_t slot, uint32_t wave)
{
	w->deep->wave[slot] = wave;
	w->deep->by_wave[w->n++] = slot;
}

/* All takers of the node stand in waves: those who may serve it wait for it no longer. */
static void know_node(struct waving *w, uint32_t node)
{
	for (uint32_t i = w->arc_start[node]; i < w->arc_start[node + 1]; i++)
		w->waits[w->deep->part.arcs[w->arcs_of[i]].slot]--;
}

/* The one to break a circle at. */
static uint32_t latest(const struct waving *w)
{
	const struct plan_kernel_part *part = &w->deep->part;
	uint32_t best = ZV_PLAN_NONE;

	for (uint32_t slot = 0; slot < part->n_slots; slot++) {
		const struct plan_kernel_slot *one = &part->slots[slot], *is = best != ZV_PLAN_NONE ? &part->slots[best] : NULL;
		uint32_t level = w->level[w->deep->problem.offers[one->offer].product];

		if (w->deep->wave[slot] != ZV_PLAN_NONE)
			continue;
		if (is == NULL || level < w->level[w->deep->problem.offers[is->offer].product] ||
		    (level == w->level[w->deep->problem.offers[is->offer].product] && one->period > is->period))
			best = slot;
	}
	return best;
}

static void make_waves(struct plan_deep *d, const uint32_t *level)
{
	uint32_t first = 0, wave = 0;
	struct waving w;

	d->wave = zv_reallocarray(NULL, (size_t)d->part.n_slots + 1, sizeof(*d->wave));
	d->by_wave = zv_calloc((size_t)d->part.n_slots + 1, sizeof(*d->by_wave));
	open_waving(&w, d, level);
	for (uint32_t slot = 0; slot < d->part.n_slots; slot++)
		d->wave[slot] = ZV_PLAN_NONE;
	for (uint32_t i = 0; i < d->part.n_needs; i++)
		if (d->node[i] && w.takers[i] == 0)
			know_node(&w, i);
	while (w.n < d->part.n_slots) {
		for (uint32_t slot = 0; slot < d->part.n_slots; slot++)
			if (d->wave[slot] == ZV_PLAN_NONE && w.waits[slot] == 0)
				put_slot(&w, slot, wave);
		if (w.n == first)
			put_slot(&w, latest(&w), wave);
		for (; first < w.n; first++)
			for (uint32_t i = d->input_start[d->by_wave[first]]; i < d->input_start[d->by_wave[first] + 1]; i++)
				if (--w.takers[d->inputs[i].need] == 0)
					know_node(&w, d->inputs[i].need);
		wave++;
	}
	free(w.waits);
	free(w.takers);
	free(w.arc_start);
	free(w.arcs_of);
}

/* No larger than what the orders that take a node could serve, wave by wave, so that shares of it are no crumbs. */
static void size_nodes(struct plan_deep *d)
{
	zv_i128 *size = zv_calloc((size_t)d->part.n_needs + 1, sizeof(*size));
	uint32_t *takers = zv_calloc((size_t)d->part.n_needs + 1, sizeof(*takers));

	for (uint32_t i = 0; i < d->part.n_needs; i++) {
		takers[i] = d->taker_start[i + 1] - d->taker_start[i];
		if (d->node[i] && takers[i] == 0)
			d->left[i] = 1;
	}
	for (uint32_t at = 0; at < d->part.n_slots; at++) {
		uint32_t slot = d->by_wave[at];
		int64_t max = d->problem.offers[wide_offer(d, slot)].max;
		zv_i128 reach = d->signed_qty[slot];

		for (uint32_t a = d->first_arc[slot]; a < d->first_arc[slot + 1]; a++)
			reach += d->left[d->part.arcs[a].need];
		reach = reach < max ? reach : max;
		for (uint32_t i = d->input_start[slot]; i < d->input_start[slot + 1]; i++) {
			uint32_t node = d->inputs[i].need;

			size[node] += (reach * d->inputs[i].ppm + 999999) / 1000000;
			if (--takers[node] == 0)
				d->left[node] = size[node] < 1 ? 1 : size[node] < ZV_PLAN_QTY_MAX ? (int64_t)size[node] : ZV_PLAN_QTY_MAX;
		}
	}
	free(size);
	free(takers);
}

void plan_deep_open(struct plan_deep *deep, struct plan_wide *wide, const uint32_t *level)
{
	memset(deep, 0, sizeof(*deep));
	deep->wide = wide;
	plan_whole_open(&deep->whole, wide->arcs);
	deep->part = deep->whole.part;
	copy_needs(deep);
	deep->part.problem = &deep->problem;
	deep->part.left = deep->left;
	copy_inputs(deep);
	describe_slots(deep);
	make_waves(deep, level);
	size_nodes(deep);
	deep->part.node = deep->node;
	deep->part.taken = deep->taken;
	deep->part.input_start = deep->input_start;
	deep->part.inputs = deep->inputs;
}

void plan_deep_done(struct plan_deep *deep)
{
	void *all[] = {deep->needs, deep->left, deep->node, deep->taken, deep->input_start, deep->inputs, deep->input_bom, deep->first_arc,
		       deep->wave, deep->by_wave, deep->taker_start, deep->takers, deep->taker_slot, deep->group, deep->signed_qty};

	plan_whole_done(&deep->whole);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		free(all[i]);
	memset(deep, 0, sizeof(*deep));
}

/* --- reading a plan ------------------------------------------------------------------------------------------------------------------ */

static uint32_t slot_at(const struct plan_deep *d, uint32_t offer, int32_t period)
{
	const struct plan_wide *wide = d->wide;
	const struct plan_arcs *arcs = wide->arcs;
	uint32_t lo = 0, hi = wide->problem.n_offers, place;

	while (lo < hi) { /* offers of the wide problem are by offer, then period */
		uint32_t mid = lo + (hi - lo) / 2;

		if (wide->origin[mid] < offer || (wide->origin[mid] == offer && wide->problem.offers[mid].until < period))
			lo = mid + 1;
		else
			hi = mid;
	}
	place = arcs->place_of[lo];
	return arcs->slot[place] + (uint32_t)(period - arcs->from[place]);
}

static uint32_t need_at(const struct plan_deep *d, const struct plan_supply *s)
{
	uint32_t slot;

	if (s->need != ZV_PLAN_NONE)
		return d->wide->arcs->inner[s->need];
	slot = slot_at(d, s->to_offer, s->to_period);
	for (uint32_t i = d->input_start[slot]; i < d->input_start[slot + 1]; i++)
		if (d->input_bom[i] == s->bom)
			return d->inputs[i].need;
	return ZV_PLAN_NONE;
}

void plan_deep_read(int32_t *tier, int64_t *flow, const struct plan_deep *deep, const plan_supplies *supplies)
{
	const struct zv_plan_problem *p = deep->wide->from;
	int64_t *qty = zv_calloc((size_t)deep->part.n_slots + 1, sizeof(*qty));

	memset(flow, 0, (size_t)deep->part.n_arcs * sizeof(*flow));
	for (size_t i = 0; i < supplies->n; i++) {
		const struct plan_supply *s = &supplies->p[i];
		uint32_t slot = slot_at(deep, s->offer, s->period), need = need_at(deep, s);

		qty[slot] += s->qty;
		for (uint32_t a = deep->first_arc[slot]; a < deep->first_arc[slot + 1]; a++)
			if (deep->part.arcs[a].need == need)
				flow[a] += s->qty;
	}
	for (uint32_t k = 0; k < deep->part.n_kept; k++) {
		uint32_t slot = deep->part.kept[k].slot;

		for (uint32_t a = deep->first_arc[slot]; a < deep->first_arc[slot + 1]; a++)
			if (deep->part.arcs[a].need == deep->part.kept[k].need)
				flow[a] -= deep->part.kept[k].qty;
	}
	for (uint32_t slot = 0; slot < deep->part.n_slots; slot++)
		tier[slot] = qty[slot] == 0 ? -1 : (int32_t)plan_tier_at(p, deep->wide->origin[wide_offer(deep, slot)], qty[slot]);
	free(qty);
}
