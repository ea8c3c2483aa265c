/* From a problem to a plan with its certificate: arcs, prices, bound, greedy, search. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/plan/bound.h"
#include "engine/plan/dual.h"
#include "engine/plan/improve.h"
#include "engine/plan/prove.h"
#include "engine/plan/result.h"
#include "engine/plan/search.h"
#include "engine/plan/shares.h"
#include "engine/plan/strict.h"

enum { TRIES_OF_SHARES = 3 };

struct solving {
	const struct zv_plan_problem *problem;
	const struct zv_plan_options *options;
	struct plan_arcs *arcs;
	struct plan_dual *dual;
	struct plan_place *place;
	struct zv_plan_result *out;
};

static bool asked_to_stop(const struct solving *s)
{
	if (!s->out->stopped && s->options->stop != NULL && s->options->stop(s->options->context))
		s->out->stopped = true;
	return s->out->stopped;
}

static void tell(const struct solving *s, enum zv_plan_stage stage, int done_ppt)
{
	if (s->options->progress != NULL)
		s->options->progress(s->options->context, stage, done_ppt, s->out->objective, s->out->bound);
}

/* --- prices and bound ------------------------------------------------------------------------------------------------------------- */

/* Steps of the prices: small problems can afford many; fewer than three hundred do not bring them home. */
static int64_t steps_of(const struct solving *s)
{
	if (s->options->iterations > 0)
		return s->options->iterations;
	if (s->options->prices != NULL)
		return 150;
	return s->arcs->n_pairs < 30000 ? 1000 : s->arcs->n_pairs < 2000000 ? 400 : 300;
}

static void find_prices(struct solving *s)
{
	bool timed = s->problem->n_resources > 0;
	int64_t steps = steps_of(s), part = timed ? steps / 5 : steps - steps / 4;

	s->dual = plan_dual_open(s->arcs, s->options->threads, steps);
	if (s->options->prices != NULL)
		plan_dual_warm(s->dual, s->options->prices->need, s->options->prices->resource);
	for (int64_t i = 0; i < steps; i++) {
		if (i == part && i > 0 && timed)
			plan_dual_join(s->dual);
		else if (i == part && i > 0)
			plan_dual_fix_hours(s->dual);
		plan_dual_step(s->dual);
		if (i % 16 == 0) {
			tell(s, ZV_PLAN_PRICES, (int)(20 + 280 * i / steps));
			if (asked_to_stop(s))
				break;
		}
	}
	s->out->iterations = s->dual->iterations;
}

static int64_t micro(double roubles)
{
	double value = roubles * 1e6;

	return value >= 9e17 ? INT64_C(900000000000000000) : value <= -9e17 ? -INT64_C(900000000000000000) : llround(value);
}

