/*
 * National plans as they are kept (sql/0009_plans.sql, docs/design/plans.md): the tables as rows. A plan is stored whole, in one transaction. All that
 * write: inside a transaction of the caller. An urub is a micro-rouble; prices are for a unit (kg, L, m, m2, MJ, piece).
 */
#ifndef ZV_STORE_PLAN_H
#define ZV_STORE_PLAN_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

struct zv_plan_row {
	int64_t id;
	struct zv_str uid; /* "plan_..." */
	struct zv_str title, made_by;
	int64_t made_ms;
	zv_date as_of;
	bool strict, nightly;
	struct zv_str from_uid; /* the plan whose prices it began with; empty: from cold */
	int32_t first_period, n_periods; /* quarters */
	int64_t objective_kop, bound_kop, constant_kop, launches_kop, prices_kop, penalties_kop;
	int64_t iterations;
	bool proved, stopped;
	int64_t n_needs, n_covered, n_orders, n_outside, cpu_ms;
	int64_t n_alone, alone_kop; /* needs that could be served in full without pooling, at their ceilings */
	struct zv_str program, problem, digest, options;
};

struct zv_plan_level_row {
	int priority; /* 1..4 */
	int64_t needs, covered_needs;
	int dim; /* 0: several */
	int64_t qty_milli, covered_milli, bound_milli, constant_milli;
	bool breaks;
};

struct zv_plan_region_row {
	struct zv_str region;
	int64_t needs, covered_needs, wanted_kop, covered_kop, bought_kop, made_kop;
};

struct zv_plan_order_row {
	int64_t n; /* from 1 */
	int64_t offer_id, item_id;
	struct zv_str region; /* that it leaves from */
	int32_t period;
	int tier, n_tiers; /* tier from 1 */
	int dim;
	int64_t qty_base, extra_base; /* extra: of it within tolerances */
	int64_t price_urub, launch_kop, total_kop;
	int64_t needs, regions;
};

struct zv_plan_flow_row {
	int64_t order_n, need_id;
	int64_t qty_base, extra_base;
	int64_t price_urub, ceiling_urub; /* delivered */
	int priority;
	struct zv_str region; /* of the need; read only */
};

struct zv_plan_why_row {
	int64_t need_id;
	struct zv_str code;
	int priority, dim;
	int64_t qty_base, value_kop, ceiling_urub;
	int kind;       /* enum zv_plan_figure */
	int64_t figure; /* base units, urub a unit, kopecks, periods, thousandths of a unit of capacity */
	struct zv_str also; /* a code: what lacks besides; empty: nothing */
	int also_kind;
	int64_t also_figure;
	int64_t offer_id; /* 0: none */
	int32_t period;   /* 0: none */
	int tier;         /* from 1; 0: none */
	int64_t input_id; /* 0: none */
	int displaced;    /* a priority; 0: nothing */
	bool verified;
	struct zv_str detail;
	struct zv_str region; /* of the need; read only */
};

struct zv_plan_outside_row {
	int64_t need_id;
	struct zv_str code;
};

struct zv_plan_unlock_row {
	int64_t n, offer_id;
	int32_t period;
	int tier, dim;
	int64_t pool_base, lack_base, lack_kop;
	struct zv_str region;
	int64_t extra_base, extra_urub;
	int64_t moq_base, launch_kop, price_urub; /* -1: none would do */
	bool verified;
};

struct zv_plan_joiner_row {
	int64_t unlock_n, place, need_id, qty_base, raise_urub;
};

struct zv_plan_next_tier_row {
	int64_t order_n;
	int tier; /* from 1 */
	int64_t lack_base, saves_urub;
};

struct zv_plan_hour_row {
	int64_t n, offer_id;
	int32_t period;
	int dim;
	int64_t price_urub, used_base, of_base;
};

struct zv_plan_missing_row {
	int64_t n, item_id, need_id;
	int dim;
	int64_t needs, regions, orgs, qty_base, value_kop, moq_base, price_urub, half_urub;
};

/* Of a need, or of an offer's capacity in a period (period 0 for a need). */
struct zv_plan_price_row {
	int64_t id;
	int32_t period;
	int64_t price_urub;
};

/* --- writing ------------------------------------------------------------------------------------------------------------------------ */

