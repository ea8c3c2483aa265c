/* zveno: the table of subcommands. */
#include "cli/cli.h"

static const struct zv_cli_command *const commands[] = {
	&zv_cmd_help,
	&zv_cmd_list,
	&zv_cmd_count,
	&zv_cmd_batches,
	&zv_cmd_undo,
	&zv_cmd_db_upgrade,
	&zv_cmd_db_info,
	NULL,
};

int main(int argc, char **argv)
{
	return zv_cli_main(argc, argv, commands);
}
