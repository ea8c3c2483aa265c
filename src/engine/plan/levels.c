/* Plans through several levels: prices, sweeps, what is possible of them, and the bound of the whole. */
#include "engine/plan/levels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"
#include "engine/plan/strict.h"

enum { DEEP_PAIRS = 20000, DEEP_ARCS = 3000, DEEP_NODES = 4000, DEEP_WORK = 20000000 };
enum { SWEEPS = 5, ITERATIONS_LEAST = 300, ITERATIONS_MOST = 6000, COVER_ITERATIONS = 300 };
static const double WORK = 4e8; /* pairs looked at in the first ascent */

struct leveling {
	const struct zv_plan_problem *problem;
	const struct zv_plan_options *options;
	struct plan_wide *wide;
	struct plan_ascent ascent;
	uint32_t *level;
	int32_t n_levels;
	int64_t *need_price, *hour_price; /* at hand */
	int64_t *best_need, *best_hour;   /* of the best bound */
	int64_t *swept;                   /* prices of the sweep at hand */
	int64_t *more;                    /* what shortages add to the price of a node */
	int64_t *cap;
	zv_i128 bound, objective;
	zv_i128 covered[ZV_PLAN_PRIORITIES];
	bool found;
	plan_supplies now, best;
	plan_shorts shorts;
	struct zv_err fault; /* of the last sweep that could not keep what is signed */
};

static bool stopped(const struct leveling *l)
{
	return l->options->stop != NULL && l->options->stop(l->options->context);
}

/* As in a plan of one level: up to what whole quanta leave over. */
static bool is_proved(zv_i128 objective, zv_i128 bound)
{
	return bound >= objective - objective / 100000000;
}

static int64_t first_iterations(const struct leveling *l)
{
	double n = WORK / ((double)l->wide->arcs->n_pairs * 4 + 1000);

	if (l->options->iterations > 0)
		return l->options->iterations;
	return n < ITERATIONS_LEAST ? ITERATIONS_LEAST : n > ITERATIONS_MOST ? ITERATIONS_MOST : (int64_t)n;
}

/* Prices from the ascent; the bound is kept when it is the best. */
static void climb(struct leveling *l, int64_t iterations)
{
	const struct zv_plan_problem *wide = &l->wide->problem;
	size_t hours = (size_t)wide->n_resources * (size_t)wide->n_periods;
	zv_i128 bound;

	plan_ascent_run(&l->ascent, iterations, l->options);
	plan_ascent_prices(&l->ascent, l->need_price, l->hour_price);
	bound = plan_levels_bound(l->wide, l->need_price, l->hour_price);
	if (bound <= l->bound)
		return;
	l->bound = bound;
	memcpy(l->best_need, l->need_price, wide->n_needs * sizeof(*l->best_need));
	if (hours > 0)
		memcpy(l->best_hour, l->hour_price, hours * sizeof(*l->best_hour));
}

static uint32_t node_of(const struct leveling *l, uint32_t offer, int32_t period, uint32_t bom)
{
	const struct plan_wide *wide = l->wide;
	uint32_t lo = 0, hi = wide->problem.n_offers;

	while (lo < hi) { /* offers of the wide problem are by offer, then period */
		uint32_t mid = lo + (hi - lo) / 2;

		if (wide->origin[mid] < offer || (wide->origin[mid] == offer && wide->problem.offers[mid].until < period))
			lo = mid + 1;
		else
			hi = mid;
	}
	for (uint32_t i = wide->input_start[lo]; lo < wide->problem.n_offers && i < wide->input_start[lo + 1]; i++)
		if (wide->inputs[i].bom == bom)
			return wide->inputs[i].node;
	return ZV_PLAN_NONE;
}

/* --- sweeps -------------------------------------------------------------------------------------------------------------------------- */

static void cover(zv_i128 covered[ZV_PLAN_PRIORITIES], const struct leveling *l)
{
	memset(covered, 0, ZV_PLAN_PRIORITIES * sizeof(*covered));
	for (size_t i = 0; i < l->now.n; i++)
		if (l->now.p[i].need != ZV_PLAN_NONE)
			covered[l->problem->needs[l->now.p[i].need].priority - 1] += l->now.p[i].qty;
}

