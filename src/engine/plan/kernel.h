/*
 * The exact kernel: a small part of the problem as a mixed integer program (CBC), everything else held. Budget in nodes, never in seconds, one thread: the same
 * input gives the same answer. Inside engine/plan; the only home of CBC's header.
 */
#ifndef ZV_ENGINE_PLAN_KERNEL_H
#define ZV_ENGINE_PLAN_KERNEL_H

#include "engine/plan/plan.h"

enum { PLAN_KERNEL_ARCS_MAX = 20000 };

/* The part: which orders may be changed, with what each need and resource has left for them. */
struct plan_kernel_slot {
	uint32_t offer;
	int32_t period;
};

struct plan_kernel_arc {
	uint32_t slot, need; /* indices of the part */
	int64_t cost[ZV_PLAN_TIERS_MAX]; /* delivered price per unit at each tier (the ladder's at the margin); INT64_MAX: not at this tier */
};

/* A signed flow inside one of the slots: that order stays open and its quantity counts, whatever else is decided. */
struct plan_kernel_signed {
	uint32_t slot;
	uint32_t need; /* of the part: what is added to it may be smaller than a parcel; ZV_PLAN_NONE: not in the part */
	int64_t qty;
	int64_t cost[ZV_PLAN_TIERS_MAX];
};

/*
 * The share of a maker: its flows x ZV_PLAN_UNIT - ppm x all flows to needs of the product <= room, over the part's arcs. `room` counts what is outside of the part
 * and what is signed, in millionths of quanta.
 */
struct plan_kernel_share {
	uint32_t maker, product;
	int64_t ppm;
	zv_i128 room;
};

/* What a unit of an order takes of a node, millionths. */
struct plan_kernel_input {
	uint32_t need;
	int64_t ppm;
};

struct plan_kernel_part {
	const struct zv_plan_problem *problem;
	const struct plan_kernel_slot *slots;
	uint32_t n_slots;
	const uint32_t *needs;     /* of the problem */
	const int64_t *left;       /* what each need still wants from these slots (the others serve the rest) */
	uint32_t n_needs;
	const struct plan_kernel_arc *arcs; /* by slot, need */
	uint32_t n_arcs;
	const int64_t *left_uh;    /* [slot]: hours left for the slots of the same (resource, period), set-up and signed flows of the part still to be taken from
				      them; counted once per pair by the kernel; INT64_MAX: no limit. NULL: no slot has one */
	/* a start: per slot the tier (-1: closed) and per arc the flow. Flows of the part only, signed ones are not in it */
	const int32_t *tier;
	const int64_t *flow;
	const struct plan_kernel_signed *kept; /* by slot */
	uint32_t n_kept;
	const struct plan_kernel_share *shares; /* by product, maker */
	uint32_t n_shares;
	/*
	 * Several levels: some needs are nodes, the inputs of orders. A node is no demand of its own: what flows to it is at most `taken` and what the slots take of it; its
	 * penalty is what the rest costs outside, 0: nothing is to be had there. `left` is as large as that could be. NULL: there are none. Known to the rows and the exact
	 * bound only; who makes whole quanta of it is named in struct plan_exact.
	 */
	const uint8_t *node;    /* [n_needs] */
	const int64_t *taken;   /* [n_needs] by orders outside of the part, less what they have */
	const uint32_t *input_start; /* [n_slots + 1] in inputs */
	const struct plan_kernel_input *inputs;
};

struct plan_kernel_answer {
	int32_t *tier;  /* [n_slots], the caller's */
	int64_t *flow;  /* [n_arcs], the caller's; whole quanta, feasible in integers */
	bool better;    /* a plan cheaper than the start was found and written */
	bool proved;    /* the part is optimal (up to the rounding of the solver) */
	double bound;   /* of the part's money in roubles, as the solver says it: never used in a certificate */
	zv_i128 saves;  /* money; above 0 when better */
};

/*
 * Up to max_nodes nodes of branch and bound. The ceilings of ladders hold at the tier's lowest price: the caller looks at the real one after. ZV_E_LIMIT: the part is larger than
 * PLAN_KERNEL_ARCS_MAX. One call at a time does its work: CBC holds state of its own.
 */
ZV_MUST_CHECK enum zv_code plan_kernel_solve(struct plan_kernel_answer *answer, const struct plan_kernel_part *part, int max_nodes, struct zv_err *err);

#endif
