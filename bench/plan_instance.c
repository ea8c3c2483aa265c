/* A country in small: needs first, then makers whose sizes follow the demand for what they make. */
#include "plan_instance.h"

#include <math.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "base/rng.h"
#include "model/region.h"

enum { REGIONS = 85, PERIODS = 4, CANDIDATES = 8, NEEDS_OF_PRODUCT = 50, NEEDS_OF_MAKER = 10, NEEDS_OF_ENTERPRISE = 4, OFFERS_MAX = 5, TIERS_MAX = 4, PRODUCTS_OF_FAMILY = 40 };

struct making {
	struct plan_instance *out;
	struct zv_plan_problem *p;
	struct zv_rng rng;
	uint32_t n_products, n_families;
	uint32_t *family;     /* of each product */
	uint32_t *in_family;  /* products by family */
	uint32_t *start;      /* [n_families + 1] */
	int64_t *base;        /* micro-roubles a tonne */
	double *needed;       /* cumulative popularity, for needs */
	double *made;         /* the same for offers, flatter */
	int64_t *demand;      /* quanta by product */
	uint32_t *n_offers;   /* by product */
};

static double uniform(struct making *m)
{
	return (double)(zv_rng_next(&m->rng) >> 11) / 9007199254740992.0;
}

static bool chance(struct making *m, int percent)
{
	return zv_rng_below(&m->rng, 100) < (uint64_t)percent;
}

static double between(struct making *m, double lo, double hi)
{
	return lo + (hi - lo) * uniform(m);
}

/* e^x by its series on x / 2^k, squared back: the C library's may differ in the last bit. */
static double power_of_e(double x)
{
	double sum = 1, term = 1;
	int halved = 0;

	for (; x > 0.5 || x < -0.5; halved++)
		x /= 2;
	for (int i = 1; i < 16; i++) {
		term = term * x / i;
		sum += term;
	}
	for (; halved > 0; halved--)
		sum *= sum;
	return sum;
}

/* Twelve uniforms make a normal one with tails enough. */
static double log_normal(struct making *m, double median, double sigma)
{
	double z = -6;

	for (int i = 0; i < 12; i++)
		z += uniform(m);
	return median * power_of_e(sigma * z);
}

static int64_t millionths(double value)
{
	return (int64_t)(value * ZV_PLAN_UNIT + 0.5);
}

/* Whole roubles or kilograms: as people write them. */
static int64_t rounded(double value, int64_t step)
{
	int64_t whole = (millionths(value) + step / 2) / step * step;

	return whole > 0 ? whole : step;
}

static struct zv_str named(struct making *m, const char *letter, uint32_t i)
{
	return zv_arena_strf(&m->out->arena, "%s%07u", letter, i);
}

static void make_regions(struct making *m)
{
	const struct zv_regions *all = zv_regions_builtin();
	size_t count = zv_regions_count(all);
	uint32_t n = count < REGIONS ? (uint32_t)count : REGIONS;
	struct zv_plan_region *regions = ZV_ARENA_ARRAY(&m->out->arena, struct zv_plan_region, n);
	double *km = ZV_ARENA_ARRAY(&m->out->arena, double, (size_t)n * n);

	for (uint32_t i = 0; i < n; i++) {
		const struct zv_region *region = zv_regions_at(all, i);

		regions[i] = (struct zv_plan_region){region->iso, region->lat_e2 / 100.0, region->lon_e2 / 100.0};
	}
	zv_plan_distances(km, regions, n);
	m->p->regions = regions;
	m->p->n_regions = n;
	m->p->km = km;
}

/* Popular regions come up more often: the square of a uniform, spread over the country by a stride. */
static uint32_t some_region(struct making *m)
{
	double u = uniform(m);
	uint32_t at = (uint32_t)(u * u * m->p->n_regions);

	return at * 37 % m->p->n_regions;
}

static void make_products(struct making *m)
{
	uint32_t n = m->n_products;
	struct zv_plan_product *products = ZV_ARENA_ARRAY(&m->out->arena, struct zv_plan_product, n);
	uint32_t *at = zv_calloc((size_t)m->n_families + 1, sizeof(*at));
	double needed = 0, made = 0;

	for (uint32_t i = 0; i < n; i++) {
		double root = sqrt((double)i + 1);

		products[i].id = named(m, "p", i);
		products[i].freight_rate = rounded(between(m, 4, 12), 10000);
		products[i].controlled = chance(m, 3);
		m->base[i] = rounded(log_normal(m, 250000, 1.0), INT64_C(1000) * ZV_PLAN_UNIT);
		m->family[i] = (uint32_t)zv_rng_below(&m->rng, m->n_families);
		m->start[m->family[i] + 1]++;
		needed += 1 / (root * sqrt(root));
		made += 1 / root;
		m->needed[i] = needed;
		m->made[i] = made;
	}
	for (uint32_t f = 0; f < m->n_families; f++)
		m->start[f + 1] += at[f] = m->start[f];
	for (uint32_t i = 0; i < n; i++)
		m->in_family[at[m->family[i]]++] = i;
	free(at);
	m->p->products = products;
	m->p->n_products = n;
}

