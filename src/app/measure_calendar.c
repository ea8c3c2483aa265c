/* Windows of measures by date. */
#include <stdlib.h>
#include <string.h>

#include "app/measures.h"
#include "base/vec.h"

static bool touches(const struct zv_rules_window *window, zv_date from, zv_date to)
{
	return (from == ZV_DATE_NONE || window->to == ZV_DATE_NONE || window->to >= from) &&
	       (to == ZV_DATE_NONE || window->from == ZV_DATE_NONE || window->from <= to);
}

/* ZV_DATE_NONE is the least there is: an open beginning comes first. */
static int by_date(const void *a, const void *b)
{
	const struct zv_measure_event *x = a, *y = b;
	int ids;

	if (x->window->from != y->window->from)
		return x->window->from < y->window->from ? -1 : 1;
	if (x->window->to != y->window->to)
		return x->window->to < y->window->to ? -1 : 1;
	ids = zv_str_cmp(x->measure.rule->id, y->measure.rule->id);
	return ids != 0 ? ids : (x->window < y->window ? -1 : x->window > y->window);
}

enum zv_code zv_measure_calendar(struct zv_measure_event **out, size_t *n, zv_date *day, struct zv_db *db, const struct zv_who *who, zv_date from,
				 zv_date to, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_measures_query all = {.status = -1, .on = on};
	ZV_VEC(struct zv_measure_event) events = {0};
	struct zv_measure *measures = NULL;
	size_t n_measures = 0;
	enum zv_code code = zv_measures_list(&measures, &n_measures, day, db, who, &all, arena, err);

	for (size_t i = 0; i < n_measures && code == ZV_OK; i++) {
		const struct zv_rules_rule *rule = measures[i].rule;

		for (int w = 0; w < rule->n_windows; w++)
			if (touches(&rule->windows[w], from, to))
				zv_vec_push(&events, ((struct zv_measure_event){measures[i], &rule->windows[w]}));
	}
	if (code == ZV_OK) {
		if (events.n > 0)
			qsort(events.p, events.n, sizeof(*events.p), by_date);
		*out = ZV_ARENA_ARRAY(arena, struct zv_measure_event, events.n + 1);
		if (events.n > 0)
			memcpy(*out, events.p, events.n * sizeof(*events.p));
		*n = events.n;
	}
	zv_vec_done(&events);
	return code;
}
