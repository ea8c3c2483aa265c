/* Branch and bound whose every cut-off is an integer bound. */
#include "engine/plan/exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/exact_bound.h"
#include "engine/plan/lp.h"

struct searching {
	const struct plan_kernel_part *part;
	struct plan_exact *answer;
	struct plan_rows rows;
	struct plan_lp *lp;
	struct plan_exact_prices prices;
	uint8_t *lower, *upper; /* of whole columns, in the node at hand */
	int32_t *tier;          /* of the answer being tried */
	int64_t *flow;
	int left;
	int64_t work; /* left */
};

/* What a node takes even when nothing pivots, in pivots. */
enum { PIVOTS_OF_NODE = 4, DEARER = 1000 };
static const double PASSED = 1e-7; /* parts of limits */

static int64_t price_of(double dual, double unit, int64_t per)
{
	double price = -dual * unit * 1e12 / (double)per;

	if (!(price > 0))
		return 0;
	return price < (double)PLAN_EXACT_PRICE_MAX ? (int64_t)(price + 0.5) : PLAN_EXACT_PRICE_MAX;
}

/*
 * What a unit of an input is worth: its price outside less what its row says; where it is not to be had there, what the row says. Below zero where taking more of it lets its maker
 * reach the smallest order.
 */
static int64_t node_price(double dual, double unit, int64_t left, int64_t outside)
{
	double price = (double)outside + dual * unit * 1e12 / (double)left;
	int64_t most = outside > 0 ? outside : PLAN_EXACT_PRICE_MAX;

	if (!(price > -(double)PLAN_EXACT_PRICE_MAX))
		return -PLAN_EXACT_PRICE_MAX;
	return price < (double)most ? (int64_t)floor(price + 0.5) : most;
}

static void take_prices(struct searching *s)
{
	const double *dual = plan_lp_duals(s->lp);

	for (uint32_t i = 0; i < s->part->n_needs; i++) {
		int64_t left = s->part->left[i] > 0 ? s->part->left[i] : 1;

		int64_t penalty = s->part->problem->needs[s->part->needs[i]].penalty;

		s->prices.need[i] = plan_part_node(s->part, i) ? node_price(dual[s->rows.need_row[i]], s->rows.unit, left, penalty)
							       : penalty - price_of(dual[s->rows.need_row[i]], s->rows.unit, left);
	}
	for (uint32_t slot = 0; slot < s->part->n_slots; slot++) {
		int row = s->rows.hours_row[slot];

		s->prices.hours[slot] = row < 0 ? 0 : price_of(dual[row], s->rows.unit, s->part->left_uh[slot] > 0 ? s->part->left_uh[slot] : 1);
	}
	for (uint32_t k = 0; k < s->part->n_shares; k++) {
		int64_t price = price_of(dual[s->rows.share_row[k]], s->rows.unit, (int64_t)fmin(s->rows.share_unit[k], 9e18));

		s->prices.shares[k] = price < PLAN_EXACT_SHARE_MAX ? price : PLAN_EXACT_SHARE_MAX;
	}
}

/* The whole column that is farthest from whole; launches before arcs. -1: all are whole. */
static int column_to_branch(const struct searching *s, const double *x)
{
	int best = -1;
	double best_off = 1e-7;
	bool best_open = false;

	for (int c = 0; c < s->rows.n_cols; c++) {
		double off = x[c] < 0.5 ? x[c] : 1 - x[c];
		bool open = s->rows.cols[c].kind == PLAN_COL_OPEN;

		if (!s->rows.cols[c].whole || s->lower[c] == s->upper[c] || off <= 1e-7)
			continue;
		if (best >= 0 && (open != best_open ? best_open : off <= best_off))
			continue;
		best = c;
		best_off = off;
		best_open = open;
	}
	return best;
}

static void try_answer(struct searching *s, const double *x)
{
	zv_i128 money;

	if (s->answer->make != NULL) {
		money = s->answer->make(s->answer->maker, &s->rows, x);
		s->answer->better = s->answer->better || money < s->answer->money;
		s->answer->money = money < s->answer->money ? money : s->answer->money;
		return;
	}
	if (!plan_part_round(s->tier, s->flow, s->part, &s->rows, x))
		return;
	money = plan_part_money(s->part, s->tier, s->flow);
	if (money >= s->answer->money)
		return;
	s->answer->money = money;
	s->answer->better = true;
	memcpy(s->answer->tier, s->tier, s->part->n_slots * sizeof(*s->tier));
	memcpy(s->answer->flow, s->flow, s->part->n_arcs * sizeof(*s->flow));
}

/* Money that is not worth a node: hours that whole quanta leave over, the rounding of prices. */
static zv_i128 close_to(const struct plan_exact *answer)
{
	return answer->money < PLAN_NO_PLAN && answer->money > 0 ? answer->money / 100000000 : 0;
}

static void fix(struct searching *s, int col, uint8_t lower, uint8_t upper)
{
	s->lower[col] = lower;
	s->upper[col] = upper;
	plan_lp_limit(s->lp, col, lower, upper);
}

