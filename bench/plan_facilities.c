/*
 * Capacitated facility location as plan problems. `plan_facilities [--single] FILE DIR` turns an instance in the text format of the OR-Library (cap; "m n", then
 * capacity and fixed cost by facility, then by customer its demand and the cost of all of it from each facility) into a problem folder; with --holmberg the
 * second usual format (the customers' demands in one list, then costs by facility and customer). `plan_facilities --known VALUE [--single] [--holmberg] FILE` solves
 * such an instance and compares with the value that is published for it. `plan_facilities [--seed S] [--cbc SECONDS]` draws instances of the published
 * sizes, writes them in that format, reads them back, solves them with one source and with several, and compares with CBC.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../tests/prop/engine/plan_mip.h"
#include "app/plan_folder.h"
#include "base/mem.h"
#include "base/rng.h"
#include "engine/plan/check.h"
#include "engine/plan/plan.h"

enum { FACILITIES_MAX = 2000, CUSTOMERS_MAX = 20000, MICRO = 1000000, ID = 12, CBC_NODES = 5000, BASE = 10 };

struct facilities {
	uint32_t m, n;
	double *capacity, *fixed; /* [m] */
	double *demand;           /* [n] */
	double *cost;             /* [n * m]: all of customer j's demand from facility i */
};

static void facilities_done(struct facilities *f)
{
	free(f->capacity);
	free(f->fixed);
	free(f->demand);
	free(f->cost);
	*f = (struct facilities){0};
}

static void make_room(struct facilities *f)
{
	f->capacity = zv_calloc(f->m, sizeof(double));
	f->fixed = zv_calloc(f->m, sizeof(double));
	f->demand = zv_calloc(f->n, sizeof(double));
	f->cost = zv_calloc((size_t)f->m * f->n, sizeof(double));
}

static bool read_number(double *out, FILE *file)
{
	return fscanf(file, "%lf", out) == 1 && isfinite(*out) && *out >= 0;
}

/* cap: by customer demand, then its costs. Holmberg: all demands, then costs by facility. */
static bool read_customers(struct facilities *f, FILE *file, bool holmberg)
{
	for (uint32_t j = 0; j < f->n; j++) {
		if (!read_number(&f->demand[j], file))
			return false;
		for (uint32_t i = 0; i < f->m && !holmberg; i++)
			if (!read_number(&f->cost[(size_t)j * f->m + i], file))
				return false;
	}
	for (uint32_t i = 0; i < f->m && holmberg; i++)
		for (uint32_t j = 0; j < f->n; j++)
			if (!read_number(&f->cost[(size_t)j * f->m + i], file))
				return false;
	return true;
}

static bool facilities_read(struct facilities *f, FILE *file, bool holmberg)
{
	unsigned m, n;

	*f = (struct facilities){0};
	if (fscanf(file, "%u %u", &m, &n) != 2 || m < 1 || n < 1 || m > FACILITIES_MAX || n > CUSTOMERS_MAX)
		return false;
	f->m = m;
	f->n = n;
	make_room(f);
	for (uint32_t i = 0; i < f->m; i++)
		if (!read_number(&f->capacity[i], file) || !read_number(&f->fixed[i], file))
			return false;
	return read_customers(f, file, holmberg);
}

/* Facilities and customers in a square; cost by distance, fixed costs by capacity, total capacity `ratio` times the demand. */
static void facilities_draw(struct facilities *f, uint32_t m, uint32_t n, double ratio, struct zv_rng *rng)
{
	double *x = zv_calloc((size_t)m + n, sizeof(*x)), *y = zv_calloc((size_t)m + n, sizeof(*y));
	double demand = 0, capacity = 0;

	*f = (struct facilities){.m = m, .n = n};
	make_room(f);
	for (uint32_t k = 0; k < m + n; k++) {
		x[k] = (double)zv_rng_range(rng, 0, 999);
		y[k] = (double)zv_rng_range(rng, 0, 999);
	}
	for (uint32_t j = 0; j < n; j++)
		demand += f->demand[j] = (double)zv_rng_range(rng, 5, 35);
	for (uint32_t i = 0; i < m; i++)
		capacity += f->capacity[i] = (double)zv_rng_range(rng, 10, 160);
	for (uint32_t i = 0; i < m; i++) {
		f->capacity[i] = floor(35 + f->capacity[i] * fmax(0, ratio * demand - 35.0 * m) / capacity);
		f->fixed[i] = floor((double)zv_rng_range(rng, 0, 90) + (double)zv_rng_range(rng, 100, 110) * sqrt(f->capacity[i]));
		for (uint32_t j = 0; j < n; j++)
			f->cost[(size_t)j * m + i] = floor(hypot(x[i] - x[m + j], y[i] - y[m + j]) * f->demand[j] / 10) / 10;
	}
	free(x);
	free(y);
}

