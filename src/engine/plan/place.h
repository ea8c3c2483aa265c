/*
 * A plan under construction: open orders, flows, what is left of needs, hours and shares; every change is written down, so that a move that
 * does not pay is taken back. Inside engine/plan.
 *
 * Money is double here (roubles): it decides which move is tried and kept. What is published is summed anew in integers.
 */
#ifndef ZV_ENGINE_PLAN_PLACE_H
#define ZV_ENGINE_PLAN_PLACE_H

#include "base/vec.h"
#include "engine/plan/arcs.h"
#include "engine/plan/plan.h"

/* What few needs ask, kept close at hand. */
enum { PLAN_SINGLE = 1, PLAN_PARCELS = 2 };

struct plan_flow {
	uint32_t slot, pair;
	int64_t qty;
	double price;                    /* roubles per unit, at the tier of the slot */
	uint32_t next, before;           /* of the need */
	uint32_t slot_next, slot_before; /* of the slot */
};

struct plan_slot {
	int64_t qty;      /* signed flows included; of an open one */
	int64_t kept;     /* signed */
	int64_t b, top;   /* of the tier of an open one */
	uint32_t first;   /* flow */
	uint32_t o;       /* place of the offer */
	int16_t period;
	int16_t tier;     /* -1: closed */
	uint16_t may;     /* tiers that the signed flows allow */
};

/* Quanta of a product's needs that a maker may still serve: its share of what is aimed at (shares.h). */
struct plan_quota {
	uint32_t product, maker;
	int64_t left;
	zv_i128 has, kept; /* serves now, signed flows included; signed */
	int64_t taken;     /* counted by a trial of moves.c, valid where `stamp` is its `now` */
	uint32_t stamp;
};

/* What plan_sound asks of shares: nothing; that quotas are kept; that they hold of what is covered now. */
enum plan_sharing { PLAN_SHARES_FREE, PLAN_SHARES_AIMED, PLAN_SHARES_HELD };

struct plan_change {
	uint32_t slot, pair; /* pair NONE: the tier was `qty` */
	int64_t qty;
};

struct plan_place {
	struct plan_arcs *arcs;
	const struct zv_plan_problem *problem;
	int64_t *left;          /* [n_needs] not covered */
	uint32_t *first;        /* [n_needs] flow */
	double *penalty;        /* [n_needs] roubles per unit */
	uint8_t *kind;          /* [n_needs] PLAN_SINGLE, PLAN_PARCELS */
	struct plan_slot *slots;
	ZV_VEC(struct plan_flow) flows;
	uint32_t free_flow;
	zv_i128 *hours;         /* [resource x period] micro-hours x quanta left */
	struct plan_quota *quotas; /* by product, maker; NULL: no shares */
	uint32_t n_quotas;
	zv_i128 *covered;          /* by product, while there are quotas */
	enum plan_sharing sharing;
	double cost;            /* launches + prices + penalties, roubles */
	ZV_VEC(struct plan_change) log;
	double saved_cost;
	uint32_t changed;          /* a need that is tried as if it were another, or n_needs: one more; ZV_PLAN_NONE: none */
	struct zv_plan_need as;
	uint32_t extra_of;         /* place of the offer that pair n_pairs is one more of; ZV_PLAN_NONE: none */
	uint64_t steps;         /* pairs looked at: what work is counted in */
};

/* Empty but for the signed flows, whose orders are open. The arcs have plan_arcs_by_need. ZV_E_INVALID: signed flows that no plan can keep. */
ZV_MUST_CHECK enum zv_code plan_place_open(struct plan_place **out, struct plan_arcs *arcs, struct zv_err *err);
void plan_place_close(struct plan_place *place);

/* Puts the orders and flows of a result into an empty place. */
void plan_place_load(struct plan_place *place, const struct zv_plan_result *result);

/* Changes from here on can be taken back. */
void plan_mark(struct plan_place *place);
void plan_undo(struct plan_place *place);

/* Takes back the changes but the first n. */
void plan_undo_to(struct plan_place *place, size_t n);

/* Sets the tier of a slot, -1 closes an empty one. */
void plan_set_tier(struct plan_place *place, uint32_t slot, int tier);

/* More (or with a negative quantity less) of a pair in an open slot. The caller has looked at all limits. */
void plan_put(struct plan_place *place, uint32_t slot, uint32_t pair, int64_t qty);

/* Quanta that an open slot may still take, in its tier or, with *tier, a higher one that all its flows allow. */
int64_t plan_spare(const struct plan_place *place, uint32_t slot);

/* Quanta that a closed slot's resource leaves for it (set-up taken off); at most the offer's max. */
int64_t plan_room(const struct plan_place *place, uint32_t slot);

/* What the share of its maker leaves an offer (by place) for needs of a product: NULL: no limit. */
struct plan_quota *plan_quota_of(const struct plan_place *place, uint32_t o, uint32_t product);

/* No maker has more of a product than place->sharing allows. */
bool plan_share_is_kept(const struct plan_place *place, uint32_t product);

uint32_t plan_flow_of(const struct plan_place *place, uint32_t slot, uint32_t pair);
double plan_price_in(const struct plan_place *place, uint32_t slot, uint32_t pair); /* roubles per unit, at the slot's tier */

/* The incremental orders among those changed since the mark keep every ceiling, every order its quantity, and the products that flow their makers' shares. */
bool plan_sound(struct plan_place *place);

static inline struct plan_pair *plan_pair_of(const struct plan_place *place, uint32_t pair)
{
	return &place->arcs->pairs[pair];
}

static inline const struct zv_plan_offer *plan_offer_of(const struct plan_place *place, uint32_t slot)
{
	return &place->problem->offers[place->arcs->offers[place->slots[slot].o]];
}

static inline const struct plan_tier *plan_tier_of(const struct plan_place *place, uint32_t slot, int tier)
{
	return &place->arcs->tiers[plan_offer_of(place, slot)->first_tier + (uint32_t)tier];
}

static inline uint8_t plan_kind(const struct zv_plan_need *need)
{
	return (uint8_t)((need->single ? PLAN_SINGLE : 0) | (need->parcel > 0 ? PLAN_PARCELS : 0));
}

static inline uint8_t plan_kind_of(const struct plan_place *place, uint32_t need)
{
	return need == place->changed ? plan_kind(&place->as) : place->kind[need];
}

static inline const struct zv_plan_need *plan_need_of(const struct plan_place *place, uint32_t need)
{
	return need == place->changed ? &place->as : &place->problem->needs[place->arcs->outer[need]];
}

static inline uint32_t plan_slot_at(const struct plan_place *place, uint32_t o, int period)
{
	return place->arcs->slot[o] + (uint32_t)(period - place->arcs->from[o]);
}

#endif
