/* What the parts of the multi-level planner share. Inside engine/plan: levels*.c only. */
#ifndef ZV_ENGINE_PLAN_LEVELS_INNER_H
#define ZV_ENGINE_PLAN_LEVELS_INNER_H

#include "base/vec.h"
#include "engine/plan/arcs.h"
#include "engine/plan/levels.h"
#include "engine/plan/part.h"
#include "engine/plan/whole.h"

/*
 * The wide problem: every order that has inputs is an offer of its own, per launch period; behind the own needs stands one node per (maker, input, last period of
 * delivery, outside price), as large as all orders of it together could make it. It says which arcs there are and what they cost without inputs.
 */
struct plan_input {
	uint32_t node; /* need of the wide problem */
	uint32_t bom;
	int64_t ppm;
};

struct plan_wide {
	const struct zv_plan_problem *from;
	struct zv_plan_problem problem;
	struct plan_arcs *arcs;
	uint32_t *origin;      /* [offers] offer of `from` */
	uint32_t *input_start; /* [offers + 1] in inputs */
	struct plan_input *inputs;
};

ZV_MUST_CHECK enum zv_code plan_wide_open(struct plan_wide **out, const struct zv_plan_problem *problem, struct zv_err *err);
void plan_wide_close(struct plan_wide *wide);

/* Highest price that a node can have: of its input outside, else this. */
#define PLAN_NODE_MAX INT64_C(1000000000000000000)

/*
 * Money that no multi-level plan can stay below: bound of the wide problem whose orders pay for their inputs at the nodes' prices, less what the nodes
 * were given for. `need_price` by wide need, `hour_price` >= 0; higher ones count as the highest. Whatever the prices are.
 */
zv_i128 plan_levels_bound(struct plan_wide *wide, const int64_t *need_price, const int64_t *hour_price);

/* Prices by dual ascent, in roubles per unit (of wide needs) and per hour; kept between calls. */
struct plan_ascent {
	struct plan_wide *wide;
	double *price, *best;       /* [wide needs] */
	double *mu, *best_mu;       /* [resources x periods] */
	double best_value;          /* value at best */
	double reach;               /* part of the value that a step aims at while no plan is known */
	double upper;               /* roubles of the best plan; infinite: none known */
	double nothing;             /* roubles of covering nothing */
	int64_t iterations;
	unsigned round;             /* rounds go on from the best prices with another memory */
	double *scale, *size;       /* [wide needs] price and quantity that a step is measured by */
	double *mu_scale;
	double *way, *now, *flow;   /* [wide needs] */
	double *hours, *mu_way;
	double *key;                /* of the pairs of the offer at hand */
	uint32_t *order;            /* [pairs] each offer's pairs, by falling key, from its first one */
};

void plan_ascent_init(struct plan_ascent *ascent, struct plan_wide *wide);
void plan_ascent_done(struct plan_ascent *ascent);
/* Stops early when `stop` says so. */
void plan_ascent_run(struct plan_ascent *ascent, int64_t iterations, const struct zv_plan_options *options);
/* The best prices in micro-roubles, rounded. */
void plan_ascent_prices(const struct plan_ascent *ascent, int64_t *need_price, int64_t *hour_price);

/* --- a plan under construction ------------------------------------------------------------------------------------------------- */

/* Flow to a need of the problem (order NONE) or to row `bom` of the order (offer, period) at `to`. */
struct plan_supply {
	uint32_t need;     /* of the problem; ZV_PLAN_NONE: an input */
	uint32_t to_offer; /* of the problem, when an input */
	int32_t to_period;
	uint32_t bom;
	uint32_t offer;    /* who serves */
	int32_t period;
	int64_t qty;
};

typedef ZV_VEC(struct plan_supply) plan_supplies;
typedef ZV_VEC(struct zv_plan_short) plan_shorts;

/* ceil(qty x ppm / 1e6); what a file says may be more than can be counted, what plan_wide_open allows is not */
static inline int64_t plan_input_qty(int64_t qty, int64_t ppm)
{
	zv_i128 of = ((zv_i128)qty * ppm + 999999) / 1000000;

	return of < INT64_MAX ? (int64_t)of : INT64_MAX;
}

/* Rows of an offer's product in problem.boms: first .. end. */
void plan_bom_rows(uint32_t *first, uint32_t *end, const struct zv_plan_problem *problem, uint32_t product);

/*
 * Makes a plan possible: orders with less of an input than they take are cut to what they have, those below their MOQ closed, what nobody needs any more
 * is taken back, until nothing changes. Notes every shortage. false: signed flows cannot be kept.
 */
bool plan_trim(plan_supplies *supplies, plan_shorts *shorts, const struct zv_plan_problem *problem);

/* Orders by offer, period from supplies. Malloc. */
struct zv_plan_order *plan_orders_of(size_t *n, const plan_supplies *supplies, const struct zv_plan_problem *problem);

/* As zv_plan_freight, also for inputs. */
int64_t plan_supply_add(bool *fixed, const struct zv_plan_problem *problem, const struct plan_supply *supply);

/* The tier of an order of this size, and what a unit of it costs on average before freight, rounded down. */
uint32_t plan_tier_at(const struct zv_plan_problem *problem, uint32_t offer, int64_t qty);
int64_t plan_order_price(const struct zv_plan_problem *problem, uint32_t offer, int64_t qty);

