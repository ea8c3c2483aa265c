/* zveno setting: what the installation is told to do, within bounds, and each change in the trail. */
#include "app/settings.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"

static const struct zv_table_column columns[] = {
	{"name", N_("Setting"), ZV_TABLE_TEXT},
	{"value", N_("Value"), ZV_TABLE_TEXT},
	{"given", N_("Set here"), ZV_TABLE_TEXT},
	{"help", N_("What for"), ZV_TABLE_TEXT},
};

static enum zv_code print_row(struct zv_table *table, struct zv_db *db, const struct zv_setting_kind *kind, struct zv_err *err)
{
	struct zv_cell cells[ZV_LEN(columns)];
	struct zv_str value;
	bool given;
	enum zv_code code = zv_setting_read(&value, &given, db, zv_str_c(kind->name), &table->arena, err);

	if (code != ZV_OK)
		return code;
	cells[0] = zv_table_c(kind->name);
	cells[1] = value.n > 0 ? zv_table_text(value) : zv_table_null();
	cells[2] = zv_table_c(zv_tr(given ? N_("yes") : N_("no")));
	cells[2].type = ZV_CELL_BOOL;
	cells[2].i = given;
	cells[3] = zv_table_c(zv_tr(kind->help));
	(void)zv_table_row(table, cells);
	return ZV_OK;
}

static enum zv_code print_all(struct zv_cli *cli, struct zv_db *db, struct zv_err *err)
{
	const struct zv_setting_kind *kind;
	struct zv_table table;
	enum zv_code code = ZV_OK;

	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	for (size_t i = 0; code == ZV_OK && (kind = zv_setting_at(i)) != NULL; i++)
		code = print_row(&table, db, kind, err);
	if (code == ZV_OK)
		return zv_table_done(&table, NULL, err);
	zv_table_cancel(&table);
	return code;
}

static enum zv_code print_one(struct zv_cli *cli, struct zv_db *db, struct zv_err *err)
{
	struct zv_str value;
	bool given;
	enum zv_code code = zv_setting_read(&value, &given, db, zv_cli_arg(cli, 0), cli->arena, err);

	if (code == ZV_OK)
		(void)fprintf(cli->out, "%.*s\n", ZV_STR_FMT(value));
	return code;
}

static enum zv_code write_one(struct zv_cli *cli, struct zv_db *db, struct zv_err *err)
{
	enum zv_code code = zv_setting_write(db, cli->who, zv_cli_arg(cli, 0), zv_cli_arg(cli, 1), err);

	if (code == ZV_OK)
		zv_say(cli->out, N_("%.*s is set. A server that runs takes most settings at its next start."), ZV_STR_FMT(zv_cli_arg(cli, 0)));
	return code;
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, cli->n_args == 2 ? ZV_DATABASE_WRITE : ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	if (cli->n_args == 2)
		code = write_one(cli, db, err);
	else
		code = cli->n_args == 1 ? print_one(cli, db, err) : print_all(cli, db, err);
	zv_database_close(db);
	return code;
}

const struct zv_cli_command zv_cmd_setting = {
	.name = "setting",
	.args = "[NAME [VALUE]]",
	.max_args = 2,
	.help = N_("List the settings, show one, set one"),
	.about = N_("An empty value (\"\") goes back to what the setting is without. Each change is in the audit trail."),
	.action = ZV_CLI_DO(SETTING_WRITE),
	.run = run,
};
