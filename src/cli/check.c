/* zveno check: proves that the database holds together, and that what was acknowledged is there. */
#include "app/check.h"

#include <errno.h>
#include <string.h>

#include "cli/json.h"
#include "cli/say.h"

static enum zv_code print_result(struct zv_cli *cli, const struct zv_check_result *r, struct zv_err *err)
{
	struct zv_cli_json doc;

	if (cli->json) {
		zv_cli_json_begin(&doc, cli);
		zv_json_object(&doc.json);
		zv_json_key_bool(&doc.json, "ok", r->ok);
		zv_json_key_int(&doc.json, "checks", r->checks);
		zv_json_key_int(&doc.json, "acks", r->acks);
		if (!r->ok) {
			zv_json_key_c(&doc.json, "what", r->what);
			zv_json_key_c(&doc.json, "fault", r->fault);
		}
		zv_json_end_object(&doc.json);
		return zv_cli_json_end(&doc, err);
	}
	if (!r->ok) {
		(void)fprintf(cli->out, "%s: %s\n", r->what, r->fault);
		return ZV_OK;
	}
	zv_say_n(cli->out, r->checks, "ok, %d check", "ok, %d checks", r->checks);
	if (r->acks > 0)
		zv_say_n(cli->out, r->acks, "%lld acknowledged key is there", "%lld acknowledged keys are there", (long long)r->acks);
	return ZV_OK;
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_check_result result;
	const char *path = zv_cli_option(cli, "acks");
	FILE *acks = NULL;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	if (path != NULL) {
		acks = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
		if (acks == NULL)
			code = zv_fail(err, ZV_E_INVALID, "acks", N_("%s cannot be read: %s."), path, strerror(errno));
	}
	if (code == ZV_OK)
		code = zv_check(&result, db, acks, err);
	if (code == ZV_OK)
		code = print_result(cli, &result, err);
	cli->no = code == ZV_OK && !result.ok;
	if (acks != NULL && acks != stdin)
		(void)fclose(acks);
	zv_database_close(db);
	return code;
}

static const struct zv_cli_option options[] = {
	{"acks", "FILE", N_("keys that must be in the database, one a line, with or without ACK before them; - is stdin")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_check = {
	.name = "check",
	.args = "",
	.help = N_("Prove that the database holds together"),
	.about = N_("Integrity of the file, references, sums over the links between needs and lots, nothing left of undone batches, every acknowledged key. Prints the first fault and exits with 1 when there is one."),
	.options = options,
	.run = run,
};
