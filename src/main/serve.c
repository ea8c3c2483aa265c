/* zveno serve: the pages and the API over HTTP, on this machine alone unless a proxy stands in front. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/api.h"
#include "app/accounts.h"
#include "app/demo.h"
#include "app/files.h"
#include "app/find.h"
#include "app/jobs.h"
#include "app/lots_keeper.h"
#include "app/plan_keeper.h"
#include "app/signin.h"
#include "app/tasks_keep.h"
#include "app/view_record.h"
#include "app/writer.h"
#include "auth/auth.h"
#include "base/log.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "cli/say.h"
#include "net/server.h"
#include "store/audit.h"
#include "store/setting.h"

#ifndef ZVENO_VERSION
#define ZVENO_VERSION "0"
#endif

enum { PORT = 8080, HOSTS_MAX = 16, SLICE_US = 20000, UPLOAD_MAX = 64 << 20, ROWS_A_DAY = 1000000, EXPORTS_A_DAY = 200,
       LOTS_EVERY_S = 3600, PLAN_HOUR = 3 };

struct options {
	struct zv_server_options server;
	const char *hosts[HOSTS_MAX + 1];
	struct zv_audit_anchor anchor; /* n is 0 without one */
	const char *files;             /* beside the database unless said otherwise */
	struct zv_auth_options auth;
};

static enum zv_code read_options(struct options *out, const struct zv_cli *cli, struct zv_err *err)
{
	int64_t port = PORT, threads = 0;
	const char *anchor = zv_cli_option(cli, "anchor");
	enum zv_code code = zv_cli_option_int(&port, cli, "port", 0, err);

	if (code == ZV_OK)
		code = zv_cli_option_int(&threads, cli, "threads", 1, err);
	if (code == ZV_OK && anchor != NULL)
		code = zv_audit_anchor_parse(&out->anchor, zv_str_c(anchor), err);
	if (code != ZV_OK)
		return code;
	if (port > 65535)
		return zv_fail(err, ZV_E_INVALID, "port", N_("%d is no port: give a number from 0 to 65535."), (int)(port > 99999999 ? 99999999 : port));
	for (int i = 0; i < HOSTS_MAX; i++)
		out->hosts[i] = zv_cli_option_at(cli, "host", i);
	out->files = zv_cli_option(cli, "files");
	out->auth = (struct zv_auth_options){.providers_file = zv_cli_option(cli, "providers"),
					     .insecure_providers = zv_cli_flag(cli, "insecure-providers")};
	out->server = (struct zv_server_options){
		.address = zv_cli_option(cli, "address") != NULL ? zv_cli_option(cli, "address") : "127.0.0.1",
		.port = (int)port,
		.threads = threads > 64 ? 64 : (int)threads,
		.behind_proxy = zv_cli_flag(cli, "behind-proxy"),
		.hosts = out->hosts,
		.thread_open = zv_api_thread_open,
		.thread_close = zv_api_thread_close,
		.body_rule = zv_api_body_rule,
		.handle = zv_api_handle,
	};
	return ZV_OK;
}

/* Everything that runs while the server does, in the order in which it is started. */
struct running {
	struct zv_api *api;
	struct zv_server *server;
	struct zv_writer *writer;
	struct zv_db *db; /* for reading, while all this starts */
	struct zv_auth *auth;
	struct zv_files *files;
	struct zv_jobs *jobs;
	struct zv_tasks_keeper *tasks;
	struct zv_lots_keeper *lots;
	struct zv_plan_keeper *plans;
	struct zv_arena arena;
	int64_t slice_end;
};

/* --- the full text, while nothing is to be written ---------------------------------------------------------------------------- */

static bool go_on(void *context, int64_t rows)
{
	struct running *running = context;

	(void)rows;
	return zv_tick_us() < running->slice_end && !zv_writer_pressed(running->writer);
}

/* Large imports leave the full text behind, and so does a program that was stopped. */
static bool refresh_search(void *context, struct zv_db *db)
{
	struct running *running = context;
	struct zv_err err = {0};
	bool stale = false;
	enum zv_code code = zv_find_stale(&stale, db, &err);

	if (code == ZV_OK && stale) {
		running->slice_end = zv_tick_us() + SLICE_US;
		code = zv_find_refresh(db, go_on, running, &err);
		if (code == ZV_OK)
			code = zv_find_stale(&stale, db, &err);
	}
	if (code != ZV_OK)
		zv_log_error("search", "the full text is behind: %s", err.text);
	return code == ZV_OK && stale;
}

static bool catch_up(void *context, struct zv_db *db)
{
	struct running *running = context;

	zv_tasks_keeper_idle(running->tasks, db);
	return refresh_search(running, db);
}

/* --- what is said at the start --------------------------------------------------------------------------------------------------- */

