/* A whole small problem as one part of the exact kernel. Inside engine/plan. */
#ifndef ZV_ENGINE_PLAN_WHOLE_H
#define ZV_ENGINE_PLAN_WHOLE_H

#include "engine/plan/arcs.h"
#include "engine/plan/kernel.h"

/* Slots and needs as in the arcs, arcs by slot. Starts with everything closed but what is signed. */
struct plan_whole {
	struct plan_kernel_part part;
	struct plan_kernel_slot *slots;
	struct plan_kernel_arc *arcs;
	struct plan_kernel_signed *kept;
	struct plan_kernel_share *shares;
	int64_t *left_uh;
	int32_t *tier;
	int64_t *flow;
	uint32_t *pair; /* of the arcs, by arc */
};
void plan_whole_open(struct plan_whole *out, const struct plan_arcs *arcs);
void plan_whole_done(struct plan_whole *whole);

#endif