static bool better(const struct leveling *l, const zv_i128 covered[ZV_PLAN_PRIORITIES], zv_i128 objective)
{
	if (!l->found)
		return true;
	for (int w = 0; w < ZV_PLAN_PRIORITIES && l->options->strict; w++)
		if (covered[w] != l->covered[w])
			return covered[w] > l->covered[w];
	return objective < l->objective;
}

static void keep(struct leveling *l)
{
	struct plan_money money = plan_money_of(&l->now, l->problem);
	zv_i128 objective = money.launches + money.prices + money.bought + money.penalties, covered[ZV_PLAN_PRIORITIES];

	cover(covered, l);
	if (!better(l, covered, objective))
		return;
	l->found = true;
	l->objective = objective;
	memcpy(l->covered, covered, sizeof(covered));
	l->best.n = 0;
	for (size_t i = 0; i < l->now.n; i++)
		zv_vec_push(&l->best, l->now.p[i]);
}

/* What was short: dearer for the next sweep, or its orders no larger than what they could get. */
static void learn(struct leveling *l, size_t first, bool by_cap)
{
	const struct zv_plan_problem *p = l->problem;
	size_t n = (size_t)p->n_offers * (size_t)p->n_periods;

	for (size_t i = 0; i < n; i++)
		l->cap[i] = -1;
	for (size_t i = first; i < l->shorts.n; i++) {
		const struct zv_plan_short *one = &l->shorts.p[i];
		uint32_t node = node_of(l, one->offer, one->period, one->bom);
		int64_t least, *more;

		if (by_cap)
			l->cap[(size_t)one->offer * (size_t)p->n_periods + (size_t)one->period] = 0;
		if (by_cap || node == ZV_PLAN_NONE)
			continue;
		more = &l->more[node];
		least = (int64_t)(l->ascent.scale[node] * 1e5) + 1;
		*more = *more < least ? least : *more < ZV_PLAN_PRICE_MAX ? *more * 2 : *more;
	}
	for (size_t i = 0; i < l->now.n && by_cap; i++) {
		int64_t *cap = &l->cap[(size_t)l->now.p[i].offer * (size_t)p->n_periods + (size_t)l->now.p[i].period];

		*cap += *cap >= 0 ? l->now.p[i].qty : 0;
	}
}

static enum zv_code sweep(struct leveling *l, struct zv_err *err)
{
	const struct zv_plan_problem *wide = &l->wide->problem;
	struct plan_sweep sweep = {.problem = l->problem, .wide = l->wide, .need_price = l->swept, .cap = l->cap, .options = l->options, .level = l->level, .n_levels = l->n_levels};
	enum zv_code code;

	for (uint32_t i = 0; i < wide->n_needs; i++) {
		zv_i128 price = (zv_i128)l->need_price[i] + l->more[i];

		l->swept[i] = price < wide->needs[i].penalty ? (int64_t)price : wide->needs[i].penalty;
	}
	code = plan_sweep_run(&l->now, &sweep, &l->fault);
	if (code == ZV_E_INVALID) { /* at other prices it may keep it */
		l->now.n = 0;
		return ZV_OK;
	}
	if (code != ZV_OK && err != NULL)
		*err = l->fault;
	if (code == ZV_OK && plan_trim(&l->now, &l->shorts, l->problem))
		keep(l);
	return code;
}

/* All levels at once: a small problem is proved, or else a plan is made better part by part. */
static enum zv_code search_deep(struct leveling *l, bool prove, struct zv_err *err)
{
	struct plan_deep_found found = {.found = l->found, .money = l->objective, .bound = l->bound};
	struct plan_deep deep;
	enum zv_code code = ZV_OK;

