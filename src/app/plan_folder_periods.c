/* Which number the files of a plan folder begin to count periods with; then all periods count from 0, and hours lie by resource and period. */
#include <stdlib.h>

#include "app/plan_folder_inner.h"

enum { CELLS_MAX = 20000000 };

/*
 * What meta.csv says. Else 0 where a file names period 0 or one below; else 1 where resources.csv begins with 1, or where another file names the period that is
 * the last one when they count from 1.
 */
static int32_t first_period(const struct folder *f)
{
	int32_t smallest = FOLDER_ALWAYS_UNTIL, largest = FOLDER_ALWAYS_FROM;

	if (f->first_given)
		return f->out->problem.first_period;
	for (size_t i = 0; i < f->hours.n; i++) {
		smallest = f->hours.p[i].period < smallest ? f->hours.p[i].period : smallest;
		largest = f->hours.p[i].period > largest ? f->hours.p[i].period : largest;
	}
	if (smallest == 1 && largest == f->periods)
		return 1;
	if (smallest <= 0 || f->named_min <= 0)
		return 0;
	return smallest == 1 || f->named_max >= f->periods;
}

static enum zv_code place_hours(struct folder *f)
{
	struct zv_plan_problem *p = &f->out->problem;
	const size_t cells = p->n_resources * (size_t)p->n_periods;
	int64_t *capacity;

	if (cells > CELLS_MAX)
		return zv_fail(f->err, ZV_E_LIMIT, "resources.csv", N_("%s: more than %d resources times periods."), "resources.csv", CELLS_MAX);
	capacity = zv_calloc(cells + 1, sizeof(*capacity));
	p->capacity_uh = capacity;
	for (size_t i = 0; i < f->hours.n; i++) {
		const struct folder_hours *row = &f->hours.p[i];

		if (row->period < p->first_period || row->period >= p->first_period + p->n_periods)
			return zv_fail(f->err, ZV_E_INVALID, "period", N_("%s, line %u, column %s: “%d” is outside the periods of meta.csv, %d … %d."), "resources.csv", row->line,
				       "period", row->period, p->first_period, p->first_period + p->n_periods - 1);
		capacity[row->resource * (size_t)p->n_periods + (size_t)(row->period - p->first_period)] = row->capacity;
	}
	if (cells > f->hours.n)
		folder_warn(f, N_("resources.csv: %zu resources and periods have no row; they have no hours."), cells - f->hours.n);
	return ZV_OK;
}

/* The arrays are const for the readers of a problem. */
#define OWN(type, array) ((type *)(uintptr_t)(array))

enum zv_code folder_count_periods(struct folder *f)
{
	struct zv_plan_problem *p = &f->out->problem;
	struct zv_plan_offer *offers = OWN(struct zv_plan_offer, p->offers);
	struct zv_plan_need *needs = OWN(struct zv_plan_need, p->needs);
	struct zv_plan_commitment *commitments = OWN(struct zv_plan_commitment, p->commitments);
	const int32_t first = first_period(f);

	p->first_period = first;
	for (uint32_t k = 0; k < p->n_offers; k++) {
		const bool since_ever = offers[k].from == FOLDER_ALWAYS_FROM, for_ever = offers[k].until == FOLDER_ALWAYS_UNTIL;
		const int32_t from = since_ever ? 0 : offers[k].from - first, until = for_ever ? p->n_periods - 1 : offers[k].until - first;

		offers[k].from = since_ever && until < from ? until : from;
		offers[k].until = for_ever && until < from ? from : until;
	}
	for (uint32_t i = 0; i < p->n_needs; i++) {
		needs[i].earliest -= first;
		needs[i].due -= first;
	}
	for (uint32_t i = 0; i < p->n_commitments; i++)
		commitments[i].period -= first;
	return place_hours(f);
}