/* Of a day without a demo world nothing is said. */
static enum zv_code print_demo(struct zv_cli *cli, struct running *running, struct zv_err *err)
{
	struct zv_demo_login *logins;
	struct zv_view_day day;
	size_t n = 0;
	enum zv_code code = zv_view_day(&day, running->db, err);

	if (code == ZV_OK)
		code = zv_demo_logins(&logins, &n, running->db, &running->arena, err);
	if (code != ZV_OK || !day.demo)
		return code;
	char text[ZV_DATE_TEXT];
	zv_date_format(text, day.as_of);
	zv_say(cli->out, N_("demo data, as of %s"), text);
	if (n > 0)
		zv_say(cli->out, N_("Sign in as (login, password):"));
	for (size_t i = 0; i < n; i++)
		(void)fprintf(cli->out, "  %-12.*s %-16.*s %s: %.*s\n", ZV_STR_FMT(logins[i].login), ZV_STR_FMT(logins[i].password),
			      zv_tr(zv_role_label(logins[i].role)), ZV_STR_FMT(logins[i].name));
	return ZV_OK;
}

/* Nobody could sign in: says how the first one comes in. */
static enum zv_code print_first(struct zv_cli *cli, struct running *running, struct zv_err *err)
{
	struct zv_who who;
	struct zv_account *accounts;
	size_t n = 0;
	enum zv_code code;

	zv_who_local(&who, zv_str_c(cli->actor));
	code = zv_accounts_list(&accounts, &n, running->db, &who, ZV_STR(""), 1, &running->arena, err);
	if (code == ZV_OK && n == 0)
		zv_say(cli->out, N_("There are no accounts yet. Stop, and make the first administrator: zveno user add LOGIN --role admin --db %s"),
		       cli->db_url);
	return code;
}

static enum zv_code print_start(struct zv_cli *cli, const struct options *options, struct running *running, struct zv_err *err)
{
	bool v6 = zv_str_find_char(zv_str_c(options->server.address), ':') >= 0;
	enum zv_code code;

	(void)fprintf(cli->out, v6 ? "Zveno: http://[%s]:%d/\n" : "Zveno: http://%s:%d/\n", options->server.address, zv_server_port(running->server));
	code = print_demo(cli, running, err);
	if (code == ZV_OK)
		code = print_first(cli, running, err);
	(void)fflush(cli->out);
	return code;
}

/* --- start and stop ----------------------------------------------------------------------------------------------------------------- */

/* *out keeps its value without the setting. */
static enum zv_code read_setting(int64_t *out, const char *name, int64_t min, struct running *running, struct zv_err *err)
{
	struct zv_str text;
	enum zv_code code = zv_setting_get(&text, running->db, name, &running->arena, err);

	if (code == ZV_OK && text.n > 0 && (!zv_str_int(out, text) || *out < min))
		return zv_fail(err, ZV_E_INVALID, name, N_("The setting “%s” must be a whole number from %d on, not “%.*s”."), name, (int)min, ZV_STR_FMT(text));
	return code;
}

static enum zv_code read_settings(struct zv_api_options *with, struct running *running, struct zv_err *err)
{
	enum zv_code code = read_setting(&with->upload_max, "upload.max_bytes", 1, running, err);

	if (code == ZV_OK)
		code = read_setting(&with->rows_a_day, "limit.rows_a_day", 0, running, err);
	return code == ZV_OK ? read_setting(&with->exports_a_day, "limit.exports_a_day", 0, running, err) : code;
}

/* A wrong address is told before the lock of the database is taken: the server is there first, and answers 503 until the rest is. */
static enum zv_code start(struct running *running, struct zv_cli *cli, const struct options *options, struct zv_err *err)
{
	struct zv_api_options with = {.upload_max = UPLOAD_MAX, .rows_a_day = ROWS_A_DAY, .exports_a_day = EXPORTS_A_DAY};
	int64_t lots_every_s = LOTS_EVERY_S, plan_hour = PLAN_HOUR;
	enum zv_code code = zv_server_start(&running->server, &options->server, err);

	if (code == ZV_OK)
		code = zv_writer_start(&running->writer, cli->db_url, err);
	if (code == ZV_OK)
		code = zv_cli_open(&running->db, cli, ZV_DATABASE_READ, err);
	if (code == ZV_OK && options->anchor.n > 0)
		code = zv_audit_check_anchor(running->db, &options->anchor, err);
	if (code == ZV_OK)
		code = read_settings(&with, running, err);
	if (code == ZV_OK)
		code = zv_auth_start(&running->auth, running->db, &options->auth, err);
	if (code == ZV_OK)
		code = zv_files_open(&running->files, options->files, err);
	if (code != ZV_OK)
		return code;
	running->tasks = zv_tasks_keeper_new(running->writer);
	zv_writer_idle(running->writer, catch_up, running);
	struct zv_job_setup setup = {.writer = running->writer, .db_url = cli->db_url, .files = running->files};
	code = zv_jobs_start(&running->jobs, &setup, err);
	if (code == ZV_OK)
		code = read_setting(&lots_every_s, "lots.every_s", 1, running, err);
	if (code == ZV_OK)
		code = zv_lots_keeper_start(&running->lots, cli->db_url, running->writer, lots_every_s, err);
	if (code == ZV_OK)
		code = read_setting(&plan_hour, "plan.hour", -1, running, err);
	if (code == ZV_OK)
		code = zv_plan_keeper_start(&running->plans, cli->db_url, running->writer, plan_hour, err);
	if (code != ZV_OK)
		return code;
	with.auth = running->auth;
	with.writer = running->writer;
	with.jobs = running->jobs;
	with.files = running->files;
	zv_api_open(running->api, &with);
	return ZV_OK;
}