static void facilities_write(FILE *file, const struct facilities *f)
{
	(void)fprintf(file, "%u %u\n", f->m, f->n);
	for (uint32_t i = 0; i < f->m; i++)
		(void)fprintf(file, "%.0f %.0f\n", f->capacity[i], f->fixed[i]);
	for (uint32_t j = 0; j < f->n; j++) {
		(void)fprintf(file, "%.0f\n", f->demand[j]);
		for (uint32_t i = 0; i < f->m; i++)
			(void)fprintf(file, "%.1f%c", f->cost[(size_t)j * f->m + i], i + 1 < f->m ? ' ' : '\n');
	}
}

/* --- the same as a plan problem ---------------------------------------------------------------------------------------------------- */

/* A customer is a need in a region of its own, a facility an offer; an arc's cost a tonne is in `costs`; what is not covered costs more than any service. */
struct located {
	struct zv_plan_problem p;
	struct zv_plan_product product;
	struct zv_plan_region *regions;
	struct zv_plan_maker *makers;
	struct zv_plan_offer *offers;
	struct zv_plan_tier *tiers;
	struct zv_plan_need *needs;
	struct zv_plan_cost *costs;
	struct zv_str enterprise;
	double *km;
	char (*ids)[ID];
};

static struct zv_str id_of(struct located *l, uint32_t number)
{
	(void)snprintf(l->ids[number], ID, "%u", number);
	return zv_str_c(l->ids[number]);
}

static void locate(struct located *l, const struct facilities *f, bool single)
{
	double dearest = 0;

	l->ids = zv_calloc((size_t)f->m + f->n + 1, ID);
	l->regions = zv_calloc(f->n, sizeof(*l->regions));
	l->makers = zv_calloc(f->m, sizeof(*l->makers));
	l->offers = zv_calloc(f->m, sizeof(*l->offers));
	l->tiers = zv_calloc(f->m, sizeof(*l->tiers));
	l->needs = zv_calloc(f->n, sizeof(*l->needs));
	l->costs = zv_calloc((size_t)f->m * f->n, sizeof(*l->costs));
	l->km = zv_calloc((size_t)f->n * f->n, sizeof(*l->km));
	for (size_t a = 0; a < (size_t)f->m * f->n; a++)
		dearest = f->demand[a / f->m] > 0 && f->cost[a] / f->demand[a / f->m] > dearest ? f->cost[a] / f->demand[a / f->m] : dearest;
	l->product = (struct zv_plan_product){.id = zv_str_c("1")};
	l->enterprise = zv_str_c("1");
	for (uint32_t i = 0; i < f->m; i++) {
		l->makers[i] = (struct zv_plan_maker){.id = id_of(l, i)};
		l->offers[i] = (struct zv_plan_offer){.id = zv_str_c(l->ids[i]), .maker = i, .resource = ZV_PLAN_NONE, .launch = llround(f->fixed[i] * MICRO), .moq = 1,
						      .max = llround(f->capacity[i] * MICRO), .first_tier = i, .n_tiers = 1};
		l->tiers[i] = (struct zv_plan_tier){1, 0};
	}
	for (uint32_t j = 0; j < f->n; j++) {
		struct zv_str id = id_of(l, f->m + j);

		l->regions[j] = (struct zv_plan_region){.id = id};
		l->needs[j] = (struct zv_plan_need){.id = id, .region = j, .qty = llround(f->demand[j] * MICRO), .ceiling = llround((dearest + 1) * MICRO),
						    .penalty = llround((dearest + 1) * 20 * MICRO), .priority = 1, .single = single};
	}
	for (uint32_t i = 0; i < f->m; i++)
		for (uint32_t j = 0; j < f->n; j++)
			l->costs[(size_t)i * f->n + j] = (struct zv_plan_cost){i, j, llround(f->cost[(size_t)j * f->m + i] / f->demand[j] * MICRO)};
	l->p = (struct zv_plan_problem){.n_periods = 1, .products = &l->product, .n_products = 1, .regions = l->regions, .n_regions = f->n, .makers = l->makers,
					.n_makers = f->m, .offers = l->offers, .n_offers = f->m, .tiers = l->tiers, .n_tiers = f->m, .needs = l->needs,
					.n_needs = f->n, .enterprises = &l->enterprise, .n_enterprises = 1, .km = l->km, .costs = l->costs,
					.n_costs = f->m * f->n};
}

