/* `zveno help`, `--help` and the man page, all from the table of subcommands. */
#ifndef ZV_CLI_HELP_H
#define ZV_CLI_HELP_H

#include "cli/cli.h"

/* Explains one command, or lists all when it is that of `help` or NULL. */
ZV_MUST_CHECK enum zv_code zv_cli_help(struct zv_cli *cli, const struct zv_cli_command *command, struct zv_err *err);

#endif
