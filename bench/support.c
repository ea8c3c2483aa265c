/*
 * The best compatible set on random hard problems: `support [COUNT [MEASURES [LINES]]]`, by default 100 of 24 measures and 20 lines of each kind. With
 * `cbc` in the path the same problems go to it as mixed-integer programs, one process each (starting it is in its time); totals must agree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../tests/prop/engine/choice.h"

enum { COUNT_MAX = 2000 };

static const struct {
	const char *name;
	struct choice_kind kind;
} kinds[] = {
	{"few caps, few rivals", {.cost_max = 1000000000, .eligible = 40, .rivals = 5, .groups = 20, .fixed = 10}},
	{"tight caps, no rivals", {.cost_max = 1000000000, .eligible = 40, .cap_least = 5, .cap_most = 40}},
	{"tight caps, rivals", {.cost_max = 1000000000, .eligible = 40, .rivals = 15, .groups = 30, .fixed = 10, .cap_least = 5, .cap_most = 50}},
	{"tight caps, many rivals", {.cost_max = 1000000000, .eligible = 60, .rivals = 50, .fixed = 5, .cap_least = 10, .cap_most = 60}},
	{"groups only, all eligible", {.cost_max = 1000000000, .eligible = 100, .groups = 100, .cap_least = 10, .cap_most = 60}},
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static long long part(const struct choice *c, int m, int l)
{
	long long share = c->measures[m].share_ppm;

	if (c->lines[l].intensity_ppm < share)
		share = c->lines[l].intensity_ppm;
	return c->measures[m].fixed_kop >= 0 || (c->measures[m].lines >> l & 1) == 0 ? 0 : c->lines[l].cost_kop * share / 1000000;
}

static bool rivals(const struct choice *c, int a, int b)
{
	return (c->measures[a].groups & c->measures[b].groups) != 0 || (c->measures[a].excludes >> b & 1) != 0 || (c->measures[b].excludes >> a & 1) != 0;
}

/* Kopecks in hundred thousands of roubles: its tolerances are absolute. */
static double scaled(long long kop)
{
	return (double)kop / 1e7;
}

/* The same problem in CPLEX's LP format. */
static void write_lp(FILE *f, const struct choice *c)
{
	const struct zv_support_problem *p = &c->problem;
	long long costs = 0;

	fprintf(f, "Maximize\n obj:");
	for (int m = 0; m < p->n_measures; m++)
		fprintf(f, " + p%d", m);
	fprintf(f, "\nSubject To\n");
	for (int m = 0; m < p->n_measures; m++) {
		fprintf(f, " w%d: p%d", m, m);
		for (int l = 0; l < p->n_lines; l++)
			if (part(c, m, l) > 0)
				fprintf(f, " - %.7f x%d_%d", scaled(part(c, m, l)), m, l);
		if (c->measures[m].fixed_kop > 0)
			fprintf(f, " - %.7f y%d", scaled(c->measures[m].fixed_kop), m);
		fprintf(f, " <= 0\n");
		if (c->measures[m].cap_kop < INT64_MAX)
			fprintf(f, " c%d: p%d - %.7f y%d <= 0\n", m, m, scaled(c->measures[m].cap_kop), m);
		for (int l = 0; l < p->n_lines; l++)
			if (part(c, m, l) > 0)
				fprintf(f, " l%d_%d: x%d_%d - y%d <= 0\n", m, l, m, l, m);
		for (int k = 0; k < m; k++)
			if (rivals(c, m, k))
				fprintf(f, " r%d_%d: y%d + y%d <= 1\n", m, k, m, k);
	}
	for (int l = 0; l < p->n_lines; l++) {
		fprintf(f, " o%d: 0 y0", l);
		for (int m = 0; m < p->n_measures; m++)
			if (part(c, m, l) > 0)
				fprintf(f, " + x%d_%d", m, l);
		fprintf(f, " <= 1\n");
		costs += c->lines[l].cost_kop;
	}
	fprintf(f, " total: 0 y0");
	for (int m = 0; m < p->n_measures; m++)
		fprintf(f, " + p%d", m);
	fprintf(f, " <= %.7f\nBinary\n", scaled(p->total_max_ppm == 1000000 ? costs * 100 : costs * p->total_max_ppm / 1000000));
	for (int m = 0; m < p->n_measures; m++) {
		fprintf(f, " y%d\n", m);
		for (int l = 0; l < p->n_lines; l++)
			if (part(c, m, l) > 0)
				fprintf(f, " x%d_%d\n", m, l);
	}
	fprintf(f, "End\n");
}

