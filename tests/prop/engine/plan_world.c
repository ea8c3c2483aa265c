/* Draws plan problems. */
#include "plan_world.h"

#include <stdio.h>
#include <string.h>

static bool of_100(struct zv_rng *rng, int chance)
{
	return (int)zv_rng_below(rng, 100) < chance;
}

static uint32_t below(struct zv_rng *rng, uint32_t n)
{
	return (uint32_t)zv_rng_below(rng, n);
}

static struct zv_str id_of(struct plan_world *w, char kind, uint32_t n)
{
	char *text = w->ids[w->n_ids++];

	(void)snprintf(text, sizeof(w->ids[0]), "%c%03u", kind, n % 1000);
	return zv_str_c(text);
}

static int64_t qty(struct zv_rng *rng, const struct plan_world_kind *kind, int64_t lo, int64_t hi)
{
	int64_t at = zv_rng_range(rng, lo, hi) / kind->step * kind->step;

	return at < kind->step ? kind->step : at;
}

static void draw_places(struct plan_world *w, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	for (uint32_t r = 0; r < (uint32_t)kind->regions; r++) {
		w->regions[r] = (struct zv_plan_region){id_of(w, 'r', r), 45 + (double)below(rng, 20), 30 + (double)below(rng, 100)};
		for (uint32_t q = 0; q < (uint32_t)kind->regions; q++)
			w->km[r * (uint32_t)kind->regions + q] = q == r ? 30 : 100 + 97 * (double)((r + q) % 7) + (double)(r * q);
	}
	for (uint32_t p = 0; p < (uint32_t)kind->products; p++)
		w->products[p] = (struct zv_plan_product){id_of(w, 'p', p), zv_rng_range(rng, 0, 5) * 1000000, of_100(rng, kind->shares) ? (int32_t)zv_rng_range(rng, 3, 9) * 100000 : 0,
							  of_100(rng, kind->controlled)};
	for (uint32_t e = 0; e < 4; e++)
		w->enterprises[e] = id_of(w, 'e', e);
}

static void draw_tiers(struct plan_world *w, struct zv_plan_offer *offer, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	int64_t price = zv_rng_range(rng, 20, 120) * 1000000000, from = offer->moq;

	offer->first_tier = w->problem.n_tiers;
	do {
		w->tiers[w->problem.n_tiers++] = (struct zv_plan_tier){from, price};
		offer->n_tiers++;
		price -= price / 100 * zv_rng_range(rng, 0, 25);
		from = from / kind->step * kind->step + qty(rng, kind, kind->step, offer->max > 2 * kind->step ? offer->max / 2 : kind->step);
	} while (offer->n_tiers < 3 && from < offer->max && of_100(rng, kind->tiers));
}

static void draw_offer(struct plan_world *w, uint32_t k, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	struct zv_plan_offer *offer = &w->offers[k];
	uint32_t maker = below(rng, (uint32_t)(kind->offers + 1) / 2);

	*offer = (struct zv_plan_offer){.id = id_of(w, 'k', k), .maker = maker, .product = below(rng, (uint32_t)kind->products), .resource = ZV_PLAN_NONE};
	offer->max = qty(rng, kind, kind->qty_max / 2, kind->qty_max * 4);
	offer->moq = qty(rng, kind, 1, offer->max * 2 / 3);
	if (offer->moq > offer->max)
		offer->moq = offer->max;
	offer->launch = of_100(rng, 20) ? 0 : zv_rng_range(rng, 0, kind->launch_max);
	offer->lead = (int32_t)below(rng, 2);
	offer->until = kind->periods - 1;
	if (of_100(rng, 15))
		offer->from = (int32_t)below(rng, (uint32_t)kind->periods);
	offer->incremental = of_100(rng, kind->incremental);
	if (of_100(rng, kind->resource)) {
		offer->resource = maker;
		offer->hours_uh = zv_rng_range(rng, 1, 4) * 250000 * (ZV_PLAN_UNIT / (kind->qty_max > ZV_PLAN_UNIT ? ZV_PLAN_UNIT : kind->qty_max));
		if (of_100(rng, kind->setup))
			offer->setup_uh = zv_rng_range(rng, 0, 3) * 500000;
	}
	draw_tiers(w, offer, kind, rng);
}

