/* What no plan covers more of: the bound of a problem in which nothing costs anything but what one priority leaves uncovered. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan/levels_inner.h"

/* Arcs stay what they are; only their money goes. */
static void make_free(struct plan_arcs *arcs)
{
	for (uint32_t i = 0; i < arcs->problem->n_tiers; i++) {
		arcs->tiers[i].price = 0;
		arcs->tiers[i].fixed = 0;
	}
	for (uint32_t j = 0; j < arcs->n_pairs; j++)
		arcs->pairs[j].add = 0;
	for (uint32_t i = 0; i < arcs->n_kept; i++)
		arcs->kept[i].add = 0;
}

/* A unit of this priority counts one rouble, all else nothing; inputs are worth at most what they could ever bring. */
static void set_penalties(struct plan_wide *wide, int priority)
{
	struct zv_plan_need *needs = (struct zv_plan_need *)wide->problem.needs;

	for (uint32_t i = 0; i < wide->problem.n_needs; i++) {
		if (i < wide->from->n_needs)
			needs[i].penalty = needs[i].priority == priority && wide->from->needs[i].penalty > 0 ? ZV_PLAN_UNIT : 0;
		else if (needs[i].penalty != PLAN_NODE_MAX)
			needs[i].penalty = 0; /* to be had outside, and outside costs nothing here */
	}
}

static zv_i128 uncovered_at_least(struct plan_wide *wide, int64_t iterations, const struct zv_plan_options *options)
{
	size_t hours = (size_t)wide->problem.n_resources * (size_t)wide->problem.n_periods;
	int64_t *need_price = zv_calloc((size_t)wide->problem.n_needs + 1, sizeof(*need_price));
	int64_t *hour_price = zv_calloc(hours + 1, sizeof(*hour_price));
	struct plan_ascent ascent;
	zv_i128 bound;

	plan_ascent_init(&ascent, wide);
	plan_ascent_run(&ascent, iterations, options);
	plan_ascent_prices(&ascent, need_price, hour_price);
	bound = plan_levels_bound(wide, need_price, hour_price);
	plan_ascent_done(&ascent);
	free(need_price);
	free(hour_price);
	return bound > 0 ? (bound + ZV_PLAN_UNIT - 1) / ZV_PLAN_UNIT : 0;
}

void plan_wide_level_bounds(struct plan_wide *wide, struct zv_plan_level *levels, int64_t iterations, const struct zv_plan_options *options)
{
	make_free(wide->arcs);
	for (int w = 0; w < ZV_PLAN_PRIORITIES; w++) {
		struct zv_plan_level *level = &levels[w];
		zv_i128 bound = level->qty - level->constant;

		level->bound = bound;
		if (level->qty == 0 || level->covered >= bound)
			continue;
		set_penalties(wide, w + 1);
		bound = level->qty - uncovered_at_least(wide, iterations, options);
		if (bound < level->bound)
			level->bound = bound;
	}
}
