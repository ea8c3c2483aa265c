/* A problem under construction. Inside app/plan_problem*.c. */
#ifndef ZV_APP_PLAN_PROBLEM_INNER_H
#define ZV_APP_PLAN_PROBLEM_INNER_H

#include "app/plan_problem.h"
#include "base/map.h"
#include "base/vec.h"

/* A place of the engine: where needs are, where goods of a class of danger leave from, or where freight is part of the price. */
struct plan_place {
	struct zv_str iso, hazard;
	bool leaves;
	bool paid; /* freight is part of the price */
};

struct plan_resource {
	int32_t offer_row; /* of the snapshot: whose capacity it is */
	int32_t lead;
	uint32_t offer;
};

struct plan_building {
	struct zv_plan_source *out;
	const struct zv_snapshot *s;
	struct zv_arena *arena;
	struct zv_map map; /* texts to indices: places, makers, kinds of need, resources, organisations */
	ZV_VEC(struct plan_place) places;
	ZV_VEC(struct zv_plan_product) products;
	ZV_VEC(struct zv_plan_source_product) product_sources;
	ZV_VEC(struct zv_plan_maker) makers;
	ZV_VEC(struct plan_resource) resources;
	ZV_VEC(struct zv_plan_offer) offers;
	ZV_VEC(struct zv_plan_source_offer) offer_sources;
	ZV_VEC(struct zv_plan_tier) tiers;
	ZV_VEC(struct zv_plan_need) needs;
	ZV_VEC(struct zv_plan_source_need) need_sources;
	ZV_VEC(struct zv_str) enterprises;
	ZV_VEC(struct zv_plan_substitute) substitutes;
	ZV_VEC(struct zv_plan_source_outside) outside;
	uint32_t *offer_of; /* of the group at hand, by place: the engine's offer, ZV_PLAN_NONE: it cannot be in a plan */
	bool *needy;        /* of the group at hand, by place: the need is in the plan */
	struct zv_err *err;
};

/* The number under a kind and a text; a new one is `next`. */
uint32_t plan_number(struct plan_building *b, const char *kind, struct zv_str text, size_t next, bool *added);

uint32_t plan_place(struct plan_building *b, struct zv_str iso);

/* Micro-roubles per unit, rounded down; above ZV_PLAN_PRICE_MAX: false. Freight and ceilings are rounded the same way, so that equal prices stay equal. */
bool plan_urub(int64_t *out, struct zv_price price, enum zv_dim dim);

/* Micro-roubles per unit and thousand kopecks for a tonne: see plan_close_places. 0: goods whose mass is not known go free. */
int64_t plan_freight_rate(const struct zv_snap_item *item, enum zv_dim dim);

/* The offers of a group: fills b->offer_of. After the needs of the group are known. */
ZV_MUST_CHECK enum zv_code plan_add_offers(struct plan_building *b, uint32_t group);

/* When all groups are there: horizon, windows of capacity, the ways between places. */
void plan_close_capacity(struct plan_building *b);
ZV_MUST_CHECK enum zv_code plan_close_places(struct plan_building *b);

/* Quarters from the first one to the day when the offer is ready. */
int32_t plan_lead(const struct plan_building *b, const struct zv_lot_offer *offer);

#endif
