/* What the tests of formats share: rows as text, zip files by hand. */
#ifndef ZV_TEST_FORMAT_HELP_H
#define ZV_TEST_FORMAT_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "format/rows.h"

/* Rows of the bytes, parsed in this process: "1:a|b\n3:c\n"; a fault of a sheet adds "!1=#N/A". *info may be NULL. */
enum zv_code help_read(struct zv_buf *out, struct zv_rows_info *info, struct zv_str bytes, const struct zv_rows_options *options,
		       struct zv_err *err);

/* The same through a file and the caged child. */
enum zv_code help_read_caged(struct zv_buf *out, struct zv_rows_info *info, struct zv_str bytes,
			     const struct zv_rows_options *options, struct zv_err *err);

/* Parsed in this process, each cell as "<text>" with the ' against formulas taken off, each row ended by U+001E. Must succeed. */
void help_read_plain(struct zv_buf *out, struct zv_str bytes, const struct zv_rows_options *options);

/* Both ways give these rows. */
void help_rows(struct zv_str bytes, const struct zv_rows_options *options, const char *rows);

/* Both ways fail so, and the message holds `part`. */
void help_fails(struct zv_str bytes, const struct zv_rows_options *options, enum zv_code code, const char *part);

/* A descriptor of a file in memory that holds the bytes. */
int help_file(struct zv_str bytes);

/* A zip file piece by piece. */
struct help_zip {
	struct zv_buf bytes;
	struct zv_buf directory;
	unsigned n;
	enum { HELP_ZIP_PLAIN, HELP_ZIP_STORED, HELP_ZIP_STREAMED, HELP_ZIP_64 } kind; /* streamed: sizes stand after the bytes */
};

void help_zip_init(struct help_zip *zip);
void help_zip_add(struct help_zip *zip, const char *name, struct zv_str content);
struct zv_str help_zip_end(struct help_zip *zip);                                 /* borrowed */
void help_zip_done(struct help_zip *zip);

/* A workbook of one sheet with this inside <sheetData>, these shared strings (XML of the items) and cell formats (XML of the xf). */
void help_workbook(struct help_zip *zip, const char *rows, const char *shared, const char *formats);

/* Deflate or gzip. */
void help_deflate(struct zv_buf *out, struct zv_str content, bool gzip);

#endif
