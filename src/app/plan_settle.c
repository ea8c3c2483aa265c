/* A tolerance and its need have the same arcs, so flows move between them freely. Pieces are counted in millionths by the engine. */
#include "app/plan_settle.h"

#include <stdlib.h>
#include <string.h>

#include "app/plan_text.h"
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

/* What reached only the tolerance of a need goes to the need. */
static void needs_first(flows_vec *flows, const struct zv_plan_source *source)
{
	int64_t *covered = covered_of(flows, source);
	size_t n = flows->n;

	for (size_t i = 0; i < n; i++) {
		uint32_t twin = source->needs[flows->p[i].need].twin;
		int64_t lack, move;

		if (!source->needs[flows->p[i].need].extra)
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

/* Flows of pieces are cut to whole ones, and what that frees of an order goes, piece by piece, to flows that were cut. */
static void whole_pieces(flows_vec *flows, struct zv_plan_order *order, const struct zv_plan_source *source, int64_t *covered)
{
	ZV_VEC(size_t) cut = {0};
	int64_t left = 0;

	for (size_t i = 0; i < flows->n; i++) {
		struct zv_plan_flow *flow = &flows->p[i];
		int64_t part = flow->qty % ZV_PLAN_UNIT;

		if (flow->offer != order->offer || flow->period != order->period || part == 0)
			continue;
		flow->qty -= part;
		covered[flow->need] -= part;
		left += part;
		zv_vec_push(&cut, i);
	}
	for (size_t i = 0; i < cut.n && left >= ZV_PLAN_UNIT; i++) {
		struct zv_plan_flow *flow = &flows->p[cut.p[i]];

		if (covered[flow->need] + ZV_PLAN_UNIT > source->problem.needs[flow->need].qty)
			continue;
		flow->qty += ZV_PLAN_UNIT;
		covered[flow->need] += ZV_PLAN_UNIT;
		left -= ZV_PLAN_UNIT;
	}
	order->qty -= left;
	zv_vec_done(&cut);
}

static struct zv_plan_order *order_of(const struct zv_plan_result *result, const struct zv_plan_flow *flow)
{
	size_t i = 0;

	while (result->orders[i].offer != flow->offer || result->orders[i].period != flow->period)
		i++;
	return &result->orders[i];
}

void zv_plan_settle(struct zv_plan_result *result, const struct zv_plan_source *source)
{
	flows_vec flows = {0};
	int64_t *covered;

	for (size_t i = 0; i < result->n_flows; i++)
		zv_vec_push(&flows, result->flows[i]);
	needs_first(&flows, source);
	covered = covered_of(&flows, source);
	for (size_t i = 0; i < flows.n; i++) /* seldom any: quantities and sizes are whole, so most moves keep them so */
		if (source->offers[flows.p[i].offer].dim == ZV_DIM_PIECE && flows.p[i].qty % ZV_PLAN_UNIT != 0)
			whole_pieces(&flows, order_of(result, &flows.p[i]), source, covered);
	free(covered);
	sort_and_join(&flows);
	result->flows = zv_reallocarray(result->flows, flows.n + 1, sizeof(*result->flows));
	if (flows.n > 0)
		memcpy(result->flows, flows.p, flows.n * sizeof(*flows.p));
	result->n_flows = flows.n;
	zv_vec_done(&flows);
}
