/* zveno template: a file to fill in. */
#include "app/template.h"

#include <string.h>

#include "app/export.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "cli/say.h"

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	const char *path = zv_cli_option(cli, "out");
	const char *kind;
	char name[96];
	enum zv_code code = zv_export_kind(&kind, cli->args[0], err);

	if (code != ZV_OK)
		return code;
	if (path == NULL && zv_cli_flag(cli, "csv"))
		return zv_template_csv(kind, cli->out, zv_tr_lang(), err);
	if (path == NULL) {
		(void)snprintf(name, sizeof(name), "%s.xlsx", kind);
		path = name;
	}
	code = zv_template_write(kind, path, zv_tr_lang(), err);
	if (code == ZV_OK)
		zv_say(cli->out, N_("%s is written."), path);
	return code;
}

static const struct zv_cli_option options[] = {
	{"out", "FILE", N_("write to this file, .xlsx or .csv (default: KIND.xlsx)")},
	{"csv", NULL, N_("without --out: print the CSV template")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_template = {
	.name = "template",
	.args = "KIND",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Write the template of a kind of file"),
	.about = N_("A workbook with three sheets: Data to fill in, Lists to choose from, Help. Its example rows can be imported."),
	.options = options,
	.action = ZV_CLI_DO(PUBLIC_READ),
	.run = run,
};
