/* zveno list, zveno count: rows of a register as a table or JSON, by filters. */
#include <string.h>

#include "app/listing.h"
#include "app/sight.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"

enum { FILTERS_MAX = 16, LIMIT_ON_TERMINAL = 50 };

struct list {
	struct zv_cli *cli;
	struct zv_listing listing;
	struct zv_listing_filter filters[FILTERS_MAX];
	size_t n_filters;
	int columns[ZV_COLUMNS_MAX]; /* of the register; what the table shows */
	int n;
	struct zv_table_column heads[ZV_COLUMNS_MAX + 3];
	struct zv_table table;
	int64_t given;
};

static enum zv_code take_filters(struct list *list, struct zv_err *err)
{
	for (int i = 1; i < list->cli->n_args; i++) {
		enum zv_code code;

		if (list->n_filters == FILTERS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "filter", N_("There are more than %d filters."), FILTERS_MAX);
		code = zv_listing_filter(&list->filters[list->n_filters++], &list->listing, zv_cli_arg(list->cli, i), err);
		if (code != ZV_OK)
			return code;
	}
	return ZV_OK;
}

static bool is_number(enum zv_column_type type)
{
	return type == ZV_COL_INT || type == ZV_COL_QTY || type == ZV_COL_KOP || type == ZV_COL_MICRO;
}

static enum zv_code pick_columns(struct list *list, struct zv_err *err)
{
	const struct zv_register *reg = list->listing.reg;
	const char *wanted = zv_cli_option(list->cli, "columns");
	struct zv_str rest = zv_str_c(wanted);
	struct zv_str part;

	if (wanted == NULL && list->cli->json) {
		for (list->n = 0; list->n < reg->n_columns; list->n++)
			list->columns[list->n] = list->n;
		return ZV_OK;
	}
	if (wanted == NULL) {
		list->n = zv_listing_main_columns(list->columns, ZV_COLUMNS_MAX, reg);
		return ZV_OK;
	}
	while (zv_str_split(&part, &rest, ',') && list->n < ZV_COLUMNS_MAX) {
		char name[64];

		(void)snprintf(name, sizeof(name), "%.*s", ZV_STR_FMT(zv_str_trim(part)));
		list->columns[list->n] = zv_register_column(reg, name);
		if (list->columns[list->n] < 0)
			return zv_fail(err, ZV_E_INVALID, "columns", N_("%s have no field “%s”."), reg->plural, name);
		list->n++;
	}
	return ZV_OK;
}

static void make_heads(struct list *list)
{
	list->heads[0] = (struct zv_table_column){"uid", NULL, ZV_TABLE_TEXT};
	list->heads[1] = (struct zv_table_column){"source_key", N_("Key"), ZV_TABLE_TEXT};
	for (int i = 0; i < list->n; i++) {
		const struct zv_column *c = &list->listing.reg->columns[list->columns[i]];

		list->heads[2 + i] = (struct zv_table_column){c->name, c->label != NULL ? c->label : c->name,
							      is_number(c->type) ? ZV_TABLE_NUMBER : ZV_TABLE_TEXT};
	}
}

static struct zv_cell to_cell(const struct zv_listing_cell *from)
{
	static const enum zv_cell_type types[] = {
		[ZV_LISTING_TEXT] = ZV_CELL_TEXT,
		[ZV_LISTING_NUMBER] = ZV_CELL_RAW,
		[ZV_LISTING_BOOL] = ZV_CELL_RAW,
		[ZV_LISTING_NULL] = ZV_CELL_NULL,
	};

	return (struct zv_cell){.type = types[from->type], .human = from->human, .machine = from->machine};
}

static enum zv_code show_record(void *context, const struct zv_record *record, struct zv_err *err)
{
	struct list *list = context;
	struct zv_cell cells[ZV_COLUMNS_MAX + 2];

	cells[0] = zv_table_text(record->uid);
	cells[1] = zv_table_text(record->source_key);
	for (int i = 0; i < list->n; i++) {
		struct zv_listing_cell cell;
		enum zv_code code = zv_listing_cell(&cell, &list->listing, record, list->columns[i], err);

		if (code != ZV_OK)
			return code;
		cells[2 + i] = to_cell(&cell);
	}
	list->given++;
	if (!zv_table_row(&list->table, cells))
		return zv_fail(err, ZV_E_IO, "stdout", N_("The output could not be written."));
	return ZV_OK;
}

