/* Orders of a plan, whom each serves, what moves them to the next price, and hours. */
#include "api/operations.h"
#include "api/plans.h"
#include "app/plan_text.h"

enum { LIMIT = 50, PPM = 1000000 };

static const char *const LIMIT_ONLY[] = {"limit", NULL};

/* --- one order --------------------------------------------------------------------------------------------------------------------- */

static void add_next_tier(struct zv_api_call *call, const struct zv_plan_v_order *order)
{
	if (!order->has_next) {
		zv_api_key_null(call, "next_tier");
		return;
	}
	zv_json_key(&call->json, "next_tier");
	zv_json_object(&call->json);
	zv_api_key_base(call, "lack", order->next.lack_base, order->row.dim);
	zv_api_key_urub_text(call, "saves_text", order->next.saves_urub, order->row.dim);
	zv_json_end_object(&call->json);
}

static void add_hours(struct zv_api_call *call, const struct zv_plan_v_order *order)
{
	enum zv_dim dim = (enum zv_dim)order->hour.dim;

	if (!order->has_hour) {
		zv_api_key_null(call, "hours");
		return;
	}
	zv_json_key(&call->json, "hours");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "used_text", zv_plan_qty_text(order->hour.used_base, dim, call->arena));
	zv_json_key_str(&call->json, "of_text", zv_plan_qty_text(order->hour.of_base, dim, call->arena));
	zv_api_key_urub_text(call, "price_text", order->hour.price_urub, order->hour.dim);
	zv_json_end_object(&call->json);
}

static void add_order(struct zv_api_call *call, const struct zv_plan_v_order *order)
{
	const struct zv_plan_order_row *row = &order->row;

	zv_json_key_int(&call->json, "n", row->n);
	zv_api_plan_offer(call, &order->offer);
	zv_api_plan_period(call, row->period);
	zv_api_key_number(call, "tier", order->hidden ? ZV_PLAN_HIDDEN : row->tier);
	zv_json_key_int(&call->json, "tier_of", row->n_tiers);
	zv_json_key_bool(&call->json, "volume_hidden", order->hidden);
	zv_api_key_base(call, "qty", row->qty_base, row->dim);
	zv_api_key_urub(call, "unit_price", row->price_urub, row->dim);
	zv_api_key_kop(call, "launch", row->launch_kop);
	zv_api_key_kop(call, "total", row->total_kop);
	zv_api_key_number(call, "needs", row->needs);
	zv_api_key_number(call, "regions", row->regions);
	add_next_tier(call, order);
	add_hours(call, order);
}

/* --- the list ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code read_sort(enum zv_plan_sort *out, const struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {[ZV_PLAN_BY_N] = "n", [ZV_PLAN_BY_QTY] = "-qty", [ZV_PLAN_BY_TOTAL] = "-total", [ZV_PLAN_BY_PERIOD] = "period"};
	struct zv_str text;

	*out = ZV_PLAN_BY_N;
	if (!zv_target_param(&text, &call->request->target, "sort") || text.n == 0)
		return ZV_OK;
	for (size_t i = 0; i < ZV_LEN(names); i++)
		if (zv_str_eq_c(text, names[i])) {
			*out = (enum zv_plan_sort)i;
			return ZV_OK;
		}
	return zv_fail(err, ZV_E_INVALID, "sort", N_("“%.*s” cannot be sorted by: n, -qty, -total and period can."), ZV_STR_FMT(zv_str_first(text, 40)));
}

enum zv_code zv_api_plan_orders(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", "q", "region", "sort", NULL};
	struct zv_plan_orders_ask ask = {.limit = LIMIT, .q = ZV_STR(""), .region = ZV_STR("")};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_v_order *orders;
	int64_t next = 0;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&ask.limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&ask.from, call, err);
	if (code == ZV_OK)
		code = read_sort(&ask.sort, call, err);
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code != ZV_OK)
		return code;
	(void)zv_target_param(&ask.q, &call->request->target, "q");
	(void)zv_target_param(&ask.region, &call->request->target, "region");
	code = zv_plan_view_orders(&orders, &n, &next, &seeing, plan.id, &ask, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		add_order(call, &orders[i]);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_api_plan_next(call, next);
	call->rows += (int64_t)n;
	return ZV_OK;
}

/* --- whom it serves ------------------------------------------------------------------------------------------------------------------- */

static void add_flow(struct zv_api_call *call, const struct zv_plan_v_flow *flow)
{
	zv_json_object(&call->json);
	zv_api_plan_need(call, &flow->need);
	zv_api_key_base(call, "qty", flow->row.qty_base, flow->dim);
	zv_api_key_urub(call, "price", flow->row.price_urub, flow->dim);
	zv_api_key_urub(call, "ceiling", flow->row.ceiling_urub, flow->dim);
	if (flow->need.sight == ZV_SIGHT_FULL)
		zv_json_key_int(&call->json, "priority", flow->row.priority);
	else
		zv_api_key_null(call, "priority");
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_plan_order(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_v_detail detail;
	int64_t order_n = 0;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK && !zv_str_int(&order_n, call->args[1]))
		order_n = 0;
	if (code == ZV_OK)
		code = zv_plan_view_order(&detail, &seeing, plan.id, order_n, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_order(call, &detail.order);
	zv_json_key(&call->json, "flows");
	zv_json_array(&call->json);
	for (size_t i = 0; i < detail.n; i++)
		add_flow(call, &detail.flows[i]);
	zv_json_end_array(&call->json);
	if (detail.others > 0) {
		zv_json_key(&call->json, "others");
		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "needs", detail.others);
		zv_api_key_base(call, "qty", detail.others_base, detail.order.row.dim);
		zv_json_end_object(&call->json);
	} else {
		zv_api_key_null(call, "others");
	}
	zv_json_end_object(&call->json);
	call->rows += (int64_t)detail.n;
	return ZV_OK;
}

/* --- the next tier and hours ------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_api_plan_next_tiers(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_v_next_tier *rows;
	size_t n = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, LIMIT_ONLY, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK)
		code = zv_plan_view_next_tiers(&rows, &n, &seeing, plan.id, limit, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "order", rows[i].row.order_n);
		zv_api_plan_offer(call, &rows[i].offer);
		zv_api_plan_period(call, rows[i].period);
		zv_api_key_base(call, "lack", rows[i].row.lack_base, rows[i].dim);
		zv_api_key_urub_text(call, "saves_text", rows[i].row.saves_urub, rows[i].dim);
		zv_json_key_str(&call->json, "text", rows[i].text);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static void add_hour(struct zv_api_call *call, const struct zv_plan_v_hour *hour)
{
	const struct zv_plan_hour_row *row = &hour->row;
	enum zv_dim dim = (enum zv_dim)row->dim;

	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "resource", hour->offer.item);
	zv_api_plan_offer(call, &hour->offer);
	zv_api_plan_period(call, row->period);
	zv_api_key_urub_text(call, "price_text", row->price_urub, row->dim);
	zv_json_key_int(&call->json, "used_ppm", row->of_base > 0 ? (int64_t)((zv_i128)row->used_base * PPM / row->of_base) : 0);
	zv_json_key_str(&call->json, "used_text", zv_plan_qty_text(row->used_base, dim, call->arena));
	zv_json_key_str(&call->json, "of_text", zv_plan_qty_text(row->of_base, dim, call->arena));
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_plan_hours(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_v_hour *rows;
	size_t n = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, LIMIT_ONLY, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK)
		code = zv_plan_view_hours(&rows, &n, &seeing, plan.id, limit, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_hour(call, &rows[i]);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
