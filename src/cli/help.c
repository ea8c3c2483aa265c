/* Help texts and the source of the man page (scdoc), written from the table so that they cannot disagree with it. */
#include "cli/help.h"

#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "cli/parse.h"

static void print_options(FILE *out, const struct zv_cli_option *options)
{
	for (; options != NULL && options->name != NULL; options++) {
		char left[64];

		(void)snprintf(left, sizeof(left), "--%s%s%s", options->name, options->value != NULL ? " " : "",
			       options->value != NULL ? options->value : "");
		(void)fprintf(out, "  %-24s  %s\n", left, zv_tr(options->help));
	}
}

/* `group`: only commands whose first word it is; NULL: all. */
static void list_commands(const struct zv_cli *cli, const char *group)
{
	(void)fprintf(cli->out, "%s\n\n", zv_tr(N_("Usage: zveno COMMAND [ARGUMENTS] [OPTIONS]")));
	for (int i = 0; cli->commands[i] != NULL; i++)
		if (group == NULL || zv_cli_in_group(cli->commands[i], group))
			(void)fprintf(cli->out, "  %-16s  %s\n", cli->commands[i]->name, zv_tr(cli->commands[i]->help));
	(void)fprintf(cli->out, "\n%s\n", zv_tr(N_("Options of every command:")));
	print_options(cli->out, zv_cli_global_options);
	(void)fprintf(cli->out, "\n%s\n", zv_tr(N_("“zveno help COMMAND” explains one command.")));
	(void)fprintf(cli->out, "%s\n", zv_tr(N_("Exit codes: 0 done, 1 the answer is no, 2 wrong input or usage, 3 out of memory, disk or time.")));
}

static void explain(const struct zv_cli *cli, const struct zv_cli_command *c)
{
	(void)fprintf(cli->out, "zveno %s%s%s\n\n%s.\n", c->name, c->args[0] != '\0' ? " " : "", c->args, zv_tr(c->help));
	if (c->about != NULL)
		(void)fprintf(cli->out, "\n%s\n", zv_tr(c->about));
	if (c->options != NULL) {
		(void)fprintf(cli->out, "\n%s\n", zv_tr(N_("Options:")));
		print_options(cli->out, c->options);
	}
	(void)fprintf(cli->out, "\n%s\n", zv_tr(N_("Options of every command:")));
	print_options(cli->out, zv_cli_global_options);
}

enum zv_code zv_cli_help(struct zv_cli *cli, const struct zv_cli_command *command, struct zv_err *err)
{
	(void)err;
	if (command == NULL || strcmp(command->name, "help") == 0)
		list_commands(cli, command != NULL && cli->n_args > 0 ? cli->args[0] : NULL);
	else
		explain(cli, command);
	return ZV_OK;
}

/* scdoc takes _ and * as marks: they are put behind a backslash. */
static void scd_text(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("_*\\[]<>#~`", *text) != NULL)
			(void)fputc('\\', out);
		(void)fputc(*text, out);
	}
}

static void scd_options(FILE *out, const struct zv_cli_option *options)
{
	for (; options != NULL && options->name != NULL; options++) {
		(void)fprintf(out, "*--%s*", options->name);
		if (options->value != NULL) {
			(void)fputs(" ", out);
			scd_text(out, options->value);
		}
		(void)fputs("\n\t", out);
		scd_text(out, zv_tr(options->help));
		(void)fputs(".\n\n", out);
	}
}

static void scd_commands(const struct zv_cli *cli)
{
	for (int i = 0; cli->commands[i] != NULL; i++) {
		const struct zv_cli_command *c = cli->commands[i];

		(void)fprintf(cli->out, "## zveno %s%s", c->name, c->args[0] != '\0' ? " " : "");
		scd_text(cli->out, c->args);
		(void)fputs("\n\n", cli->out);
		scd_text(cli->out, zv_tr(c->help));
		(void)fputs(".\n\n", cli->out);
		if (c->about != NULL) {
			scd_text(cli->out, zv_tr(c->about));
			(void)fputs("\n\n", cli->out);
		}
		scd_options(cli->out, c->options);
	}
}

static void man_source(const struct zv_cli *cli)
{
	FILE *out = cli->out;

	(void)fprintf(out, "zveno(1) \"\" \"Zveno %s\"\n\n# %s\n\nzveno - ", ZVENO_VERSION, zv_tr(N_("NAME")));
	scd_text(out, zv_tr(N_("pools needs of enterprises into production lots and says why not")));
	(void)fprintf(out, "\n\n# %s\n\n*zveno* _command_ [_arguments_] [_options_]\n\n# %s\n\n", zv_tr(N_("SYNOPSIS")), zv_tr(N_("OPTIONS")));
	scd_options(out, zv_cli_global_options);
	(void)fprintf(out, "# %s\n\n", zv_tr(N_("COMMANDS")));
	scd_commands(cli);
	(void)fprintf(out, "# %s\n\n", zv_tr(N_("EXIT STATUS")));
	scd_text(out, zv_tr(N_("Exit codes: 0 done, 1 the answer is no, 2 wrong input or usage, 3 out of memory, disk or time.")));
	(void)fprintf(out, "\n\n# %s\n\n", zv_tr(N_("ENVIRONMENT")));
	scd_text(out, zv_tr(N_("ZVENO_DB is the database when --db is not given; ZVENO_LANG is the language when --lang is not given.")));
	(void)fputs("\n", out);
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	const struct zv_cli_command *command = NULL;
	char name[96];

	if (zv_cli_flag(cli, "man")) {
		man_source(cli);
		return ZV_OK;
	}
	if (cli->n_args > 0) {
		(void)snprintf(name, sizeof(name), "%s%s%s", cli->args[0], cli->n_args > 1 ? " " : "", cli->n_args > 1 ? cli->args[1] : "");
		command = zv_cli_find(cli, name);
		if (command == NULL && cli->n_args == 1 && zv_cli_has_group(cli, name)) {
			list_commands(cli, name);
			return ZV_OK;
		}
		if (command == NULL)
			return zv_fail(err, ZV_E_INVALID, name, N_("There is no such command. “zveno help” lists those there are."));
	}
	return zv_cli_help(cli, command, err);
}

static const struct zv_cli_option options[] = {
	{"man", NULL, N_("print the source of the man page (scdoc)")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_help = {
	.name = "help",
	.args = "[COMMAND]",
	.max_args = 2,
	.help = N_("List the commands, or explain one"),
	.options = options,
	.run = run,
};
