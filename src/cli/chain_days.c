/* zveno chain days: when each firm of a network file stops, for how long, and through which input; without a database. */
#include <math.h>
#include <stdio.h>

#include "app/chain_days.h"
#include "app/chain_loss.h"
#include "base/buf.h"
#include "cli/cli.h"

enum { DAYS_MAX = 1000000 };

static enum zv_code answer(struct zv_cli *cli, const struct zv_chain_days_file *file, double horizon, struct zv_err *err)
{
	struct zv_chain_sink sink;
	struct zv_json json;
	struct zv_out out;
	enum zv_code code = zv_chain_sink_begin(&sink, zv_cli_option(cli, "out"), cli->out, err);

	if (code != ZV_OK)
		return code;
	zv_out_init(&out, sink.file, 0);
	zv_json_init(&json, &out);
	code = zv_chain_days_answer(&json, file, horizon, err);
	if (code == ZV_OK)
		zv_json_newline(&json);
	if (code == ZV_OK)
		code = zv_out_flush(&out, err);
	zv_out_done(&out);
	return zv_chain_sink_end(&sink, code, err);
}

static enum zv_code run_days(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_chain_days_file file;
	struct zv_buf text;
	int64_t days = 0;
	enum zv_code code = zv_cli_option_int(&days, cli, "days", 1, err);

	if (code == ZV_OK && days > DAYS_MAX)
		code = zv_fail(err, ZV_E_INVALID, "days", N_("A network is looked at for %d days at most."), DAYS_MAX);
	if (code != ZV_OK)
		return code;
	zv_buf_init(&text, 0);
	code = zv_chain_text_read(&text, cli->args[0], ZV_CHAIN_JSON_MAX, err);
	if (code == ZV_OK)
		code = zv_chain_days_read(&file, zv_buf_str(&text), err);
	zv_buf_done(&text);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < file.n_warnings; i++)
		(void)fprintf(stderr, "zveno: %.*s\n", ZV_STR_FMT(file.warnings[i]));
	code = answer(cli, &file, days > 0 ? (double)days : INFINITY, err);
	zv_chain_days_file_done(&file);
	return code;
}

static const struct zv_cli_option options[] = {
	{"days", "N", N_("look at N days (default: until nothing changes any more)")},
	{"out", "FILE", N_("where the answer goes; standard output otherwise")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_chain_days = {
	.name = "chain days",
	.args = "NETWORK.json",
	.min_args = 1,
	.max_args = 1,
	.help = N_("On which day each firm of a network stops, for how long, and through which input"),
	.about = N_("NETWORK.json has firms, links with shares and days on the way, stocks in days, and outages (docs/guide/chain-files.md). Days are exact: events, not steps. No database is needed."),
	.options = options,
	.run = run_days,
};
