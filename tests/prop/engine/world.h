/* Tiny random worlds for the laws of the lot engine: small numbers, so that ties and near misses are frequent. */
#ifndef ZV_TESTS_PROP_WORLD_H
#define ZV_TESTS_PROP_WORLD_H

#include "base/rng.h"
#include "engine/lot/lot.h"

enum { WORLD_NEEDS = 8, WORLD_OFFERS = 4, WORLD_BREAKS = 3, WORLD_PLACES = 2, WORLD_SPECS = 2 };

struct world {
	struct zv_lot_need needs[WORLD_NEEDS];
	size_t twin_of[WORLD_NEEDS]; /* the first need that is alike; itself when none */
	bool has_twins;
	bool all_stepped; /* every offer has a step */
	struct zv_lot_offer offers[WORLD_OFFERS]; /* one place is kept free */
	struct zv_ladder_break breaks[WORLD_OFFERS][WORLD_BREAKS];
	struct zv_price freight[WORLD_OFFERS * WORLD_PLACES];
	uint8_t verdict[WORLD_OFFERS * WORLD_SPECS];
	struct zv_lot_problem problem;
};

uint64_t world_seed(void); /* ZVENO_SEED, or a fixed one */
void world_draw(struct world *world, struct zv_rng *rng);
void world_copy(struct world *to, const struct world *from);
void world_scale(struct world *world, int64_t qty, int64_t money);

#endif
