/* Who looks at a plan, what he sees of needs and offers, and which sums the rule of disclosure allows. */
#include "app/plan_view.h"

#include <string.h>

#include "app/plan_text.h"
#include "app/plan_view_inner.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { URUB_A_KOP = 10000 };

static const struct zv_object ANYTHING = {-1, 0};

enum zv_code zv_plan_seeing_open(struct zv_plan_seeing *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_rights_need(who, ZV_DO_PLAN_READ, ANYTHING, err);

	*out = (struct zv_plan_seeing){.db = db, .who = who, .arena = arena, .all = zv_may(who, ZV_DO_NEED_READ, ANYTHING)};
	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_OFFER_READ, ANYTHING, err);
	return code == ZV_OK ? zv_disclosure_rule_load(&out->rule, db, err) : code;
}

void zv_plan_mask_head(struct zv_plan_row *row, const struct zv_plan_seeing *seeing)
{
	if (seeing->all)
		return;
	row->objective_kop = row->bound_kop = row->constant_kop = row->penalties_kop = row->alone_kop = ZV_PLAN_HIDDEN;
	row->launches_kop = row->prices_kop = ZV_PLAN_HIDDEN;
}

int64_t zv_plan_cost_kop(const struct zv_plan_row *row)
{
	return row->launches_kop == ZV_PLAN_HIDDEN ? ZV_PLAN_HIDDEN : row->launches_kop + row->prices_kop;
}

enum zv_code zv_plan_view_row(struct zv_plan_row *out, const struct zv_plan_seeing *seeing, struct zv_str uid, struct zv_err *err)
{
	enum zv_code code = zv_plan_by_uid(out, seeing->db, uid, seeing->arena, err);

	if (code == ZV_E_NOTFOUND)
		return zv_fail(err, ZV_E_NOTFOUND, "plan", N_("There is no plan “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	if (code == ZV_OK)
		zv_plan_mask_head(out, seeing);
	return code;
}

enum zv_code zv_plan_view_page(struct zv_plan_row **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing, int64_t before, int limit,
			       struct zv_err *err)
{
	enum zv_code code = zv_plan_page(out, n, seeing->db, before, limit + 1, seeing->arena, err);

	*next = 0;
	if (code != ZV_OK)
		return code;
	if (*n > (size_t)limit) {
		*n = (size_t)limit;
		*next = (*out)[*n - 1].id;
	}
	for (size_t i = 0; i < *n; i++)
		zv_plan_mask_head(&(*out)[i], seeing);
	return ZV_OK;
}

/* --- texts and sums -------------------------------------------------------------------------------------------------------------- */

struct zv_str plan_folded(struct zv_str text, struct zv_arena *arena)
{
	struct zv_buf folded;
	struct zv_str out;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, text);
	out = zv_str_dup(arena, zv_buf_str(&folded));
	zv_buf_done(&folded);
	return out;
}

bool plan_text_has(struct zv_str text, struct zv_str folded)
{
	struct zv_buf buf;
	bool has;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, text);
	has = folded.n == 0 || (buf.n >= folded.n && memmem(buf.p, buf.n, folded.p, folded.n) != NULL);
	zv_buf_done(&buf);
	return has;
}

int64_t plan_kop(int64_t qty_base, int64_t urub, int dim)
{
	zv_i128 per = (zv_i128)URUB_A_KOP * zv_plan_unit_base((enum zv_dim)dim);
	zv_i128 kop = ((zv_i128)qty_base * urub + per / 2) / per;

	return kop > INT64_MAX ? INT64_MAX : (int64_t)kop;
}

/* --- the rule ---------------------------------------------------------------------------------------------------------------------- */

enum zv_code plan_rule_allows(bool *out, const struct zv_plan_seeing *seeing, struct zv_stmt *stmt, struct zv_err *err)
{
	int64_t largest = 0, total = 0;
	size_t orgs = 0;
	bool row;
	enum zv_code code;

	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		int64_t part = zv_col_int(stmt, 1);

