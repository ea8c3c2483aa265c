/*
 * What explaining a plan costs, and how many of its answers are verified: `plan_explain [--seed S] [--iterations N] [--effort E] [--plans DIR] [NEEDS...]`, by
 * default 1,000, 10,000 and 100,000. With --plans a plan once made is kept in that folder, so that explaining can be measured alone. Each in its own process.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "engine/plan/explain.h"
#include "plan_instance.h"

enum { BASE = 10, PATH_BYTES = 4096, FIRST = 20 };

struct asked {
	uint64_t seed;
	struct zv_plan_options options;
	const char *plans;
};

static double cpu_now(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double peak_mb(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

/* --- plans that are kept: the arrays of a result as they lie in memory, for this machine alone -------------------------------------- */

static bool through(FILE *file, bool write, void *data, size_t size, size_t n)
{
	return n == 0 || (write ? fwrite(data, size, n, file) : fread(data, size, n, file)) == n;
}

static bool pass(FILE *file, bool write, struct zv_plan_result *result, const struct zv_plan_problem *problem)
{
	struct zv_plan_result head = *result;
	size_t n_hours = (size_t)problem->n_resources * (size_t)problem->n_periods;

	if (!through(file, write, &head, sizeof(head), 1))
		return false;
	if (!write) {
		*result = head;
		result->orders = zv_reallocarray(NULL, head.n_orders + 1, sizeof(*result->orders));
		result->flows = zv_reallocarray(NULL, head.n_flows + 1, sizeof(*result->flows));
		result->need_price = zv_reallocarray(NULL, (size_t)problem->n_needs + 1, sizeof(*result->need_price));
		result->resource_price = zv_reallocarray(NULL, n_hours + 1, sizeof(*result->resource_price));
	}
	return through(file, write, result->orders, sizeof(*result->orders), head.n_orders) && through(file, write, result->flows, sizeof(*result->flows), head.n_flows) &&
	       through(file, write, result->need_price, sizeof(*result->need_price), problem->n_needs) &&
	       through(file, write, result->resource_price, sizeof(*result->resource_price), n_hours);
}

static bool kept(struct zv_plan_result *result, const char *path, const struct zv_plan_problem *problem)
{
	FILE *file = path[0] != '\0' ? fopen(path, "rbe") : NULL;
	bool ok = file != NULL && pass(file, false, result, problem);

	if (file != NULL)
		(void)fclose(file);
	return ok;
}

static void keep(struct zv_plan_result *result, const char *path, const struct zv_plan_problem *problem)
{
	FILE *file = path[0] != '\0' ? fopen(path, "wbe") : NULL;

	if (file == NULL)
		return;
	if (!pass(file, true, result, problem))
		(void)fprintf(stderr, "%s cannot be written\n", path);
	(void)fclose(file);
}

/* --- what was said ------------------------------------------------------------------------------------------------------------------ */

static void count(const struct zv_plan_explained *said)
{
	size_t all[ZV_PLAN_WHY_COUNT] = {0}, sure[ZV_PLAN_WHY_COUNT] = {0}, asked = 0, held = 0, shown = 0, unlocks = 0, first = 0;

	for (size_t i = 0; i < said->n_because; i++) {
		const struct zv_plan_because *b = &said->because[i];
		bool can = b->why != ZV_PLAN_NOMAKER && b->why != ZV_PLAN_SEARCH && b->why != ZV_PLAN_SHARE;

		all[b->why]++;
		sure[b->why] += b->verified;
		asked += can;
		held += can && b->verified;
	}
	for (size_t i = 0; i < said->n_unlocks; i++) {
		unlocks += said->unlocks[i].verified;
		shown += said->unlocks[i].region != ZV_PLAN_NONE;
		first += i < FIRST && said->unlocks[i].verified;
	}
	(void)printf("%zu | %zu | %.1f | %zu | %zu | %zu | %zu |\n", said->n_because, held, asked > 0 ? 100 * (double)held / (double)asked : 100.0, said->n_unlocks, shown,
		     unlocks, first);
	for (int i = 0; i < ZV_PLAN_WHY_COUNT; i++)
		if (all[i] > 0)
			(void)fprintf(stderr, "  %s %zu, verified %zu\n", zv_plan_why_name((enum zv_plan_why)i), all[i], sure[i]);
}

static int explain_one(const struct asked *asked, uint32_t needs)
{
	struct plan_instance instance;
	struct zv_plan_result result = {0};
	struct zv_plan_explained said;
	struct zv_arena arena;
	struct zv_err err;
	char path[PATH_BYTES] = "";
	double cpu, peak;

	plan_instance_make(&instance, asked->seed, needs);
	if (asked->plans != NULL)
		(void)snprintf(path, sizeof(path), "%s/%llu-%u.plan", asked->plans, (unsigned long long)asked->seed, needs);
	if (!kept(&result, path, &instance.problem)) {
		if (zv_plan_solve(&result, &instance.problem, &asked->options, &err) != ZV_OK) {
			(void)fprintf(stderr, "%s\n", err.text);
			return 1;
		}
		keep(&result, path, &instance.problem);
	}
	zv_arena_init(&arena);
	peak = peak_mb();
	cpu = cpu_now();
	if (zv_plan_explain(&said, &instance.problem, &result, 0, &arena, &err) != ZV_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	(void)printf("| %u | %.2f | %.1f | %.1f | ", needs, cpu_now() - cpu, peak, peak_mb());
	count(&said);
	(void)fprintf(stderr, "  alone %u needs (%.1f %%)\n", said.alone.needs, needs > 0 ? 100.0 * said.alone.needs / needs : 0.0);
	zv_arena_done(&arena);
	zv_plan_result_done(&result);
	plan_instance_done(&instance);
	return 0;
}

static int apart(const struct asked *asked, uint32_t needs)
{
	int status = 0;
	pid_t child;

	(void)fflush(NULL);
	child = fork();
	if (child == 0) {
		status = explain_one(asked, needs);
		(void)fflush(NULL);
		_exit(status);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return 1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
	static const uint32_t sizes[] = {1000, 10000, 100000};
	struct asked asked = {.seed = 7};
	uint32_t needs[16];
	size_t n = 0;
	int failed = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
			asked.seed = strtoull(argv[++i], NULL, BASE);
		else if (strcmp(argv[i], "--iterations") == 0 && i + 1 < argc)
			asked.options.iterations = strtoll(argv[++i], NULL, BASE);
		else if (strcmp(argv[i], "--effort") == 0 && i + 1 < argc)
			asked.options.effort = strtoll(argv[++i], NULL, BASE);
		else if (strcmp(argv[i], "--plans") == 0 && i + 1 < argc)
			asked.plans = argv[++i];
		else if (n < 16)
			needs[n++] = (uint32_t)strtoul(argv[i], NULL, BASE);
	}
	for (size_t i = 0; n == 0 && i < sizeof(sizes) / sizeof(sizes[0]); i++)
		needs[i] = sizes[i];
	n = n == 0 ? sizeof(sizes) / sizeof(sizes[0]) : n;
	(void)printf("| needs | CPU s | peak MB before | after | not covered | verified | %% of flips | unlocks | with a region | verified | of the first 20 |\n"
		     "|---|---|---|---|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < n; i++)
		failed |= apart(&asked, needs[i]);
	return failed;
}