static enum zv_code count_record(void *context, const struct zv_record *record, struct zv_err *err)
{
	struct list *list = context;

	(void)record;
	(void)err;
	list->given++;
	return ZV_OK;
}

static enum zv_code show_all(struct list *list, struct zv_err *err)
{
	int64_t limit = list->cli->json ? 0 : LIMIT_ON_TERMINAL;
	bool more = false;
	enum zv_code code = zv_cli_option_int(&limit, list->cli, "limit", 0, err);

	if (code == ZV_OK)
		code = take_filters(list, err);
	if (code == ZV_OK)
		code = zv_rights_need_some(list->cli->who, zv_sight_action(list->listing.reg, false), err);
	if (code == ZV_OK)
		code = pick_columns(list, err);
	if (code != ZV_OK)
		return code;
	make_heads(list);
	zv_table_init(&list->table, list->cli, list->heads, list->n + 2);
	code = zv_listing_each(&more, &list->listing, list->filters, list->n_filters, limit, show_record, list, err);
	if (code != ZV_OK) {
		zv_table_cancel(&list->table);
		return code;
	}
	code = zv_table_done(&list->table, zv_tr(N_("Nothing found.")), err);
	if (code == ZV_OK && more && !list->cli->json)
		zv_say_n(list->cli->out, limit, "The first %lld row; --limit 0 shows all.", "The first %lld rows; --limit 0 shows all.",
			 (long long)limit);
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	struct list list = {.cli = cli};
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	code = zv_listing_init(&list.listing, db, cli->args[0], err);
	list.listing.who = cli->who;
	if (code == ZV_OK) {
		code = show_all(&list, err);
		zv_listing_done(&list.listing);
	}
	zv_database_close(db);
	return code;
}

static enum zv_code count_all(struct list *list, struct zv_db *db, struct zv_err *err)
{
	bool more = false;
	enum zv_code code = take_filters(list, err);

	if (code == ZV_OK)
		code = zv_rights_need_some(list->cli->who, zv_sight_action(list->listing.reg, false), err);
	if (code != ZV_OK)
		return code;
	if (list->n_filters == 0 && list->listing.scheme.n == 0)
		return zv_sight_count(&list->given, db, list->cli->who, list->listing.reg, err);
	return zv_listing_each(&more, &list->listing, list->filters, list->n_filters, 0, count_record, list, err);
}

static enum zv_code run_count(struct zv_cli *cli, struct zv_err *err)
{
	struct list list = {.cli = cli};
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	code = zv_listing_init(&list.listing, db, cli->args[0], err);
	list.listing.who = cli->who;
	if (code == ZV_OK) {
		code = count_all(&list, db, err);
		zv_listing_done(&list.listing);
	}
	if (code == ZV_OK && cli->json)
		(void)fprintf(cli->out, "{\"count\":%lld}\n", (long long)list.given);
	else if (code == ZV_OK)
		(void)fprintf(cli->out, "%lld\n", (long long)list.given);
	zv_database_close(db);
	return code;
}

static const struct zv_cli_option list_options[] = {
	{"limit", "N", N_("show at most N rows; 0 shows all (default: 50, with --json all)")},
	{"columns", "A,B", N_("show these fields")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_list = {
	.name = "list",
	.args = "KIND [FIELD=VALUE]...",
	.min_args = 1,
	.max_args = -1,
	.help = N_("Show the rows of a register"),
	.about = N_("KIND is a register: orgs, items, needs, offers and so on. FIELD=VALUE keeps rows whose field is equal but for case, FIELD~PART those whose field contains the part; several filters must all hold. With --json quantities are in base units (mg, µL, piece) and money is in kopecks."),
	.options = list_options,
	.action = ZV_CLI_DO(REFERENCE_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_count = {
	.name = "count",
	.args = "KIND [FIELD=VALUE]...",
	.min_args = 1,
	.max_args = -1,
	.help = N_("Count the rows of a register"),
	.action = ZV_CLI_DO(REFERENCE_READ),
	.run = run_count,
};