/* The total and time of CBC; -1: there is none, or it gave up after 60 s. */
static double run_cbc(double *ms, const struct choice *c)
{
	char line[400], path[] = "/tmp/zveno-bench-XXXXXX.lp", command[600];
	double total = -1, begun;
	int fd = mkstemps(path, 3);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

	if (f == NULL)
		return -1;
	write_lp(f, c);
	fclose(f);
	snprintf(command, sizeof(command), "cbc %s sec 60 ratioGap 0 allowableGap 0 solve 2>/dev/null", path);
	begun = now_ms();
	f = popen(command, "r");
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, "Result - Optimal", 16) == 0)
			total = 0;
		if (total == 0 && sscanf(line, "Objective value: %lf", &total) == 1)
			continue;
	}
	if (f != NULL)
		pclose(f);
	*ms = now_ms() - begun;
	remove(path);
	return (total < 0 ? -total : total) * 1e7;
}

int main(int argc, char **argv)
{
	static double ours[COUNT_MAX], theirs[COUNT_MAX];
	int count = argc > 1 ? atoi(argv[1]) : 100, measures = argc > 2 ? atoi(argv[2]) : 24, lines = argc > 3 ? atoi(argv[3]) : 20;
	bool cbc = system("command -v cbc >/dev/null 2>&1") == 0 && getenv("NO_CBC") == NULL;

	if (count < 1 || count > COUNT_MAX)
		count = COUNT_MAX;
	printf("%d problems of %d measures and %d lines of each kind, milliseconds\n", count, measures, lines);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		struct choice_kind kind = kinds[k].kind;
		struct zv_rng rng;
		struct choice c;
		int open = 0, above = 0, below = 0, solved = 0;
		long long nodes = 0;

		kind.n_measures = measures;
		kind.n_lines = lines;
		zv_rng_init(&rng, 20261123 + k);
		for (int i = 0; i < count; i++) {
			struct zv_support_best best;
			const char *why;
			double begun, total;

			choice_draw(&c, &kind, &rng);
			begun = now_ms();
			if (zv_support_best(&best, &c.problem, 0, NULL) != ZV_OK)
				return 1;
			ours[i] = now_ms() - begun;
			open += !best.proved;
			nodes += best.nodes;
			if (!zv_support_check(&c.problem, &best, &why)) {
				printf("%s, problem %d: %s\n", kinds[k].name, i, why);
				return 1;
			}
			if (!cbc)
				continue;
			total = run_cbc(&theirs[solved], &c);
			if (total < 0)
				continue;
			/* Above would be our fault. Below is CBC's: the checker has passed our choice, its tolerances cut it off. */
			above += best.proved && total - (double)best.total_kop > 1e4;
			below += (double)best.total_kop - total > 1e4;
			solved++;
		}
		qsort(ours, (size_t)count, sizeof(double), by_time);
		printf("%-26s ours p50 %9.2f p90 %9.2f p99 %9.2f max %9.2f  nodes %8lld  not proved %d", kinds[k].name, ours[count / 2], ours[count * 9 / 10],
		       ours[count * 99 / 100], ours[count - 1], nodes / count, open);
		if (cbc && solved > 0) {
			qsort(theirs, (size_t)solved, sizeof(double), by_time);
			printf("  CBC p50 %8.1f p90 %8.1f max %8.1f, solved %d, its total above %d, below %d", theirs[solved / 2], theirs[solved * 9 / 10],
			       theirs[solved - 1], solved, above, below);
		}
		printf("\n");
		fflush(stdout);
	}
	return 0;
}
