/* What a person sees in full of a register, in the columns of its template: it imports again with nothing changed. */
#ifndef ZV_APP_EXPORT_OWN_H
#define ZV_APP_EXPORT_OWN_H

#include "app/import_kind.h"
#include "auth/who.h"
#include "base/buf.h"

struct zv_db;

/* CSV into `out` (with a byte order mark, formulas made harmless). ZV_E_LIMIT past the limit of `out`; ZV_E_UNSUPPORTED: no template. */
ZV_MUST_CHECK enum zv_code zv_export_own_csv(struct zv_buf *out, int64_t *rows, struct zv_db *db, const struct zv_who *who,
					     const struct zv_import_kind *kind, struct zv_err *err);

/* A workbook at `path`. */
ZV_MUST_CHECK enum zv_code zv_export_own_xlsx(const char *path, int64_t *rows, struct zv_db *db, const struct zv_who *who,
					      const struct zv_import_kind *kind, struct zv_err *err);

#endif
