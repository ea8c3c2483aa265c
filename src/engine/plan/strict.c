/* Strict priorities out of priced plans: penalties in steps that no saving bridges, and the bound of plans that cover as much. */
#include "engine/plan/strict.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

enum { STEP_MOST = 10000, STEP_MILD = 2, BOUND_ITERATIONS = 300, BOUND_ITERATIONS_LEAST = 12, BOUND_NEEDS_MOST = 250000 };
static const double BOUND_WORK = 3e7; /* pairs looked at per priority */

/* What is added to the penalties of each priority. */
struct ladder {
	int64_t more[ZV_PLAN_PRIORITIES];
};

struct strict {
	const struct zv_plan_problem *problem;
	struct zv_plan_options options;
	struct zv_plan_need *needs;
	struct zv_plan_result best;
	zv_i128 bound; /* of plans that cover as much as `best`; from the runs so far */
	struct ladder ladders[ZV_PLAN_PRIORITIES + 2];
	zv_i128 bounds[ZV_PLAN_PRIORITIES + 2]; /* with the penalties of the ladder */
	int n_bounds;
};

/* --- steps of penalties ------------------------------------------------------------------------------------------------------------ */

static struct ladder ladder_of(const struct zv_plan_problem *p, int64_t step, int last)
{
	struct ladder ladder = {{0}};
	int64_t dearest = 1, top = 0;
	zv_i128 more;

	for (uint32_t i = 0; i < p->n_needs; i++) {
		dearest = p->needs[i].ceiling > dearest ? p->needs[i].ceiling : dearest;
		top = p->needs[i].penalty > top ? p->needs[i].penalty : top;
	}
	while (step > 2 && (zv_i128)dearest * step * step * step * step > (ZV_PLAN_PENALTY_MAX - top) / 2)
		step = step > 100 ? step / 10 : step - 1;
	more = (zv_i128)dearest * step;
	for (int w = last; w >= 1; w--) {
		ladder.more[w - 1] = more < ZV_PLAN_PENALTY_MAX - top ? (int64_t)more : ZV_PLAN_PENALTY_MAX - top;
		more = (zv_i128)ladder.more[w - 1] * step;
	}
	return ladder;
}

static zv_i128 penalties_of(const struct zv_plan_problem *p, const struct zv_plan_result *r)
{
	zv_i128 sum = 0;

	for (uint32_t i = 0; i < p->n_needs; i++)
		sum += (zv_i128)p->needs[i].penalty * p->needs[i].qty;
	for (size_t i = 0; i < r->n_flows; i++)
		sum -= (zv_i128)p->needs[r->flows[i].need].penalty * r->flows[i].qty;
	return sum;
}

static int compare(const struct zv_plan_result *a, const struct zv_plan_result *b)
{
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
		if (a->levels[w].covered != b->levels[w].covered)
			return a->levels[w].covered > b->levels[w].covered ? 1 : -1;
	return a->objective < b->objective ? 1 : a->objective > b->objective ? -1 : 0;
}

static void take_prices(struct zv_plan_result *to, struct zv_plan_result *from)
{
	int64_t *need = to->need_price, *resource = to->resource_price;

	to->need_price = from->need_price;
	to->resource_price = from->resource_price;
	to->constant = from->constant;
	from->need_price = need;
	from->resource_price = resource;
}

/*
 * One priced run with the ladder's penalties; with `signed_too`, the flows of the best plan to priorities up to `last` are kept. The best of both stays in
 * s->best, with the prices and the constant part of the first run.
 */
static enum zv_code try_ladder(struct strict *s, struct ladder ladder, const struct zv_plan_commitment *kept, uint32_t n_kept, struct zv_err *err)
{
	const struct zv_plan_problem *p = s->problem;
	struct zv_plan_problem changed = *p;
	struct zv_plan_result result = {0};
	enum zv_code code;

	for (uint32_t i = 0; i < p->n_needs; i++) {
		s->needs[i] = p->needs[i];
		s->needs[i].penalty += p->needs[i].penalty > 0 ? ladder.more[p->needs[i].priority - 1] : 0;
	}
	changed.needs = s->needs;
	if (kept != NULL) {
		changed.commitments = kept;
		changed.n_commitments = n_kept;
	}
	code = zv_plan_solve(&result, &changed, &s->options, err);
	if (code == ZV_OK) {
		result.penalties = penalties_of(p, &result);
		result.objective = result.launches + result.prices + result.penalties;
		plan_levels_sum(result.levels, p, result.flows, result.n_flows);
		if (kept == NULL) {
			s->ladders[s->n_bounds] = ladder;
			s->bounds[s->n_bounds++] = result.bound;
		}
		s->best.iterations += result.iterations;
		s->best.stopped = s->best.stopped || result.stopped;
		if (compare(&result, &s->best) > 0) {
			struct zv_plan_result worse = s->best;

			take_prices(&result, &worse);
			result.iterations = worse.iterations;
			result.stopped = worse.stopped;
			for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
				result.levels[w].constant = worse.levels[w].constant;
			s->best = result;
			result = worse;
		}
	}
	zv_plan_result_done(&result);
	return code;
}

