/* What a plan leaves over and why, who is one step from a launch, where a maker is missing, what flows between regions. */
#include <string.h>

#include "api/operations.h"
#include "api/plans.h"
#include "app/plan_text.h"
#include "base/map.h"

enum { LIMIT = 50 };

static void key_text(struct zv_api_call *call, const char *key, struct zv_str text)
{
	if (text.n == 0) {
		zv_api_key_null(call, key);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "text", text);
	zv_json_end_object(&call->json);
}

/* --- left over ---------------------------------------------------------------------------------------------------------------------- */

static void add_why(struct zv_api_call *call, const struct zv_plan_v_why *why)
{
	bool full = why->need.sight == ZV_SIGHT_FULL;

	zv_json_object(&call->json);
	zv_api_plan_need(call, &why->need);
	zv_api_key_number(call, "priority", full ? why->row.priority : ZV_PLAN_HIDDEN);
	zv_api_key_base(call, "qty", why->row.qty_base, why->row.dim);
	zv_api_key_base(call, "of", why->need.qty_base, why->row.dim);
	zv_json_key_str(&call->json, "code", why->row.code);
	zv_json_key_str(&call->json, "text", why->text);
	zv_api_key_str_or_null(call, "figure_text", why->figure);
	zv_json_key(&call->json, "also");
	if (why->row.also.n > 0) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", why->row.also);
		zv_api_key_str_or_null(call, "figure_text", why->also_figure);
		zv_json_end_object(&call->json);
	} else {
		zv_json_null(&call->json);
	}
	key_text(call, "flip", why->flip);
	zv_api_plan_offer(call, why->has_offer ? &why->offer : NULL);
	zv_api_plan_period(call, full ? why->row.period : 0);
	zv_json_key_bool(&call->json, "verified", full && why->row.verified);
	zv_json_key(&call->json, "chain");
	zv_json_array(&call->json);
	if (why->input.n > 0 && zv_str_eq_c(why->row.code, "INPUT"))
		zv_json_str(&call->json, why->input);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static enum zv_code add_groups(struct zv_api_call *call, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_err *err)
{
	struct zv_plan_reason *reasons;
	size_t n;
	enum zv_code code = zv_plan_view_reasons(&reasons, &n, seeing, plan_id, err);

	if (code != ZV_OK)
		return code;
	zv_json_key(&call->json, "groups");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", reasons[i].code);
		zv_json_key_str(&call->json, "title", zv_plan_why_title(reasons[i].code));
		zv_json_key_int(&call->json, "needs", reasons[i].needs);
		zv_api_key_str_or_null(call, "qty_text", reasons[i].qty);
		key_text(call, "cheapest", reasons[i].cheapest);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	return ZV_OK;
}

static enum zv_code read_ask(struct zv_plan_whys_ask *ask, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text;
	int64_t priority;

	(void)zv_target_param(&ask->q, &call->request->target, "q");
	(void)zv_target_param(&ask->code, &call->request->target, "code");
	(void)zv_target_param(&ask->region, &call->request->target, "region");
	if (!zv_target_param(&text, &call->request->target, "priority") || text.n == 0)
		return ZV_OK;
	if (!zv_str_int(&priority, text) || priority < 1 || priority > 4)
		return zv_fail(err, ZV_E_INVALID, "priority", N_("“%.*s” is no priority: give 1 (most urgent) to 4."), ZV_STR_FMT(zv_str_first(text, 20)));
	ask->priority = (int)priority;
	return ZV_OK;
}

enum zv_code zv_api_plan_uncovered(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", "q", "code", "priority", "region", NULL};
	struct zv_plan_whys_ask ask = {.limit = LIMIT, .q = ZV_STR(""), .code = ZV_STR(""), .region = ZV_STR("")};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_v_why *rows;
	int64_t next = 0;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&ask.limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&ask.after, call, err);
	if (code == ZV_OK)
		code = read_ask(&ask, call, err);
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK)
		code = zv_plan_view_whys(&rows, &n, &next, &seeing, plan.id, &ask, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_why(call, &rows[i]);
	zv_json_end_array(&call->json);
	code = add_groups(call, &seeing, plan.id, err);
	if (code != ZV_OK)
		return code;
	zv_api_plan_next(call, next);
	call->rows += (int64_t)n;
	return ZV_OK;
}

