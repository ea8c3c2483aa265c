/* Answers kept for a day under the key that the client gave its request (Idempotency-Key): the same request again gets the same answer. */
#ifndef ZV_STORE_IDEMPOTENCY_H
#define ZV_STORE_IDEMPOTENCY_H

#include "base/arena.h"
#include "base/hash.h"
#include "store/db/db.h"

struct zv_kept_answer {
	struct zv_str key;    /* digest over account, method, target and the client's key */
	struct zv_str digest; /* of the request's body */
	int status;
	struct zv_str etag, location, body;
};

/* ZV_E_NOTFOUND when there is none, or it is older than a day. Everything is copied into `arena`. */
ZV_MUST_CHECK enum zv_code zv_kept_answer_find(struct zv_kept_answer *out, struct zv_db *db, struct zv_str key, int64_t now_ms,
					       struct zv_arena *arena, struct zv_err *err);

/* In the transaction of what it answers. Takes the place of one that is too old; each time some of those go. */
ZV_MUST_CHECK enum zv_code zv_kept_answer_add(struct zv_db *db, const struct zv_kept_answer *answer, int64_t now_ms, struct zv_err *err);

#endif