		orgs += part > 0;
		largest = part > largest ? part : largest;
		if (!zv_add(&total, total, part))
			largest = total = INT64_MAX; /* dominates: nothing is shown */
	}
	zv_stmt_reset(stmt);
	*out = code == ZV_OK && zv_disclosure_allows(&seeing->rule, orgs, largest, total);
	return code;
}

static enum zv_code all_needs_seen(bool *out, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t order_n, struct zv_err *err)
{
	struct zv_plan_flow_query query = {.plan_id = plan_id, .order_n = order_n};
	struct zv_plan_flow_row *flows;
	size_t n;
	enum zv_code code = zv_plan_flows(&flows, &n, seeing->db, &query, seeing->arena, err);

	*out = code == ZV_OK;
	for (size_t i = 0; i < n && code == ZV_OK && *out; i++) {
		struct zv_plan_v_need need;

		code = zv_plan_view_need(&need, seeing, flows[i].need_id, err);
		*out = code == ZV_OK && need.sight != ZV_SIGHT_NONE;
	}
	return code;
}

enum zv_code plan_order_shown(bool *out, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t order_n, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code;

	*out = true;
	if (seeing->all)
		return ZV_OK;
	code = zv_db_stmt(&stmt, seeing->db,
			  "SELECT n.org_id, CAST(SUM(f.qty_base) AS BIGINT) FROM plan_flow f JOIN need n ON n.id = f.need_id "
			  "WHERE f.plan_id = $1 AND f.order_n = $2 GROUP BY n.org_id",
			  err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, plan_id);
	zv_bind_int(stmt, 2, order_n);
	code = plan_rule_allows(out, seeing, stmt, err);
	return code == ZV_OK && !*out ? all_needs_seen(out, seeing, plan_id, order_n, err) : code;
}

enum zv_code plan_item_shown(bool *out, const struct zv_plan_seeing *seeing, int64_t item_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code;

	*out = true;
	if (seeing->all)
		return ZV_OK;
	code = zv_db_stmt(&stmt, seeing->db,
			  "SELECT n.org_id, CAST(SUM(n.qty_base) AS BIGINT) FROM need n "
			  "WHERE n.item_id = $1 AND n.state IN (2, 3) AND n.qty_base IS NOT NULL GROUP BY n.org_id",
			  err);
	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, item_id);
	return plan_rule_allows(out, seeing, stmt, err);
}

/* --- names ------------------------------------------------------------------------------------------------------------------------- */

static struct zv_str in_tongue(struct zv_stmt *stmt, int name, struct zv_arena *arena)
{
	bool english = strcmp(zv_tr_lang(), "en") == 0 && !zv_col_is_null(stmt, name + 1) && zv_col_text(stmt, name + 1).n > 0;

	return zv_str_dup(arena, zv_col_text(stmt, english ? name + 1 : name));
}

static enum zv_code one_row(struct zv_stmt **out, const struct zv_plan_seeing *seeing, const char *sql, int64_t id, struct zv_err *err)
{
	bool row = false;
	enum zv_code code = zv_db_stmt(out, seeing->db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(*out, 1, id);
	code = zv_stmt_step(&row, *out, err);
	if (code == ZV_OK && !row)
		code = zv_fail(err, ZV_E_NOTFOUND, "plan", N_("The plan names a row that is not there any more: make a new plan."));
	if (code != ZV_OK)
		zv_stmt_reset(*out);
	return code;
}

enum zv_code zv_plan_view_offer(struct zv_plan_v_offer *out, const struct zv_plan_seeing *seeing, int64_t offer_id, struct zv_err *err)
{
	struct zv_arena *arena = seeing->arena;
	struct zv_stmt *stmt;
	enum zv_code code = one_row(&stmt, seeing,
				    "SELECT f.uid, f.source_key, i.uid, i.name, i.name_en, o.uid, o.name, COALESCE(f.region, o.region, ''), f.org_id "
				    "FROM offer f JOIN item i ON i.id = f.item_id JOIN org o ON o.id = f.org_id WHERE f.id = $1",
				    offer_id, err);

