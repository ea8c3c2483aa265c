/* One plan in sums: levels, reasons, regions, and which of them the rule of disclosure lets be seen. */
#include "app/plan_text.h"
#include "app/plan_view.h"
#include "app/plan_view_inner.h"

enum { PPM = 1000000 };

static const struct zv_object ANYTHING = {-1, 0};

/* --- reasons --------------------------------------------------------------------------------------------------------------------- */

static enum zv_code code_shown(bool *out, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_str code_word, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code;

	*out = true;
	if (seeing->all)
		return ZV_OK;
	code = zv_db_stmt(&stmt, seeing->db,
			  "SELECT n.org_id, CAST(SUM(w.value_kop) AS BIGINT) FROM plan_why w JOIN need n ON n.id = w.need_id "
			  "WHERE w.plan_id = $1 AND w.code = $2 GROUP BY n.org_id",
			  err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_text(stmt, 2, code_word);
	return plan_rule_allows(out, seeing, stmt, err);
}

static struct zv_str joined(struct zv_str a, struct zv_str b, struct zv_arena *arena)
{
	return a.n == 0 ? b : zv_arena_strf(arena, "%.*s, %.*s", ZV_STR_FMT(a), ZV_STR_FMT(b));
}

static struct zv_str cheapest_of(const struct zv_plan_why_sum *sum, const struct zv_plan_seeing *seeing)
{
	struct zv_plan_words words = {.code = sum->code, .dim = (enum zv_dim)sum->dim, .kind = sum->kind, .figure = sum->cheapest, .verified = true};

	return !seeing->all || sum->cheapest <= 0 ? ZV_STR("") : zv_plan_flip_text(&words, seeing->arena);
}

enum zv_code zv_plan_view_reasons(struct zv_plan_reason **out, size_t *n, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_err *err)
{
	struct zv_plan_why_sum *sums;
	size_t n_sums;
	enum zv_code code = zv_plan_why_sums(&sums, &n_sums, seeing->db, plan_id, seeing->arena, err);

	*n = 0;
	if (code != ZV_OK)
		return code;
	*out = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_reason, n_sums + 1);
	for (size_t i = 0; i < n_sums && code == ZV_OK; i++) { /* sums of one code follow one another, one a dimension */
		bool same = *n > 0 && zv_str_eq((*out)[*n - 1].code, sums[i].code), shown;
		struct zv_plan_reason *reason = &(*out)[same ? *n - 1 : (*n)++];

		if (!same)
			*reason = (struct zv_plan_reason){.code = sums[i].code, .qty = ZV_STR(""), .cheapest = ZV_STR("")};
		reason->needs += sums[i].needs;
		if (!seeing->all)
			reason->value_kop = ZV_PLAN_HIDDEN;
		else if (!zv_add(&reason->value_kop, reason->value_kop, sums[i].value_kop))
			reason->value_kop = INT64_MAX;
		code = code_shown(&shown, seeing, plan_id, sums[i].code, err);
		if (code == ZV_OK && shown && sums[i].qty_base != INT64_MAX)
			reason->qty = joined(reason->qty, zv_plan_sum_text(sums[i].qty_base, (enum zv_dim)sums[i].dim, seeing->arena), seeing->arena);
		if (reason->cheapest.n == 0)
			reason->cheapest = cheapest_of(&sums[i], seeing);
	}
	return code;
}

/* --- regions ---------------------------------------------------------------------------------------------------------------------- */

static bool among(struct zv_str code, const struct zv_str *codes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (zv_str_eq(codes[i], code))
			return true;
	return false;
}

static enum zv_code add_regions(struct zv_plan_view *view, const struct zv_plan_seeing *seeing, struct zv_err *err)
{
	struct zv_plan_shown shown = {0};
	struct zv_plan_region_row *rows;
	size_t n;
	enum zv_code code = zv_plan_regions(&rows, &n, seeing->db, view->row.id, seeing->arena, err);

