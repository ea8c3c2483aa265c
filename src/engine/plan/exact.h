/*
 * Proves a small part, or a whole small problem (whole.h), optimal: branch and bound over launches, tiers, single-source arcs and smallest parcels. Where to branch
 * and at which prices comes from linear programs in doubles; every node is given up only by the bound of those prices evaluated in integers, rounded against us, so
 * that the answer's bound may stand in a certificate. The real prices of ladders are left out: the bound stays one, a better plan is the caller's to check.
 * Inside engine/plan.
 */
#ifndef ZV_ENGINE_PLAN_EXACT_H
#define ZV_ENGINE_PLAN_EXACT_H

#include "engine/plan/part.h"

/* No plan has this much money: the bound of a node of the search without any. */
#define PLAN_NO_PLAN ((zv_i128)1 << 124)

struct plan_exact {
	int32_t *tier;       /* [n_slots], the caller's; the start's or better */
	int64_t *flow;       /* [n_arcs], the caller's */
	int64_t *need_price; /* [n_needs], the caller's or NULL: prices of the root, micro-roubles per unit */
	int64_t *hours_price; /* [n_slots] of the slot's hours */
	int64_t work_max;    /* the caller's: steps of linear programs x their rows, about a ten-millionth of a second each; 0: no limit */
	bool (*stop)(void *context); /* the caller's or NULL: asked at every node */
	void *context;
	/*
	 * Of a part with nodes the caller makes plans himself: of a solver's columns, and keeps the best one; what it costs on the scale of the part's bound, PLAN_NO_PLAN: no
	 * plan. `money` is then the caller's at the start, too; tier and flow are not used.
	 */
	zv_i128 (*make)(void *maker, const struct plan_rows *rows, const double *x);
	void *maker;
	bool better;         /* than the start */
	bool proved;         /* money - bound is at most a hundred-millionth of it */
	zv_i128 money;       /* of tier and flow: plan_part_money */
	zv_i128 bound;       /* no choice for this part has less money */
	int nodes;
};

/* Up to max_nodes nodes, one linear program each, and none after work_max. ZV_E_LIMIT as plan_kernel_solve. Threads do not share anything. */
ZV_MUST_CHECK enum zv_code plan_exact_solve(struct plan_exact *answer, const struct plan_kernel_part *part, int max_nodes, struct zv_err *err);

#endif
