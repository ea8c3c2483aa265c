/* The frame of the commands of common work: database, person, names. */
#include "cli/work.h"

#include "app/find.h"
#include "format/json_write.h"

static enum zv_code with_database(struct zv_cli *cli, enum zv_database_mode mode, enum zv_code (*run)(struct zv_work *work, struct zv_err *err),
				  struct zv_err *err)
{
	struct zv_work work = {.cli = cli};
	enum zv_code code = zv_cli_open(&work.db, cli, mode, err);

	if (code != ZV_OK)
		return code;
	work.who = cli->who;
	work.arena = cli->arena;
	code = run(&work, err);
	zv_database_close(work.db);
	return zv_cli_input(code, err);
}

enum zv_code zv_work_read(struct zv_cli *cli, enum zv_code (*run)(struct zv_work *work, struct zv_err *err), struct zv_err *err)
{
	return with_database(cli, ZV_DATABASE_READ, run, err);
}

enum zv_code zv_work_write(struct zv_cli *cli, enum zv_code (*run)(struct zv_work *work, struct zv_err *err), struct zv_err *err)
{
	return with_database(cli, ZV_DATABASE_WRITE, run, err);
}

enum zv_code zv_work_uid(struct zv_str *out, struct zv_work *work, int i, const char *reg, struct zv_err *err)
{
	struct zv_record record;
	enum zv_code code = zv_find_record(&record, NULL, work->db, zv_register_find(reg), zv_cli_arg(work->cli, i), work->arena, err);

	if (code == ZV_OK)
		*out = record.uid;
	return code;
}

void zv_work_done(struct zv_work *work, struct zv_str uid, struct zv_str sentence)
{
	struct zv_out out;
	struct zv_json json;

	if (!work->cli->json) {
		(void)fprintf(work->cli->out, "%.*s\n", ZV_STR_FMT(sentence));
		return;
	}
	zv_out_init(&out, work->cli->out, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_str(&json, "uid", uid);
	zv_json_end_object(&json);
	zv_json_newline(&json);
	zv_out_done(&out);
}
