/* A multi-level problem as one mixed integer program, by code that shares nothing with the planner: the referee of small worlds. */
#ifndef ZV_TEST_PLAN_LEVELS_MIP_H
#define ZV_TEST_PLAN_LEVELS_MIP_H

#include "engine/plan/problem.h"

/* Roubles of the best plan; false when it was not found to the end. Without shares, parcels, commitments and incremental ladders. */
bool plan_levels_mip(double *cost, const struct zv_plan_problem *problem);

/* The most that a plan covers of a priority, in quanta, whatever it costs. */
bool plan_levels_mip_cover(double *covered, const struct zv_plan_problem *problem, int priority);

/* Roubles of the best plan among those that cover at least this much of each priority, quanta. */
bool plan_levels_mip_at(double *cost, const struct zv_plan_problem *problem, const double covered[ZV_PLAN_PRIORITIES]);

#endif
