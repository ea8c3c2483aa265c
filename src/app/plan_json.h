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

/* What one unit of an order costs before freight, micro-roubles: of an incremental ladder the average, rounded down. */
int64_t zv_plan_order_price(const struct zv_plan_problem *problem, const struct zv_plan_order *order);

/* (objective - bound) / (objective - constant) in 1e-9, rounded up. */
int64_t zv_plan_gap_ppb(zv_i128 objective, zv_i128 bound, zv_i128 constant);

/* Sums that a file may state. */
enum zv_plan_said {
	ZV_PLAN_SAID_OBJECTIVE,
	ZV_PLAN_SAID_BOUND,
	ZV_PLAN_SAID_CONSTANT,
	ZV_PLAN_SAID_LAUNCHES,
	ZV_PLAN_SAID_PRICES,
	ZV_PLAN_SAID_PENALTIES,
	ZV_PLAN_SAID_GAP,
	ZV_PLAN_SAID_COUNT
};

#define ZV_PLAN_UNSAID INT64_MIN

/* A row of `uncovered`. */
struct zv_plan_left {
	uint32_t need;
	int64_t qty;
};

/* What a plan.json says, over the problem itself or, with a bill of materials, over the flat problem of its orders. */
struct zv_plan_read {
	struct zv_plan_levels_result result; /* flat, derived, plan.orders, plan.flows */
	zv_i128 said[ZV_PLAN_SAID_COUNT]; /* money; gap: 1e-12 */
	bool has[ZV_PLAN_SAID_COUNT];
	int64_t *unit_prices;             /* by order; ZV_PLAN_UNSAID */
	struct zv_plan_left *left;        /* by need: the rows of `uncovered` that are needs of the problem */
	size_t n_left;
	bool has_left;
	struct zv_arena arena;
};

/* ZV_E_INVALID: no JSON, a missing or bad value, an offer or need that is not in the problem. Unknown keys are passed over. The caller ends with done. */
ZV_MUST_CHECK enum zv_code zv_plan_json_read(struct zv_plan_read *out, const struct zv_plan_problem *problem, struct zv_stream *in, struct zv_err *err);
void zv_plan_read_done(struct zv_plan_read *read);

#endif
