/* A tolerance and its need have the same arcs, so flows move between them freely. */
#include "app/plan_settle.h"

#include <stdlib.h>
#include <string.h>

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

void zv_plan_settle(struct zv_plan_result *result, const struct zv_plan_source *source)
{
	flows_vec flows = {0};

	for (size_t i = 0; i < result->n_flows; i++)
		zv_vec_push(&flows, result->flows[i]);
	zv_plan_whole_pieces(flows.p, flows.n, result->orders, result->n_orders, source);
	needs_first(&flows, source);
	result->flows = zv_reallocarray(result->flows, flows.n + 1, sizeof(*result->flows));
	if (flows.n > 0)
		memcpy(result->flows, flows.p, flows.n * sizeof(*flows.p));
	result->n_flows = flows.n;
	zv_vec_done(&flows);
}