/* What was acknowledged is on the disk; what is in hand is answered; a job that runs goes on after the next start. */
static void stop(struct running *running)
{
	zv_server_stop(running->server);
	zv_jobs_stop(running->jobs);
	zv_lots_keeper_stop(running->lots);
	zv_plan_keeper_stop(running->plans);
	zv_auth_stop(running->auth);
	zv_writer_stop(running->writer);
	zv_tasks_keeper_free(running->tasks);
	zv_files_close(running->files);
	zv_database_close(running->db);
	zv_api_free(running->api);
	zv_arena_done(&running->arena);
}

/* Keeps the sessions and the tasks, once a second, until a signal says to end. */
static void wait_for_end(const struct running *running, const sigset_t *ends)
{
	const struct timespec second = {.tv_sec = 1};
	int got;

	while ((got = sigtimedwait(ends, NULL, &second)) < 0) {
		zv_signin_keep(running->auth, running->writer);
		zv_tasks_keeper_tick(running->tasks, running->db);
		zv_jobs_look(running->jobs, running->db);
	}
	zv_log_info("serve", "signal %d: stopping", got);
}

/* While it stops, one more signal ends the program at once. */
static void end_at_once(int signal)
{
	(void)signal;
	_exit(3);
}

static void let_signals_end(const sigset_t *ends)
{
	struct sigaction action = {.sa_handler = end_at_once};

	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGINT, &action, NULL);
	(void)pthread_sigmask(SIG_UNBLOCK, ends, NULL);
}

static enum zv_code serve(struct zv_cli *cli, struct options *options, struct zv_err *err)
{
	struct running running = {0};
	sigset_t ends;
	enum zv_code code;

	/* Passwords and secrets pass through the memory. */
	(void)setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	/* Blocked before the threads start, so that only this one is told. */
	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigaddset(&ends, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
	zv_arena_init(&running.arena);
	running.api = zv_api_new(cli->db_url, ZVENO_VERSION);
	options->server.context = running.api;
	/* On the file system where they stay, so that a small /tmp bounds nothing. */
	if (options->files == NULL)
		options->files = zv_files_dir(cli->db_url, &running.arena).p;
	options->server.scratch = zv_files_scratch(options->files, &running.arena).p;
	if (!zv_api_has_pages(running.api))
		(void)fprintf(stderr, "%s\n", zv_tr(N_("This program was built without its pages; only /api/v1 answers.")));
	code = start(&running, cli, options, err);
	if (code == ZV_OK)
		code = print_start(cli, options, &running, err);
	if (code == ZV_OK)
		wait_for_end(&running, &ends);
	let_signals_end(&ends);
	stop(&running);
	return code;
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct options options = {0};
	enum zv_code code = read_options(&options, cli, err);

	if (cli->n_args > 0)
		cli->db_url = cli->args[0];
	return code == ZV_OK ? serve(cli, &options, err) : code;
}

static const struct zv_cli_option options[] = {
	{"port", "N", N_("the port; 8080 by default, 0 for any free one")},
	{"address", "IP", N_("the address to listen on; 127.0.0.1 by default")},
	{"behind-proxy", NULL, N_("a proxy with TLS stands in front: allows an address that other machines reach")},
	{"host", "NAME", N_("a name under which the server may be asked for; may be given several times")},
	{"threads", "N", N_("threads that answer; one a processor by default")},
	{"files", "DIR", N_("where files that come in are kept; beside the database by default")},
	{"anchor", "N:HASH", N_("the audit trail must have this row: a head written down before (“zveno audit head”)")},
	{"providers", "FILE", N_("identity providers for signing in (docs/admin/accounts.md)")},
	{"insecure-providers", NULL, N_("allows providers on this machine without TLS: for tests")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_serve = {
	.name = "serve",
	.args = "[DB]",
	.min_args = 0,
	.max_args = 1,
	.help = N_("The pages and the API over HTTP"),
	.about = N_("Prints the address and serves until it is told to end (Ctrl-C); what is in hand is then finished, a second signal ends at once. It "
		    "listens on this machine alone: an address that other machines reach needs --behind-proxy and a proxy with TLS in front."),
	.options = options,
	.run = run,
};
