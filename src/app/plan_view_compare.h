/* What two plans differ in, as a person may see it. */
#ifndef ZV_APP_PLAN_VIEW_COMPARE_H
#define ZV_APP_PLAN_VIEW_COMPARE_H

#include "app/plan_view.h"

/* An order of one plan or of both. A quantity of ZV_PLAN_HIDDEN: not there, or not to be seen. */
struct zv_plan_v_pair {
	struct zv_plan_v_offer offer;
	int32_t period;
	int dim;
	bool hidden;
	int64_t was_base, now_base, was_kop, now_kop;
};

struct zv_plan_v_need_change {
	struct zv_plan_v_need need;
	int dim;
	int64_t was_base, now_base; /* not covered */
	struct zv_str was, now;     /* "15 kg not covered: The price is above the ceiling" */
};

enum { ZV_PLAN_CHANGES_MAX = 200 };

struct zv_plan_v_compare {
	struct zv_plan_row a, b; /* masked */
	struct zv_plan_v_pair *added, *gone, *changed; /* at most ZV_PLAN_CHANGES_MAX each */
	size_t n_added, n_gone, n_changed;
	int64_t more; /* orders that differ and are not in these */
	struct zv_plan_v_need_change *needs; /* that may be seen; at most ZV_PLAN_CHANGES_MAX */
	size_t n_needs;
	int64_t gained, lost;
	struct zv_plan_level_row *levels_a, *levels_b;
	size_t n_levels_a, n_levels_b;
};

/* ZV_E_NOTFOUND. O(orders + flows of both). */
ZV_MUST_CHECK enum zv_code zv_plan_view_compare(struct zv_plan_v_compare *out, const struct zv_plan_seeing *seeing, struct zv_str a, struct zv_str b,
						struct zv_err *err);

#endif
