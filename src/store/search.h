/* Full text over items, needs and orgs: Russian and English word forms, transliteration, codes by prefix. Alike on both stores. */
#ifndef ZV_STORE_SEARCH_H
#define ZV_STORE_SEARCH_H

#include "base/arena.h"
#include "store/db/db.h"

/* Adds or replaces the text of one row. Inside the caller's transaction. */
ZV_MUST_CHECK enum zv_code zv_search_put(struct zv_db *db, int entity, int64_t id, struct zv_str text, struct zv_str codes, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_search_remove(struct zv_db *db, int entity, int64_t id, struct zv_err *err);

struct zv_hit {
	int entity;
	int64_t id;
	int32_t score; /* higher is better */
};

/*
 * All words must occur (in any form); a last word may be the beginning of one when `prefix`. At most `limit` hits, best
 * first, ties by id; ranking looks at a bounded number of candidates. An exact code (CAS, INN, OKPD2 prefix) beats all text.
 */
ZV_MUST_CHECK enum zv_code zv_search(struct zv_hit **out, size_t *n, struct zv_db *db, int entity, struct zv_str query, bool prefix,
				     int limit, struct zv_arena *arena, struct zv_err *err);

#endif
