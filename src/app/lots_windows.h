/* Delivery windows (A1): needs share a lot only when one quarter suits all of them. Without “not before” days every quarter does. */
#ifndef ZV_APP_LOTS_WINDOWS_H
#define ZV_APP_LOTS_WINDOWS_H

#include "app/lots_problem.h"

/* True when a need of the group may not be delivered before some day, so that quarters must be told apart. */
bool zv_lots_windows_needed(const struct zv_lots_group *group, zv_date as_of);

/* The quarters worth trying: from the as-of day to the last day that a need names, at most ten years. */
void zv_lots_windows_range(int32_t *first, int32_t *last, const struct zv_lots_group *group, zv_date as_of);

/* True when the need may be delivered in the quarter or a later one. */
bool zv_lots_window_open(const struct zv_lot_need *need, int32_t quarter, bool or_later);

/*
 * The group in one quarter: needs that are not gone and may be delivered in it; offers with the capacity stated until its end
 * less `used`. need_of[i] is the index in the whole group of the i-th need. Everything lives in the arena.
 */
struct zv_lots_window {
	struct zv_lots_group group;
	const size_t *need_of;
};

void zv_lots_window_build(struct zv_lots_window *out, const struct zv_lots_group *whole, const struct zv_snapshot *snapshot, zv_date as_of,
			  int32_t quarter, const bool *gone, const int64_t *used, struct zv_arena *arena);

#endif