/* --- one step from a launch ------------------------------------------------------------------------------------------------------------ */

static void add_extra(struct zv_api_call *call, const struct zv_plan_unlock_row *row)
{
	if (row->extra_base == ZV_PLAN_HIDDEN || row->extra_base <= 0) {
		zv_api_key_null(call, "extra");
		return;
	}
	zv_json_key(&call->json, "extra");
	zv_json_object(&call->json);
	zv_api_key_base(call, "qty", row->extra_base, row->dim);
	zv_api_key_urub_text(call, "price_text", row->extra_urub, row->dim);
	zv_api_key_region(call, row->region);
	zv_json_end_object(&call->json);
}

/* -1 in the row: no figure would do. */
static int64_t figure(int64_t value)
{
	return value < 0 ? ZV_PLAN_HIDDEN : value;
}

static void add_today(struct zv_api_call *call, const struct zv_plan_unlock_row *row)
{
	enum zv_dim dim = (enum zv_dim)row->dim;

	zv_json_key(&call->json, "today");
	zv_json_object(&call->json);
	zv_api_key_str_or_null(call, "moq_text", row->moq_base >= 0 ? zv_plan_qty_text(row->moq_base, dim, call->arena) : ZV_STR(""));
	zv_api_key_str_or_null(call, "launch_text", row->launch_kop >= 0 ? zv_plan_money_text(row->launch_kop, call->arena) : ZV_STR(""));
	zv_api_key_urub_text(call, "price_text", figure(row->price_urub), row->dim);
	zv_json_end_object(&call->json);
}