static uint32_t by_popularity(struct making *m, const double *sums)
{
	double u = uniform(m) * sums[m->n_products - 1];
	uint32_t lo = 0, hi = m->n_products - 1;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (sums[mid] <= u)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void make_needs(struct making *m, uint32_t n)
{
	struct zv_plan_need *needs = ZV_ARENA_ARRAY(&m->out->arena, struct zv_plan_need, n);
	uint32_t n_enterprises = n / NEEDS_OF_ENTERPRISE + 1;
	struct zv_str *enterprises = ZV_ARENA_ARRAY(&m->out->arena, struct zv_str, n_enterprises);

	for (uint32_t i = 0; i < n_enterprises; i++)
		enterprises[i] = named(m, "e", i);
	for (uint32_t i = 0; i < n; i++) {
		struct zv_plan_need *need = &needs[i];
		int32_t length = (int32_t)zv_rng_range(&m->rng, 1, PERIODS);
		uint64_t rank = zv_rng_below(&m->rng, 10);

		need->id = named(m, "n", i);
		need->enterprise = (uint32_t)zv_rng_below(&m->rng, n_enterprises);
		need->region = some_region(m);
		need->product = by_popularity(m, m->needed);
		need->qty = rounded(log_normal(m, 1.0, 1.2), 1000);
		need->earliest = (int32_t)zv_rng_range(&m->rng, 0, PERIODS - length);
		need->due = need->earliest + length - 1;
		need->ceiling = rounded((double)m->base[need->product] / ZV_PLAN_UNIT * between(m, 0.85, 1.35), 10000);
		need->priority = rank < 1 ? 1 : rank < 3 ? 2 : rank < 7 ? 3 : 4;
		need->single = chance(m, 25);
		need->licensed = chance(m, 40);
		(void)zv_muldiv(&need->penalty, need->ceiling, ZV_PLAN_UNIT + m->out->bonus[need->priority - 1], ZV_PLAN_UNIT);
		m->demand[need->product] += need->qty;
	}
	m->p->needs = needs;
	m->p->n_needs = n;
	m->p->enterprises = enterprises;
	m->p->n_enterprises = n_enterprises;
}

static uint32_t some_product(struct making *m, uint32_t family)
{
	uint32_t from = m->start[family], n = m->start[family + 1] - from;
	double u = uniform(m);

	if (n == 0 || chance(m, 2))
		return by_popularity(m, m->made);
	/* Inside a family products stand by rank; the square prefers the popular ones. */
	return m->in_family[from + (uint32_t)(u * u * n)];
}

static void make_makers(struct making *m, uint32_t n)
{
	struct zv_plan_maker *makers = ZV_ARENA_ARRAY(&m->out->arena, struct zv_plan_maker, n);
	struct zv_plan_resource *resources = ZV_ARENA_ARRAY(&m->out->arena, struct zv_plan_resource, n);
	struct zv_plan_offer *offers = ZV_ARENA_ARRAY(&m->out->arena, struct zv_plan_offer, (size_t)n * OFFERS_MAX);
	int64_t *capacity = ZV_ARENA_ARRAY(&m->out->arena, int64_t, (size_t)n * PERIODS);
	uint32_t k = 0;

	for (uint32_t j = 0; j < n; j++) {
		uint32_t family = (uint32_t)zv_rng_below(&m->rng, m->n_families);
		uint32_t count = (uint32_t)zv_rng_range(&m->rng, 1, OFFERS_MAX);

		makers[j] = (struct zv_plan_maker){named(m, "m", j), some_region(m), chance(m, 30)};
		resources[j] = (struct zv_plan_resource){named(m, "r", j), j};
		for (int32_t t = 0; t < PERIODS; t++)
			capacity[j * PERIODS + (uint32_t)t] = rounded(between(m, 400, 700), ZV_PLAN_UNIT);
		for (; count > 0; count--, k++) {
			offers[k] = (struct zv_plan_offer){.id = named(m, "k", k), .maker = j, .product = some_product(m, family), .resource = j};
			m->n_offers[offers[k].product]++;
		}
	}
	m->p->makers = makers;
	m->p->n_makers = m->p->n_resources = n;
	m->p->resources = resources;
	m->p->capacity_uh = capacity;
	m->p->offers = offers;
	m->p->n_offers = k;
}

/* A full order is the maker's part of the demand of one period, spread widely, but worth a campaign. */
static void make_terms(struct making *m, struct zv_plan_offer *offer, struct zv_plan_tier *tiers)
{
	double part = (double)m->demand[offer->product] / ZV_PLAN_UNIT / m->n_offers[offer->product] / PERIODS;
	double full = log_normal(m, (part > 0.5 ? part : 0.5) * 4.0, 0.6), price = (double)m->base[offer->product] / ZV_PLAN_UNIT * between(m, 0.75, 1.1);
	double fall = between(m, 0.03, 0.25), moq;

	offer->max = rounded(full, 10000);
	offer->moq = rounded((double)offer->max / ZV_PLAN_UNIT * between(m, 0.05, 0.6), 10000);
	offer->moq = offer->moq < offer->max ? offer->moq : offer->max;
	moq = (double)offer->moq / ZV_PLAN_UNIT;
	offer->launch = rounded(full * price * between(m, 0.05, 0.4), INT64_C(100) * ZV_PLAN_UNIT);
	offer->hours_uh = rounded((double)m->p->capacity_uh[offer->resource * PERIODS] / ZV_PLAN_UNIT / full * between(m, 0.5, 1.1), 1);
	offer->lead = (int32_t)zv_rng_below(&m->rng, 2);
	offer->until = PERIODS - 1;
	offer->n_tiers = (uint32_t)zv_rng_range(&m->rng, 1, TIERS_MAX);
	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		tiers[s].from = s == 0 ? offer->moq : rounded(moq + (full - moq) * s / offer->n_tiers, 10000);
		if (s > 0 && tiers[s].from <= tiers[s - 1].from)
			tiers[s].from = tiers[s - 1].from + 10000;
		tiers[s].price = rounded(price * (1 - fall * s / (offer->n_tiers > 1 ? offer->n_tiers - 1 : 1)), 10000);
	}
}

