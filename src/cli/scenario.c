/* zveno scenario list, save, drop, compare: questions about production chains that are kept. */
#include "app/chain_scenario.h"

#include <math.h>

#include "app/chain_answer.h"
#include "base/buf.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"
#include "model/money.h"

static struct zv_cell money_cell(int64_t kop, struct zv_arena *arena)
{
	char human[ZV_MONEY_TEXT], machine[ZV_MONEY_TEXT];

	zv_money_format(human, kop);
	zv_money_decimal(machine, kop);
	return (struct zv_cell){.type = ZV_CELL_RAW, .human = zv_str_dup(arena, zv_str_c(human)), .machine = zv_str_dup(arena, zv_str_c(machine))};
}

static struct zv_cell text_or_null(struct zv_str text)
{
	return text.n > 0 ? zv_table_text(text) : zv_table_null();
}

/* --- list ------------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column list_columns[] = {
	{"uid", N_("Scenario"), ZV_TABLE_TEXT}, {"title", N_("Title"), ZV_TABLE_TEXT},	   {"cause", N_("Stops"), ZV_TABLE_TEXT},
	{"with", N_("With"), ZV_TABLE_TEXT},	{"made_by", N_("Saved by"), ZV_TABLE_TEXT},
};

static enum zv_code list(struct zv_work *work, struct zv_err *err)
{
	struct zv_scenario *all;
	struct zv_table table;
	size_t n;
	enum zv_code code = zv_scenario_list(&all, &n, work->db, work->who, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, list_columns, ZV_LEN(list_columns));
	for (size_t i = 0; i < n; i++) {
		struct zv_cell cells[] = {zv_table_text(all[i].uid), zv_table_text(all[i].title), zv_table_text(all[i].words.cause), text_or_null(all[i].words.with),
					  zv_table_text(all[i].made_by)};

		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("No scenario is saved. Save one with zveno scenario save.")), err);
}

/* --- save and drop -------------------------------------------------------------------------------------------------------------------------- */

/* The values of an option that may be given several times, parted as in an address. */
static struct zv_str joined(struct zv_work *work, const char *option)
{
	struct zv_buf all;
	const char *name;
	struct zv_str out;

	zv_buf_init(&all, 0);
	for (int i = 0; (name = zv_cli_option_at(work->cli, option, i)) != NULL; i++)
		zv_buf_addf(&all, "%s%s", i > 0 ? "|" : "", name);
	out = zv_str_dup(work->arena, zv_buf_str(&all));
	zv_buf_done(&all);
	return out;
}

static struct zv_str one(struct zv_work *work, const char *option)
{
	const char *value = zv_cli_option(work->cli, option);

	return value != NULL ? zv_str_c(value) : ZV_STR("");
}

static enum zv_code save(struct zv_work *work, struct zv_err *err)
{
	const struct zv_chain_words words = {joined(work, "cause"), joined(work, "with"), one(work, "days"), one(work, "from"), one(work, "to"), one(work, "rate")};
	struct zv_scenario scenario;
	enum zv_code code = zv_scenario_save(&scenario, work->db, work->who, zv_cli_arg(work->cli, 0), &words, work->arena, err);

	if (code == ZV_OK)
		zv_work_done(work, scenario.uid, zv_text(work->arena, N_("The scenario “%.*s” is saved."), ZV_STR_FMT(scenario.title)));
	return code;
}

static enum zv_code drop(struct zv_work *work, struct zv_err *err)
{
	struct zv_str uid = zv_cli_arg(work->cli, 0);
	enum zv_code code = zv_scenario_drop(work->db, work->who, uid, work->arena, err);

	if (code == ZV_OK)
		zv_work_done(work, uid, zv_text(work->arena, N_("The scenario is taken away.")));
	return code;
}

