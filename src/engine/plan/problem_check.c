/* Is a problem sound: values within the limits, indices within the arrays, sums that fit. What passes here cannot make the engine overflow. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/problem.h"

enum { FAR = 10000, BOM_PPM_UNITS = 1000000, KM_MAX = 100000 };

static const zv_i128 MONEY_MAX = (zv_i128)10000000000000000000ULL * 1000000000000000000LL; /* 1e37: a sum of several such fits zv_i128 */

struct checking {
	const struct zv_plan_problem *p;
	struct zv_err *err;
	const char *what;  /* "offer" */
	struct zv_str id;
};

static enum zv_code fault(const struct checking *c, enum zv_code code, const char *field)
{
	return zv_fail(c->err, code, field, N_("%s %.*s: the value of %s is outside what a plan may have."), c->what, ZV_STR_FMT(c->id), field);
}

static bool within(int64_t value, int64_t min, int64_t max)
{
	return value >= min && value <= max;
}

#define CHECK(condition, field)                                           \
	do {                                                              \
		if (!(condition))                                         \
			return fault(c, ZV_E_INVALID, field);             \
	} while (0)

static enum zv_code check_places(struct checking *c)
{
	const struct zv_plan_problem *p = c->p;

	CHECK(within(p->n_periods, 1, ZV_PLAN_PERIODS_MAX), "periods");
	CHECK(within(p->first_period, -FAR, FAR), "first_period");
	c->what = "region";
	for (uint32_t i = 0; i < p->n_regions; i++) {
		c->id = p->regions[i].id;
		CHECK(p->regions[i].lat >= -90 && p->regions[i].lat <= 90, "lat");
		CHECK(p->regions[i].lon >= -180 && p->regions[i].lon <= 180, "lon");
		for (uint32_t j = 0; j < p->n_regions; j++)
			CHECK(p->km[(size_t)i * p->n_regions + j] >= 0 && p->km[(size_t)i * p->n_regions + j] <= KM_MAX, "km");
	}
	c->what = "maker";
	for (uint32_t i = 0; i < p->n_makers; i++) {
		c->id = p->makers[i].id;
		CHECK(p->makers[i].region < p->n_regions, "region");
	}
	c->what = "resource";
	for (uint32_t i = 0; i < p->n_resources; i++) {
		c->id = p->resources[i].id;
		CHECK(p->resources[i].maker == ZV_PLAN_NONE || p->resources[i].maker < p->n_makers, "maker");
		for (int32_t t = 0; t < p->n_periods; t++)
			CHECK(within(p->capacity_uh[(size_t)i * (size_t)p->n_periods + (size_t)t], 0, ZV_PLAN_HOURS_MAX), "capacity");
	}
	return ZV_OK;
}

static enum zv_code check_products(struct checking *c)
{
	const struct zv_plan_problem *p = c->p;
	double longest = 0;

	for (size_t i = 0; i < (size_t)p->n_regions * p->n_regions; i++)
		longest = p->km[i] > longest ? p->km[i] : longest;
	c->what = "product";
	for (uint32_t i = 0; i < p->n_products; i++) {
		c->id = p->products[i].id;
		CHECK(within(p->products[i].freight_rate, 0, ZV_PLAN_PRICE_MAX), "freight_rate");
		CHECK((double)p->products[i].freight_rate * longest <= (double)ZV_PLAN_PRICE_MAX, "freight_rate");
		CHECK(within(p->products[i].max_share_ppm, 0, ZV_PLAN_UNIT), "max_share");
	}
	return ZV_OK;
}

static enum zv_code check_tiers(struct checking *c, const struct zv_plan_offer *offer)
{
	const struct zv_plan_problem *p = c->p;
	const struct zv_plan_tier *tiers;

	CHECK(within(offer->n_tiers, 1, ZV_PLAN_TIERS_MAX), "tiers");
	CHECK((uint64_t)offer->first_tier + offer->n_tiers <= p->n_tiers, "tiers");
	tiers = &p->tiers[offer->first_tier];
	CHECK(tiers[0].from == offer->moq, "from");
	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		CHECK(within(tiers[s].from, 1, ZV_PLAN_QTY_MAX) && (s == 0 || tiers[s].from > tiers[s - 1].from), "from");
		CHECK(within(tiers[s].price, 0, ZV_PLAN_PRICE_MAX), "unit_price");
	}
	return ZV_OK;
}

static enum zv_code check_offers(struct checking *c)
{
	const struct zv_plan_problem *p = c->p;
	zv_i128 money = 0;

