/*
 * Files handed in over the API: kept (app/files.h), read in a dry run as a job, and applied as another when the person says so.
 * Whose rows a file may hold is decided by auth/rights.h: an operator writes those of the own centre, an organisation's people the own ones.
 */
#ifndef ZV_APP_IMPORTS_H
#define ZV_APP_IMPORTS_H

#include "app/files.h"
#include "app/import_kind.h"
#include "app/jobs.h"
#include "auth/rights.h"
#include "store/upload.h"

/* Whether the person may hand in files of this kind at all. */
bool zv_imports_may(const struct zv_who *who, const struct zv_import_kind *kind);

struct zv_imports_new {
	struct zv_str kind;   /* name of an import kind, or of its register */
	struct zv_str name;   /* of the file, as the sender calls it */
	struct zv_str centre; /* code; empty: the own one */
	const char *lang;
	int fd;               /* the bytes */
};

/* Keeps the file and submits its dry run; in a write of the caller. *job lives in `arena`. ZV_E_DENIED, ZV_E_NOTFOUND (no such kind). */
ZV_MUST_CHECK enum zv_code zv_imports_add(struct zv_upload *out, struct zv_str *job, struct zv_db *db, struct zv_jobs *jobs, struct zv_files *files,
					  const struct zv_who *who, const struct zv_imports_new *import, struct zv_arena *arena, struct zv_err *err);

/* Submits the application. ZV_E_CONFLICT: it is applied already, or its dry run has not ended well. */
ZV_MUST_CHECK enum zv_code zv_imports_apply(struct zv_str *job, struct zv_db *db, struct zv_jobs *jobs, const struct zv_who *who,
					    const struct zv_upload *upload, const char *lang, struct zv_arena *arena, struct zv_err *err);

/* The import as this person may see it: the own ones, and an operator those of the centre. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_imports_get(struct zv_upload *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					  struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_imports_page(struct zv_upload **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t before,
					   int limit, struct zv_arena *arena, struct zv_err *err);

struct zv_imports_state {
	struct zv_job job;       /* the last one; uid empty: none is known */
	struct zv_str report;    /* of the last job that ended well: JSON; "" */
	struct zv_str workbook;  /* digest of its rows at fault; "" */
	struct zv_str batch;     /* what it wrote and what still stands; "" */
};
ZV_MUST_CHECK enum zv_code zv_imports_state(struct zv_imports_state *out, struct zv_jobs *jobs, struct zv_db *db, const struct zv_upload *upload,
					    struct zv_arena *arena, struct zv_err *err);

/* The two kinds of jobs, "import.check" and "import.apply" (app/job_kinds.c). */
extern const struct zv_job_kind zv_job_import_check, zv_job_import_apply;

/* Removes kept files that no import, no report and no application refers to. For a start. */
ZV_MUST_CHECK enum zv_code zv_imports_sweep(size_t *removed, struct zv_files *files, struct zv_db *db, struct zv_err *err);

/* The two kinds of jobs, "import.check" and "import.apply" (app/job_kinds.c). */
extern const struct zv_job_kind zv_job_import_check, zv_job_import_apply;

#endif
