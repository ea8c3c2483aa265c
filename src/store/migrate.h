/* Numbered SQL files, forward only, each in one transaction, with a checksum: a changed old file is refused. */
#ifndef ZV_STORE_MIGRATE_H
#define ZV_STORE_MIGRATE_H

#include "store/db/db.h"

struct zv_migration {
	int number;
	struct zv_str name; /* "0001_init" */
	struct zv_str sql;  /* with the words {id} and {blob}, which differ by dialect */
	int dialect;        /* -1 both, or enum zv_dialect */
};

/*
 * Brings the database up to the newest of `all` (sorted by number; those of the other dialect are passed over). With
 * dry_run nothing is written. `report` is called for each pending step. ZV_E_CONFLICT: an applied file has changed, or the
 * database is newer than the program.
 */
ZV_MUST_CHECK enum zv_code zv_migrate(struct zv_db *db, const struct zv_migration *all, size_t n, bool dry_run,
				      void (*report)(void *context, const struct zv_migration *step), void *context,
				      struct zv_err *err);

/* ZV_E_CONFLICT unless the database is exactly at the newest step; says which command to run. */
ZV_MUST_CHECK enum zv_code zv_migrate_check(struct zv_db *db, const struct zv_migration *all, size_t n, struct zv_err *err);

#endif
