/*
 * The national plan on synthetic instances (plan_instance.h): `plan [--seed S] [--threads N] [--effort E] [--phases] [--no-cbc] [NEEDS...]`, by default
 * 1,000, 10,000, 100,000 and 1,000,000.
 * Each solve runs in a process of its own, so that its peak of memory is its own; the plan is checked by the independent checker, and the bound of its prices by
 * the checker's second method where that is quick. Beside it CBC with the same problem as a mixed integer program, within nodes and seconds, where it fits.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../tests/prop/engine/plan_mip.h"
#include "engine/plan/arcs.h"
#include "engine/plan/check.h"
#include "plan_instance.h"

enum { CBC_NODES = 20000, CBC_SECONDS = 120, CBC_NEEDS_MAX = 10000, SECOND_METHOD_NEEDS_MAX = 100000, BASE = 10 };

struct asked {
	uint64_t seed;
	int32_t threads;
	int64_t effort;
	bool cbc, phases;
};

/* CPU seconds and the peak of memory so far by stage, from what the solver tells of its progress: the time up to a report belongs to the stage that reports. */
struct phases {
	double last, seconds[ZV_PLAN_CHECK + 1];
	long peak_kb[ZV_PLAN_CHECK + 1];
	zv_i128 objective[ZV_PLAN_CHECK + 1];
};