static void make_offers(struct making *m)
{
	struct zv_plan_offer *offers = (struct zv_plan_offer *)(uintptr_t)m->p->offers;
	struct zv_plan_tier *tiers = ZV_ARENA_ARRAY(&m->out->arena, struct zv_plan_tier, (size_t)m->p->n_offers * TIERS_MAX);

	m->p->tiers = tiers;
	for (uint32_t k = 0; k < m->p->n_offers; k++) {
		offers[k].first_tier = m->p->n_tiers;
		make_terms(m, &offers[k], tiers + m->p->n_tiers);
		m->p->n_tiers += offers[k].n_tiers;
	}
}

void plan_instance_make(struct plan_instance *out, uint64_t seed, uint32_t n_needs)
{
	static const int64_t bonus[ZV_PLAN_PRIORITIES] = {1000000, 500000, 200000, 0};
	struct making m = {.out = out, .p = &out->problem};
	uint32_t n_makers = n_needs / NEEDS_OF_MAKER > 5 ? n_needs / NEEDS_OF_MAKER : 5;

	*out = (struct plan_instance){.problem = {.n_periods = PERIODS, .candidates = CANDIDATES}};
	zv_arena_init(&out->arena);
	zv_rng_init(&m.rng, seed);
	for (int i = 0; i < ZV_PLAN_PRIORITIES; i++)
		out->bonus[i] = bonus[i];
	m.n_products = n_needs / NEEDS_OF_PRODUCT > 5 ? n_needs / NEEDS_OF_PRODUCT : 5;
	m.n_families = m.n_products / PRODUCTS_OF_FAMILY + 2;
	m.family = zv_calloc(m.n_products, sizeof(*m.family));
	m.in_family = zv_calloc(m.n_products, sizeof(*m.in_family));
	m.start = zv_calloc((size_t)m.n_families + 2, sizeof(*m.start));
	m.base = zv_calloc(m.n_products, sizeof(*m.base));
	m.needed = zv_calloc(m.n_products, sizeof(*m.needed));
	m.made = zv_calloc(m.n_products, sizeof(*m.made));
	m.demand = zv_calloc(m.n_products, sizeof(*m.demand));
	m.n_offers = zv_calloc(m.n_products, sizeof(*m.n_offers));
	make_regions(&m);
	make_products(&m);
	make_needs(&m, n_needs);
	make_makers(&m, n_makers);
	make_offers(&m);
	free(m.family);
	free(m.in_family);
	free(m.start);
	free(m.base);
	free(m.needed);
	free(m.made);
	free(m.demand);
	free(m.n_offers);
}

void plan_instance_done(struct plan_instance *instance)
{
	zv_arena_done(&instance->arena);
}