static void located_done(struct located *l)
{
	free(l->ids);
	free(l->regions);
	free(l->makers);
	free(l->offers);
	free(l->tiers);
	free(l->needs);
	free(l->costs);
	free(l->km);
}

/* --- benchmark --------------------------------------------------------------------------------------------------------------------- */

static double cpu(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static double ratio_of(const struct facilities *f)
{
	double demand = 0, capacity = 0;

	for (uint32_t j = 0; j < f->n; j++)
		demand += f->demand[j];
	for (uint32_t i = 0; i < f->m; i++)
		capacity += f->capacity[i];
	return capacity / demand;
}

/* Solved, checked, and how long it took; the result is the caller's to release. */
static bool solve_located(struct zv_plan_result *result, struct zv_plan_checked *sums, double *seconds, const struct located *l)
{
	const struct zv_plan_options options = {0};
	struct zv_err err;
	double start = cpu();

	if (zv_plan_problem_check(&l->p, &err) != ZV_OK || zv_plan_solve(result, &l->p, &options, &err) != ZV_OK ||
	    zv_plan_check(sums, &l->p, result->orders, result->n_orders, result->flows, result->n_flows, &err) != ZV_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return false;
	}
	*seconds = cpu() - start;
	return true;
}

/* CBC within so many seconds, 0: not at all. */
static int compare(const struct facilities *f, bool single, double cbc_seconds)
{
	struct located l = {0};
	struct zv_plan_result result = {0};
	struct zv_plan_checked sums;
	struct plan_mip mip = {.objective = (double)NAN, .bound = (double)NAN};
	double start, ours, objective, bound;
	int failed = 1;

	locate(&l, f, single);
	if (!solve_located(&result, &sums, &ours, &l))
		goto done;
	objective = (double)result.objective / 1e12;
	bound = (double)result.bound / 1e12;
	start = cpu();
	if (cbc_seconds > 0)
		plan_mip_solve(&mip, &l.p, CBC_NODES, cbc_seconds);
	(void)printf("| %u x %u | %s | %.2f | %u | %.2f | %.1f | %.1f | %.4f | ", f->m, f->n, single ? "one" : "several", ratio_of(f),
		     f->n - sums.levels[0].covered_needs, ours, objective, bound, 100 * (objective - bound) / objective);
	if (isnan(mip.objective))
		(void)printf("%.2f | no plan | |\n", cpu() - start);
	else
		(void)printf("%.2f | %.1f, %s | %.4f |\n", cpu() - start, mip.objective, mip.proved ? "proved" : "limit",
			     100 * (objective - mip.objective) / mip.objective);
	(void)fflush(stdout);
	failed = 0;
done:
	zv_plan_result_done(&result);
	located_done(&l);
	return failed;
}

static int bench(uint64_t seed, double cbc_seconds)
{
	/* Capacity by demand: loose, as in the OR-Library; tight; 87, 91 and 98 % full (where customers of 35 leave it so). */
	static const double ratios[] = {3, 1.5, 1.15, 1.1, 1.02};
	static const uint32_t sizes[][2] = {{16, 50}, {25, 50}, {50, 50}, {30, 200}, {100, 1000}, {500, 500}};
	int failed = 0;

	(void)printf("| facilities x customers | sources | capacity / demand | not covered | CPU s | plan | bound | gap %% | CBC: CPU s | CBC | above CBC's plan %% |\n"
		     "|---|---|---|---|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (size_t r = 0; r < sizeof(ratios) / sizeof(ratios[0]); r++) {
			struct facilities drawn, f;
			struct zv_rng rng;
			FILE *file = tmpfile();

			zv_rng_init(&rng, seed + i * 8 + r);
			facilities_draw(&drawn, sizes[i][0], sizes[i][1], ratios[r], &rng);
			facilities_write(file, &drawn);
			rewind(file);
			if (!facilities_read(&f, file, false))
				return 1;
			(void)fclose(file);
			failed |= compare(&f, false, cbc_seconds);
			failed |= compare(&f, true, cbc_seconds);
			facilities_done(&f);
			facilities_done(&drawn);
		}
	return failed;
}

static bool facilities_load(struct facilities *f, const char *from, bool holmberg)
{
	FILE *file = fopen(from, "r");
	bool read = file != NULL && facilities_read(f, file, holmberg);

	if (!read)
		(void)fprintf(stderr, "%s is not an instance of capacitated facility location: \"m n\", capacity and fixed cost by facility, demand and costs\n", from);
	if (file != NULL)
		(void)fclose(file);
	return read;
}

/* One row: our plan beside the value that is published for the instance. */
static int compare_known(const char *from, bool single, bool holmberg, double value)
{
	struct facilities f = {0};
	struct located l = {0};
	struct zv_plan_result result = {0};
	struct zv_plan_checked sums;
	double seconds;
	int failed = 1;

	if (!facilities_load(&f, from, holmberg))
		goto done;
	locate(&l, &f, single);
	if (!solve_located(&result, &sums, &seconds, &l))
		goto done;
	(void)printf("| %s | %u x %u | %s | %.2f | %u | %.2f | %.3f | %.3f | %.3f | %+.4f | %+.4f |\n", from, f.m, f.n, single ? "one" : "several", ratio_of(&f),
		     f.n - sums.levels[0].covered_needs, seconds, (double)result.objective / 1e12, (double)result.bound / 1e12, value,
		     100 * ((double)result.objective / 1e12 / value - 1), 100 * ((double)result.bound / 1e12 / value - 1));
	failed = 0;
done:
	zv_plan_result_done(&result);
	located_done(&l);
	facilities_done(&f);
	return failed;
}

static int convert(const char *from, const char *to, bool single, bool holmberg)
{
	const int64_t bonus[ZV_PLAN_PRIORITIES] = {19 * MICRO};
	struct facilities f = {0};
	struct located l = {0};
	struct zv_err err = {0};
	int failed = 1;

	if (!facilities_load(&f, from, holmberg))
		goto done;
	locate(&l, &f, single);
	if (zv_plan_problem_check(&l.p, &err) == ZV_OK && zv_plan_folder_write(to, &l.p, bonus, &err) == ZV_OK)
		failed = 0;
	else
		(void)fprintf(stderr, "%s\n", err.text);
done:
	located_done(&l);
	facilities_done(&f);
	return failed;
}

int main(int argc, char **argv)
{
	const char *names[2] = {NULL, NULL};
	bool single = false, holmberg = false;
	double cbc_seconds = 200, known = 0;
	uint64_t seed = 1;
	int n = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--single") == 0)
			single = true;
		else if (strcmp(argv[i], "--holmberg") == 0)
			holmberg = true;
		else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
			seed = strtoull(argv[++i], NULL, BASE);
		else if (strcmp(argv[i], "--cbc") == 0 && i + 1 < argc)
			cbc_seconds = strtod(argv[++i], NULL);
		else if (strcmp(argv[i], "--known") == 0 && i + 1 < argc)
			known = strtod(argv[++i], NULL);
		else if (n < 2)
			names[n++] = argv[i];
	}
	if (n == 1 && known > 0)
		return compare_known(names[0], single, holmberg, known);
	if (n == 1) {
		(void)fprintf(stderr, "usage: plan_facilities [--seed S] [--cbc SECONDS] | plan_facilities [--single] [--holmberg] FILE DIR | "
				      "plan_facilities --known VALUE [--single] [--holmberg] FILE\n");
		return 2;
	}
	return n == 2 ? convert(names[0], names[1], single, holmberg) : bench(seed, cbc_seconds);
}
