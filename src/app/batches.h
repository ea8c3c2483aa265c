/* What was imported and done, newest first, and taking a batch back as one action. */
#ifndef ZV_APP_BATCHES_H
#define ZV_APP_BATCHES_H

#include "store/batch.h"

struct zv_batches_undone {
	struct zv_str uid, kind, source; /* in the arena */
	int64_t removed, restored;
};

/* `name`: uid, number or "last". Everything in one transaction; ZV_E_CONFLICT names what stands on the batch. */
ZV_MUST_CHECK enum zv_code zv_batches_undo(struct zv_batches_undone *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena,
					   struct zv_err *err);

/* When it was taken back; 0: it stands. */
ZV_MUST_CHECK enum zv_code zv_batches_undone_ms(int64_t *out, struct zv_db *db, const struct zv_batch *batch, struct zv_arena *arena,
						struct zv_err *err);

/* The batch of a value, by its number. */
ZV_MUST_CHECK enum zv_code zv_batches_of(struct zv_batch *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err);

/* The newest `limit` batches. */
ZV_MUST_CHECK enum zv_code zv_batches_each(struct zv_db *db, int64_t limit, bool (*each)(void *context, const struct zv_batch *batch),
					   void *context, struct zv_err *err);

#endif
