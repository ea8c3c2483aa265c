/* What the commands `zveno user ...` share: roles and passwords of a command line. */
#ifndef ZV_CLI_USER_ARGS_H
#define ZV_CLI_USER_ARGS_H

#include "app/accounts.h"
#include "cli/cli.h"

/*
 * --role ROLE[:PLACE], once or more; PLACE is a centre's code, "all", or an organisation's uid or INN. Without it --centre and --org say where.
 * *n is 0 when there is no --role. Strings are argv's or in `arena`.
 */
ZV_MUST_CHECK enum zv_code zv_user_places(struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX], int *n, const struct zv_cli *cli,
					  struct zv_arena *arena, struct zv_err *err);

/* Where a new password comes from: --password-file FILE, --generate, or, with `ask`, the terminal. */
struct zv_user_password {
	struct zv_str text; /* in the arena; empty: none was given */
	bool made;          /* by --generate: to be printed once */
};
ZV_MUST_CHECK enum zv_code zv_user_password(struct zv_user_password *out, const struct zv_cli *cli, bool ask, struct zv_arena *arena,
					    struct zv_err *err);

#endif
