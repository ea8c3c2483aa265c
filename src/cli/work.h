/* Inside cli/: what the commands of common work share. */
#ifndef ZV_CLI_WORK_H
#define ZV_CLI_WORK_H

#include "auth/who.h"
#include "base/arena.h"
#include "cli/cli.h"

/* What a command has at hand while its database is open. */
struct zv_work {
	struct zv_cli *cli;
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_arena *arena;
};

/* Opens, runs, closes. A name that is not found is wrong input. */
ZV_MUST_CHECK enum zv_code zv_work_read(struct zv_cli *cli, enum zv_code (*run)(struct zv_work *work, struct zv_err *err), struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_work_write(struct zv_cli *cli, enum zv_code (*run)(struct zv_work *work, struct zv_err *err), struct zv_err *err);

/* The public id of what the i-th argument names: a public id, or a key of the register. */
ZV_MUST_CHECK enum zv_code zv_work_uid(struct zv_str *out, struct zv_work *work, int i, const char *reg, struct zv_err *err);

/* {"uid": ...} with --json, else the sentence. */
void zv_work_done(struct zv_work *work, struct zv_str uid, struct zv_str sentence);

#endif
