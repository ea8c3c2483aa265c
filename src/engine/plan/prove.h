/* A small problem as a whole, given to the exact kernel after the search. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_PROVE_H
#define ZV_ENGINE_PLAN_PROVE_H

#include "engine/plan/place.h"

/*
 * The plan is the best, and out->bound meets it, where the work allows; else both are perhaps better than before. Problems that are too large, and a plan that was
 * stopped, stay as they are; a stopped one that lacks what is signed is tried all the same.
 */
ZV_MUST_CHECK enum zv_code plan_prove(struct plan_place *place, const struct zv_plan_options *options, struct zv_plan_result *out, struct zv_err *err);

#endif
