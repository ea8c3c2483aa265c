/* A register written out in the columns of its own template, so that it imports again with nothing changed. */
#ifndef ZV_APP_EXPORT_H
#define ZV_APP_EXPORT_H

#include <stdio.h>

#include "base/err.h"

struct zv_db;

enum zv_export_format { ZV_EXPORT_CSV, ZV_EXPORT_JSON, ZV_EXPORT_XLSX };

/* "csv", "json", "xlsx". ZV_E_INVALID. */
ZV_MUST_CHECK enum zv_code zv_export_format_parse(enum zv_export_format *out, const char *name, struct zv_err *err);

/* The import kind that a user means: its name, or the name or plural of its register. ZV_E_INVALID names those there are. */
ZV_MUST_CHECK enum zv_code zv_export_kind(const char **out, const char *name, struct zv_err *err);

/* CSV (with a byte order mark, formulas made harmless) or JSON (one array, written as it goes) on `file`. centre NULL: all. *rows counts. */
ZV_MUST_CHECK enum zv_code zv_export_text(int64_t *rows, FILE *file, struct zv_db *db, const char *kind, enum zv_export_format format,
					  const char *centre, struct zv_err *err);

/* A workbook at `path`. */
ZV_MUST_CHECK enum zv_code zv_export_xlsx(int64_t *rows, const char *path, struct zv_db *db, const char *kind, const char *centre,
					  struct zv_err *err);

#endif
