/*
 * The demo world: invented organisations on impossible INN prefixes, as of 2026-03-02, made through the same import as real files,
 * and the people who use them.
 */
#ifndef ZV_APP_DEMO_H
#define ZV_APP_DEMO_H

#include "auth/who.h"
#include "base/arena.h"
#include "base/err.h"

struct zv_db;

/* Fills an empty database. ZV_E_CONFLICT when it holds organisations already. */
ZV_MUST_CHECK enum zv_code zv_demo_fill(struct zv_db *db, struct zv_err *err);

struct zv_demo_login {
	struct zv_str login, name, password;
	enum zv_role role;
};

/* The seven people of the journeys, in their order; none (*n is 0) in a database that is not the demo world. */
ZV_MUST_CHECK enum zv_code zv_demo_logins(struct zv_demo_login **out, size_t *n, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

#endif
