/* What is near: makers that are one step from a launch, the next tier, hours, makers that are missing. */
#include <stdlib.h>

#include "app/plan_text.h"
#include "app/plan_view.h"
#include "app/plan_view_inner.h"
#include "base/tr.h"
#include "model/region.h"

/* --- order --------------------------------------------------------------------------------------------------------------------------- */

/* "Nearest first", "largest first" tell of figures that are hidden: who does not see all needs has the rows by what they are of. */
static int by_offer(const void *a, const void *b)
{
	const struct zv_plan_unlock_row *x = a, *y = b;

	if (x->offer_id != y->offer_id)
		return x->offer_id < y->offer_id ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static int by_hour(const void *a, const void *b)
{
	const struct zv_plan_hour_row *x = a, *y = b;

	if (x->offer_id != y->offer_id)
		return x->offer_id < y->offer_id ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static int by_item(const void *a, const void *b)
{
	const struct zv_plan_missing_row *x = a, *y = b;

	return x->item_id < y->item_id ? -1 : x->item_id > y->item_id;
}

/* --- one step from a launch ----------------------------------------------------------------------------------------------------------- */

static struct zv_str region_name(struct zv_str code)
{
	const struct zv_region *region = zv_region_by_iso(zv_regions_builtin(), code);

	return region != NULL ? zv_region_name(region) : code;
}

static struct zv_str unlock_text(const struct zv_plan_v_unlock *unlock, const struct zv_plan_seeing *seeing)
{
	struct zv_plan_unlock_words words = {
		.item = unlock->offer.item,
		.maker = unlock->offer.maker,
		.region = region_name(unlock->row.region),
		.period = unlock->row.period,
		.dim = (enum zv_dim)unlock->row.dim,
		.pool_base = unlock->row.pool_base,
		.lack_base = unlock->row.lack_base,
		.lack_kop = unlock->row.lack_kop,
		.extra_base = seeing->all ? unlock->row.extra_base : 0,
		.extra_urub = unlock->row.extra_urub,
	};

	if (unlock->hidden || (!seeing->all && words.lack_base <= 0))
		return zv_arena_strf(seeing->arena, zv_tr(N_("%.*s, %.*s, %s: not launched")), ZV_STR_FMT(words.maker), ZV_STR_FMT(words.item),
				     zv_plan_period_text(words.period, seeing->arena).p);
	return zv_plan_unlock_text(&words, seeing->arena);
}

/* What tells of ceilings: margins, and the price that the best payer would pay. */
static void mask_unlock(struct zv_plan_v_unlock *unlock, const struct zv_plan_seeing *seeing)
{
	struct zv_plan_unlock_row *row = &unlock->row;

	if (seeing->all)
		return;
	row->lack_kop = row->launch_kop = row->price_urub = row->extra_base = row->extra_urub = ZV_PLAN_HIDDEN;
	if (unlock->hidden)
		row->pool_base = row->lack_base = row->moq_base = ZV_PLAN_HIDDEN;
}

static enum zv_code add_joiners(struct zv_plan_v_unlock *unlock, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_err *err)
{
	struct zv_plan_joiner_row *rows;
	size_t n;
	enum zv_code code = zv_plan_joiners(&rows, &n, seeing->db, plan_id, unlock->row.n, seeing->arena, err);

	if (code != ZV_OK)
		return code;
	unlock->joiners = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_joiner, n + 1);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_plan_v_joiner joiner = {.row = rows[i], .text = ZV_STR("")};

		code = zv_plan_view_need(&joiner.need, seeing, rows[i].need_id, err);
		if (code != ZV_OK || joiner.need.sight == ZV_SIGHT_NONE)
			continue;
		if (joiner.need.sight == ZV_SIGHT_FULL)
			joiner.text = zv_plan_joiner_text(rows[i].qty_base, rows[i].raise_urub, (enum zv_dim)unlock->row.dim, seeing->arena);
		else
			joiner.row.raise_urub = ZV_PLAN_HIDDEN;
		unlock->joiners[unlock->n_joiners++] = joiner;
	}
	return code;
}

