/* Draws the worlds. */
#include "world.h"

#include <stdlib.h>

uint64_t world_seed(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20260302;
}

static void point(struct world *world)
{
	world->problem.needs = world->needs;
	world->problem.offers = world->offers;
	world->problem.freight = world->freight;
	world->problem.verdict = world->verdict;
	for (size_t i = 0; i < world->problem.n_offers; i++)
		world->offers[i].ladder.breaks = world->breaks[i];
}

static void draw_need(struct zv_lot_need *need, size_t i, struct zv_rng *rng)
{
	*need = (struct zv_lot_need){
		.id = (int64_t)i + 1, .org = zv_rng_range(rng, 1, 4), .item = 1, .region = (int32_t)zv_rng_below(rng, 3),
		.place = (uint32_t)zv_rng_below(rng, WORLD_PLACES), .spec = zv_rng_below(rng, 6) == 0, .dim = ZV_DIM_MASS,
		.firm_base = zv_rng_range(rng, 1, 12), .extra_base = zv_rng_below(rng, 2) == 0 ? 0 : zv_rng_range(rng, 0, 4),
		.ceiling = {zv_rng_range(rng, 5, 60), 1}, .earliest = ZV_DATE_NONE, .due = (zv_date)zv_rng_range(rng, 100, 110),
	};
	if (zv_rng_below(rng, 6) == 0)
		need->ceiling.per = 0;
	if (zv_rng_below(rng, 4) == 0)
		need->ceiling = (struct zv_price){zv_rng_range(rng, 20, 180), 3};
}

static void draw_needs(struct world *world, struct zv_rng *rng)
{
	world->has_twins = false;
	for (size_t i = 0; i < world->problem.n_needs; i++) {
		struct zv_lot_need *need = &world->needs[i];

		draw_need(need, i, rng);
		world->twin_of[i] = i;
		need->org = 10 + (int64_t)i;
		if (i == 0 || zv_rng_below(rng, 6) > 0)
			continue;
		/* An alike need: only id and quantities are its own. */
		world->twin_of[i] = world->twin_of[zv_rng_below(rng, i)];
		*need = world->needs[world->twin_of[i]];
		need->id = (int64_t)i + 1;
		need->firm_base = zv_rng_range(rng, 1, 6);
		need->extra_base = zv_rng_range(rng, 0, 2);
		world->has_twins = true;
	}
}

static void draw_ladder(struct world *world, size_t i, struct zv_rng *rng)
{
	struct zv_ladder *ladder = &world->offers[i].ladder;
	int64_t from = zv_rng_range(rng, 1, 10), price = zv_rng_range(rng, 15, 60);

	if (zv_rng_below(rng, 2) == 0) {
		*ladder = (struct zv_ladder){.form = ZV_LADDER_FIXED, .dim = ZV_DIM_MASS, .fixed_kop = zv_rng_range(rng, 0, 400),
					     .variable = {zv_rng_range(rng, 1, 30), zv_rng_range(rng, 1, 2)}};
		return;
	}
	*ladder = (struct zv_ladder){.form = ZV_LADDER_BREAKS, .dim = ZV_DIM_MASS, .breaks = world->breaks[i],
				     .n_breaks = (size_t)zv_rng_range(rng, 1, WORLD_BREAKS)};
	for (size_t b = 0; b < ladder->n_breaks; b++) {
		world->breaks[i][b] = (struct zv_ladder_break){from, {price, 1}};
		from += zv_rng_range(rng, 1, 12);
		price += zv_rng_range(rng, -12, 2); /* a ladder may even rise */
		price = price < 1 ? 1 : price;
	}
}