/* The bound of the best prices, or of none when that should be better (too few steps). */
static void certify(struct solving *s)
{
	const struct zv_plan_problem *p = s->problem;
	size_t n_hours = (size_t)p->n_resources * (size_t)p->n_periods;
	int64_t *inner = zv_reallocarray(NULL, (size_t)p->n_needs + 1, sizeof(*inner));

	s->out->need_price = zv_calloc((size_t)p->n_needs + 1, sizeof(int64_t));
	s->out->resource_price = zv_calloc(n_hours + 1, sizeof(int64_t));
	for (uint32_t i = 0; i < p->n_needs; i++) {
		int64_t penalty = p->needs[s->arcs->outer[i]].penalty;

		inner[i] = micro(s->dual->best[i]);
		inner[i] = inner[i] > penalty ? penalty : inner[i];
		s->out->need_price[s->arcs->outer[i]] = inner[i];
	}
	for (size_t i = 0; i < n_hours; i++)
		s->out->resource_price[i] = micro(s->dual->best_mu[i]);
	s->out->bound = plan_bound(s->arcs, inner, s->out->resource_price);
	free(inner);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

/* What is signed may be more than any plan, or any that was found, can keep. */
static enum zv_code look_at_signed(const struct solving *s, struct zv_err *err)
{
	uint32_t slot = plan_search_signed(s->place);

	if (slot != ZV_PLAN_NONE)
		return zv_fail(err, ZV_E_INVALID, "commitments",
			       N_("The order signed with offer %.*s in period %d does not reach its smallest quantity with any needs of the plan."),
			       ZV_STR_FMT(plan_offer_of(s->place, slot)->id), s->place->slots[slot].period + s->problem->first_period);
	if (!plan_shares_hold(s->place))
		return zv_fail(err, ZV_E_INVALID, "commitments",
			       N_("No plan was found in which the makers of what is signed keep to the largest share of their product."));
	return ZV_OK;
}

static enum zv_code place_once(struct solving *s, struct zv_err *err)
{
	enum zv_code code = plan_place_open(&s->place, s->arcs, err);

	if (code == ZV_OK)
		plan_search_run(s->place, s->dual, s->options, s->out);
	return code;
}

/* A plan that passes the shares is cut down to them, then made better while they hold. */
static bool hold_shares(struct solving *s, struct plan_place *place)
{
	struct plan_moves moves;
	bool holds;

	plan_moves_open(&moves, place);
	holds = plan_shares_repair(&moves);
	plan_moves_close(&moves);
	if (!holds || plan_search_signed(place) != ZV_PLAN_NONE)
		return false;
	plan_search_more(place, s->dual, s->options, s->out);
	return true;
}

static void keep_better(struct solving *s, struct plan_place *place)
{
	struct plan_place *worse = place;

	if (s->place == NULL || place->cost < s->place->cost) {
		worse = s->place;
		s->place = place;
	}
	plan_place_close(worse);
}

/*
 * The share is of what is covered, and what is covered depends on the shares. So the first plan aims at quotas of everything, the next ones at what the one before
 * has covered; each is cut down to its shares and made better, and the best one stays.
 */
static enum zv_code place_with_shares(struct solving *s, struct zv_err *err)
{
	size_t n = (size_t)s->problem->n_products + 1;
	zv_i128 *aim = zv_calloc(n, sizeof(*aim));
	struct plan_place *place = NULL;
	enum zv_code code = ZV_OK;
	bool less = true;

	for (int try = 0; try < TRIES_OF_SHARES && less && !(try > 0 && s->out->stopped); try++) {
		plan_place_close(place);
		code = plan_place_open(&place, s->arcs, err);
		if (code != ZV_OK)
			break;
		plan_shares_open(place);
		if (try > 0)
			plan_shares_aim(place, aim);
		plan_search_run(place, s->dual, s->options, s->out);
		less = !plan_shares_hold(place);
		memcpy(aim, place->covered, (n - 1) * sizeof(*aim));
		if (hold_shares(s, place)) {
			keep_better(s, place);
			place = NULL;
		}
	}
	/* None holds: the last is what the kernel starts from. */
	if (s->place == NULL && code == ZV_OK) {
		s->place = place;
		place = NULL;
	}
	plan_place_close(place);
	free(aim);
	return code;
}

static enum zv_code solve(struct solving *s, struct zv_err *err)
{
	enum zv_code code = plan_arcs_open(&s->arcs, s->problem, err);

	if (code != ZV_OK)
		return code;
	tell(s, ZV_PLAN_ARCS, 20);
	find_prices(s);
	certify(s);
	plan_dual_settle(s->dual);
	tell(s, ZV_PLAN_GREEDY, 300);
	plan_arcs_by_need(s->arcs);
	code = plan_has_shares(s->problem) ? place_with_shares(s, err) : place_once(s, err);
	if (code != ZV_OK)
		return code;
	code = plan_prove(s->place, s->options, s->out, err);
	if (code == ZV_OK)
		code = look_at_signed(s, err);
	if (code != ZV_OK)
		return code;
	plan_result_fill(s->out, s->place);
	s->out->proved = s->out->bound >= s->out->objective - s->out->objective / 100000000;
	return ZV_OK;
}

enum zv_code zv_plan_solve(struct zv_plan_result *out, const struct zv_plan_problem *problem, const struct zv_plan_options *options, struct zv_err *err)
{
	struct solving s = {.problem = problem, .options = options, .out = out};
	enum zv_code code;

	if (options->strict)
		return plan_strict_solve(out, problem, options, err);
	*out = (struct zv_plan_result){0};
	if (options->memory_max > 0 && plan_arcs_estimate(problem) > options->memory_max)
		return zv_fail(err, ZV_E_LIMIT, "memory", N_("the plan takes about %zu MB, more than the %zu MB that it may have: allow more, or keep fewer candidates a need"),
			       plan_arcs_estimate(problem) >> 20, options->memory_max >> 20);
	code = solve(&s, err);
	plan_place_close(s.place);
	plan_dual_close(s.dual);
	plan_arcs_close(s.arcs);
	return code;
}

void zv_plan_result_done(struct zv_plan_result *result)
{
	free(result->orders);
	free(result->flows);
	free(result->need_price);
	free(result->resource_price);
	*result = (struct zv_plan_result){0};
}
