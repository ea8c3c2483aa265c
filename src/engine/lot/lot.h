/*
 * Lots: small needs of many regions pooled into production runs, exactly.
 *
 * Input is one group of needs that may share a lot (A1: one item or class of qualified substitutes, one delivery window, one
 * region group) and the offers that may serve it. For an offer with lot sizes m <= Q <= K, (Q - m) mod s = 0 and unit price
 * p(Q), the needs willing to join a lot of Q are those that the offer can serve and whose ceiling is at least p(Q) + freight.
 * A lot is a set of willing needs with sum(firm) <= Q <= sum(firm + extra). Of all lots of all offers the best one has
 *   1. the largest sum(firm);  2. the lowest p(Q);  3. the earliest needs: of two sets the one that has the smallest id in
 *   which they differ;  4. the smallest surplus Q - sum(firm);  5. the smallest offer id.
 * Its needs leave, the offer's free capacity shrinks, and the rest is tried again until nothing fits. Alike needs of one
 * organisation are one position: splitting a need into two alike changes nothing.
 *
 * The order of the input arrays changes nothing but the indices in the result. No clock, no thread, no store.
 */
#ifndef ZV_ENGINE_LOT_LOT_H
#define ZV_ENGINE_LOT_LOT_H

#include "base/date.h"
#include "base/err.h"
#include "model/ladder.h"
#include "model/price.h"

#define ZV_LOT_NONE SIZE_MAX /* no such index */

/* Why a need is not in a lot; the order is the order of the tests. The caller's verdicts use the same words. */
enum zv_lot_why {
	ZV_LOT_FITS = 0,
	ZV_LOT_NOOFFER,    /* nobody offers the item */
	ZV_LOT_UNIT,       /* no conversion between the units of need and offer */
	ZV_LOT_CONTROLLED, /* verdict: a permit is missing */
	ZV_LOT_PROPERTY,   /* verdict: a hard requirement is not met */
	ZV_LOT_VALIDITY,   /* verdict: the offer is not valid in the window */
	ZV_LOT_WINDOW,     /* the delivery window lies outside that of the group */
	ZV_LOT_LEAD,       /* ready after the day it is needed */
	ZV_LOT_NOPRICE,    /* the maker states no price: ask him */
	ZV_LOT_PRICE,      /* the lowest landed price is above the ceiling */
	ZV_LOT_CAPACITY,   /* more than the free capacity or the largest lot */
	ZV_LOT_MINIMUM,    /* the volume of the willing does not reach a lot */
	ZV_LOT_STEP,       /* enough volume, but no set of needs makes up a lot size */
	ZV_LOT_SEARCH,     /* the work limit was hit: a lot may exist */
	ZV_LOT_WHY_COUNT
};

/* "NOOFFER", "UNIT" ...: stable words for tables, JSON and the database. */
const char *zv_lot_why_name(enum zv_lot_why why);

struct zv_lot_need {
	int64_t id; /* unique in the problem; a smaller one was registered earlier */
	int64_t org;
	int64_t item;
	int32_t region;    /* only counted */
	uint32_t place;    /* where it goes to: column of zv_lot_problem.freight */
	uint32_t spec;     /* its requirements, permits, substitutes: column of zv_lot_problem.verdict */
	int32_t priority;  /* when supply is short smaller numbers come first */
	enum zv_dim dim;
	int64_t firm_base;  /* above 0 */
	int64_t extra_base; /* tolerance, 0 or more */
	struct zv_price ceiling; /* landed; per 0: none stated, always willing */
	zv_date earliest, due;   /* ZV_DATE_NONE: open */
};

struct zv_lot_offer {
	int64_t id; /* unique in the problem */
	int64_t org;
	int32_t region;
	enum zv_dim dim;
	struct zv_ladder ladder;   /* form NONE: no price stated, no lot */
	struct zv_lot_sizes sizes; /* max: the largest single lot, 0 for no limit */
	int64_t free_base;         /* capacity left for all lots together by the date; INT64_MAX: not limited */
	zv_date ready;             /* as-of day + lead; ZV_DATE_NONE: in time for everybody */
};

struct zv_lot_problem {
	const struct zv_lot_need *needs;
	size_t n_needs;
	const struct zv_lot_offer *offers;
	size_t n_offers;
	const struct zv_price *freight; /* [offer * n_places + place]; per 0: nothing to pay. NULL: no freight at all */
	uint32_t n_places;
	const uint8_t *verdict; /* [offer * n_specs + spec], enum zv_lot_why, ZV_LOT_FITS: may serve. NULL: every offer serves
				   every need */
	uint32_t n_specs;
	zv_date from, to;      /* delivery window of the group; ZV_DATE_NONE: open */
	int64_t package_base;  /* shares are whole packages where possible; 0: 1 kg, 1 L, 1 piece */
	int64_t work_limit;    /* elementary steps for one lot; 0: ZV_LOT_WORK */
};

enum { ZV_LOT_PACKAGE = 1000000 /* 1 kg, 1 L */, ZV_LOT_WORK = 100000000 /* a second at worst */ };

/* What one need gets in a lot (A6), with the figures of the split for the protocol (A5):
 * quota = quota_base + rest / rest_of. */
struct zv_lot_link {
	size_t need;
	int64_t share_base; /* firm + part of the surplus */
	int64_t firm_base;
	int64_t quota_base;    /* exact part of the surplus before rounding to packages */
	int64_t rest, rest_of; /* rest < rest_of */
	int64_t pay_kop;       /* part of the lot's value; the parts add up to it */
};

