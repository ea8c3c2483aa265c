/* zveno measures, measures find, measures show, measures changes: the register of support measures. */
#include "app/measures.h"

#include "app/rules_json.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "model/money.h"

enum { CHANGES = 100, CHANGES_MAX = 100000 };

static const struct zv_table_column columns[] = {
	{"id", N_("Id"), ZV_TABLE_TEXT},
	{"form", N_("Form"), ZV_TABLE_TEXT},
	{"status", N_("Status"), ZV_TABLE_TEXT},
	{"act_old", N_("Act"), ZV_TABLE_TEXT},
	{"act_new", N_("Number since 2024"), ZV_TABLE_TEXT},
	{"title", N_("What"), ZV_TABLE_TEXT},
	{"pack", NULL, ZV_TABLE_TEXT},
	{"confidence", NULL, ZV_TABLE_TEXT},
};

static struct zv_cell text_cell(struct zv_str s)
{
	struct zv_cell cell = s.n > 0 ? zv_table_text(s) : zv_table_null();

	if (s.n == 0)
		cell.human = ZV_STR("");
	return cell;
}

static enum zv_code print_list(struct zv_cli *cli, const struct zv_measure *measures, size_t n, struct zv_err *err)
{
	struct zv_table table;

	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < n; i++) {
		const struct zv_rules_rule *rule = measures[i].rule;
		const char *form = zv_measure_form_label(rule->form);
		struct zv_cell cells[] = {
			zv_table_text(rule->id),
			form != NULL ? zv_table_c(zv_tr(form)) : zv_table_text(rule->form),
			zv_table_c(zv_tr(zv_measure_status_label(rule->status))),
			text_cell(rule->act_old),
			text_cell(rule->act_new),
			zv_table_text(zv_rules_words(&rule->title)),
			zv_table_text(measures[i].pack->name),
			zv_table_c(zv_measure_confidence_name(rule->confidence)),
		};

		cells[1].machine = rule->form;
		cells[2].machine = zv_str_c(zv_measure_status_name(rule->status));
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nothing found.")), err);
}

static enum zv_code list(struct zv_cli *cli, struct zv_str text, struct zv_err *err)
{
	struct zv_measures_query query = {.text = text, .status = -1, .on = cli->as_of};
	struct zv_measure *measures = NULL;
	struct zv_db *db = NULL;
	size_t n = 0;
	zv_date on;
	enum zv_code code = zv_measures_filter(&query, zv_str_c(zv_cli_option(cli, "status")), zv_str_c(zv_cli_option(cli, "form")), err);

	if (code == ZV_OK)
		code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = zv_measures_list(&measures, &n, &on, db, cli->who, &query, cli->arena, err);
	if (code == ZV_OK)
		code = print_list(cli, measures, n, err);
	cli->no = code == ZV_OK && n == 0;
	zv_database_close(db);
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return list(cli, ZV_STR(""), err);
}

static enum zv_code run_find(struct zv_cli *cli, struct zv_err *err)
{
	return list(cli, zv_cli_arg(cli, 0), err);
}

/* The measure as its pack has it: everything that is known of it, with its sources. */
static enum zv_code run_show(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_measure measure;
	struct zv_db *db = NULL;
	zv_date on;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code == ZV_OK)
		code = zv_measures_get(&measure, &on, db, cli->who, zv_cli_arg(cli, 0), cli->as_of, cli->arena, err);
	if (code == ZV_OK && cli->json)
		code = print_list(cli, &measure, 1, err);
	else if (code == ZV_OK)
		(void)fprintf(cli->out, "# %.*s\n%.*s\n", ZV_STR_FMT(measure.pack->name), ZV_STR_FMT(zv_measure_text(&measure)));
	zv_database_close(db);
	return zv_cli_input(code, err);
}

static const struct zv_table_column change_columns[] = {
	{"measure", N_("Measure"), ZV_TABLE_TEXT}, {"org", N_("Organisation"), ZV_TABLE_TEXT}, {"was", N_("Was"), ZV_TABLE_TEXT},
	{"now", N_("Is"), ZV_TABLE_TEXT},	   {"was_amount", N_("Sum before"), ZV_TABLE_NUMBER}, {"now_amount", N_("Sum now"), ZV_TABLE_NUMBER},
	{"pack", N_("Pack"), ZV_TABLE_TEXT},	   {"change", NULL, ZV_TABLE_TEXT},
};

