/* zveno chain loss: what is lost when a firm stops, of network files, without a database. Further subcommands have files of their own: chain_NAME.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/chain_loss.h"
#include "app/chain_number.h"
#include "app/plan_folder_run.h"
#include "base/date.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "cli/say.h"

enum { BAR = 30, BAR_EVERY_US = 100 * 1000, LINE_EVERY_US = 2 * 1000 * 1000 };

struct showing {
	int64_t shown_us;
	bool terminal, drawn;
};

static void progress(void *context, uint32_t done, uint32_t all)
{
	struct showing *s = context;
	int64_t now = zv_tick_us();
	int filled = (int)((uint64_t)done * BAR / (all > 0 ? all : 1));

	if (now - s->shown_us < (s->terminal ? BAR_EVERY_US : LINE_EVERY_US))
		return;
	s->shown_us = now;
	if (!s->terminal) {
		zv_say(stderr, N_("%u of %u causes"), done, all);
		return;
	}
	(void)fputs("\r[", stderr);
	for (int i = 0; i < BAR; i++)
		(void)fputc(i < filled ? '=' : ' ', stderr);
	(void)fprintf(stderr, "] %u / %u", done, all);
	(void)fflush(stderr);
	s->drawn = true;
}

static enum zv_code share(double *out, const struct zv_cli *cli, const char *name, struct zv_err *err)
{
	const char *text = zv_cli_option(cli, name);

	if (text == NULL)
		return ZV_OK;
	if (!zv_chain_number(out, zv_str_c(text)) || !(*out >= 1e-15 && *out < 1))
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” is not a number above 0 and below 1, such as 1e-2."), text);
	return ZV_OK;
}

static enum zv_code read_options(struct zv_chain_loss_ask *ask, const struct zv_cli *cli, struct zv_err *err)
{
	int64_t threads = 1;

	if (zv_cli_option(cli, "eps") != NULL && zv_cli_flag(cli, "fixed-point"))
		return zv_fail(err, ZV_E_INVALID, "eps", N_("Give --eps or --fixed-point, not both."));
	if (zv_cli_option(cli, "eps") != NULL && zv_cli_option(cli, "cut") != NULL)
		return zv_fail(err, ZV_E_INVALID, "cut", N_("--cut is for the fixed point: leave out --eps."));
	if (share(&ask->options.eps, cli, "eps", err) != ZV_OK || share(&ask->options.cut, cli, "cut", err) != ZV_OK ||
	    zv_cli_option_int(&threads, cli, "threads", 1, err) != ZV_OK)
		return ZV_E_INVALID;
	ask->options.threads = threads < ZV_CHAIN_THREADS_MAX ? (uint32_t)threads : ZV_CHAIN_THREADS_MAX;
	return ZV_OK;
}

static enum zv_code answer(struct zv_cli *cli, const struct zv_chain_file *file, const struct zv_chain_loss_ask *ask, struct zv_err *err)
{
	struct zv_chain_sink sink;
	struct zv_out out;
	enum zv_code code = zv_chain_sink_begin(&sink, zv_cli_option(cli, "out"), cli->out, err);

	if (code != ZV_OK)
		return code;
	zv_out_init(&out, sink.file, 0);
	code = zv_chain_loss_answer(&out, file, ask, err);
	zv_out_done(&out);
	return zv_chain_sink_end(&sink, code, err);
}

static enum zv_code run_read(struct zv_cli *cli, const struct zv_chain_file *file, struct zv_chain_loss_ask *ask, struct zv_err *err)
{
	const char *firms = zv_cli_option(cli, "firms");
	uint32_t *list = NULL;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < file->n_warnings; i++)
		(void)fprintf(stderr, "zveno: %.*s\n", ZV_STR_FMT(file->warnings[i]));
	ask->all = firms != NULL && strcmp(firms, "all") == 0;
	if (firms != NULL && !ask->all)
		code = zv_chain_firms_read(&list, &ask->n_firms, file, firms, err);
	ask->firms = list;
	if (code == ZV_OK)
		code = answer(cli, file, ask, err);
	free(list);
	return code;
}

static enum zv_code run_loss(struct zv_cli *cli, struct zv_err *err)
{
	const char *path = zv_cli_option(cli, "out");
	struct zv_chain_loss_ask ask = {0};
	struct showing s = {.shown_us = zv_tick_us(), .terminal = isatty(STDERR_FILENO) != 0};
	struct zv_chain_file file;
	enum zv_code code = read_options(&ask, cli, err);

	ask.options.progress = progress;
	ask.options.context = &s;
	if (code == ZV_OK && path != NULL)
		code = zv_plan_can_write(path, err);
	if (code == ZV_OK)
		code = zv_chain_file_read(&file, cli->args[0], err);
	if (code != ZV_OK)
		return code;
	code = run_read(cli, &file, &ask, err);
	if (s.drawn)
		(void)fputs("\r\033[K", stderr);
	zv_chain_file_done(&file);
	return code;
}

static const struct zv_cli_option loss_options[] = {
	{"eps", "E", N_("stop when no loss grows by more in a round, as the published index does with 1e-2")},
	{"fixed-point", NULL, N_("go on to the end; this is what happens without --eps")},
	{"firms", "all|FILE", N_("each firm fails alone: all, or those of a file with one firm a line")},
	{"cut", "C", N_("how far an index may stay below the fixed point; error_bound says how far it may at most")},
	{"threads", "N", N_("threads; the answer is the same for any number of them")},
	{"out", "FILE", N_("where the answer goes; standard output otherwise")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_chain_loss = {
	.name = "chain loss",
	.args = "NETWORK",
	.min_args = 1,
	.max_args = 1,
	.help = N_("What is lost, and through which input, when firms of a network stop"),
	.about = N_("NETWORK is a folder with firms.csv, links.csv and ess.csv, or a JSON file with scenarios; both are described in docs/guide/chain-files.md. Scenarios are "
		   "answered as JSON with every firm and the input that binds it; single firms as CSV: firm, esri, esri_down, esri_up, rounds, error_bound. No database is needed."),
	.options = loss_options,
	.run = run_loss,
};
