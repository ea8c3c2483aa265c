/* Inside api/: what the files of national plans share. */
#ifndef ZV_API_PLANS_H
#define ZV_API_PLANS_H

#include "api/call.h"
#include "app/plan_view.h"

/* Who looks, and the plan that the path names (call->args[0]). */
ZV_MUST_CHECK enum zv_code zv_api_plan_open(struct zv_plan_seeing *seeing, struct zv_plan_row *plan, struct zv_api_call *call, struct zv_err *err);

/* Figures that are hidden (ZV_PLAN_HIDDEN) become null. */
void zv_api_key_kop(struct zv_api_call *call, const char *key, int64_t kop);                        /* Money */
void zv_api_key_base(struct zv_api_call *call, const char *key, int64_t base, int dim);             /* Quantity */
void zv_api_key_urub(struct zv_api_call *call, const char *key, int64_t urub, int dim);             /* PlanText */
void zv_api_key_urub_text(struct zv_api_call *call, const char *key, int64_t urub, int dim);        /* "5,000.00 ₽/kg" */
void zv_api_key_number(struct zv_api_call *call, const char *key, int64_t value);
void zv_api_key_null(struct zv_api_call *call, const char *key);

void zv_api_plan_head(struct zv_api_call *call, const struct zv_plan_row *row); /* inside an object */
void zv_api_plan_offer(struct zv_api_call *call, const struct zv_plan_v_offer *offer);  /* "offer" and "maker"; NULL: both null */
void zv_api_plan_period(struct zv_api_call *call, int32_t quarter); /* "period"; 0: null */
void zv_api_plan_need(struct zv_api_call *call, const struct zv_plan_v_need *need); /* "need", "hidden", "enterprise", "region" */

/* The name of a region, a federal district or "other". */
struct zv_str zv_api_plan_area(struct zv_str code);

/* {"items": [...], and the cursor of the page that follows, 0: none. Ends the object. */
void zv_api_plan_next(struct zv_api_call *call, int64_t next);

#endif