/* --- compare ------------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column compare_columns[] = {
	{"scenario", N_("Scenario"), ZV_TABLE_TEXT},	     {"process", N_("Process"), ZV_TABLE_TEXT},		 {"stop_day", N_("Stops on day"), ZV_TABLE_NUMBER},
	{"back_day", N_("As usual from day"), ZV_TABLE_NUMBER}, {"lost_rub", N_("Lost"), ZV_TABLE_NUMBER}, {"difference_rub", N_("Difference"), ZV_TABLE_NUMBER},
};

static struct zv_cell day_cell(double day, struct zv_arena *arena)
{
	return isnan(day) ? zv_table_null() : (struct zv_cell){.type = ZV_CELL_RAW, .human = zv_chain_day(day, arena), .machine = zv_chain_day(day, arena)};
}

static bool compare_row(struct zv_table *table, struct zv_str title, struct zv_cell process, const struct zv_chain_hit *hit, int64_t lost, int64_t base)
{
	struct zv_cell cells[] = {
		zv_table_text(title), process, day_cell(hit != NULL ? hit->stop : NAN, &table->arena), day_cell(hit != NULL ? hit->back : NAN, &table->arena),
		money_cell(lost, &table->arena), money_cell(lost - base, &table->arena),
	};

	return zv_table_row(table, cells);
}

static enum zv_code compare(struct zv_work *work, struct zv_err *err)
{
	struct zv_str uids[ZV_SCENARIOS_COMPARED_MAX];
	struct zv_scenario_comparison c;
	struct zv_table table;
	bool more = true;
	enum zv_code code;

	for (int i = 0; i < work->cli->n_args; i++)
		uids[i] = zv_cli_arg(work->cli, i);
	code = zv_scenario_compare(&c, work->db, work->who, uids, (size_t)work->cli->n_args, work->arena, err);
	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, compare_columns, ZV_LEN(compare_columns));
	for (size_t i = 0; i < c.n && more; i++) {
		for (size_t l = 0; l < c.n_lines && more; l++) {
			const struct zv_chain_hit *hit = c.lines[l].hits[i], *base = c.lines[l].hits[0];

			more = compare_row(&table, c.scenarios[i].title, zv_table_text(c.lines[l].name), hit, hit != NULL ? hit->lost_kop : 0, base != NULL ? base->lost_kop : 0);
		}
		more = more && compare_row(&table, c.scenarios[i].title, zv_table_c(zv_tr(N_("all processes"))), NULL, c.asked[i].answer.lost_kop, c.asked[0].answer.lost_kop);
	}
	return zv_table_done(&table, NULL, err);
}

/* --- the commands -------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, list, err);
}

static enum zv_code run_save(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, save, err);
}

static enum zv_code run_drop(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, drop, err);
}

static enum zv_code run_compare(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, compare, err);
}

static const struct zv_cli_option save_options[] = {
	{"cause", "NAME", N_("what stops: kind:name, such as import:ITEM@COUNTRY; several stop together")},
	{"with", "SOURCE", N_("count this proposed source, too, from its day on: key or public id; may be given several times")},
	{"days", "N", N_("for how many days losses are counted (default: 90)")},
	{"from", "DAY", N_("the day on which the outage begins (default: 0)")},
	{"to", "DAY", N_("the day on which it is over (default: never)")},
	{"rate", "R", N_("what is left while it lasts, 0 or more and below 1 (default: 0)")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_scenario_list = {
	.name = "scenario list",
	.args = "",
	.help = N_("Show saved questions about production chains"),
	.action = ZV_CLI_DO(SCENARIO),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_scenario_save = {
	.name = "scenario save",
	.args = "TITLE",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Save a question about production chains"),
	.about = N_("The question is asked once, so that what cannot be answered is not saved. Answers are not kept: each is reckoned anew."),
	.options = save_options,
	.action = ZV_CLI_DO(SCENARIO),
	.run = run_save,
};

const struct zv_cli_command zv_cmd_scenario_drop = {
	.name = "scenario drop",
	.args = "SCENARIO",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Take a saved question away"),
	.action = ZV_CLI_DO(SCENARIO),
	.run = run_drop,
};

const struct zv_cli_command zv_cmd_scenario_compare = {
	.name = "scenario compare",
	.args = "SCENARIO SCENARIO...",
	.min_args = 2,
	.max_args = ZV_SCENARIOS_COMPARED_MAX,
	.help = N_("Put saved questions side by side: days, losses, and the difference from the first"),
	.action = ZV_CLI_DO(SCENARIO),
	.run = run_compare,
};
