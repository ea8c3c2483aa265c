/* Where orders compete for hours: each resource with its offers, then each offer that needs none by itself. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_SITES_H
#define ZV_ENGINE_PLAN_SITES_H

#include "engine/plan/arcs.h"

struct plan_site {
	uint32_t resource; /* or ZV_PLAN_NONE */
	uint32_t first;    /* in `place` */
};

struct plan_sites {
	uint32_t n;
	struct plan_site *list; /* [n + 1] */
	uint32_t *place;        /* of the offers, by site */
};

void plan_sites_open(struct plan_sites *out, const struct plan_arcs *arcs);
void plan_sites_done(struct plan_sites *sites);

/* Pairs of all offers of a site. */
uint32_t plan_site_pairs(const struct plan_sites *sites, const struct plan_arcs *arcs, uint32_t site);

/* The slot of an offer (by place) in a period, or ZV_PLAN_NONE. */
static inline uint32_t plan_slot_in(const struct plan_arcs *arcs, uint32_t o, int period)
{
	int at = period - arcs->from[o];

	return at >= 0 && (uint32_t)at < arcs->slot[o + 1] - arcs->slot[o] ? arcs->slot[o] + (uint32_t)at : ZV_PLAN_NONE;
}

#endif