static enum zv_code item_of_offer(int64_t *out, const struct zv_plan_seeing *seeing, int64_t offer_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, seeing->db, "SELECT item_id FROM offer WHERE id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, offer_id);
	code = zv_stmt_step(&row, stmt, err);
	*out = code == ZV_OK && row ? zv_col_int(stmt, 0) : 0;
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_plan_view_unlocks(struct zv_plan_v_unlock **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t from,
				  int limit, struct zv_err *err)
{
	struct zv_plan_unlock_row *rows;
	size_t all;
	enum zv_code code = zv_plan_unlocks(&rows, &all, seeing->db, plan_id, seeing->arena, err);

	*n = 0;
	*next = 0;
	if (code != ZV_OK || from >= (int64_t)all)
		return code;
	if (!seeing->all)
		qsort(rows, all, sizeof(*rows), by_offer);
	*out = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_unlock, (size_t)limit + 1);
	for (size_t i = (size_t)from; i < all && *n < (size_t)limit && code == ZV_OK; i++) {
		struct zv_plan_v_unlock *unlock = &(*out)[(*n)++];
		int64_t item_id = 0;
		bool shown = true;

		*unlock = (struct zv_plan_v_unlock){.row = rows[i]};
		code = zv_plan_view_offer(&unlock->offer, seeing, rows[i].offer_id, err);
		if (code == ZV_OK)
			code = item_of_offer(&item_id, seeing, rows[i].offer_id, err);
		if (code == ZV_OK)
			code = plan_item_shown(&shown, seeing, item_id, err);
		if (code == ZV_OK)
			code = add_joiners(unlock, seeing, plan_id, err);
		unlock->hidden = !shown;
		if (code == ZV_OK)
			unlock->text = unlock_text(unlock, seeing);
		mask_unlock(unlock, seeing);
	}
	if (from + (int64_t)*n < (int64_t)all)
		*next = from + (int64_t)*n;
	return code;
}

/* --- the next tier ------------------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_plan_view_next_tiers(struct zv_plan_v_next_tier **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id, int limit,
				     struct zv_err *err)
{
	struct zv_plan_next_tier_row *rows;
	size_t all;
	enum zv_code code = zv_plan_next_tiers(&rows, &all, seeing->db, plan_id, seeing->arena, err);

	*n = 0;
	if (code != ZV_OK)
		return code;
	*out = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_next_tier, (size_t)limit + 1);
	for (size_t i = 0; i < all && *n < (size_t)limit && code == ZV_OK; i++) {
		struct zv_plan_v_next_tier *tier = &(*out)[*n];
		struct zv_plan_order_row order;
		bool shown = false;

		*tier = (struct zv_plan_v_next_tier){.row = rows[i]};
		code = plan_order_shown(&shown, seeing, plan_id, rows[i].order_n, err);
		if (code != ZV_OK || !shown)
			continue;
		code = zv_plan_order_get(&order, seeing->db, plan_id, rows[i].order_n, seeing->arena, err);
		if (code == ZV_OK)
			code = zv_plan_view_offer(&tier->offer, seeing, order.offer_id, err);
		if (code != ZV_OK)
			break;
		tier->period = order.period;
		tier->dim = order.dim;
		tier->text = zv_plan_next_tier_text(rows[i].lack_base, rows[i].saves_urub, (enum zv_dim)order.dim, seeing->arena);
		(*n)++;
	}
	return code;
}

/* --- hours ---------------------------------------------------------------------------------------------------------------------------------- */

