/*
 * National plans as a person may see them (docs/design/plans.md, docs/design/disclosure.md): rows of store/plan.h joined with what they refer to. Who
 * reads all needs sees everything. Others see of a need what app/sight.h shows; what tells of ceilings is hidden from them, and a volume when
 * too few buyers stand behind it.
 */
#ifndef ZV_APP_PLAN_VIEW_H
#define ZV_APP_PLAN_VIEW_H

#include "app/sight.h"
#include "model/unit.h"
#include "store/plan.h"

/* In place of a figure that is not to be seen. */
#define ZV_PLAN_HIDDEN INT64_MIN

struct zv_plan_seeing {
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_arena *arena; /* of everything that the functions below give */
	bool all;               /* sees all needs in full */
	struct zv_disclosure_rule rule;
};

/* ZV_E_DENIED: plans are for those who may read them and all offers. */
ZV_MUST_CHECK enum zv_code zv_plan_seeing_open(struct zv_plan_seeing *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					       struct zv_err *err);

/*
 * From who does not see all needs: objective, bound, constant, penalties and what stands alone, since they tell of ceilings; launches and prices, since what is
 * shown of single orders and regions, taken off the whole, would tell of the rest.
 */
void zv_plan_mask_head(struct zv_plan_row *row, const struct zv_plan_seeing *seeing);

/* In the words of the page. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_plan_view_row(struct zv_plan_row *out, const struct zv_plan_seeing *seeing, struct zv_str uid, struct zv_err *err);

/* Newest first; *next: `before` of the page that follows, 0: none. */
ZV_MUST_CHECK enum zv_code zv_plan_view_page(struct zv_plan_row **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing, int64_t before,
					     int limit, struct zv_err *err);

/* --- names -------------------------------------------------------------------------------------------------------------------------- */

struct zv_plan_v_offer {
	struct zv_str uid, key, item, item_uid;
	struct zv_str maker_uid, maker, region;
	int64_t org_id;
};

struct zv_plan_v_need {
	enum zv_sight sight;
	struct zv_str uid, key, item; /* key: empty below ZV_SIGHT_FULL */
	struct zv_str org_uid, org;   /* empty below ZV_SIGHT_NAMED */
	struct zv_str region;
	int64_t qty_base;             /* with its tolerance */
};

ZV_MUST_CHECK enum zv_code zv_plan_view_offer(struct zv_plan_v_offer *out, const struct zv_plan_seeing *seeing, int64_t offer_id, struct zv_err *err);

/* Of a need that is not to be seen only `sight` is filled. */
ZV_MUST_CHECK enum zv_code zv_plan_view_need(struct zv_plan_v_need *out, const struct zv_plan_seeing *seeing, int64_t need_id, struct zv_err *err);

/* Empty when there is none or it is not to be seen. */
ZV_MUST_CHECK enum zv_code zv_plan_view_item(struct zv_str *name, struct zv_str *uid, const struct zv_plan_seeing *seeing, int64_t item_id,
					     struct zv_err *err);

/* --- one plan in sums ---------------------------------------------------------------------------------------------------------------- */

struct zv_plan_reason {
	struct zv_str code;
	int64_t needs;
	struct zv_str qty;   /* "40 kg, 3 pieces"; empty: not to be seen */
	int64_t value_kop;
	struct zv_str cheapest; /* the cheapest flip; empty: none, or not to be seen */
};

struct zv_plan_v_region {
	struct zv_str code;
	bool hidden; /* too few buyers: no figures */
	int64_t needs, covered_needs, wanted_kop, covered_kop, bought_kop, made_kop;
};

/* Parts of the wanted quantity in millionths, rounded down. */
struct zv_plan_v_level {
	struct zv_plan_level_row row; /* quantities are hidden from who does not see all needs */
	int64_t covered_ppm, bound_ppm, constant_ppm;
};

/* Launches and prices together; ZV_PLAN_HIDDEN. */
int64_t zv_plan_cost_kop(const struct zv_plan_row *row);

struct zv_plan_view {
	struct zv_plan_row row; /* masked */
	struct zv_plan_v_level *levels;
	size_t n_levels;
	struct zv_plan_reason *reasons;
	size_t n_reasons;
	struct zv_plan_v_region *regions;
	size_t n_regions;
	int64_t makers;
	bool may_run;
	struct zv_str older_uid, older_title; /* empty: it is the first */
};

