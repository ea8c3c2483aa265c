/* Sums, prices and uncovered needs as the file states them against what its orders and flows come to. */
#include "app/plan_stated.h"

#include <stdlib.h>

#include "app/plan_number.h"
#include "base/decimal.h"
#include "base/mem.h"

enum { DECIMALS = 6, PRICE_OFF = 10000, GAP_TO_1E12 = 1000 };

static const zv_i128 KOPECK = 10000000000; /* of 1e-12 roubles */
static const zv_i128 GAP_OFF = 1000000;    /* of 1e-12 */
static const int64_t RELATIVE = 1000000000;

static zv_i128 size_of(zv_i128 value)
{
	return value < 0 ? -value : value;
}

static bool is_off(zv_i128 off, zv_i128 of)
{
	return off > KOPECK && off > size_of(of) / RELATIVE;
}

static enum zv_code check_sum(const struct zv_plan_read *read, enum zv_plan_said what, const char *field, zv_i128 is, struct zv_err *err)
{
	char stated[ZV_PLAN_MONEY_DIGITS], real[ZV_PLAN_MONEY_DIGITS];

	if (!read->has[what] || !is_off(size_of(read->said[what] - is), is))
		return ZV_OK;
	zv_plan_money_format(stated, read->said[what]);
	zv_plan_money_format(real, is);
	return zv_fail(err, ZV_E_CONFLICT, field, N_("The file states the %s %s, but it is %s."), field, stated, real);
}

static enum zv_code check_bound(const struct zv_plan_read *read, const struct zv_plan_checked *checked, struct zv_err *err)
{
	const zv_i128 bound = read->said[ZV_PLAN_SAID_BOUND];
	char stated[ZV_PLAN_MONEY_DIGITS], real[ZV_PLAN_MONEY_DIGITS];
	zv_i128 gap;

	if (!read->has[ZV_PLAN_SAID_BOUND])
		return ZV_OK;
	if (is_off(bound - checked->objective, checked->objective)) {
		zv_plan_money_format(stated, bound);
		zv_plan_money_format(real, checked->objective);
		return zv_fail(err, ZV_E_CONFLICT, "bound", N_("The file states the bound %s, which is above its objective %s."), stated, real);
	}
	gap = (zv_i128)zv_plan_gap_ppb(checked->objective, bound, checked->constant) * GAP_TO_1E12;
	if (!read->has[ZV_PLAN_SAID_GAP] || size_of(read->said[ZV_PLAN_SAID_GAP] - gap) <= GAP_OFF + gap / (RELATIVE / 1000))
		return ZV_OK;
	zv_plan_money_format(stated, read->said[ZV_PLAN_SAID_GAP]);
	zv_plan_money_format(real, gap);
	return zv_fail(err, ZV_E_CONFLICT, "gap", N_("The file states the gap %s, but its objective, bound and constant make %s."), stated, real);
}

static enum zv_code check_prices(const struct zv_plan_read *read, const struct zv_plan_problem *p, struct zv_err *err)
{
	char stated[ZV_DECIMAL_TEXT], real[ZV_DECIMAL_TEXT];

	for (size_t i = 0; i < read->result.plan.n_orders; i++) {
		const struct zv_plan_order *order = &read->result.plan.orders[i];
		const int64_t is = zv_plan_order_price(p, order), said = read->unit_prices[i];

		if (said == ZV_PLAN_UNSAID || size_of((zv_i128)said - is) <= PRICE_OFF)
			continue;
		zv_decimal_format(stated, said, DECIMALS, 0, true);
		zv_decimal_format(real, is, DECIMALS, 0, true);
		return zv_fail(err, ZV_E_CONFLICT, "unit_price", N_("The file states the unit price %s for offer %.*s in period %d, but it is %s."), stated,
			       ZV_STR_FMT(p->offers[order->offer].id), order->period + p->first_period, real);
	}
	return ZV_OK;
}

static enum zv_code left_fault(const struct zv_plan_problem *p, uint32_t need, int64_t is, struct zv_err *err)
{
	char real[ZV_DECIMAL_TEXT];

	zv_decimal_format(real, is, DECIMALS, 0, true);
	return zv_fail(err, ZV_E_CONFLICT, "uncovered", N_("Need %.*s lacks %s by the flows; the list of uncovered needs says otherwise."), ZV_STR_FMT(p->needs[need].id),
		       real);
}

static enum zv_code check_left(const struct zv_plan_read *read, const struct zv_plan_problem *p, struct zv_err *err)
{
	int64_t *lacks;
	enum zv_code code = ZV_OK;

	if (!read->has_left)
		return ZV_OK;
	lacks = zv_calloc((size_t)p->n_needs + 1, sizeof(*lacks));
	for (uint32_t i = 0; i < p->n_needs; i++)
		lacks[i] = p->needs[i].qty;
	for (size_t f = 0; f < read->result.plan.n_flows; f++) {
		if (read->result.plan.flows[f].need < p->n_needs)
			lacks[read->result.plan.flows[f].need] -= read->result.plan.flows[f].qty;
	}
	for (size_t row = 0, i = 0; i < p->n_needs && code == ZV_OK; i++) {
		int64_t said = 0;

		for (; row < read->n_left && read->left[row].need == i && code == ZV_OK; row++) {
			if (said != 0 || read->left[row].qty <= 0)
				code = left_fault(p, (uint32_t)i, lacks[i], err);
			said = read->left[row].qty;
		}
		if (code == ZV_OK && (said > lacks[i] + 1 || said < lacks[i] - 1 || (said == 0 && lacks[i] > 0)))
			code = left_fault(p, (uint32_t)i, lacks[i], err);
	}
	free(lacks);
	return code;
}

enum zv_code zv_plan_stated_check(const struct zv_plan_read *read, const struct zv_plan_problem *problem, const struct zv_plan_checked *checked, struct zv_err *err)
{
	enum zv_code code = check_sum(read, ZV_PLAN_SAID_OBJECTIVE, "objective", checked->objective, err);

	if (code == ZV_OK)
		code = check_sum(read, ZV_PLAN_SAID_CONSTANT, "constant", checked->constant, err);
	if (code == ZV_OK)
		code = check_sum(read, ZV_PLAN_SAID_LAUNCHES, "launches", checked->launches, err);
	if (code == ZV_OK)
		code = check_sum(read, ZV_PLAN_SAID_PRICES, "prices", checked->prices, err);
	if (code == ZV_OK)
		code = check_sum(read, ZV_PLAN_SAID_PENALTIES, "penalties", checked->penalties, err);
	if (code == ZV_OK)
		code = check_bound(read, checked, err);
	if (code == ZV_OK)
		code = check_prices(read, problem, err);
	return code == ZV_OK ? check_left(read, problem, err) : code;
}
