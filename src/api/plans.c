/* National plans: the list, one in sums, and what all operations of plans share. */
#include "api/plans.h"

#include "api/operations.h"
#include "app/plan_text.h"
#include "base/tr.h"
#include "model/region.h"

enum { LIMIT = 20, PPM = 1000000 };

/* --- shared ---------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_api_plan_open(struct zv_plan_seeing *seeing, struct zv_plan_row *plan, struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_plan_seeing_open(seeing, call->db, call->who, call->arena, err);

	return code == ZV_OK ? zv_plan_view_row(plan, seeing, call->args[0], err) : code;
}

void zv_api_key_null(struct zv_api_call *call, const char *key)
{
	zv_json_key(&call->json, key);
	zv_json_null(&call->json);
}

void zv_api_key_number(struct zv_api_call *call, const char *key, int64_t value)
{
	if (value == ZV_PLAN_HIDDEN)
		zv_api_key_null(call, key);
	else
		zv_json_key_int(&call->json, key, value);
}

void zv_api_key_kop(struct zv_api_call *call, const char *key, int64_t kop)
{
	if (kop == ZV_PLAN_HIDDEN) {
		zv_api_key_null(call, key);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "kop", kop);
	zv_json_key_str(&call->json, "text", zv_plan_money_text(kop, call->arena));
	zv_json_end_object(&call->json);
}

void zv_api_key_base(struct zv_api_call *call, const char *key, int64_t base, int dim)
{
	if (base == ZV_PLAN_HIDDEN)
		zv_api_key_null(call, key);
	else
		zv_api_key_qty(call, key, base, (enum zv_dim)dim);
}

void zv_api_key_urub(struct zv_api_call *call, const char *key, int64_t urub, int dim)
{
	if (urub == ZV_PLAN_HIDDEN) {
		zv_api_key_null(call, key);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "text", zv_plan_price_text(urub, (enum zv_dim)dim, call->arena));
	zv_json_end_object(&call->json);
}

void zv_api_key_urub_text(struct zv_api_call *call, const char *key, int64_t urub, int dim)
{
	if (urub == ZV_PLAN_HIDDEN)
		zv_api_key_null(call, key);
	else
		zv_json_key_str(&call->json, key, zv_plan_price_text(urub, (enum zv_dim)dim, call->arena));
}

void zv_api_plan_offer(struct zv_api_call *call, const struct zv_plan_v_offer *offer)
{
	struct zv_json *json = &call->json;

	if (offer == NULL) {
		zv_api_key_null(call, "offer");
		zv_api_key_null(call, "maker");
		return;
	}
	zv_json_key(json, "offer");
	zv_json_object(json);
	zv_json_key_str(json, "uid", offer->uid);
	zv_json_key_str(json, "key", offer->key);
	zv_json_key_str(json, "item", offer->item);
	zv_json_key_str(json, "item_href", zv_arena_strf(call->arena, "/registers/items/%.*s", ZV_STR_FMT(offer->item_uid)));
	zv_json_end_object(json);
	zv_json_key(json, "maker");
	zv_json_object(json);
	zv_json_key_str(json, "uid", offer->maker_uid);
	zv_json_key_str(json, "name", offer->maker);
	zv_api_key_region(call, offer->region);
	zv_json_end_object(json);
}

void zv_api_plan_period(struct zv_api_call *call, int32_t quarter)
{
	if (quarter == 0) {
		zv_api_key_null(call, "period");
		return;
	}
	zv_json_key(&call->json, "period");
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "n", quarter);
	zv_json_key_str(&call->json, "text", zv_plan_period_text(quarter, call->arena));
	zv_json_end_object(&call->json);
}

void zv_api_plan_need(struct zv_api_call *call, const struct zv_plan_v_need *need)
{
	struct zv_json *json = &call->json;

	zv_json_key(json, "need");
	zv_json_object(json);
	zv_json_key_str(json, "uid", need->uid);
	zv_json_key_str(json, "key", need->key);
	zv_json_key_str(json, "item", need->item);
	zv_json_end_object(json);
	zv_json_key_bool(json, "hidden", need->sight != ZV_SIGHT_FULL);
	if (need->org_uid.n > 0) {
		zv_json_key(json, "enterprise");
		zv_json_object(json);
		zv_json_key_str(json, "uid", need->org_uid);
		zv_json_key_str(json, "name", need->org);
		zv_json_end_object(json);
	} else {
		zv_api_key_null(call, "enterprise");
	}
	zv_api_key_region(call, need->region);
}

struct zv_str zv_api_plan_area(struct zv_str code)
{
	const struct zv_region *region = zv_region_by_iso(zv_regions_builtin(), code);

	if (code.n == 0)
		return zv_str_c(zv_tr(N_("region not stated")));
	if (zv_str_eq_c(code, ZV_PLAN_OTHER))
		return zv_str_c(zv_tr(N_("others")));
	if (region != NULL)
		return zv_region_name(region);
	for (size_t i = 0; i < zv_regions_count(zv_regions_builtin()); i++) {
		region = zv_regions_at(zv_regions_builtin(), i);
		if (zv_str_eq(region->district, code))
			return zv_str_eq_c(zv_str_c(zv_tr_lang()), "ru") ? region->district_ru : region->district_en;
	}
	return code;
}

void zv_api_plan_next(struct zv_api_call *call, int64_t next)
{
	struct zv_str cursor = next != 0 ? zv_api_cursor_text(next, call->arena) : ZV_STR("");

	zv_api_key_str_or_null(call, "next", cursor);
	zv_json_end_object(&call->json);
	if (cursor.n > 0)
		zv_api_link_next(call, cursor);
}

void zv_api_plan_head(struct zv_api_call *call, const struct zv_plan_row *row)
{
	struct zv_json *json = &call->json;
	int64_t gap = row->objective_kop == ZV_PLAN_HIDDEN ? -1 : zv_plan_gap_ppm(row->objective_kop, row->bound_kop, row->constant_kop);

	zv_json_key_str(json, "uid", row->uid);
	zv_json_key_str(json, "title", row->title);
	zv_api_key_instant(call, "made_at", row->made_ms);
	zv_api_key_date(call, "as_of", row->as_of);
	zv_json_key_c(json, "mode", row->strict ? "strict" : "priced");
	zv_json_key_bool(json, "nightly", row->nightly);
	zv_json_key_bool(json, "proved", row->proved);
	zv_json_key_bool(json, "stopped", row->stopped);
	zv_json_key_int(json, "needs", row->n_needs);
	zv_json_key_int(json, "covered_needs", row->n_covered);
	zv_json_key_int(json, "orders", row->n_orders);
	zv_api_key_kop(call, "objective", row->objective_kop);
	zv_api_key_kop(call, "bound", row->bound_kop);
	zv_api_key_number(call, "gap_ppm", gap >= 0 ? gap : ZV_PLAN_HIDDEN);
	zv_api_key_str_or_null(call, "gap_text", gap >= 0 ? zv_plan_ppm_text(gap, call->arena) : ZV_STR(""));
	zv_api_key_kop(call, "cost", zv_plan_cost_kop(row));
	zv_json_key_str(json, "href", zv_arena_strf(call->arena, "/plans/%.*s", ZV_STR_FMT(row->uid)));
}

/* --- the list ---------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_api_plans(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_row *rows;
	int64_t before = 0, next = 0;
	size_t n = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&before, call, err);
	if (code == ZV_OK)
		code = zv_plan_seeing_open(&seeing, call->db, call->who, call->arena, err);
	if (code == ZV_OK)
		code = zv_plan_view_page(&rows, &n, &next, &seeing, before, limit, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_api_plan_head(call, &rows[i]);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_api_plan_next(call, next);
	return ZV_OK;
}

/* --- one in sums --------------------------------------------------------------------------------------------------------------------- */