/* Money of supplies: launches, prices with freight, inputs bought outside, penalties of what is not covered. */
struct plan_money {
	zv_i128 launches, prices, bought, penalties;
};

struct plan_money plan_money_of(const plan_supplies *supplies, const struct zv_plan_problem *problem);

/* Level of every product, finished goods 0: longest path over groups of products that depend on one another. [n_products]; returns how many levels. */
int32_t plan_levels_of(uint32_t *level, const struct zv_plan_problem *problem);

/* One sweep from finished goods down at the prices given. `cap` by offer x period of the problem: no order above it, -1: none. ZV_E_INVALID: signed flows. */
struct plan_sweep {
	const struct zv_plan_problem *problem;
	const struct plan_wide *wide;
	const int64_t *need_price; /* of wide needs */
	const int64_t *cap;
	const struct zv_plan_options *options;
	const uint32_t *level;
	int32_t n_levels;
};

ZV_MUST_CHECK enum zv_code plan_sweep_run(plan_supplies *out, const struct plan_sweep *sweep, struct zv_err *err);

/* --- all levels at once ---------------------------------------------------------------------------------------------------------- */

/* The wide problem as one part of the exact kernel: its slots, its arcs, its nodes. What a plan is here: a tier (-1: closed) by slot, a flow by arc, signed flows left out. */
struct plan_deep {
	struct plan_wide *wide;
	struct plan_whole whole;
	struct plan_kernel_part part;  /* of all */
	struct zv_plan_problem problem; /* the wide one; nodes that are not to be had outside have the penalty 0 */
	struct zv_plan_need *needs;
	int64_t *left;
	uint8_t *node;
	int64_t *taken;                /* nothing */
	uint32_t *input_start;
	struct plan_kernel_input *inputs;
	uint32_t *input_bom;           /* [inputs] row of boms */
	uint32_t *first_arc;           /* [n_slots + 1] */
	uint32_t *wave, *by_wave;      /* [n_slots]: who may serve a node comes in a later wave than who takes it; slots by wave */
	uint32_t *taker_start, *takers; /* [n_needs + 1]; inputs by node, of which ... */
	uint32_t *taker_slot;          /* ... is the slot */
	uint32_t *group;               /* [n_slots] resource x period; ZV_PLAN_NONE: none */
	int64_t *signed_qty;           /* [n_slots] */
};

/* `level` by product: where to begin with products that go into one another in a circle. */
void plan_deep_open(struct plan_deep *deep, struct plan_wide *wide, const uint32_t *level);
void plan_deep_done(struct plan_deep *deep);

/*
 * A plan in whole quanta of tiers and wished flows, finished goods first, trimmed. False: what is signed cannot be kept so.
 */
bool plan_deep_make(plan_supplies *out, const struct plan_deep *deep, const int32_t *tier, const double *wish);

/* The other way: of a plan that holds. */
void plan_deep_read(int32_t *tier, int64_t *flow, const struct plan_deep *deep, const plan_supplies *supplies);

/* What the search over all levels at once has found. */
struct plan_deep_found {
	plan_supplies best;  /* the caller's: a plan that holds, or none */
	bool found, better;  /* better: than what the caller had */
	zv_i128 money;       /* of it */
	zv_i128 bound;       /* the caller's: raised when a higher one is shown */
	bool proved;
};

/* The tier that a solver's columns open in a slot of a part; -1: none. `stays`: some tier must be. */
int32_t plan_deep_tier(const struct plan_rows *rows, const double *x, uint32_t slot, bool stays);

/* What a plan costs; kept when it is the best. */
zv_i128 plan_deep_keep(struct plan_deep_found *found, const struct plan_deep *deep, const plan_supplies *plan);

/* Part by part, from a plan that is there. Its effort is counted, so that the same problem gives the same plan. */
ZV_MUST_CHECK enum zv_code plan_deep_improve(struct plan_deep_found *found, const struct plan_deep *deep, const struct zv_plan_options *options, struct zv_err *err);

/* Branch and bound over everything, for small problems. `work_max` as in struct plan_exact. ZV_E_LIMIT: too large; nothing was done. */
ZV_MUST_CHECK enum zv_code plan_deep_prove(struct plan_deep_found *found, const struct plan_deep *deep, int nodes_max, int64_t work_max, const struct zv_plan_options *options,
					   struct zv_err *err);

/* Pegs and priorities of the derived needs of a finished plan: its orders, flows and derived needs stand. */
void plan_pegs(struct zv_plan_levels_result *out, const struct zv_plan_problem *problem);

/* out->shorts: of the needs that `plan` leaves uncovered; `price` by wide need. */
void plan_put_shorts(struct zv_plan_levels_result *out, const struct plan_wide *wide, const int64_t *price, const plan_supplies *plan, const plan_shorts *shorts);

/* Sums of coverage by priority over the needs of a problem; later needs of flows are not counted. */
void plan_levels_sum(struct zv_plan_level levels[ZV_PLAN_PRIORITIES], const struct zv_plan_problem *problem, const struct zv_plan_flow *flows, size_t n_flows);

/* levels[].bound from the others: no plan covers more of a priority. The money of the arcs is gone after it. */
void plan_wide_level_bounds(struct plan_wide *wide, struct zv_plan_level *levels, int64_t iterations, const struct zv_plan_options *options);

#endif
