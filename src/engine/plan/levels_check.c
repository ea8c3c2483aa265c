/* The independent check of a multi-level plan: what orders take is asked of the bill of materials again, the rest of zv_plan_check. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/check.h"
#include "engine/plan/levels.h"

static enum zv_code check_flat(const struct zv_plan_problem *p, const struct zv_plan_levels_result *r, struct zv_err *err)
{
	if (r->flat.n_needs != p->n_needs + r->n_derived || r->flat.n_offers != p->n_offers || r->flat.n_periods != p->n_periods ||
	    r->flat.n_resources != p->n_resources || r->flat.n_products != p->n_products)
		return zv_fail(err, ZV_E_CONFLICT, "needs", N_("needs: the plan is of another problem: it has %u needs, of which %zu are inputs, the problem %u"), r->flat.n_needs,
			       r->n_derived, p->n_needs);
	if (p->n_needs > 0 && memcmp(r->flat.needs, p->needs, p->n_needs * sizeof(*p->needs)) != 0)
		return zv_fail(err, ZV_E_CONFLICT, "needs", N_("needs: the plan's needs are not the problem's; plan anew"));
	return ZV_OK;
}

/* The row of the derived need as the bill of materials says it. */
static enum zv_code check_row(const struct zv_plan_problem *p, const struct zv_plan_levels_result *r, size_t d, const struct zv_plan_order *order, uint32_t b, struct zv_err *err)
{
	const struct zv_plan_derived *row = &r->derived[d];
	const struct zv_plan_need *need = &r->flat.needs[p->n_needs + d];
	const struct zv_plan_bom *bom = &p->boms[b];
	const struct zv_plan_maker *maker = &p->makers[p->offers[order->offer].maker];
	zv_i128 micro = (zv_i128)order->qty * bom->ppm;
	int64_t qty = (int64_t)(micro / 1000000) + (micro % 1000000 != 0);
	int64_t dearest = bom->price > 0 ? bom->price : ZV_PLAN_PRICE_MAX;

	if (row->offer != order->offer || row->period != order->period || row->bom != b || row->due != order->period - bom->lag)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("inputs: the order of offer %.*s in period %d has no row for its input %.*s"), ZV_STR_FMT(p->offers[order->offer].id),
			       order->period + p->first_period, ZV_STR_FMT(p->products[bom->input].id));
	if (row->qty != qty || need->qty != qty)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("inputs: the order of offer %.*s in period %d takes %lld of input %.*s, the plan says %lld"),
			       ZV_STR_FMT(p->offers[order->offer].id), order->period + p->first_period, (long long)qty, ZV_STR_FMT(p->products[bom->input].id), (long long)need->qty);
	if (need->product != bom->input || need->region != maker->region || need->licensed != maker->licensed || need->earliest != 0 || need->due != row->due || need->single ||
	    need->parcel != 0 || need->ceiling != dearest || need->penalty != dearest)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("inputs: input %.*s of the order of offer %.*s in period %d has another place, window or price than the bill of materials says"),
			       ZV_STR_FMT(p->products[bom->input].id), ZV_STR_FMT(p->offers[order->offer].id), order->period + p->first_period);
	return ZV_OK;
}

static enum zv_code check_rows(const struct zv_plan_problem *p, const struct zv_plan_levels_result *r, struct zv_err *err)
{
	size_t d = 0;
	enum zv_code code;

	for (size_t i = 0; i < r->plan.n_orders; i++) {
		const struct zv_plan_order *order = &r->plan.orders[i];

		for (uint32_t b = 0; b < p->n_boms; b++) {
			if (p->boms[b].product != p->offers[order->offer].product || p->boms[b].ppm <= 0)
				continue;
			if (d == r->n_derived)
				return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("inputs: the order of offer %.*s in period %d has no row for its input %.*s"),
					       ZV_STR_FMT(p->offers[order->offer].id), order->period + p->first_period, ZV_STR_FMT(p->products[p->boms[b].input].id));
			code = check_row(p, r, d++, order, b, err);
			if (code != ZV_OK)
				return code;
		}
	}
	if (d != r->n_derived)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("inputs: the plan has %zu rows of inputs, its orders take %zu"), r->n_derived, d);
	return ZV_OK;
}

static enum zv_code check_outside(const struct zv_plan_problem *p, const struct zv_plan_levels_result *r, struct zv_err *err)
{
	int64_t *left = zv_calloc(r->n_derived + 1, sizeof(*left));
	enum zv_code code = ZV_OK;

	for (size_t d = 0; d < r->n_derived; d++)
		left[d] = r->derived[d].qty;
	for (size_t i = 0; i < r->plan.n_flows; i++)
		if (r->plan.flows[i].need >= p->n_needs)
			left[r->plan.flows[i].need - p->n_needs] -= r->plan.flows[i].qty;
	for (size_t d = 0; d < r->n_derived && code == ZV_OK; d++) {
		const struct zv_plan_bom *bom = &p->boms[r->derived[d].bom];

		if (left[d] != r->derived[d].bought)
			code = zv_fail(err, ZV_E_CONFLICT, "bought", N_("bought: %lld of input %.*s of offer %.*s comes from outside, the plan says %lld"), (long long)left[d],
				       ZV_STR_FMT(p->products[bom->input].id), ZV_STR_FMT(p->offers[r->derived[d].offer].id), (long long)r->derived[d].bought);
		else if (left[d] > 0 && bom->price == 0)
			code = zv_fail(err, ZV_E_CONFLICT, "bought", N_("bought: the order of offer %.*s in period %d lacks %lld of input %.*s, which is not to be had outside"),
				       ZV_STR_FMT(p->offers[r->derived[d].offer].id), r->derived[d].period + p->first_period, (long long)left[d], ZV_STR_FMT(p->products[bom->input].id));
	}
	free(left);
	return code;
}

/* Coverage counts the needs of the problem only. */
static void sum_levels(struct zv_plan_checked *out, const struct zv_plan_problem *p, const struct zv_plan_result *plan)
{
	int64_t *covered = zv_calloc((size_t)p->n_needs + 1, sizeof(*covered));
	zv_i128 constant[ZV_PLAN_PRIORITIES];

	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++) {
		constant[w] = plan->levels[w].constant;
		out->levels[w] = (struct zv_plan_level){.constant = constant[w]};
	}
	for (size_t i = 0; i < plan->n_flows; i++)
		if (plan->flows[i].need < p->n_needs)
			covered[plan->flows[i].need] += plan->flows[i].qty;
	for (uint32_t i = 0; i < p->n_needs; i++) {
		struct zv_plan_level *level = &out->levels[p->needs[i].priority - 1];

		level->needs++;
		level->covered_needs += covered[i] == p->needs[i].qty;
		level->qty += p->needs[i].qty;
		level->covered += covered[i];
	}
	free(covered);
}

enum zv_code zv_plan_levels_check(struct zv_plan_checked *out, const struct zv_plan_problem *problem, const struct zv_plan_levels_result *result, struct zv_err *err)
{
	enum zv_code code = check_flat(problem, result, err);

	if (code == ZV_OK && problem->n_boms > 0)
		code = check_rows(problem, result, err);
	if (code == ZV_OK && problem->n_boms > 0)
		code = check_outside(problem, result, err);
	if (code == ZV_OK)
		code = zv_plan_check(out, &result->flat, result->plan.orders, result->plan.n_orders, result->plan.flows, result->plan.n_flows, err);
	if (code == ZV_OK && problem->n_boms > 0)
		sum_levels(out, problem, &result->plan);
	return code;
}
