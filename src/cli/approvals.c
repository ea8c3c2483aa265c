/* zveno approval list, approval approve, approval refuse; org merge, org unmerge; need confirm, need publish. */
#include "app/approvals.h"

#include "app/confirm.h"
#include "app/merge.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

enum { LIST_MAX = 200 };

static const struct zv_table_column columns[] = {
	{"uid", N_("Approval"), ZV_TABLE_TEXT}, {"asked", N_("When"), ZV_TABLE_TEXT},       {"action", N_("Action"), ZV_TABLE_TEXT},
	{"title", N_("What"), ZV_TABLE_TEXT},   {"asked_by", N_("Who asks"), ZV_TABLE_TEXT}, {"state", N_("State"), ZV_TABLE_TEXT},
};

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_approval *approvals;
	struct zv_table table;
	size_t n = 0;
	bool open_only = !zv_cli_flag(work->cli, "all");
	enum zv_code code = zv_approval_list(&approvals, &n, work->db, work->who, open_only, 0, LIST_MAX, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < n; i++) {
		char when[ZV_INSTANT_TEXT];
		struct zv_cell cells[ZV_LEN(columns)];

		zv_instant_format(when, approvals[i].asked_ms);
		cells[0] = zv_table_text(approvals[i].uid);
		cells[1] = zv_table_c(when);
		cells[2] = zv_table_text(approvals[i].action);
		cells[3] = zv_table_text(approvals[i].title);
		cells[4] = zv_table_text(approvals[i].asked_by);
		cells[5] = zv_table_c(zv_approval_state_name(approvals[i].state));
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nothing waits for a second person.")), err);
}

static enum zv_code decide(struct zv_work *work, bool approve, struct zv_err *err)
{
	struct zv_str uid = zv_cli_arg(work->cli, 0);
	enum zv_code code =
		zv_approval_decide(work->db, work->who, uid, approve, zv_str_c(zv_cli_option(work->cli, "note")), work->arena, err);

	if (code == ZV_OK)
		zv_work_done(work, uid, approve ? zv_text(work->arena, N_("Approved and done.")) : zv_text(work->arena, N_("Refused.")));
	return code;
}

static enum zv_code approve(struct zv_work *work, struct zv_err *err)
{
	return decide(work, true, err);
}

static enum zv_code refuse(struct zv_work *work, struct zv_err *err)
{
	return decide(work, false, err);
}

static void say_asked(struct zv_work *work, struct zv_str approval)
{
	zv_work_done(work, approval, zv_text(work->arena, N_("This takes a second person, who is asked: %.*s."), ZV_STR_FMT(approval)));
}

static enum zv_code merge(struct zv_work *work, struct zv_err *err)
{
	struct zv_str from, into, approval;
	struct zv_merged merged;
	enum zv_code code = zv_work_uid(&from, work, 0, "org", err);

	if (code == ZV_OK)
		code = zv_work_uid(&into, work, 1, "org", err);
	if (code == ZV_OK)
		code = zv_merge_ask(&merged, &approval, work->db, work->who, from, into, work->arena, err);
	if (code != ZV_OK)
		return code;
	if (approval.n > 0)
		say_asked(work, approval);
	else
		zv_work_done(work, into,
			     zv_text(work->arena, N_("Merged: rows moved: %lld, values filled in: %lld. “zveno org unmerge %.*s” takes it back."),
				     (long long)merged.moved, (long long)merged.filled, ZV_STR_FMT(from)));
	return ZV_OK;
}

static enum zv_code unmerge(struct zv_work *work, struct zv_err *err)
{
	struct zv_str from = {0};
	enum zv_code code = zv_work_uid(&from, work, 0, "org", err);

	if (code == ZV_OK)
		code = zv_merge_undo(work->db, work->who, from, work->arena, err);
	if (code == ZV_OK)
		zv_work_done(work, from, zv_text(work->arena, N_("The merge is taken back; all links are as before.")));
	return code;
}

static enum zv_code confirm(struct zv_work *work, struct zv_err *err)
{
	struct zv_str need = {0};
	enum zv_code code = zv_work_uid(&need, work, 0, "need", err);

	if (code == ZV_OK)
		code = zv_need_confirm(work->db, work->who, need, work->arena, err);
	if (code == ZV_OK)
		zv_work_done(work, need, zv_text(work->arena, N_("The need is confirmed.")));
	return code;
}

static enum zv_code publish(struct zv_work *work, struct zv_err *err)
{
	struct zv_str need = {0}, approval = {0};
	enum zv_code code = zv_work_uid(&need, work, 0, "need", err);

	if (code == ZV_OK)
		code = zv_need_publish(&approval, work->db, work->who, need, zv_cli_arg(work->cli, 1), work->arena, err);
	if (code == ZV_OK && approval.n > 0)
		say_asked(work, approval);
	else if (code == ZV_OK)
		zv_work_done(work, need, zv_text(work->arena, N_("The need is now visible to: %.*s."), ZV_STR_FMT(zv_cli_arg(work->cli, 1))));
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, list, err);
}

static enum zv_code run_approve(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, approve, err);
}

static enum zv_code run_refuse(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, refuse, err);
}

static enum zv_code run_merge(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, merge, err);
}

static enum zv_code run_unmerge(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, unmerge, err);
}

static enum zv_code run_confirm(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, confirm, err);
}

static enum zv_code run_publish(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, publish, err);
}

static const struct zv_cli_option list_options[] = {{"all", NULL, N_("decided ones as well")}, {0}};
static const struct zv_cli_option decide_options[] = {{"note", "TEXT", N_("why")}, {0}};

const struct zv_cli_command zv_cmd_approval_list = {
	.name = "approval list",
	.args = "",
	.help = N_("Show what waits for a second person"),
	.options = list_options,
	.action = ZV_CLI_DO(APPROVE),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_approval_approve = {
	.name = "approval approve",
	.args = "APPROVAL",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Approve as the second person; it is done at once"),
	.options = decide_options,
	.action = ZV_CLI_DO(APPROVE),
	.run = run_approve,
};

const struct zv_cli_command zv_cmd_approval_refuse = {
	.name = "approval refuse",
	.args = "APPROVAL",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Refuse, or take back what one has asked for oneself"),
	.options = decide_options,
	.action = ZV_CLI_DO(APPROVE),
	.run = run_refuse,
};

const struct zv_cli_command zv_cmd_org_merge = {
	.name = "org merge",
	.args = "ORG INTO",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Make one organisation of two: everything of ORG moves to INTO"),
	.action = ZV_CLI_DO(ORG_MERGE),
	.run = run_merge,
};

const struct zv_cli_command zv_cmd_org_unmerge = {
	.name = "org unmerge",
	.args = "ORG",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Take a merge back within 30 days; all links return"),
	.action = ZV_CLI_DO(ORG_MERGE),
	.run = run_unmerge,
};

const struct zv_cli_command zv_cmd_need_confirm = {
	.name = "need confirm",
	.args = "NEED",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Confirm a need, so that it counts as confirmed demand"),
	.action = ZV_CLI_DO(NEED_CONFIRM),
	.run = run_confirm,
};

const struct zv_cli_command zv_cmd_need_publish = {
	.name = "need publish",
	.args = "NEED centre|matched|association|public",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Set who may see a need"),
	.action = ZV_CLI_DO(NEED_PUBLISH),
	.run = run_publish,
};