/* The linear program of the node at hand; what its prices prove raises `bound`. */
static bool relax(zv_i128 *bound, struct searching *s)
{
	bool solved = plan_lp_solve(s->lp);
	zv_i128 here;

	s->work -= (plan_lp_pivots(s->lp) + PIVOTS_OF_NODE) * s->rows.n_rows;
	if (!solved)
		return false;
	take_prices(s);
	here = plan_exact_bound(s->part, &s->rows, &s->prices, s->lower, s->upper);
	*bound = here > *bound ? here : *bound;
	return true;
}

/* Below the node at hand, of which `above` is known: a bound. */
static zv_i128 search(struct searching *s, zv_i128 above)
{
	zv_i128 bound = above, least = PLAN_NO_PLAN;
	bool solved, up;
	int col;

	if (s->left <= 0 || s->work <= 0 || (s->answer->stop != NULL && s->answer->stop(s->answer->context)))
		return above;
	s->left--;
	s->answer->nodes++;
	solved = relax(&bound, s);
	if (s->answer->nodes == 1 && s->answer->need_price != NULL) {
		memcpy(s->answer->need_price, s->prices.need, s->part->n_needs * sizeof(*s->prices.need));
		memcpy(s->answer->hours_price, s->prices.hours, s->part->n_slots * sizeof(*s->prices.hours));
	}
	if (!solved || bound >= s->answer->money - close_to(s->answer))
		return bound;
	col = column_to_branch(s, plan_lp_values(s->lp));
	if (col < 0 && plan_lp_passed(s->lp) > PASSED) { /* whole only because a limit was passed for money */
		plan_lp_dearer(s->lp, DEARER);
		solved = relax(&bound, s);
		plan_lp_dearer(s->lp, 1);
		if (!solved || bound >= s->answer->money - close_to(s->answer))
			return bound;
		col = column_to_branch(s, plan_lp_values(s->lp));
	}
	up = col >= 0 && plan_lp_values(s->lp)[col] >= 0.3;
	try_answer(s, plan_lp_values(s->lp));
	if (col < 0)
		return bound;
	for (int side = 0; side < 2; side++) {
		uint8_t at = side == 0 ? up : !up;
		zv_i128 below = bound;

		if (bound < s->answer->money - close_to(s->answer)) {
			fix(s, col, at, at);
			below = search(s, bound);
		}
		least = below < least ? below : least;
	}
	fix(s, col, 0, 1);
	return least;
}

static void open_search(struct searching *s, struct plan_exact *answer, const struct plan_kernel_part *part, int max_nodes)
{
	*s = (struct searching){.part = part, .answer = answer, .left = max_nodes, .work = answer->work_max > 0 ? answer->work_max : INT64_MAX};
	plan_part_rows(&s->rows, part);
	s->lp = plan_lp_open(&s->rows);
	s->prices.need = zv_calloc((size_t)part->n_needs + 1, sizeof(*s->prices.need));
	s->prices.shares = zv_calloc((size_t)part->n_shares + 1, sizeof(*s->prices.shares));
	s->prices.hours = zv_calloc((size_t)part->n_slots + 1, sizeof(*s->prices.hours));
	s->lower = zv_calloc((size_t)s->rows.n_cols + 1, 1);
	s->upper = zv_calloc((size_t)s->rows.n_cols + 1, 1);
	memset(s->upper, 1, (size_t)s->rows.n_cols);
	s->tier = zv_calloc((size_t)part->n_slots + 1, sizeof(*s->tier));
	s->flow = zv_calloc((size_t)part->n_arcs + 1, sizeof(*s->flow));
}

static void close_search(struct searching *s)
{
	plan_lp_close(s->lp);
	plan_rows_done(&s->rows);
	free(s->prices.need);
	free(s->prices.hours);
	free(s->prices.shares);
	free(s->lower);
	free(s->upper);
	free(s->tier);
	free(s->flow);
}

enum zv_code plan_exact_solve(struct plan_exact *answer, const struct plan_kernel_part *part, int max_nodes, struct zv_err *err)
{
	struct searching s;
	zv_i128 lowest;

	if (part->n_arcs > PLAN_KERNEL_ARCS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "arcs", N_("The exact kernel takes parts of up to %d arcs, this one has %u."), (int)PLAN_KERNEL_ARCS_MAX, part->n_arcs);
	answer->better = false;
	answer->nodes = 0;
	if (answer->make == NULL) {
		memcpy(answer->tier, part->tier, part->n_slots * sizeof(*answer->tier));
		memcpy(answer->flow, part->flow, part->n_arcs * sizeof(*answer->flow));
		answer->money = plan_part_holds(part, part->tier, part->flow) ? plan_part_money(part, part->tier, part->flow) : PLAN_NO_PLAN;
	}
	open_search(&s, answer, part, max_nodes);
	/* Where nothing is known yet, nothing that is bought costs less than nothing. */
	lowest = search(&s, -PLAN_NO_PLAN);
	answer->bound = lowest < answer->money ? lowest : answer->money;
	answer->proved = answer->money < PLAN_NO_PLAN && answer->money - answer->bound <= close_to(answer);
	close_search(&s);
	return ZV_OK;
}