	if (l->options->strict || l->wide->arcs->n_pairs > DEEP_PAIRS || (!prove && !l->found))
		return ZV_OK;
	plan_deep_open(&deep, l->wide, l->level);
	for (size_t i = 0; i < l->best.n && l->found; i++)
		zv_vec_push(&found.best, l->best.p[i]);
	if (prove && deep.part.n_arcs <= DEEP_ARCS && deep.part.n_arcs > 0)
		code = plan_deep_prove(&found, &deep, DEEP_NODES, DEEP_WORK, l->options, err);
	else if (!prove)
		code = plan_deep_improve(&found, &deep, l->options, err);
	if (found.better) {
		l->now.n = 0;
		for (size_t i = 0; i < found.best.n; i++)
			zv_vec_push(&l->now, found.best.p[i]);
		keep(l);
	}
	l->bound = found.bound;
	zv_vec_done(&found.best);
	plan_deep_done(&deep);
	return code;
}

static enum zv_code sweep_all(struct leveling *l, struct zv_err *err)
{
	const struct zv_plan_options *o = l->options;
	enum zv_code code = ZV_OK;

	for (int n = 0; n < SWEEPS && code == ZV_OK; n++) {
		size_t before = l->shorts.n;

		if (n > 0 && stopped(l))
			break;
		code = sweep(l, err);
		if (code == ZV_OK && n == 0)
			code = search_deep(l, true, err);
		if (code != ZV_OK)
			break;
		learn(l, before, n % 2 == 0);
		if (l->found) {
			l->ascent.upper = (double)l->objective * 1e-12;
			l->ascent.reach = fmax(l->ascent.reach, 0.01);
		}
		if (l->found && is_proved(l->objective, l->bound))
			break;
		if (n + 1 < SWEEPS)
			climb(l, first_iterations(l) / 3);
		if (o->progress != NULL)
			o->progress(o->context, ZV_PLAN_IMPROVE, 300 + 600 * (n + 1) / SWEEPS, l->found ? l->objective : 0, l->bound);
	}
	return code;
}

/* --- the answer ------------------------------------------------------------------------------------------------------------------------ */

