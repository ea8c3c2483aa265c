/* Pegs: which needs a derived need serves in the end. The quantity of an input is split over what its order serves, level by level. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

enum { PEGS_EACH = 64 }; /* above that a derived need names its largest only */

struct pegging {
	const struct zv_plan_problem *problem;
	struct zv_plan_levels_result *out;
	const struct zv_plan_result *plan;
	uint32_t *flow_by; /* flows by order */
	uint32_t *flow_at; /* [orders + 1] */
	uint32_t *order_of; /* [derived] */
	uint8_t *state;    /* [derived] 0 not yet, 1 being pegged, 2 done */
	uint32_t *first, *count; /* [derived] in pegs */
	ZV_VEC(struct zv_plan_peg) pegs;
};

static size_t order_at(const struct zv_plan_result *plan, uint32_t offer, int32_t period)
{
	size_t lo = 0, hi = plan->n_orders;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct zv_plan_order *order = &plan->orders[mid];

		if (order->offer < offer || (order->offer == offer && order->period < period))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static int by_need(const void *a, const void *b)
{
	const struct zv_plan_peg *x = a, *y = b;

	return x->need < y->need ? -1 : x->need > y->need;
}

static int by_size(const void *a, const void *b)
{
	const struct zv_plan_peg *x = a, *y = b;

	if (x->qty != y->qty)
		return x->qty > y->qty ? -1 : 1;
	return by_need(a, b);
}

static void peg(struct pegging *g, uint32_t d);

/* Shares of the flows of the order, each resolved to needs of the problem, in parts of `qty`. */
static void collect(struct pegging *g, struct zv_plan_peg **list, size_t *n, size_t *cap, const struct zv_plan_order *order, uint32_t at, int64_t qty, uint32_t d)
{
	for (uint32_t f = g->flow_at[at]; f < g->flow_at[at + 1]; f++) {
		const struct zv_plan_flow *flow = &g->plan->flows[g->flow_by[f]];
		int64_t part = (int64_t)((zv_i128)qty * flow->qty / order->qty);
		uint32_t lower = flow->need - g->problem->n_needs, pegs = 1;

		if (flow->need >= g->problem->n_needs) {
			peg(g, lower);
			pegs = g->count[lower];
		}
		if (*n + pegs > *cap) {
			*cap = 2 * (*n + pegs);
			*list = zv_reallocarray(*list, *cap, sizeof(**list));
		}
		if (flow->need < g->problem->n_needs)
			(*list)[(*n)++] = (struct zv_plan_peg){d, flow->need, part};
		else
			for (uint32_t i = 0; i < pegs; i++) {
				const struct zv_plan_peg *one = &g->pegs.p[g->first[lower] + i];

				(*list)[(*n)++] = (struct zv_plan_peg){d, one->need, (int64_t)((zv_i128)part * one->qty / g->out->derived[lower].qty)};
			}
	}
}

/* Equal needs together, the largest kept, what rounding left goes to the largest. */
static void settle(struct pegging *g, struct zv_plan_peg *list, size_t n, int64_t qty)
{
	size_t kept = 0;

	qsort(list, n, sizeof(*list), by_need);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && list[kept - 1].need == list[i].need)
			list[kept - 1].qty += list[i].qty;
		else
			list[kept++] = list[i];
	}
	qsort(list, kept, sizeof(*list), by_size);
	kept = kept < PEGS_EACH ? kept : PEGS_EACH;
	for (size_t i = 0; i < kept; i++)
		qty -= list[i].qty;
	list[0].qty += qty;
	qsort(list, kept, sizeof(*list), by_need);
	for (size_t i = 0; i < kept; i++)
		if (list[i].qty > 0)
			zv_vec_push(&g->pegs, list[i]);
}

/* Levels only fall from order to order; a circle of products is cut, so that the recursion is as deep as there are levels. */
static void peg(struct pegging *g, uint32_t d)
{
	struct zv_plan_derived *derived = &g->out->derived[d];
	struct zv_plan_peg *list = NULL;
	size_t n = 0, cap = 0;

	if (g->state[d] != 0)
		return;
	g->state[d] = 1;
	collect(g, &list, &n, &cap, &g->plan->orders[g->order_of[d]], g->order_of[d], derived->qty, d);
	g->first[d] = (uint32_t)g->pegs.n;
	if (n > 0)
		settle(g, list, n, derived->qty);
	g->count[d] = (uint32_t)g->pegs.n - g->first[d];
	g->state[d] = 2;
	for (uint32_t i = 0; i < g->count[d]; i++) {
		uint8_t priority = g->problem->needs[g->pegs.p[g->first[d] + i].need].priority;

		derived->priority = priority < derived->priority ? priority : derived->priority;
	}
	free(list);
}

static int by_derived(const void *a, const void *b)
{
	const struct zv_plan_peg *x = a, *y = b;

	if (x->derived != y->derived)
		return x->derived < y->derived ? -1 : 1;
	return by_need(a, b);
}

static void index_flows(struct pegging *g)
{
	const struct zv_plan_result *plan = g->plan;
	uint32_t *at = zv_calloc(plan->n_orders + 2, sizeof(*at));

	g->flow_at = zv_calloc(plan->n_orders + 2, sizeof(*g->flow_at));
	g->flow_by = zv_calloc(plan->n_flows + 1, sizeof(*g->flow_by));
	for (size_t i = 0; i < plan->n_flows; i++)
		g->flow_at[order_at(plan, plan->flows[i].offer, plan->flows[i].period) + 1]++;
	for (size_t i = 0; i < plan->n_orders; i++)
		at[i + 1] = g->flow_at[i + 1] += g->flow_at[i];
	for (size_t i = 0; i < plan->n_flows; i++)
		g->flow_by[at[order_at(plan, plan->flows[i].offer, plan->flows[i].period)]++] = (uint32_t)i;
	free(at);
}

void plan_pegs(struct zv_plan_levels_result *out, const struct zv_plan_problem *problem)
{
	struct pegging g = {.problem = problem, .out = out, .plan = &out->plan};
	size_t n = out->n_derived;

	index_flows(&g);
	g.order_of = zv_calloc(n + 1, sizeof(*g.order_of));
	g.state = zv_calloc(n + 1, 1);
	g.first = zv_calloc(n + 1, sizeof(*g.first));
	g.count = zv_calloc(n + 1, sizeof(*g.count));
	for (size_t d = 0; d < n; d++)
		g.order_of[d] = (uint32_t)order_at(g.plan, out->derived[d].offer, out->derived[d].period);
	for (uint32_t d = 0; d < n; d++)
		peg(&g, d);
	if (g.pegs.n > 0)
		qsort(g.pegs.p, g.pegs.n, sizeof(*g.pegs.p), by_derived);
	out->pegs = zv_arena_calloc(out->arena, g.pegs.n + 1, sizeof(*out->pegs));
	for (size_t i = 0; i < g.pegs.n; i++)
		out->pegs[i] = g.pegs.p[i];
	out->n_pegs = g.pegs.n;
	zv_vec_done(&g.pegs);
	free(g.flow_by);
	free(g.flow_at);
	free(g.order_of);
	free(g.state);
	free(g.first);
	free(g.count);
}