	if (code != ZV_OK)
		return code;
	*out = (struct zv_plan_v_offer){
		.uid = zv_str_dup(arena, zv_col_text(stmt, 0)),
		.key = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.item_uid = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.item = in_tongue(stmt, 3, arena),
		.maker_uid = zv_str_dup(arena, zv_col_text(stmt, 5)),
		.maker = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.region = zv_str_dup(arena, zv_col_text(stmt, 7)),
		.org_id = zv_col_int(stmt, 8),
	};
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code sight_of(enum zv_sight *out, const struct zv_plan_seeing *seeing, int64_t need_id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_record record;
	enum zv_code code;

	*out = ZV_SIGHT_FULL;
	if (seeing->all)
		return ZV_OK;
	code = zv_record_by_id(&record, seeing->db, reg, need_id, seeing->arena, err);
	return code == ZV_OK ? zv_sight_of(out, seeing->db, seeing->who, reg, &record, err) : code;
}

enum zv_code zv_plan_view_need(struct zv_plan_v_need *out, const struct zv_plan_seeing *seeing, int64_t need_id, struct zv_err *err)
{
	struct zv_arena *arena = seeing->arena;
	struct zv_stmt *stmt;
	enum zv_code code;

	*out = (struct zv_plan_v_need){0};
	code = sight_of(&out->sight, seeing, need_id, err);
	if (code != ZV_OK || out->sight == ZV_SIGHT_NONE)
		return code;
	code = one_row(&stmt, seeing,
		       "SELECT n.uid, n.source_key, COALESCE(i.name, n.title), i.name_en, o.uid, o.name, COALESCE(n.region, o.region, ''), "
		       "COALESCE(n.qty_base, 0) + COALESCE(n.tolerance_base, 0) "
		       "FROM need n JOIN org o ON o.id = n.org_id LEFT JOIN item i ON i.id = n.item_id WHERE n.id = $1",
		       need_id, err);
	if (code != ZV_OK)
		return code;
	out->uid = zv_str_dup(arena, zv_col_text(stmt, 0));
	out->item = in_tongue(stmt, 2, arena);
	out->region = zv_str_dup(arena, zv_col_text(stmt, 6));
	out->qty_base = zv_col_int(stmt, 7);
	if (out->sight == ZV_SIGHT_FULL)
		out->key = zv_str_dup(arena, zv_col_text(stmt, 1));
	if (out->sight >= ZV_SIGHT_NAMED) {
		out->org_uid = zv_str_dup(arena, zv_col_text(stmt, 4));
		out->org = zv_str_dup(arena, zv_col_text(stmt, 5));
	}
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_plan_view_item(struct zv_str *name, struct zv_str *uid, const struct zv_plan_seeing *seeing, int64_t item_id, struct zv_err *err)
{
	enum zv_sight sight = ZV_SIGHT_NONE;
	struct zv_stmt *stmt;
	enum zv_code code = ZV_OK;

	*name = *uid = ZV_STR("");
	if (item_id != 0)
		code = zv_sight_of_item(&sight, seeing->db, seeing->who, item_id, err);
	if (code != ZV_OK || sight == ZV_SIGHT_NONE)
		return code;
	code = one_row(&stmt, seeing, "SELECT uid, name, name_en FROM item WHERE id = $1", item_id, err);
	if (code != ZV_OK)
		return code;
	*uid = zv_str_dup(seeing->arena, zv_col_text(stmt, 0));
	*name = in_tongue(stmt, 1, seeing->arena);
	zv_stmt_reset(stmt);
	return ZV_OK;
}
