/* zveno applications list, show, copy: reading applications for the register of clusters. What changes them is applications_do.c. */
#include "app/application.h"

#include <unistd.h>

#include "base/tr.h"
#include "cli/applications.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

enum { LIST_MAX = 1000 };

static const struct zv_table_column list_columns[] = {
	{"uid", N_("Application"), ZV_TABLE_TEXT},	  {"cluster", N_("Cluster"), ZV_TABLE_TEXT}, {"pack", N_("Pack"), ZV_TABLE_TEXT},
	{"state", N_("State"), ZV_TABLE_TEXT},		  {"open", N_("Open"), ZV_TABLE_NUMBER},	 {"submitted_on", N_("Submitted"), ZV_TABLE_TEXT},
	{"decision", N_("Decision"), ZV_TABLE_TEXT},
};

static struct zv_cell state_cell(const struct zv_application_row *row)
{
	struct zv_cell cell = zv_table_c(zv_tr(zv_application_state_label(row->state)));

	cell.machine = zv_str_c(zv_application_state_name(row->state));
	return cell;
}

static bool show_row(struct zv_table *table, const struct zv_application_row *row)
{
	const char *decision = zv_application_decision_name(row);
	char submitted[ZV_DATE_TEXT];
	struct zv_cell cells[] = {
		zv_table_text(row->uid),
		zv_table_text(row->cluster_name),
		zv_table_text(row->pack_name),
		state_cell(row),
		zv_table_int(row->n_open, &table->arena),
		zv_table_null(),
		decision != NULL ? zv_table_c(decision) : zv_table_null(),
	};

	zv_date_format(submitted, row->submitted_on);
	if (row->submitted_on != ZV_DATE_NONE)
		cells[5] = zv_table_c(submitted);
	return zv_table_row(table, cells);
}

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_application_query query = {.limit = LIST_MAX, .state = zv_cli_flag(work->cli, "open") ? -1 : 0};
	struct zv_application_row *rows;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_application_list(&rows, &n, work->db, work->who, &query, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, list_columns, ZV_LEN(list_columns));
	for (size_t i = 0; i < n; i++)
		if (!show_row(&table, &rows[i]))
			break;
	return zv_table_done(&table, zv_tr(N_("There is no application.")), err);
}

/* --- one of them ------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column criterion_columns[] = {
	{"number", N_("No."), ZV_TABLE_NUMBER}, {"criterion", N_("Criterion"), ZV_TABLE_TEXT}, {"truth", N_("Says"), ZV_TABLE_TEXT},
	{"left", N_("Is"), ZV_TABLE_TEXT},	{"op", NULL, ZV_TABLE_TEXT},		       {"right", N_("Asked"), ZV_TABLE_TEXT},
	{"state", N_("State"), ZV_TABLE_TEXT},
};

static bool show_criterion(struct zv_table *table, const struct zv_application_criterion *criterion)
{
	static const char *const truths[] = {N_("fail"), N_("no data"), N_("pass")}, *const words[] = {"fail", "unknown", "pass"};
	const char *state = criterion->open ? N_("returned") : criterion->asked ? N_("asked") : criterion->corrections > 0 ? N_("corrected") : "";
	struct zv_cell cells[ZV_LEN(criterion_columns)];

	cells[0] = zv_table_int(criterion->number, &table->arena);
	cells[1] = zv_table_text(criterion->title);
	cells[2] = criterion->checked ? zv_table_c(zv_tr(truths[criterion->truth])) : zv_table_null();
	if (criterion->checked)
		cells[2].machine = zv_str_c(words[criterion->truth]);
	cells[3] = zv_table_text(criterion->left);
	cells[4] = zv_table_text(criterion->op);
	cells[5] = zv_table_text(zv_arena_strf(&table->arena, "%.*s %.*s", ZV_STR_FMT(criterion->op), ZV_STR_FMT(criterion->right)));
	cells[5].machine = criterion->right;
	cells[6] = state[0] != '\0' ? zv_table_c(zv_tr(state)) : zv_table_null();
	return zv_table_row(table, cells);
}

/* For people, before the table: documents, what is missing, what was said. */
static void say_rest(FILE *out, const struct zv_application *application)
{
	for (size_t i = 0; i < application->n_lines; i++) {
		const struct zv_application_line *line = &application->lines[i];

		(void)fprintf(out, "  %.*s  %.*s", ZV_STR_FMT(line->document->id), ZV_STR_FMT(line->title));
		if (line->file != NULL)
			(void)fprintf(out, ": %.*s, %" PRId64 " B, %.12s", ZV_STR_FMT(line->file->name), line->file->size, line->file->digest.p);
		if (line->file != NULL && line->file->signature_digest.n > 0)
			(void)fprintf(out, " + %.*s", ZV_STR_FMT(line->file->signature_name));
		(void)fputc('\n', out);
	}
	for (size_t i = 0; i < application->n_missing; i++)
		(void)fprintf(out, "! %.*s\n", ZV_STR_FMT(application->missing[i].text));
	for (size_t i = 0; i < application->n_steps; i++) {
		const struct zv_application_step *step = &application->steps[i];
		char at[ZV_INSTANT_TEXT];

		zv_instant_format(at, step->at_ms);
		(void)fprintf(out, "%.10s  %s  %.*s  %.*s  %.*s\n", at, zv_application_step_name(step->kind), ZV_STR_FMT(step->actor),
			      ZV_STR_FMT(application->step_titles[i]), ZV_STR_FMT(step->body));
	}
}

