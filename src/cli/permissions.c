/* zveno permissions: who may do what, as Markdown out of the table itself; docs/permissions.md is what it prints. */
#include "base/tr.h"
#include "cli/cli.h"

static const char *const REACH_MARKS[] = {
	[ZV_REACH_NONE] = "·", [ZV_REACH_SHAPE] = "shape", [ZV_REACH_ORG] = "org", [ZV_REACH_CENTRE] = "centre", [ZV_REACH_ALL] = "all"};

static void print_head(FILE *out)
{
	(void)fprintf(out, "# Who may do what\n\n"
			   "Printed by `zveno permissions` from the table that the program asks (src/auth/rights.c); a test compares the two. Why each cell is what it\n"
			   "is: docs/design/rights.md. What a person sees of a row he may not see in full: docs/design/disclosure.md.\n\n"
			   "A cell says how far the role reaches with the action; each reach holds the ones before it:\n"
			   "`·` not at all; `shape` without names and secrets; `org` what belongs to the own organisation; `centre` what belongs to the own centre;\n"
			   "`all` everything. To read at `org` or `centre` is to see the shape of others' things too, where their owner shows it.\n"
			   "`2` after an action: for somebody else's thing a second person must agree.\n\n");
	(void)fprintf(out, "| action | what it is |");
	for (int role = 0; role < ZV_ROLES; role++)
		(void)fprintf(out, " %s |", zv_role_name((enum zv_role)role));
	(void)fprintf(out, "\n| --- | --- |");
	for (int role = 0; role < ZV_ROLES; role++)
		(void)fprintf(out, " --- |");
	(void)fprintf(out, "\n");
}

static void print_row(FILE *out, enum zv_action action)
{
	(void)fprintf(out, "| %s%s | %s |", zv_action_name(action), zv_rights_four_eyes(action) ? " `2`" : "", zv_action_text(action));
	for (int role = 0; role < ZV_ROLES; role++)
		(void)fprintf(out, " %s |", REACH_MARKS[zv_rights_reach((enum zv_role)role, action)]);
	(void)fprintf(out, "\n");
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	(void)err;
	print_head(cli->out);
	for (int action = 0; action < ZV_ACTION_COUNT; action++)
		print_row(cli->out, (enum zv_action)action);
	(void)fprintf(cli->out, "\nRoles:");
	for (int role = 0; role < ZV_ROLES; role++)
		(void)fprintf(cli->out, "%s `%s` %s", role > 0 ? ";" : "", zv_role_name((enum zv_role)role), zv_role_label((enum zv_role)role));
	(void)fprintf(cli->out, ".\n");
	return ZV_OK;
}

const struct zv_cli_command zv_cmd_permissions = {
	.name = "permissions",
	.args = "",
	.help = N_("Print who may do what, as Markdown"),
	.about = N_("The table is the one that the command line, the API and the pages ask; its text is docs/permissions.md."),
	.action = ZV_CLI_DO(PUBLIC_READ),
	.run = run,
};