	c->what = "offer";
	for (uint32_t i = 0; i < p->n_offers; i++) {
		const struct zv_plan_offer *offer = &p->offers[i];
		enum zv_code code;

		c->id = offer->id;
		CHECK(offer->maker < p->n_makers, "maker");
		CHECK(offer->product < p->n_products, "product");
		CHECK(offer->resource == ZV_PLAN_NONE || offer->resource < p->n_resources, "resource");
		CHECK(within(offer->hours_uh, 0, ZV_PLAN_HOURS_MAX), "hours");
		CHECK(within(offer->setup_uh, 0, ZV_PLAN_HOURS_MAX), "setup");
		CHECK(within(offer->launch, 0, ZV_PLAN_LAUNCH_MAX), "launch_cost");
		CHECK(within(offer->moq, 1, ZV_PLAN_QTY_MAX), "moq");
		CHECK(within(offer->max, offer->moq, ZV_PLAN_QTY_MAX), "max");
		CHECK(within(offer->lead, 0, FAR), "lead");
		CHECK(within(offer->from, -FAR, FAR), "from_period");
		CHECK(within(offer->until, offer->from, FAR), "until_period");
		code = check_tiers(c, offer);
		if (code != ZV_OK)
			return code;
		money += (zv_i128)offer->launch * ZV_PLAN_UNIT * p->n_periods;
	}
	c->id = ZV_STR("");
	return money <= MONEY_MAX ? ZV_OK : fault(c, ZV_E_LIMIT, "launch_cost");
}

static enum zv_code check_needs(struct checking *c)
{
	const struct zv_plan_problem *p = c->p;
	zv_i128 money = 0;

	c->what = "need";
	for (uint32_t i = 0; i < p->n_needs; i++) {
		const struct zv_plan_need *need = &p->needs[i];

		c->id = need->id;
		CHECK(need->product < p->n_products, "product");
		CHECK(need->region < p->n_regions, "region");
		CHECK(need->enterprise < p->n_enterprises, "enterprise");
		CHECK(within(need->qty, 1, ZV_PLAN_QTY_MAX), "qty");
		CHECK(within(need->ceiling, 0, ZV_PLAN_PRICE_MAX), "max_price");
		CHECK(within(need->penalty, 0, ZV_PLAN_PENALTY_MAX), "penalty");
		CHECK(within(need->parcel, 0, need->qty), "parcel");
		CHECK(within(need->earliest, -FAR, FAR), "earliest");
		CHECK(within(need->due, need->earliest, FAR), "due");
		CHECK(within(need->priority, 1, ZV_PLAN_PRIORITIES), "priority");
		money += (zv_i128)(need->penalty > need->ceiling ? need->penalty : need->ceiling) * need->qty;
		if (money > MONEY_MAX)
			return fault(c, ZV_E_LIMIT, "penalty");
	}
	return ZV_OK;
}

static enum zv_code check_links(struct checking *c)
{
	const struct zv_plan_problem *p = c->p;

	c->what = "substitute";
	for (uint32_t i = 0; i < p->n_substitutes; i++) {
		const struct zv_plan_substitute *row = &p->substitutes[i];

		CHECK(row->product < p->n_products && row->with < p->n_products && row->product != row->with, "substitute");
		c->id = p->products[row->product].id;
		CHECK(i == 0 || row[-1].product < row->product || (row[-1].product == row->product && row[-1].with < row->with), "substitute");
		CHECK(within(row->extra, 0, ZV_PLAN_PRICE_MAX), "extra_cost");
	}
	c->what = "bom";
	for (uint32_t i = 0; i < p->n_boms; i++) {
		const struct zv_plan_bom *row = &p->boms[i];

		CHECK(row->product < p->n_products && row->input < p->n_products && row->product != row->input, "input");
		c->id = p->products[row->product].id;
		CHECK(i == 0 || row[-1].product < row->product || (row[-1].product == row->product && row[-1].input < row->input), "input");
		CHECK(within(row->ppm, 1, (int64_t)BOM_PPM_UNITS * ZV_PLAN_UNIT), "t_per_t");
		CHECK(within(row->price, 0, ZV_PLAN_PRICE_MAX), "outside_price");
		CHECK(within(row->lag, 0, FAR), "lag");
	}
	c->what = "cost";
	for (uint32_t i = 0; i < p->n_costs; i++) {
		const struct zv_plan_cost *row = &p->costs[i];

		CHECK(row->offer < p->n_offers && row->region < p->n_regions, "offer");
		c->id = p->offers[row->offer].id;
		CHECK(i == 0 || row[-1].offer < row->offer || (row[-1].offer == row->offer && row[-1].region < row->region), "region");
		CHECK(within(row->cost, 0, ZV_PLAN_PRICE_MAX), "delivered_cost");
	}
	return ZV_OK;
}

/* --- signed flows ----------------------------------------------------------------------------------------------------------------- */

