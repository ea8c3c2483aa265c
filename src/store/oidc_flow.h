/* Sign-ins at a provider that are under way: each is taken once, within ten minutes. */
#ifndef ZV_STORE_OIDC_FLOW_H
#define ZV_STORE_OIDC_FLOW_H

#include "base/arena.h"
#include "store/db/db.h"

struct zv_flow {
	struct zv_str state_hash;
	struct zv_str provider;
	struct zv_str nonce, verifier, return_to;
	int64_t ends_ms;
};

/* In a transaction of the caller, as all here. */
ZV_MUST_CHECK enum zv_code zv_flow_insert(struct zv_db *db, const struct zv_flow *flow, struct zv_err *err);

/* Those that have run out go. */
ZV_MUST_CHECK enum zv_code zv_flow_sweep(struct zv_db *db, int64_t now_ms, struct zv_err *err);

/* Takes it out. ZV_E_NOTFOUND when there is none, or not any more. */
ZV_MUST_CHECK enum zv_code zv_flow_take(struct zv_flow *out, struct zv_db *db, struct zv_str state_hash, int64_t now_ms, struct zv_arena *arena,
					struct zv_err *err);

#endif
