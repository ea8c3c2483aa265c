/*
 * Strict and fast CSV for large tables of our own formats: UTF-8, comma, one header line, as many cells in each row as the header has. Files of strangers go
 * through rows.h, which guesses encodings and parses in a child process; this one guesses nothing and allocates one buffer.
 */
#ifndef ZV_FORMAT_CSV_PLAIN_H
#define ZV_FORMAT_CSV_PLAIN_H

#include <stdio.h>

#include "base/err.h"
#include "base/str.h"

enum { ZV_CSV_PLAIN_COLUMNS = 64, ZV_CSV_PLAIN_ROW = 64 * 1024 };

struct zv_csv_plain {
	FILE *file;       /* the caller's */
	const char *name; /* of the file, for messages */
	char *buf;
	size_t at, n;     /* what is read and not given out yet */
	bool end;         /* of the file */
	int64_t line;     /* on which the row starts, from 1 */
	int64_t lines;    /* begun so far */
	struct zv_str cells[ZV_CSV_PLAIN_COLUMNS]; /* of the row: without quotes and without blanks around; borrowed until the next one */
	size_t n_cells;
};

void zv_csv_plain_init(struct zv_csv_plain *csv, FILE *file, const char *name);
void zv_csv_plain_done(struct zv_csv_plain *csv);

/*
 * The next row that is not blank, the header first; *more = false at the end. RFC 4180 with CRLF or LF; a byte order mark is skipped. ZV_E_INVALID names file and
 * line: not UTF-8, a NUL, an open quote, text after a closing quote. ZV_E_LIMIT: a row or its cells beyond the numbers above. ZV_E_IO.
 */
ZV_MUST_CHECK enum zv_code zv_csv_plain_next(bool *more, struct zv_csv_plain *csv, struct zv_err *err);

#endif