/*
 * Any plan that leaves no more uncovered of each priority than this one, S_w, costs at least the bound with penalties v + more_w, less sum more_w S_w:
 * its own extra penalties are at most that.
 */
static void set_bound(struct strict *s)
{
	for (int n = 0; n < s->n_bounds; n++) {
		zv_i128 bound = s->bounds[n];

		for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
			bound -= (s->best.levels[w].qty - s->best.levels[w].covered) * s->ladders[n].more[w];
		if (n == 0 || bound > s->bound)
			s->bound = bound;
	}
	s->best.bound = s->bound < s->best.objective ? s->bound : s->best.objective;
	s->best.proved = s->best.objective - s->best.bound <= ZV_PLAN_UNIT;
}

/* --- one priority after another -------------------------------------------------------------------------------------------------- */

static bool ended(const struct strict *s)
{
	return s->options.stop != NULL && s->options.stop(s->options.context);
}

static size_t order_of(const struct zv_plan_result *r, const struct zv_plan_flow *flow)
{
	size_t lo = 0, hi = r->n_orders;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		const struct zv_plan_order *order = &r->orders[mid];

		if (order->offer < flow->offer || (order->offer == flow->offer && order->period <= flow->period))
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

/* Orders that do not stand at their tier, or not at its price, on the flows to priorities up to `last`: they are kept whole. */
static bool *whole_orders(const struct zv_plan_problem *p, const struct zv_plan_result *r, int last)
{
	bool *whole = zv_calloc(r->n_orders + 1, sizeof(*whole));
	int64_t *qty = zv_calloc(r->n_orders + 1, sizeof(*qty));

	for (size_t i = 0; i < r->n_flows; i++)
		if (p->needs[r->flows[i].need].priority <= last)
			qty[order_of(r, &r->flows[i])] += r->flows[i].qty;
	for (size_t k = 0; k < r->n_orders; k++) {
		const struct zv_plan_offer *offer = &p->offers[r->orders[k].offer];
		int64_t from = r->orders[k].tier == 0 ? offer->moq : p->tiers[offer->first_tier + r->orders[k].tier].from;

		whole[k] = qty[k] > 0 && (qty[k] < from || (offer->incremental && qty[k] < r->orders[k].qty));
	}
	free(qty);
	return whole;
}

/* The flows to priorities up to `last` as if they were signed. */
static struct zv_plan_commitment *keep_up_to(uint32_t *n, const struct strict *s, const struct zv_plan_result *r, int last)
{
	struct zv_plan_commitment *kept = zv_calloc(r->n_flows + s->problem->n_commitments + 1, sizeof(*kept));
	bool *whole = whole_orders(s->problem, r, last);

	*n = 0;
	for (size_t i = 0; i < r->n_flows; i++) {
		const struct zv_plan_flow *flow = &r->flows[i];
		int64_t qty = s->problem->needs[flow->need].priority <= last || whole[order_of(r, flow)] ? flow->qty : 0;

		for (uint32_t c = 0; c < s->problem->n_commitments && qty == 0; c++) {
			const struct zv_plan_commitment *one = &s->problem->commitments[c];

			if (one->need == flow->need && one->offer == flow->offer && one->period == flow->period)
				qty = one->qty;
		}
		if (qty > 0)
			kept[(*n)++] = (struct zv_plan_commitment){flow->need, flow->offer, flow->period, qty};
	}
	free(whole);
	return kept;
}

/* Covers priorities up to `last` as if the others did not count, then fits the others around them. */
static enum zv_code fix_up_to(struct strict *s, int last, struct ladder all, struct zv_err *err)
{
	const struct zv_plan_problem *p = s->problem;
	struct zv_plan_problem changed = *p;
	struct zv_plan_result result = {0};
	struct ladder ladder = ladder_of(p, STEP_MOST, last);
	struct zv_plan_commitment *kept = NULL;
	struct zv_plan_level levels[ZV_PLAN_PRIORITIES];
	bool more = false, less = false;
	uint32_t n_kept;
	enum zv_code code;

	for (uint32_t i = 0; i < p->n_needs; i++) {
		s->needs[i] = p->needs[i];
		s->needs[i].penalty = p->needs[i].priority <= last && p->needs[i].penalty > 0 ? p->needs[i].penalty + ladder.more[p->needs[i].priority - 1] : 0;
	}
	changed.needs = s->needs;
	code = zv_plan_solve(&result, &changed, &s->options, err);
	if (code == ZV_OK) {
		plan_levels_sum(levels, p, result.flows, result.n_flows);
		for (int w = 0; w < last && !more && !less; w++) {
			more = levels[w].covered > s->best.levels[w].covered;
			less = levels[w].covered < s->best.levels[w].covered;
		}
	}
	if (code == ZV_OK && more) {
		kept = keep_up_to(&n_kept, s, &result, last);
		code = try_ladder(s, all, kept, n_kept, err);
		/* What is kept may be more than a search can complete; then the best plan so far stays. */
		code = code == ZV_E_INVALID ? ZV_OK : code;
	}
	free(kept);
	zv_plan_result_done(&result);
	return code;
}

static enum zv_code go_through(struct strict *s, struct zv_err *err)
{
	struct ladder all = ladder_of(s->problem, STEP_MOST, ZV_PLAN_PRIORITIES);
	enum zv_code code = ended(s) ? ZV_OK : try_ladder(s, all, NULL, 0, err);

	if (code == ZV_OK && !ended(s))
		code = try_ladder(s, ladder_of(s->problem, STEP_MILD, ZV_PLAN_PRIORITIES), NULL, 0, err);
	if (code == ZV_OK && !ended(s))
		code = plan_level_bounds(s->problem, &s->best, &s->options, err);
	for (int w = 1; w < ZV_PLAN_PRIORITIES && code == ZV_OK && !ended(s); w++)
		if (s->best.levels[w - 1].covered < s->best.levels[w - 1].bound)
			code = fix_up_to(s, w, all, err);
	return code;
}

enum zv_code plan_strict_solve(struct zv_plan_result *out, const struct zv_plan_problem *problem, const struct zv_plan_options *options, struct zv_err *err)
{
	struct strict s = {.problem = problem, .options = options != NULL ? *options : (struct zv_plan_options){0}};
	enum zv_code code;

	s.options.strict = false;
	code = zv_plan_solve(&s.best, problem, &s.options, err);
	if (code == ZV_OK) {
		s.needs = zv_calloc((size_t)problem->n_needs + 1, sizeof(*s.needs));
		s.bounds[s.n_bounds++] = s.best.bound;
		code = go_through(&s, err);
	}
	if (code == ZV_OK && !s.best.stopped)
		code = plan_level_bounds(problem, &s.best, &s.options, err);
	if (code == ZV_OK)
		set_bound(&s);
	free(s.needs);
	if (code != ZV_OK) {
		zv_plan_result_done(&s.best);
		return code;
	}
	*out = s.best;
	return ZV_OK;
}

/* --- bounds of coverage ------------------------------------------------------------------------------------------------------------ */

/* The lowest priority that each order serves; by place of the flow's offer and period. */
static void find_breaks(const struct plan_arcs *arcs, const struct zv_plan_problem *p, struct zv_plan_result *r)
{
	int64_t *left = zv_reallocarray(NULL, (size_t)p->n_needs + 1, sizeof(*left));
	uint8_t *lowest = zv_calloc((size_t)arcs->n_slots + 1, 1);

	for (uint32_t i = 0; i < p->n_needs; i++)
		left[i] = p->needs[i].qty;
	for (size_t i = 0; i < r->n_flows; i++) {
		const struct zv_plan_flow *flow = &r->flows[i];
		uint32_t o = arcs->place_of[flow->offer], slot = arcs->slot[o] + (uint32_t)(flow->period - arcs->from[o]);
		uint8_t priority = p->needs[flow->need].penalty > 0 ? p->needs[flow->need].priority : 0;

		left[flow->need] -= flow->qty;
		lowest[slot] = priority > lowest[slot] ? priority : lowest[slot];
	}
	for (size_t i = 0; i < r->n_orders; i++) {
		const struct zv_plan_order *order = &r->orders[i];
		uint32_t o = arcs->place_of[order->offer], slot = arcs->slot[o] + (uint32_t)(order->period - arcs->from[o]);

		for (uint32_t j = arcs->pair[o]; j < arcs->pair[o + 1]; j++) {
			const struct plan_pair *pair = &arcs->pairs[j];
			uint32_t need = arcs->outer[pair->need];

			if (left[need] > 0 && p->needs[need].penalty > 0 && p->needs[need].priority < lowest[slot] && pair->lo <= order->period && order->period <= pair->hi && pair->tiers >> order->tier & 1)
				r->levels[p->needs[need].priority - 1].strict_breaks = true;
		}
	}
	free(left);
	free(lowest);
}

enum zv_code plan_level_bounds(const struct zv_plan_problem *problem, struct zv_plan_result *result, const struct zv_plan_options *options, struct zv_err *err)
{
	struct zv_plan_problem plain = *problem;
	struct plan_wide *wide;
	double iterations;
	bool open = false;
	enum zv_code code;

	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++) {
		struct zv_plan_level *level = &result->levels[w];

		level->bound = level->qty - level->constant;
		level->strict_breaks = false;
		open = open || level->covered < level->bound;
	}
	if (!open || problem->n_needs > BOUND_NEEDS_MOST || (options != NULL && options->memory_max > 0 && 2 * plan_arcs_estimate(problem) > options->memory_max))
		return ZV_OK;
	plain.n_boms = 0;
	code = plan_wide_open(&wide, &plain, err);
	if (code != ZV_OK)
		return code;
	find_breaks(wide->arcs, problem, result);
	iterations = BOUND_WORK / (8.0 * wide->arcs->n_pairs + 1000);
	iterations = iterations < BOUND_ITERATIONS_LEAST ? BOUND_ITERATIONS_LEAST : iterations > BOUND_ITERATIONS ? BOUND_ITERATIONS : iterations;
	plan_wide_level_bounds(wide, result->levels, (int64_t)iterations, options);
	plan_wide_close(wide);
	return ZV_OK;
}
