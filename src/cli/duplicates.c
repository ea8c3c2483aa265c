/* zveno duplicates, zveno decide: probable duplicates side by side, and a person's answer. */
#include <string.h>

#include "app/dup.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"

enum { LIMIT_DEFAULT = 50 };

static const struct zv_table_column columns[] = {
	{"uid", N_("Pair"), ZV_TABLE_TEXT},         {"score", N_("Score"), ZV_TABLE_NUMBER}, {"org", N_("In the register"), ZV_TABLE_TEXT},
	{"org_uid", NULL, ZV_TABLE_TEXT},           {"org_inn", NULL, ZV_TABLE_TEXT},        {"org_region", NULL, ZV_TABLE_TEXT},
	{"row", N_("In the file"), ZV_TABLE_TEXT}, {"reasons", N_("Why"), ZV_TABLE_TEXT},  {"verdict", N_("Answer"), ZV_TABLE_TEXT},
	{"decided_by", NULL, ZV_TABLE_TEXT},
};

static struct zv_cell verdict_cell(enum zv_dup_verdict verdict)
{
	static const char *const words[] = {
		[ZV_DUP_OPEN] = "open",
		[ZV_DUP_DIFFERENT] = "different",
		[ZV_DUP_SAME] = "same",
	};
	static const char *const labels[] = {
		[ZV_DUP_OPEN] = N_("open"),
		[ZV_DUP_DIFFERENT] = N_("different"),
		[ZV_DUP_SAME] = N_("the same"),
	};
	struct zv_cell cell = zv_table_c(zv_tr(labels[verdict]));

	cell.machine = zv_str_c(words[verdict]);
	return cell;
}

static void show_pair(struct zv_table *table, const struct zv_dup_pair *pair)
{
	struct zv_cell cells[] = {
		zv_table_text(pair->uid),
		zv_table_int(pair->score, &table->arena),
		zv_table_text(pair->org_name),
		zv_table_text(pair->org_uid),
		zv_table_text(pair->org_inn),
		zv_table_text(pair->org_region),
		zv_table_text(pair->row_text),
		zv_table_text(pair->reasons),
		verdict_cell(pair->verdict),
		pair->decided_by.n > 0 ? zv_table_text(pair->decided_by) : zv_table_null(),
	};

	cells[6].type = ZV_CELL_RAW; /* JSON already */
	(void)zv_table_row(table, cells);
}

static enum zv_code show_pairs(struct zv_cli *cli, struct zv_db *db, int64_t limit, struct zv_err *err)
{
	struct zv_table table;
	struct zv_arena arena;
	struct zv_dup_pair *pairs = NULL;
	size_t n = 0;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_dup_list(&pairs, &n, db, !zv_cli_flag(cli, "all"), limit, &arena, err);
	if (code == ZV_OK) {
		zv_table_init(&table, cli, columns, ZV_LEN(columns));
		for (size_t i = 0; i < n; i++)
			show_pair(&table, &pairs[i]);
		code = zv_table_done(&table, zv_tr(N_("No pair waits for an answer.")), err);
	}
	zv_arena_done(&arena);
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_db *db = NULL;
	int64_t limit = LIMIT_DEFAULT;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	if (code == ZV_OK)
		code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);
	if (code != ZV_OK)
		return code;
	code = show_pairs(cli, db, limit, err);
	zv_database_close(db);
	return code;
}

static enum zv_code run_decide(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_db *db = NULL;
	enum zv_dup_verdict verdict;
	enum zv_code code;

	if (strcmp(cli->args[1], "different") == 0)
		verdict = ZV_DUP_DIFFERENT;
	else if (strcmp(cli->args[1], "same") == 0)
		verdict = ZV_DUP_SAME;
	else
		return zv_fail(err, ZV_E_INVALID, cli->args[1], N_("The answer is “different” or “same”."));
	code = zv_cli_open(&db, cli, ZV_DATABASE_WRITE, err);
	if (code != ZV_OK)
		return code;
	code = zv_dup_decide(db, zv_cli_arg(cli, 0), verdict, zv_str_c(cli->actor), err);
	zv_database_close(db);
	if (code != ZV_OK)
		return code;
	if (cli->json)
		(void)fprintf(cli->out, "{\"verdict\":\"%s\"}\n", cli->args[1]);
	else
		zv_say(cli->out, N_("Kept. It holds until a name, an address or a number of either side changes."));
	return ZV_OK;
}

static const struct zv_cli_option options[] = {
	{"all", NULL, N_("also pairs that have an answer")},
	{"limit", "N", N_("show the N most alike (default: 50)")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_duplicates = {
	.name = "duplicates",
	.args = "",
	.help = N_("Show pairs of organisations that look like one"),
	.options = options,
	.run = run_list,
};

const struct zv_cli_command zv_cmd_decide = {
	.name = "decide",
	.args = "PAIR different|same",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Answer whether a pair is one organisation"),
	.about = N_("“different”: the next import adds the row as an organisation of its own. “same”: it takes the row as the stored one. The answer is remembered and asked again only when a name, an address or a number changes."),
	.run = run_decide,
};
