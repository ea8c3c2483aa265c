/* Rows out of which candidates for a cluster are found, beside its contracts (store/cluster_read.h). */
#ifndef ZV_STORE_CAMPAIGN_H
#define ZV_STORE_CAMPAIGN_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

struct zv_campaign_need_row {
	int64_t id, org_id, item_id;
};
/* Open needs of a known item of everybody who ever was a member, by id. Whether somebody may see one is for the caller to ask. */
ZV_MUST_CHECK enum zv_code zv_campaign_needs(struct zv_campaign_need_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
					     struct zv_err *err);

struct zv_campaign_offer_row {
	int64_t id, org_id, item_id;
	struct zv_str item, item_en; /* what is offered */
};
/* Offers of the item or of what is qualified to stand in for it, valid on the day, by id; at most 200. */
ZV_MUST_CHECK enum zv_code zv_campaign_offers(struct zv_campaign_offer_row **out, size_t *n, struct zv_db *db, int64_t item_id, zv_date on,
					      struct zv_arena *arena, struct zv_err *err);

struct zv_campaign_org_row {
	int64_t id, kind; /* kind -1: not stated */
	struct zv_str uid, name, region;
};
/* ZV_E_NOTFOUND. One that was merged into another is the other. */
ZV_MUST_CHECK enum zv_code zv_campaign_org(struct zv_campaign_org_row *out, struct zv_db *db, int64_t org_id, struct zv_arena *arena, struct zv_err *err);

#endif
