/* Amounts, the best set and the budget form on cases that a person can follow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/rules/amount.h"

enum { RUB = 100 };
static const int64_t NONE = INT64_MAX;
static const int64_t ALL = 1000000;

static struct zv_support_measure share(int64_t percent, int64_t cap, uint64_t lines)
{
	return (struct zv_support_measure){.fixed_kop = -1, .share_ppm = percent * 10000, .cap_kop = cap, .lines = lines};
}

static struct zv_support_best solve(const struct zv_support_measure *measures, int n, const struct zv_support_line *lines, int n_lines, int64_t ceiling)
{
	struct zv_support_problem p = {.measures = measures, .n_measures = n, .lines = lines, .n_lines = n_lines, .total_max_ppm = ceiling};
	struct zv_support_best best;
	const char *why = NULL;

	assert_int_equal(zv_support_best(&best, &p, 0, NULL), ZV_OK);
	if (!zv_support_check(&p, &best, &why))
		fail_msg("%s", why);
	assert_true(best.proved);
	return best;
}

static void half_of_a_start_batch_is_paid_up_to_what_is_left(void **state)
{
	struct zv_support_line line = {150000 * RUB, ALL};
	struct zv_support_measure m = share(50, NONE, 1);

	(void)state;
	assert_int_equal(solve(&m, 1, &line, 1, ALL).total_kop, 75000 * RUB);
	m.cap_kop = 10000 * RUB; /* the rest of the limit is spent */
	assert_int_equal(solve(&m, 1, &line, 1, ALL).total_kop, 10000 * RUB);
	m.cap_kop = 0;
	assert_int_equal(solve(&m, 1, &line, 1, ALL).chosen, 0);
}

static void a_line_is_paid_once_and_by_the_one_for_whom_it_matters(void **state)
{
	struct zv_support_line lines[] = {{100 * RUB, ALL}, {100 * RUB, ALL}};
	struct zv_support_measure m[] = {share(80, 80 * RUB, 3), share(70, NONE, 1)};
	struct zv_support_best best;

	(void)state;
	best = solve(m, 2, lines, 2, ALL);
	assert_int_equal(best.total_kop, 150 * RUB);
	assert_int_equal(best.payer[0], 1);
	assert_int_equal(best.payer[1], 0);
}

static void the_intensity_of_a_line_bounds_every_share(void **state)
{
	struct zv_support_line line = {1001, 300000};
	struct zv_support_measure m = share(80, NONE, 1);

	(void)state;
	assert_int_equal(solve(&m, 1, &line, 1, ALL).total_kop, 300); /* 300.3 kopecks round down */
}

static void a_group_and_a_name_exclude(void **state)
{
	struct zv_support_line lines[] = {{100 * RUB, ALL}, {100 * RUB, ALL}, {100 * RUB, ALL}};
	struct zv_support_measure m[] = {share(50, NONE, 1), share(40, NONE, 2), share(45, NONE, 4)};

	(void)state;
	assert_int_equal(solve(m, 3, lines, 3, ALL).total_kop, 135 * RUB);
	m[0].groups = m[1].groups = 1;
	assert_int_equal(solve(m, 3, lines, 3, ALL).chosen, 5);
	m[2].excludes = 1; /* one side is enough */
	assert_int_equal(solve(m, 3, lines, 3, ALL).chosen, 6);
}

static void the_ceiling_of_all_support_cuts_the_later_measure(void **state)
{
	struct zv_support_line lines[] = {{100 * RUB, ALL}, {100 * RUB, ALL}};
	struct zv_support_measure m[] = {share(50, NONE, 1), share(40, NONE, 2)};
	struct zv_support_best best = {0};

	(void)state;
	best = solve(m, 2, lines, 2, 350000);
	assert_int_equal(best.total_kop, 70 * RUB);
	assert_int_equal(best.paid_kop[0], 50 * RUB);
	assert_int_equal(best.paid_kop[1], 20 * RUB);
}

static void among_equals_the_fewest_and_earliest_are_chosen(void **state)
{
	struct zv_support_line lines[] = {{100 * RUB, ALL}, {100 * RUB, ALL}};
	struct zv_support_measure m[] = {share(50, NONE, 1), share(50, NONE, 2), share(50, NONE, 3), share(50, NONE, 3)};

	(void)state;
	assert_int_equal(solve(m, 4, lines, 2, ALL).chosen, 4);
}

