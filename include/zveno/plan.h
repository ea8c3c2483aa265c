/* libzveno: the national plan with its certificate and explanations. Plain C: arrays in, results out, no type of a third party. */
#ifndef ZVENO_PLAN_H
#define ZVENO_PLAN_H

#include "engine/plan/check.h"
#include "engine/plan/explain.h"
#include "engine/plan/plan.h"

#endif
