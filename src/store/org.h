/* Organisations by their legal numbers and names. */
#ifndef ZV_STORE_ORG_H
#define ZV_STORE_ORG_H

#include "store/register.h"

/* Ids in their order, at most `max`; *n tells how many. An empty KPP: whatever the KPP. */
ZV_MUST_CHECK enum zv_code zv_orgs_by_inn(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str inn, struct zv_str kpp,
					  struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_orgs_by_ogrn(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str ogrn, struct zv_err *err);

/* By the stored name_key. */
ZV_MUST_CHECK enum zv_code zv_orgs_by_name_key(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str name_key,
					       struct zv_err *err);

#endif
