/* What the files of accounts share: who may, and what the trail says. */
#ifndef ZV_APP_ACCOUNT_INSIDE_H
#define ZV_APP_ACCOUNT_INSIDE_H

#include "app/accounts.h"

/* Whether this person may do it to an account with these roles: all for whom the action reaches everything; else every role must be below operator and
 * in reach. */
bool zv_account_in_reach(const struct zv_who *who, enum zv_action action, const struct zv_account_role *roles, int n);

/* The account, when it may be seen and changed (ZV_E_NOTFOUND, ZV_E_DENIED). */
ZV_MUST_CHECK enum zv_code zv_account_to_change(struct zv_account *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid_or_login,
						struct zv_arena *arena, struct zv_err *err);

/* A row of the trail about an account. `detail`: JSON object or "". */
ZV_MUST_CHECK enum zv_code zv_account_tell(struct zv_db *db, const struct zv_who *who, const struct zv_account *account, const char *action,
					   struct zv_str detail, struct zv_err *err);

/* {"key": "value"} */
struct zv_str zv_account_detail(const char *key, struct zv_str value, struct zv_arena *arena);

/* "buyer org_..., operator RYA": the roles in one line, for the trail and the version. */
struct zv_str zv_account_roles_text(const struct zv_account *account, struct zv_arena *arena);

/* Checks of single fields; ZV_E_INVALID names the field. *login is made lower case. */
ZV_MUST_CHECK enum zv_code zv_account_check_login(struct zv_str *login, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_account_check_fields(const struct zv_account *account, struct zv_err *err);

/* Roles as text to ids. ZV_E_INVALID names the role, centre or organisation that is none. */
ZV_MUST_CHECK enum zv_code zv_account_read_roles(struct zv_account *out, struct zv_db *db, const struct zv_account_place *places, int n,
						 struct zv_arena *arena, struct zv_err *err);

#endif
