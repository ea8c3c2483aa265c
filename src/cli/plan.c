/* zveno plan solve, plan check: national plans of problem folders, without a database. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/plan_folder_run.h"
#include "app/plan_number.h"
#include "base/date.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/say.h"

enum { PPT = 1000, BAR = 30, BAR_EVERY_US = 100 * 1000, LINE_EVERY_US = 2 * 1000 * 1000, US_PER_S = 1000000, MB = 1024 * 1024, PERCENT_DECIMALS = 7 };

/* --- how far it is, and when it is enough ------------------------------------------------------------------------------------------- */

static volatile sig_atomic_t interrupted;

struct solving {
	int64_t until_us; /* 0: no limit of time */
	int64_t shown_us;
	bool show;
	bool terminal;
	bool drawn;
};

static void on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

/* The first signal ends the search with the best plan so far; a second one ends the program. */
static void listen(void)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

	interrupted = 0;
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
}

static bool stop(void *context)
{
	const struct solving *s = context;

	return interrupted != 0 || (s->until_us > 0 && zv_tick_us() >= s->until_us);
}

static void gap_text(char out[ZV_PLAN_MONEY_DIGITS], zv_i128 objective, zv_i128 bound, zv_i128 constant)
{
	zv_plan_money_format(out, (zv_i128)zv_plan_gap_ppb(objective, bound, constant) * 100000); /* 1e-9 as percent, of 1e-12 */
}

static void progress(void *context, enum zv_plan_stage stage, int done_ppt, zv_i128 objective, zv_i128 bound)
{
	static const char *const stages[] = {N_("who may serve whom"), N_("prices"), N_("a first plan"), N_("a better plan"), N_("proofs"), N_("check")};
	struct solving *s = context;
	int64_t now = zv_tick_us();
	char gap[ZV_PLAN_MONEY_DIGITS] = "—";
	int done = done_ppt * BAR / PPT;

	if (!s->show || now - s->shown_us < (s->terminal ? BAR_EVERY_US : LINE_EVERY_US))
		return;
	s->shown_us = now;
	if (objective != 0)
		gap_text(gap, objective, bound, 0);
	if (!s->terminal) {
		(void)fprintf(stderr, "%d.%d %% · %s · %s %s %%\n", done_ppt / 10, done_ppt % 10, zv_tr(stages[stage]), zv_tr(N_("gap")), gap);
		return;
	}
	(void)fputs("\r[", stderr);
	for (int i = 0; i < BAR; i++)
		(void)fputc(i < done ? '=' : ' ', stderr);
	(void)fprintf(stderr, "] %s · %s %.6s %%\033[K", zv_tr(stages[stage]), zv_tr(N_("gap")), gap);
	(void)fflush(stderr);
	s->drawn = true;
}

