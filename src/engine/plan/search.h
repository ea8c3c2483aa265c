/* The search for a plan: greedy, polish, ruin and recreate, exact parts. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_SEARCH_H
#define ZV_ENGINE_PLAN_SEARCH_H

#include "engine/plan/dual.h"
#include "engine/plan/place.h"

/* Fills an empty place (signed flows and quotas set). Work is counted in steps of the search; `out` gives the bound for progress, and is told of a stop. */
void plan_search_run(struct plan_place *place, const struct plan_dual *dual, const struct zv_plan_options *options, struct zv_plan_result *out);

/* Makes a plan that stands better; quotas follow what is covered while shares are held. */
void plan_search_more(struct plan_place *place, const struct plan_dual *dual, const struct zv_plan_options *options, struct zv_plan_result *out);

/* For plans that plan_anneal_fits: from what a relaxation serves, the slot of each need or ZV_PLAN_NONE, to a plan with whole needs, if that is better. */
void plan_search_whole(struct plan_place *place, const uint32_t *at, const struct zv_plan_options *options, struct zv_plan_result *out);

/* The first signed order that lacks its smallest quantity; ZV_PLAN_NONE: all have it. */
uint32_t plan_search_signed(const struct plan_place *place);

#endif
