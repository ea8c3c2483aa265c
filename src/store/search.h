/* Full text over items, needs and orgs: Russian and English word forms, transliteration, codes by prefix. Alike on both stores. */
#ifndef ZV_STORE_SEARCH_H
#define ZV_STORE_SEARCH_H

#include "base/arena.h"
#include "store/db/db.h"

/* `entity` below: the number of a register (store/register.h) that is searched: item, need or org. */

/* Adds or replaces the text of one row. Inside the caller's transaction. Names come first: their first words weigh most. */
ZV_MUST_CHECK enum zv_code zv_search_put(struct zv_db *db, int entity, int64_t id, struct zv_str text, struct zv_str codes, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_search_remove(struct zv_db *db, int entity, int64_t id, struct zv_err *err);

/*
 * Brings the index up to the batches of the registers: new, changed and undone ones. Not inside a transaction; works in short ones of
 * its own, so that it may be killed at any time and goes on later. `go_on` (may be NULL) is told
 * the rows done so far; false stops after them.
 */
ZV_MUST_CHECK enum zv_code zv_search_refresh(struct zv_db *db, bool (*go_on)(void *context, int64_t rows), void *context, struct zv_err *err);

/* True when zv_search_refresh has something to do. */
ZV_MUST_CHECK enum zv_code zv_search_stale(bool *out, struct zv_db *db, struct zv_err *err);

struct zv_hit {
	int entity;
	int64_t id;
	int32_t score; /* higher is better */
};

/*
 * All words must occur (in any form); a last word may be the beginning of one when `prefix`. At most `limit` hits, best
 * first, ties by id. Ranking looks at the first 1,000 rows that match, and at items of exactly this name. A code (CAS, INN,
 * OKPD2 20.14.62) is found as a whole or by its first groups (20.14); as a whole it beats all text. `entity` 0: all three.
 */
ZV_MUST_CHECK enum zv_code zv_search(struct zv_hit **out, size_t *n, struct zv_db *db, int entity, struct zv_str query, bool prefix,
				     int limit, struct zv_arena *arena, struct zv_err *err);

/* The same over the rows of one register that `keep` lets through: the others change neither what is found nor the order. NULL: all. */
struct zv_search_keep {
	enum zv_code (*keep)(bool *out, void *context, int64_t id, struct zv_err *err);
	void *context;
};
ZV_MUST_CHECK enum zv_code zv_search_kept(struct zv_hit **out, size_t *n, struct zv_db *db, int entity, struct zv_str query, bool prefix,
					  int limit, const struct zv_search_keep *keep, struct zv_arena *arena, struct zv_err *err);

#endif
