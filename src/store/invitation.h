/* The table of invitations to clusters. */
#ifndef ZV_STORE_INVITATION_H
#define ZV_STORE_INVITATION_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

enum {
	ZV_INVITATION_ROW_PROPOSED = 1, ZV_INVITATION_ROW_SENT, ZV_INVITATION_ROW_YES, ZV_INVITATION_ROW_NO, ZV_INVITATION_ROW_JOINED,
	ZV_INVITATION_ROW_WITHDRAWN
};

struct zv_invitation_row {
	int64_t id;
	struct zv_str uid;
	int64_t cluster_id, org_id;
	int state;
	struct zv_str reason, letter; /* JSON */
	struct zv_str answer, made_by;
	zv_date due; /* ZV_DATE_NONE: none */
	int64_t made_ms, sent_ms, answered_ms; /* 0: not yet */
	/* Read only. */
	struct zv_str cluster_uid, org_uid, org;
};

/* Inserts, proposed; fills id and uid. ZV_E_CONFLICT: it was invited already. Inside the caller's transaction, as all that write. */
ZV_MUST_CHECK enum zv_code zv_invitation_insert(struct zv_db *db, struct zv_invitation_row *row, struct zv_arena *arena, struct zv_err *err);

/* Everything that may change: state, reason, letter, answer, due, sent and answered, if the row is still in state `was`: ZV_E_CONFLICT otherwise. */
ZV_MUST_CHECK enum zv_code zv_invitation_update(struct zv_db *db, const struct zv_invitation_row *row, int was, struct zv_err *err);

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_invitation_by_uid(struct zv_invitation_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
						struct zv_err *err);

/* That of an organisation to a cluster. *found false: there is none. */
ZV_MUST_CHECK enum zv_code zv_invitation_of(bool *found, struct zv_invitation_row *out, struct zv_db *db, int64_t cluster_id, int64_t org_id,
					    struct zv_arena *arena, struct zv_err *err);

/* Of a cluster, in the order in which they were made. */
ZV_MUST_CHECK enum zv_code zv_invitation_rows(struct zv_invitation_row **out, size_t *n, struct zv_db *db, int64_t cluster_id, struct zv_arena *arena,
					      struct zv_err *err);

#endif
