/* Lots as people see them who may not see all of their members. */
#include "app/lots_sight.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"

static const struct zv_object ANYTHING = {-1, 0};

static bool sees_all(const struct zv_who *who)
{
	return zv_may(who, ZV_DO_LOT_READ, ANYTHING);
}

/* Operators see every lot; its members as they see the needs. */
static bool sees_lots(const struct zv_who *who)
{
	for (int i = 0; i < who->n_grants; i++)
		if (zv_rights_reach(who->grants[i].role, ZV_DO_LOT_READ) >= ZV_REACH_CENTRE)
			return zv_may_some(who, ZV_DO_LOT_READ);
	return false;
}

/* --- which lots ---------------------------------------------------------------------------------------------------------------- */

typedef ZV_VEC(int64_t) ids_vec;

static enum zv_code gather(ids_vec *out, struct zv_db *db, const char *sql, int64_t run_id, int64_t org_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, run_id);
	if (org_id != 0)
		zv_bind_int(stmt, 2, org_id);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(out, zv_col_int(stmt, 0));
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code gather_own(ids_vec *out, struct zv_db *db, const struct zv_who *who, int64_t run_id, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (int i = 0; i < who->n_grants && code == ZV_OK; i++) {
		const struct zv_grant *grant = &who->grants[i];

		if (grant->org_id == 0 || zv_rights_reach(grant->role, ZV_DO_LOT_READ) < ZV_REACH_ORG)
			continue;
		code = gather(out, db,
			      /* CROSS JOIN: from the few of the organisation to the lots, not from all lots. */
			      "SELECT l.id FROM need n CROSS JOIN lot_need ln CROSS JOIN lot l "
			      "WHERE n.org_id = $2 AND ln.need_id = n.id AND l.id = ln.lot_id AND l.run_id = $1 UNION "
			      "SELECT l.id FROM offer o CROSS JOIN lot l WHERE o.org_id = $2 AND l.offer_id = o.id AND l.run_id = $1 ORDER BY 1",
			      run_id, grant->org_id, err);
	}
	return code;
}

enum zv_code zv_lots_seen(int64_t **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t run_id, struct zv_arena *arena,
			  struct zv_err *err)
{
	ids_vec ids = {0};
	enum zv_code code = zv_rights_need_some(who, ZV_DO_LOT_READ, err);

	if (code == ZV_OK && sees_lots(who))
		code = gather(&ids, db, "SELECT id FROM lot WHERE run_id = $1 ORDER BY id", run_id, 0, err);
	else if (code == ZV_OK)
		code = gather_own(&ids, db, who, run_id, err);
	if (code == ZV_OK) {
		*out = ZV_ARENA_ARRAY(arena, int64_t, ids.n + 1);
		*n = 0;
		for (size_t i = 0; i < ids.n; i++) { /* of two organisations of one person both may be in a lot */
			bool twice = false;

			for (size_t k = 0; k < *n && !sees_lots(who) && !twice; k++)
				twice = (*out)[k] == ids.p[i];
			if (!twice)
				(*out)[(*n)++] = ids.p[i];
		}
	}
	zv_vec_done(&ids);
	return code;
}

enum zv_code zv_lot_is_seen(bool *out, struct zv_db *db, const struct zv_who *who, int64_t run_id, int64_t lot_id, struct zv_arena *arena,
			    struct zv_err *err)
{
	int64_t *ids;
	size_t n;
	enum zv_code code;

	*out = sees_lots(who);
	if (*out)
		return ZV_OK;
	code = zv_lots_seen(&ids, &n, db, who, run_id, arena, err);
	for (size_t i = 0; i < n && code == ZV_OK && !*out; i++)
		*out = ids[i] == lot_id;
	return code;
}

/* --- the volume ---------------------------------------------------------------------------------------------------------------- */

/* How many organisations stand behind volumes, and how large the largest is. */
struct weight {
	struct zv_map orgs; /* uid: place in sums */
	ZV_VEC(int64_t) sums;
	int64_t total;
};

static void weigh(struct weight *weight, struct zv_str org_uid, int64_t base)
{
	int64_t at;

	if (!zv_map_get(&at, &weight->orgs, org_uid)) {
		at = (int64_t)weight->sums.n;
		zv_map_put(&weight->orgs, org_uid, at);
		zv_vec_push(&weight->sums, 0);
	}
	if (!zv_add(&weight->sums.p[at], weight->sums.p[at], base) || !zv_add(&weight->total, weight->total, base))
		weight->sums.p[at] = weight->total = INT64_MAX; /* dominates: nothing is shown */
}

static bool allowed(struct weight *weight, const struct zv_disclosure_rule *rule)
{
	int64_t largest = 0;
	size_t n = 0;

	for (size_t i = 0; i < weight->sums.n; i++) {
		if (weight->sums.p[i] > largest)
			largest = weight->sums.p[i];
		n += weight->sums.p[i] > 0;
	}
	return zv_disclosure_allows(rule, n, largest, weight->total);
}

static void weight_init(struct weight *weight)
{
	*weight = (struct weight){0};
	zv_map_init(&weight->orgs);
}

static void weight_done(struct weight *weight)
{
	zv_map_done(&weight->orgs);
	zv_vec_done(&weight->sums);
}

/* --- one lot --------------------------------------------------------------------------------------------------------------------- */

static void mask_member(struct zv_lots_member *member, enum zv_sight sight)
{
	member->masked = true;
	member->need = ZV_STR("");
	member->cost_kop = member->freight_kop = 0;
	member->ceiling = (struct zv_price){0, 0};
	if (sight != ZV_SIGHT_NAMED)
		member->org = member->org_uid = ZV_STR("");
}

