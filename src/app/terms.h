/* The terms of an offer as the engines take them: price by volume, sizes, capacity, freight to a place. */
#ifndef ZV_APP_TERMS_H
#define ZV_APP_TERMS_H

#include "app/snapshot.h"
#include "model/ladder.h"

/* Form NONE when the maker states no price. Breaks live in the arena. */
ZV_MUST_CHECK enum zv_code zv_terms_ladder(struct zv_ladder *out, const struct zv_snap_offer *offer, struct zv_arena *arena, struct zv_err *err);

struct zv_lot_sizes zv_terms_sizes(const struct zv_snap_offer *offer);

/* True when the price holds at the buyer's place (Incoterms C and D groups). */
bool zv_terms_delivered(struct zv_str basis);

/*
 * Freight between two regions as an exact price per base unit of `dim`; {0, 0} and *known false when it cannot be said (a region
 * is not stated, a volume without a density, pieces without a weight).
 */
ZV_MUST_CHECK enum zv_code zv_terms_freight(struct zv_price *out, bool *known, struct zv_str from, struct zv_str to,
					    const struct zv_snap_item *item, enum zv_dim dim, struct zv_err *err);

/*
 * Free capacity of the maker for the item in the quarters from `from` to `to`, in `dim`. INT64_MAX when nothing was stated for
 * them: not stated is not zero. *said is the oldest of the statements, ZV_DATE_NONE when there is none.
 */
int64_t zv_terms_free(zv_date *said, const struct zv_snapshot *snapshot, const struct zv_snap_offer *offer, zv_date from, zv_date to);

/* 0: `with` may not stand in for `item`; 1..3 the state of the best substitute row (3 qualified); 4: the same item. *days to qualify. */
int zv_terms_substitute(int64_t *days, const struct zv_snapshot *snapshot, int32_t item, int32_t with);

#endif