static int by_flow(const void *a, const void *b)
{
	const struct zv_plan_flow *x = a, *y = b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static uint32_t derived_at(const struct zv_plan_levels_result *out, const struct plan_supply *s)
{
	size_t lo = 0, hi = out->n_derived;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct zv_plan_derived *d = &out->derived[mid];
		bool below = d->offer != s->to_offer ? d->offer < s->to_offer : d->period != s->to_period ? d->period < s->to_period : d->bom < s->bom;

		if (below)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

static void put_flows(struct zv_plan_levels_result *out, struct leveling *l)
{
	struct zv_plan_result *plan = &out->plan;
	size_t kept = 0;

	plan->flows = zv_calloc(l->best.n + 1, sizeof(*plan->flows));
	for (size_t i = 0; i < l->best.n; i++) {
		const struct plan_supply *s = &l->best.p[i];
		uint32_t need = s->need != ZV_PLAN_NONE ? s->need : l->problem->n_needs + derived_at(out, s);

		plan->flows[i] = (struct zv_plan_flow){need, s->offer, s->period, s->qty};
	}
	if (l->best.n > 0)
		qsort(plan->flows, l->best.n, sizeof(*plan->flows), by_flow);
	for (size_t i = 0; i < l->best.n; i++) {
		if (kept > 0 && by_flow(&plan->flows[kept - 1], &plan->flows[i]) == 0)
			plan->flows[kept - 1].qty += plan->flows[i].qty;
		else
			plan->flows[kept++] = plan->flows[i];
	}
	plan->n_flows = kept;
}

static void put_prices(struct zv_plan_levels_result *out, const struct leveling *l)
{
	const struct zv_plan_problem *p = l->problem;
	size_t hours = (size_t)p->n_resources * (size_t)p->n_periods;
	struct zv_plan_result *plan = &out->plan;

	plan->need_price = zv_calloc((size_t)out->flat.n_needs + 1, sizeof(*plan->need_price));
	plan->resource_price = zv_calloc(hours + 1, sizeof(*plan->resource_price));
	if (hours > 0)
		memcpy(plan->resource_price, l->best_hour, hours * sizeof(*plan->resource_price));
	memcpy(plan->need_price, l->best_need, p->n_needs * sizeof(*plan->need_price));
	for (size_t d = 0; d < out->n_derived; d++) {
		struct zv_plan_derived *one = &out->derived[d];
		uint32_t node = node_of(l, one->offer, one->period, one->bom);

		one->price = node != ZV_PLAN_NONE ? l->best_need[node] : 0;
		one->bought = one->qty;
		plan->need_price[p->n_needs + d] = one->price;
	}
	for (size_t i = 0; i < plan->n_flows; i++)
		if (plan->flows[i].need >= p->n_needs)
			out->derived[plan->flows[i].need - p->n_needs].bought -= plan->flows[i].qty;
}

void plan_levels_sum(struct zv_plan_level levels[ZV_PLAN_PRIORITIES], const struct zv_plan_problem *problem, const struct zv_plan_flow *flows, size_t n_flows)
{
	int64_t *left = zv_reallocarray(NULL, (size_t)problem->n_needs + 1, sizeof(*left));

	memset(levels, 0, ZV_PLAN_PRIORITIES * sizeof(*levels));
	for (uint32_t i = 0; i < problem->n_needs; i++)
		left[i] = problem->needs[i].qty;
	for (size_t i = 0; i < n_flows; i++)
		if (flows[i].need < problem->n_needs)
			left[flows[i].need] -= flows[i].qty;
	for (uint32_t i = 0; i < problem->n_needs; i++) {
		struct zv_plan_level *level = &levels[problem->needs[i].priority - 1];

		if (problem->needs[i].penalty == 0)
			continue;
		level->needs++;
		level->covered_needs += left[i] == 0;
		level->qty += problem->needs[i].qty;
		level->covered += problem->needs[i].qty - left[i];
	}
	free(left);
}

/* Needs that no offer can serve. */
static void put_constant(struct zv_plan_result *plan, const struct leveling *l)
{
	const struct plan_arcs *arcs = l->wide->arcs;
	uint8_t *served = zv_calloc((size_t)arcs->n_needs + 1, 1);

	for (uint32_t j = 0; j < arcs->n_pairs; j++)
		served[arcs->outer[arcs->pairs[j].need]] = 1;
	for (uint32_t i = 0; i < l->problem->n_needs; i++) {
		const struct zv_plan_need *need = &l->problem->needs[i];

		if (served[i] || need->penalty == 0)
			continue;
		plan->constant += (zv_i128)need->penalty * need->qty;
		plan->levels[need->priority - 1].constant += need->qty;
	}
	free(served);
}

static void put(struct zv_plan_levels_result *out, struct leveling *l)
{
	struct zv_plan_result *plan = &out->plan;
	struct plan_money money = plan_money_of(&l->best, l->problem);

	plan->orders = plan_orders_of(&plan->n_orders, &l->best, l->problem);
	zv_plan_flatten(&out->flat, &out->derived, &out->n_derived, l->problem, plan->orders, plan->n_orders, out->arena);
	put_flows(out, l);
	put_prices(out, l);
	plan->launches = money.launches;
	plan->prices = money.prices;
	plan->penalties = money.penalties + money.bought;
	plan->objective = plan->launches + plan->prices + plan->penalties;
	plan->bound = l->bound < plan->objective ? l->bound : plan->objective;
	plan->proved = is_proved(plan->objective, plan->bound);
	plan->iterations = l->ascent.iterations;
	plan->stopped = stopped(l);
	out->bought = money.bought;
	out->n_levels = l->n_levels;
	plan_levels_sum(plan->levels, l->problem, plan->flows, plan->n_flows);
	put_constant(plan, l);
	plan_pegs(out, l->problem);
	plan_put_shorts(out, l->wide, l->best_need, &l->best, &l->shorts);
}

static void open_rooms(struct leveling *l)
{
	const struct zv_plan_problem *p = l->problem, *wide = &l->wide->problem;
	size_t needs = (size_t)wide->n_needs + 1, hours = (size_t)p->n_resources * (size_t)p->n_periods + 1;
	int64_t **by_need[] = {&l->need_price, &l->best_need, &l->swept, &l->more};

	for (size_t i = 0; i < sizeof(by_need) / sizeof(*by_need); i++)
		*by_need[i] = zv_calloc(needs, sizeof(int64_t));
	l->hour_price = zv_calloc(hours, sizeof(*l->hour_price));
	l->best_hour = zv_calloc(hours, sizeof(*l->best_hour));
	l->cap = zv_calloc((size_t)p->n_offers * (size_t)p->n_periods + 1, sizeof(*l->cap));
	for (size_t i = 0; i < (size_t)p->n_offers * (size_t)p->n_periods; i++)
		l->cap[i] = -1;
	l->level = zv_calloc((size_t)p->n_products + 1, sizeof(*l->level));
	l->n_levels = plan_levels_of(l->level, p);
	plan_ascent_init(&l->ascent, l->wide);
}

static void close_rooms(struct leveling *l)
{
	void *all[] = {l->need_price, l->best_need, l->swept, l->more, l->hour_price, l->best_hour, l->cap, l->level};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		free(all[i]);
	plan_ascent_done(&l->ascent);
	plan_wide_close(l->wide);
	zv_vec_done(&l->now);
	zv_vec_done(&l->best);
	zv_vec_done(&l->shorts);
}

/* The plan of nothing: what is left when no sweep could keep its signed flows is no plan. */
static enum zv_code fall_back(struct leveling *l, struct zv_err *err)
{
	if (l->found)
		return ZV_OK;
	if (l->fault.code != ZV_OK && err != NULL)
		*err = l->fault;
	if (l->fault.code != ZV_OK)
		return l->fault.code;
	if (l->problem->n_commitments > 0)
		return zv_fail(err, ZV_E_INVALID, "commitments", N_("No plan was found that keeps all signed orders and gets them their inputs: look at the bill of materials of their products."));
	l->now.n = 0;
	keep(l);
	return ZV_OK;
}

static enum zv_code solve_levels(struct zv_plan_levels_result *out, const struct zv_plan_problem *problem, const struct zv_plan_options *options, struct zv_err *err)
{
	struct leveling l = {.problem = problem, .options = options, .bound = -((zv_i128)1 << 120)};
	enum zv_code code;

	code = plan_wide_open(&l.wide, problem, err);
	if (code != ZV_OK)
		return code;
	open_rooms(&l);
	climb(&l, first_iterations(&l));
	code = sweep_all(&l, err);
	if (code == ZV_OK && l.found && !is_proved(l.objective, l.bound) && !stopped(&l))
		code = search_deep(&l, false, err);
	if (code == ZV_OK)
		code = fall_back(&l, err);
	if (code == ZV_OK) {
		put(out, &l);
		plan_wide_level_bounds(l.wide, out->plan.levels, COVER_ITERATIONS, options);
	}
	close_rooms(&l);
	return code;
}

enum zv_code zv_plan_solve_levels(struct zv_plan_levels_result *out, const struct zv_plan_problem *problem, const struct zv_plan_options *options, struct zv_err *err)
{
	static const struct zv_plan_options plain;
	const struct zv_plan_options *o = options != NULL ? options : &plain;
	enum zv_code code;

	*out = (struct zv_plan_levels_result){.arena = zv_alloc(sizeof(*out->arena)), .n_levels = 1};
	zv_arena_init(out->arena);
	if (problem->n_boms > 0)
		return solve_levels(out, problem, o, err);
	out->flat = *problem;
	code = zv_plan_solve(&out->plan, problem, o, err);
	return code == ZV_OK && !o->strict ? plan_level_bounds(problem, &out->plan, o, err) : code;
}

void zv_plan_levels_done(struct zv_plan_levels_result *result)
{
	zv_plan_result_done(&result->plan);
	if (result->arena != NULL) {
		zv_arena_done(result->arena);
		free(result->arena);
	}
	*result = (struct zv_plan_levels_result){0};
}
