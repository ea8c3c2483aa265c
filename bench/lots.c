/*
 * Lots of a synthetic country: `lots [NEEDS...]`, by default 10,000, 100,000 and 1,000,000. Items by Zipf's law, quantities
 * log-normal with heavy tails (a third weighed to the gram, the rest to the kilogram or in sacks of 25), 85 regions with
 * freight by distance, ceilings around the makers' prices, minimum lots of 5 to 60 % of what a maker can make. The same
 * seed gives the same country; only zv_lot_solve is timed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/lot/lot.h"

enum { KG = 1000000, REGIONS = 85, OFFERS_MAX = 24, BREAKS = 4, NEEDS_PER_ITEM = 25 };

struct group {
	struct zv_lot_need *needs;
	struct zv_lot_offer offers[OFFERS_MAX];
	struct zv_ladder_break breaks[OFFERS_MAX][BREAKS];
	struct zv_price freight[OFFERS_MAX * REGIONS];
	uint8_t verdict[OFFERS_MAX * 3];
	struct zv_lot_problem problem;
	int64_t demand;
	int64_t price; /* kopecks a kg around which makers and ceilings lie */
};

struct totals {
	struct zv_lot_headline head;
	double cpu;
	size_t n_groups, n_offers, n_pairs;
	double worst;
	size_t worst_needs;
	int64_t steps;
	uint64_t digest;
};

static double even(struct zv_rng *rng)
{
	return (double)(zv_rng_next(rng) >> 11) * 0x1p-53;
}

static double normal(struct zv_rng *rng)
{
	return sqrt(-2 * log(1 - even(rng))) * cos(2 * M_PI * even(rng));
}

static int64_t draw_qty(struct zv_rng *rng, double typical_kg)
{
	double kg = typical_kg * exp(1.2 * normal(rng));

	switch (zv_rng_below(rng, 3)) {
	case 0:
		return (int64_t)(kg * 1000 + 1) * 1000;
	case 1:
		return (int64_t)(kg + 1) * KG;
	default:
		return (int64_t)(kg / 25 + 1) * 25 * KG;
	}
}

static void draw_needs(struct group *g, size_t n, struct zv_rng *rng)
{
	double typical = 20 * exp(normal(rng));

	g->demand = 0;
	g->price = (int64_t)(100000 * exp(1.5 * normal(rng))) + 500;
	for (size_t i = 0; i < n; i++) {
		int64_t qty = draw_qty(rng, typical);
		uint32_t region = (uint32_t)zv_rng_below(rng, REGIONS);

		g->needs[i] = (struct zv_lot_need){
			.id = (int64_t)i + 1, .org = (int64_t)zv_rng_below(rng, n * 2 + 10), .item = 1, .region = (int32_t)region, .place = region,
			.spec = zv_rng_below(rng, 10) < 8 ? 0 : (uint32_t)zv_rng_range(rng, 1, 2), .dim = ZV_DIM_MASS, .firm_base = qty,
			.extra_base = zv_rng_below(rng, 2) == 0 ? 0 : qty / (int64_t)zv_rng_range(rng, 4, 20) / 1000 * 1000,
			.ceiling = {(int64_t)((double)g->price * (0.75 + 0.7 * even(rng))), KG}, .earliest = ZV_DATE_NONE,
			.due = (zv_date)zv_rng_range(rng, 20500, 20800),
		};
		if (zv_rng_below(rng, 12) == 0)
			g->needs[i].ceiling = (struct zv_price){0, 0};
		g->demand += qty;
	}
}

static void draw_ladder(struct group *g, size_t k, int64_t capacity, struct zv_rng *rng)
{
	struct zv_ladder *ladder = &g->offers[k].ladder;
	double price = (double)g->price * (0.8 + 0.5 * even(rng));
	int64_t from = g->offers[k].sizes.min;

	if (zv_rng_below(rng, 2) == 0) {
		double launch = 0.05 + 0.35 * even(rng);

		*ladder = (struct zv_ladder){.form = ZV_LADDER_FIXED, .dim = ZV_DIM_MASS,
					     .fixed_kop = (int64_t)(launch * price * (double)capacity / KG) / 100 * 100,
					     .variable = {(int64_t)(price * (1 - launch)), KG}};
		return;
	}
	*ladder = (struct zv_ladder){.form = ZV_LADDER_BREAKS, .dim = ZV_DIM_MASS, .breaks = g->breaks[k], .n_breaks = zv_rng_below(rng, BREAKS) + 1};
	for (size_t b = 0; b < ladder->n_breaks; b++) {
		g->breaks[k][b] = (struct zv_ladder_break){from, {(int64_t)price, KG}};
		from += from / 2 + KG;
		price *= 0.75 + 0.22 * even(rng);
	}
}

static void draw_offers(struct group *g, struct zv_rng *rng)
{
	static const int64_t steps[] = {0, KG, 10 * (int64_t)KG, 50 * (int64_t)KG};
	size_t n = 1 + zv_rng_below(rng, 3);

	for (size_t more = g->problem.n_needs; more > 30 && n < OFFERS_MAX; more /= 2)
		n += 2;
	g->problem.n_offers = n < OFFERS_MAX ? n : OFFERS_MAX;
	for (size_t k = 0; k < g->problem.n_offers; k++) {
		int64_t capacity = (int64_t)((double)g->demand * (0.05 + 0.7 * even(rng) * even(rng))) / KG * KG + 20 * (int64_t)KG;
		int64_t step = steps[zv_rng_below(rng, 4)];
		int64_t min = (int64_t)((double)capacity * (0.05 + 0.55 * even(rng))) / KG * KG;

		g->offers[k] = (struct zv_lot_offer){
			.id = (int64_t)k + 1, .org = -1, .dim = ZV_DIM_MASS,
			.sizes = {.min = min > KG ? min : KG, .step = step, .max = zv_rng_below(rng, 2) == 0 ? 0 : capacity},
			.free_base = capacity, .ready = (zv_date)zv_rng_range(rng, 20400, 20700),
		};
		draw_ladder(g, k, capacity, rng);
		for (size_t r = 0; r < REGIONS; r++)
			g->freight[k * REGIONS + r] = (struct zv_price){650 * zv_rng_range(rng, 30, 7000), 1000 * (int64_t)KG};
		for (size_t s = 0; s < 3; s++)
			g->verdict[k * 3 + s] = s > 0 && zv_rng_below(rng, 2) == 0 ? ZV_LOT_PROPERTY : ZV_LOT_FITS;
	}
}

