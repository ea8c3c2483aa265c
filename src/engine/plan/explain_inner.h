/* What the files of the explanations share: one group of products at a time, its uncovered needs, their arcs and what would join each order. */
#ifndef ZV_ENGINE_PLAN_EXPLAIN_INNER_H
#define ZV_ENGINE_PLAN_EXPLAIN_INNER_H

#include "base/vec.h"
#include "engine/plan/explain.h"
#include "engine/plan/reopt.h"

enum {
	EXPLAIN_NEAR = 32,         /* offers kept per need when the problem keeps all: the nearest by price */
	EXPLAIN_KOPECK = 10000,    /* figures in money are whole kopecks; micro-roubles */
};

/* A quantity b .. top costs `fixed` + price x quantity. `test` is the lowest price that a buyer pays in it. b > top: no order can lie in it. */
struct explain_tier {
	int64_t b, top, price, test;
	zv_i128 fixed; /* money, the launch included */
};

/* An uncovered need and an offer that may serve it in launch periods lo .. hi, at the tiers of the mask. */
struct explain_arc {
	int64_t add;   /* to the tier's price; fixed: instead of it */
	uint32_t need; /* place in the group */
	uint32_t o;    /* place in the group */
	uint8_t lo, hi;
	uint16_t tiers;
	bool fixed;
};

/* The offer where a need fails a test by least, and where in it. */
struct explain_miss {
	uint32_t offer; /* ZV_PLAN_NONE: no offer fails here */
	int16_t period;
	uint8_t tier;
};

enum explain_misses {
	MISS_CONTROLLED,
	MISS_LEAD,
	MISS_VALIDITY,
	MISS_PRICE,
	MISS_PARCEL,
	MISS_CAPACITY,
	MISS_LEAD_OPEN, /* by an order that is launched and has room */
	MISS_PRICE_OPEN,
	MISS_COUNT
};

/* A closed order as the uncovered needs see it, at the tier that lacks least. */
struct explain_slot {
	zv_i128 cost;      /* what lacks, money: how near it is */
	int64_t pool;      /* quanta that would join */
	int64_t lack_qty;
	int64_t lack_money; /* micro-roubles, whole kopecks */
	int64_t lack_uh;
	uint8_t why;       /* MOQ, LAUNCH, CAPACITY, SHARE; SEARCH: nothing lacks; FITS: nobody would join */
	uint8_t tier;
};

struct explain_share {
	uint32_t product, maker;
	zv_i128 qty;
};

/* Who has the cheapest place in a launched order: penalty less freight, micro-roubles per unit. */
struct explain_holder {
	int64_t worth;
	uint8_t priority;
};

struct explain_near {
	zv_i128 cost;
	struct zv_plan_unlock row;
};

struct explain {
	const struct zv_plan_problem *problem;
	const struct zv_plan_result *result;
	struct zv_plan_live *live;
	struct zv_arena *arena;
	int64_t *left;          /* [n_needs] not covered */
	uint32_t *order_at;     /* [n_offers + 1] in result->orders */
	zv_i128 *spare;         /* [n_resources * n_periods] micro-hours x quanta */
	zv_i128 *covered;       /* by product */
	ZV_VEC(struct explain_share) shares; /* of products with a largest share */
	struct explain_holder *holders; /* by order */
	uint32_t *group_of;     /* by product */
	uint32_t n_groups;
	uint32_t *need_at;      /* [n_groups + 1] in `needs` */
	uint32_t *needs;        /* uncovered ones by group, product, number */
	uint32_t *offer_at;     /* by product: first in `offers` ... */
	uint32_t *offer_n;      /* ... and how many */
	uint32_t *offers;       /* by group, product, number */
	uint32_t *group_offer;  /* [n_groups + 1] in `offers` */
	uint32_t *place_of;     /* place of an offer in `offers` */
	struct explain_tier *tiers; /* as in the problem */
	ZV_VEC(struct explain_near) near; /* closed orders, the nearest of what was seen */
	size_t near_max;
	uint8_t *lost;          /* [n_needs] no offer can serve it */
	int64_t bisects;        /* tries that may still be spent on making figures smaller */
	size_t n_because;
	struct zv_plan_because *because;
};

