/*
 * Accounts: add, list, change, disable; passwords, second factors, sessions, tokens. Every change leaves a row in the audit trail, without secrets. Who
 * may: administrators everything; operators the accounts whose every role lies in their own centre and below operator; everybody the own account. All
 * functions that change run on a writing handle, in a transaction of their own or a savepoint of the caller's.
 */
#ifndef ZV_APP_ACCOUNTS_H
#define ZV_APP_ACCOUNTS_H

#include "auth/password.h"
#include "auth/rights.h"
#include "auth/session.h"
#include "auth/token.h"
#include "auth/totp.h"
#include "base/arena.h"
#include "base/date.h"
#include "store/session.h"

/* --- others' accounts ----------------------------------------------------------------------------------------------------- */

/* A role with its place as text: what the API and the command line give and show. */
struct zv_account_place {
	struct zv_str role;        /* "buyer" */
	struct zv_str centre;      /* code; empty: every centre */
	struct zv_str centre_name; /* in the language of the thread */
	struct zv_str org;         /* uid (given: also INN); empty: none */
	struct zv_str org_name;
};

struct zv_account_new {
	struct zv_str login; /* 2 to 60 of a-z 0-9 . _ - @ ; upper case is made lower */
	struct zv_str name;  /* 1 to 200 characters */
	struct zv_str email; /* may be empty */
	struct zv_str lang;  /* "ru", "en" or empty */
	struct zv_str password_hash; /* by zv_password_hash; empty: signs in by a provider, or gets a password later */
	struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX];
	int n_places; /* at least one */
};

/* Makes *out. ZV_E_CONFLICT, field "login": taken. ZV_E_INVALID names the field; ZV_E_DENIED: not this role, or not there. */
ZV_MUST_CHECK enum zv_code zv_account_add(struct zv_account *out, struct zv_db *db, const struct zv_who *who, const struct zv_account_new *account,
					  struct zv_arena *arena, struct zv_err *err);

/* Accounts that this person may see, by login, after the login `after`. */
ZV_MUST_CHECK enum zv_code zv_accounts_list(struct zv_account **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str after,
					    int limit, struct zv_arena *arena, struct zv_err *err);

/* By uid or login. ZV_E_NOTFOUND also for one that this person may not see. */
ZV_MUST_CHECK enum zv_code zv_account_find(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid_or_login,
					   struct zv_arena *arena, struct zv_err *err);

/* The roles of an account as text. `places` has room for ZV_ACCOUNT_ROLES_MAX. */
ZV_MUST_CHECK enum zv_code zv_account_places(struct zv_account_place *places, int *n, struct zv_db *db, const struct zv_account *account,
					     struct zv_arena *arena, struct zv_err *err);

/* What changes when an account does: for ETag and If-Match. Says nothing about secrets. */
struct zv_str zv_account_version(const struct zv_account *account, struct zv_arena *arena);

/* What is to change: NULL, -1 or 0 leaves it. */
struct zv_account_change {
	const struct zv_str *name;
	const struct zv_str *email;
	const struct zv_str *lang;
	const struct zv_account_place *places; /* all roles anew; ends the account's sessions: it must sign in again */
	int n_places;                          /* -1: as they are */
	enum zv_account_state state;           /* ZV_ACCOUNT_DISABLED ends sessions and revokes tokens */
};

/* ZV_E_CONFLICT when the last administrator would go, or somebody takes away the own administrator's role. */
ZV_MUST_CHECK enum zv_code zv_account_change(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					     const struct zv_account_change *change, struct zv_arena *arena, struct zv_err *err);

/* A new password by an administrator: ends the account's sessions. */
ZV_MUST_CHECK enum zv_code zv_account_reset_password(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_str password_hash,
						     struct zv_arena *arena, struct zv_err *err);

/* Takes the second factor off somebody who has lost it. */
ZV_MUST_CHECK enum zv_code zv_account_reset_totp(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
						 struct zv_err *err);

/* Ends all sessions of an account; *n: how many. */
ZV_MUST_CHECK enum zv_code zv_account_end_sessions(int64_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
						   struct zv_arena *arena, struct zv_err *err);

/* --- the own account (who->account_id) ------------------------------------------------------------------------------------- */

/* ZV_E_DENIED for somebody without an account. */
ZV_MUST_CHECK enum zv_code zv_own_account(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					  struct zv_err *err);
/* Name, email, lang; the rest of `change` must be left. */
ZV_MUST_CHECK enum zv_code zv_own_change(struct zv_account *out, struct zv_db *db, const struct zv_who *who, const struct zv_account_change *change,
					 struct zv_arena *arena, struct zv_err *err);

/* A secret that is not in force before it is confirmed with a code. ZV_E_CONFLICT when there is a second factor already. */
ZV_MUST_CHECK enum zv_code zv_own_totp_begin(struct zv_str *secret, struct zv_str *uri, struct zv_db *db, const struct zv_who *who,
					     struct zv_arena *arena, struct zv_err *err);
/* ZV_E_INVALID, field "code": not the code of now. */
ZV_MUST_CHECK enum zv_code zv_own_totp_confirm(struct zv_db *db, const struct zv_who *who, struct zv_str code, int64_t now_ms, struct zv_arena *arena,
					       struct zv_err *err);
/* Once the password was proved (app/signin.h). */
ZV_MUST_CHECK enum zv_code zv_own_totp_remove(struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_own_sessions(struct zv_session **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					   struct zv_err *err);
/* ZV_E_NOTFOUND when the own account has no such session. Signing out is ending who->session_uid. */
ZV_MUST_CHECK enum zv_code zv_own_session_end(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_err *err);

/* --- tokens of programs: of the own account, or, for who may change it, of `account_uid` ------------------------------------- */

struct zv_token_request {
	struct zv_str name;   /* 1 to 60 characters, new in the account */
	struct zv_str scopes; /* names of actions divided by spaces; none that the account's roles do not have */
	struct zv_str centre; /* code; empty: wherever the account may */
	zv_date ends_on;      /* its last day; at most a year from today */
};

/* *token is shown once and kept nowhere. An empty account_uid: the own account. */
ZV_MUST_CHECK enum zv_code zv_account_token_add(struct zv_api_token *out, char token[ZV_TOKEN_TEXT], struct zv_db *db, const struct zv_who *who,
						struct zv_str account_uid, const struct zv_token_request *request, struct zv_arena *arena,
						struct zv_err *err);
/* With those that are revoked or have run out. */
ZV_MUST_CHECK enum zv_code zv_account_tokens(struct zv_api_token **out, size_t *n, struct zv_db *db, const struct zv_who *who,
					     struct zv_str account_uid, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_token_revoke(struct zv_db *db, const struct zv_who *who, struct zv_str account_uid, struct zv_str uid,
						   struct zv_arena *arena, struct zv_err *err);

/* --- for programs and tests ------------------------------------------------------------------------------------------------ */

/* The person whom a login names, as a session of that account would be; for `--as`. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_who_of_login(struct zv_who *out, struct zv_db *db, struct zv_str login, struct zv_arena *arena, struct zv_err *err);

/* Hashes a new password at the cost that the database's settings say, after its rules were checked: for the command line and the demo. */
ZV_MUST_CHECK enum zv_code zv_account_hash(char out[ZV_PASSWORD_HASH], struct zv_db *db, struct zv_str password, struct zv_str login,
					   struct zv_arena *arena, struct zv_err *err);

#endif