static int64_t part_ppm(int64_t part, int64_t of)
{
	return of > 0 ? (int64_t)((zv_i128)part * PPM / of) : 0;
}

/* Thousandths of the unit of prices, in the words of the dimension; of several dimensions only the number. Empty: hidden. */
static struct zv_str milli_text(int64_t milli, int dim, struct zv_arena *arena)
{
	zv_i128 base;

	if (milli == ZV_PLAN_HIDDEN)
		return ZV_STR("");
	if (dim == 0)
		return zv_arena_strf(arena, "%" PRId64, milli / 1000);
	base = (zv_i128)milli * zv_plan_unit_base((enum zv_dim)dim) / 1000;
	return zv_plan_sum_text(base > INT64_MAX ? INT64_MAX : (int64_t)base, (enum zv_dim)dim, arena);
}

static void add_levels(struct zv_api_call *call, const struct zv_plan_view *view)
{
	zv_json_key(&call->json, "levels");
	zv_json_array(&call->json);
	for (size_t i = 0; i < view->n_levels; i++) {
		const struct zv_plan_level_row *l = &view->levels[i].row;
		int64_t bound = view->levels[i].bound_ppm, covered = view->levels[i].covered_ppm;

		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "priority", l->priority);
		zv_json_key_int(&call->json, "needs", l->needs);
		zv_json_key_int(&call->json, "covered_needs", l->covered_needs);
		zv_api_key_str_or_null(call, "qty_text", milli_text(l->qty_milli, l->dim, call->arena));
		zv_api_key_str_or_null(call, "covered_text", milli_text(l->covered_milli, l->dim, call->arena));
		zv_api_key_str_or_null(call, "bound_text", milli_text(l->bound_milli, l->dim, call->arena));
		zv_json_key_str(&call->json, "gap_text", zv_plan_ppm_text(bound > covered ? bound - covered : 0, call->arena));
		zv_json_key_int(&call->json, "covered_ppm", covered);
		zv_json_key_int(&call->json, "bound_ppm", bound);
		zv_json_key_int(&call->json, "constant_ppm", view->levels[i].constant_ppm);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_reasons(struct zv_api_call *call, const struct zv_plan_view *view)
{
	zv_json_key(&call->json, "reasons");
	zv_json_array(&call->json);
	for (size_t i = 0; i < view->n_reasons; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", view->reasons[i].code);
		zv_json_key_str(&call->json, "text", zv_plan_why_title(view->reasons[i].code));
		zv_json_key_int(&call->json, "needs", view->reasons[i].needs);
		zv_api_key_str_or_null(call, "qty_text", view->reasons[i].qty);
		zv_api_key_kop(call, "value", view->reasons[i].value_kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_regions(struct zv_api_call *call, const struct zv_plan_view *view)
{
	zv_json_key(&call->json, "regions");
	zv_json_array(&call->json);
	for (size_t i = 0; i < view->n_regions; i++) {
		const struct zv_plan_v_region *r = &view->regions[i];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", r->code);
		zv_json_key_str(&call->json, "name", zv_api_plan_area(r->code));
		zv_json_key_bool(&call->json, "hidden", r->hidden);
		zv_api_key_number(call, "needs", r->needs);
		zv_api_key_number(call, "covered_needs", r->covered_needs);
		zv_api_key_kop(call, "bought", r->bought_kop);
		zv_api_key_kop(call, "made", r->made_kop);
		zv_api_key_number(call, "covered_ppm", r->hidden ? ZV_PLAN_HIDDEN : part_ppm(r->covered_needs, r->needs));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_rest(struct zv_api_call *call, const struct zv_plan_view *view)
{
	zv_json_key_int(&call->json, "makers", view->makers);
	zv_json_key_int(&call->json, "outside", view->row.n_outside);
	zv_json_key_int(&call->json, "cpu_ms", view->row.cpu_ms);
	zv_json_key_int(&call->json, "iterations", view->row.iterations);
	zv_json_key(&call->json, "may");
	zv_json_object(&call->json);
	zv_json_key_bool(&call->json, "run", view->may_run);
	zv_json_key_bool(&call->json, "drop", view->may_run);
	zv_json_end_object(&call->json);
	zv_json_key(&call->json, "older");
	if (view->older_uid.n == 0) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", view->older_uid);
	zv_json_key_str(&call->json, "title", view->older_title);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_plan(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_view view;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_plan_seeing_open(&seeing, call->db, call->who, call->arena, err);
	if (code == ZV_OK)
		code = zv_plan_view(&view, &seeing, call->args[0], err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_api_plan_head(call, &view.row);
	zv_json_key_int(&call->json, "alone_needs", view.row.n_alone);
	zv_api_key_kop(call, "alone", view.row.alone_kop);
	zv_api_key_kop(call, "constant", view.row.constant_kop);
	zv_api_key_kop(call, "launches", view.row.launches_kop);
	zv_api_key_kop(call, "prices", view.row.prices_kop);
	zv_api_key_kop(call, "penalties", view.row.penalties_kop);
	add_levels(call, &view);
	add_reasons(call, &view);
	add_regions(call, &view);
	add_rest(call, &view);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
