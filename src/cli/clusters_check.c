/* zveno clusters check-all: all clusters against one pack in one run. */
#include <string.h>

#include "app/check_all.h"
#include "app/rules_json.h"
#include "base/tr.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

enum { US_A_MS = 1000 };

static const struct zv_table_column columns[] = {
	{"cluster", N_("Cluster"), ZV_TABLE_TEXT}, {"verdict", N_("Verdict"), ZV_TABLE_TEXT},  {"passed", N_("Passed"), ZV_TABLE_NUMBER},
	{"failed", N_("Failed"), ZV_TABLE_NUMBER}, {"unknown", N_("Unknown"), ZV_TABLE_NUMBER}, {"projects", N_("Projects"), ZV_TABLE_NUMBER},
	{"first_failed", N_("Fails first"), ZV_TABLE_TEXT}, {"left", N_("There is"), ZV_TABLE_NUMBER}, {"right", N_("Must be"), ZV_TABLE_NUMBER},
};

static enum zv_code print_table(struct zv_work *work, const struct zv_check_table *checks, struct zv_err *err)
{
	struct zv_table table;
	enum zv_code code;

	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < checks->n; i++) {
		const struct zv_check_row *row = &checks->rows[i];
		struct zv_cell cells[ZV_LEN(columns)] = {
			zv_table_text(row->name),
			zv_table_c(zv_rules_truth_name(row->verdict)),
			zv_table_int(row->counts.passed, work->arena),
			zv_table_int(row->counts.failed, work->arena),
			zv_table_int(row->counts.unknown, work->arena),
			zv_table_int(row->projects, work->arena),
			zv_table_text(row->failed_id),
			zv_table_text(row->left),
			zv_table_text(row->right),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	code = zv_table_done(&table, zv_tr(N_("There is no such cluster.")), err);
	if (code == ZV_OK && checks->n > 0)
		zv_say_n(work->cli->out, (int64_t)checks->n, "%zu cluster in %lld ms", "%zu clusters in %lld ms", checks->n,
			 (long long)((checks->us + US_A_MS - 1) / US_A_MS));
	return code;
}

static enum zv_code check_all(struct zv_work *work, struct zv_err *err)
{
	const struct zv_check_all_ask ask = {
		.pack = zv_str_c(zv_cli_option(work->cli, "pack")), .state = zv_str_c(zv_cli_option(work->cli, "state")), .on = work->cli->as_of};
	struct zv_check_table table;
	struct zv_cli_json doc;
	struct zv_buf csv;
	enum zv_code code = zv_check_all(&table, work->db, work->who, &ask, work->arena, err);

	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < table.n; i++)
		work->cli->no |= table.rows[i].verdict == ZV_NO;
	if (zv_cli_option(work->cli, "xlsx") != NULL)
		return zv_check_all_xlsx(zv_cli_option(work->cli, "xlsx"), &table, err);
	if (zv_cli_flag(work->cli, "csv")) {
		zv_buf_init(&csv, 0);
		zv_check_all_csv(&csv, &table);
		(void)fwrite(csv.p, 1, csv.n, work->cli->out);
		zv_buf_done(&csv);
		return ZV_OK;
	}
	if (!work->cli->json)
		return print_table(work, &table, err);
	zv_cli_json_begin(&doc, work->cli);
	zv_check_all_json(&doc.json, &table);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, check_all, err);
}

static const struct zv_cli_option options[] = {
	{"pack", "NAME", N_("the pack by its name or series")},
	{"state", "STATE", N_("only clusters in this state: planned, filed, in_register, excluded, liquidation")},
	{"csv", NULL, N_("as CSV")},
	{"xlsx", "FILE", N_("as a workbook")},
	{0},
};

const struct zv_cli_command zv_cmd_clusters_check_all = {
	.name = "clusters check-all",
	.args = "",
	.help = N_("Check all clusters against a pack of rules in one run"),
	.about = N_("The exit code is 1 when a criterion that blocks fails in any of them."),
	.options = options,
	.action = ZV_CLI_DO(CHECK),
	.run = run,
};
