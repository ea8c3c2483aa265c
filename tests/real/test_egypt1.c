/* The fertiliser industry of egypt1 as a problem folder: its published optimum lies between our bound and our plan, and both are near. Skips where the data is absent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/plan_folder.h"
#include "engine/plan/check.h"
#include "engine/plan/levels.h"

static const double OPTIMUM = 58808.37128; /* of the literature, thousand US$ a year */

static char folder[] = "/tmp/zveno-egypt1-XXXXXX";

static const char *data(void)
{
	static char path[4096];
	const char *real = getenv("ZVENO_REAL"), *root = getenv("ZVENO_ROOT");

	(void)snprintf(path, sizeof(path), "%s%s/06_chains/ampl/egypt1.dat", real != NULL ? real : root, real != NULL ? "" : "/../shared/data/real");
	return path;
}

static bool converted(void)
{
	char command[9000];

	if (access(data(), R_OK) != 0)
		return false;
	(void)snprintf(command, sizeof(command), "'%s/tools/egypt1-to-plan' '%s' '%s'", getenv("ZVENO_ROOT"), data(), folder);
	assert_int_equal(system(command), 0);
	return true;
}

static double roubles(zv_i128 money)
{
	return (double)money * 1e-12;
}

static int64_t made_by(const struct zv_plan_levels_result *r, const char *offer)
{
	int64_t qty = 0;

	for (size_t i = 0; i < r->plan.n_orders; i++)
		if (zv_str_eq_c(r->flat.offers[r->plan.orders[i].offer].id, offer))
			qty += r->plan.orders[i].qty;
	return qty;
}

static void the_optimum_of_the_literature_lies_between_bound_and_plan(void **state)
{
	struct zv_plan_options options = {0};
	struct zv_plan_levels_result r;
	struct zv_plan_checked checked;
	struct zv_plan_folder in;
	struct zv_err err = {0};

	(void)state;
	if (!converted())
		skip();
	if (zv_plan_folder_read(&in, folder, &err) != ZV_OK)
		fail_msg("%s", err.text);
	if (zv_plan_solve_levels(&r, &in.problem, &options, &err) != ZV_OK)
		fail_msg("%s", err.text);
	if (zv_plan_levels_check(&checked, &in.problem, &r, &err) != ZV_OK)
		fail_msg("%s", err.text);
	print_message("plan %.5f, bound %.5f, gap %.4f %%, optimum of the literature %.5f, %zu orders, %zu inputs, %d levels, %lld iterations\n", roubles(r.plan.objective),
		      roubles(r.plan.bound), 100 * roubles(r.plan.objective - r.plan.bound) / roubles(r.plan.objective), OPTIMUM, r.plan.n_orders, r.n_derived, r.n_levels,
		      (long long)r.plan.iterations);
	assert_true(checked.objective == r.plan.objective);
	assert_true(roubles(r.plan.bound) <= OPTIMUM + 0.01);
	assert_true(roubles(r.plan.objective) >= OPTIMUM - 0.01);
	assert_true(roubles(r.plan.objective) <= OPTIMUM * 1.0005);
	assert_true(r.plan.objective - r.plan.bound <= r.plan.objective / 2000);
	assert_int_equal(r.n_levels, 3);
	assert_true(r.bought == 0);
	/* Superphosphate is worth making at full capacity, ammonium sulphate is not. */
	assert_true(made_by(&r, "ABU_ZAABAL SSP_155") > 168 * (int64_t)ZV_PLAN_UNIT);
	assert_true(made_by(&r, "HELWAN AMM_SULF") == 0);
	zv_plan_levels_done(&r);
	zv_plan_folder_done(&in);
}

static int open_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const files[] = {"meta", "regions", "products", "makers", "resources", "offers", "tiers", "needs", "bom", "substitutes", "costs"};
	char path[200];

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s.csv", folder, files[i]);
		(void)unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_optimum_of_the_literature_lies_between_bound_and_plan),
	};

	return cmocka_run_group_tests(tests, open_folder, remove_folder);
}
