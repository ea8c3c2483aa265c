/* The workbook of the rows at fault: the same columns with a red one of reasons, so that it can be mended and imported again. */
#ifndef ZV_APP_IMPORT_ERRORS_H
#define ZV_APP_IMPORT_ERRORS_H

#include <stdio.h>

#include "format/csv_write.h"
#include "format/xlsx_write.h"

struct zv_import_errors {
	const char *path;           /* .csv writes CSV, all else a workbook; NULL: nothing is written */
	const struct zv_str *titles; /* the header of the file, borrowed */
	const char *const *keys;    /* machine keys by column of the file, "" where unknown; NULL: none */
	size_t n;
	bool open;
	struct zv_xlsx *xlsx;
	FILE *file;
	struct zv_out out;
	struct zv_csv_writer csv;
};

/*
 * One row at fault. `cells` as the file has them; NULL: they may not be repeated. `at` is the column at fault or -1. The file
 * begins with the first row at fault. ZV_E_IO.
 */
ZV_MUST_CHECK enum zv_code zv_import_errors_row(struct zv_import_errors *errors, const struct zv_str *cells, size_t n, int at,
						struct zv_str reasons, struct zv_err *err);

/* Ends the file when there is one. ZV_E_IO, ZV_E_LIMIT. */
ZV_MUST_CHECK enum zv_code zv_import_errors_close(struct zv_import_errors *errors, struct zv_err *err);

/* Frees without a file. */
void zv_import_errors_cancel(struct zv_import_errors *errors);

/* The key of the column of reasons: an import passes over it. */
#define ZV_IMPORT_REASONS_KEY "_reasons"

#endif
