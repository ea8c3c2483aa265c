/* zveno applications start, put, precheck, submit, ask, answer, return, correct, decide, withdraw. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/application.h"
#include "cli/applications.h"
#include "cli/cli.h"

/* Opens the folder of files beside the database, does one thing, and shows the application as it is then. */
static enum zv_code with_act(struct zv_work *work,
			     enum zv_code (*run)(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err), struct zv_err *err)
{
	struct zv_application_act act = {.db = work->db, .who = work->who, .uid = zv_cli_arg(work->cli, 0), .arena = work->arena};
	const char *dir = zv_cli_option(work->cli, "files");
	enum zv_code code;

	if (dir == NULL)
		dir = zv_files_dir(work->cli->db_url, work->arena).p;
	code = zv_files_open(&act.files, dir, err);
	if (code != ZV_OK)
		return code;
	code = run(work, &act, err);
	zv_files_close(act.files);
	return code == ZV_OK ? zv_applications_show(work, act.uid, err) : code;
}

static enum zv_code start(struct zv_work *work, struct zv_err *err)
{
	const char *pack = zv_cli_option(work->cli, "pack");
	struct zv_str cluster, uid;
	enum zv_code code = zv_work_uid(&cluster, work, 0, "cluster", err);

	if (code == ZV_OK && pack == NULL)
		code = zv_fail(err, ZV_E_INVALID, "pack", N_("Say with --pack under which rules it is made."));
	if (code == ZV_OK)
		code = zv_application_start(&uid, work->db, work->who, cluster, zv_str_c(pack), work->arena, err);
	return code == ZV_OK ? zv_applications_show(work, uid, err) : code;
}

static enum zv_code do_put(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	struct zv_str path = zv_cli_arg(work->cli, 2);
	int fd = open(path.p, O_RDONLY | O_CLOEXEC);
	enum zv_code code;

	if (fd < 0)
		return zv_fail(err, ZV_E_INVALID, "file", N_("The file %.*s cannot be opened: %s."), ZV_STR_FMT(path), strerror(errno));
	code = zv_application_put(act, zv_cli_arg(work->cli, 1), zv_cli_flag(work->cli, "signature"), path, fd, err);
	(void)close(fd);
	return code;
}

static enum zv_code do_precheck(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	(void)work;
	return zv_application_precheck(act, err);
}

static enum zv_code do_submit(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	(void)work;
	return zv_application_submit(act, err);
}

static enum zv_code do_ask(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	return zv_application_ask(act, zv_cli_arg(work->cli, 1), zv_cli_arg(work->cli, 2), err);
}

static enum zv_code do_answer(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	return zv_application_answer(act, zv_cli_arg(work->cli, 1), zv_cli_arg(work->cli, 2), err);
}

static enum zv_code do_return(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	return zv_application_return(act, zv_cli_arg(work->cli, 1), zv_cli_arg(work->cli, 2), err);
}

static enum zv_code do_correct(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	return zv_application_correct(act, zv_cli_arg(work->cli, 1), err);
}

static enum zv_code do_withdraw(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	return zv_application_withdraw(act, zv_cli_arg(work->cli, 1), err);
}

static struct zv_str option_text(const struct zv_cli *cli, const char *name)
{
	const char *text = zv_cli_option(cli, name);

	return zv_str_c(text != NULL ? text : "");
}

static enum zv_code do_decide(struct zv_work *work, const struct zv_application_act *act, struct zv_err *err)
{
	struct zv_str word = zv_cli_arg(work->cli, 1);
	struct zv_application_verdict verdict = {
		.accepted = zv_str_eq_c(word, "accepted"),
		.order_no = option_text(work->cli, "order"),
		.order_on = ZV_DATE_NONE,
		.number = option_text(work->cli, "number"),
		.note = option_text(work->cli, "note"),
	};
	enum zv_code code = zv_cli_option_date(&verdict.order_on, work->cli, "order-date", err);

	if (code == ZV_OK && !verdict.accepted && !zv_str_eq_c(word, "refused"))
		code = zv_fail(err, ZV_E_INVALID, "decision", N_("Decide “accepted” or “refused”."));
	return code == ZV_OK ? zv_application_decide(act, &verdict, err) : code;
}

/* --- the commands -------------------------------------------------------------------------------------------------------------- */

#define RUN(name)                                                                      \
	static enum zv_code work_##name(struct zv_work *work, struct zv_err *err)      \
	{                                                                              \
		return with_act(work, do_##name, err);                                 \
	}                                                                              \
	static enum zv_code run_##name(struct zv_cli *cli, struct zv_err *err)         \
	{                                                                              \
		return zv_work_write(cli, work_##name, err);                           \
	}

RUN(put)
RUN(precheck)
RUN(submit)
RUN(ask)
RUN(answer)
RUN(return)
RUN(correct)
RUN(decide)
RUN(withdraw)

static enum zv_code run_start(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_write(cli, start, err);
}

#define FILES_OPTION {"files", "DIR", N_("folder of kept files; beside the database when absent")}

static const struct zv_cli_option start_options[] = {
	{"pack", "PACK", N_("pack of rules: its name or series")},
	{0},
};
static const struct zv_cli_option files_options[] = {FILES_OPTION, {0}};
static const struct zv_cli_option put_options[] = {
	{"signature", NULL, N_("the file is the detached signature of the document")},
	FILES_OPTION,
	{0},
};
static const struct zv_cli_option decide_options[] = {
	{"order", "NO", N_("number of the order")},
	{"order-date", "DATE", N_("date of the order")},
	{"number", "NO", N_("number in the register")},
	{"note", "TEXT", N_("the reason; a refusal needs one")},
	FILES_OPTION,
	{0},
};

#define COMMAND(word, arguments, from, to, sentence, list, right)      \
	const struct zv_cli_command zv_cmd_applications_##word = {     \
		.name = "applications " #word,                         \
		.args = arguments,                                     \
		.min_args = from,                                      \
		.max_args = to,                                        \
		.help = sentence,                                      \
		.options = list,                                       \
		.action = ZV_CLI_DO(right),                            \
		.run = run_##word,                                     \
	};

COMMAND(start, "CLUSTER", 1, 1, N_("Start an application of a cluster"), start_options, APPLICATION_WRITE)
COMMAND(put, "APPLICATION DOCUMENT FILE", 3, 3, N_("Put a file on the checklist of an application"), put_options, APPLICATION_WRITE)
COMMAND(precheck, "APPLICATION", 1, 1, N_("Say what the rules say today, and what is missing"), files_options, APPLICATION_WRITE)
COMMAND(submit, "APPLICATION", 1, 1, N_("Freeze a copy of an application and submit it"), files_options, APPLICATION_WRITE)
COMMAND(ask, "APPLICATION CRITERION TEXT", 3, 3, N_("Ask about a criterion of an application"), files_options, APPLICATION_REVIEW)
COMMAND(answer, "APPLICATION CRITERION TEXT", 3, 3, N_("Answer the questions about a criterion"), files_options, APPLICATION_WRITE)
COMMAND(return, "APPLICATION CRITERION TEXT", 3, 3, N_("Return a criterion for correction"), files_options, APPLICATION_REVIEW)
COMMAND(correct, "APPLICATION [TEXT]", 1, 2, N_("Say that what was returned is corrected"), files_options, APPLICATION_WRITE)
COMMAND(decide, "APPLICATION accepted|refused", 2, 2, N_("Accept an application into the register, or refuse it"), decide_options, APPLICATION_REVIEW)
COMMAND(withdraw, "APPLICATION [TEXT]", 1, 2, N_("Take an application back"), files_options, APPLICATION_WRITE)
