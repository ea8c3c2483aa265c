/*
 * Seeded national instances of the plan problem (docs/guide/plan-files.md, "The generator"): Zipf classes, log-normal quantities, makers with a few offers in
 * their family. Whole numbers and + - * / sqrt only, so that a seed gives the same instance on every machine.
 */
#ifndef BENCH_PLAN_INSTANCE_H
#define BENCH_PLAN_INSTANCE_H

#include "base/arena.h"
#include "engine/plan/problem.h"

struct plan_instance {
	struct zv_plan_problem problem; /* sorted by id as a folder read back would be */
	int64_t bonus[ZV_PLAN_PRIORITIES];
	struct zv_arena arena;
};

void plan_instance_make(struct plan_instance *out, uint64_t seed, uint32_t n_needs);
void plan_instance_done(struct plan_instance *instance);

#endif
