/* Solving a problem of the registers: what the engine's model cannot say of it is seen to afterwards, and the answer has passed the independent checker. */
#ifndef ZV_APP_PLAN_SOLVE_H
#define ZV_APP_PLAN_SOLVE_H

#include "app/plan_problem.h"
#include "engine/plan/check.h"

/*
 * A need that may not be split takes its tolerance from its own order or not at all. The engine does not know that: a plan without the rule has its bound, and
 * where it breaks the rule the tolerances at fault are closed in the source and it is solved again, at most twice. The bound stays the one of the first plan.
 *
 * `keep_stopped`: a plan that options->stop ended is an answer; else ZV_E_CONFLICT. ZV_E_BUG: the checker refused the plan. The caller frees *out with
 * zv_plan_result_done, also after a failure.
 */
ZV_MUST_CHECK enum zv_code zv_plan_source_solve(struct zv_plan_result *out, struct zv_plan_checked *checked, struct zv_plan_source *source,
						const struct zv_plan_options *options, bool keep_stopped, struct zv_err *err);

#endif
