/*
 * What a server keeps to know who asks: settings, pools, limits of guessing, sessions seen lately. One object a process; every function may be called
 * from any thread.
 */
#ifndef ZV_AUTH_AUTH_H
#define ZV_AUTH_AUTH_H

#include "auth/password.h"
#include "auth/pool.h"
#include "auth/session.h"
#include "auth/throttle.h"
#include "auth/who.h"
#include "base/arena.h"
#include "store/account.h"

struct zv_auth;

struct zv_auth_options {
	const char *providers_file; /* identity providers (docs/admin/accounts.md); NULL: the setting "oidc.file", or none */
	bool insecure_providers;    /* http is allowed to loopback: tests */
};

/*
 * Reads the settings, checks them, starts the pools. ZV_E_INVALID names the setting at fault. `db` is only used inside.
 */
ZV_MUST_CHECK enum zv_code zv_auth_start(struct zv_auth **out, struct zv_db *db, const struct zv_auth_options *options, struct zv_err *err);
void zv_auth_stop(struct zv_auth *auth); /* NULL is allowed; the pools finish what they have */

struct zv_identity {
	struct zv_who who;     /* strings in the arena */
	const char *lang;      /* "ru" or "en"; NULL: as the request says */
	struct zv_str session; /* the token out of the cookie, borrowed from the field: unsafe methods need its CSRF token; empty without a session */
	int64_t ends_ms;       /* of the session or token as things stand; 0: nobody has signed in */
	bool totp;             /* the account has a second factor */
	bool refused;          /* credentials came that are none (any more): for a token 401; a session's cookie may be taken away */
};

/*
 * Who asks, by the Cookie and Authorization fields (either may be empty). Nobody known is no failure: `who` is then the public. Costs a look into a
 * table in memory, or one indexed look-up when that is older than two seconds; a session that was ended in this process is gone at once
 * (zv_auth_settle). A token goes before a cookie.
 */
ZV_MUST_CHECK enum zv_code zv_auth_who(struct zv_identity *out, struct zv_auth *auth, struct zv_db *db, struct zv_str cookie,
				       struct zv_str authorization, struct zv_str address, struct zv_arena *arena, struct zv_err *err);

/*
 * To be called after every commit of the writer and before anybody is told of it: forgets what was remembered of accounts, sessions and tokens
 * if any was changed. Costs a load of one number otherwise.
 */
void zv_auth_settle(struct zv_auth *auth);

/* Sessions whose last use should be written (at most once a minute each): takes up to `max` of them; how many there were. */
struct zv_session_seen {
	char hash[ZV_DIGEST_HEX];
	int64_t seen_ms;
};
size_t zv_auth_seen(struct zv_session_seen *out, size_t max, struct zv_auth *auth);

/* True once in ten minutes: time to sweep what has run out. */
bool zv_auth_sweep_due(struct zv_auth *auth);

/* The grants of an account, as a session of it would have; scopes all set. Strings are the account's, the actor in `arena`. */
void zv_who_of_account(struct zv_who *out, const struct zv_account *account, struct zv_arena *arena);

/* What a password's hash costs by the settings "auth.memory_kib" and "auth.passes". ZV_E_INVALID names the one at fault. */
ZV_MUST_CHECK enum zv_code zv_auth_cost_load(struct zv_password_cost *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

const struct zv_session_rule *zv_auth_session_rule(const struct zv_auth *auth);
const struct zv_password_cost *zv_auth_cost(const struct zv_auth *auth);
struct zv_throttle *zv_auth_throttle(struct zv_auth *auth);
struct zv_pool *zv_auth_hash_pool(struct zv_auth *auth);    /* two threads: Argon2id and nothing else */
struct zv_pool *zv_auth_outside_pool(struct zv_auth *auth); /* four threads: providers, however slow they are */
struct zv_oidc *zv_auth_oidc(struct zv_auth *auth);         /* NULL: no provider is set up */

#endif
