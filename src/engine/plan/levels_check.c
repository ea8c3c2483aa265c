/* The independent check of a multi-level plan: what orders take is asked of the bill of materials again, the rest of zv_plan_check. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan/check.h"
#include "engine/plan/check_pairs.h"
#include "engine/plan/levels.h"

static enum zv_code check_flat(const struct zv_plan_problem *p, const struct zv_plan_levels_result *r, struct zv_err *err)
{
	if (r->flat.n_needs != p->n_needs + r->n_derived || r->flat.n_offers != p->n_offers || r->flat.n_periods != p->n_periods ||
	    r->flat.n_resources != p->n_resources || r->flat.n_products != p->n_products)
		return zv_fail(err, ZV_E_CONFLICT, "needs", N_("The plan is of another problem: it has %u needs, of which %zu are inputs, the problem has %u."), r->flat.n_needs,
			       r->n_derived, p->n_needs);
	if (p->n_needs > 0 && memcmp(r->flat.needs, p->needs, p->n_needs * sizeof(*p->needs)) != 0)
		return zv_fail(err, ZV_E_CONFLICT, "needs", N_("The plan's needs are not the problem's: plan anew."));
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
	zv_i128 qty = micro / 1000000 + (micro % 1000000 != 0);
	int64_t dearest = bom->price > 0 ? bom->price : ZV_PLAN_PRICE_MAX;

	if (row->offer != order->offer || row->period != order->period || row->bom != b || row->due != order->period - bom->lag)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("The order of offer %.*s in period %d has no row for its input %.*s."), ZV_STR_FMT(p->offers[order->offer].id),
			       order->period + p->first_period, ZV_STR_FMT(p->products[bom->input].id));
	if (qty > ZV_PLAN_QTY_MAX)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("The order of offer %.*s in period %d takes more of input %.*s than the largest need that there may be."),
			       ZV_STR_FMT(p->offers[order->offer].id), order->period + p->first_period, ZV_STR_FMT(p->products[bom->input].id));
	if (row->qty != qty || need->qty != qty)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("The order of offer %.*s in period %d takes %lld of input %.*s, the plan says %lld."),
			       ZV_STR_FMT(p->offers[order->offer].id), order->period + p->first_period, (long long)qty, ZV_STR_FMT(p->products[bom->input].id), (long long)need->qty);
	if (need->product != bom->input || need->region != maker->region || need->licensed != maker->licensed || need->earliest != 0 || need->due != row->due || need->single ||
	    need->parcel != 0 || need->ceiling != dearest || need->penalty != dearest)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("Input %.*s of the order of offer %.*s in period %d has another place, window or price than the bill of materials says."),
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
				return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("The order of offer %.*s in period %d has no row for its input %.*s."),
					       ZV_STR_FMT(p->offers[order->offer].id), order->period + p->first_period, ZV_STR_FMT(p->products[p->boms[b].input].id));
			code = check_row(p, r, d++, order, b, err);
			if (code != ZV_OK)
				return code;
		}
	}
	if (d != r->n_derived)
		return zv_fail(err, ZV_E_CONFLICT, "inputs", N_("The plan has %zu rows of inputs, its orders take %zu."), r->n_derived, d);
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
			code = zv_fail(err, ZV_E_CONFLICT, "bought", N_("%lld of input %.*s of offer %.*s comes from outside, the plan says %lld."), (long long)left[d],
				       ZV_STR_FMT(p->products[bom->input].id), ZV_STR_FMT(p->offers[r->derived[d].offer].id), (long long)r->derived[d].bought);
		else if (left[d] > 0 && bom->price == 0)
			code = zv_fail(err, ZV_E_CONFLICT, "bought", N_("The order of offer %.*s in period %d lacks %lld of input %.*s, which is not to be had outside."),
				       ZV_STR_FMT(p->offers[r->derived[d].offer].id), r->derived[d].period + p->first_period, (long long)left[d], ZV_STR_FMT(p->products[bom->input].id));
	}
	free(left);
	return code;
}

/* Can an order of this product be launched then: everything that it is made of arrives before or is to be had outside. */
static bool inputs_may_come(const struct zv_plan_problem *p, uint32_t product, int32_t period)
{
	for (uint32_t b = 0; b < p->n_boms; b++)
		if (p->boms[b].product == product && p->boms[b].ppm > 0 && p->boms[b].price == 0 && p->boms[b].lag > period)
			return false;
	return true;
}

static bool some_order_can_serve(const struct check_pairs *pairs, const struct zv_plan_problem *p)
{
	for (size_t i = 0; i < pairs->n; i++) {
		const struct zv_plan_offer *offer = &p->offers[pairs->list[i].offer];

		for (int32_t t = 0; t < p->n_periods; t++)
			for (uint32_t s = 0; s < offer->n_tiers; s++)
				if (check_may_flow(pairs->problem, &pairs->list[i], t, s) && inputs_may_come(p, offer->product, t))
					return true;
	}
	return false;
}

/* Coverage and constant count the needs of the problem only. */
static void sum_levels(struct zv_plan_checked *out, const struct zv_plan_problem *p, const struct zv_plan_problem *flat, const struct zv_plan_result *plan)
{
	int64_t *covered = zv_calloc((size_t)p->n_needs + 1, sizeof(*covered));
	struct check_pairs pairs;

	check_pairs_open(&pairs, flat);
	out->constant = 0;
	memset(out->levels, 0, sizeof(out->levels));
	for (size_t i = 0; i < plan->n_flows; i++)
		if (plan->flows[i].need < p->n_needs)
			covered[plan->flows[i].need] += plan->flows[i].qty;
	for (uint32_t i = 0; i < p->n_needs; i++) {
		struct zv_plan_level *level = &out->levels[p->needs[i].priority - 1];

		if (p->needs[i].penalty == 0) /* not wanted for itself */
			continue;
		level->needs++;
		level->covered_needs += covered[i] == p->needs[i].qty;
		level->qty += p->needs[i].qty;
		level->covered += covered[i];
		if (covered[i] > 0)
			continue;
		check_pairs_of(&pairs, i);
		if (some_order_can_serve(&pairs, p))
			continue;
		level->constant += p->needs[i].qty;
		out->constant += (zv_i128)p->needs[i].penalty * p->needs[i].qty;
	}
	check_pairs_done(&pairs);
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
		sum_levels(out, problem, &result->flat, &result->plan);
	return code;
}
