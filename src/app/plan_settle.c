/* A tolerance and its need have the same arcs, so flows move between them freely. */
#include "app/plan_settle.h"

#include <stdlib.h>
#include <string.h>

#include "app/plan_keep.h"
#include "app/plan_pieces.h"
#include "base/mem.h"
#include "base/vec.h"

typedef ZV_VEC(struct zv_plan_flow) flows_vec;

static int by_need(const void *a, const void *b)
{
	const struct zv_plan_flow *x = a, *y = b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static void sort_and_join(flows_vec *flows)
{
	size_t kept = 0;

	if (flows->n > 0)
		qsort(flows->p, flows->n, sizeof(*flows->p), by_need);
	for (size_t i = 0; i < flows->n; i++) {
		if (flows->p[i].qty == 0)
			continue;
		if (kept > 0 && by_need(&flows->p[kept - 1], &flows->p[i]) == 0)
			flows->p[kept - 1].qty += flows->p[i].qty;
		else
			flows->p[kept++] = flows->p[i];
	}
	flows->n = kept;
}

static int64_t *covered_of(const flows_vec *flows, const struct zv_plan_source *source)
{
	int64_t *covered = zv_calloc((size_t)source->problem.n_needs + 1, sizeof(*covered));

	for (size_t i = 0; i < flows->n; i++)
		covered[flows->p[i].need] += flows->p[i].qty;
	return covered;
}

/* What reached only the tolerance of a need goes to the need; of a need that is served whole or not at all there is none left (strays). */
static void needs_first(flows_vec *flows, const struct zv_plan_source *source)
{
	int64_t *covered = covered_of(flows, source);
	size_t n = flows->n;

	for (size_t i = 0; i < n; i++) {
		uint32_t twin = source->needs[flows->p[i].need].twin;
		int64_t lack, move;

		if (!source->needs[flows->p[i].need].extra || source->problem.needs[twin].single)
			continue;
		lack = source->problem.needs[twin].qty - covered[twin];
		move = lack < flows->p[i].qty ? lack : flows->p[i].qty;
		if (move <= 0)
			continue;
		covered[twin] += move;
		zv_vec_push(flows, ((struct zv_plan_flow){twin, flows->p[i].offer, flows->p[i].period, move}));
		flows->p[i].qty -= move;
	}
	free(covered);
	sort_and_join(flows);
}

size_t zv_plan_strays(bool *stray, const struct zv_plan_result *result, const struct zv_plan_source *source)
{
	const struct zv_plan_flow **own = zv_calloc((size_t)source->problem.n_needs + 1, sizeof(*own));
	size_t n = 0;

	for (size_t i = 0; i < result->n_flows; i++)
		own[result->flows[i].need] = &result->flows[i]; /* of a single need there is one */
	for (size_t i = 0; i < result->n_flows; i++) {
		const struct zv_plan_flow *flow = &result->flows[i], *of;

		if (!source->needs[flow->need].extra || !source->problem.needs[source->needs[flow->need].twin].single)
			continue;
		of = own[source->needs[flow->need].twin];
		if (of != NULL && of->offer == flow->offer && of->period == flow->period)
			continue;
		n += !stray[flow->need];
		stray[flow->need] = true;
	}
	free(own);
	return n;
}

/* --- crumbs ------------------------------------------------------------------------------------------------------------------------ */

/* Quanta that the capacity of each resource and period has left. An hour of the registers is a unit. */
static int64_t *free_capacity(const struct zv_plan_result *result, const struct zv_plan_problem *p)
{
	size_t n = (size_t)p->n_resources * (size_t)p->n_periods;
	int64_t *left = zv_calloc(n + 1, sizeof(*left));

	if (n > 0)
		memcpy(left, p->capacity_uh, n * sizeof(*left));
	for (size_t i = 0; i < result->n_orders; i++) {
		const struct zv_plan_order *order = &result->orders[i];

		if (p->offers[order->offer].resource != ZV_PLAN_NONE)
			left[(size_t)p->offers[order->offer].resource * (size_t)p->n_periods + (size_t)order->period] -= order->qty;
	}
	return left;
}

/*
 * The engine deals by prices in floating point and may leave the last quanta of a need, or more, where an order that serves it has room at its price. Kinds with a largest
 * share are left as they are, and orders stay in their tiers.
 */
static void fill_up(flows_vec *flows, struct zv_plan_result *result, const struct zv_plan_source *source)
{
	const struct zv_plan_problem *p = &source->problem;
	int64_t *covered = covered_of(flows, source), *left = free_capacity(result, p);

	for (size_t i = 0; i < flows->n; i++) {
		struct zv_plan_flow *flow = &flows->p[i];
		const struct zv_plan_offer *offer = &p->offers[flow->offer];
		struct zv_plan_order *order = &result->orders[zv_plan_order_number(result, flow->offer, flow->period) - 1];
		int64_t room = (order->tier + 1 < offer->n_tiers ? p->tiers[offer->first_tier + order->tier + 1].from - 1 : offer->max) - order->qty;
		int64_t lack = p->needs[flow->need].qty - covered[flow->need];
		int64_t *of = offer->resource != ZV_PLAN_NONE ? &left[(size_t)offer->resource * (size_t)p->n_periods + (size_t)order->period] : NULL;

		if (of != NULL && *of < room)
			room = *of;
		lack = lack < room ? lack : room;
		if (lack <= 0 || source->needs[flow->need].extra || source->offers[flow->offer].dim == ZV_DIM_PIECE || p->products[p->needs[flow->need].product].max_share_ppm > 0)
			continue;
		flow->qty += lack;
		order->qty += lack;
		covered[flow->need] += lack;
		if (of != NULL)
			*of -= lack;
	}
	free(covered);
	free(left);
}

void zv_plan_settle(struct zv_plan_result *result, const struct zv_plan_source *source)
{
	flows_vec flows = {0};

	for (size_t i = 0; i < result->n_flows; i++)
		zv_vec_push(&flows, result->flows[i]);
	zv_plan_whole_pieces(flows.p, flows.n, result->orders, result->n_orders, source);
	needs_first(&flows, source);
	fill_up(&flows, result, source);
	result->flows = zv_reallocarray(result->flows, flows.n + 1, sizeof(*result->flows));
	if (flows.n > 0)
		memcpy(result->flows, flows.p, flows.n * sizeof(*flows.p));
	result->n_flows = flows.n;
	zv_vec_done(&flows);
}
