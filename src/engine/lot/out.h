/* The result while it grows. */
#ifndef ZV_ENGINE_LOT_OUT_H
#define ZV_ENGINE_LOT_OUT_H

#include "base/vec.h"
#include "engine/lot/inner.h"
#include "engine/lot/split.h"

struct lot_out {
	ZV_VEC(struct zv_lot) lots;
	ZV_VEC(struct zv_lot_link) links;
	ZV_VEC(struct zv_lot_miss) misses;
	ZV_VEC(struct zv_lot_near) nears;
	ZV_VEC(struct zv_lot_who) who;
	struct zv_lot_headline headline;
};

/* Links of the needs of one position that gets share->share_base. */
ZV_MUST_CHECK enum zv_code lot_out_position(struct lot_out *out, const struct lot_world *world, size_t pos,
					    const struct zv_split_share *share, int64_t package, struct zv_err *err);

/* Puts the lot's links in order, deals out its value, counts buyers and regions. */
void lot_out_finish(struct lot_out *out, struct zv_lot *lot, const struct lot_world *world);

/* What is left over: the nearest sizes of every offer and the reason of every need (rest.c). */
ZV_MUST_CHECK enum zv_code lot_rest(struct lot_out *out, struct lot_world *world, struct zv_err *err);

/* One size of one maker as the needs left see it (view.c). Its sides are made. */
ZV_MUST_CHECK enum zv_code lot_view(struct zv_lot_view *view, struct lot_out *out, struct lot_maker *maker,
				    struct lot_world *world, int64_t size, struct zv_err *err);

/* What positions buy when each makes its own lot, with the same capacity for all together; before any lot is made (headline.c).
 */
ZV_MUST_CHECK enum zv_code lot_alone(struct zv_lot_sum *sum, struct lot_world *world, struct zv_err *err);

/* Pooled and total. The lots are made. */
ZV_MUST_CHECK enum zv_code lot_headline(struct lot_out *out, struct lot_world *world, struct zv_err *err);

/* Hands the parts over as one result. */
struct zv_lot_result *lot_out_take(struct lot_out *out, int64_t steps);
void lot_out_done(struct lot_out *out);

/* The usual package of a dimension: 1 kg, 1 L, else the base unit. */
int64_t zv_lot_package(enum zv_dim dim);

#endif
