/* The table of what needs a second person. */
#ifndef ZV_STORE_APPROVAL_H
#define ZV_STORE_APPROVAL_H

#include "base/arena.h"
#include "store/db/db.h"

struct zv_approval_row {
	int64_t id;
	struct zv_str uid;
	struct zv_str action, subject, params;
	int64_t centre_id;
	int state; /* 1 asked, 2 approved and done, 3 refused, 4 withdrawn */
	int64_t asked_by, decided_by; /* accounts; decided_by 0: nobody yet */
	int64_t asked_ms, decided_ms;
	struct zv_str note;
	/* Read only. */
	struct zv_str asked_name, decided_name, centre;
};

/* Inserts; fills id and uid. Inside the caller's transaction, as all that write. */
ZV_MUST_CHECK enum zv_code zv_approval_insert(struct zv_db *db, struct zv_approval_row *row, struct zv_arena *arena, struct zv_err *err);

/* ZV_E_CONFLICT: it is decided already, or (a check of the schema) by who asked. */
ZV_MUST_CHECK enum zv_code zv_approval_set(struct zv_db *db, int64_t id, int state, int64_t by, struct zv_str note, struct zv_err *err);

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_approval_by_uid(struct zv_approval_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					      struct zv_err *err);

/* The one that is asked for the same; ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_approval_same(struct zv_approval_row *out, struct zv_db *db, struct zv_str action, struct zv_str subject,
					    struct zv_arena *arena, struct zv_err *err);

/* Of a centre (-1: of all) and of what account `account_id` asked for (0: only the centre's), newest first. */
ZV_MUST_CHECK enum zv_code zv_approval_page(struct zv_approval_row **out, size_t *n, struct zv_db *db, int64_t centre_id, int64_t account_id,
					    bool open_only, int64_t offset, int64_t limit, struct zv_arena *arena, struct zv_err *err);

#endif