/* Fills id, uid, made_ms. */
ZV_MUST_CHECK enum zv_code zv_plan_insert(struct zv_db *db, struct zv_plan_row *row, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_level(struct zv_db *db, int64_t plan_id, const struct zv_plan_level_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_region(struct zv_db *db, int64_t plan_id, const struct zv_plan_region_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_order(struct zv_db *db, int64_t plan_id, const struct zv_plan_order_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_flow(struct zv_db *db, int64_t plan_id, const struct zv_plan_flow_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_why(struct zv_db *db, int64_t plan_id, const struct zv_plan_why_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_outside(struct zv_db *db, int64_t plan_id, const struct zv_plan_outside_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_unlock(struct zv_db *db, int64_t plan_id, const struct zv_plan_unlock_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_joiner(struct zv_db *db, int64_t plan_id, const struct zv_plan_joiner_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_next_tier(struct zv_db *db, int64_t plan_id, const struct zv_plan_next_tier_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_hour(struct zv_db *db, int64_t plan_id, const struct zv_plan_hour_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_insert_missing(struct zv_db *db, int64_t plan_id, const struct zv_plan_missing_row *row, struct zv_err *err);

/* Prices are kept for the newest plan alone: the ones of all others go. */
ZV_MUST_CHECK enum zv_code zv_plan_put_prices(struct zv_db *db, int64_t plan_id, const struct zv_plan_price_row *needs, size_t n_needs,
					      const struct zv_plan_price_row *capacity, size_t n_capacity, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_plan_rename(struct zv_db *db, int64_t plan_id, struct zv_str title, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_drop(struct zv_db *db, int64_t plan_id, struct zv_err *err);

/* Nightly plans older than the `keep` newest ones go. */
ZV_MUST_CHECK enum zv_code zv_plan_drop_nightly(struct zv_db *db, int64_t keep, struct zv_err *err);

/* Plans that stand on a row that the batch made, which is about to go, go with it. */
ZV_MUST_CHECK enum zv_code zv_plan_forget_batch(struct zv_db *db, int64_t batch_id, struct zv_err *err);

/* --- reading: arrays in `arena`, in the order of the keys ------------------------------------------------------------------------------ */

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_plan_by_uid(struct zv_plan_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);
/* The newest one, or the newest with an id below `before` (0: any). *found false: there is none. */
ZV_MUST_CHECK enum zv_code zv_plan_latest(bool *found, struct zv_plan_row *out, struct zv_db *db, int64_t before, struct zv_arena *arena,
					  struct zv_err *err);
/* Newest first, ids below `before` (0: from the newest). */
ZV_MUST_CHECK enum zv_code zv_plan_page(struct zv_plan_row **out, size_t *n, struct zv_db *db, int64_t before, int64_t limit, struct zv_arena *arena,
					struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_plan_levels(struct zv_plan_level_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					  struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_regions(struct zv_plan_region_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					   struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_orders(struct zv_plan_order_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					  struct zv_err *err);
/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_plan_order_get(struct zv_plan_order_row *out, struct zv_db *db, int64_t plan_id, int64_t n, struct zv_arena *arena,
					     struct zv_err *err);

/* All flows, or those of one order (order_n 0: all), behind (after_order, after_need), at most `limit` (0: all). */
struct zv_plan_flow_query {
	int64_t plan_id, order_n;
	int64_t after_order, after_need;
	int64_t limit;
};
ZV_MUST_CHECK enum zv_code zv_plan_flows(struct zv_plan_flow_row **out, size_t *n, struct zv_db *db, const struct zv_plan_flow_query *query,
					 struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_flows_of_need(struct zv_plan_flow_row **out, size_t *n, struct zv_db *db, int64_t plan_id, int64_t need_id,
						 struct zv_arena *arena, struct zv_err *err);
/* Each flow of a plan by order and need, without holding them all; the callback returns false to end. The row's text lives until the next call. */
ZV_MUST_CHECK enum zv_code zv_plan_flows_each(struct zv_db *db, int64_t plan_id, bool (*each)(void *context, const struct zv_plan_flow_row *row),
					      void *context, struct zv_err *err);

/* By need. Filters: empty or 0 for any. */
struct zv_plan_why_query {
	int64_t plan_id;
	struct zv_str code, region;
	int priority;
	int64_t after_need;
	int64_t limit; /* 0: all */
};
ZV_MUST_CHECK enum zv_code zv_plan_whys(struct zv_plan_why_row **out, size_t *n, struct zv_db *db, const struct zv_plan_why_query *query,
					struct zv_arena *arena, struct zv_err *err);
/* *found false: the need is covered in full, or not in the plan. */
ZV_MUST_CHECK enum zv_code zv_plan_why_of_need(bool *found, struct zv_plan_why_row *out, struct zv_db *db, int64_t plan_id, int64_t need_id,
					       struct zv_arena *arena, struct zv_err *err);

/* Sums by code and dim, by code: needs, quantity in base units (INT64_MAX when it does not fit), value; cheapest: of codes with a price figure, else 0. */
struct zv_plan_why_sum {
	struct zv_str code;
	int dim;
	int64_t needs, qty_base, value_kop;
	int64_t cheapest; /* the smallest figure among the verified ones of the code's kind that need nothing besides; -1: none */
	int kind;
};
ZV_MUST_CHECK enum zv_code zv_plan_why_sums(struct zv_plan_why_sum **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					    struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_plan_outside(struct zv_plan_outside_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					   struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_unlocks(struct zv_plan_unlock_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					   struct zv_err *err);
/* Of all unlocks, by unlock and place; unlock_n 0: of all. */
ZV_MUST_CHECK enum zv_code zv_plan_joiners(struct zv_plan_joiner_row **out, size_t *n, struct zv_db *db, int64_t plan_id, int64_t unlock_n,
					   struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_next_tiers(struct zv_plan_next_tier_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					      struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_hours(struct zv_plan_hour_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					 struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_missing(struct zv_plan_missing_row **out, size_t *n, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
					   struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_prices(struct zv_plan_price_row **needs, size_t *n_needs, struct zv_plan_price_row **capacity, size_t *n_capacity,
					  struct zv_db *db, int64_t plan_id, struct zv_arena *arena, struct zv_err *err);

#endif
