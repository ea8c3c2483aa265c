/* Shared by the parts of the prices: dual.c moves them, dual_offer.c answers them order by order, dual_joint.c resource by resource. */
#ifndef ZV_ENGINE_PLAN_DUAL_INNER_H
#define ZV_ENGINE_PLAN_DUAL_INNER_H

#include "engine/plan/dual.h"
#include "engine/plan/joint.h"

#define DUAL_MICRO 1e-6
#define DUAL_AVERAGE 0.12 /* weight of the newest solution in the averaged one */

/* Room of one thread. */
struct dual_room {
	struct plan_dual *dual;
	double *key; /* of the pairs of the offers at hand */
	double *key_copy;
	uint32_t *order;
	struct plan_pair *copy;
	uint32_t first, last; /* groups, or sites */
	struct joint joint;
};

/* An offer by place. */
struct dual_offer {
	uint32_t o;
	const struct zv_plan_offer *offer;
	const struct plan_tier *tiers;
	uint32_t first; /* pair */
	uint32_t n;
	double *key;    /* of its pairs: price of the need - what is added to the tier's price */
};

/* What signed flows of a slot bind. */
struct dual_kept {
	double qty;     /* units */
	uint32_t tiers; /* that all of them allow */
	double cost;    /* roubles besides the tier's price */
};

struct dual_offer dual_offer_of(const struct plan_dual *dual, uint32_t o, double *key);
/* Keys of the pairs, in their order; false: no order of this offer can earn its launch, even with all needs at the lowest price in every period. */
bool dual_keys(const struct dual_offer *of, const struct plan_dual *dual);
/* Pairs and keys by falling key. */
void dual_sort(struct dual_room *room, const struct dual_offer *of);
struct dual_kept dual_kept_of(const struct plan_arcs *arcs, uint32_t slot);
/* The tier that was chosen in a slot, or ZV_PLAN_NONE, goes into its average. */
void dual_launched(struct plan_dual *dual, uint32_t o, uint32_t slot, uint32_t tier);
void dual_idle(struct plan_dual *dual, uint32_t o);

/* The value of an offer with its hours at their price; its flows are taken from `now`. */
double dual_evaluate_offer(struct dual_room *room, uint32_t o);

/* Every order with the hours of its resource shared out; the value of all. The hours' prices come out of it. */
double dual_evaluate_joint(struct plan_dual *dual);

/* Runs `job` with a room for each thread, the groups or else the sites divided among them. */
void dual_run(struct plan_dual *dual, void *(*job)(void *room), bool sites);

#endif
