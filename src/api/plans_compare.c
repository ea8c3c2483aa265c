/* Two plans beside each other. */
#include "api/operations.h"
#include "api/plans.h"
#include "app/plan_view_compare.h"

enum { PPM = 1000000, PRIORITIES = 4 };

static int64_t less(int64_t b, int64_t a)
{
	return a == ZV_PLAN_HIDDEN || b == ZV_PLAN_HIDDEN ? ZV_PLAN_HIDDEN : b - a;
}

static void add_head(struct zv_api_call *call, const char *key, const struct zv_plan_row *row)
{
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_api_plan_head(call, row);
	zv_json_end_object(&call->json);
}

static void add_difference(struct zv_api_call *call, const struct zv_plan_row *a, const struct zv_plan_row *b)
{
	zv_json_key(&call->json, "difference");
	zv_json_object(&call->json);
	zv_api_key_kop(call, "objective", less(b->objective_kop, a->objective_kop));
	zv_api_key_kop(call, "bound", less(b->bound_kop, a->bound_kop));
	zv_api_key_kop(call, "cost", zv_plan_cost_kop(a) == ZV_PLAN_HIDDEN ? ZV_PLAN_HIDDEN : zv_plan_cost_kop(b) - zv_plan_cost_kop(a));
	zv_json_key_int(&call->json, "needs", b->n_needs - a->n_needs);
	zv_json_key_int(&call->json, "covered_needs", b->n_covered - a->n_covered);
	zv_json_key_int(&call->json, "orders", b->n_orders - a->n_orders);
	zv_json_end_object(&call->json);
}

static void add_pairs(struct zv_api_call *call, const char *key, const struct zv_plan_v_pair *pairs, size_t n)
{
	zv_json_key(&call->json, key);
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_api_plan_offer(call, &pairs[i].offer);
		zv_api_plan_period(call, pairs[i].period);
		zv_json_key_bool(&call->json, "volume_hidden", pairs[i].hidden);
		zv_api_key_base(call, "was", pairs[i].was_base, pairs[i].dim);
		zv_api_key_base(call, "now", pairs[i].now_base, pairs[i].dim);
		zv_api_key_kop(call, "total_was", pairs[i].was_kop);
		zv_api_key_kop(call, "total_now", pairs[i].now_kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_needs(struct zv_api_call *call, const struct zv_plan_v_compare *compare)
{
	zv_json_key(&call->json, "needs");
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "gained", compare->gained);
	zv_json_key_int(&call->json, "lost", compare->lost);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < compare->n_needs; i++) {
		const struct zv_plan_v_need_change *change = &compare->needs[i];

		zv_json_object(&call->json);
		zv_api_plan_need(call, &change->need);
		zv_api_key_base(call, "was", change->was_base, change->dim);
		zv_api_key_base(call, "now", change->now_base, change->dim);
		zv_json_key_str(&call->json, "was_text", change->was);
		zv_json_key_str(&call->json, "now_text", change->now);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static int64_t level_ppm(const struct zv_plan_level_row *levels, size_t n, int priority)
{
	for (size_t i = 0; i < n; i++)
		if (levels[i].priority == priority)
			return levels[i].qty_milli > 0 ? (int64_t)((zv_i128)levels[i].covered_milli * PPM / levels[i].qty_milli) : 0;
	return 0;
}

static bool has_level(const struct zv_plan_level_row *levels, size_t n, int priority)
{
	for (size_t i = 0; i < n; i++)
		if (levels[i].priority == priority)
			return true;
	return false;
}

static void add_levels(struct zv_api_call *call, const struct zv_plan_v_compare *compare)
{
	zv_json_key(&call->json, "levels");
	zv_json_array(&call->json);
	for (int priority = 1; priority <= PRIORITIES; priority++) {
		if (!has_level(compare->levels_a, compare->n_levels_a, priority) && !has_level(compare->levels_b, compare->n_levels_b, priority))
			continue;
		zv_json_object(&call->json);
		zv_json_key_int(&call->json, "priority", priority);
		zv_json_key_int(&call->json, "was_ppm", level_ppm(compare->levels_a, compare->n_levels_a, priority));
		zv_json_key_int(&call->json, "now_ppm", level_ppm(compare->levels_b, compare->n_levels_b, priority));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

enum zv_code zv_api_plan_compare(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"a", "b", NULL};
	struct zv_plan_seeing seeing;
	struct zv_plan_v_compare compare;
	struct zv_str a = ZV_STR(""), b = ZV_STR("");
	enum zv_code code = zv_api_only(call, known, err);

	(void)zv_target_param(&a, &call->request->target, "a");
	(void)zv_target_param(&b, &call->request->target, "b");
	if (code == ZV_OK && (a.n == 0 || b.n == 0))
		code = zv_fail(err, ZV_E_INVALID, a.n == 0 ? "a" : "b", N_("Name two plans, a and b."));
	if (code == ZV_OK)
		code = zv_plan_seeing_open(&seeing, call->db, call->who, call->arena, err);
	if (code == ZV_OK)
		code = zv_plan_view_compare(&compare, &seeing, a, b, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_head(call, "a", &compare.a);
	add_head(call, "b", &compare.b);
	add_difference(call, &compare.a, &compare.b);
	zv_json_key(&call->json, "orders");
	zv_json_object(&call->json);
	add_pairs(call, "added", compare.added, compare.n_added);
	add_pairs(call, "gone", compare.gone, compare.n_gone);
	add_pairs(call, "changed", compare.changed, compare.n_changed);
	zv_json_key_int(&call->json, "more", compare.more);
	zv_json_end_object(&call->json);
	add_needs(call, &compare);
	add_levels(call, &compare);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