enum zv_code zv_applications_show(struct zv_work *work, struct zv_str uid, struct zv_err *err)
{
	struct zv_application application;
	struct zv_table table;
	enum zv_code code = zv_application_get(&application, work->db, work->who, uid, work->arena, err);

	if (code != ZV_OK)
		return code;
	if (!work->cli->json) {
		zv_say(work->cli->out, N_("%.*s: %.*s, %s, version %lld; %lld of %lld criteria pass."), ZV_STR_FMT(application.row.uid),
		       ZV_STR_FMT(application.row.cluster_name), zv_tr(zv_application_state_label(application.row.state)),
		       (long long)application.row.version, (long long)application.passed, (long long)application.total);
		say_rest(work->cli->out, &application);
	}
	zv_table_init(&table, work->cli, criterion_columns, ZV_LEN(criterion_columns));
	for (size_t i = 0; i < application.n_criteria; i++)
		if (!show_criterion(&table, &application.criteria[i]))
			break;
	return zv_table_done(&table, NULL, err);
}

static enum zv_code show(struct zv_work *work, struct zv_err *err)
{
	return zv_applications_show(work, zv_cli_arg(work->cli, 0), err);
}

static enum zv_code copy(struct zv_work *work, struct zv_err *err)
{
	struct zv_application_row row;
	struct zv_str bytes;
	enum zv_code code = zv_application_copy(&bytes, &row, work->db, work->who, zv_cli_arg(work->cli, 0), work->arena, err);

	if (code == ZV_OK)
		(void)fwrite(bytes.p, 1, bytes.n, work->cli->out);
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, list, err);
}

static enum zv_code run_show(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, show, err);
}

static enum zv_code run_copy(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, copy, err);
}

static const struct zv_cli_option list_options[] = {
	{"open", NULL, N_("only those that are not decided")},
	{0},
};

const struct zv_cli_command zv_cmd_applications_list = {
	.name = "applications list",
	.args = "",
	.help = N_("Show applications for the register of clusters"),
	.options = list_options,
	.action = ZV_CLI_DO(APPLICATION_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_applications_show = {
	.name = "applications show",
	.args = "APPLICATION",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show the checklist, the criteria and the history of an application"),
	.action = ZV_CLI_DO(APPLICATION_READ),
	.run = run_show,
};

const struct zv_cli_command zv_cmd_applications_copy = {
	.name = "applications copy",
	.args = "APPLICATION",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Print the frozen copy of an application as JSON"),
	.action = ZV_CLI_DO(APPLICATION_READ),
	.run = run_copy,
};
