/* zveno chain cuts: which nodes, failing together, stop a target, in a network file, without a database. */
#include <stdio.h>

#include "app/chain_cuts.h"
#include "app/chain_loss.h"
#include "base/buf.h"
#include "cli/cli.h"

enum { ORDER_MAX = 1000000 };

static enum zv_code answer(struct zv_cli *cli, const struct zv_chain_cuts_file *file, const struct zv_cuts *cuts, uint32_t order, struct zv_err *err)
{
	struct zv_chain_sink sink;
	struct zv_json json;
	struct zv_out out;
	enum zv_code code = zv_chain_sink_begin(&sink, zv_cli_option(cli, "out"), cli->out, err);

	if (code != ZV_OK)
		return code;
	zv_out_init(&out, sink.file, 0);
	zv_json_init(&json, &out);
	zv_chain_cuts_answer(&json, file, cuts, order);
	zv_json_newline(&json);
	code = zv_out_flush(&out, err);
	zv_out_done(&out);
	return zv_chain_sink_end(&sink, code, err);
}

static enum zv_code run_cuts(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_chain_cuts_file file;
	struct zv_cuts cuts;
	struct zv_buf text;
	int64_t order = 0;
	enum zv_code code = zv_cli_option_int(&order, cli, "order", 1, err);

	if (code != ZV_OK)
		return code;
	zv_buf_init(&text, 0);
	code = zv_chain_text_read(&text, cli->args[0], ZV_CHAIN_JSON_MAX, err);
	if (code == ZV_OK)
		code = zv_chain_cuts_read(&file, zv_buf_str(&text), err);
	zv_buf_done(&text);
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < file.n_warnings; i++)
		(void)fprintf(stderr, "zveno: %.*s\n", ZV_STR_FMT(file.warnings[i]));
	order = order < ORDER_MAX ? order : ORDER_MAX;
	code = zv_cuts_find(&cuts, &file.input, (uint32_t)order, err);
	if (code == ZV_OK) {
		code = answer(cli, &file, &cuts, (uint32_t)order, err);
		zv_cuts_done(&cuts);
	}
	zv_chain_cuts_file_done(&file);
	return code;
}

static const struct zv_cli_option options[] = {
	{"order", "N", N_("sets of up to N nodes (default: of any size)")},
	{"out", "FILE", N_("where the answer goes; standard output otherwise")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_chain_cuts = {
	.name = "chain cuts",
	.args = "NETWORK.json",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Which nodes, failing together, stop a target: minimal cut sets"),
	.about = N_("NETWORK.json says what each node needs, the target, and whether it runs or starts cold (docs/guide/chain-files.md). Sets go by size, then by names; the target itself is one "
		   "of the nodes that may fail. No database is needed."),
	.options = options,
	.run = run_cuts,
};
