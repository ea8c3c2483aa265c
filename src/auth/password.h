/* Passwords: Argon2id hashes and the rules for new ones. A hash takes its memory and tens of milliseconds: run it on a pool (pool.h). */
#ifndef ZV_AUTH_PASSWORD_H
#define ZV_AUTH_PASSWORD_H

#include "base/err.h"
#include "base/str.h"

enum { ZV_PASSWORD_HASH = 128, ZV_PASSWORD_MIN = 10, ZV_PASSWORD_MAX = 200 /* characters */, ZV_PASSWORD_NEW = 24 };

/* What one hash costs; one lane. Below ZV_PASSWORD_COST_MIN nothing starts. */
struct zv_password_cost {
	int64_t memory_kib;
	int64_t passes;
};
extern const struct zv_password_cost zv_password_cost_min; /* 19 MiB, 2 passes: also what is used without a setting */

/* ZV_E_INVALID names the setting ("auth.memory_kib", "auth.passes") that is too low or too high. */
ZV_MUST_CHECK enum zv_code zv_password_cost_check(const struct zv_password_cost *cost, struct zv_err *err);

/* "$argon2id$v=19$m=...": NUL-ended, with a salt of its own. ZV_E_LIMIT without memory. */
ZV_MUST_CHECK enum zv_code zv_password_hash(char out[ZV_PASSWORD_HASH], struct zv_str password, const struct zv_password_cost *cost,
					    struct zv_err *err);

/*
 * False for another password. An empty or unreadable `hash` takes the same work against a hash of nobody, and is false: accounts that
 * are not there and those without a password look like all others.
 */
bool zv_password_verify(struct zv_str hash, struct zv_str password, const struct zv_password_cost *cost);

/* The hash was made at another cost: make it anew when the password is at hand. */
bool zv_password_is_stale(struct zv_str hash, const struct zv_password_cost *cost);

/*
 * Rules for a new one: 10 to 200 characters of valid UTF-8, not the login in it, none of the commonest; nothing about kinds of
 * characters. ZV_E_INVALID, field "password".
 */
ZV_MUST_CHECK enum zv_code zv_password_check(struct zv_str password, struct zv_str login, struct zv_err *err);

/* A random one for a new account: letters and digits that are not mixed up, over 100 bits. NUL-ended. */
void zv_password_new(char out[ZV_PASSWORD_NEW]);

/* How many hashes have run at the same time at most, since the start: for tests and the log. */
int zv_password_peak(void);

#endif
