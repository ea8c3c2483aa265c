/* Offers by what they refer to. */
#ifndef ZV_STORE_OFFER_H
#define ZV_STORE_OFFER_H

#include "store/register.h"

/* Ids in their order, at most `max`; *n tells how many. */
ZV_MUST_CHECK enum zv_code zv_offers_of_item(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t item_id, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_offers_of_org(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t org_id, struct zv_err *err);

#endif
