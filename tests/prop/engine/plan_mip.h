/* A plan problem as the model's text writes it, given to CBC: the referee of tests and the neighbour in benchmarks. Shares nothing with the solver. */
#ifndef ZV_TEST_PLAN_MIP_H
#define ZV_TEST_PLAN_MIP_H

#include "engine/plan/problem.h"

struct plan_mip {
	double objective; /* roubles of CBC's best plan; NAN: it found none */
	double bound;     /* as CBC says it */
	bool proved;
	size_t columns, rows, arcs;
};

/* Ladders of increments are held to their ceiling by the lowest average of a tier: then the best plan may be dearer than CBC's. */
void plan_mip_solve(struct plan_mip *out, const struct zv_plan_problem *problem, int max_nodes, double max_seconds);

#endif
