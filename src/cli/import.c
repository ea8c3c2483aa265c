/* zveno import: looks first and asks on a terminal, applies at once in a script, prints what came of every row. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/export.h"
#include "app/find.h"
#include "app/import.h"
#include "app/lots_run.h"
#include "base/tr.h"
#include "cli/import_print.h"
#include "cli/progress.h"
#include "cli/say.h"

enum { SETTINGS_MAX = 16 };

struct run {
	struct zv_cli *cli;
	struct zv_db *db;
	const char *kind;
	struct zv_import_options options;
	const char *settings[SETTINGS_MAX + 1];
	struct zv_progress progress;
	bool acks;
	bool many; /* more rows than are indexed at once */
};

static void print_ack(void *context, struct zv_str key)
{
	const struct run *run = context;

	if (!run->acks)
		return;
	(void)fprintf(run->cli->out, "ACK %.*s\n", ZV_STR_FMT(key));
	(void)fflush(run->cli->out);
}

static void show_progress(void *context, int64_t rows, int64_t bytes)
{
	struct run *run = context;

	zv_progress_show(&run->progress, rows, bytes);
}

static enum zv_code separator_of(char *out, const char *text, struct zv_err *err)
{
	if (text == NULL)
		return ZV_OK;
	if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0) {
		*out = '\t';
		return ZV_OK;
	}
	if (strlen(text) != 1 || strchr(",;|\t", text[0]) == NULL)
		return zv_fail(err, ZV_E_INVALID, "separator", N_("“%s” is no separator; there are , ; | and tab."), text);
	*out = text[0];
	return ZV_OK;
}

static enum zv_code fill_options(struct run *run, struct zv_err *err)
{
	const struct zv_cli *cli = run->cli;
	struct zv_import_options *o = &run->options;
	const char *value;
	enum zv_code code;

	*o = (struct zv_import_options){
		.centre = cli->centre,
		.actor = cli->actor,
		.source = zv_cli_option(cli, "source"),
		.name_space = zv_cli_option(cli, "namespace"),
		.profile = zv_cli_option(cli, "profile"),
		.encoding = zv_cli_option(cli, "encoding"),
		.sheet = zv_cli_option(cli, "sheet"),
		.errors_path = zv_cli_option(cli, "errors"),
		.settings = run->settings,
		.progress = show_progress,
		.context = run,
	};
	for (int i = 0; (value = zv_cli_option_at(cli, "set", i)) != NULL; i++) {
		if (i == SETTINGS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "set", N_("There are more than %d settings."), SETTINGS_MAX);
		run->settings[i] = value;
	}
	run->acks = zv_cli_flag(cli, "ack");
	if (run->acks)
		o->ack = print_ack;
	o->said_on = cli->as_of;
	code = separator_of(&o->separator, zv_cli_option(cli, "separator"), err);
	return code == ZV_OK ? zv_cli_option_date(&o->said_on, cli, "said-on", err) : code;
}

static int64_t file_size(const char *path)
{
	struct stat st;

	/* A packed file says nothing about how much is in it. */
	if (zv_str_ends(zv_str_c(path), ZV_STR(".gz")) || stat(path, &st) != 0)
		return 0;
	return (int64_t)st.st_size;
}

/* How many rows are indexed at once after an import; more are left to the next search or to the server. */
enum { INDEXED_AT_ONCE = 20000 };

/* One pass over the file, looking or applying, and its report. *useless: there were faults, and not one row could be used. */
static enum zv_code pass(struct run *run, bool dry_run, bool *useless, struct zv_err *err)
{
	struct zv_import_report report = {0};
	struct zv_cli *cli = run->cli;
	enum zv_code code;

	run->options.dry_run = dry_run;
	zv_progress_init(&run->progress, file_size(cli->args[1]));
	code = zv_cli_input(zv_import(&report, run->db, run->kind, cli->args[1], &run->options, err), err);
	zv_progress_done(&run->progress);
	if (code == ZV_OK)
		code = zv_import_print(cli, run->acks ? stderr : cli->out, &report, run->kind, cli->args[1], err);
	*useless = report.n_error > 0 && report.n_new + report.n_changed + report.n_same + report.n_held + report.n_duplicate == 0;
	run->many = report.n_new + report.n_changed > INDEXED_AT_ONCE;
	zv_import_report_done(&report);
	return code;
}

static bool must_ask(const struct zv_cli *cli)
{
	return !zv_cli_flag(cli, "yes") && !cli->json && isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
}

static enum zv_code import_file(struct run *run, struct zv_err *err)
{
	struct zv_cli *cli = run->cli;
	bool dry_run = zv_cli_flag(cli, "dry-run");
	bool useless = false;
	enum zv_code code;

	if (!dry_run && must_ask(cli)) {
		code = pass(run, true, &useless, err);
		if (code != ZV_OK)
			return code;
		if (!zv_cli_ask(zv_tr(N_("Apply? [y/N]")), false)) {
			zv_say(cli->out, N_("Nothing was written."));
			cli->no = true;
			return ZV_OK;
		}
	}
	code = pass(run, dry_run, &useless, err);
	cli->no = useless;
	if (code == ZV_OK && !dry_run && !run->many)
		code = zv_find_refresh(run->db, NULL, NULL, err);
	return code;
}

static enum zv_code run_import(struct zv_cli *cli, struct zv_err *err)
{
	struct run run = {.cli = cli};
	enum zv_code code = zv_export_kind(&run.kind, cli->args[0], err);

	if (code == ZV_OK)
		code = fill_options(&run, err);
	if (code == ZV_OK)
		code = zv_cli_open(&run.db, cli, ZV_DATABASE_CREATE, err);
	if (code != ZV_OK)
		return code;
	code = zv_as_of(&run.options.said_on, run.db, run.options.said_on, err);
	if (code == ZV_OK)
		code = import_file(&run, err);
	zv_database_close(run.db);
	return code;
}

static const struct zv_cli_option options[] = {
	{"dry-run", NULL, N_("only look: count what would be new, changed, the same or at fault")},
	{"yes", NULL, N_("apply without asking (without a terminal nothing is asked anyway)")},
	{"errors", "FILE", N_("write the rows at fault with a column of reasons (.xlsx or .csv)")},
	{"ack", NULL, N_("print “ACK <source key>” for each row once it is durable; the report goes to stderr")},
	{"encoding", "NAME", N_("utf-8, windows-1251, koi8-r, ibm866 or utf-16 (default: found out)")},
	{"separator", "C", N_("separator of a CSV file: , ; | or tab (default: found out)")},
	{"sheet", "NAME", N_("sheet of a workbook (default: Data, or the first)")},
	{"said-on", "DATE", N_("the day on which the file's statements were made (default: the date of the database, else today)")},
	{"source", "NAME", N_("name of the source (default: the file's name)")},
	{"namespace", "NAME", N_("put before every key, so that two sources do not meet")},
	{"profile", "NAME", N_("how to read the file (default: found out by its header)")},
	{"set", "NAME=VALUE", N_("a setting of the kind; may be given several times")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_import = {
	.name = "import",
	.args = "KIND FILE",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Import a file as one batch"),
	.about = N_("“zveno kinds” lists the kinds and the files they read: CSV, XLSX, XML or JSON, plain or gzipped. Rows that cannot be used are counted and listed with their reasons; the others are applied together. On a terminal the command looks first and asks. The exit code is 1 when not one row could be used, 2 when the file could not be read at all."),
	.options = options,
	.run = run_import,
};