/* --- solve ----------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_options(struct zv_plan_options *options, struct solving *s, const struct zv_cli *cli, struct zv_err *err)
{
	int64_t threads = 1, seconds = 0, memory = 0;
	enum zv_code code = zv_cli_option_int(&options->iterations, cli, "iterations", 1, err);

	if (code == ZV_OK)
		code = zv_cli_option_int(&options->effort, cli, "effort", 1, err);
	if (code == ZV_OK)
		code = zv_cli_option_int(&threads, cli, "threads", 1, err);
	if (code == ZV_OK)
		code = zv_cli_option_int(&seconds, cli, "seconds", 1, err);
	if (code == ZV_OK)
		code = zv_cli_option_int(&memory, cli, "memory", 1, err);
	options->threads = threads < INT32_MAX ? (int32_t)threads : INT32_MAX;
	options->memory_max = memory < INT64_MAX / MB ? (size_t)memory * MB : SIZE_MAX;
	options->strict = zv_cli_flag(cli, "strict");
	options->stop = stop;
	options->progress = progress;
	options->context = s;
	if (seconds > 0)
		s->until_us = zv_tick_us() + (seconds < INT64_MAX / US_PER_S / 2 ? seconds : INT64_MAX / US_PER_S / 2) * US_PER_S;
	s->show = zv_cli_flag(cli, "progress");
	s->terminal = isatty(STDERR_FILENO) != 0;
	return code;
}

static void warn(const struct zv_plan_folder *folder)
{
	for (size_t i = 0; i < folder->n_warnings; i++)
		(void)fprintf(stderr, "zveno: %.*s\n", ZV_STR_FMT(folder->warnings[i]));
}

static void print_sums(FILE *out, const struct zv_plan_folder *folder, const struct zv_plan_solved *solved)
{
	const struct zv_plan_result *plan = &solved->result.plan;
	char objective[ZV_PLAN_MONEY_DIGITS], bound[ZV_PLAN_MONEY_DIGITS], gap[ZV_PLAN_MONEY_DIGITS];
	uint32_t covered = 0;

	for (int i = 0; i < ZV_PLAN_PRIORITIES; i++)
		covered += plan->levels[i].covered_needs;
	zv_plan_money_format(objective, plan->objective);
	zv_plan_money_format(bound, plan->bound);
	gap_text(gap, plan->objective, plan->bound, plan->constant);
	zv_say(out, N_("%u of %u needs covered by %zu orders"), covered, folder->problem.n_needs, plan->n_orders);
	if (solved->has_explained)
		zv_say(out, N_("standing alone, %u of %u needs could be served in full"), solved->explained.alone.needs, folder->problem.n_needs);
	zv_say(out, N_("objective %s roubles, no plan below %s: gap %s %%"), objective, bound, gap);
	if (plan->stopped)
		zv_say(out, N_("The search was stopped before its end: this is the best plan so far."));
}

static enum zv_code solve(struct zv_cli *cli, const struct zv_plan_folder *folder, const struct zv_plan_options *options, const struct solving *s, struct zv_err *err)
{
	const char *path = zv_cli_option(cli, "out");
	struct zv_plan_solved solved;
	enum zv_code code = zv_plan_folder_solve(&solved, folder, options, zv_cli_flag(cli, "brief"), err);

	if (s->drawn)
		(void)fputs("\r\033[K", stderr);
	if (code != ZV_OK)
		return code;
	code = zv_plan_solved_write(&solved, folder, path, cli->out, err);
	if (code == ZV_OK && path != NULL)
		print_sums(cli->out, folder, &solved);
	zv_plan_solved_done(&solved);
	return code;
}

static enum zv_code run_solve(struct zv_cli *cli, struct zv_err *err)
{
	const char *path = zv_cli_option(cli, "out");
	struct zv_plan_options options = {0};
	struct solving s = {0};
	struct zv_plan_folder folder;
	enum zv_code code = read_options(&options, &s, cli, err);

	listen();
	if (code == ZV_OK && path != NULL)
		code = zv_plan_can_write(path, err);
	if (code == ZV_OK)
		code = zv_plan_folder_read(&folder, cli->args[0], err);
	if (code != ZV_OK)
		return code;
	warn(&folder);
	code = solve(cli, &folder, &options, &s, err);
	zv_plan_folder_done(&folder);
	return code;
}

/* --- check ----------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code print_checked(struct zv_cli *cli, const struct zv_plan_checked *checked, struct zv_err *err)
{
	char objective[ZV_PLAN_MONEY_DIGITS], constant[ZV_PLAN_MONEY_DIGITS];
	struct zv_cli_json doc;

	zv_plan_money_format(objective, checked->objective);
	zv_plan_money_format(constant, checked->constant);
	zv_cli_json_begin(&doc, cli);
	zv_json_object(&doc.json);
	zv_json_key_bool(&doc.json, "ok", true);
	zv_json_key(&doc.json, "objective");
	zv_json_raw(&doc.json, zv_str_c(objective));
	zv_json_key(&doc.json, "constant");
	zv_json_raw(&doc.json, zv_str_c(constant));
	zv_json_end_object(&doc.json);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code print_violation(struct zv_cli *cli, const struct zv_err *violation, struct zv_err *err)
{
	struct zv_cli_json doc;

	cli->no = true;
	(void)fprintf(stderr, "zveno: %s\n", violation->text);
	zv_cli_json_begin(&doc, cli);
	zv_json_object(&doc.json);
	zv_json_key_bool(&doc.json, "ok", false);
	zv_json_key_c(&doc.json, "constraint", violation->field);
	zv_json_key_c(&doc.json, "violation", violation->text);
	zv_json_end_object(&doc.json);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code run_check(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_plan_folder folder;
	struct zv_plan_checked checked;
	struct zv_err why = {0};
	enum zv_code code = zv_plan_folder_read(&folder, cli->args[0], err);

	if (code != ZV_OK)
		return code;
	code = zv_plan_folder_check(&checked, &folder, cli->args[1], &why);
	if (code == ZV_OK) {
		code = print_checked(cli, &checked, err);
	} else if (code == ZV_E_CONFLICT) {
		code = print_violation(cli, &why, err);
	} else if (err != NULL) {
		*err = why;
	}
	zv_plan_folder_done(&folder);
	return code;
}

static const struct zv_cli_option solve_options[] = {
	{"out", "FILE", N_("where the plan goes, as JSON; standard output otherwise")},
	{"iterations", "N", N_("steps of the prices, instead of as many as the size asks for")},
	{"effort", "PERCENT", N_("how long to search for a better plan; 100 is normal")},
	{"threads", "N", N_("threads; the plan is the same for any number of them")},
	{"strict", NULL, N_("a higher priority never yields to a lower one, at any price")},
	{"seconds", "N", N_("stop after so long with the best plan so far")},
	{"memory", "MB", N_("give up before it starts when so much memory cannot be enough")},
	{"brief", NULL, N_("sums, orders and flows alone, without explanations")},
	{"progress", NULL, N_("show on standard error how far it is")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_plan_solve = {
	.name = "plan solve",
	.args = "DIR",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Plan the needs of a problem folder, with a bound that no plan can beat"),
	.about = N_("The files of the folder are described in docs/guide/plan-files.md. The plan is checked by code of its own before it is written. At an interrupt (Ctrl-C, "
		   "TERM) or after --seconds the best plan so far is written; the second interrupt ends the program. No database is needed."),
	.options = solve_options,
	.run = run_solve,
};

const struct zv_cli_command zv_cmd_plan_check = {
	.name = "plan check",
	.args = "DIR PLAN.json",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Recompute every constraint and the sums of a plan from its problem folder"),
	.about = N_("By code that shares nothing with the search but the reader of the files. Prints the first violation and exits with 1 when there is one. No database is "
		   "needed."),
	.run = run_check,
};
