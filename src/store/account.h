/* Accounts, what they may be (account_role), and who they are at identity providers (account_link). Rules are in app/accounts.c. */
#ifndef ZV_STORE_ACCOUNT_H
#define ZV_STORE_ACCOUNT_H

#include "base/arena.h"
#include "store/db/db.h"

enum zv_account_state { ZV_ACCOUNT_ACTIVE = 1, ZV_ACCOUNT_DISABLED = 2 };
enum { ZV_ACCOUNT_ROLES_MAX = 8 };

struct zv_account_role {
	struct zv_str role;
	int64_t centre_id; /* -1: every centre */
	int64_t org_id;    /* 0: none */
};

/* Strings in the arena of whoever loaded it. */
struct zv_account {
	int64_t id;
	struct zv_str uid;
	struct zv_str login;
	struct zv_str name;
	struct zv_str email;         /* empty: none */
	struct zv_str password_hash; /* empty: signs in by a provider only */
	int64_t password_ms;
	struct zv_str totp_secret; /* empty: no second factor */
	int64_t totp_step;         /* the last one used; -1: the secret has not been confirmed yet and is not asked for */
	enum zv_account_state state;
	struct zv_str lang; /* "ru", "en" or empty */
	int64_t created_ms;
	struct zv_account_role roles[ZV_ACCOUNT_ROLES_MAX];
	int n_roles;
};

/* ZV_E_NOTFOUND when there is none; roles are loaded along. Each is an indexed look-up or two. */
ZV_MUST_CHECK enum zv_code zv_account_by_id(struct zv_account *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_by_uid(struct zv_account *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					     struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_by_login(struct zv_account *out, struct zv_db *db, struct zv_str login, struct zv_arena *arena,
					       struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_by_link(struct zv_account *out, struct zv_db *db, struct zv_str issuer, struct zv_str subject,
					      struct zv_arena *arena, struct zv_err *err);

/* By login, after the login `after` (empty: from the start). With roles. */
ZV_MUST_CHECK enum zv_code zv_accounts_page(struct zv_account **out, size_t *n, struct zv_db *db, struct zv_str after, int limit,
					    struct zv_arena *arena, struct zv_err *err);

/* In a transaction of the caller. Fills id, uid (arena) and created_ms. ZV_E_CONFLICT, field "login", when the login is taken. */
ZV_MUST_CHECK enum zv_code zv_account_insert(struct zv_db *db, struct zv_account *account, struct zv_arena *arena, struct zv_err *err);

/* Name, email, state, lang; and the roles, password or second factor of an account alone. All count up zv_session_changes (session.h). */
ZV_MUST_CHECK enum zv_code zv_account_update(struct zv_db *db, const struct zv_account *account, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_put_roles(struct zv_db *db, int64_t id, const struct zv_account_role *roles, int n, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_put_password(struct zv_db *db, int64_t id, struct zv_str hash, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_put_totp(struct zv_db *db, int64_t id, struct zv_str secret, int64_t step, struct zv_err *err);

/* Marks a step of the second factor as used; *fresh is false when it, or a later one, was used before. */
ZV_MUST_CHECK enum zv_code zv_account_use_step(bool *fresh, struct zv_db *db, int64_t id, int64_t step, struct zv_err *err);

/* Accounts in use that have the role `admin`, without the one of `except`. */
ZV_MUST_CHECK enum zv_code zv_accounts_admins(int64_t *out, struct zv_db *db, int64_t except, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_account_link_add(struct zv_db *db, struct zv_str issuer, struct zv_str subject, int64_t account_id,
					       struct zv_err *err);

#endif
