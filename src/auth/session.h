/*
 * Sessions: 256 random bits in a cookie, the hash in the store; ended by idleness, by age, or by somebody at once. And the token against forged
 * requests (CSRF), which is a keyed hash of the session's own secret: nobody else can make it, and it needs no store.
 */
#ifndef ZV_AUTH_SESSION_H
#define ZV_AUTH_SESSION_H

#include "auth/secret.h"
#include "base/arena.h"
#include "store/db/db.h"

#define ZV_COOKIE "__Host-zv" /* HttpOnly; Secure; SameSite=Lax; Path=/ */

enum { ZV_COOKIE_FIELD = 256, ZV_CSRF_TEXT = ZV_SECRET_TEXT };

/* A session that was just opened. The token leaves in a Set-Cookie field and is kept nowhere else. */
struct zv_session_new {
	char token[ZV_SECRET_TEXT];
	char csrf[ZV_CSRF_TEXT];
	struct zv_str uid;
	int64_t ends_ms;
};

struct zv_session_rule {
	int64_t idle_ms; /* setting "session.idle_min", 30 */
	int64_t life_ms; /* setting "session.life_min", 480 */
};

/*
 * Opens a session, in the caller's transaction on a writing handle, and forgets the account's oldest beyond 50. `agent` is cut to 200 characters.
 * Strings in `arena`.
 */
ZV_MUST_CHECK enum zv_code zv_session_open(struct zv_session_new *out, struct zv_db *db, const struct zv_session_rule *rule, int64_t account_id,
					   struct zv_str address, struct zv_str agent, struct zv_arena *arena, struct zv_err *err);

/* The session's token in a Cookie field; empty when there is none, or two that differ. */
struct zv_str zv_session_of_field(struct zv_str cookie);

/* The value of a Set-Cookie field that gives the token to the browser, and one that takes it away. NUL-ended. */
void zv_session_cookie(char out[ZV_COOKIE_FIELD], const char *token);
void zv_session_cookie_end(char out[ZV_COOKIE_FIELD]);

/* The token that unsafe requests of this session carry in X-CSRF-Token. */
void zv_csrf_of(char out[ZV_CSRF_TEXT], struct zv_str token);
bool zv_csrf_check(struct zv_str token, struct zv_str csrf); /* in constant time */

#endif
