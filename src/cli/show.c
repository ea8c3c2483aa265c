/* zveno show: one row with every value that was ever said of it, who said it, when, and which one holds. */
#include <string.h>

#include "app/batches.h"
#include "app/find.h"
#include "app/listing.h"
#include "base/tr.h"
#include "cli/table.h"

static const struct zv_table_column columns[] = {
	{"field", N_("Field"), ZV_TABLE_TEXT},   {"value", N_("Value"), ZV_TABLE_TEXT}, {"state", N_("Holds"), ZV_TABLE_TEXT},
	{"status", N_("Status"), ZV_TABLE_TEXT}, {"said_on", N_("Said on"), ZV_TABLE_TEXT}, {"line", N_("Line"), ZV_TABLE_NUMBER},
	{"source", N_("Source"), ZV_TABLE_TEXT}, {"batch", N_("Batch"), ZV_TABLE_TEXT},
};

struct word {
	const char *machine;
	const char *label;
};

static const struct word states[] = {
	[ZV_FACT_WINS] = {"wins", N_("holds")},
	[ZV_FACT_RIVAL] = {"rival", N_("rival")},
	[ZV_FACT_PAST] = {"past", N_("past")},
	[ZV_FACT_UNDONE] = {"undone", N_("undone")},
};

static const struct word statuses[] = {
	[ZV_DECLARED] = {"declared", N_("declared")},
	[ZV_CONFIRMED_DOCUMENT] = {"document", N_("confirmed by document")},
	[ZV_CONFIRMED_CENTRE] = {"centre", N_("confirmed by the centre")},
	[ZV_DISPUTED] = {"disputed", N_("disputed")},
};

static struct zv_cell word_cell(const struct word *table, size_t n, int at)
{
	struct zv_cell cell = {.type = ZV_CELL_NULL};

	if (at <= 0 || (size_t)at >= n)
		return cell;
	cell = zv_table_c(zv_tr(table[at].label));
	cell.machine = zv_str_c(table[at].machine);
	return cell;
}

/* People are spared what was never stated, and the machine's halves of a price. */
static bool worth_a_line(const struct zv_cli *cli, const struct zv_fact *fact)
{
	size_t n = strlen(fact->column->name);

	if (cli->json)
		return true;
	if (fact->value.null && fact->state == ZV_FACT_WINS)
		return false;
	return n < 4 || strcmp(fact->column->name + n - 4, "_per") != 0;
}

static enum zv_code show_fact(struct zv_table *table, struct zv_listing *listing, const struct zv_record *record, const struct zv_fact *fact,
			      struct zv_err *err)
{
	struct zv_cell cells[ZV_LEN(columns)];
	struct zv_listing_cell value;
	struct zv_batch batch;
	char date[ZV_DATE_TEXT];
	int column = (int)(fact->column - listing->reg->columns);
	const char *label = fact->column->label != NULL ? fact->column->label : fact->column->name;
	enum zv_code code = zv_listing_value(&value, listing, record, column, &fact->value, err);

	if (code == ZV_OK)
		code = zv_batches_of(&batch, listing->db, fact->batch_id, &table->arena, err);
	if (code != ZV_OK)
		return code;
	zv_date_format(date, fact->said_on);
	cells[0] = zv_table_c(zv_tr(label));
	cells[0].machine = zv_str_c(fact->column->name);
	cells[1] = value.type == ZV_LISTING_NULL ? zv_table_null() : zv_table_text(value.human);
	if (value.type != ZV_LISTING_NULL)
		cells[1].machine = value.machine;
	if (value.type == ZV_LISTING_NUMBER || value.type == ZV_LISTING_BOOL)
		cells[1].type = ZV_CELL_RAW;
	cells[2] = word_cell(states, ZV_LEN(states), (int)fact->state);
	cells[3] = word_cell(statuses, ZV_LEN(statuses), (int)fact->status);
	cells[4] = zv_table_c(date);
	cells[5] = zv_table_int(fact->line, &table->arena);
	cells[6] = zv_table_text(batch.source);
	cells[7] = zv_table_text(batch.uid);
	(void)zv_table_row(table, cells);
	return ZV_OK;
}

static enum zv_code show_facts(struct zv_cli *cli, struct zv_listing *listing, const struct zv_record *record, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_table table;
	struct zv_fact *facts;
	size_t n;
	enum zv_code code = zv_record_facts(&facts, &n, listing->db, listing->reg, record, arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		if (worth_a_line(cli, &facts[i]))
			code = show_fact(&table, listing, record, &facts[i], err);
	}
	if (code == ZV_OK)
		return zv_table_done(&table, NULL, err);
	zv_table_cancel(&table);
	return code;
}

/* What somebody sees of a row who sees not all of it: the values alone, without who said them. */
static enum zv_code show_shape(struct zv_cli *cli, struct zv_listing *listing, const struct zv_record *record, enum zv_sight sight,
			       struct zv_err *err)
{
	static const struct zv_table_column shape_columns[] = {{"field", N_("Field"), ZV_TABLE_TEXT}, {"value", N_("Value"), ZV_TABLE_TEXT}};
	struct zv_table table;
	enum zv_code code = ZV_OK;

	zv_table_init(&table, cli, shape_columns, ZV_LEN(shape_columns));
	for (int i = 0; i < listing->reg->n_columns && code == ZV_OK; i++) {
		struct zv_listing_cell cell;

		if (listing->reg->columns[i].label == NULL || record->values[i].null || !zv_sight_column(listing->reg, i, sight))
			continue;
		code = zv_listing_cell(&cell, listing, record, i, err);
		if (code == ZV_OK) {
			struct zv_cell cells[] = {zv_table_c(cli->json ? listing->reg->columns[i].name : zv_tr(listing->reg->columns[i].label)),
						  zv_table_text(cli->json ? cell.machine : cell.human)};

			(void)zv_table_row(&table, cells);
		}
	}
	if (code == ZV_OK)
		return zv_table_done(&table, NULL, err);
	zv_table_cancel(&table);
	return code;
}

static enum zv_code show_record(struct zv_cli *cli, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg;
	struct zv_listing listing;
	struct zv_record record;
	struct zv_str name;
	enum zv_sight sight;
	enum zv_code code = zv_find_anywhere(&record, &sight, &reg, db, cli->who, zv_cli_arg(cli, 0), arena, err);

	if (code == ZV_OK)
		code = zv_listing_init(&listing, db, reg->name, err);
	if (code != ZV_OK)
		return code;
	if (!cli->json) {
		name = zv_listing_name(reg, &record);
		(void)fprintf(cli->out, "%s: %.*s (%.*s, %.*s)\n", zv_tr(reg->label), ZV_STR_FMT(name), ZV_STR_FMT(record.source_key),
			      ZV_STR_FMT(record.uid));
	}
	code = sight == ZV_SIGHT_FULL ? show_facts(cli, &listing, &record, arena, err) : show_shape(cli, &listing, &record, sight, err);
	zv_listing_done(&listing);
	return code;
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = show_record(cli, db, &arena, err);
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

const struct zv_cli_command zv_cmd_show = {
	.name = "show",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show one row: all values with who said them, and their history"),
	.about = N_("ID is a public id (need_...) or a key; a key is looked for among needs, offers, organisations, items and the other registers in this order."),
	.action = ZV_CLI_DO(REFERENCE_READ),
	.run = run,
};
