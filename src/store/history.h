/* The inside of provenance, for the files of the store: rows of the table fact. */
#ifndef ZV_STORE_HISTORY_H
#define ZV_STORE_HISTORY_H

#include "store/register.h"

/* Gives the values that `batch_id` replaced in one row back to it; what the batch said stays as history marked undone. */
ZV_MUST_CHECK enum zv_code zv_history_restore(struct zv_db *db, const struct zv_register *reg, int64_t row_id, int64_t batch_id,
					      struct zv_arena *arena, struct zv_err *err);

#endif
