/* One JSON document on the output of a command. */
#ifndef ZV_CLI_JSON_H
#define ZV_CLI_JSON_H

#include "cli/cli.h"
#include "format/json_write.h"

struct zv_cli_json {
	struct zv_out out;
	struct zv_json json; /* write to this */
};

void zv_cli_json_begin(struct zv_cli_json *doc, struct zv_cli *cli);

/* Ends the line, flushes, frees. ZV_E_IO when the output took not everything. */
ZV_MUST_CHECK enum zv_code zv_cli_json_end(struct zv_cli_json *doc, struct zv_err *err);

#endif
