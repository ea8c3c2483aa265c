/*
 * Whatever needs a password's hash or a provider's answer: a step on a pool (auth/pool.h) between what is read and what is written. The caller allocates
 * a struct zv_signin (in the arena of a deferred request), fills in what is marked "given" and calls one function; `done` follows exactly once, in
 * another thread, unless the function itself failed. Strings must live until then.
 */
#ifndef ZV_APP_SIGNIN_H
#define ZV_APP_SIGNIN_H

#include "app/accounts.h"
#include "app/writer.h"
#include "auth/auth.h"
#include "auth/oidc.h"
#include "base/tr.h"

struct zv_signin {
	struct zv_piece piece; /* the pool's */
	struct zv_write write; /* the writer's */

	/* given */
	struct zv_auth *auth;
	struct zv_writer *writer;
	struct zv_arena *arena; /* nobody else uses it until `done` */
	struct zv_str address, agent; /* of the client */
	const char *lang; /* of error texts */
	void (*done)(struct zv_signin *signin, enum zv_code code, const struct zv_err *err);
	void *context;

	/* comes out, for `done` */
	struct zv_session_new session; /* session.token[0] is 0 when none was opened */
	struct zv_account account;     /* whose it is */
	struct zv_str location;        /* where to send the browser */
	char cookie[256];              /* Set-Cookie of the way to a provider; "": none */
	int retry_after;               /* seconds, with ZV_E_BUSY and ZV_E_LIMIT (429) */
	const char *reason;            /* with ZV_E_DENIED: "login.wrong", "totp.needed" (errors[0].code) */

	/* inside */
	struct zv_who who;
	struct zv_str login, password, code, new_password, uid;
	struct zv_oidc_flow flow;
	struct zv_oidc_person person;
	struct zv_str code_parameter, iss;
	int64_t handed_in_us;
	bool outside; /* what was written stands, and yet the answer is no: `err` says why */
	int64_t step;
	char hash[ZV_PASSWORD_HASH]; /* of new_password, or of a password whose hash was stale */
	enum zv_code (*slow)(struct zv_signin *signin, struct zv_err *err);
	enum zv_code (*work)(struct zv_signin *signin, struct zv_db *db, struct zv_err *err);
	enum zv_code (*next)(struct zv_signin *signin, struct zv_err *err);
	struct zv_err err;
};

/*
 * By login, password and, when the account has a second factor, its code (may be empty). `db` is for reading and only used inside. An unknown
 * name, a wrong password, a disabled account and a wrong code get the same answer after the same work: ZV_E_DENIED. Too many guesses: ZV_E_LIMIT with
 * retry_after, and the pool is full: ZV_E_BUSY; both from the call itself.
 */
ZV_MUST_CHECK enum zv_code zv_signin_password(struct zv_signin *signin, struct zv_db *db, struct zv_str login, struct zv_str password,
					      struct zv_str code, struct zv_err *err);

/* Changes the own password: the old one is proved first; all other sessions end and this one gets a new token (signin->session). */
ZV_MUST_CHECK enum zv_code zv_signin_change_password(struct zv_signin *signin, struct zv_db *db, const struct zv_who *who, struct zv_str old,
						     struct zv_str new, struct zv_err *err);

/* Takes the own second factor away, with the password. */
ZV_MUST_CHECK enum zv_code zv_signin_remove_totp(struct zv_signin *signin, struct zv_db *db, const struct zv_who *who, struct zv_str password,
						 struct zv_err *err);

/*
 * Hashes `password` (its rules are checked against `login` first) and calls `work` in the writer's thread, in a savepoint, with signin->hash: for adding an
 * account with a password and for setting somebody's password. An empty password leaves the hash empty.
 */
ZV_MUST_CHECK enum zv_code zv_signin_hash(struct zv_signin *signin, struct zv_str login, struct zv_str password,
					  enum zv_code (*work)(struct zv_signin *signin, struct zv_db *db, struct zv_err *err), struct zv_err *err);

/* The way to a provider: signin->location and signin->cookie, then 303. */
ZV_MUST_CHECK enum zv_code zv_signin_provider(struct zv_signin *signin, struct zv_str provider, struct zv_str return_to, struct zv_err *err);

/*
 * The way back: the callback's parameters and its Cookie field. Then 303 to signin->location with the session's cookie. The first sign-in makes an
 * account, each later one brings its roles up to date when the provider's file says so. ZV_E_DENIED when anything is not right.
 */
ZV_MUST_CHECK enum zv_code zv_signin_callback(struct zv_signin *signin, struct zv_str cookie_field, struct zv_str state, struct zv_str code,
					      struct zv_str iss, struct zv_str error, struct zv_err *err);

/* Hands the last use of sessions to the writer, and sweeps those that have run out. To be called now and then (each second is fine). */
void zv_signin_keep(struct zv_auth *auth, struct zv_writer *writer);

#endif
