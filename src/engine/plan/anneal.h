/*
 * Who serves whom, where orders share nothing but needs and needs stay whole (single-source facility location): simulated annealing over whole needs that change
 * their order, change places with one another, and orders that are launched, closed or exchanged at once. Inside engine/plan.
 */
#ifndef ZV_ENGINE_PLAN_ANNEAL_H
#define ZV_ENGINE_PLAN_ANNEAL_H

#include "base/rng.h"
#include "engine/plan/place.h"

struct plan_anneal;

/* No ladders, hours, shares, parcels or signed flows, no order that a single need cannot fill, and a table of all pairs is not too large. */
bool plan_anneal_fits(const struct plan_place *place);

/* For a plan that fits. */
struct plan_anneal *plan_anneal_open(struct plan_place *place, struct zv_rng *rng);
void plan_anneal_close(struct plan_anneal *anneal);

/* So many moves from the plan as it is, whole needs at their largest order, or from `at`: the slot of each need, ZV_PLAN_NONE or more than has room: not covered; the best plan found replaces it when it costs less. Roubles saved. */
double plan_anneal_run(struct plan_anneal *anneal, const uint32_t *at, int64_t moves, double heat, bool (*stop)(void *context), void *context);

#endif
