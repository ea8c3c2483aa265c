/* Lots of the last run: a page of them, one with members and curve, and what did not come about. */
#include "api/operations.h"
#include "api/near.h"
#include "app/view_lots.h"

enum { LIMIT = 50, NEAR_LIMIT = 20 };

static void key_null(struct zv_api_call *call, const char *key)
{
	zv_json_key(&call->json, key);
	zv_json_null(&call->json);
}

/* What tells how much others need: the price as well, since a fixed cost falls with the volume. */
static void add_volume(struct zv_api_call *call, const struct zv_view_lot *view)
{
	static const char *const keys[] = {"qty", "firm", "extra", "price", "amount", "buyers", "regions"};
	const struct zv_lots_lot *lot = &view->lot;

	zv_json_key_bool(&call->json, "volume_hidden", view->volume_hidden);
	for (size_t i = 0; view->volume_hidden && i < ZV_LEN(keys); i++)
		key_null(call, keys[i]);
	if (view->volume_hidden)
		return;
	zv_api_key_qty(call, "qty", lot->qty_base, lot->dim);
	zv_api_key_qty(call, "firm", lot->firm_base, lot->dim);
	zv_api_key_qty(call, "extra", lot->qty_base - lot->firm_base, lot->dim);
	zv_api_key_price(call, "price", lot->price, lot->dim);
	zv_api_key_amount(call, "amount", lot->total_kop);
	zv_json_key_int(&call->json, "buyers", lot->n_orgs);
	zv_json_key_int(&call->json, "regions", lot->n_regions);
}

static void add_brief(struct zv_api_call *call, const struct zv_view_lot *view)
{
	const struct zv_lots_lot *lot = &view->lot;

	zv_json_key_str(&call->json, "uid", lot->uid);
	zv_api_key_named(call, "item", "item", lot->item_uid, lot->item);
	zv_api_key_named(call, "maker", "org", lot->maker_uid, lot->maker);
	zv_api_key_region(call, lot->maker_region);
	add_volume(call, view);
	zv_api_key_date(call, "ready_on", lot->ready_on);
	zv_json_key_bool(&call->json, "proved", lot->proved);
}

static enum zv_code add_lots(struct zv_api_call *call, const struct zv_view_run *run, size_t from, size_t limit, struct zv_err *err)
{
	struct zv_view_lot *lots;
	size_t n;
	enum zv_code code = zv_view_lots(&lots, &n, call->db, call->who, run, from, limit, call->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		zv_json_object(&call->json);
		add_brief(call, &lots[i]);
		zv_json_end_object(&call->json);
	}
	return code;
}

enum zv_code zv_api_lots(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", NULL};
	struct zv_view_run run = {0};
	int64_t from = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&from, call, err);
	if (code == ZV_OK)
		code = zv_view_run(&run, call->db, call->who, call->arena, err);
	bool has_run = code == ZV_OK;
	if (code != ZV_OK && (code != ZV_E_NOTFOUND || run.id != 0))
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "run");
	if (has_run)
		zv_json_str(&call->json, run.uid);
	else
		zv_json_null(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	code = has_run ? add_lots(call, &run, (size_t)from, (size_t)limit, err) : ZV_OK;
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "next");
	if (from + limit < run.lots) {
		struct zv_str cursor = zv_api_cursor_text(from + limit, call->arena);

		zv_json_str(&call->json, cursor);
		zv_api_link_next(call, cursor);
	} else {
		zv_json_null(&call->json);
	}
	zv_json_key_int(&call->json, "total", run.lots);
	zv_json_end_object(&call->json);
	return code;
}

static void add_members(struct zv_api_call *call, const struct zv_lots_lot *lot)
{
	zv_json_key(&call->json, "members");
	zv_json_array(&call->json);
	for (size_t i = 0; i < lot->n_members; i++) {
		const struct zv_lots_member *m = &lot->members[i];

		zv_json_object(&call->json);
		zv_api_key_named(call, "need", "need", m->need_uid, m->need);
		if (m->org_uid.n > 0)
			zv_api_key_named(call, "org", "org", m->org_uid, m->org);
		else
			key_null(call, "org");
		zv_api_key_region(call, m->region);
		zv_api_key_date(call, "due", m->due);
		zv_api_key_qty(call, "firm", m->firm_base, lot->dim);
		zv_api_key_qty(call, "extra", m->extra_base, lot->dim);
		zv_api_key_qty(call, "total", m->firm_base + m->extra_base, lot->dim);
		if (m->masked) {
			key_null(call, "amount");
			key_null(call, "freight");
		} else {
			zv_api_key_amount(call, "amount", m->cost_kop);
			zv_api_key_amount(call, "freight", m->freight_kop);
		}
		zv_api_key_price(call, "ceiling", m->ceiling, lot->dim);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_curve(struct zv_api_call *call, const struct zv_lots_lot *lot)
{
	zv_json_key(&call->json, "curve");
	zv_json_array(&call->json);
	for (size_t i = 0; i < lot->n_curve; i++) {
		zv_json_object(&call->json);
		zv_api_key_qty(call, "qty", lot->curve[i].qty_base, lot->dim);
		zv_api_key_price(call, "price", lot->curve[i].price, lot->dim);
		if (lot->curve[i].willing < 0) {
			key_null(call, "willing");
			key_null(call, "willing_qty");
		} else {
			zv_json_key_int(&call->json, "willing", lot->curve[i].willing);
			zv_api_key_qty(call, "willing_qty", lot->curve[i].willing_base, lot->dim);
		}
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

/* What all members together ask for. */
static void add_wishes(struct zv_api_call *call, const struct zv_lots_lot *lot)
{
	char day[ZV_DATE_TEXT];

	zv_json_key(&call->json, "dues");
	zv_json_array(&call->json);
	for (size_t i = 0; i < lot->n_dues; i++) {
		zv_date_format(day, lot->dues[i]);
		zv_json_c(&call->json, day);
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "required");
	zv_json_array(&call->json);
	for (size_t i = 0; i < lot->n_required; i++)
		zv_json_str(&call->json, lot->required[i]);
	zv_json_end_array(&call->json);
}

enum zv_code zv_api_lot(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_view_lot view;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_view_lot(&view, call->db, call->who, call->args[0], call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_brief(call, &view);
	zv_json_key_str(&call->json, "cas", view.lot.item_cas);
	zv_api_key_named(call, "offer", "offer", view.lot.offer_uid, view.lot.offer);
	if (view.masked)
		key_null(call, "freight");
	else
		zv_api_key_amount(call, "freight", view.lot.freight_kop);
	zv_json_key_bool(&call->json, "changed", view.changed);
	zv_json_key(&call->json, "near");
	zv_json_array(&call->json);
	if (view.near.has_below || view.near.has_above)
		zv_api_unfilled(call, &view.near);
	zv_json_end_array(&call->json);
	add_wishes(call, &view.lot);
	add_members(call, &view.lot);
	add_curve(call, &view.lot);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_near_lots(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", NULL};
	struct zv_lots_unfilled *unfilled;
	size_t n;
	int limit = NEAR_LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, NEAR_LIMIT, err);
	if (code == ZV_OK)
		code = zv_view_near(&unfilled, &n, call->db, call->who, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n && i < (size_t)limit; i++)
		zv_api_unfilled(call, &unfilled[i]);
	zv_json_end_array(&call->json);
	zv_json_key_int(&call->json, "total", (int64_t)n);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