/* What the maker's orders of the item take in that quarter. */
static enum zv_code use_shown(bool *out, const struct zv_plan_seeing *seeing, int64_t plan_id, const struct zv_plan_hour_row *row, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code;

	*out = true;
	if (seeing->all)
		return ZV_OK;
	code = zv_db_stmt(&stmt, seeing->db,
			  "SELECT n.org_id, CAST(SUM(f.qty_base) AS BIGINT) FROM offer h JOIN offer x ON x.org_id = h.org_id AND x.item_id = h.item_id "
			  "JOIN plan_order o ON o.offer_id = x.id AND o.plan_id = $1 AND o.period = $3 "
			  "JOIN plan_flow f ON f.plan_id = o.plan_id AND f.order_n = o.n JOIN need n ON n.id = f.need_id WHERE h.id = $2 GROUP BY n.org_id",
			  err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_int(stmt, 2, row->offer_id);
	zv_bind_int(stmt, 3, row->period);
	return plan_rule_allows(out, seeing, stmt, err);
}

enum zv_code zv_plan_view_hours(struct zv_plan_v_hour **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id, int limit, struct zv_err *err)
{
	struct zv_plan_hour_row *rows;
	size_t all;
	enum zv_code code = zv_plan_hours(&rows, &all, seeing->db, plan_id, seeing->arena, err);

	*n = 0;
	if (code != ZV_OK)
		return code;
	if (!seeing->all)
		qsort(rows, all, sizeof(*rows), by_hour);
	*out = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_hour, (size_t)limit + 1);
	for (size_t i = 0; i < all && *n < (size_t)limit && code == ZV_OK; i++) {
		struct zv_plan_v_hour *hour = &(*out)[*n];
		bool shown = false;

		*hour = (struct zv_plan_v_hour){.row = rows[i]};
		code = use_shown(&shown, seeing, plan_id, &rows[i], err);
		if (code == ZV_OK && shown)
			code = zv_plan_view_offer(&hour->offer, seeing, rows[i].offer_id, err);
		if (!seeing->all)
			hour->row.price_urub = ZV_PLAN_HIDDEN;
		*n += code == ZV_OK && shown;
	}
	return code;
}

/* --- makers that are missing ------------------------------------------------------------------------------------------------------------------ */

static enum zv_code waiting_shown(bool *out, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t item_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code;

	*out = true;
	if (seeing->all)
		return ZV_OK;
	code = zv_db_stmt(&stmt, seeing->db,
			  "SELECT n.org_id, CAST(SUM(w.qty_base) AS BIGINT) FROM need n JOIN plan_why w ON w.need_id = n.id AND w.plan_id = $1 "
			  "WHERE n.item_id = $2 GROUP BY n.org_id",
			  err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_int(stmt, 2, item_id);
	return plan_rule_allows(out, seeing, stmt, err);
}

static void hide_missing(struct zv_plan_v_missing *missing)
{
	struct zv_plan_missing_row *row = &missing->row;

	missing->hidden = true;
	row->needs = row->regions = row->orgs = row->qty_base = row->moq_base = ZV_PLAN_HIDDEN;
}

enum zv_code zv_plan_view_missing(struct zv_plan_v_missing **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id, int limit, struct zv_err *err)
{
	struct zv_plan_missing_row *rows;
	size_t all;
	enum zv_code code = zv_plan_missing(&rows, &all, seeing->db, plan_id, seeing->arena, err);

	*n = 0;
	if (code != ZV_OK)
		return code;
	if (!seeing->all)
		qsort(rows, all, sizeof(*rows), by_item);
	*out = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_missing, (size_t)limit + 1);
	for (size_t i = 0; i < all && *n < (size_t)limit && code == ZV_OK; i++) {
		struct zv_plan_v_missing *missing = &(*out)[*n];
		bool shown = false;

		*missing = (struct zv_plan_v_missing){.row = rows[i], .text = ZV_STR("")};
		code = zv_plan_view_item(&missing->item, &missing->item_uid, seeing, rows[i].item_id, err);
		if (code == ZV_OK)
			code = waiting_shown(&shown, seeing, plan_id, rows[i].item_id, err);
		if (code != ZV_OK || missing->item_uid.n == 0) /* an item that is not to be seen */
			continue;
		if (seeing->all)
			missing->text = zv_plan_missing_text(rows[i].needs, rows[i].regions, rows[i].moq_base, rows[i].price_urub, (enum zv_dim)rows[i].dim,
							     seeing->arena);
		else
			missing->row.value_kop = missing->row.price_urub = missing->row.half_urub = ZV_PLAN_HIDDEN;
		if (!shown)
			hide_missing(missing);
		(*n)++;
	}
	return code;
}