static int by_order(const void *a, const void *b)
{
	const struct zv_plan_commitment *x = a, *y = b;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

static enum zv_code cannot(const struct checking *c, const struct zv_plan_commitment *row, const char *why)
{
	const struct zv_plan_problem *p = c->p;

	return zv_fail(c->err, ZV_E_INVALID, "commitments", N_("What need %.*s signed with offer %.*s for period %d cannot be kept: %s."),
		       ZV_STR_FMT(p->needs[row->need].id), ZV_STR_FMT(p->offers[row->offer].id), row->period + p->first_period, why);
}

static enum zv_code not_its_quantity(const struct checking *c, const struct zv_plan_commitment *row)
{
	const struct zv_plan_problem *p = c->p;

	return zv_fail(c->err, ZV_E_INVALID, "commitments", N_("What need %.*s signed with offer %.*s for period %d is no quantity that it may get: no more than it needs in all, its smallest parcel at least, and everything where it is not to be split."),
		       ZV_STR_FMT(p->needs[row->need].id), ZV_STR_FMT(p->offers[row->offer].id), row->period + p->first_period);
}

static enum zv_code not_its_time(const struct checking *c, const struct zv_plan_commitment *row)
{
	const struct zv_plan_problem *p = c->p;

	return zv_fail(c->err, ZV_E_INVALID, "commitments", N_("Need %.*s signed with offer %.*s for period %d, in which the offer is not to be launched or does not arrive within the need's window."),
		       ZV_STR_FMT(p->needs[row->need].id), ZV_STR_FMT(p->offers[row->offer].id), row->period + p->first_period);
}

static enum zv_code check_signed(struct checking *c, const struct zv_plan_commitment *row, zv_i128 *of_need)
{
	const struct zv_plan_problem *p = c->p;
	const struct zv_plan_offer *offer;
	const struct zv_plan_need *need;
	enum zv_plan_why why;

	CHECK(row->need < p->n_needs && row->offer < p->n_offers, "commitments");
	need = &p->needs[row->need];
	offer = &p->offers[row->offer];
	if (!within(row->qty, 1, need->qty) || (need->single && row->qty != need->qty) || row->qty < need->parcel)
		return not_its_quantity(c, row);
	why = zv_plan_pair_test(p, row->offer, row->need);
	if (why != ZV_PLAN_FITS)
		return cannot(c, row, zv_plan_why_name(why));
	if (!within(row->period, 0, p->n_periods - 1) || !within(row->period, offer->from, offer->until) ||
	    !within(row->period + offer->lead, need->earliest, need->due))
		return not_its_time(c, row);
	of_need[row->need] += row->qty;
	return of_need[row->need] <= need->qty ? ZV_OK : not_its_quantity(c, row);
}

/* Rows are sorted by order: their sum is within its largest quantity, and those of one resource within its hours. */
static enum zv_code check_signed_sums(struct checking *c, const struct zv_plan_commitment *rows)
{
	const struct zv_plan_problem *p = c->p;
	zv_i128 *used = zv_calloc((size_t)p->n_resources * (size_t)p->n_periods + 1, sizeof(*used));
	enum zv_code code = ZV_OK;
	zv_i128 qty = 0;

	for (uint32_t i = 0; i < p->n_commitments && code == ZV_OK; i++) {
		const struct zv_plan_offer *offer = &p->offers[rows[i].offer];
		const bool first = i == 0 || by_order(&rows[i - 1], &rows[i]) != 0;

		qty = (first ? 0 : qty) + rows[i].qty;
		if (qty > offer->max)
			code = zv_fail(c->err, ZV_E_INVALID, "commitments", N_("What is signed with offer %.*s for period %d is in all more than its largest order."), ZV_STR_FMT(offer->id),
				       rows[i].period + p->first_period);
		if (offer->resource != ZV_PLAN_NONE && code == ZV_OK) {
			size_t at = (size_t)offer->resource * (size_t)p->n_periods + (size_t)rows[i].period;

			used[at] += (zv_i128)offer->hours_uh * rows[i].qty + (first ? (zv_i128)offer->setup_uh * ZV_PLAN_UNIT : 0);
			if (used[at] > (zv_i128)p->capacity_uh[at] * ZV_PLAN_UNIT)
				code = cannot(c, &rows[i], "CAPACITY");
		}
	}
	free(used);
	return code;
}

static enum zv_code check_commitments(struct checking *c)
{
	const struct zv_plan_problem *p = c->p;
	struct zv_plan_commitment *rows;
	zv_i128 *of_need;
	enum zv_code code = ZV_OK;

	if (p->n_commitments == 0)
		return ZV_OK;
	rows = zv_reallocarray(NULL, p->n_commitments, sizeof(*rows));
	of_need = zv_calloc((size_t)p->n_needs + 1, sizeof(*of_need));
	for (uint32_t i = 0; i < p->n_commitments && code == ZV_OK; i++) {
		rows[i] = p->commitments[i];
		code = check_signed(c, &rows[i], of_need);
	}
	if (code == ZV_OK) {
		qsort(rows, p->n_commitments, sizeof(*rows), by_order);
		code = check_signed_sums(c, rows);
	}
	free(of_need);
	free(rows);
	return code;
}

enum zv_code zv_plan_problem_check(const struct zv_plan_problem *problem, struct zv_err *err)
{
	static enum zv_code (*const steps[])(struct checking *) = {check_places, check_products, check_offers, check_needs, check_links, check_commitments};
	struct checking c = {.p = problem, .err = err, .what = "meta", .id = ZV_STR("")};

	for (size_t i = 0; i < ZV_LEN(steps); i++) {
		enum zv_code code = steps[i](&c);

		if (code != ZV_OK)
			return code;
	}
	return ZV_OK;
}