	if (code == ZV_OK && !seeing->all)
		code = zv_plan_shown_regions(&shown, seeing, view->row.id, err);
	if (code != ZV_OK)
		return code;
	view->regions = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_region, n + 1);
	view->n_regions = n;
	for (size_t i = 0; i < n; i++) {
		struct zv_plan_v_region *r = &view->regions[i];
		bool buyers = seeing->all || among(rows[i].region, shown.buyers, shown.n_buyers);
		bool makers = seeing->all || among(rows[i].region, shown.makers, shown.n_makers);

		*r = (struct zv_plan_v_region){.code = rows[i].region, .hidden = !buyers};
		r->needs = buyers ? rows[i].needs : ZV_PLAN_HIDDEN;
		r->covered_needs = buyers ? rows[i].covered_needs : ZV_PLAN_HIDDEN;
		r->bought_kop = buyers ? rows[i].bought_kop : ZV_PLAN_HIDDEN;
		r->wanted_kop = seeing->all ? rows[i].wanted_kop : ZV_PLAN_HIDDEN; /* at ceilings */
		r->covered_kop = seeing->all ? rows[i].covered_kop : ZV_PLAN_HIDDEN;
		r->made_kop = makers ? rows[i].made_kop : ZV_PLAN_HIDDEN;
	}
	return ZV_OK;
}

/* --- priorities ------------------------------------------------------------------------------------------------------------------- */

static int64_t part_ppm(int64_t part, int64_t of)
{
	return of > 0 ? (int64_t)((zv_i128)part * PPM / of) : 0;
}

static enum zv_code add_levels(struct zv_plan_view *view, const struct zv_plan_seeing *seeing, struct zv_err *err)
{
	struct zv_plan_level_row *rows;
	size_t n;
	enum zv_code code = zv_plan_levels(&rows, &n, seeing->db, view->row.id, seeing->arena, err);

	if (code != ZV_OK)
		return code;
	view->levels = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_level, n + 1);
	view->n_levels = n;
	for (size_t i = 0; i < n; i++) {
		view->levels[i] = (struct zv_plan_v_level){rows[i], part_ppm(rows[i].covered_milli, rows[i].qty_milli), part_ppm(rows[i].bound_milli, rows[i].qty_milli),
							   part_ppm(rows[i].constant_milli, rows[i].qty_milli)};
		if (!seeing->all)
			view->levels[i].row.qty_milli = view->levels[i].row.covered_milli = view->levels[i].row.bound_milli =
				view->levels[i].row.constant_milli = ZV_PLAN_HIDDEN;
	}
	return ZV_OK;
}

/* --- the whole -------------------------------------------------------------------------------------------------------------------- */

static enum zv_code count_makers(int64_t *out, const struct zv_plan_seeing *seeing, int64_t plan_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, seeing->db,
				       "SELECT COUNT(DISTINCT f.org_id) FROM plan_order o JOIN offer f ON f.id = o.offer_id WHERE o.plan_id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	code = zv_stmt_step(&row, stmt, err);
	*out = code == ZV_OK && row ? zv_col_int(stmt, 0) : 0;
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_plan_view(struct zv_plan_view *out, const struct zv_plan_seeing *seeing, struct zv_str uid, struct zv_err *err)
{
	struct zv_plan_row older = {0};
	bool has_older = false;
	enum zv_code code;

	*out = (struct zv_plan_view){.older_uid = ZV_STR(""), .older_title = ZV_STR("")};
	code = zv_plan_view_row(&out->row, seeing, uid, err);
	if (code == ZV_OK)
		code = add_levels(out, seeing, err);
	if (code == ZV_OK)
		code = zv_plan_view_reasons(&out->reasons, &out->n_reasons, seeing, out->row.id, err);
	if (code == ZV_OK)
		code = add_regions(out, seeing, err);
	if (code == ZV_OK)
		code = count_makers(&out->makers, seeing, out->row.id, err);
	if (code == ZV_OK)
		code = zv_plan_latest(&has_older, &older, seeing->db, out->row.id, seeing->arena, err);
	if (code != ZV_OK)
		return code;
	out->may_run = zv_may(seeing->who, ZV_DO_PLAN_RUN, ANYTHING);
	if (has_older) {
		out->older_uid = older.uid;
		out->older_title = older.title;
	}
	return ZV_OK;
}
