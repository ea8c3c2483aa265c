/* Files that came in to be imported: who sent what, for which kind and centre, under which digest it is kept (app/files.h). */
#ifndef ZV_STORE_UPLOAD_H
#define ZV_STORE_UPLOAD_H

#include "base/arena.h"
#include "store/db/db.h"

struct zv_upload {
	int64_t id;
	struct zv_str uid;
	int64_t account_id;
	int64_t centre_id; /* where new rows go */
	int64_t org_id;    /* only rows of this organisation; 0: of the whole centre */
	struct zv_str kind; /* import kind */
	struct zv_str name; /* as the sender called it */
	struct zv_str digest;
	int64_t size;
	int64_t made_ms;
	struct zv_str job_uid;   /* the last job of it: its dry run, then its application; "" */
	struct zv_str batch_uid; /* what its application wrote; "": not applied */
};

/* Inserts; fills id, uid (arena) and made_ms. All that write: inside a transaction of the caller. */
ZV_MUST_CHECK enum zv_code zv_upload_insert(struct zv_upload *upload, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

/* ZV_E_NOTFOUND. Everything is copied into `arena`. */
ZV_MUST_CHECK enum zv_code zv_upload_by_uid(struct zv_upload *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					    struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_upload_set_job(struct zv_db *db, int64_t id, struct zv_str job_uid, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_upload_set_batch(struct zv_db *db, int64_t id, struct zv_str batch_uid, struct zv_err *err);

/* Newest first, ids below `before` (0: from the newest). account_id 0: of all; centre_id -1: of all. */
ZV_MUST_CHECK enum zv_code zv_upload_page(struct zv_upload **out, size_t *n, struct zv_db *db, int64_t account_id, int64_t centre_id,
					  int64_t before, int limit, struct zv_arena *arena, struct zv_err *err);

/* Whether any upload refers to these bytes. */
ZV_MUST_CHECK enum zv_code zv_upload_uses(bool *out, struct zv_db *db, struct zv_str digest, struct zv_err *err);

#endif
