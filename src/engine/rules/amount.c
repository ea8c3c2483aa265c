/* What a measure pays, and the checker of a choice: by the definition in amount.h, sharing nothing with the search but the pay of one line. */
#include "engine/rules/amount.h"

#include "engine/rules/amount_inner.h"

static const int64_t WHOLE = 1000000;

/* All sums of one problem together stay far below the end of 64 bits. */
static const int64_t SUM_MAX = INT64_MAX / 8;

int64_t amount_part(int64_t sum_kop, int64_t ppm)
{
	return (int64_t)((zv_i128)sum_kop * ppm / WHOLE);
}

int64_t amount_line(const struct zv_support_problem *problem, int m, int l)
{
	const struct zv_support_measure *measure = &problem->measures[m];
	const struct zv_support_line *line = &problem->lines[l];

	if (measure->fixed_kop >= 0 || (measure->lines >> l & 1) == 0)
		return 0;
	return amount_part(line->cost_kop, measure->share_ppm < line->intensity_ppm ? measure->share_ppm : line->intensity_ppm);
}

bool amount_exclude(const struct zv_support_problem *problem, int a, int b)
{
	const struct zv_support_measure *x = &problem->measures[a], *y = &problem->measures[b];

	return (x->groups & y->groups) != 0 || (x->excludes >> b & 1) != 0 || (y->excludes >> a & 1) != 0;
}

int64_t amount_ceiling(const struct zv_support_problem *problem)
{
	int64_t sum = 0;

	if (problem->total_max_ppm >= WHOLE)
		return INT64_MAX;
	for (int l = 0; l < problem->n_lines; l++)
		sum += problem->lines[l].cost_kop;
	return amount_part(sum, problem->total_max_ppm);
}

static bool is_part(int64_t ppm)
{
	return ppm >= 0 && ppm <= WHOLE;
}

enum zv_code amount_valid(const struct zv_support_problem *problem, struct zv_err *err)
{
	int64_t sum = 0;

	if (problem->n_measures > ZV_SUPPORT_MEASURES_MAX)
		return zv_fail(err, ZV_E_LIMIT, "measures", N_("The best set is chosen out of %d measures at most; there are %d."), ZV_SUPPORT_MEASURES_MAX,
			       problem->n_measures);
	if (problem->n_lines > ZV_SUPPORT_LINES_MAX)
		return zv_fail(err, ZV_E_LIMIT, "lines", N_("The best set is chosen for %d cost lines at most; there are %d. Put lines of one category together."),
			       ZV_SUPPORT_LINES_MAX, problem->n_lines);
	if (!is_part(problem->total_max_ppm))
		return zv_fail(err, ZV_E_INVALID, "total", N_("The ceiling of all support must be between 0 and 100 %% of the costs."));
	for (int l = 0; l < problem->n_lines; l++) {
		const struct zv_support_line *line = &problem->lines[l];

		if (line->cost_kop < 0 || !is_part(line->intensity_ppm) || line->cost_kop > SUM_MAX - sum)
			return zv_fail(err, ZV_E_INVALID, "lines", N_("Cost line %d: a sum must not be below zero or too large, an intensity at most 100 %%."),
				       l + 1);
		sum += line->cost_kop;
	}
	for (int m = 0; m < problem->n_measures; m++) {
		const struct zv_support_measure *measure = &problem->measures[m];

		if (measure->cap_kop < 0 || measure->fixed_kop < -1 || (measure->fixed_kop < 0 && !is_part(measure->share_ppm)) ||
		    measure->fixed_kop > SUM_MAX / ZV_SUPPORT_MEASURES_MAX)
			return zv_fail(err, ZV_E_INVALID, "measures", N_("Measure %d: its cap, sum and share must not be below zero or too large, the share at most 100 %%."),
				       m + 1);
	}
	return ZV_OK;
}

/* What measure m pays with these payers. */
static int64_t pays(const struct zv_support_problem *problem, const struct zv_support_best *best, int m)
{
	const struct zv_support_measure *measure = &problem->measures[m];
	int64_t sum = measure->fixed_kop >= 0 ? measure->fixed_kop : 0;

	for (int l = 0; l < problem->n_lines; l++)
		if (best->payer[l] == m)
			sum += amount_line(problem, m, l);
	return sum < measure->cap_kop ? sum : measure->cap_kop;
}

static const char *bad_lines(const struct zv_support_problem *problem, const struct zv_support_best *best)
{
	for (int l = 0; l < problem->n_lines; l++) {
		int m = best->payer[l];

		if (m >= problem->n_measures || m < -1)
			return "a line is paid by a measure that is not there";
		if (m >= 0 && (best->chosen >> m & 1) == 0)
			return "a line is paid by a measure that is not chosen";
		if (m >= 0 && (problem->measures[m].fixed_kop >= 0 || (problem->measures[m].lines >> l & 1) == 0))
			return "a line is paid by a measure for which it is not eligible";
	}
	return NULL;
}

static const char *bad_set(const struct zv_support_problem *problem, const struct zv_support_best *best)
{
	if (problem->n_measures < 32 && best->chosen >> problem->n_measures != 0)
		return "a measure is chosen that is not there";
	for (int a = 0; a < problem->n_measures; a++)
		for (int b = 0; b < a; b++)
			if ((best->chosen >> a & 1) != 0 && (best->chosen >> b & 1) != 0 && amount_exclude(problem, a, b))
				return "two measures are chosen that exclude each other";
	return NULL;
}

bool zv_support_check(const struct zv_support_problem *problem, const struct zv_support_best *best, const char **why)
{
	int64_t total = 0, could = 0, ceiling = amount_ceiling(problem);

	*why = bad_set(problem, best);
	if (*why == NULL)
		*why = bad_lines(problem, best);
	if (*why != NULL)
		return false;
	for (int m = 0; m < problem->n_measures; m++) {
		int64_t most = pays(problem, best, m);

		if (best->paid_kop[m] < 0 || best->paid_kop[m] > most || (best->paid_kop[m] > 0) != ((best->chosen >> m & 1) != 0)) {
			*why = "a measure pays more than it can, or is chosen and pays nothing";
			return false;
		}
		total += best->paid_kop[m];
		could += (best->chosen >> m & 1) != 0 ? most : 0;
	}
	if (total != best->total_kop || total > ceiling || total != (could < ceiling ? could : ceiling))
		*why = "the total is not the sum of what is paid, or above the ceiling";
	else if (best->bound_kop < total || (best->proved && best->bound_kop != total))
		*why = "the bound is below the total, or not the total though it is called proved";
	return *why == NULL;
}
