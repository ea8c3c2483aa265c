/* Solve, close stray tolerances and solve again, settle, check. */
#include "app/plan_solve.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/plan_settle.h"
#include "base/mem.h"
#include "engine/plan/levels.h"

/* A last look after a stop is short: whoever stopped it waits. */
enum { HASTY_ITERATIONS = 30, HASTY_EFFORT = 10 };

struct solving {
	struct zv_plan_source *source;
	const struct zv_plan_options *options;
	bool keep_stopped;
	struct zv_err *err;
};

/* Registers say nothing of what goes into a product: the plan is over the problem itself, with what no plan covers more of. */
static enum zv_code solve(struct zv_plan_result *out, const struct solving *s, const struct zv_plan_options *options)
{
	struct zv_plan_levels_result levels = {0};
	enum zv_code code = zv_plan_solve_levels(&levels, &s->source->problem, options, s->err);

	if (code == ZV_OK) {
		*out = levels.plan;
		levels.plan = (struct zv_plan_result){0};
	}
	zv_plan_levels_done(&levels);
	if (code == ZV_OK && out->stopped && !s->keep_stopped)
		code = zv_fail(s->err, ZV_E_CONFLICT, "plan", N_("The plan was stopped before it was ready; nothing was stored."));
	return code;
}

static void close_strays(struct zv_plan_source *source, bool *stray, bool all)
{
	for (uint32_t i = 0; i < source->problem.n_needs; i++) {
		stray[i] = stray[i] || (all && source->needs[i].extra && source->problem.needs[source->needs[i].twin].single);
		if (stray[i])
			zv_plan_source_close(source, i);
	}
}

/*
 * The bound of a strict plan is of plans that cover as much, and what is solved again may cover less: then the bound of all plans is taken. A few steps from
 * the prices of the plan find it; the search is not wanted.
 */
static enum zv_code take_bound_of_all(struct zv_plan_result *result, const struct solving *s)
{
	const struct zv_plan_prices prices = {result->need_price, result->resource_price};
	const struct zv_plan_options options = {.prices = &prices, .effort = 1, .threads = s->options->threads};
	struct zv_plan_result all;
	enum zv_code code = zv_plan_solve(&all, &s->source->problem, &options, s->err);

	if (code == ZV_OK)
		result->bound = all.bound;
	zv_plan_result_done(&all);
	return code;
}

/* From the prices of the first plan, whose bounds hold for this one: it has the fewer rules. */
static enum zv_code solve_again(struct zv_plan_result *result, const struct solving *s)
{
	const struct zv_plan_prices prices = {result->need_price, result->resource_price};
	struct zv_plan_options options = *s->options;
	struct zv_plan_result again = {0};
	enum zv_code code;

	options.prices = &prices;
	options.progress = NULL; /* it was at its end already */
	if (result->stopped) {
		options.stop = NULL;
		options.iterations = HASTY_ITERATIONS;
		options.effort = HASTY_EFFORT;
	}
	code = solve(&again, s, &options);
	if (code == ZV_OK) {
		again.stopped = again.stopped || result->stopped;
		again.iterations += result->iterations;
		again.bound = result->bound;
		again.proved = again.proved && again.objective <= result->bound;
		for (int at = 0; at < ZV_PLAN_PRIORITIES; at++)
			again.levels[at].bound = result->levels[at].bound;
		zv_plan_result_done(result);
		*result = again;
		again = (struct zv_plan_result){0};
	}
	zv_plan_result_done(&again);
	return code;
}

static enum zv_code without_strays(struct zv_plan_result *result, const struct solving *s)
{
	bool *stray = zv_calloc((size_t)s->source->problem.n_needs + 1, sizeof(*stray));
	enum zv_code code = ZV_OK;

	for (int round = 0; code == ZV_OK && zv_plan_strays(stray, result, s->source) > 0; round++) {
		if (s->options->strict && round == 0)
			code = take_bound_of_all(result, s);
		close_strays(s->source, stray, round > 0 || result->stopped);
		if (code == ZV_OK)
			code = solve_again(result, s);
	}
	free(stray);
	return code;
}

/* Nothing is said of a plan that the checker did not see; its sums are the ones that hold. */
static enum zv_code check(struct zv_plan_result *result, struct zv_plan_checked *checked, const struct solving *s)
{
	enum zv_code code = zv_plan_check(checked, &s->source->problem, result->orders, result->n_orders, result->flows, result->n_flows, s->err);

	if (code == ZV_E_CONFLICT) {
		char why[sizeof(s->err->text)];

		(void)snprintf(why, sizeof(why), "%s", s->err->text);
		return zv_fail(s->err, ZV_E_BUG, "plan", N_("The plan did not pass its check and was not stored: %.300s"), why);
	}
	if (code != ZV_OK)
		return code;
	result->objective = checked->objective;
	result->launches = checked->launches;
	result->prices = checked->prices;
	result->penalties = checked->penalties;
	return ZV_OK;
}

enum zv_code zv_plan_source_solve(struct zv_plan_result *out, struct zv_plan_checked *checked, struct zv_plan_source *source,
				  const struct zv_plan_options *options, bool keep_stopped, struct zv_err *err)
{
	const struct solving s = {source, options, keep_stopped, err};
	enum zv_code code;

	*out = (struct zv_plan_result){0};
	code = solve(out, &s, options);
	if (code == ZV_OK)
		code = without_strays(out, &s);
	if (code != ZV_OK)
		return code;
	zv_plan_settle(out, source);
	return check(out, checked, &s);
}