static enum zv_code mask_members(struct zv_view_lot *view, bool *all_seen, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
				 struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_lots_member *members = ZV_ARENA_ARRAY(arena, struct zv_lots_member, view->lot.n_members + 1);
	size_t n = 0;
	enum zv_code code = ZV_OK;

	*all_seen = true;
	for (size_t i = 0; i < view->lot.n_members && code == ZV_OK; i++) {
		struct zv_record need;
		enum zv_sight sight = ZV_SIGHT_NONE;

		members[n] = view->lot.members[i];
		code = zv_record_by_uid(&need, db, reg, members[n].need_uid, arena, err);
		if (code == ZV_OK)
			code = zv_sight_of(&sight, db, who, reg, &need, err);
		if (sight == ZV_SIGHT_NONE)
			*all_seen = false;
		if (code != ZV_OK || sight == ZV_SIGHT_NONE)
			continue;
		if (sight != ZV_SIGHT_FULL)
			mask_member(&members[n], sight);
		n++;
	}
	view->lot.members = members;
	view->lot.n_members = n;
	return code;
}

/* The number of willing buyers at each price tells of ceilings. */
static void mask_curve(struct zv_lots_lot *lot, struct zv_arena *arena)
{
	struct zv_lots_curve *curve = ZV_ARENA_ARRAY(arena, struct zv_lots_curve, lot->n_curve + 1);

	for (size_t i = 0; i < lot->n_curve; i++) {
		curve[i] = lot->curve[i];
		curve[i].willing = curve[i].willing_base = -1;
	}
	lot->curve = curve;
}

static void mask_near(struct zv_lots_near *near, bool volume)
{
	near->who = ZV_STR("");
	near->lacks_kop = 0;
	if (volume)
		return;
	near->reachable_base = -1;
	near->lacks_base = 0;
}

enum zv_code zv_lots_mask_lot(struct zv_view_lot *view, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_disclosure_rule rule;
	struct weight weight;
	bool all_seen;
	enum zv_code code = ZV_OK;

	if (sees_all(who))
		return ZV_OK;
	weight_init(&weight);
	for (size_t i = 0; i < view->lot.n_members; i++)
		weigh(&weight, view->lot.members[i].org_uid, view->lot.members[i].firm_base + view->lot.members[i].extra_base);
	code = zv_disclosure_rule_load(&rule, db, err);
	if (code == ZV_OK)
		code = mask_members(view, &all_seen, db, who, arena, err);
	if (code == ZV_OK) {
		bool volume = all_seen || allowed(&weight, &rule);

		view->masked = true;
		view->volume_hidden = !volume;
		if (!volume) {
			view->lot.qty_base = view->lot.firm_base = view->lot.total_kop = 0;
			view->lot.n_regions = view->lot.n_orgs = 0;
			view->lot.n_dues = view->lot.n_required = 0;
		}
		view->lot.freight_kop = 0;
		mask_curve(&view->lot, arena);
		mask_near(&view->near.below, volume);
		mask_near(&view->near.above, volume);
	}
	weight_done(&weight);
	return code;
}

/* --- what did not come about -------------------------------------------------------------------------------------------------------- */

/* Everybody who counts for the item: who is willing at some price is one of them. */
static enum zv_code weigh_item(bool *own, bool *volume, struct zv_db *db, const struct zv_who *who, struct zv_str item_uid,
			       const struct zv_disclosure_rule *rule, struct zv_err *err)
{
	struct weight weight;
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db,
				       "SELECT o.uid, n.org_id, n.qty_base, COALESCE(n.tolerance_base, 0) FROM need n JOIN item i ON i.id = n.item_id "
				       "JOIN org o ON o.id = n.org_id WHERE i.uid = $1 AND n.state IN (2, 3) AND n.qty_base IS NOT NULL ORDER BY n.id",
				       err);

	if (code != ZV_OK)
		return code;
	weight_init(&weight);
	zv_bind_text(stmt, 1, item_uid);
	*own = false;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		weigh(&weight, zv_col_text(stmt, 0), zv_col_int(stmt, 2) + zv_col_int(stmt, 3));
		*own = *own || zv_who_is_of_org(who, zv_col_int(stmt, 1));
	}
	zv_stmt_reset(stmt);
	*volume = allowed(&weight, rule);
	weight_done(&weight);
	return code;
}

static enum zv_code is_own_org(bool *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record org;
	enum zv_code code = zv_record_by_uid(&org, db, zv_register_find("org"), uid, arena, err);

	*out = code == ZV_OK && zv_who_is_of_org(who, org.id);
	return code;
}

enum zv_code zv_lots_mask_unfilled(struct zv_lots_unfilled *rows, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
				   struct zv_err *err)
{
	struct zv_disclosure_rule rule;
	size_t kept = 0;
	enum zv_code code = zv_disclosure_rule_load(&rule, db, err);

	if (sees_all(who))
		return code;
	for (size_t i = 0; i < *n && code == ZV_OK; i++) {
		bool own = false, maker = false, volume = false;

		code = weigh_item(&own, &volume, db, who, rows[i].item_uid, &rule, err);
		if (code == ZV_OK)
			code = is_own_org(&maker, db, who, rows[i].maker_uid, arena, err);
		if (code != ZV_OK || (!own && !maker && !sees_lots(who)))
			continue;
		mask_near(&rows[i].below, volume);
		mask_near(&rows[i].above, volume);
		rows[kept++] = rows[i];
	}
	*n = kept;
	return code;
}
