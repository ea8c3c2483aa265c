/* The database as use cases and the command line open it: with the migrations that the program carries, and its centres. */
#ifndef ZV_APP_DATABASE_H
#define ZV_APP_DATABASE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct zv_db;

enum zv_database_mode {
	ZV_DATABASE_READ,
	ZV_DATABASE_WRITE,
	ZV_DATABASE_CREATE /* as WRITE; made when it is not there, and a new one gets the schema at once */
};

/* `url` is a file name or postgresql://... ZV_E_CONFLICT when the schema is not the one of this program. */
ZV_MUST_CHECK enum zv_code zv_database_open(struct zv_db **out, const char *url, enum zv_database_mode mode, struct zv_err *err);
void zv_database_close(struct zv_db *db); /* NULL is allowed */

/* Who works through this handle, for the audit trail: "cli:NAME". Copied. */
void zv_database_actor(struct zv_db *db, const char *actor);

/* Applies the migrations that are missing; calls `report` with the name of each. With dry_run nothing is written. */
ZV_MUST_CHECK enum zv_code zv_database_upgrade(const char *url, bool dry_run, void (*report)(void *context, struct zv_str name),
					       void *context, struct zv_err *err);

struct zv_database_info {
	const char *dialect; /* "SQLite", "PostgreSQL" */
	int64_t schema;      /* number of the last migration */
	int64_t batches;
	int64_t last_batch_ms; /* 0: none */
	int64_t centres;
};

ZV_MUST_CHECK enum zv_code zv_database_info(struct zv_database_info *out, struct zv_db *db, struct zv_err *err);

/* The id of a centre by its code; ZV_E_INVALID names the ones that exist. An empty code: the only office there is, or the national one. */
ZV_MUST_CHECK enum zv_code zv_database_centre(int64_t *out, struct zv_db *db, struct zv_str code, struct zv_err *err);

#endif
