/* Stores a run of lots with its links, and forgets the one before. */
#ifndef ZV_APP_LOTS_KEEP_H
#define ZV_APP_LOTS_KEEP_H

#include "app/lots_run.h"
#include "base/vec.h"
#include "store/id.h"
#include "store/lots.h"

/* Rows to be stored. links.p[i].lot_id is the index of its lot in `lots` until the lots have ids. */
struct zv_lots_kept {
	ZV_VEC(struct zv_lot_row) lots;
	ZV_VEC(struct zv_lot_need_row) links;
	ZV_VEC(struct zv_lot_miss_row) misses;
};

void zv_lots_kept_done(struct zv_lots_kept *kept);

/* One transaction, one batch. A lot of the same item at the same offer has the same uid in every run. Fills run_uid and the uids of the lots in *result (in the arena). */
ZV_MUST_CHECK enum zv_code zv_lots_keep(struct zv_lots_result *result, struct zv_db *db, struct zv_lots_kept *kept, const char *actor,
					struct zv_arena *arena, struct zv_err *err);

#endif