/* One group of products at work. */
struct explain_group {
	struct explain *e;
	uint32_t first_need, n_needs;   /* in e->needs */
	uint32_t first_offer, n_offers; /* in e->offers */
	ZV_VEC(struct explain_arc) arcs; /* by need */
	uint32_t *arc_at;               /* [n_needs + 1] */
	uint32_t *by_offer;             /* arcs by offer */
	uint32_t *by_offer_at;          /* [n_offers + 1] */
	struct explain_miss *misses;    /* [n_needs * MISS_COUNT] */
	uint32_t *slot_at;              /* [n_offers + 1] */
	int16_t *slot_from;             /* [n_offers] period of the first slot */
	struct explain_slot *slots;
};

static inline uint32_t explain_need(const struct explain_group *g, uint32_t place)
{
	return g->e->needs[g->first_need + place];
}

static inline uint32_t explain_offer(const struct explain_group *g, uint32_t place)
{
	return g->e->offers[g->first_offer + place];
}

static inline int64_t explain_price(const struct explain_arc *arc, int64_t tier_price)
{
	return arc->fixed ? arc->add : arc->add + tier_price;
}

/* The first row of problem->substitutes for a product. */
uint32_t explain_substitutes(const struct zv_plan_problem *problem, uint32_t product);

/* Launch periods in which a delivery is in time; false: none. */
bool explain_periods(int32_t *lo, int32_t *hi, const struct zv_plan_problem *problem, const struct zv_plan_offer *offer, const struct zv_plan_need *need);

/* The launched order, or NULL. */
const struct zv_plan_order *explain_order(const struct explain *e, uint32_t offer, int32_t period);

/* covered and shares; holders. */
void explain_shares(struct explain *e);
void explain_holders(struct explain *e);

/* With what is left of a need the maker would have more than its largest share. */
bool explain_share_full(const struct explain *e, uint32_t need, uint32_t offer);

/* Tiers of the problem as pieces of a line; for free(). */
struct explain_tier *explain_tiers(const struct zv_plan_problem *problem);

/* arcs and misses of the group's needs. */
void explain_arcs(struct explain_group *group);

/* What an uncovered need lacks at a miss: quanta, micro-roubles per unit, periods, micro-hours by its code. */
int64_t explain_miss_figure(const struct explain *e, uint32_t need, const struct explain_miss *miss, enum explain_misses at);

/* The closed orders of the group that uncovered needs have arcs to. */
void explain_pools(struct explain_group *group);

/* Quanta that one order of an offer could have by the free hours of a period; with set-up when it is not launched. */
int64_t explain_room(const struct explain *e, uint32_t offer, int32_t period, bool setup);

/* A change that might cover a need: because.figure of `why` and because.also_figure of `also`. */
struct explain_flip {
	double cost;    /* money, by convention (docs/design/plan-explain.md): what orders the answers */
	struct zv_plan_because because;
	int64_t target; /* quanta of the need that it must win at least */
	int64_t margin; /* MOQ: ceiling less delivered price, what each quantum more of its kind brings; 0: not known */
};

enum zv_plan_figure explain_kind(enum zv_plan_why why);

/* Makes the figure, or a higher one, hold, and then as small as that may be; sets cost to what it comes to. False: nothing of this kind does. */
bool explain_flip_reach(struct explain_flip *flip, struct explain *e);

/* The same with a second change, the cheapest that does. False: none does. */
bool explain_flip_reach_two(struct explain_flip *flip, struct explain *e);

/* The plan as it is would take the need when placed anew: no change is lacking, the search has not found it. */
bool explain_flip_idle(const struct explain_flip *flip, const struct explain *e);

/* The cheapest places for a need whatever fails there first: up to `max` of them, cheapest first. How many. */
size_t explain_places(struct explain_flip *out, size_t max, const struct explain *e, uint32_t need);

/* The answers of the group's needs, into e->because. */
void explain_answers(struct explain_group *group);

/* Remembers the group's closed orders that are nearest to a launch; fills in what would launch them. */
void explain_unlocks_offer(struct explain_group *group);
void explain_unlocks_finish(struct explain *e, struct zv_plan_explained *out);

void explain_next_tiers(const struct explain *e, struct zv_plan_explained *out);
void explain_hours(const struct explain *e, struct zv_plan_explained *out);
void explain_missing(const struct explain *e, struct zv_plan_explained *out);

#endif
