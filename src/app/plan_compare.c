/* Both plans are sorted alike, so one walk beside the other tells what differs. */
#include "app/plan_compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"

struct side {
	struct zv_plan_row head;
	struct zv_plan_order_row *orders;
	size_t n_orders;
	struct zv_plan_why_row *whys;
	size_t n_whys;
	struct zv_map served; /* needs with a flow */
};

static bool note_served(void *context, const struct zv_plan_flow_row *row)
{
	zv_map_put_int(context, row->need_id, row->qty_base);
	return true;
}

static int by_offer(const void *a, const void *b)
{
	const struct zv_plan_order_row *x = a, *y = b;

	if (x->offer_id != y->offer_id)
		return x->offer_id < y->offer_id ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static enum zv_code load(struct side *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_plan_by_uid(&out->head, db, uid, arena, err);

	if (code == ZV_OK)
		code = zv_plan_orders(&out->orders, &out->n_orders, db, out->head.id, arena, err);
	if (code == ZV_OK)
		code = zv_plan_whys(&out->whys, &out->n_whys, db,
				    &(struct zv_plan_why_query){.plan_id = out->head.id, .code = ZV_STR(""), .region = ZV_STR("")}, arena, err);
	if (code == ZV_OK)
		code = zv_plan_flows_each(db, out->head.id, note_served, &out->served, err);
	if (code == ZV_OK && out->n_orders > 0)
		qsort(out->orders, out->n_orders, sizeof(*out->orders), by_offer);
	return code;
}

/* --- orders ------------------------------------------------------------------------------------------------------------------------ */

static void compare_orders(struct zv_plan_comparison *out, const struct side *a, const struct side *b, struct zv_arena *arena)
{
	size_t i = 0, k = 0;

	out->orders = ZV_ARENA_ARRAY(arena, struct zv_plan_order_turn, a->n_orders + b->n_orders + 1);
	while (i < a->n_orders || k < b->n_orders) {
		int order = i == a->n_orders ? 1 : k == b->n_orders ? -1 : by_offer(&a->orders[i], &b->orders[k]);
		struct zv_plan_order_turn turn = {.turn = ZV_PLAN_CHANGED};

		if (order <= 0)
			turn.a = &a->orders[i++];
		if (order >= 0)
			turn.b = &b->orders[k++];
		if (order < 0)
			turn.turn = ZV_PLAN_GONE;
		if (order > 0)
			turn.turn = ZV_PLAN_ADDED;
		if (order == 0 && turn.a->qty_base == turn.b->qty_base && turn.a->price_urub == turn.b->price_urub)
			continue;
		out->added += turn.turn == ZV_PLAN_ADDED;
		out->gone += turn.turn == ZV_PLAN_GONE;
		out->changed += turn.turn == ZV_PLAN_CHANGED;
		out->orders[out->n_orders++] = turn;
	}
}

/* --- needs -------------------------------------------------------------------------------------------------------------------------- */

/* What a plan without a reason for the need says of it: covered, or not seen. */
static struct zv_str without_reason(const struct side *side, int64_t need_id)
{
	int64_t qty;

	return zv_map_get_int(&qty, &side->served, need_id) ? ZV_STR("") : ZV_STR("-");
}

static int by_turn(const void *a, const void *b)
{
	const struct zv_plan_need_turn *x = a, *y = b;
	int turned_x = x->gained || x->lost, turned_y = y->gained || y->lost;

	if (turned_x != turned_y)
		return turned_y - turned_x;
	return x->need_id < y->need_id ? -1 : x->need_id > y->need_id;
}

static void compare_needs(struct zv_plan_comparison *out, const struct side *a, const struct side *b, struct zv_arena *arena)
{
	size_t i = 0, k = 0;

	out->needs = ZV_ARENA_ARRAY(arena, struct zv_plan_need_turn, a->n_whys + b->n_whys + 1);
	while (i < a->n_whys || k < b->n_whys) {
		bool in_a = i < a->n_whys && (k == b->n_whys || a->whys[i].need_id <= b->whys[k].need_id);
		bool in_b = k < b->n_whys && (i == a->n_whys || b->whys[k].need_id <= a->whys[i].need_id);
		const struct zv_plan_why_row *was = in_a ? &a->whys[i++] : NULL, *now = in_b ? &b->whys[k++] : NULL;
		int64_t need_id = was != NULL ? was->need_id : now->need_id;
		struct zv_plan_need_turn turn = {
			.need_id = need_id,
			.dim = was != NULL ? was->dim : now->dim,
			.was_base = was != NULL ? was->qty_base : 0,
			.now_base = now != NULL ? now->qty_base : 0,
			.was = was != NULL ? was->code : without_reason(a, need_id),
			.now = now != NULL ? now->code : without_reason(b, need_id),
		};

		if (turn.was_base == turn.now_base && zv_str_eq(turn.was, turn.now))
			continue;
		turn.gained = turn.now.n == 0 && was != NULL;
		turn.lost = turn.was.n == 0 && now != NULL;
		out->gained += turn.gained;
		out->lost += turn.lost;
		out->needs[out->n_needs++] = turn;
	}
	if (out->n_needs > 0)
		qsort(out->needs, out->n_needs, sizeof(*out->needs), by_turn);
}

enum zv_code zv_plan_compare(struct zv_plan_comparison *out, struct zv_db *db, struct zv_str a, struct zv_str b, struct zv_arena *arena, struct zv_err *err)
{
	struct side was = {0}, now = {0};
	enum zv_code code;

	zv_map_init(&was.served);
	zv_map_init(&now.served);
	code = load(&was, db, a, arena, err);
	if (code == ZV_OK)
		code = load(&now, db, b, arena, err);
	*out = (struct zv_plan_comparison){.a = was.head, .b = now.head};
	if (code == ZV_OK)
		code = zv_plan_levels(&out->levels_a, &out->n_levels_a, db, was.head.id, arena, err);
	if (code == ZV_OK)
		code = zv_plan_levels(&out->levels_b, &out->n_levels_b, db, now.head.id, arena, err);
	if (code == ZV_OK) {
		compare_orders(out, &was, &now, arena);
		compare_needs(out, &was, &now, arena);
	}
	zv_map_done(&was.served);
	zv_map_done(&now.served);
	return code;
}
