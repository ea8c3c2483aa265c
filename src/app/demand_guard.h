/* What each buyer has in the demand for an item, and whether figures over them may be shown (feature I3). Pure. Inside app/ and its tests. */
#ifndef ZV_APP_DEMAND_GUARD_H
#define ZV_APP_DEMAND_GUARD_H

#include "app/sight.h"

struct zv_demand_part {
	int64_t org_id;
	int64_t firm_base, extra_base;  /* of all its needs that are declared or confirmed */
	int64_t confirmed_base;         /* firm of the confirmed ones */
	int64_t confirmed_extra_base;
};

struct zv_demand_sums {
	int64_t firm_base, extra_base, confirmed_base, confirmed_extra_base; /* -1: too few stand behind it, or one with too large a part */
	size_t buyers;
	bool dominated; /* of firm_base */
};

/* The figures that may be shown of these parts: each, and what one is told by taking one from another. */
void zv_demand_sum(struct zv_demand_sums *out, const struct zv_demand_part *parts, size_t n, const struct zv_disclosure_rule *rule);

/*
 * Whether figures over `new` may follow figures over `old` (both by org_id, rising): whoever takes one from the other must not learn one
 * buyer's part. True when nothing differs.
 */
bool zv_demand_may_follow(const struct zv_demand_part *old, size_t n_old, const struct zv_demand_part *new, size_t n_new,
			  const struct zv_disclosure_rule *rule);

/*
 * What figures over `new` leave behind for the comparison with the next ones: a buyer's confirmed part that `sums` hides stays as it was in
 * `old`, for nobody has seen another. Else four confirmed buyers of five, hidden, would keep the fifth from ever being shown.
 */
void zv_demand_seen(struct zv_demand_part *new, size_t n_new, const struct zv_demand_part *old, size_t n_old, const struct zv_demand_sums *sums);

#endif