struct zv_lot {
	size_t offer;
	int64_t size_base;  /* Q */
	int64_t firm_base;  /* sum(firm) */
	int64_t extra_base; /* sum(extra) */
	struct zv_price price; /* p(Q), lowest terms; should that not fit 64 bits, value_kop for size_base */
	int64_t value_kop;     /* the maker's price of the whole lot */
	size_t first_link, n_links; /* in zv_lot_result.links, by need id */
	size_t n_orgs, n_regions;
	bool proved;        /* nothing better exists, ties included */
	int64_t bound_base; /* no lot could have had more sum(firm); equals firm_base when that much is proved */
};

/* An unwilling need and what it would have to be given to join a lot of some size. */
struct zv_lot_who {
	size_t need;
	int64_t gap_kop; /* (p + freight - ceiling) * (firm + extra), rounded up */
	bool needed;     /* in the cheapest set that makes the lot fit */
};

enum { ZV_LOT_WHO_MAX = 100 };

/* One lot size seen from the needs. lack_base == 0: a lot of this size fits. */
struct zv_lot_view {
	bool exists;
	int64_t size_base;
	struct zv_price price;
	int64_t value_kop;
	size_t n_willing, n_unwilling;
	int64_t firm_base;   /* sum(firm) of the willing */
	int64_t reach_base; /* the largest sum(firm + extra) of willing needs with sum(firm) <= Q, or that of one set where a
			       lot fits; at most the truth when !exact */
	int64_t lack_base;   /* max(0, Q - reach_base) */
	int64_t rest_base;   /* what would still lack if all the unwilling joined */
	int64_t lack_kop;    /* money for the cheapest set of unwilling needs that closes the lack; 0 when there is none */
	size_t first_who, n_who; /* unwilling needs, needed ones first, then by gap; at most ZV_LOT_WHO_MAX */
	bool exact;
};

/* For an offer into which nothing (more) fits: the nearest lot sizes below and above what is reachable. */
struct zv_lot_near {
	size_t offer;
	int64_t reach_base;
	struct zv_lot_view below, above;
};

/* The one main reason why a need was left over. have, want, lack are days for LEAD and WINDOW, base units for CAPACITY,
 * MINIMUM, STEP, SEARCH, kopecks for PRICE. */
struct zv_lot_miss {
	size_t need;
	enum zv_lot_why why;
	size_t offer; /* the offer that came nearest; ZV_LOT_NONE for NOOFFER */
	int64_t have, want;
	int64_t lack;         /* the cheapest flip: days earlier, base units more, kopecks more for the firm quantity */
	int64_t size_base;    /* PRICE, MINIMUM, STEP: at this lot size */
	struct zv_price price; /* PRICE: the maker's price at that size, without freight */
};

enum { ZV_LOT_DIMS = 9 };

struct zv_lot_sum {
	int64_t n;
	int64_t base[ZV_LOT_DIMS]; /* sum(firm) by enum zv_dim */
	int64_t kop;               /* the makers' prices of the lots */
};

/* Needs served when every position makes its own lot, the same test and the same capacity, against what pooling serves. */
struct zv_lot_headline {
	struct zv_lot_sum alone, pooled, total; /* total.kop is 0 */
	int64_t n_lots, n_lots_proved;
};

struct zv_lot_result {
	struct zv_lot *lots; /* in the order found */
	size_t n_lots;
	struct zv_lot_link *links;
	size_t n_links;
	struct zv_lot_miss *misses; /* by need id */
	size_t n_misses;
	struct zv_lot_near *nears; /* by offer id; only offers that may serve a need left over */
	size_t n_nears;
	struct zv_lot_who *who;
	size_t n_who;
	struct zv_lot_headline headline;
	int64_t work; /* elementary steps done */
};

/*
 * ZV_E_INVALID for input that breaks the rules above (err->field says which), ZV_E_LIMIT when sums or products leave their
 * integers. A result is the caller's, to be freed. Costs O(needs * offers) for a lot that its volume decides; the choice
 * of a set is exact up to work_limit, and says so when it was hit.
 */
ZV_MUST_CHECK enum zv_code zv_lot_solve(struct zv_lot_result **out, const struct zv_lot_problem *problem, struct zv_err *err);
void zv_lot_result_free(struct zv_lot_result *result);

/* Adds b to *a. ZV_E_LIMIT when a sum does not fit; *a is then untouched. */
ZV_MUST_CHECK enum zv_code zv_lot_headline_add(struct zv_lot_headline *a, const struct zv_lot_headline *b, struct zv_err *err);

/*
 * How an offer looks to all needs of the problem at one size, or along the ladder (the smallest size, every break, half
 * again, twice and three times the smallest, the largest). Sizes asked for go up to the next that the offer makes; those it
 * does not make have exists = false.
 */
struct zv_lot_curve {
	struct zv_lot_view *points; /* by size */
	size_t n;
	struct zv_lot_who *who;
	size_t n_who;
};

ZV_MUST_CHECK enum zv_code
zv_lot_curve(struct zv_lot_curve **out, const struct zv_lot_problem *problem, size_t offer, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_curve_at(struct zv_lot_curve **out, const struct zv_lot_problem *problem, size_t offer,
					   const int64_t *sizes, size_t n_sizes, struct zv_err *err);
void zv_lot_curve_free(struct zv_lot_curve *curve);

/*
 * Proves that a result keeps every rule: willing needs only, sizes, sums, capacity, shares, values, each need in one lot or
 * with one reason, headline. Shares nothing with the solver but the structs. ZV_E_BUG with the first fault. Does not prove that
 * the lots are the best.
 */
ZV_MUST_CHECK enum zv_code
zv_lot_check(const struct zv_lot_problem *problem, const struct zv_lot_result *result, struct zv_err *err);

#endif