static void draw_makers(struct plan_world *w, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	int64_t units = kind->qty_max > ZV_PLAN_UNIT ? kind->qty_max / ZV_PLAN_UNIT : 1;

	w->problem.n_makers = w->problem.n_resources = (uint32_t)(kind->offers + 1) / 2;
	for (uint32_t m = 0; m < w->problem.n_makers; m++) {
		w->makers[m] = (struct zv_plan_maker){id_of(w, 'm', m), below(rng, (uint32_t)kind->regions), of_100(rng, 70)};
		w->resources[m] = (struct zv_plan_resource){id_of(w, 'x', m), m};
		for (int t = 0; t < kind->periods; t++)
			w->capacity[(int)m * kind->periods + t] = zv_rng_range(rng, 0, 6) * 500000 * units;
	}
	for (uint32_t k = 0; k < (uint32_t)kind->offers; k++)
		draw_offer(w, k, kind, rng);
}

static void draw_need(struct plan_world *w, uint32_t i, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	static const int64_t bonus[ZV_PLAN_PRIORITIES] = {200, 100, 50, 0};
	struct zv_plan_need *need = &w->needs[i];

	*need = (struct zv_plan_need){.id = id_of(w, 'n', i), .product = below(rng, (uint32_t)kind->products), .region = below(rng, (uint32_t)kind->regions),
				      .enterprise = below(rng, 4)};
	need->qty = qty(rng, kind, 1, kind->qty_max);
	need->ceiling = zv_rng_range(rng, 20, 160) * 1000000000;
	need->priority = (uint8_t)(1 + below(rng, ZV_PLAN_PRIORITIES));
	need->penalty = need->ceiling / 100 * (100 + bonus[need->priority - 1]);
	need->earliest = (int32_t)below(rng, (uint32_t)kind->periods);
	need->due = need->earliest + (int32_t)below(rng, (uint32_t)(kind->periods - need->earliest) + 1);
	need->single = of_100(rng, kind->single);
	need->licensed = of_100(rng, 60);
	if (of_100(rng, kind->parcels))
		need->parcel = zv_rng_range(rng, 1, need->qty);
}

static void draw_links(struct plan_world *w, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	struct zv_plan_problem *p = &w->problem;

	for (uint32_t a = 0; a < p->n_products; a++)
		for (uint32_t b = 0; b < p->n_products && p->n_substitutes < PLAN_WORLD_OFFERS; b++)
			if (a != b && of_100(rng, kind->substitutes))
				w->substitutes[p->n_substitutes++] = (struct zv_plan_substitute){a, b, zv_rng_range(rng, 0, 5) * 1000000000};
	for (uint32_t k = 0; k < p->n_offers; k++)
		for (uint32_t r = 0; r < p->n_regions; r++)
			if (of_100(rng, kind->costs) && !w->offers[k].incremental)
				w->costs[p->n_costs++] = (struct zv_plan_cost){k, r, zv_rng_range(rng, 10, 150) * 1000000000};
}

/* One signed flow that its offer can serve alone: at its MOQ at least, within its hours, in time and below the ceiling. */
static void draw_signed(struct plan_world *w, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	struct zv_plan_problem *p = &w->problem;

	for (uint32_t i = 0; i < p->n_needs && p->n_commitments < PLAN_WORLD_SIGNED; i++) {
		struct zv_plan_need *need = &w->needs[i];
		uint32_t k = below(rng, p->n_offers);
		struct zv_plan_offer *offer = &w->offers[k];
		int32_t t = need->earliest - offer->lead;
		bool taken = false;

		for (uint32_t c = 0; c < p->n_commitments; c++)
			taken = taken || w->commitments[c].offer == k;
		if (!of_100(rng, kind->commitments) || offer->product != need->product || t < offer->from || t > offer->until || taken)
			continue;
		if (offer->resource != ZV_PLAN_NONE || p->products[need->product].controlled || p->products[need->product].max_share_ppm > 0)
			continue;
		if (w->tiers[offer->first_tier].price + 6 * INT64_C(5000000000) > need->ceiling || need->qty < offer->moq || need->qty > offer->max)
			continue;
		w->commitments[p->n_commitments++] = (struct zv_plan_commitment){i, k, t, need->single ? need->qty : offer->moq > need->parcel ? offer->moq : need->parcel};
	}
}

