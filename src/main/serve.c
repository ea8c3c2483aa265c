/* zveno serve: the pages and the API over HTTP, on this machine alone unless a proxy stands in front. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "api/api.h"
#include "app/find.h"
#include "app/view_record.h"
#include "base/log.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "net/server.h"

#ifndef ZVENO_VERSION
#define ZVENO_VERSION "0"
#endif

enum { PORT = 8080, HOSTS_MAX = 16 };

struct options {
	struct zv_server_options server;
	const char *hosts[HOSTS_MAX + 1];
};

static enum zv_code read_options(struct options *out, const struct zv_cli *cli, struct zv_err *err)
{
	int64_t port = PORT, threads = 0;
	enum zv_code code = zv_cli_option_int(&port, cli, "port", 0, err);

	if (code == ZV_OK)
		code = zv_cli_option_int(&threads, cli, "threads", 1, err);
	if (code != ZV_OK)
		return code;
	if (port > 65535)
		return zv_fail(err, ZV_E_INVALID, "port", N_("%d is no port: give a number from 0 to 65535."), (int)(port > 99999999 ? 99999999 : port));
	for (int i = 0; i < HOSTS_MAX; i++)
		out->hosts[i] = zv_cli_option_at(cli, "host", i);
	out->server = (struct zv_server_options){
		.address = zv_cli_option(cli, "address") != NULL ? zv_cli_option(cli, "address") : "127.0.0.1",
		.port = (int)port,
		.threads = threads > 64 ? 64 : (int)threads,
		.behind_proxy = zv_cli_flag(cli, "behind-proxy"),
		.hosts = out->hosts,
		.thread_open = zv_api_thread_open,
		.thread_close = zv_api_thread_close,
		.handle = zv_api_handle,
	};
	return ZV_OK;
}

/* Large imports leave the full text behind, and so does a program that was stopped: it is brought up to date beside the answers. */
struct indexer {
	struct zv_db *db; /* the one handle that writes; while it is open no other process writes to the file */
	pthread_t thread;
	bool started;
	atomic_bool stop;
};

static bool go_on(void *context, int64_t rows)
{
	struct indexer *indexer = context;

	(void)rows;
	return !atomic_load(&indexer->stop);
}

static enum zv_code refresh_search(struct indexer *indexer, struct zv_err *err)
{
	bool stale = false;
	enum zv_code code = zv_find_stale(&stale, indexer->db, err);

	return code == ZV_OK && stale ? zv_find_refresh(indexer->db, go_on, indexer, err) : code;
}

static void *run_indexer(void *context)
{
	struct zv_err err = {0};

	if (refresh_search(context, &err) != ZV_OK)
		zv_log_error("search", "the full text is behind: %s", err.text);
	return NULL;
}

static void start_indexer(struct indexer *indexer)
{
	atomic_init(&indexer->stop, false);
	indexer->started = pthread_create(&indexer->thread, NULL, run_indexer, indexer) == 0;
}

static void stop_indexer(struct indexer *indexer)
{
	atomic_store(&indexer->stop, true);
	if (indexer->started)
		(void)pthread_join(indexer->thread, NULL);
}

/* Of a day without a demo world nothing is said. */
static enum zv_code print_demo(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_db *db = NULL;
	struct zv_view_day day;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code == ZV_OK)
		code = zv_view_day(&day, db, err);
	if (code == ZV_OK && day.demo) {
		char text[ZV_DATE_TEXT];

		zv_date_format(text, day.as_of);
		(void)fprintf(cli->out, zv_tr(N_("demo data, as of %s")), text);
		(void)fputc('\n', cli->out);
	}
	zv_database_close(db);
	return code;
}

static void wait_for_end(const sigset_t *ends)
{
	int got = 0;

	while (sigwait(ends, &got) != 0)
		;
	zv_log_info("serve", "signal %d: stopping", got);
}

/* Answers until it is told to end; as long holds the only handle that writes. */
static enum zv_code serve(struct zv_cli *cli, const struct options *options, struct zv_err *err)
{
	struct indexer indexer = {0};
	struct zv_server *server = NULL;
	sigset_t ends, before;
	enum zv_code code;

	/* Blocked before the threads start, so that only this one is told. */
	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigaddset(&ends, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, &ends, &before);
	code = zv_server_start(&server, &options->server, err);
	if (code == ZV_OK)
		code = zv_cli_open(&indexer.db, cli, ZV_DATABASE_WRITE, err);
	if (code == ZV_OK) {
		bool v6 = zv_str_find_char(zv_str_c(options->server.address), ':') >= 0;

		(void)fprintf(cli->out, v6 ? "Zveno: http://[%s]:%d/\n" : "Zveno: http://%s:%d/\n", options->server.address, zv_server_port(server));
		code = print_demo(cli, err);
		(void)fflush(cli->out);
	}
	if (code == ZV_OK) {
		start_indexer(&indexer);
		wait_for_end(&ends);
		stop_indexer(&indexer);
	}
	zv_server_stop(server);
	zv_database_close(indexer.db);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct options options;
	struct zv_api *api;
	enum zv_code code = read_options(&options, cli, err);

	if (cli->n_args > 0)
		cli->db_url = cli->args[0];
	api = zv_api_new(cli->db_url, ZVENO_VERSION);
	options.server.context = api;
	if (!zv_api_has_pages(api))
		(void)fprintf(stderr, "%s\n", zv_tr(N_("This program was built without its pages; only /api/v1 answers.")));
	if (code == ZV_OK)
		code = serve(cli, &options, err);
	zv_api_free(api);
	return code;
}

static const struct zv_cli_option options[] = {
	{"port", "N", N_("the port; 8080 by default, 0 for any free one")},
	{"address", "IP", N_("the address to listen on; 127.0.0.1 by default")},
	{"behind-proxy", NULL, N_("a proxy with TLS stands in front: allows an address that other machines reach")},
	{"host", "NAME", N_("a name under which the server may be asked for; may be given several times")},
	{"threads", "N", N_("threads that answer; one a processor by default")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_serve = {
	.name = "serve",
	.args = "[DB]",
	.min_args = 0,
	.max_args = 1,
	.help = N_("The pages and the API over HTTP, for reading"),
	.about = N_("Prints the address and serves until it is told to end (Ctrl-C). There are no accounts: whoever reaches the server sees "
		    "everything, so it listens on this machine alone. An address that other machines reach needs --behind-proxy and a proxy "
		    "that asks who is there."),
	.options = options,
	.run = run,
};
