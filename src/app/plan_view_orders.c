/* Orders of a plan: a page of them, and one with whom it serves. */
#include <stdlib.h>

#include "app/plan_text.h"
#include "app/plan_view.h"
#include "app/plan_view_inner.h"
#include "base/vec.h"

/* --- one order -------------------------------------------------------------------------------------------------------------------- */

/* Numbers beside orders; read once for a page. */
struct beside {
	struct zv_plan_next_tier_row *next;
	size_t n_next;
	struct zv_plan_hour_row *hours;
	struct zv_plan_v_offer *of; /* of the hours */
	size_t n_hours;
};

static enum zv_code read_beside(struct beside *out, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_err *err)
{
	enum zv_code code = zv_plan_next_tiers(&out->next, &out->n_next, seeing->db, plan_id, seeing->arena, err);

	if (code == ZV_OK)
		code = zv_plan_hours(&out->hours, &out->n_hours, seeing->db, plan_id, seeing->arena, err);
	if (code != ZV_OK)
		return code;
	out->of = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_offer, out->n_hours + 1);
	return ZV_OK;
}

/* Hours are of a maker and item; the offer that stands for them may be another one of his. */
static enum zv_code find_hour(struct zv_plan_v_order *order, struct beside *beside, const struct zv_plan_seeing *seeing, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < beside->n_hours && code == ZV_OK && !order->has_hour; i++) {
		struct zv_plan_v_offer *of = &beside->of[i];

		if (beside->hours[i].period != order->row.period)
			continue;
		if (of->org_id == 0)
			code = zv_plan_view_offer(of, seeing, beside->hours[i].offer_id, err);
		if (code != ZV_OK || of->org_id != order->offer.org_id || !zv_str_eq(of->item_uid, order->offer.item_uid))
			continue;
		order->has_hour = true;
		order->hour = beside->hours[i];
	}
	return code;
}

static void hide(struct zv_plan_v_order *order)
{
	order->hidden = true;
	order->row.qty_base = order->row.extra_base = order->row.price_urub = order->row.launch_kop = order->row.total_kop = ZV_PLAN_HIDDEN;
	order->row.needs = order->row.regions = ZV_PLAN_HIDDEN;
	order->row.tier = 0; /* it tells of the volume */
	order->has_next = order->has_hour = false;
}

static enum zv_code view_order(struct zv_plan_v_order *out, struct beside *beside, const struct zv_plan_seeing *seeing, int64_t plan_id,
			       const struct zv_plan_order_row *row, struct zv_err *err)
{
	bool shown = true;
	enum zv_code code;

	*out = (struct zv_plan_v_order){.row = *row};
	code = zv_plan_view_offer(&out->offer, seeing, row->offer_id, err);
	if (code == ZV_OK)
		code = find_hour(out, beside, seeing, err);
	if (code == ZV_OK)
		code = plan_order_shown(&shown, seeing, plan_id, row->n, err);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < beside->n_next && !out->has_next; i++) {
		out->has_next = beside->next[i].order_n == row->n;
		out->next = beside->next[i];
	}
	if (!seeing->all)
		out->hour.price_urub = ZV_PLAN_HIDDEN;
	if (!shown)
		hide(out);
	return ZV_OK;
}

/* --- a page ------------------------------------------------------------------------------------------------------------------------ */

static int by_qty(const void *a, const void *b)
{
	const struct zv_plan_order_row *x = a, *y = b;

	if (x->qty_base != y->qty_base)
		return x->qty_base < y->qty_base ? 1 : -1;
	return x->n < y->n ? -1 : x->n > y->n;
}

static int by_total(const void *a, const void *b)
{
	const struct zv_plan_order_row *x = a, *y = b;

	if (x->total_kop != y->total_kop)
		return x->total_kop < y->total_kop ? 1 : -1;
	return x->n < y->n ? -1 : x->n > y->n;
}

static int by_period(const void *a, const void *b)
{
	const struct zv_plan_order_row *x = a, *y = b;

	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	return x->n < y->n ? -1 : x->n > y->n;
}