static void point(struct plan_world *w)
{
	struct zv_plan_problem *p = &w->problem;

	p->products = w->products;
	p->regions = w->regions;
	p->makers = w->makers;
	p->resources = w->resources;
	p->capacity_uh = w->capacity;
	p->offers = w->offers;
	p->tiers = w->tiers;
	p->needs = w->needs;
	p->enterprises = w->enterprises;
	p->km = w->km;
	p->substitutes = w->substitutes;
	p->commitments = w->commitments;
	p->costs = w->costs;
}

void plan_world_draw(struct plan_world *out, const struct plan_world_kind *kind, struct zv_rng *rng)
{
	struct zv_plan_problem *p = &out->problem;

	memset(out, 0, sizeof(*out));
	*p = (struct zv_plan_problem){.n_periods = kind->periods, .n_products = (uint32_t)kind->products, .n_regions = (uint32_t)kind->regions,
				      .n_offers = (uint32_t)kind->offers, .n_needs = (uint32_t)kind->needs, .n_enterprises = 4};
	point(out);
	p->candidates = of_100(rng, kind->candidates) ? 1 + below(rng, 3) : 0;
	draw_places(out, kind, rng);
	draw_makers(out, kind, rng);
	for (uint32_t i = 0; i < p->n_needs; i++)
		draw_need(out, i, kind, rng);
	draw_links(out, kind, rng);
	draw_signed(out, kind, rng);
}

struct plan_world_kind plan_world_kind_of(struct zv_rng *rng, int needs, int offers)
{
	struct plan_world_kind kind = {.needs = 1 + (int)below(rng, (uint32_t)needs), .offers = 1 + (int)below(rng, (uint32_t)offers)};
	int *chances[] = {&kind.single, &kind.resource, &kind.setup, &kind.tiers, &kind.incremental, &kind.substitutes,
			  &kind.shares, &kind.parcels, &kind.controlled, &kind.costs, &kind.commitments, &kind.candidates};

	kind.periods = 1 + (int)below(rng, 2);
	kind.products = 1 + (int)below(rng, 2);
	kind.regions = 1 + (int)below(rng, 3);
	kind.qty_max = zv_rng_range(rng, 2, 5);
	kind.step = 1;
	kind.launch_max = zv_rng_range(rng, 0, 300) * 1000;
	for (size_t i = 0; i < sizeof(chances) / sizeof(chances[0]); i++)
		*chances[i] = of_100(rng, 45) ? (int)below(rng, 100) : 0;
	return kind;
}

void plan_world_copy(struct plan_world *out, const struct plan_world *from)
{
	*out = *from;
	point(out);
}

bool plan_world_same(const struct zv_plan_result *x, const struct zv_plan_result *y)
{
	bool same = x->n_orders == y->n_orders && x->n_flows == y->n_flows;

	for (size_t i = 0; i < x->n_orders && same; i++)
		same = x->orders[i].offer == y->orders[i].offer && x->orders[i].period == y->orders[i].period && x->orders[i].tier == y->orders[i].tier &&
		       x->orders[i].qty == y->orders[i].qty;
	for (size_t i = 0; i < x->n_flows && same; i++)
		same = x->flows[i].need == y->flows[i].need && x->flows[i].offer == y->flows[i].offer && x->flows[i].period == y->flows[i].period &&
		       x->flows[i].qty == y->flows[i].qty;
	return same;
}
