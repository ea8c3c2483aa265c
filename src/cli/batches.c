/* zveno batches, zveno undo. */
#include "app/batches.h"
#include "base/date.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"

enum { LIMIT_DEFAULT = 20 };

static const struct zv_table_column columns[] = {
	{"uid", N_("Batch"), ZV_TABLE_TEXT},
	{"started", N_("When"), ZV_TABLE_TEXT},
	{"kind", N_("Kind"), ZV_TABLE_TEXT},
	{"source", N_("Source"), ZV_TABLE_TEXT},
	{"actor", N_("Who"), ZV_TABLE_TEXT},
	{"state", N_("State"), ZV_TABLE_TEXT},
	{"new", N_("New"), ZV_TABLE_NUMBER},
	{"changed", N_("Changed"), ZV_TABLE_NUMBER},
	{"same", N_("Same"), ZV_TABLE_NUMBER},
	{"errors", N_("Errors"), ZV_TABLE_NUMBER},
	{"held", N_("Held"), ZV_TABLE_NUMBER},
};

static bool show_batch(void *context, const struct zv_batch *batch)
{
	struct zv_table *table = context;
	struct zv_cell cells[ZV_LEN(columns)];
	const int64_t counts[] = {batch->n_new, batch->n_changed, batch->n_same, batch->n_error, batch->n_held};
	char when[ZV_INSTANT_TEXT];
	bool undone = batch->state == 2;

	zv_instant_format(when, batch->started_ms);
	cells[0] = zv_table_text(batch->uid);
	cells[1] = zv_table_c(when);
	cells[2] = zv_table_text(batch->kind);
	cells[3] = zv_table_text(batch->source);
	cells[4] = zv_table_text(batch->actor);
	cells[5] = zv_table_c(zv_tr(undone ? N_("undone") : N_("applied")));
	cells[5].machine = undone ? ZV_STR("undone") : ZV_STR("applied");
	for (size_t i = 0; i < ZV_LEN(counts); i++)
		cells[6 + i] = zv_table_int(counts[i], &table->arena);
	return zv_table_row(table, cells);
}

static enum zv_code run_batches(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_table table;
	struct zv_db *db = NULL;
	int64_t limit = LIMIT_DEFAULT;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	if (code == ZV_OK)
		code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);
	if (code != ZV_OK)
		return code;
	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	code = zv_batches_each(db, limit, show_batch, &table, err);
	if (code == ZV_OK)
		code = zv_table_done(&table, zv_tr(N_("Nothing has been imported yet.")), err);
	else
		zv_table_cancel(&table);
	zv_database_close(db);
	return code;
}

static void print_undone(struct zv_cli *cli, const struct zv_batches_undone *undone)
{
	if (cli->json)
		(void)fprintf(cli->out, "{\"batch\":\"%.*s\",\"removed\":%lld,\"restored\":%lld}\n", ZV_STR_FMT(undone->uid),
			      (long long)undone->removed, (long long)undone->restored);
	else
		zv_say(cli->out, N_("%.*s (%.*s, %.*s) is undone: %lld rows removed, %lld values restored."), ZV_STR_FMT(undone->uid),
		       ZV_STR_FMT(undone->kind), ZV_STR_FMT(undone->source), (long long)undone->removed, (long long)undone->restored);
}

static enum zv_code run_undo(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_batches_undone undone;
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_WRITE, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_batches_undo(&undone, db, zv_cli_arg(cli, 0), &arena, err);
	if (code == ZV_OK)
		print_undone(cli, &undone);
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

static const struct zv_cli_option batches_options[] = {
	{"limit", "N", N_("show the newest N (default: 20)")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_batches = {
	.name = "batches",
	.args = "",
	.help = N_("Show what was imported and done, newest first"),
	.options = batches_options,
	.run = run_batches,
};

const struct zv_cli_command zv_cmd_undo = {
	.name = "undo",
	.args = "BATCH|last",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Take a whole batch back"),
	.about = N_("Rows that the batch made go, values that it changed return to what they were. A batch on which a later one stands is not undone: the message names what stands on it."),
	.run = run_undo,
};