static enum zv_code sort(struct zv_plan_order_row *rows, size_t n, enum zv_plan_sort by, const struct zv_plan_seeing *seeing, struct zv_err *err)
{
	if ((by == ZV_PLAN_BY_QTY || by == ZV_PLAN_BY_TOTAL) && !seeing->all)
		return zv_fail(err, ZV_E_DENIED, "sort", N_("To sort by volume or cost is for those who see all needs: sort by n or period."));
	if (by == ZV_PLAN_BY_QTY)
		qsort(rows, n, sizeof(*rows), by_qty);
	else if (by == ZV_PLAN_BY_TOTAL)
		qsort(rows, n, sizeof(*rows), by_total);
	else if (by == ZV_PLAN_BY_PERIOD)
		qsort(rows, n, sizeof(*rows), by_period);
	return ZV_OK;
}

/* Keeps the rows that are asked for, in place. */
static enum zv_code filter(struct zv_plan_order_row *rows, size_t *n, const struct zv_plan_orders_ask *ask, const struct zv_plan_seeing *seeing,
			   struct zv_err *err)
{
	struct zv_str words = plan_folded(zv_str_trim(ask->q), seeing->arena);
	size_t kept = 0;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < *n && code == ZV_OK; i++) {
		struct zv_plan_v_offer offer;

		if (ask->region.n > 0 && !zv_str_eq(ask->region, rows[i].region))
			continue;
		if (words.n > 0)
			code = zv_plan_view_offer(&offer, seeing, rows[i].offer_id, err);
		if (code == ZV_OK && words.n > 0 && !plan_text_has(offer.item, words) && !plan_text_has(offer.maker, words) && !plan_text_has(offer.key, words))
			continue;
		rows[kept++] = rows[i];
	}
	*n = kept;
	return code;
}

enum zv_code zv_plan_view_orders(struct zv_plan_v_order **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing, int64_t plan_id,
				 const struct zv_plan_orders_ask *ask, struct zv_err *err)
{
	struct zv_plan_order_row *rows;
	struct beside beside = {0};
	size_t all;
	enum zv_code code = zv_plan_orders(&rows, &all, seeing->db, plan_id, seeing->arena, err);

	*n = 0;
	*next = 0;
	if (code == ZV_OK)
		code = filter(rows, &all, ask, seeing, err);
	if (code == ZV_OK)
		code = sort(rows, all, ask->sort, seeing, err);
	if (code == ZV_OK)
		code = read_beside(&beside, seeing, plan_id, err);
	if (code != ZV_OK || ask->from >= (int64_t)all)
		return code;
	*out = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_order, (size_t)ask->limit + 1);
	for (size_t i = (size_t)ask->from; i < all && *n < (size_t)ask->limit && code == ZV_OK; i++)
		code = view_order(&(*out)[(*n)++], &beside, seeing, plan_id, &rows[i], err);
	if (ask->from + (int64_t)*n < (int64_t)all)
		*next = ask->from + (int64_t)*n;
	return code;
}

/* --- whom it serves ------------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_plan_view_order(struct zv_plan_v_detail *out, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t order_n, struct zv_err *err)
{
	struct zv_plan_flow_query query = {.plan_id = plan_id, .order_n = order_n};
	struct zv_plan_order_row row;
	struct zv_plan_flow_row *flows;
	struct beside beside = {0};
	size_t n;
	enum zv_code code = order_n > 0 ? zv_plan_order_get(&row, seeing->db, plan_id, order_n, seeing->arena, err) : ZV_E_NOTFOUND;

	if (code == ZV_E_NOTFOUND)
		return zv_fail(err, ZV_E_NOTFOUND, "n", N_("There is no such order in this plan."));
	*out = (struct zv_plan_v_detail){0};
	if (code == ZV_OK)
		code = read_beside(&beside, seeing, plan_id, err);
	if (code == ZV_OK)
		code = view_order(&out->order, &beside, seeing, plan_id, &row, err);
	if (code == ZV_OK)
		code = zv_plan_flows(&flows, &n, seeing->db, &query, seeing->arena, err);
	if (code != ZV_OK)
		return code;
	out->flows = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_flow, n + 1);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_plan_v_flow flow = {.row = flows[i], .dim = row.dim};

		code = zv_plan_view_need(&flow.need, seeing, flows[i].need_id, err);
		if (code == ZV_OK && flow.need.sight == ZV_SIGHT_NONE) {
			out->others += !out->order.hidden;
			out->others_base += out->order.hidden ? 0 : flows[i].qty_base;
			continue;
		}
		if (flow.need.sight != ZV_SIGHT_FULL)
			flow.row.price_urub = flow.row.ceiling_urub = ZV_PLAN_HIDDEN;
		out->flows[out->n++] = flow;
	}
	return code;
}
