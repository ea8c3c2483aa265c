/* zveno recode: one code of a classifier for another, everything that it touches listed first. */
#include "app/lots_run.h"
#include "app/recode.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"

static const struct zv_table_column columns[] = {
	{"register", N_("Register"), ZV_TABLE_TEXT}, {"key", N_("Key"), ZV_TABLE_TEXT},       {"uid", NULL, ZV_TABLE_TEXT},
	{"name", N_("Name"), ZV_TABLE_TEXT},         {"how", N_("Touched"), ZV_TABLE_TEXT},
};

static enum zv_code print_rows(struct zv_cli *cli, const struct zv_recode *r, struct zv_err *err)
{
	struct zv_table table;

	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < r->n; i++) {
		const struct zv_recode_row *row = &r->rows[i];
		struct zv_cell cells[] = {
			zv_table_c(zv_tr(row->reg->label)),
			zv_table_text(row->key),
			zv_table_text(row->uid),
			zv_table_text(row->name),
			zv_table_c(zv_tr(row->direct ? N_("by its code") : N_("through its item"))),
		};

		cells[0].machine = zv_str_c(row->reg->name);
		cells[4].machine = row->direct ? ZV_STR("code") : ZV_STR("item");
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nothing carries this code.")), err);
}

static void print_code(struct zv_cli *cli, struct zv_str code, struct zv_str name)
{
	(void)fprintf(cli->out, "%.*s%s%.*s", ZV_STR_FMT(code), name.n > 0 ? " " : "", ZV_STR_FMT(name));
}

static void print_codes(struct zv_cli *cli, const struct zv_recode *r)
{
	(void)fprintf(cli->out, "%.*s ", ZV_STR_FMT(r->scheme));
	print_code(cli, r->old_code, r->old_name);
	(void)fputs(" > ", cli->out);
	print_code(cli, r->new_code, r->new_name);
	(void)fputc('\n', cli->out);
	if (r->new_name.n == 0)
		zv_say(cli->out, N_("The code %.*s is in no classifier that was imported."), ZV_STR_FMT(r->new_code));
}

static void print_end(struct zv_cli *cli, const struct zv_recode *r)
{
	if (r->batch.n > 0)
		zv_say(cli->out, N_("Applied as %.*s; “zveno undo %.*s” takes it back."), ZV_STR_FMT(r->batch), ZV_STR_FMT(r->batch));
	else if (r->n_direct > 0)
		zv_say(cli->out, N_("Dry run: nothing was written."));
}

static enum zv_code recode(struct zv_cli *cli, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_recode result;
	zv_date said_on;
	enum zv_code code = zv_as_of(&said_on, db, cli->as_of, err);

	if (code == ZV_OK)
		code = zv_recode(&result, db, cli->args[0], zv_cli_arg(cli, 1), zv_cli_arg(cli, 2), zv_cli_flag(cli, "apply"), cli->actor, said_on,
				 arena, err);
	if (code != ZV_OK)
		return code;
	if (!cli->json)
		print_codes(cli, &result);
	code = print_rows(cli, &result, err);
	if (code == ZV_OK && !cli->json)
		print_end(cli, &result);
	return code;
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, zv_cli_flag(cli, "apply") ? ZV_DATABASE_WRITE : ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = recode(cli, db, &arena, err);
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

static const struct zv_cli_option options[] = {
	{"apply", NULL, N_("write the new code; without it the rows are only listed")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_recode = {
	.name = "recode",
	.args = "okpd2|hs|tnved OLD NEW",
	.min_args = 3,
	.max_args = 3,
	.help = N_("Replace a code of a classifier, listing everything that it touches"),
	.about = N_("Items, needs and supply that carry the code, and needs and offers of such items. The change is one batch, with the old values in the history, and can be undone."),
	.options = options,
	.run = run,
};
