/*
 * Support in roubles: the amount of one measure over cost lines, and the set of measures with the largest total that may stand together.
 * Plain arrays in, results out; whole kopecks, shares in parts per million, all rounding down. Pure.
 */
#ifndef ZV_ENGINE_RULES_AMOUNT_H
#define ZV_ENGINE_RULES_AMOUNT_H

#include "base/arena.h"
#include "base/base.h"
#include "base/err.h"

enum { ZV_SUPPORT_MEASURES_MAX = 24, ZV_SUPPORT_LINES_MAX = 64, ZV_SUPPORT_GROUPS_MAX = 64 };

/* One measure as the choice sees it. */
struct zv_support_measure {
	int64_t fixed_kop;     /* an amount that is tied to no cost line; -1: it pays cost lines */
	int64_t share_ppm;     /* of each eligible line */
	int64_t cap_kop;       /* what is left of its limit; INT64_MAX: none */
	uint64_t lines;        /* bit l: cost line l is eligible */
	uint64_t groups;       /* bit g: exclusion group g; two measures of a common group exclude each other */
	uint32_t excludes;     /* bit m: measure m by name; one side is enough */
};

struct zv_support_line {
	int64_t cost_kop;
	int64_t intensity_ppm; /* largest part of this line that support may pay; 1,000,000: all */
};

/*
 * A line is paid by one measure at most. What a measure pays: min(cap, sum over its lines of min(share, intensity) x cost), each line rounded down to a
 * kopeck. total_max_ppm bounds the sum of all support by a part of all costs (1,000,000: no bound).
 */
struct zv_support_problem {
	const struct zv_support_measure *measures;
	int n_measures;
	const struct zv_support_line *lines;
	int n_lines;
	int64_t total_max_ppm;
};

struct zv_support_best {
	uint32_t chosen;                 /* bit m */
	int8_t payer[ZV_SUPPORT_LINES_MAX]; /* measure that pays line l; -1: none */
	int64_t paid_kop[ZV_SUPPORT_MEASURES_MAX];
	int64_t total_kop;
	int64_t bound_kop;               /* no set can give more; equal to total when `proved` */
	bool proved;
	int64_t nodes;                   /* of the search */
};

/*
 * The best set. Exact (proved) for up to 24 measures within `nodes_max` (0: 2 million) nodes; beyond that the best found and a bound. Ties: fewer
 * measures, then the earlier ones (looked for in 20,000 nodes more). ZV_E_LIMIT: more measures or lines than there may be. ZV_E_INVALID: a negative
 * figure or a share above all. docs/design/support.md says how long it takes.
 */
ZV_MUST_CHECK enum zv_code zv_support_best(struct zv_support_best *out, const struct zv_support_problem *problem, int64_t nodes_max, struct zv_err *err);

/* The independent checker: recomputes what a choice pays and whether it may stand. False with the reason. */
bool zv_support_check(const struct zv_support_problem *problem, const struct zv_support_best *best, const char **why);

/* --- the budget form of a grant -------------------------------------------------------------------------------------------------------- */

struct zv_budget_category {
	int64_t ceiling_ppm; /* -1: none */
	int64_t floor_ppm;   /* -1: none */
	int of;              /* index of the category that both are a part of; -1: of the whole grant */
};

enum zv_budget_fault_kind { ZV_BUDGET_ABOVE, ZV_BUDGET_BELOW };
struct zv_budget_fault {
	int category;
	enum zv_budget_fault_kind kind;
	int64_t have_kop, limit_kop;
};

/* Sums by category against their ceilings and floors. Returns the number of faults written (at most n); -1: a sum does not fit. */
int zv_budget_check(struct zv_budget_fault *out, const struct zv_budget_category *categories, const int64_t *sums_kop, int n);

#endif
