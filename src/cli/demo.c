/* zveno demo: a small known world to look around in, as of 2026-03-02. */
#include "app/demo.h"
#include "app/demo_large.h"
#include "app/find.h"

#include "base/tr.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/say.h"

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	const char *out = zv_cli_option(cli, "out");
	const char *url = out != NULL ? out : cli->db_url;
	struct zv_db *db = NULL;
	enum zv_code code = zv_database_open(&db, url, ZV_DATABASE_CREATE, err);

	if (code == ZV_OK)
		code = zv_demo_fill(db, err);
	if (code == ZV_OK && zv_cli_flag(cli, "large"))
		code = zv_demo_large(db, zv_date_from_civil(2026, 3, 2), err);
	if (code == ZV_OK)
		code = zv_find_refresh(db, NULL, NULL, err);
	zv_database_close(db);
	if (code != ZV_OK)
		return code;
	if (cli->json) {
		struct zv_cli_json doc;

		zv_cli_json_begin(&doc, cli);
		zv_json_object(&doc.json);
		zv_json_key_c(&doc.json, "db", url);
		zv_json_key_c(&doc.json, "as_of", "2026-03-02");
		zv_json_end_object(&doc.json);
		return zv_cli_json_end(&doc, err);
	}
	zv_say(cli->out, N_("Demo data, as of 2026-03-02, in %s."), url);
	zv_say(cli->out, N_("Twelve centres, fifteen invented organisations, five needs and three offers of one substance, a cluster of eleven."));
	zv_say(cli->out, N_("Next: zveno lots --db %s"), url);
	return ZV_OK;
}

static const struct zv_cli_option options[] = {
	{"out", "FILE", N_("the new database (a file, or postgresql://…); otherwise --db")},
	{"large", NULL, N_("besides, 48 clusters that have applied, with 138 joint projects")},
	{0},
};

const struct zv_cli_command zv_cmd_demo = {
	.name = "demo",
	.args = "",
	.help = N_("Make the demo world: invented organisations of six regions, as of 2026-03-02"),
	.options = options,
	.run = run,
};
