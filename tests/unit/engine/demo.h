/* The acetylacetone of the demo world (docs: journeys): five needs, one maker. Every figure in mg and kopecks. */
#ifndef ZV_TESTS_ENGINE_DEMO_H
#define ZV_TESTS_ENGINE_DEMO_H

#include <string.h>

#include "engine/lot/lot.h"

enum { KG = 1000000, DEMO_NEEDS = 5 };

struct demo {
	struct zv_lot_need needs[DEMO_NEEDS];
	struct zv_lot_offer offer;
	struct zv_lot_problem problem;
};

static inline void demo_init(struct demo *demo)
{
	static const int64_t firm[] = {40, 25, 15, 60, 30}, extra[] = {10, 5, 0, 10, 5}, ceiling[] = {5500, 5200, 6000, 5000, 5400};

	memset(demo, 0, sizeof(*demo));
	for (int i = 0; i < DEMO_NEEDS; i++) {
		demo->needs[i] = (struct zv_lot_need){
			.id = i + 1, .org = 100 + i, .item = 1, .region = i, .dim = ZV_DIM_MASS, .firm_base = firm[i] * KG,
			.extra_base = extra[i] * KG, .ceiling = {ceiling[i] * 100, KG}, .earliest = ZV_DATE_NONE,
			.due = zv_date_from_civil(2026, 9, 30),
		};
	}
	demo->offer = (struct zv_lot_offer){
		.id = 1, .org = 200, .region = 9, .dim = ZV_DIM_MASS,
		.ladder = {.form = ZV_LADDER_FIXED, .dim = ZV_DIM_MASS, .fixed_kop = 60000000, .variable = {200000, KG}},
		.sizes = {.min = 200 * (int64_t)KG, .step = 50 * (int64_t)KG, .max = 600 * (int64_t)KG},
		.free_base = 600 * (int64_t)KG, .ready = zv_date_from_civil(2026, 5, 1),
	};
	demo->problem = (struct zv_lot_problem){.needs = demo->needs, .n_needs = DEMO_NEEDS, .offers = &demo->offer, .n_offers = 1,
						.from = ZV_DATE_NONE, .to = ZV_DATE_NONE};
}

#endif
