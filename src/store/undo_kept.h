/* What stands on rows of a batch and is no row of a register: it keeps the batch from being taken back, or goes with it. */
#ifndef ZV_STORE_UNDO_KEPT_H
#define ZV_STORE_UNDO_KEPT_H

#include "store/db/db.h"

/* ZV_E_CONFLICT that names the application, invitation, pack or account that uses a cluster or an organisation of the batch. Changes nothing. */
ZV_MUST_CHECK enum zv_code zv_undo_check_kept(struct zv_db *db, int64_t batch_id, struct zv_err *err);

/* Removes what was only reckoned about organisations of the batch. Inside the undo. */
ZV_MUST_CHECK enum zv_code zv_undo_forget_reckoned(struct zv_db *db, int64_t batch_id, struct zv_err *err);

#endif
