/*
 * One need against offers and proven supplies: ordered conditions with both values, what would close each gap, and a fixed
 * ranking. Non-matches are part of the answer (M4). No store, no clock: `as_of` is given.
 */
#ifndef ZV_ENGINE_MATCH_MATCH_H
#define ZV_ENGINE_MATCH_MATCH_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "model/ladder.h"
#include "model/price.h"
#include "model/requirement.h"

struct zv_match_need {
	int64_t id, org, item;
	struct zv_str cas;   /* "123-54-6", or empty */
	struct zv_str okpd2; /* or empty */
	enum zv_dim dim;
	int64_t firm_base, extra_base;
	struct zv_price ceiling; /* landed; per 0: none stated */
	zv_date earliest, due;   /* ZV_DATE_NONE: open */
	struct zv_requirements requirements;
};

/* What a maker said of one quarter (R7). */
struct zv_match_capacity {
	int32_t quarter;
	int64_t free_base; /* what is still free */
	zv_date said_on;   /* ZV_DATE_NONE: unknown */
};

enum zv_match_kind {
	ZV_MATCH_OFFER, /* the maker offers it */
	ZV_MATCH_PROVEN /* a contract shows that he sold it: everything that it does not say is to be asked */
};

enum zv_match_permit { ZV_MATCH_PERMIT_FREE, ZV_MATCH_PERMIT_HELD, ZV_MATCH_PERMIT_MISSING, ZV_MATCH_PERMIT_UNKNOWN };

/* How one item may stand in for another (N2). */
enum zv_match_substitute { ZV_MATCH_SUBST_NONE, ZV_MATCH_SUBST_PROPOSED, ZV_MATCH_SUBST_TESTED, ZV_MATCH_SUBST_QUALIFIED };

struct zv_match_offer {
	int64_t id, org, item;
	enum zv_match_kind kind;
	struct zv_str cas, okpd2;
	enum zv_dim dim;
	struct zv_ladder ladder; /* form NONE: price on request */
	struct zv_lot_sizes sizes;
	const struct zv_match_capacity *capacity; /* none: free capacity unknown */
	size_t n_capacity;
	int32_t lead_days; /* -1: unknown */
	zv_date valid_to;  /* ZV_DATE_NONE: open */
	zv_date seen_on;   /* PROVEN: day of the contract */
	struct zv_requirements properties;
	int32_t trust; /* 0..1000, from the record of the maker; 500 for a newcomer */

	/* towards this need */
	struct zv_price freight; /* per 0: unknown, or contained in the price when `delivered` */
	bool delivered;          /* the price holds at the buyer's place */
	enum zv_match_permit permit;
	enum zv_match_substitute substitute;
	int32_t days_to_qualify; /* -1: unknown */
	int32_t crosswalk;       /* penalty when the codes met through a crosswalk table */
};

enum zv_match_state {
	ZV_MATCH_PASS,
	ZV_MATCH_NOTE,    /* no failure, but to be known: a minimum lot above the need, a stale statement */
	ZV_MATCH_SOFT,    /* a soft requirement is not met */
	ZV_MATCH_UNKNOWN, /* ask the maker */
	ZV_MATCH_FAIL
};

/* In the order of the tests. */
enum zv_match_test {
	ZV_MATCH_IDENTITY,
	ZV_MATCH_PERMIT,
	ZV_MATCH_UNIT,
	ZV_MATCH_REQUIREMENT, /* one condition per requirement */
	ZV_MATCH_VALIDITY,
	ZV_MATCH_LEAD,
	ZV_MATCH_QUANTITY,
	ZV_MATCH_MINIMUM,
	ZV_MATCH_PRICE,
	ZV_MATCH_FRESH,
	ZV_MATCH_TEST_COUNT
};

/* "identity", "permit" ...: stable words; and "pass", "note", "soft", "unknown", "fail". */
const char *zv_match_test_name(enum zv_match_test test);
const char *zv_match_state_name(enum zv_match_state state);

/* How the items met, best first. */
enum zv_match_identity {
	ZV_MATCH_SAME_CAS,
	ZV_MATCH_SAME_ITEM,
	ZV_MATCH_SUBSTITUTE,
	ZV_MATCH_SAME_CLASS,
	ZV_MATCH_NEAR_CLASS,
	ZV_MATCH_STRANGE
};

/*
 * have: what the offer has; want: what the need wants. Units: days since 1970 for VALIDITY and LEAD, base units for QUANTITY
 * and MINIMUM, millionths for REQUIREMENT, kopecks for the firm quantity for PRICE (the exact prices stand beside), classifier
 * steps for IDENTITY, days of age for FRESH.
 */
struct zv_match_cond {
	enum zv_match_test test;
	enum zv_match_state state;
	size_t requirement; /* index into need.requirements for REQUIREMENT */
	int64_t have, want;
	struct zv_price have_price, want_price; /* PRICE: landed, ceiling */
	int64_t gap;      /* how much is missing, in the same unit; 0 when nothing */
	int32_t gap_days; /* how long it takes to close; -1: unknown; 0: nothing to wait for */
	struct zv_str text;     /* "lead 240 days, ready 2026-10-28, needed 2026-09-30 (28 days late)"; the thread's language */
	struct zv_str gap_text; /* what would make it pass; empty when it passes */
};

struct zv_match {
	size_t offer; /* index */
	enum zv_match_state state; /* the worst of the conditions: FAIL is a non-match */
	enum zv_match_identity identity;
	int32_t distance; /* steps up the classifier + crosswalk penalty; 0 for the same thing; -1: nothing in common */
	zv_date ready;    /* ZV_DATE_NONE: unknown */
	int64_t feasible_base; /* min(free capacity in the periods until the due day, largest lot); -1: unknown */
	int64_t lot_base;      /* the smallest lot that can hold the need; 0: none */
	struct zv_price price;  /* the maker's at lot_base; per 0: unknown */
	struct zv_price landed; /* with freight; per 0: unknown */
	int32_t soft_loss; /* sum of the weights of failed soft requirements */
	int32_t trust;     /* halved when the capacity statement is stale */
	bool stale;
	const struct zv_match_cond *conds; /* in the order of the tests */
	size_t n_conds;
};

struct zv_match_list {
	struct zv_match *p; /* best first */
	size_t n, n_pass, n_ask, n_fail;
};

struct zv_match_params {
	zv_date as_of;
	int32_t stale_days;   /* default 90 */
	int32_t max_distance; /* candidates by classifier further away fail; default 2 */
};

#define ZV_MATCH_PARAMS(day) ((struct zv_match_params){.as_of = (day), .stale_days = 90, .max_distance = 2})

/*
 * Ranking: those without a failed condition before those to be asked before failures; then the lower landed price, counted
 * w % dearer for soft failures of weights w (unknown prices last); then the earlier day; then the higher trust; then offer id.
 * Everything lives in the arena. ZV_E_INVALID for a need without a quantity, ZV_E_LIMIT when a price leaves its integers.
 */
ZV_MUST_CHECK enum zv_code
zv_match_rank(struct zv_match_list *out, const struct zv_match_need *need, const struct zv_match_offer *offers, size_t n_offers,
	      struct zv_match_params params, struct zv_arena *arena, struct zv_err *err);

/*
 * Free capacity in the quarters that touch [from, to] (either may be open), and the day of the oldest statement among them.
 * False when no quarter was stated. Sums that do not fit stop at INT64_MAX.
 */
bool zv_match_free(int64_t *out_base, zv_date *out_said, const struct zv_match_capacity *capacity, size_t n, zv_date from,
		   zv_date to);

#endif