/* O(orders + reasons); for who does not see all needs also O(flows). */
ZV_MUST_CHECK enum zv_code zv_plan_view(struct zv_plan_view *out, const struct zv_plan_seeing *seeing, struct zv_str uid, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_plan_view_reasons(struct zv_plan_reason **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id,
						struct zv_err *err);

/* --- flows between regions ------------------------------------------------------------------------------------------------------------ */

struct zv_plan_band {
	struct zv_str from, to; /* codes; "other" */
	int64_t kop;
	int64_t qty_base[ZV_DIM_OTHER + 1];
	int64_t orders;
};

struct zv_plan_sankey {
	struct zv_plan_band *links; /* the largest first, behind them what is summed */
	size_t n;
};

enum { ZV_PLAN_LINKS_MAX = 40 };
#define ZV_PLAN_OTHER "other"

/* O(flows). At most ZV_PLAN_LINKS_MAX links, and what is smaller in sums of "other" at one end or both. Links of too few buyers are in other -> other, which is left out when it has too few itself. */
ZV_MUST_CHECK enum zv_code zv_plan_view_sankey(struct zv_plan_sankey *out, const struct zv_plan_seeing *seeing, int64_t plan_id, bool by_district,
					       struct zv_err *err);

/* Regions (ISO codes) in which the rule lets figures of buyers, and of makers, be seen. */
struct zv_plan_shown {
	struct zv_str *buyers, *makers;
	size_t n_buyers, n_makers;
};
ZV_MUST_CHECK enum zv_code zv_plan_shown_regions(struct zv_plan_shown *out, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_err *err);

/* --- orders --------------------------------------------------------------------------------------------------------------------------- */

struct zv_plan_v_order {
	struct zv_plan_order_row row; /* hidden: qty, extra, price, launch, total, needs, regions */
	struct zv_plan_v_offer offer;
	bool hidden;
	bool has_next;
	struct zv_plan_next_tier_row next;
	bool has_hour;
	struct zv_plan_hour_row hour; /* price hidden for who does not see all needs */
};

enum zv_plan_sort { ZV_PLAN_BY_N, ZV_PLAN_BY_QTY, ZV_PLAN_BY_TOTAL, ZV_PLAN_BY_PERIOD };

struct zv_plan_orders_ask {
	struct zv_str q, region; /* empty: all */
	enum zv_plan_sort sort;
	int64_t from;            /* place of the first */
	int limit;
};

/* *next: place of the page that follows, 0: none. ZV_E_DENIED: to sort by a figure that is hidden in some row. O(orders). */
ZV_MUST_CHECK enum zv_code zv_plan_view_orders(struct zv_plan_v_order **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing,
					       int64_t plan_id, const struct zv_plan_orders_ask *ask, struct zv_err *err);

struct zv_plan_v_flow {
	struct zv_plan_flow_row row; /* below ZV_SIGHT_FULL price and ceiling are hidden */
	struct zv_plan_v_need need;
	int dim;
};

struct zv_plan_v_detail {
	struct zv_plan_v_order order;
	struct zv_plan_v_flow *flows; /* of needs that may be seen */
	size_t n;
	int64_t others, others_base;  /* needs of which nothing may be seen; 0 when the volume is hidden */
};

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_plan_view_order(struct zv_plan_v_detail *out, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t order_n,
					      struct zv_err *err);

/* --- what is left over ----------------------------------------------------------------------------------------------------------------- */

struct zv_plan_v_why {
	struct zv_plan_why_row row;
	struct zv_plan_v_need need;
	bool has_offer;
	struct zv_plan_v_offer offer;
	struct zv_str text, figure, also_figure, flip, input; /* empty: none, or not to be seen */
};

struct zv_plan_whys_ask {
	struct zv_str q, code, region; /* empty: all */
	int priority;                  /* 0: all */
	int64_t after;                 /* number of the last need of the page before */
	int limit;
};

/* *next: `after` of the page that follows, 0: none. Needs that are not to be seen take no place. O(what is seen). */
ZV_MUST_CHECK enum zv_code zv_plan_view_whys(struct zv_plan_v_why **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing, int64_t plan_id,
					     const struct zv_plan_whys_ask *ask, struct zv_err *err);

/* --- what is near ---------------------------------------------------------------------------------------------------------------------- */

struct zv_plan_v_joiner {
	struct zv_plan_joiner_row row; /* raise hidden below ZV_SIGHT_FULL */
	struct zv_plan_v_need need;
	struct zv_str text;
};

struct zv_plan_v_unlock {
	struct zv_plan_unlock_row row; /* what tells of ceilings is hidden for who does not see all needs */
	struct zv_plan_v_offer offer;
	bool hidden; /* the volume */
	struct zv_plan_v_joiner *joiners;
	size_t n_joiners;
	struct zv_str text;
};

ZV_MUST_CHECK enum zv_code zv_plan_view_unlocks(struct zv_plan_v_unlock **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing,
						int64_t plan_id, int64_t from, int limit, struct zv_err *err);

struct zv_plan_v_next_tier {
	struct zv_plan_next_tier_row row;
	struct zv_plan_v_offer offer;
	int32_t period;
	int dim;
	struct zv_str text;
};

/* Of orders whose volume may be seen. */
ZV_MUST_CHECK enum zv_code zv_plan_view_next_tiers(struct zv_plan_v_next_tier **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id,
						   int limit, struct zv_err *err);

struct zv_plan_v_hour {
	struct zv_plan_hour_row row; /* price hidden for who does not see all needs */
	struct zv_plan_v_offer offer;
};

/* Whose use may be seen. */
ZV_MUST_CHECK enum zv_code zv_plan_view_hours(struct zv_plan_v_hour **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id, int limit,
					      struct zv_err *err);

struct zv_plan_v_missing {
	struct zv_plan_missing_row row;
	struct zv_str item, item_uid;
	bool hidden; /* too few buyers: no figures */
	struct zv_str text;
};

ZV_MUST_CHECK enum zv_code zv_plan_view_missing(struct zv_plan_v_missing **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id,
						int limit, struct zv_err *err);

#endif