static struct zv_cell money_cell(int64_t kop, struct zv_arena *arena)
{
	struct zv_cell cell = zv_table_null();
	char human[ZV_MONEY_TEXT], machine[ZV_MONEY_TEXT];

	if (kop < 0)
		return cell;
	zv_money_format(human, kop);
	zv_money_decimal(machine, kop);
	cell = zv_table_text(zv_str_dup(arena, zv_str_c(human)));
	cell.machine = zv_str_dup(arena, zv_str_c(machine));
	return cell;
}

static enum zv_code print_changes(struct zv_cli *cli, const struct zv_measure_change *changes, size_t n, struct zv_err *err)
{
	struct zv_table table;

	zv_table_init(&table, cli, change_columns, ZV_LEN(change_columns));
	for (size_t i = 0; i < n; i++) {
		struct zv_cell cells[] = {
			zv_table_text(changes[i].measure),
			zv_table_text(changes[i].org),
			zv_table_c(zv_tr(zv_measure_truth_label(changes[i].was))),
			zv_table_c(zv_tr(zv_measure_truth_label(changes[i].now))),
			money_cell(changes[i].was_kop, cli->arena),
			money_cell(changes[i].now_kop, cli->arena),
			zv_table_text(changes[i].pack),
			zv_table_c(zv_measure_change_word(&changes[i])),
		};

		cells[1].machine = changes[i].org_uid;
		cells[2].machine = zv_str_c(zv_measure_truth_name(changes[i].was));
		cells[3].machine = zv_str_c(zv_measure_truth_name(changes[i].now));
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("No pack has changed what anybody may have.")), err);
}

static enum zv_code run_changes(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_measure_changes_query query = {.measure = zv_cli_arg(cli, 0), .limit = CHANGES};
	struct zv_measure_change *changes = NULL;
	struct zv_db *db = NULL;
	int64_t next, limit = CHANGES;
	size_t n = 0;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	query.limit = limit > CHANGES_MAX ? CHANGES_MAX : (int)limit;
	if (code == ZV_OK)
		code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = zv_measure_changes(&changes, &n, &next, db, cli->who, &query, cli->arena, err);
	if (code == ZV_OK)
		code = print_changes(cli, changes, n, err);
	zv_database_close(db);
	return code;
}

static const struct zv_cli_option list_options[] = {
	{"status", "STATUS", N_("only active, closed, announced, proposed, conditional, regional_only, to_check or suspended ones")},
	{"form", "FORM", N_("only subsidies, grants, loans ...: subsidy, grant, loan, guarantee, tax, contract, service, land, procurement, transfer")},
	{NULL, NULL, NULL},
};

static const struct zv_cli_option change_options[] = {{"limit", "N", N_("at most N, the newest first (default: 100)")}, {NULL, NULL, NULL}};

const struct zv_cli_command zv_cmd_measures = {
	.name = "measures",
	.args = "",
	.help = N_("List the measures of support in the packs in force"),
	.options = list_options,
	.action = ZV_CLI_DO(RULES_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_measures_find = {
	.name = "measures find",
	.args = "TEXT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Find measures by words or by the old or new number of the act"),
	.about = N_("All words must occur, in any form, in Russian or English. In the number of an act neither case, №, blanks and dashes nor “от” matter. The exit code is 1 when nothing is found."),
	.options = list_options,
	.action = ZV_CLI_DO(RULES_READ),
	.run = run_find,
};

const struct zv_cli_command zv_cmd_measures_show = {
	.name = "measures show",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show one measure as its pack has it"),
	.action = ZV_CLI_DO(RULES_READ),
	.run = run_show,
};

const struct zv_cli_command zv_cmd_measures_changes = {
	.name = "measures changes",
	.args = "[MEASURE]",
	.max_args = 1,
	.help = N_("Show who gained or lost a measure when a pack changed"),
	.options = change_options,
	.action = ZV_CLI_DO(SUPPORT_READ),
	.run = run_changes,
};
