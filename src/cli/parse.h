/* From argv to struct zv_cli, by the table of subcommands. */
#ifndef ZV_CLI_PARSE_H
#define ZV_CLI_PARSE_H

#include "cli/cli.h"

/* Options of every command; a row with name NULL ends it. */
extern const struct zv_cli_option zv_cli_global_options[];

/*
 * Fills *cli, whose `commands` is set. ZV_E_INVALID names the unknown word and the nearest known one. Without a
 * subcommand cli->command is that of `help`.
 */
ZV_MUST_CHECK enum zv_code zv_cli_parse(struct zv_cli *cli, int argc, char **argv, struct zv_err *err);

/* The command of this name ("db upgrade"), or NULL. */
const struct zv_cli_command *zv_cli_find(const struct zv_cli *cli, const char *name);

/* Commands of two words that begin with the same one. */
bool zv_cli_in_group(const struct zv_cli_command *command, const char *group);
bool zv_cli_has_group(const struct zv_cli *cli, const char *group);

/* The language that a command line and the environment ask for, before anything is translated. */
const char *zv_cli_language(int argc, char **argv);

#endif
