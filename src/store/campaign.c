/* Queries for the campaign. */
#include "store/campaign.h"

#include "store/read.h"

static const char sql_needs[] = "SELECT n.id, n.org_id, n.item_id FROM need n WHERE n.item_id IS NOT NULL AND n.state IN (1, 2, 3) AND n.org_id IN "
				"(SELECT m.org_id FROM cluster_member m WHERE m.cluster_id = $1) ORDER BY n.id";

static void read_need(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	(void)arena;
	*(struct zv_campaign_need_row *)out = (struct zv_campaign_need_row){zv_col_int(stmt, 0), zv_col_int(stmt, 1), zv_col_int(stmt, 2)};
}

enum zv_code zv_campaign_needs(struct zv_campaign_need_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
			       struct zv_err *err)
{
	void *found = NULL;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_needs, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, cluster_id);
	code = zv_read_all(&found, n, stmt, sizeof(**out), read_need, arena, err);
	*out = found;
	return code;
}

static const char sql_offers[] =
	"SELECT f.id, f.org_id, f.item_id, i.name, i.name_en FROM offer f JOIN item i ON i.id = f.item_id WHERE (f.item_id = $1 OR f.item_id IN "
	"(SELECT s.with_item_id FROM substitute s WHERE s.item_id = $1 AND s.state = 3)) AND (f.valid_until IS NULL OR f.valid_until >= $2) "
	"ORDER BY f.id LIMIT 200";

static void read_offer(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_campaign_offer_row *)out = (struct zv_campaign_offer_row){
		.id = zv_col_int(stmt, 0),
		.org_id = zv_col_int(stmt, 1),
		.item_id = zv_col_int(stmt, 2),
		.item = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.item_en = zv_str_dup(arena, zv_col_text(stmt, 4)),
	};
}

enum zv_code zv_campaign_offers(struct zv_campaign_offer_row **out, size_t *n, struct zv_db *db, int64_t item_id, zv_date on, struct zv_arena *arena,
				struct zv_err *err)
{
	void *found = NULL;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_offers, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, item_id);
	zv_bind_int(stmt, 2, on);
	code = zv_read_all(&found, n, stmt, sizeof(**out), read_offer, arena, err);
	*out = found;
	return code;
}

static const char sql_org[] = "SELECT o.id, o.uid, o.name, o.region, o.kind FROM org o WHERE o.id = COALESCE((SELECT m.to_id FROM org_merge m "
			      "WHERE m.from_id = $1), $1)";

static void read_org(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_campaign_org_row *)out = (struct zv_campaign_org_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.name = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.region = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.kind = zv_col_is_null(stmt, 4) ? -1 : zv_col_int(stmt, 4),
	};
}

enum zv_code zv_campaign_org(struct zv_campaign_org_row *out, struct zv_db *db, int64_t org_id, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool found = false;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_org, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id);
	code = zv_read_one(&found, out, stmt, read_org, arena, err);
	if (code != ZV_OK || found)
		return code;
	return zv_fail(err, ZV_E_NOTFOUND, "org", N_("This organisation is not in the register any more."));
}