static double cpu_of(const struct rusage *usage)
{
	return (double)usage->ru_utime.tv_sec + (double)usage->ru_stime.tv_sec + (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static struct rusage used(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return usage;
}

static double cpu_now(void)
{
	struct rusage usage = used();

	return cpu_of(&usage);
}

static double roubles(zv_i128 money)
{
	return (double)money / 1e12;
}

static double gap_percent(double objective, double bound, double constant)
{
	return objective - constant > 0 ? 100 * (objective - bound) / (objective - constant) : 0;
}

static double wall_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Arcs as the solver keeps them: pairs of need and offer. */
static uint32_t count_pairs(const struct zv_plan_problem *problem)
{
	struct plan_arcs *arcs = NULL;
	struct zv_err err;
	uint32_t n;

	if (plan_arcs_open(&arcs, problem, &err) != ZV_OK)
		return 0;
	n = arcs->n_pairs;
	plan_arcs_close(arcs);
	return n;
}

static void note_phase(void *context, enum zv_plan_stage stage, int done_ppt, zv_i128 objective, zv_i128 bound)
{
	struct phases *phases = context;
	double now = cpu_now();

	(void)done_ppt;
	(void)bound;
	phases->seconds[stage] += now - phases->last;
	phases->last = now;
	phases->objective[stage] = objective;
	phases->peak_kb[stage] = used().ru_maxrss;
}

static void print_phases(const struct phases *phases, uint32_t needs)
{
	static const char *const names[] = {"arcs", "prices", "greedy", "improve", "parts", "check"};

	for (int i = 0; i <= ZV_PLAN_CHECK; i++)
		if (phases->seconds[i] > 0)
			(void)fprintf(stderr, "%u needs: %-8s %8.2f s, peak so far %ld MB, plan %.2f\n", needs, names[i], phases->seconds[i], phases->peak_kb[i] / 1024,
				      roubles(phases->objective[i]));
}

/* In its own process. */
static int solve_one(const struct asked *asked, uint32_t needs)
{
	struct plan_instance instance;
	struct zv_plan_result result = {0};
	struct zv_plan_checked sums;
	struct phases phases = {0};
	const struct zv_plan_options options = {.threads = asked->threads, .effort = asked->effort, .progress = asked->phases ? note_phase : NULL, .context = &phases};
	struct zv_err err;
	double cpu, wall;
	size_t covered = 0;

	plan_instance_make(&instance, asked->seed, needs);
	cpu = phases.last = cpu_now();
	wall = wall_now();
	if (zv_plan_problem_check(&instance.problem, &err) != ZV_OK || zv_plan_solve(&result, &instance.problem, &options, &err) != ZV_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	cpu = cpu_now() - cpu;
	wall = wall_now() - wall;
	if (zv_plan_check(&sums, &instance.problem, result.orders, result.n_orders, result.flows, result.n_flows, &err) != ZV_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	if (sums.objective != result.objective || result.bound > result.objective) {
		(void)fprintf(stderr, "the checker's objective is %.6f, the solver's %.6f\n", roubles(sums.objective), roubles(result.objective));
		return 1;
	}
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++)
		covered += sums.levels[w].covered_needs;
	(void)printf("| %u | %u | zveno | %.2f | %.2f | %.4f | %.4f | ", needs, count_pairs(&instance.problem), cpu, wall,
		     gap_percent(roubles(result.objective), roubles(result.bound), 0),
		     gap_percent(roubles(result.objective), roubles(result.bound), roubles(result.constant)));
	(void)fflush(stdout);
	(void)fprintf(stderr, "%u needs: objective %.2f, bound %.2f, constant %.2f, %zu orders, %zu needs in full, %lld iterations\n", needs, roubles(result.objective),
		      roubles(result.bound), roubles(result.constant), result.n_orders, covered, (long long)result.iterations);
	if (asked->phases)
		print_phases(&phases, needs);
	if (needs <= SECOND_METHOD_NEEDS_MAX) {
		zv_i128 second = zv_plan_check_bound(&instance.problem, result.need_price, result.resource_price);

		(void)fprintf(stderr, "%u needs: bound by the second method, from the prices alone: %.2f\n", needs, roubles(second));
		if (second > result.objective)
			return 1;
	}
	zv_plan_result_done(&result);
	plan_instance_done(&instance);
	return 0;
}

static int cbc_one(const struct asked *asked, uint32_t needs)
{
	struct plan_instance instance;
	struct plan_mip mip;
	double cpu, wall;

	plan_instance_make(&instance, asked->seed, needs);
	cpu = cpu_now();
	wall = wall_now();
	plan_mip_solve(&mip, &instance.problem, CBC_NODES, CBC_SECONDS);
	cpu = cpu_now() - cpu;
	wall = wall_now() - wall;
	if (isnan(mip.objective))
		(void)printf("| %u | %zu | CBC | %.2f | %.2f | no plan | | ", needs, mip.arcs, cpu, wall);
	else
		(void)printf("| %u | %zu | CBC | %.2f | %.2f | %.4f | | ", needs, mip.arcs, cpu, wall, gap_percent(mip.objective, mip.bound, 0));
	(void)fflush(stdout);
	(void)fprintf(stderr, "%u needs: CBC's plan %.2f, its bound %.2f, %zu columns, %zu rows\n", needs, mip.objective, mip.bound, mip.columns, mip.rows);
	plan_instance_done(&instance);
	return 0;
}

static int apart(int (*work)(const struct asked *asked, uint32_t needs), const struct asked *asked, uint32_t needs)
{
	struct rusage usage;
	int status = 0;
	pid_t child;

	(void)fflush(NULL);
	child = fork();
	if (child == 0)
		_exit(work(asked, needs));
	if (child < 0 || wait4(child, &status, 0, &usage) < 0)
		return 1;
	(void)printf("%.0f |\n", (double)usage.ru_maxrss / 1024);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
	static const uint32_t sizes[] = {1000, 10000, 100000, 1000000};
	struct asked asked = {.seed = 1, .threads = 1, .cbc = true};
	uint32_t needs[16];
	size_t n = 0;
	int failed = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--no-cbc") == 0)
			asked.cbc = false;
		else if (strcmp(argv[i], "--phases") == 0)
			asked.phases = true;
		else if (strcmp(argv[i], "--effort") == 0 && i + 1 < argc)
			asked.effort = strtoll(argv[++i], NULL, BASE);
		else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
			asked.seed = strtoull(argv[++i], NULL, BASE);
		else if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc)
			asked.threads = (int32_t)strtol(argv[++i], NULL, BASE);
		else if (n < 16)
			needs[n++] = (uint32_t)strtoul(argv[i], NULL, BASE);
	}
	if (n == 0)
		for (; n < sizeof(sizes) / sizeof(sizes[0]); n++)
			needs[n] = sizes[n];
	(void)printf("| needs | pairs | solver | CPU s | wall s | gap %% | gap %% without the constant part | peak MB |\n|---|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < n; i++) {
		failed |= apart(solve_one, &asked, needs[i]);
		if (asked.cbc && needs[i] <= CBC_NEEDS_MAX)
			failed |= apart(cbc_one, &asked, needs[i]);
	}
	return failed;
}
