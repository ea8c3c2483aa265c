/* zveno: the table of subcommands. */
#include "cli/cli.h"

static const struct zv_cli_command *const commands[] = {
	&zv_cmd_help,
	&zv_cmd_demo,
	&zv_cmd_lots,
	&zv_cmd_match,
	&zv_cmd_import,
	&zv_cmd_kinds,
	&zv_cmd_undo,
	&zv_cmd_batches,
	&zv_cmd_template,
	&zv_cmd_duplicates,
	&zv_cmd_decide,
	&zv_cmd_list,
	&zv_cmd_count,
	&zv_cmd_export,
	&zv_cmd_show,
	&zv_cmd_search,
	&zv_cmd_suggest,
	&zv_cmd_quantity,
	&zv_cmd_permissions,
	&zv_cmd_need_add,
	&zv_cmd_need_set,
	&zv_cmd_need_delete,
	&zv_cmd_recode,
	&zv_cmd_check,
	&zv_cmd_audit_verify,
	&zv_cmd_audit_head,
	&zv_cmd_audit_list,
	&zv_cmd_serve,
	&zv_cmd_user_add,
	&zv_cmd_user_list,
	&zv_cmd_user_set,
	&zv_cmd_user_password,
	&zv_cmd_user_disable,
	&zv_cmd_user_sessions,
	&zv_cmd_user_token,
	&zv_cmd_db_upgrade,
	&zv_cmd_db_info,
	NULL,
};

int main(int argc, char **argv)
{
	return zv_cli_main(argc, argv, commands);
}