static void draw_offer(struct world *world, size_t i, struct zv_rng *rng)
{
	int64_t min = zv_rng_range(rng, 0, 25), step = zv_rng_below(rng, 4) == 0 ? 0 : zv_rng_range(rng, 1, 10);

	world->offers[i] = (struct zv_lot_offer){
		.id = (int64_t)(zv_rng_next(rng) % 1000000), .org = 100 + (int64_t)i, .dim = ZV_DIM_MASS,
		.sizes = {.min = min, .step = step, .max = zv_rng_below(rng, 3) == 0 ? 0 : min + zv_rng_range(rng, 0, 40)},
		.free_base = zv_rng_range(rng, 10, 120), .ready = zv_rng_below(rng, 3) == 0 ? ZV_DATE_NONE : (zv_date)zv_rng_range(rng, 90, 106),
	};
	draw_ladder(world, i, rng);
	/* The prices of another maker: then lots of two makers differ in nothing but their needs, sizes or ids. */
	if (i > 0 && zv_rng_below(rng, 2) == 0) {
		world->offers[i].ladder = world->offers[i - 1].ladder;
		for (size_t b = 0; b < WORLD_BREAKS; b++)
			world->breaks[i][b] = world->breaks[i - 1][b];
		if (zv_rng_below(rng, 2) == 0) {
			world->offers[i].sizes = world->offers[i - 1].sizes;
			world->offers[i].free_base = world->offers[i - 1].free_base;
		}
	}
	world->all_stepped = world->all_stepped && world->offers[i].sizes.step > 0;
	for (size_t p = 0; p < WORLD_PLACES; p++) {
		world->freight[i * WORLD_PLACES + p] = (struct zv_price){zv_rng_range(rng, 0, 6), zv_rng_range(rng, 0, 2)};
	}
	for (size_t s = 0; s < WORLD_SPECS; s++)
		world->verdict[i * WORLD_SPECS + s] = zv_rng_below(rng, 5) == 0 ? ZV_LOT_PROPERTY : ZV_LOT_FITS;
}

void world_draw(struct world *world, struct zv_rng *rng)
{
	*world = (struct world){.all_stepped = true};
	world->problem = (struct zv_lot_problem){
		.n_needs = (size_t)zv_rng_range(rng, 1, WORLD_NEEDS), .n_offers = (size_t)zv_rng_range(rng, 1, WORLD_OFFERS - 1), .n_places = WORLD_PLACES,
		.n_specs = WORLD_SPECS, .from = ZV_DATE_NONE, .to = ZV_DATE_NONE, .package_base = zv_rng_range(rng, 1, 3),
	};
	draw_needs(world, rng);
	for (size_t i = 0; i < world->problem.n_offers; i++)
		draw_offer(world, i, rng);
	point(world);
}

void world_copy(struct world *to, const struct world *from)
{
	*to = *from;
	point(to);
}

void world_scale(struct world *world, int64_t qty, int64_t money)
{
	for (size_t i = 0; i < world->problem.n_needs; i++) {
		world->needs[i].firm_base *= qty;
		world->needs[i].extra_base *= qty;
		world->needs[i].ceiling.kop *= money;
		world->needs[i].ceiling.per *= qty;
	}
	for (size_t i = 0; i < world->problem.n_offers; i++) {
		struct zv_lot_offer *offer = &world->offers[i];

		/* The smallest size without a stated minimum is one step, or one base unit: write it out. */
		offer->sizes.min = offer->sizes.min > 0 ? offer->sizes.min * qty : (offer->sizes.step > 0 ? offer->sizes.step : 1) * qty;
		offer->sizes.step *= qty;
		offer->sizes.max *= qty;
		offer->free_base *= qty;
		offer->ladder.fixed_kop *= money;
		offer->ladder.variable.kop *= money;
		offer->ladder.variable.per *= qty;
		for (size_t b = 0; b < offer->ladder.n_breaks; b++) {
			world->breaks[i][b].from_base *= qty;
			world->breaks[i][b].price.kop *= money;
			world->breaks[i][b].price.per *= qty;
		}
	}
	for (size_t i = 0; i < world->problem.n_offers * WORLD_PLACES; i++) {
		world->freight[i].kop *= money;
		world->freight[i].per *= qty;
	}
}
