/* A quarter is taken as a problem of its own: fewer needs, the same tables of freight and verdicts. */
#include "app/lots_windows.h"

#include "app/terms.h"

enum { QUARTERS_MAX = 40 };

bool zv_lots_windows_needed(const struct zv_lots_group *group, zv_date as_of)
{
	for (size_t i = 0; i < group->problem.n_needs; i++) {
		zv_date earliest = group->problem.needs[i].earliest;

		if (earliest != ZV_DATE_NONE && earliest > as_of)
			return true;
	}
	return false;
}

void zv_lots_windows_range(int32_t *first, int32_t *last, const struct zv_lots_group *group, zv_date as_of)
{
	*first = *last = zv_quarter_of(as_of);
	for (size_t i = 0; i < group->problem.n_needs; i++) {
		const struct zv_lot_need *need = &group->problem.needs[i];
		zv_date day = need->due != ZV_DATE_NONE ? need->due : need->earliest;

		if (day != ZV_DATE_NONE && zv_quarter_of(day) > *last)
			*last = zv_quarter_of(day);
	}
	if (*last > *first + QUARTERS_MAX)
		*last = *first + QUARTERS_MAX;
}

bool zv_lots_window_open(const struct zv_lot_need *need, int32_t quarter, bool or_later)
{
	bool begun = need->earliest == ZV_DATE_NONE || zv_quarter_of(need->earliest) <= quarter || or_later;
	bool over = need->due != ZV_DATE_NONE && need->due < zv_quarter_first(quarter);

	return begun && !over;
}

/* The offer as it stands for a delivery in the quarter. */
static struct zv_lot_offer in_quarter(const struct zv_lot_offer *offer, const struct zv_snap_offer *row, const struct zv_snapshot *snapshot,
				      zv_date as_of, int32_t quarter, int64_t used)
{
	struct zv_lot_offer out = *offer;
	zv_date said;

	out.free_base = zv_terms_free(&said, snapshot, row, as_of, zv_quarter_last(quarter));
	if (out.free_base != INT64_MAX)
		out.free_base = out.free_base > used ? out.free_base - used : 0;
	if (out.ready != ZV_DATE_NONE && out.ready < zv_quarter_first(quarter))
		out.ready = zv_quarter_first(quarter);
	return out;
}

void zv_lots_window_build(struct zv_lots_window *out, const struct zv_lots_group *whole, const struct zv_snapshot *snapshot, zv_date as_of,
			  int32_t quarter, const bool *gone, const int64_t *used, struct zv_arena *arena)
{
	const struct zv_lot_problem *p = &whole->problem;
	struct zv_lot_need *needs = ZV_ARENA_ARRAY(arena, struct zv_lot_need, p->n_needs + 1);
	struct zv_lot_offer *offers = ZV_ARENA_ARRAY(arena, struct zv_lot_offer, p->n_offers + 1);
	int32_t *rows = ZV_ARENA_ARRAY(arena, int32_t, p->n_needs + 1);
	size_t *need_of = ZV_ARENA_ARRAY(arena, size_t, p->n_needs + 1);
	size_t n = 0;

	for (size_t i = 0; i < p->n_needs; i++) {
		if (gone[i] || !zv_lots_window_open(&p->needs[i], quarter, false))
			continue;
		needs[n] = p->needs[i];
		rows[n] = whole->needs[i];
		need_of[n++] = i;
	}
	for (size_t k = 0; k < p->n_offers; k++)
		offers[k] = in_quarter(&p->offers[k], &snapshot->offers[whole->offers[k]], snapshot, as_of, quarter, used[k]);
	out->group = *whole;
	out->group.needs = rows;
	out->group.problem.needs = needs;
	out->group.problem.n_needs = n;
	out->group.problem.offers = offers;
	out->need_of = need_of;
}
