/* zveno kinds: what can be imported, and from which files. */
#include "app/import_kind.h"
#include "base/tr.h"
#include "cli/table.h"

static const struct zv_table_column columns[] = {
	{"kind", N_("Kind"), ZV_TABLE_TEXT},
	{"label", N_("What"), ZV_TABLE_TEXT},
	{"register", NULL, ZV_TABLE_TEXT},
	{"profile", N_("Profile"), ZV_TABLE_TEXT},
	{"file", N_("File"), ZV_TABLE_TEXT},
};

/* One line for each profile; people read the kind on its first line only. */
static bool show_profile(struct zv_table *table, const struct zv_import_kind *kind, size_t at)
{
	struct zv_cell cells[] = {
		zv_table_c(at == 0 ? kind->name : ""),
		zv_table_c(at == 0 ? zv_tr(kind->label) : ""),
		zv_table_c(kind->reg),
		zv_table_c(kind->profiles[at]->name),
		zv_table_c(zv_tr(kind->profiles[at]->label)),
	};

	cells[0].machine = zv_str_c(kind->name);
	cells[1].machine = zv_str_c(zv_tr(kind->label));
	return zv_table_row(table, cells);
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	const struct zv_import_kind *kind;
	struct zv_table table;

	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	for (size_t i = 0; (kind = zv_import_kind_at(i)) != NULL; i++) {
		for (size_t at = 0; at < kind->n_profiles; at++)
			(void)show_profile(&table, kind, at);
	}
	return zv_table_done(&table, NULL, err);
}

const struct zv_cli_command zv_cmd_kinds = {
	.name = "kinds",
	.args = "",
	.help = N_("List what can be imported, and from which files"),
	.action = ZV_CLI_DO(PUBLIC_READ),
	.run = run,
};
