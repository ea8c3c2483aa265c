/* zveno db upgrade, zveno db info. */
#include "app/seed.h"
#include "base/date.h"
#include "cli/say.h"
#include "cli/table.h"

struct steps {
	struct zv_cli *cli;
	int n;
};

static void show_step(void *context, struct zv_str name)
{
	struct steps *steps = context;

	steps->n++;
	if (!steps->cli->json)
		(void)fprintf(steps->cli->out, "%.*s\n", ZV_STR_FMT(name));
}

/* A new database gets the reference data of the program. */
static enum zv_code seed(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_WRITE, err);

	if (code == ZV_OK)
		code = zv_seed(db, err);
	zv_database_close(db);
	return code;
}

static enum zv_code run_upgrade(struct zv_cli *cli, struct zv_err *err)
{
	struct steps steps = {.cli = cli};
	bool dry_run = zv_cli_flag(cli, "dry-run");
	enum zv_code code;

	if (!dry_run)
		zv_cli_make_place(cli);
	code = zv_database_upgrade(cli->db_url, dry_run, show_step, &steps, err);

	if (code == ZV_OK && !dry_run)
		code = seed(cli, err);
	if (code != ZV_OK)
		return code;
	if (cli->json)
		(void)fprintf(cli->out, "{\"steps\":%d,\"dry_run\":%s}\n", steps.n, dry_run ? "true" : "false");
	else if (steps.n == 0)
		zv_say(cli->out, N_("The database is up to date."));
	else if (dry_run)
		zv_say_n(cli->out, steps.n, "%d step is to be done; nothing was written.", "%d steps are to be done; nothing was written.",
			 steps.n);
	else
		zv_say_n(cli->out, steps.n, "%d step done.", "%d steps done.", steps.n);
	return ZV_OK;
}

static enum zv_code show_info(struct zv_cli *cli, const struct zv_database_info *info, struct zv_err *err)
{
	static const struct zv_table_column columns[] = {
		{"database", N_("Database"), ZV_TABLE_TEXT},   {"schema", N_("Schema"), ZV_TABLE_NUMBER},
		{"centres", N_("Centres"), ZV_TABLE_NUMBER},   {"batches", N_("Batches"), ZV_TABLE_NUMBER},
		{"last_batch", N_("Last batch"), ZV_TABLE_TEXT},
	};
	struct zv_cell cells[ZV_LEN(columns)];
	struct zv_table table;
	char when[ZV_INSTANT_TEXT] = "";

	if (info->last_batch_ms != 0)
		zv_instant_format(when, info->last_batch_ms);
	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	cells[0] = zv_table_c(info->dialect);
	cells[1] = zv_table_int(info->schema, &table.arena);
	cells[2] = zv_table_int(info->centres, &table.arena);
	cells[3] = zv_table_int(info->batches, &table.arena);
	cells[4] = info->last_batch_ms != 0 ? zv_table_c(when) : zv_table_null();
	(void)zv_table_row(&table, cells);
	return zv_table_done(&table, NULL, err);
}

static enum zv_code run_info(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_database_info info;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	code = zv_database_info(&info, db, err);
	zv_database_close(db);
	return code == ZV_OK ? show_info(cli, &info, err) : code;
}

static const struct zv_cli_option upgrade_options[] = {
	{"dry-run", NULL, N_("only show the steps")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_db_upgrade = {
	.name = "db upgrade",
	.args = "",
	.help = N_("Make the database, or bring its schema up to date"),
	.options = upgrade_options,
	.run = run_upgrade,
};

const struct zv_cli_command zv_cmd_db_info = {
	.name = "db info",
	.args = "",
	.help = N_("Say what the database is and how far its schema is"),
	.run = run_info,
};
