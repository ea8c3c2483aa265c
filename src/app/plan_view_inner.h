/* Inside app/: what the files of plan_view.h share. */
#ifndef ZV_APP_PLAN_VIEW_INNER_H
#define ZV_APP_PLAN_VIEW_INNER_H

#include "app/plan_view.h"

/* Whether the rule lets a sum over these rows be seen: columns are organisation and its part. Steps the statement to its end and resets it. */
ZV_MUST_CHECK enum zv_code plan_rule_allows(bool *out, const struct zv_plan_seeing *seeing, struct zv_stmt *stmt, struct zv_err *err);

/* The volume of an order: every need of it may be seen anyway, or the rule allows. */
ZV_MUST_CHECK enum zv_code plan_order_shown(bool *out, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t order_n, struct zv_err *err);

/* What open needs of the item ask for together. */
ZV_MUST_CHECK enum zv_code plan_item_shown(bool *out, const struct zv_plan_seeing *seeing, int64_t item_id, struct zv_err *err);

/* The folded text has the folded words. */
bool plan_text_has(struct zv_str text, struct zv_str folded);
struct zv_str plan_folded(struct zv_str text, struct zv_arena *arena);

/* Kopecks for a quantity at micro-roubles a unit, to the nearest; clamped to int64. */
int64_t plan_kop(int64_t qty_base, int64_t urub, int dim);

#endif
