/* JSON on the command's output. */
#include "cli/json.h"

void zv_cli_json_begin(struct zv_cli_json *doc, struct zv_cli *cli)
{
	zv_out_init(&doc->out, cli->out, 0);
	zv_json_init(&doc->json, &doc->out);
}

enum zv_code zv_cli_json_end(struct zv_cli_json *doc, struct zv_err *err)
{
	enum zv_code code;

	zv_json_newline(&doc->json);
	code = zv_out_flush(&doc->out, err);
	zv_out_done(&doc->out);
	return code;
}
