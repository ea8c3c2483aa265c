/* Two plans beside each other (app/plan_compare.h), with the names and figures that the person may see. */
#include "app/plan_view_compare.h"

#include "app/plan_compare.h"
#include "app/plan_text.h"
#include "app/plan_view_inner.h"
#include "base/tr.h"

/* --- orders -------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code add_order(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, const struct zv_plan_order_turn *turn, struct zv_err *err)
{
	struct zv_plan_v_pair *lists[] = {[ZV_PLAN_ADDED] = out->added, [ZV_PLAN_GONE] = out->gone, [ZV_PLAN_CHANGED] = out->changed};
	size_t *counts[] = {[ZV_PLAN_ADDED] = &out->n_added, [ZV_PLAN_GONE] = &out->n_gone, [ZV_PLAN_CHANGED] = &out->n_changed};
	const struct zv_plan_order_row *was = turn->a, *now = turn->b, *any = was != NULL ? was : now;
	bool was_shown = true, now_shown = true;
	struct zv_plan_v_pair *pair;
	enum zv_code code;

	if (*counts[turn->turn] == ZV_PLAN_CHANGES_MAX) {
		out->more++;
		return ZV_OK;
	}
	pair = &lists[turn->turn][(*counts[turn->turn])++];
	code = zv_plan_view_offer(&pair->offer, seeing, any->offer_id, err);
	if (code == ZV_OK && was != NULL)
		code = plan_order_shown(&was_shown, seeing, out->a.id, was->n, err);
	if (code == ZV_OK && now != NULL)
		code = plan_order_shown(&now_shown, seeing, out->b.id, now->n, err);
	pair->period = any->period;
	pair->dim = any->dim;
	pair->hidden = !was_shown || !now_shown; /* the other volume would tell of the hidden one */
	pair->was_base = was != NULL && !pair->hidden ? was->qty_base : ZV_PLAN_HIDDEN;
	pair->now_base = now != NULL && !pair->hidden ? now->qty_base : ZV_PLAN_HIDDEN;
	pair->was_kop = was != NULL && !pair->hidden ? was->total_kop : ZV_PLAN_HIDDEN;
	pair->now_kop = now != NULL && !pair->hidden ? now->total_kop : ZV_PLAN_HIDDEN;
	return code;
}

/* --- needs ----------------------------------------------------------------------------------------------------------------------------- */

static struct zv_str state_text(int64_t lacks, struct zv_str code, int dim, struct zv_arena *arena)
{
	if (zv_str_eq_c(code, "-"))
		return zv_str_c(zv_tr(N_("not in this plan")));
	if (lacks == 0)
		return zv_str_c(zv_tr(N_("covered in full")));
	return zv_arena_strf(arena, zv_tr(N_("%.*s not covered: %.*s")), ZV_STR_FMT(zv_plan_qty_text(lacks, (enum zv_dim)dim, arena)),
			     ZV_STR_FMT(zv_plan_why_title(code)));
}

static enum zv_code add_need(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, const struct zv_plan_need_turn *turn, struct zv_err *err)
{
	struct zv_plan_v_need_change *change = &out->needs[out->n_needs];
	enum zv_code code = zv_plan_view_need(&change->need, seeing, turn->need_id, err);

	if (code != ZV_OK || change->need.sight == ZV_SIGHT_NONE)
		return code;
	change->dim = turn->dim;
	change->was_base = turn->was_base;
	change->now_base = turn->now_base;
	change->was = state_text(turn->was_base, turn->was, turn->dim, seeing->arena);
	change->now = state_text(turn->now_base, turn->now, turn->dim, seeing->arena);
	out->n_needs++;
	return ZV_OK;
}

enum zv_code zv_plan_view_compare(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, struct zv_str a, struct zv_str b, struct zv_err *err)
{
	enum { LOOK = 5000 }; /* of so many needs the first that may be seen are shown */
	struct zv_arena *arena = seeing->arena;
	struct zv_plan_comparison all;
	struct zv_plan_row first, second;
	enum zv_code code = zv_plan_view_row(&first, seeing, a, err);

	if (code == ZV_OK)
		code = zv_plan_view_row(&second, seeing, b, err);
	if (code == ZV_OK)
		code = zv_plan_compare(&all, seeing->db, a, b, arena, err);
	if (code != ZV_OK)
		return code;
	*out = (struct zv_plan_v_compare){
		.a = first,
		.b = second,
		.added = ZV_ARENA_ARRAY(arena, struct zv_plan_v_pair, ZV_PLAN_CHANGES_MAX),
		.gone = ZV_ARENA_ARRAY(arena, struct zv_plan_v_pair, ZV_PLAN_CHANGES_MAX),
		.changed = ZV_ARENA_ARRAY(arena, struct zv_plan_v_pair, ZV_PLAN_CHANGES_MAX),
		.needs = ZV_ARENA_ARRAY(arena, struct zv_plan_v_need_change, ZV_PLAN_CHANGES_MAX + 1),
		.gained = (int64_t)all.gained,
		.lost = (int64_t)all.lost,
		.levels_a = all.levels_a,
		.levels_b = all.levels_b,
		.n_levels_a = all.n_levels_a,
		.n_levels_b = all.n_levels_b,
	};
	for (size_t i = 0; i < all.n_orders && code == ZV_OK; i++)
		code = add_order(out, seeing, &all.orders[i], err);
	for (size_t i = 0; i < all.n_needs && i < LOOK && out->n_needs < ZV_PLAN_CHANGES_MAX && code == ZV_OK; i++)
		code = add_need(out, seeing, &all.needs[i], err);
	return code;
}
