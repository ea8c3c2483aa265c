/* The best plan of a tiny problem by trying all of them: the plainest code, from the text of the model. */
#ifndef ZV_TEST_PLAN_SEARCH_H
#define ZV_TEST_PLAN_SEARCH_H

#include "engine/plan/plan.h"

enum { PLAN_SEARCH_SLOTS = 64, PLAN_SEARCH_FLOWS = 256 };

struct plan_found {
	zv_i128 objective;
	struct zv_plan_order orders[PLAN_SEARCH_SLOTS];
	size_t n_orders;
	struct zv_plan_flow flows[PLAN_SEARCH_FLOWS];
	size_t n_flows;
	int64_t tried; /* plans looked at */
};

/* Asked of every 997th plan that was looked at: is it allowed, what does it cost? NULL: nobody. */
struct plan_search_ask {
	void (*ask)(void *context, const struct plan_found *plan, bool allowed);
	void *context;
};

/* False: more than `most` plans would have to be looked at, or none is allowed. */
bool plan_search(struct plan_found *out, const struct zv_plan_problem *problem, int64_t most, const struct plan_search_ask *ask);

#endif
