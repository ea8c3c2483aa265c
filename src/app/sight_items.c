/*
 * Who sees items. The shared catalogue (centre 0): everybody who is signed in. An item that came in with a centre's own rows may tell by its
 * name what somebody needs: its centre, those who read all, and whoever sees a row that refers to it.
 */
#include "app/sight_rows.h"
#include "store/id.h"

#define OPEN "state IN (1, 2, 3, 4)"
#define ITEM_NEXT "item_id >= " ZV_SIGHT_OWN " AND item_id > $1"
#define ITEM_ENDS " ORDER BY item_id LIMIT $2"

static const struct zv_object ANYTHING = {-1, 0};

bool zv_sight_items_all(const struct zv_who *who)
{
	return zv_may(who, ZV_DO_NEED_READ, ANYTHING);
}

static void of_centre(zv_sight_ways *out, const struct zv_grant *grant)
{
	zv_sight_way(out, "SELECT id FROM item WHERE id > $1 AND id >= $3 * " ZV_SIGHT_OWN " AND id < ($3 + 1) * " ZV_SIGHT_OWN " ORDER BY id LIMIT $2",
		     grant->centre_id);
	zv_sight_way(out, "SELECT DISTINCT item_id FROM need WHERE centre_id = $3 AND " ITEM_NEXT ITEM_ENDS, grant->centre_id);
	zv_sight_way(out, "SELECT DISTINCT item_id FROM need WHERE state <> 0 AND " ITEM_NEXT " AND id IN (SELECT s.need_id FROM scouting s "
		     "JOIN scouting_centre c ON c.scouting_id = s.id WHERE c.centre_id = $3)" ITEM_ENDS, grant->centre_id);
}

static void of_org(zv_sight_ways *out, int64_t org_id)
{
	zv_sight_way(out, "SELECT item_id FROM need WHERE org_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT item_id FROM offer WHERE org_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT item_id FROM capacity WHERE org_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT item_id FROM supply WHERE supplier_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT item_id FROM supply WHERE customer_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT item_id FROM product WHERE org_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT item_id FROM recipe_line WHERE org_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT item_id FROM line_source WHERE org_id = $3 AND " ITEM_NEXT " UNION "
		     "SELECT with_item_id FROM line_source WHERE org_id = $3 AND with_item_id >= " ZV_SIGHT_OWN " AND with_item_id > $1 ORDER BY 1 LIMIT $2", org_id);
	zv_sight_way(out, "SELECT DISTINCT item_id FROM need WHERE state <> 0 AND " ITEM_NEXT
		     " AND id IN (SELECT need_id FROM contact WHERE org_id = $3 AND state = 2)" ITEM_ENDS, org_id);
}

/* Needs that are seen through one's own offers (visibility "matched") are of items that these refer to already. */
void zv_sight_ways_to_items(zv_sight_ways *out, const struct zv_who *who)
{
	bool needs = zv_may_some(who, ZV_DO_NEED_READ);

	if (zv_may(who, ZV_DO_OFFER_READ, ANYTHING))
		zv_sight_way(out, "SELECT DISTINCT item_id FROM offer WHERE " ITEM_NEXT ITEM_ENDS, -1);
	for (int i = 0; i < who->n_grants && needs; i++) {
		const struct zv_grant *grant = &who->grants[i];
		enum zv_reach reach = zv_rights_reach(grant->role, ZV_DO_NEED_READ);

		if (reach == ZV_REACH_NONE)
			continue;
		zv_sight_way(out, "SELECT DISTINCT item_id FROM need WHERE visibility = 3 AND " OPEN " AND " ITEM_NEXT ITEM_ENDS, -1);
		if (reach == ZV_REACH_SHAPE)
			continue;
		zv_sight_way(out, "SELECT DISTINCT item_id FROM need WHERE visibility = 2 AND " OPEN " AND " ITEM_NEXT ITEM_ENDS, -1);
		if (reach == ZV_REACH_CENTRE && grant->centre_id >= 0 && grant->role == ZV_ROLE_OPERATOR)
			of_centre(out, grant);
		if (grant->org_id != 0)
			of_org(out, grant->org_id);
	}
}

/* A pair with an item that is not shared is for those who read all. */
void zv_sight_ways_to_substitutes(zv_sight_ways *out)
{
	zv_sight_way(out, "SELECT id FROM substitute WHERE id > $1 AND item_id < " ZV_SIGHT_OWN " AND with_item_id < " ZV_SIGHT_OWN
		     " ORDER BY id LIMIT $2", -1);
}

/* Its history names the file that it came with: only its centre and those who read all see that. */
enum zv_code zv_sight_of_item(enum zv_sight *out, struct zv_db *db, const struct zv_who *who, int64_t item_id, struct zv_err *err)
{
	int64_t next = 0;
	size_t n = 0;
	enum zv_code code = ZV_OK;

	*out = ZV_SIGHT_NONE;
	if (!zv_may_some(who, ZV_DO_REFERENCE_READ))
		return ZV_OK;
	if (item_id < ZV_SIGHT_SHARED_END || zv_sight_items_all(who)) {
		*out = ZV_SIGHT_FULL;
		return ZV_OK;
	}
	for (int i = 0; i < who->n_grants && zv_may_some(who, ZV_DO_NEED_READ); i++)
		if (who->grants[i].role == ZV_ROLE_OPERATOR && who->grants[i].centre_id == zv_id_centre(item_id))
			*out = ZV_SIGHT_FULL;
	if (*out == ZV_SIGHT_NONE)
		code = zv_sight_next(&next, &n, 1, db, who, zv_register_find("item"), item_id - 1, err);
	if (code == ZV_OK && n == 1 && next == item_id)
		*out = ZV_SIGHT_SHAPE;
	return code;
}

enum zv_code zv_sight_keeps_item(bool *out, void *seeing, int64_t id, struct zv_err *err)
{
	struct zv_sight_seeing *s = seeing;
	enum zv_sight sight;
	enum zv_code code = zv_sight_of_item(&sight, s->db, s->who, id, err);

	*out = code == ZV_OK && sight != ZV_SIGHT_NONE;
	return code;
}

enum zv_code zv_sight_search(struct zv_hit **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str query, bool prefix, int limit,
			     struct zv_arena *arena, struct zv_err *err)
{
	struct zv_sight_seeing seeing = {db, who};
	struct zv_search_keep keep = {zv_sight_keeps_item, &seeing};

	return zv_search_kept(out, n, db, zv_register_find("item")->entity, query, prefix, limit, zv_sight_items_all(who) ? NULL : &keep, arena, err);
}
