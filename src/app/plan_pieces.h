/* Goods that are counted in pieces: the engine plans in millionths of one, and whole ones are made of them. */
#ifndef ZV_APP_PLAN_PIECES_H
#define ZV_APP_PLAN_PIECES_H

#include "app/plan_problem.h"
#include "engine/plan/plan.h"

/*
 * Moves parts of pieces between flows until all are whole: quantities, sizes and capacities are whole, so what was kept before is kept after, and no step of it
 * makes the plan dearer by more than it must. Orders may come into their next tier. Flows of 0 may be left.
 */
void zv_plan_whole_pieces(struct zv_plan_flow *flows, size_t n_flows, struct zv_plan_order *orders, size_t n_orders, const struct zv_plan_source *source);

#endif
