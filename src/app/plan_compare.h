/* Two plans beside each other: what the second one has that the first one has not. */
#ifndef ZV_APP_PLAN_COMPARE_H
#define ZV_APP_PLAN_COMPARE_H

#include "base/arena.h"
#include "store/plan.h"

enum zv_plan_turn { ZV_PLAN_ADDED = 1, ZV_PLAN_GONE = 2, ZV_PLAN_CHANGED = 3 };

/* An order of an offer in a quarter. `a` or `b` is NULL where the plan has none. */
struct zv_plan_order_turn {
	enum zv_plan_turn turn; /* CHANGED: another quantity or price */
	const struct zv_plan_order_row *a, *b;
};

/* A need whose coverage or reason changed. Amounts are what it lacks; the code of one that is covered in full is empty, of one that the plan did not see "-". */
struct zv_plan_need_turn {
	int64_t need_id;
	int dim;
	int64_t was_base, now_base;
	struct zv_str was, now;
	bool gained, lost; /* covered in full now and not before; the other way round */
};

struct zv_plan_comparison {
	struct zv_plan_row a, b;
	struct zv_plan_order_turn *orders; /* by offer and quarter */
	size_t n_orders, added, gone, changed;
	struct zv_plan_need_turn *needs; /* gained and lost ones first, then by need */
	size_t n_needs, gained, lost;
	struct zv_plan_level_row *levels_a, *levels_b;
	size_t n_levels_a, n_levels_b;
};

/* Everything in `arena`. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_plan_compare(struct zv_plan_comparison *out, struct zv_db *db, struct zv_str a, struct zv_str b, struct zv_arena *arena,
					   struct zv_err *err);

#endif