static void draw(struct group *g, size_t n, struct zv_rng *rng)
{
	g->problem = (struct zv_lot_problem){.needs = g->needs, .n_needs = n, .offers = g->offers, .freight = g->freight, .n_places = REGIONS,
					     .verdict = g->verdict, .n_specs = 3, .from = ZV_DATE_NONE, .to = ZV_DATE_NONE};
	draw_needs(g, n, rng);
	draw_offers(g, rng);
}

static double cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t mix(uint64_t digest, int64_t value)
{
	return (digest ^ (uint64_t)value) * 0x100000001b3;
}

static bool run_group(struct totals *totals, const struct group *g)
{
	struct zv_lot_result *result = NULL;
	struct zv_err err = {0};
	double before = cpu(), used;
	bool good = zv_lot_solve(&result, &g->problem, &err) == ZV_OK;

	used = cpu() - before;
	if (!good || zv_lot_check(&g->problem, result, &err) != ZV_OK || zv_lot_headline_add(&totals->head, &result->headline, &err) != ZV_OK) {
		fprintf(stderr, "%s\n", err.text);
		zv_lot_result_free(result);
		return false;
	}
	totals->cpu += used;
	totals->n_groups++;
	totals->n_offers += g->problem.n_offers;
	totals->n_pairs += g->problem.n_offers * g->problem.n_needs;
	totals->steps += result->work;
	if (used > totals->worst) {
		totals->worst = used;
		totals->worst_needs = g->problem.n_needs;
	}
	for (size_t i = 0; i < result->n_lots; i++)
		totals->digest = mix(mix(totals->digest, result->lots[i].size_base), result->lots[i].value_kop);
	for (size_t i = 0; i < result->n_links; i++)
		totals->digest = mix(totals->digest, (int64_t)result->links[i].need);
	zv_lot_result_free(result);
	return true;
}

static bool run(size_t n_needs, uint64_t seed)
{
	size_t n_items = n_needs / NEEDS_PER_ITEM + 1;
	struct totals totals = {.digest = 0xcbf29ce484222325};
	struct group *g = zv_calloc(1, sizeof(*g));
	struct rusage usage;
	double harmonic = 0;
	struct zv_rng rng;
	bool good = true;

	zv_rng_init(&rng, seed);
	for (size_t i = 1; i <= n_items; i++)
		harmonic += 1 / (double)i;
	for (size_t i = 1; i <= n_items && good; i++) {
		size_t n = (size_t)((double)n_needs / harmonic / (double)i + 0.5);

		if (n == 0)
			n = 1;
		g->needs = zv_reallocarray(g->needs, n, sizeof(*g->needs));
		draw(g, n, &rng);
		good = run_group(&totals, g);
	}
	free(g->needs);
	free(g);
	getrusage(RUSAGE_SELF, &usage);
	if (!good)
		return false;
	printf("%9lld %7zu %7zu %9zu %8.3f %7.3f (%5zu) %7ld %7lld %8.2f %8.2f %8.2f %8.2f %8.2f  %016llx\n", (long long)totals.head.total.n, totals.n_groups,
	       totals.n_offers, totals.n_pairs, totals.cpu, totals.worst, totals.worst_needs, usage.ru_maxrss / 1024, (long long)totals.head.n_lots,
	       100.0 * (double)totals.head.alone.n / (double)totals.head.total.n, 100.0 * (double)totals.head.pooled.n / (double)totals.head.total.n,
	       100.0 * (double)totals.head.alone.base[ZV_DIM_MASS] / (double)totals.head.total.base[ZV_DIM_MASS],
	       100.0 * (double)totals.head.pooled.base[ZV_DIM_MASS] / (double)totals.head.total.base[ZV_DIM_MASS],
	       totals.head.n_lots > 0 ? 100.0 * (double)totals.head.n_lots_proved / (double)totals.head.n_lots : 100.0, (unsigned long long)totals.digest);
	fflush(stdout);
	return true;
}

int main(int argc, char **argv)
{
	static const char *const usual[] = {"10000", "100000", "1000000"};
	const char *seed = getenv("ZVENO_SEED");

	printf("seed %s; shares of needs (n) and of kilograms (kg) that buy alone and pooled\n", seed != NULL ? seed : "1");
	printf("%9s %7s %7s %9s %8s %15s %7s %7s %8s %8s %8s %8s %8s  %s\n", "needs", "groups", "offers", "pairs", "CPU s", "worst (needs)", "peak MB",
	       "lots", "alone n", "pool n", "alone kg", "pool kg", "proved %", "digest");
	for (int i = 0; i < (argc > 1 ? argc - 1 : (int)ZV_LEN(usual)); i++) {
		size_t n = (size_t)strtoull(argc > 1 ? argv[i + 1] : usual[i], NULL, 10);

		if (!run(n, seed != NULL ? strtoull(seed, NULL, 10) : 1))
			return 1;
	}
	return 0;
}
