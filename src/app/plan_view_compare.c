/* Two plans beside each other: orders by offer and quarter, needs by what they get. */
#include "app/plan_view_compare.h"

#include <stdlib.h>

#include "app/plan_view_inner.h"

/* --- orders -------------------------------------------------------------------------------------------------------------------------- */

static int by_offer(const void *a, const void *b)
{
	const struct zv_plan_order_row *x = a, *y = b;

	if (x->offer_id != y->offer_id)
		return x->offer_id < y->offer_id ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

/* NULL: not in that plan. */
static enum zv_code add_pair(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, const struct zv_plan_order_row *was,
			     const struct zv_plan_order_row *now, struct zv_err *err)
{
	struct zv_plan_v_pair **list = was == NULL ? &out->added : now == NULL ? &out->gone : &out->changed;
	size_t *n = was == NULL ? &out->n_added : now == NULL ? &out->n_gone : &out->n_changed;
	const struct zv_plan_order_row *any = was != NULL ? was : now;
	struct zv_plan_v_pair *pair = &(*list)[*n];
	bool was_shown = true, now_shown = true;
	enum zv_code code;

	if (*n == ZV_PLAN_CHANGES_MAX) {
		out->more++;
		return ZV_OK;
	}
	code = zv_plan_view_offer(&pair->offer, seeing, any->offer_id, err);
	if (code == ZV_OK && was != NULL)
		code = plan_order_shown(&was_shown, seeing, out->a.id, was->n, err);
	if (code == ZV_OK && now != NULL)
		code = plan_order_shown(&now_shown, seeing, out->b.id, now->n, err);
	if (code != ZV_OK)
		return code;
	pair->period = any->period;
	pair->dim = any->dim;
	pair->hidden = !was_shown || !now_shown; /* the difference of a shown and a hidden volume would tell of the hidden one */
	pair->was_base = was != NULL && !pair->hidden ? was->qty_base : ZV_PLAN_HIDDEN;
	pair->now_base = now != NULL && !pair->hidden ? now->qty_base : ZV_PLAN_HIDDEN;
	pair->was_kop = was != NULL && !pair->hidden ? was->total_kop : ZV_PLAN_HIDDEN;
	pair->now_kop = now != NULL && !pair->hidden ? now->total_kop : ZV_PLAN_HIDDEN;
	(*n)++;
	return ZV_OK;
}

static enum zv_code compare_orders(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, struct zv_err *err)
{
	struct zv_plan_order_row *a, *b;
	size_t n_a, n_b, i = 0, k = 0;
	enum zv_code code = zv_plan_orders(&a, &n_a, seeing->db, out->a.id, seeing->arena, err);

	if (code == ZV_OK)
		code = zv_plan_orders(&b, &n_b, seeing->db, out->b.id, seeing->arena, err);
	if (code != ZV_OK)
		return code;
	qsort(a, n_a, sizeof(*a), by_offer);
	qsort(b, n_b, sizeof(*b), by_offer);
	while ((i < n_a || k < n_b) && code == ZV_OK) {
		int order = i == n_a ? 1 : k == n_b ? -1 : by_offer(&a[i], &b[k]);

		if (order != 0 || a[i].qty_base != b[k].qty_base || a[i].total_kop != b[k].total_kop)
			code = add_pair(out, seeing, order <= 0 ? &a[i] : NULL, order >= 0 ? &b[k] : NULL, err);
		i += order <= 0;
		k += order >= 0;
	}
	return code;
}

/* --- needs ----------------------------------------------------------------------------------------------------------------------------- */

struct change {
	int64_t need_id, was, now;
	int dim;
};

static enum zv_code read_changes(struct zv_plan_v_compare *out, struct change *changes, size_t *n, size_t max, const struct zv_plan_seeing *seeing,
				 struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, seeing->db,
				       "SELECT f.need_id, CAST(SUM(CASE WHEN f.plan_id = $1 THEN f.qty_base ELSE 0 END) AS BIGINT), "
				       "CAST(SUM(CASE WHEN f.plan_id = $2 THEN f.qty_base ELSE 0 END) AS BIGINT), MAX(o.dim) "
				       "FROM plan_flow f JOIN plan_order o ON o.plan_id = f.plan_id AND o.n = f.order_n "
				       "WHERE f.plan_id = $1 OR f.plan_id = $2 GROUP BY f.need_id ORDER BY f.need_id",
				       err);

	if (code != ZV_OK)
		return code;
	*n = 0;
	zv_bind_int(stmt, 1, out->a.id);
	zv_bind_int(stmt, 2, out->b.id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct change change = {zv_col_int(stmt, 0), zv_col_int(stmt, 1), zv_col_int(stmt, 2), (int)zv_col_int(stmt, 3)};

		if (change.was == change.now)
			continue;
		out->gained += change.now > change.was;
		out->lost += change.now < change.was;
		if (*n < max)
			changes[(*n)++] = change;
	}
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code compare_needs(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, struct zv_err *err)
{
	enum { LOOK = 5000 }; /* of these the first that may be seen are shown */
	struct change *changes = ZV_ARENA_ARRAY(seeing->arena, struct change, LOOK);
	size_t n;
	enum zv_code code = read_changes(out, changes, &n, LOOK, seeing, err);

	for (size_t i = 0; code == ZV_OK && i < n && out->n_needs < ZV_PLAN_CHANGES_MAX; i++) {
		struct zv_plan_v_need_change *change = &out->needs[out->n_needs];

		code = zv_plan_view_need(&change->need, seeing, changes[i].need_id, err);
		if (code != ZV_OK || change->need.sight == ZV_SIGHT_NONE)
			continue;
		change->dim = changes[i].dim;
		change->was_base = changes[i].was;
		change->now_base = changes[i].now;
		out->n_needs++;
	}
	return code;
}

enum zv_code zv_plan_view_compare(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, struct zv_str a, struct zv_str b, struct zv_err *err)
{
	struct zv_arena *arena = seeing->arena;
	enum zv_code code;

	*out = (struct zv_plan_v_compare){
		.added = ZV_ARENA_ARRAY(arena, struct zv_plan_v_pair, ZV_PLAN_CHANGES_MAX),
		.gone = ZV_ARENA_ARRAY(arena, struct zv_plan_v_pair, ZV_PLAN_CHANGES_MAX),
		.changed = ZV_ARENA_ARRAY(arena, struct zv_plan_v_pair, ZV_PLAN_CHANGES_MAX),
		.needs = ZV_ARENA_ARRAY(arena, struct zv_plan_v_need_change, ZV_PLAN_CHANGES_MAX + 1),
	};
	code = zv_plan_view_row(&out->a, seeing, a, err);
	if (code == ZV_OK)
		code = zv_plan_view_row(&out->b, seeing, b, err);
	if (code == ZV_OK)
		code = compare_orders(out, seeing, err);
	if (code == ZV_OK)
		code = compare_needs(out, seeing, err);
	if (code == ZV_OK)
		code = zv_plan_levels(&out->levels_a, &out->n_levels_a, seeing->db, out->a.id, arena, err);
	if (code == ZV_OK)
		code = zv_plan_levels(&out->levels_b, &out->n_levels_b, seeing->db, out->b.id, arena, err);
	return code;
}
