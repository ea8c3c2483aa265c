/* A need: every maker with every pass and every fail, and which lot it is in or why in none. */
#include "api/operations.h"
#include "api/near.h"
#include "app/match_run.h"
#include "app/view_lots.h"

static const char *const NO_PARAMETERS[] = {NULL};

static void add_lines(struct zv_api_call *call, const struct zv_match_maker *maker)
{
	zv_json_key(&call->json, "lines");
	zv_json_array(&call->json);
	for (size_t i = 0; i < maker->n_lines; i++) {
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "condition", maker->lines[i].condition);
		zv_json_key_c(&call->json, "state", maker->lines[i].state);
		zv_json_key_c(&call->json, "verdict", zv_verdict_name(maker->lines[i].verdict));
		zv_json_key_str(&call->json, "text", maker->lines[i].text);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "gaps");
	zv_json_array(&call->json);
	for (size_t i = 0; i < maker->n_gaps; i++)
		zv_json_str(&call->json, maker->gaps[i]);
	zv_json_end_array(&call->json);
}

static void key_qty_or_null(struct zv_api_call *call, const char *key, bool known, int64_t base, enum zv_dim dim)
{
	if (known) {
		zv_api_key_qty(call, key, base, dim);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_null(&call->json);
}

static void add_maker(struct zv_api_call *call, const struct zv_match_maker *maker, enum zv_dim dim)
{
	struct zv_price unknown = {0, 0};

	zv_json_object(&call->json);
	zv_api_key_named(call, "org", "org", maker->org_uid, maker->org);
	zv_api_key_region(call, maker->region);
	zv_api_key_named(call, "offer", maker->proven ? "supply" : "offer", maker->offer_uid, maker->offer);
	zv_json_key_str(&call->json, "item", maker->item);
	zv_json_key_c(&call->json, "verdict", zv_verdict_name(maker->verdict));
	zv_json_key_int(&call->json, "distance", maker->distance);
	zv_api_key_price(call, "landed", maker->landed_known ? maker->landed : unknown, dim);
	key_qty_or_null(call, "feasible", maker->feasible_base >= 0 && maker->feasible_base < INT64_MAX, maker->feasible_base, dim);
	key_qty_or_null(call, "lot", maker->lot_base > 0, maker->lot_base, dim);
	zv_api_key_date(call, "ready_on", maker->ready_on);
	zv_json_key_bool(&call->json, "stale", maker->stale);
	zv_json_key_bool(&call->json, "proven", maker->proven);
	add_lines(call, maker);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_matches(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_match_result result;
	enum zv_code code = zv_api_only(call, NO_PARAMETERS, err);

	if (code == ZV_OK)
		code = zv_match_run(&result, call->db, call->who, call->args[0], ZV_DATE_NONE, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_api_key_named(call, "need", "need", result.need_uid, result.need);
	zv_json_key_str(&call->json, "org", result.org);
	zv_json_key_str(&call->json, "item", result.item);
	zv_api_key_qty(call, "firm", result.firm_base, result.dim);
	zv_api_key_qty(call, "extra", result.extra_base, result.dim);
	zv_api_key_date(call, "due", result.due);
	zv_api_key_date(call, "as_of", result.as_of);
	zv_json_key_int(&call->json, "pass", result.n_pass);
	zv_json_key_int(&call->json, "ask", result.n_ask);
	zv_json_key_int(&call->json, "fail", result.n_fail);
	zv_json_key(&call->json, "makers");
	zv_json_array(&call->json);
	for (size_t i = 0; i < result.n_makers; i++)
		add_maker(call, &result.makers[i], result.dim);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

static void add_lot(struct zv_api_call *call, const struct zv_view_why *why)
{
	const struct zv_lots_lot *lot = &why->lot.lot;

	zv_json_key(&call->json, "lot");
	if (!why->in_lot) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", lot->uid);
	zv_json_key_str(&call->json, "item", lot->item);
	key_qty_or_null(call, "qty", !why->lot.volume_hidden, lot->qty_base, lot->dim);
	zv_api_key_qty(call, "firm", why->firm_base, lot->dim);
	zv_api_key_qty(call, "extra", why->extra_base, lot->dim);
	zv_api_key_price(call, "price", lot->price, lot->dim);
	zv_api_key_amount(call, "amount", why->cost_kop);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_why(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_view_why why;
	enum zv_code code = zv_api_only(call, NO_PARAMETERS, err);

	if (code == ZV_OK)
		code = zv_view_why(&why, call->db, call->who, call->args[0], call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key_bool(&call->json, "computed", why.has_run);
	add_lot(call, &why);
	zv_json_key(&call->json, "miss");
	if (why.has_miss) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", why.code);
		zv_json_key_str(&call->json, "text", why.text);
		zv_json_end_object(&call->json);
	} else {
		zv_json_null(&call->json);
	}
	zv_json_key(&call->json, "near");
	zv_json_array(&call->json);
	for (size_t i = 0; i < why.n_near; i++)
		zv_api_unfilled(call, &why.near[i]);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