static void add_joiners(struct zv_api_call *call, const struct zv_plan_v_unlock *unlock)
{
	zv_json_key(&call->json, "joiners");
	zv_json_array(&call->json);
	for (size_t i = 0; i < unlock->n_joiners; i++) {
		const struct zv_plan_v_joiner *joiner = &unlock->joiners[i];
		int64_t raise = joiner->row.raise_urub;

		zv_json_object(&call->json);
		zv_api_plan_need(call, &joiner->need);
		zv_api_key_base(call, "qty", joiner->row.qty_base, unlock->row.dim);
		zv_api_key_urub_text(call, "raise_text", raise > 0 ? raise : ZV_PLAN_HIDDEN, unlock->row.dim);
		zv_json_key_str(&call->json, "text", joiner->text);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_unlock(struct zv_api_call *call, const struct zv_plan_v_unlock *unlock)
{
	const struct zv_plan_unlock_row *row = &unlock->row;

	zv_json_object(&call->json);
	zv_api_plan_offer(call, &unlock->offer);
	zv_api_plan_period(call, row->period);
	zv_json_key_int(&call->json, "tier", row->tier);
	zv_json_key_bool(&call->json, "volume_hidden", unlock->hidden);
	zv_api_key_base(call, "pool", row->pool_base, row->dim);
	zv_api_key_base(call, "lack_qty", row->lack_base > 0 ? row->lack_base : ZV_PLAN_HIDDEN, row->dim);
	zv_api_key_kop(call, "lack_money", row->lack_kop > 0 ? row->lack_kop : ZV_PLAN_HIDDEN);
	add_extra(call, row);
	add_today(call, row);
	add_joiners(call, unlock);
	zv_json_key_str(&call->json, "text", unlock->text);
	zv_json_key_bool(&call->json, "verified", row->verified);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_plan_unlocks(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_v_unlock *rows;
	int64_t from = 0, next = 0;
	size_t n = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&from, call, err);
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK)
		code = zv_plan_view_unlocks(&rows, &n, &next, &seeing, plan.id, from, limit, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_unlock(call, &rows[i]);
	zv_json_end_array(&call->json);
	zv_api_plan_next(call, next);
	return ZV_OK;
}

/* --- makers that are missing ------------------------------------------------------------------------------------------------------------- */

static void add_missing(struct zv_api_call *call, const struct zv_plan_v_missing *missing)
{
	const struct zv_plan_missing_row *row = &missing->row;
	struct zv_json *json = &call->json;

	zv_json_object(json);
	zv_json_key(json, "item");
	zv_json_object(json);
	zv_json_key_str(json, "uid", missing->item_uid);
	zv_json_key_str(json, "name", missing->item);
	zv_json_key_str(json, "href", zv_arena_strf(call->arena, "/registers/items/%.*s", ZV_STR_FMT(missing->item_uid)));
	zv_json_end_object(json);
	zv_json_key_bool(json, "hidden", missing->hidden);
	zv_api_key_number(call, "needs", row->needs);
	zv_api_key_number(call, "regions", row->regions);
	zv_api_key_number(call, "enterprises", row->orgs);
	zv_api_key_base(call, "qty", row->qty_base, row->dim);
	zv_api_key_kop(call, "value", row->value_kop);
	zv_api_key_base(call, "moq", row->moq_base, row->dim);
	zv_api_key_urub_text(call, "price_text", row->price_urub, row->dim);
	zv_api_key_urub_text(call, "half_price_text", row->half_urub, row->dim);
	zv_json_key_str(json, "text", missing->text);
	zv_json_end_object(json);
}

enum zv_code zv_api_plan_missing(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_v_missing *rows;
	size_t n = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK)
		code = zv_plan_view_missing(&rows, &n, &seeing, plan.id, limit, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_missing(call, &rows[i]);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

/* --- what flows --------------------------------------------------------------------------------------------------------------------------- */

/* Each region once, in the order in which the links name it, with the sum of its links. */
static void add_nodes(struct zv_api_call *call, const char *key, const struct zv_plan_sankey *sankey, bool makers)
{
	struct zv_plan_band *nodes = ZV_ARENA_ARRAY(call->arena, struct zv_plan_band, sankey->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < sankey->n; i++) {
		struct zv_str code = makers ? sankey->links[i].from : sankey->links[i].to;
		size_t at = 0;

		while (at < n && !zv_str_eq(nodes[at].from, code))
			at++;
		if (at == n)
			nodes[n++] = (struct zv_plan_band){.from = code};
		if (!zv_add(&nodes[at].kop, nodes[at].kop, sankey->links[i].kop))
			nodes[at].kop = INT64_MAX;
	}
	zv_json_key(&call->json, key);
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", nodes[i].from);
		zv_json_key_str(&call->json, "name", zv_api_plan_area(nodes[i].from));
		zv_api_key_kop(call, "value", nodes[i].kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static struct zv_str quantities(const struct zv_plan_band *link, struct zv_arena *arena)
{
	struct zv_str text = ZV_STR("");

	for (int dim = 1; dim <= ZV_DIM_OTHER; dim++)
		if (link->qty_base[dim] > 0)
			text = zv_arena_strf(arena, "%.*s%s%s", ZV_STR_FMT(text), text.n > 0 ? ", " : "",
					     zv_plan_sum_text(link->qty_base[dim], (enum zv_dim)dim, arena).p);
	return text;
}

enum zv_code zv_api_plan_sankey(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"by", NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	struct zv_plan_sankey sankey;
	struct zv_str by = ZV_STR("");
	enum zv_code code = zv_api_only(call, known, err);

	(void)zv_target_param(&by, &call->request->target, "by");
	if (code == ZV_OK && by.n > 0 && !zv_str_eq_c(by, "region") && !zv_str_eq_c(by, "district"))
		code = zv_fail(err, ZV_E_INVALID, "by", N_("Flows are drawn by region or by district, not by “%.*s”."), ZV_STR_FMT(zv_str_first(by, 40)));
	if (code == ZV_OK)
		code = zv_api_plan_open(&seeing, &plan, call, err);
	if (code == ZV_OK)
		code = zv_plan_view_sankey(&sankey, &seeing, plan.id, zv_str_eq_c(by, "district"), err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_nodes(call, "makers", &sankey, true);
	add_nodes(call, "buyers", &sankey, false);
	zv_json_key(&call->json, "links");
	zv_json_array(&call->json);
	for (size_t i = 0; i < sankey.n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "from", sankey.links[i].from);
		zv_json_key_str(&call->json, "to", sankey.links[i].to);
		zv_api_key_kop(call, "value", sankey.links[i].kop);
		zv_json_key_str(&call->json, "qty_text", quantities(&sankey.links[i], call->arena));
		zv_json_key_int(&call->json, "orders", sankey.links[i].orders);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
