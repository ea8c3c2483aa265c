/* Sessions and tokens of programs as they are stored: under the hash of their secret (auth/secret.h). */
#ifndef ZV_STORE_SESSION_H
#define ZV_STORE_SESSION_H

#include "store/account.h"

struct zv_session {
	struct zv_str hash;
	struct zv_str uid;
	int64_t account_id;
	int64_t created_ms, seen_ms, ends_ms;
	struct zv_str address, agent;
};

/* ZV_E_NOTFOUND when there is none. One indexed look-up. Whether it has run out is the caller's to see. */
ZV_MUST_CHECK enum zv_code zv_session_by_hash(struct zv_session *out, struct zv_db *db, struct zv_str hash, struct zv_arena *arena,
					      struct zv_err *err);

/* Those of an account, the one seen last first. */
ZV_MUST_CHECK enum zv_code zv_sessions_of(struct zv_session **out, size_t *n, struct zv_db *db, int64_t account_id, struct zv_arena *arena,
					  struct zv_err *err);

/* In a transaction of the caller, as all below. Fills uid (arena). */
ZV_MUST_CHECK enum zv_code zv_session_insert(struct zv_db *db, struct zv_session *session, struct zv_arena *arena, struct zv_err *err);

/* Later than what is stored; nothing when the session is gone. */
ZV_MUST_CHECK enum zv_code zv_session_put_seen(struct zv_db *db, struct zv_str hash, int64_t seen_ms, struct zv_err *err);

/* *n tells how many went. Those of one account; `except` (a uid, may be empty) stays. */
ZV_MUST_CHECK enum zv_code zv_session_end(int64_t *n, struct zv_db *db, int64_t account_id, struct zv_str uid, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_sessions_end(int64_t *n, struct zv_db *db, int64_t account_id, struct zv_str except, struct zv_err *err);

/* Those that have run out or were idle for `idle_ms`; and of an account the ones seen longest ago, so that `keep` are left. */
ZV_MUST_CHECK enum zv_code zv_sessions_sweep(struct zv_db *db, int64_t now_ms, int64_t idle_ms, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_sessions_trim(struct zv_db *db, int64_t account_id, int keep, struct zv_err *err);

/* --- tokens of programs -------------------------------------------------------------------------------------------------- */

struct zv_api_token {
	int64_t id;
	struct zv_str uid;
	int64_t account_id;
	struct zv_str name;
	struct zv_str hash;
	struct zv_str scopes;
	int64_t centre_id; /* -1: wherever the account may */
	int64_t created_ms, ends_ms;
	int64_t revoked_ms; /* 0: in use */
};

ZV_MUST_CHECK enum zv_code zv_api_token_by_hash(struct zv_api_token *out, struct zv_db *db, struct zv_str hash, struct zv_arena *arena,
						struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_api_tokens_of(struct zv_api_token **out, size_t *n, struct zv_db *db, int64_t account_id,
					    struct zv_arena *arena, struct zv_err *err);
/* Fills id, uid and created_ms. */
ZV_MUST_CHECK enum zv_code zv_api_token_insert(struct zv_db *db, struct zv_api_token *token, struct zv_arena *arena, struct zv_err *err);
/* ZV_E_NOTFOUND when the account has no such token in use. */
ZV_MUST_CHECK enum zv_code zv_api_token_revoke(struct zv_db *db, int64_t account_id, struct zv_str uid, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_api_tokens_revoke(int64_t *n, struct zv_db *db, int64_t account_id, struct zv_err *err);

/*
 * Counts up with every change of an account, session or token through this process, before it is committed: who remembers any of them
 * looks here (auth/auth.h).
 */
uint64_t zv_session_changes(void);
void zv_session_changed(void);

#endif
