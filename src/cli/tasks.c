/* zveno task list, task add, task done, task decline. */
#include "app/tasks.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

static const struct zv_table_column columns[] = {
	{"uid", N_("Task"), ZV_TABLE_TEXT},   {"due", N_("Due"), ZV_TABLE_TEXT},       {"kind", N_("Kind"), ZV_TABLE_TEXT},
	{"title", N_("What"), ZV_TABLE_TEXT}, {"subject", N_("About"), ZV_TABLE_TEXT}, {"state", N_("State"), ZV_TABLE_TEXT},
};

static bool show_task(struct zv_table *table, const struct zv_task *task)
{
	struct zv_cell cells[ZV_LEN(columns)];
	char due[ZV_DATE_TEXT];

	zv_date_format(due, task->due);
	cells[0] = zv_table_text(task->uid);
	cells[1] = task->due == ZV_DATE_NONE ? zv_table_null() : zv_table_c(due);
	cells[2] = zv_table_text(task->kind);
	cells[3] = zv_table_text(task->title);
	cells[4] = zv_table_text(task->subject);
	cells[5] = zv_table_c(zv_task_state_name(task->state));
	return zv_table_row(table, cells);
}

static enum zv_code refresh(struct zv_work *work, struct zv_err *err)
{
	bool stale = true;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && stale) {
		code = zv_tasks_refresh(work->db, err);
		if (code == ZV_OK)
			code = zv_tasks_stale(&stale, work->db, err);
	}
	return code;
}

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_tasks_query query = {.state = zv_cli_flag(work->cli, "all") ? ZV_TASK_ANY : ZV_TASK_OPEN};
	struct zv_tasks_page page = {.next = 1};
	struct zv_table table;
	bool more = true;
	enum zv_code code = ZV_OK;

	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	while (code == ZV_OK && more && page.next != 0) {
		code = zv_tasks_list(&page, work->db, work->who, &query, work->arena, err);
		for (size_t i = 0; code == ZV_OK && more && i < page.n; i++)
			more = show_task(&table, &page.tasks[i]);
		query.after = page.next;
	}
	if (code == ZV_OK)
		return zv_table_done(&table, zv_tr(N_("Nothing waits.")), err);
	zv_table_cancel(&table);
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	/* The command line may have changed what the rules look at. A server that runs keeps them itself. */
	enum zv_code code = zv_work_write(cli, refresh, err);

	return code == ZV_OK || code == ZV_E_BUSY ? zv_work_read(cli, list, err) : code;
}

static enum zv_code add(struct zv_work *work, struct zv_err *err)
{
	zv_date due = ZV_DATE_NONE;
	struct zv_str uid;
	enum zv_code code = zv_cli_option_date(&due, work->cli, "due", err);

	if (code == ZV_OK)
		code = zv_tasks_add(&uid, work->db, work->who, zv_cli_arg(work->cli, 0), due, work->arena, err);
	if (code == ZV_OK)
		zv_work_done(work, uid, zv_text(work->arena, N_("Added as %.*s."), ZV_STR_FMT(uid)));
	return code;
}

static enum zv_code run_add(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, add, err);
}

static enum zv_code end(struct zv_work *work, enum zv_task_state state, struct zv_err *err)
{
	struct zv_str uid = zv_cli_arg(work->cli, 0);
	enum zv_code code = zv_tasks_end(work->db, work->who, uid, state, work->arena, err);

	if (code == ZV_OK)
		zv_work_done(work, uid, zv_text(work->arena, N_("The task is closed.")));
	return code;
}

static enum zv_code done(struct zv_work *work, struct zv_err *err)
{
	return end(work, ZV_TASK_DONE, err);
}

static enum zv_code decline(struct zv_work *work, struct zv_err *err)
{
	return end(work, ZV_TASK_DECLINED, err);
}

static enum zv_code run_done(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, done, err);
}

static enum zv_code run_decline(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, decline, err);
}

static const struct zv_cli_option list_options[] = {{"all", NULL, N_("closed ones as well")}, {0}};
static const struct zv_cli_option add_options[] = {{"due", "DATE", N_("by when")}, {0}};

const struct zv_cli_command zv_cmd_task_list = {
	.name = "task list",
	.args = "",
	.help = N_("Show what waits: for the person of --as, else for everybody"),
	.options = list_options,
	.action = ZV_CLI_DO(OWN_ACCOUNT),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_task_add = {
	.name = "task add",
	.args = "TITLE",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Add a task for the person of --as"),
	.options = add_options,
	.action = ZV_CLI_DO(TASK),
	.run = run_add,
};

const struct zv_cli_command zv_cmd_task_done = {
	.name = "task done",
	.args = "TASK",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Close a task as done"),
	.action = ZV_CLI_DO(TASK),
	.run = run_done,
};

const struct zv_cli_command zv_cmd_task_decline = {
	.name = "task decline",
	.args = "TASK",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Close a task as declined"),
	.action = ZV_CLI_DO(TASK),
	.run = run_decline,
};
