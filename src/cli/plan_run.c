/* zveno plan run, plan list, plan drop: national plans over the registers. */
#include "app/plan_run.h"

#include <signal.h>
#include <string.h>

#include "app/plan_text.h"
#include "app/plan_view.h"
#include "base/tr.h"
#include "cli/json.h"
#include "cli/plan_print.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/table.h"

enum { LISTED = 50, PPT = 1000 };

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

static bool stop(void *context)
{
	(void)context;
	return interrupted != 0;
}

static void progress(void *context, enum zv_plan_stage stage, int done_ppt, zv_i128 objective, zv_i128 bound)
{
	struct zv_progress *shown = context;

	(void)stage;
	(void)objective;
	(void)bound;
	if (shown->terminal) /* elsewhere it would speak of rows */
		zv_progress_show(shown, done_ppt, done_ppt);
}

/* The first signal ends the search with the best plan so far, which is checked and kept; the second ends the program. */
static void listen(void)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

	interrupted = 0;
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
}

/* --from newest: the plan made last. */
static enum zv_code read_from(struct zv_str *out, struct zv_cli *cli, struct zv_db *db, struct zv_err *err)
{
	const char *from = zv_cli_option(cli, "from");

	*out = ZV_STR("");
	return from != NULL ? zv_plan_named(out, db, zv_str_c(from), cli->arena, err) : ZV_OK;
}

static enum zv_code run_run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_progress shown;
	struct zv_plan_run_options options = {
		.as_of = cli->as_of, .strict = zv_cli_flag(cli, "strict"), .threads = 1, .keep_stopped = true, .actor = cli->actor, .stop = stop,
		.progress = progress, .context = &shown};
	struct zv_plan_row plan;
	int64_t threads = 1;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_option_int(&options.effort, cli, "effort", 1, err);

	if (code == ZV_OK)
		code = zv_cli_option_int(&threads, cli, "threads", 1, err);
	options.threads = threads > INT32_MAX ? INT32_MAX : (int32_t)threads;
	options.title = zv_str_trim(zv_str_c(zv_cli_option(cli, "title")));
	if (code == ZV_OK)
		code = zv_cli_open(&db, cli, ZV_DATABASE_WRITE, err);
	if (code == ZV_OK)
		code = read_from(&options.from, cli, db, err);
	if (code == ZV_OK) {
		listen();
		zv_progress_init(&shown, PPT);
		code = zv_plan_run(&plan, db, &options, cli->arena, err);
		zv_progress_done(&shown);
	}
	if (code == ZV_OK)
		code = zv_plan_print_head(cli, db, plan.uid, err);
	zv_database_close(db);
	return zv_cli_input(code, err);
}

/* --- list ----------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column columns[] = {
	{"uid", N_("Plan"), ZV_TABLE_TEXT},        {"title", N_("Title"), ZV_TABLE_TEXT},     {"as_of", N_("As of"), ZV_TABLE_TEXT},
	{"mode", N_("Mode"), ZV_TABLE_TEXT},       {"needs", N_("Needs"), ZV_TABLE_NUMBER},   {"covered_needs", N_("Covered"), ZV_TABLE_NUMBER},
	{"orders", N_("Orders"), ZV_TABLE_NUMBER}, {"gap_ppm", N_("Gap"), ZV_TABLE_NUMBER},
};

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_plan_seeing seeing;
	struct zv_plan_row *rows = NULL;
	struct zv_table table;
	int64_t next, limit = LISTED;
	size_t n = 0;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	if (code == ZV_OK)
		code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = zv_plan_seeing_open(&seeing, db, cli->who, cli->arena, err);
	if (code == ZV_OK)
		code = zv_plan_view_page(&rows, &n, &next, &seeing, 0, limit < 100000 ? (int)limit : 100000, err);
	if (code == ZV_OK) {
		zv_table_init(&table, cli, columns, ZV_LEN(columns));
		for (size_t i = 0; i < n; i++) {
			char day[ZV_DATE_TEXT];
			struct zv_cell cells[ZV_LEN(columns)];

			zv_date_format(day, rows[i].as_of);
			cells[0] = zv_table_text(rows[i].uid);
			cells[1] = zv_table_text(rows[i].title);
			cells[2] = zv_table_text(zv_str_dup(cli->arena, zv_str_c(day)));
			cells[3] = zv_table_c(rows[i].strict ? zv_tr(N_("strict")) : zv_tr(N_("priced")));
			cells[3].machine = rows[i].strict ? ZV_STR("strict") : ZV_STR("priced");
			cells[4] = zv_table_int(rows[i].n_needs, cli->arena);
			cells[5] = zv_table_int(rows[i].n_covered, cli->arena);
			cells[6] = zv_table_int(rows[i].n_orders, cli->arena);
			cells[7] = zv_plan_gap_cell(&rows[i], cli->arena);
			if (!zv_table_row(&table, cells))
				break;
		}
		code = zv_table_done(&table, zv_tr(N_("There is no plan yet: “zveno plan run” makes one.")), err);
	}
	zv_database_close(db);
	return code;
}

/* --- drop ----------------------------------------------------------------------------------------------------------------------- */

static enum zv_code drop(struct zv_db *db, int64_t plan_id, struct zv_err *err)
{
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_plan_drop(db, plan_id, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}

static enum zv_code run_drop(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_plan_row plan;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_WRITE, err);

	if (code == ZV_OK)
		code = zv_plan_by_uid(&plan, db, zv_cli_arg(cli, 0), cli->arena, err);
	if (code == ZV_OK)
		code = drop(db, plan.id, err);
	if (code == ZV_OK)
		zv_say(cli->json ? stderr : cli->out, N_("The plan “%.*s” is gone."), ZV_STR_FMT(plan.title));
	zv_database_close(db);
	return zv_cli_input(code, err);
}

static const struct zv_cli_option run_options[] = {
	{"title", "TEXT", N_("what the plan is called; its date unless said otherwise")},
	{"strict", NULL, N_("priorities one after another: nothing of a higher one yields to a lower one")},
	{"from", "PLAN", N_("begin with the prices of the newest plan (its id, or “newest”): faster")},
	{"effort", "N", N_("how long to search: 100 is normal, 1000 ten times as long")},
	{"threads", "N", N_("threads that compute; the plan is the same with any number")},
	{NULL, NULL, NULL},
};

static const struct zv_cli_option list_options[] = {{"limit", "N", N_("at most N, the newest first (default: 50)")}, {NULL, NULL, NULL}};

const struct zv_cli_command zv_cmd_plan_run = {
	.name = "plan run",
	.args = "",
	.help = N_("Plan all open needs over all makers, prove how good the plan is, and keep it"),
	.about = N_("Which makers to launch, in which quarter, at which price by volume, for whose needs. The plan carries a bound that no plan can beat, and for every need that is left over a reason. Interrupted (Ctrl-C) it keeps the best plan so far, marked as stopped."),
	.options = run_options,
	.action = ZV_CLI_DO(PLAN_RUN),
	.run = run_run,
};

const struct zv_cli_command zv_cmd_plan_list = {
	.name = "plan list",
	.args = "",
	.help = N_("List the plans that are kept"),
	.options = list_options,
	.action = ZV_CLI_DO(PLAN_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_plan_drop = {
	.name = "plan drop",
	.args = "PLAN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Take a plan away for good"),
	.action = ZV_CLI_DO(PLAN_RUN),
	.run = run_drop,
};
