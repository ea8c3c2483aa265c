/* plan.json: an answer to a problem folder, written and read again (docs/guide/plan-files.md). Ids are JSON strings, amounts JSON numbers in tonnes, roubles, hours. */
#ifndef ZV_APP_PLAN_JSON_H
#define ZV_APP_PLAN_JSON_H

#include "engine/plan/explain.h"
#include "engine/plan/levels.h"
#include "format/out.h"
#include "format/stream.h"

/* `explained` may be NULL: then there are only sums, orders and flows. The same answer gives the same bytes. */
void zv_plan_json_write(struct zv_out *out, const struct zv_plan_problem *problem, const struct zv_plan_levels_result *result,
			const struct zv_plan_explained *explained);

/* (objective - bound) / (objective - constant) in 1e-9, rounded up. */
int64_t zv_plan_gap_ppb(zv_i128 objective, zv_i128 bound, zv_i128 constant);

/* What a plan.json says, over the problem itself or, with a bill of materials, over the flat problem of its orders. */
struct zv_plan_read {
	struct zv_plan_levels_result result; /* flat, derived, plan.orders, plan.flows; plan.objective and .bound where the file says them */
	bool has_objective, has_bound;
	struct zv_arena arena;
};

/* ZV_E_INVALID: no JSON, a missing or bad value, an offer or need that is not in the problem. Unknown keys are passed over. The caller ends with done. */
ZV_MUST_CHECK enum zv_code zv_plan_json_read(struct zv_plan_read *out, const struct zv_plan_problem *problem, struct zv_stream *in, struct zv_err *err);
void zv_plan_read_done(struct zv_plan_read *read);

#endif
