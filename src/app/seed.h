/* What a new database knows before anybody imports: the reference data that the program carries.
 */
#ifndef ZV_APP_SEED_H
#define ZV_APP_SEED_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct zv_db;

/*
 * Known substances, clusters, infrastructure and numbers of clusters out of data/, as rows of the national centre,
 * each once: substances only where no batch is there yet. And the packs of rules that the program carries.
 */
ZV_MUST_CHECK enum zv_code zv_seed(struct zv_db *db, struct zv_err *err);

/* A file that the program carries; ZV_E_BUG when it was built without it. */
ZV_MUST_CHECK enum zv_code zv_embedded_file(struct zv_str *out, const char *name, struct zv_err *err);

/* Puts such bytes through the import, as if they were a file. A row at fault is ZV_E_BUG: the program's own data must be right. */
ZV_MUST_CHECK enum zv_code zv_embedded_import(struct zv_db *db, const char *kind, const char *centre, const char *actor, const char *source,
					      zv_date said_on, struct zv_str bytes, struct zv_err *err);

#endif
