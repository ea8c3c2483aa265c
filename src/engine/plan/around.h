/* A part around an order, solved by the exact kernel and put back when it is better. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_AROUND_H
#define ZV_ENGINE_PLAN_AROUND_H

#include "base/rng.h"
#include "engine/plan/dual.h"
#include "engine/plan/kernel.h"
#include "engine/plan/place.h"

struct plan_around {
	struct plan_place *place;
	const struct plan_dual *dual;
	struct zv_rng *rng;
	uint32_t arcs_max; /* of a part */
	int nodes_max;
	ZV_VEC(uint32_t) slots;
	ZV_VEC(uint32_t) needs;
	ZV_VEC(uint32_t) outer;  /* the needs' numbers in the problem */
	ZV_VEC(int64_t) left;
	ZV_VEC(struct plan_kernel_arc) arcs;
	ZV_VEC(uint32_t) pairs;  /* of the arcs */
	ZV_VEC(int64_t) flow;
	ZV_VEC(struct plan_kernel_slot) part_slots;
	ZV_VEC(int64_t) left_uh;
	ZV_VEC(int32_t) tier;
	uint32_t *slot_stamp, *need_stamp, *need_at;
	uint32_t now;
};

void plan_around_open(struct plan_around *around, struct plan_place *place, const struct plan_dual *dual, struct zv_rng *rng);
void plan_around_close(struct plan_around *around);

/* One part around a slot. Roubles saved. ZV_E_LIMIT never: the part is cut to what the kernel takes. */
double plan_around_slot(struct plan_around *around, uint32_t slot);

/* Open, or launched now and then by the prices. */
bool plan_around_is_promising(const struct plan_around *around, uint32_t slot);

#endif
