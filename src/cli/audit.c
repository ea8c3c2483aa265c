/* zveno audit verify, zveno audit head, zveno audit list. */
#include "app/audit.h"
#include "base/date.h"
#include "base/tr.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"

enum { LIMIT_DEFAULT = 20 };

/* The database may be named as the argument, as `zveno serve` takes it. */
static enum zv_code open_database(struct zv_db **db, struct zv_cli *cli, struct zv_err *err)
{
	if (cli->n_args > 0)
		cli->db_url = cli->args[0];
	return zv_cli_open(db, cli, ZV_DATABASE_READ, err);
}

static void add_head(struct zv_json *json, const struct zv_audit_verdict *verdict, struct zv_arena *arena)
{
	zv_json_key_str(json, "head", zv_arena_strf(arena, "%" PRId64 ":%s", verdict->rows, verdict->head));
}

static enum zv_code print_verdict(struct zv_cli *cli, const struct zv_audit_verdict *verdict, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_cli_json doc;

	if (cli->json) {
		zv_cli_json_begin(&doc, cli);
		zv_json_object(&doc.json);
		zv_json_key_bool(&doc.json, "ok", verdict->ok);
		zv_json_key_int(&doc.json, "records", verdict->rows);
		if (verdict->ok) {
			add_head(&doc.json, verdict, arena);
		} else {
			zv_json_key_int(&doc.json, "record", verdict->broken_n);
			zv_json_key_str(&doc.json, "fault", verdict->reason);
		}
		zv_json_end_object(&doc.json);
		return zv_cli_json_end(&doc, err);
	}
	if (verdict->ok) {
		zv_say_n(cli->out, verdict->rows, "ok, %lld record", "ok, %lld records", (long long)verdict->rows);
		zv_say(cli->out, N_("Write this down somewhere else: %lld:%s"), (long long)verdict->rows, verdict->head);
	} else if (verdict->broken_n > 0) {
		zv_say(cli->out, N_("Record %lld: %.*s"), (long long)verdict->broken_n, ZV_STR_FMT(verdict->reason));
	} else {
		zv_say(cli->out, "%.*s", ZV_STR_FMT(verdict->reason));
	}
	return ZV_OK;
}

static enum zv_code run_verify(struct zv_cli *cli, struct zv_err *err)
{
	const char *anchor_text = zv_cli_option(cli, "anchor");
	struct zv_audit_anchor anchor;
	struct zv_audit_verdict verdict;
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code = anchor_text != NULL ? zv_audit_anchor_parse(&anchor, zv_str_c(anchor_text), err) : ZV_OK;

	if (code == ZV_OK)
		code = open_database(&db, cli, err);
	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_audit_verify(&verdict, db, anchor_text != NULL ? &anchor : NULL, &arena, err);
	if (code == ZV_OK)
		code = print_verdict(cli, &verdict, &arena, err);
	cli->no = code == ZV_OK && !verdict.ok;
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

static enum zv_code run_head(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_audit_row head;
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code = open_database(&db, cli, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_audit_head(&head, db, &arena, err);
	if (code == ZV_OK)
		(void)fprintf(cli->out, cli->json ? "{\"head\":\"%" PRId64 ":%.*s\"}\n" : "%" PRId64 ":%.*s\n", head.n, ZV_STR_FMT(head.hash));
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

static const struct zv_table_column columns[] = {
	{"record", N_("Record"), ZV_TABLE_NUMBER}, {"at", N_("When"), ZV_TABLE_TEXT},         {"actor", N_("Who"), ZV_TABLE_TEXT},
	{"action", N_("Action"), ZV_TABLE_TEXT},   {"subject", N_("Subject"), ZV_TABLE_TEXT}, {"detail", N_("Details"), ZV_TABLE_TEXT},
	{"address", NULL, ZV_TABLE_TEXT},          {"hash", NULL, ZV_TABLE_TEXT},
};

static bool show_row(struct zv_table *table, const struct zv_audit_row *row)
{
	struct zv_cell cells[ZV_LEN(columns)];
	char when[ZV_INSTANT_TEXT];

	zv_instant_format(when, row->at_ms);
	cells[0] = zv_table_int(row->n, &table->arena);
	cells[1] = zv_table_c(when);
	cells[2] = zv_table_text(row->actor);
	cells[3] = zv_table_text(row->action);
	cells[4] = zv_table_text(row->subject);
	cells[5] = zv_table_text(row->detail);
	cells[6] = zv_table_text(row->address);
	cells[7] = zv_table_text(row->hash);
	return zv_table_row(table, cells);
}

static enum zv_code show_page(struct zv_cli *cli, struct zv_db *db, const struct zv_audit_query *query, struct zv_err *err)
{
	struct zv_audit_row *rows;
	struct zv_arena arena;
	struct zv_table table;
	size_t n;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_audit_page(&rows, &n, db, query, &arena, err);
	if (code == ZV_OK) {
		zv_table_init(&table, cli, columns, ZV_LEN(columns));
		for (size_t i = 0; i < n && show_row(&table, &rows[i]); i++)
			;
		code = zv_table_done(&table, zv_tr(N_("No record fits.")), err);
	}
	zv_arena_done(&arena);
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_audit_query query = {.centre_id = -1};
	int64_t limit = LIMIT_DEFAULT;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	if (code == ZV_OK)
		code = zv_cli_option_int(&query.before, cli, "before", 1, err);
	if (code == ZV_OK)
		code = open_database(&db, cli, err);
	if (code != ZV_OK)
		return code;
	query.subject = zv_str_c(zv_cli_option(cli, "subject"));
	query.limit = limit > 1000 ? 1000 : (int)limit;
	code = show_page(cli, db, &query, err);
	zv_database_close(db);
	return code;
}

static const struct zv_cli_option verify_options[] = {
	{"anchor", "N:HASH", N_("a record that was written down earlier; the trail must still have it")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_audit_verify = {
	.name = "audit verify",
	.args = "[DB]",
	.max_args = 1,
	.help = N_("Prove that nobody has changed the audit trail or the data behind it"),
	.about = N_("Recomputes the hash of every record, looks for gaps, and compares the registers, their history and the batches with the digest in "
		    "the last record. Prints the first fault and exits with 1 when there is one. Who can write to the file can also compute a new "
		    "trail, or put an old backup in its place: only a record that was written down somewhere else (--anchor) shows that."),
	.options = verify_options,
	.run = run_verify,
};

const struct zv_cli_command zv_cmd_audit_head = {
	.name = "audit head",
	.args = "[DB]",
	.max_args = 1,
	.help = N_("Print the last record of the audit trail, to be written down somewhere else"),
	.run = run_head,
};

static const struct zv_cli_option list_options[] = {
	{"limit", "N", N_("this many records; 20 by default")},
	{"before", "N", N_("only records before this one")},
	{"subject", "UID", N_("only records about this")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_audit_list = {
	.name = "audit list",
	.args = "[DB]",
	.max_args = 1,
	.help = N_("Show the records of the audit trail, newest first"),
	.options = list_options,
	.run = run_list,
};
