/* A plan as rows, and their storing in one transaction. */
#ifndef ZV_APP_PLAN_KEEP_H
#define ZV_APP_PLAN_KEEP_H

#include "app/plan_problem.h"
#include "base/vec.h"
#include "engine/plan/check.h"
#include "engine/plan/explain.h"
#include "store/plan.h"

struct zv_plan_kept {
	struct zv_plan_row head;
	ZV_VEC(struct zv_plan_level_row) levels;
	ZV_VEC(struct zv_plan_region_row) regions;
	ZV_VEC(struct zv_plan_order_row) orders;
	ZV_VEC(struct zv_plan_flow_row) flows;
	ZV_VEC(struct zv_plan_why_row) whys;
	ZV_VEC(struct zv_plan_outside_row) outside;
	ZV_VEC(struct zv_plan_unlock_row) unlocks;
	ZV_VEC(struct zv_plan_joiner_row) joiners;
	ZV_VEC(struct zv_plan_next_tier_row) next_tiers;
	ZV_VEC(struct zv_plan_hour_row) hours;
	ZV_VEC(struct zv_plan_missing_row) missing;
	ZV_VEC(struct zv_plan_price_row) need_prices, capacity_prices;
};

void zv_plan_kept_done(struct zv_plan_kept *kept);

/* An answer of the engine and everything that is to be told of it. */
struct zv_plan_answer {
	const struct zv_plan_source *source;
	const struct zv_plan_result *result;     /* settled (app/plan_settle.h) */
	const struct zv_plan_checked *checked;   /* its sums are the ones that are kept */
	const struct zv_plan_explained *explained;
};

/* Fills everything but title, actor, from, options and times of the head. Texts in `arena`. ZV_E_LIMIT: sums that do not fit. */
ZV_MUST_CHECK enum zv_code zv_plan_kept_fill(struct zv_plan_kept *kept, const struct zv_plan_answer *answer, struct zv_arena *arena, struct zv_err *err);

/* Of the explanations; called by zv_plan_kept_fill after orders and flows. */
void zv_plan_kept_explain(struct zv_plan_kept *kept, const struct zv_plan_answer *answer, struct zv_arena *arena);

/* The number of an order of the result, from 1; 0: it is not launched. */
int64_t zv_plan_order_number(const struct zv_plan_result *result, uint32_t offer, int32_t period);

/* One transaction. Prices of the plan before go, nightly plans beyond the thirty newest, too. Fills uid and made_ms of the head (in the arena). */
ZV_MUST_CHECK enum zv_code zv_plan_keep(struct zv_plan_kept *kept, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

#endif