static void what_cannot_be_is_refused(void **state)
{
	struct zv_support_line line = {-1, ALL};
	struct zv_support_measure m = share(50, NONE, 1);
	struct zv_support_problem p = {.measures = &m, .n_measures = 1, .lines = &line, .n_lines = 1, .total_max_ppm = ALL};
	struct zv_support_best best;
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_support_best(&best, &p, 0, &err), ZV_E_INVALID);
	assert_string_equal(err.field, "lines");
	line.cost_kop = 1;
	m.share_ppm = ALL + 1;
	assert_int_equal(zv_support_best(&best, &p, 0, &err), ZV_E_INVALID);
	p.n_measures = ZV_SUPPORT_MEASURES_MAX + 1;
	assert_int_equal(zv_support_best(&best, &p, 0, &err), ZV_E_LIMIT);
}

/* A search that ends at its limit says so, and its bound holds. */
static void what_is_not_proved_is_said(void **state)
{
	struct zv_support_line lines[20];
	struct zv_support_measure m[8];
	struct zv_support_problem p = {.measures = m, .n_measures = 8, .lines = lines, .n_lines = 20, .total_max_ppm = ALL};
	struct zv_support_best best, full;
	const char *why;

	(void)state;
	for (int i = 0; i < 20; i++)
		lines[i] = (struct zv_support_line){1000000 + i * 77773, ALL};
	for (int i = 0; i < 8; i++)
		m[i] = share(50 + i, 1100000 + i * 31337, 0xfffff);
	assert_int_equal(zv_support_best(&best, &p, 3, NULL), ZV_OK);
	assert_true(zv_support_check(&p, &best, &why));
	assert_int_equal(zv_support_best(&full, &p, 0, NULL), ZV_OK);
	assert_true(best.bound_kop >= full.total_kop);
	assert_true(best.proved == (best.bound_kop == best.total_kop));
}

static void the_checker_finds_what_is_wrong(void **state)
{
	struct zv_support_line lines[] = {{100 * RUB, ALL}, {100 * RUB, ALL}};
	struct zv_support_measure m[] = {share(50, NONE, 1), share(40, NONE, 2)};
	struct zv_support_problem p = {.measures = m, .n_measures = 2, .lines = lines, .n_lines = 2, .total_max_ppm = ALL};
	struct zv_support_best best, bad;
	const char *why;

	(void)state;
	assert_int_equal(zv_support_best(&best, &p, 0, NULL), ZV_OK);
	bad = best;
	bad.payer[0] = 1;
	assert_false(zv_support_check(&p, &bad, &why));
	assert_string_equal(why, "a line is paid by a measure for which it is not eligible");
	bad = best;
	bad.total_kop++;
	assert_false(zv_support_check(&p, &bad, &why));
	bad = best;
	bad.paid_kop[0]++;
	assert_false(zv_support_check(&p, &bad, &why));
	m[0].groups = m[1].groups = 8;
	assert_false(zv_support_check(&p, &best, &why));
	assert_string_equal(why, "two measures are chosen that exclude each other");
}

/* Wages at most 70 % of the grant, overheads at most all of the wages, equipment at least 40 %. */
static void a_budget_form_names_the_line_that_is_too_large(void **state)
{
	static const struct zv_budget_category c[] = {{700000, -1, -1}, {1000000, -1, 0}, {-1, 400000, -1}};
	int64_t sums[] = {3000, 3000, 4000};
	struct zv_budget_fault faults[3];

	(void)state;
	assert_int_equal(zv_budget_check(faults, c, sums, 3), 0);
	sums[1] = 3001;
	assert_int_equal(zv_budget_check(faults, c, sums, 3), 2);
	assert_int_equal(faults[0].category, 1);
	assert_int_equal(faults[0].kind, ZV_BUDGET_ABOVE);
	assert_int_equal(faults[0].limit_kop, 3000);
	assert_int_equal(faults[1].category, 2);
	assert_int_equal(faults[1].kind, ZV_BUDGET_BELOW);
	assert_int_equal(faults[1].limit_kop, 4001); /* 4000.4 round up: less would not do */
	sums[0] = -1;
	assert_int_equal(zv_budget_check(faults, c, sums, 3), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(half_of_a_start_batch_is_paid_up_to_what_is_left),
		cmocka_unit_test(a_line_is_paid_once_and_by_the_one_for_whom_it_matters),
		cmocka_unit_test(the_intensity_of_a_line_bounds_every_share),
		cmocka_unit_test(a_group_and_a_name_exclude),
		cmocka_unit_test(the_ceiling_of_all_support_cuts_the_later_measure),
		cmocka_unit_test(among_equals_the_fewest_and_earliest_are_chosen),
		cmocka_unit_test(what_cannot_be_is_refused),
		cmocka_unit_test(what_is_not_proved_is_said),
		cmocka_unit_test(the_checker_finds_what_is_wrong),
		cmocka_unit_test(a_budget_form_names_the_line_that_is_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
