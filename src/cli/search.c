/* zveno search, zveno suggest: rows by words, and a beginning completed to items. */
#include "app/find.h"
#include "base/tr.h"
#include "cli/table.h"

enum { SEARCH_LIMIT = 20, SUGGEST_LIMIT = 10 };

static const struct zv_table_column columns[] = {
	{"register", N_("Register"), ZV_TABLE_TEXT},
	{"uid", N_("Id"), ZV_TABLE_TEXT},
	{"key", N_("Key"), ZV_TABLE_TEXT},
	{"text", N_("What"), ZV_TABLE_TEXT},
};

static enum zv_code print_table(struct zv_cli *cli, const struct zv_found *found, size_t n, struct zv_err *err)
{
	struct zv_table table;

	zv_table_init(&table, cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < n; i++) {
		struct zv_cell cells[] = {
			zv_table_c(zv_tr(found[i].reg->label)),
			zv_table_text(found[i].record.uid),
			zv_table_text(found[i].record.source_key),
			zv_table_text(found[i].line),
		};

		cells[0].machine = zv_str_c(found[i].reg->name);
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nothing found.")), err);
}

/* What was changed since the last search is indexed first; if another process writes just now, the search goes without it. */
static enum zv_code open_fresh(struct zv_db **db, const struct zv_cli *cli, struct zv_err *err)
{
	struct zv_db *writer = NULL;
	bool stale = false;
	enum zv_code code = zv_cli_open(db, cli, ZV_DATABASE_READ, err);

	if (code == ZV_OK)
		code = zv_find_stale(&stale, *db, err);
	if (code == ZV_OK && stale && zv_cli_open(&writer, cli, ZV_DATABASE_WRITE, NULL) == ZV_OK) {
		code = zv_find_refresh(writer, NULL, NULL, err);
		zv_database_close(writer);
	}
	return code;
}

static enum zv_code run(struct zv_cli *cli, const char *kind, bool prefix, int64_t limit, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_found *found;
	struct zv_db *db = NULL;
	size_t n = 0;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	if (code == ZV_OK)
		code = open_fresh(&db, cli, err);
	if (code != ZV_OK) {
		zv_database_close(db);
		return code;
	}
	zv_arena_init(&arena);
	limit = limit > 1000 ? 1000 : limit;
	code = zv_find_text(&found, &n, db, cli->who, kind, zv_cli_arg(cli, 0), prefix, (int)limit, &arena, err);
	if (code == ZV_OK && n == 0 && !prefix) /* no such word: perhaps the beginning of one */
		code = zv_find_text(&found, &n, db, cli->who, kind, zv_cli_arg(cli, 0), true, (int)limit, &arena, err);
	if (code == ZV_OK && (cli->json || !prefix))
		code = print_table(cli, found, n, err);
	else if (code == ZV_OK)
		for (size_t i = 0; i < n; i++)
			(void)fprintf(cli->out, "%.*s\n", ZV_STR_FMT(found[i].line));
	cli->no = code == ZV_OK && n == 0;
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

static enum zv_code run_search(struct zv_cli *cli, struct zv_err *err)
{
	return run(cli, zv_cli_option(cli, "kind"), false, SEARCH_LIMIT, err);
}

static enum zv_code run_suggest(struct zv_cli *cli, struct zv_err *err)
{
	const char *kind = zv_cli_option(cli, "kind");

	return run(cli, kind != NULL ? kind : "item", true, SUGGEST_LIMIT, err);
}

static const struct zv_cli_option search_options[] = {
	{"kind", "KIND", N_("only items, needs or orgs")},
	{"limit", "N", N_("at most N of each (default: 20)")},
	{NULL, NULL, NULL},
};

static const struct zv_cli_option suggest_options[] = {
	{"kind", "KIND", N_("items, needs or orgs (default: items)")},
	{"limit", "N", N_("at most N (default: 10)")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_search = {
	.name = "search",
	.args = "TEXT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Find items, needs and organisations by words or codes"),
	.about = N_("All words must occur, in any form, in Russian or English letters. An exact code (CAS, INN, the beginning of an OKPD2 code) comes before all text. The exit code is 1 when nothing is found."),
	.options = search_options,
	.action = ZV_CLI_DO(REFERENCE_READ),
	.run = run_search,
};

const struct zv_cli_command zv_cmd_suggest = {
	.name = "suggest",
	.args = "TEXT",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Complete the beginning of a name or code to items"),
	.options = suggest_options,
	.action = ZV_CLI_DO(REFERENCE_READ),
	.run = run_suggest,
};
