/* The fair split of a lot (A5): firm first, surplus by tolerance, short supply by firm within priority classes. */
#ifndef ZV_ENGINE_LOT_SPLIT_H
#define ZV_ENGINE_LOT_SPLIT_H

#include "base/err.h"

struct zv_split_claim {
	int64_t id;         /* ties go to the smaller one */
	int64_t firm_base;  /* 0 or more */
	int64_t extra_base; /* 0 or more: takes at most firm + extra */
	int32_t priority;   /* short supply: a smaller number is served in full before the next */
};

/* quota = quota_base + rest / rest_of is the exact part before rounding: of the surplus, or of the short supply. */
struct zv_split_share {
	int64_t share_base;
	int64_t quota_base;
	int64_t rest, rest_of;
};

/*
 * Splits lot_base; the shares always add up to it. Quotas go down to whole packages of package_base > 0, whole packages left
 * go to the largest remainders, what is less than a package to the next one. A package larger than every claim is opened
 * (by tens). Nobody gets more than firm + extra, or, in short supply, than firm.
 * ZV_E_INVALID when the lot is larger than the sum of firm + extra or a claim is negative, ZV_E_LIMIT when a sum does not fit.
 */
ZV_MUST_CHECK enum zv_code zv_lot_split(struct zv_split_share *out, const struct zv_split_claim *claims, size_t n,
					int64_t lot_base, int64_t package_base, struct zv_err *err);

#endif
