/* What every part of the plan engine asks of a problem: what does an arc cost, may it exist. Whether it is sound: problem_check.c. */
#include "engine/plan/problem.h"

#include "model/region.h"

static const double INSIDE_KM = 30, DETOUR = 1.25;

const char *zv_plan_why_name(enum zv_plan_why why)
{
	static const char *const names[ZV_PLAN_WHY_COUNT] = {"FITS", "NOMAKER", "CONTROLLED", "VALIDITY", "LEAD", "PRICE", "MOQ", "LAUNCH",
							     "CAPACITY", "PARCEL", "PRIORITY", "INPUT", "SHARE", "SEARCH"};

	return names[why];
}

void zv_plan_distances(double *out, const struct zv_plan_region *regions, uint32_t n)
{
	for (size_t a = 0; a < n; a++) {
		out[a * n + a] = INSIDE_KM;
		for (size_t b = 0; b < a; b++)
			out[a * n + b] = out[b * n + a] = DETOUR * zv_geo_km_exact(regions[a].lat, regions[a].lon, regions[b].lat, regions[b].lon);
	}
}

/* Rows are sorted by two keys; the index of (a, b), or n. */
#define FIND_ROW(i, rows, n, key_a, key_b, a, b)                                                                      \
	do {                                                                                                          \
		uint32_t end_ = (n);                                                                                  \
														      \
		(i) = 0;                                                                                              \
		while ((i) < end_) {                                                                                  \
			uint32_t mid_ = (i) + (end_ - (i)) / 2;                                                       \
														      \
			if ((rows)[mid_].key_a < (a) || ((rows)[mid_].key_a == (a) && (rows)[mid_].key_b < (b)))      \
				(i) = mid_ + 1;                                                                       \
			else                                                                                          \
				end_ = mid_;                                                                          \
		}                                                                                                     \
		if ((i) < (n) && ((rows)[i].key_a != (a) || (rows)[i].key_b != (b)))                                  \
			(i) = (n);                                                                                    \
	} while (0)

static uint32_t find_substitute(const struct zv_plan_problem *p, uint32_t product, uint32_t with)
{
	uint32_t i;

	FIND_ROW(i, p->substitutes, p->n_substitutes, product, with, product, with);
	return i;
}

static uint32_t find_cost(const struct zv_plan_problem *p, uint32_t offer, uint32_t region)
{
	uint32_t i;

	FIND_ROW(i, p->costs, p->n_costs, offer, region, offer, region);
	return i;
}

int64_t zv_plan_freight(bool *fixed, const struct zv_plan_problem *problem, uint32_t offer, uint32_t need)
{
	const struct zv_plan_offer *of = &problem->offers[offer];
	const struct zv_plan_need *to = &problem->needs[need];
	int64_t extra = 0;
	uint32_t i;

	if (of->product != to->product) {
		i = find_substitute(problem, to->product, of->product);
		extra = i < problem->n_substitutes ? problem->substitutes[i].extra : 0;
	}
	i = problem->n_costs > 0 ? find_cost(problem, offer, to->region) : 0;
	*fixed = i < problem->n_costs;
	if (*fixed)
		return problem->costs[i].cost + extra;
	return (int64_t)((double)problem->products[of->product].freight_rate *
				 problem->km[(size_t)problem->makers[of->maker].region * problem->n_regions + to->region] +
			 0.5) +
	       extra;
}

/* The lowest price that a buyer may pay at tier s, and the largest order in it; false: no order can lie in it. */
static bool tier_range(int64_t *price, int64_t *top, const struct zv_plan_problem *p, const struct zv_plan_offer *offer, uint32_t s)
{
	const struct zv_plan_tier *tiers = &p->tiers[offer->first_tier];
	int64_t from = s == 0 ? offer->moq : tiers[s].from;
	zv_i128 step = 0;

	*top = offer->max;
	if (s + 1 < offer->n_tiers && tiers[s + 1].from - 1 < *top)
		*top = tiers[s + 1].from - 1;
	*price = tiers[s].price;
	if (from > *top)
		return false;
	for (uint32_t i = 1; offer->incremental && i <= s; i++)
		step += (zv_i128)(tiers[i - 1].price - tiers[i].price) * tiers[i].from;
	if (offer->incremental) {
		int64_t at_from = tiers[s].price + (int64_t)(step / from);
		int64_t at_top = tiers[s].price + (int64_t)(step / *top);

		*price = at_from < at_top ? at_from : at_top;
	}
	return true;
}

/* A2 to A4: the launch periods that are left. */
static enum zv_plan_why test_periods(int32_t *lo, int32_t *hi, const struct zv_plan_problem *p, const struct zv_plan_offer *offer,
				     const struct zv_plan_need *need)
{
	*lo = need->earliest - offer->lead;
	*hi = need->due - offer->lead;
	if (p->products[offer->product].controlled && !(p->makers[offer->maker].licensed && need->licensed))
		return ZV_PLAN_CONTROLLED;
	if (*lo < 0)
		*lo = 0;
	if (*hi > p->n_periods - 1)
		*hi = p->n_periods - 1;
	if (*lo > *hi)
		return ZV_PLAN_LEAD;
	if (*lo < offer->from)
		*lo = offer->from;
	if (*hi > offer->until)
		*hi = offer->until;
	return *lo > *hi ? ZV_PLAN_VALIDITY : ZV_PLAN_FITS;
}

static bool hours_for(const struct zv_plan_problem *p, const struct zv_plan_offer *offer, int64_t qty, int32_t lo, int32_t hi)
{
	if (offer->resource == ZV_PLAN_NONE)
		return true;
	for (int32_t t = lo; t <= hi; t++) {
		int64_t left = p->capacity_uh[(size_t)offer->resource * (size_t)p->n_periods + (size_t)t] - offer->setup_uh;

		if ((zv_i128)offer->hours_uh * qty <= (zv_i128)left * ZV_PLAN_UNIT)
			return true;
	}
	return false;
}

enum zv_plan_why zv_plan_pair_test(const struct zv_plan_problem *problem, uint32_t offer, uint32_t need)
{
	const struct zv_plan_offer *of = &problem->offers[offer];
	const struct zv_plan_need *to = &problem->needs[need];
	bool fixed, priced = false;
	int64_t add, price, top, largest = 0;
	int32_t lo, hi;
	enum zv_plan_why why;

	if (of->product != to->product && find_substitute(problem, to->product, of->product) == problem->n_substitutes)
		return ZV_PLAN_NOMAKER;
	why = test_periods(&lo, &hi, problem, of, to);
	if (why != ZV_PLAN_FITS)
		return why;
	add = zv_plan_freight(&fixed, problem, offer, need);
	/* An offer is chosen by the price of its last tier: where that is too much, a lower one counts for nothing. */
	(void)tier_range(&price, &top, problem, of, of->n_tiers - 1);
	if ((fixed ? add : add + price) > to->ceiling)
		return ZV_PLAN_PRICE;
	for (uint32_t s = 0; s < of->n_tiers; s++) {
		if (!tier_range(&price, &top, problem, of, s) || (fixed ? add : add + price) > to->ceiling)
			continue;
		priced = true;
		largest = top > largest ? top : largest;
	}
	if (!priced)
		return ZV_PLAN_PRICE;
	if (to->parcel > largest || (to->single && (to->qty > largest || !hours_for(problem, of, to->qty, lo, hi))))
		return ZV_PLAN_PARCEL;
	return hours_for(problem, of, 1, lo, hi) ? ZV_PLAN_FITS : ZV_PLAN_CAPACITY;
}
