/*
 * Writes a workbook row by row in constant memory: sheets with a frozen header, a hidden second row of machine keys, lists
 * to choose from, a help sheet. Text cells are strings and never formulas.
 */
#ifndef ZV_FORMAT_XLSX_WRITE_H
#define ZV_FORMAT_XLSX_WRITE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct zv_xlsx;

struct zv_xlsx_column {
	const char *title;           /* what people read */
	const char *key;             /* hidden second row; NULL in every column: no such row */
	int width;                   /* in characters; 0: by the title */
	const struct zv_str *list;   /* values to choose from, by data validation; NULL: free */
	size_t n_list;
};

/* The file appears under `path` at zv_xlsx_close. ZV_E_IO. */
ZV_MUST_CHECK enum zv_code zv_xlsx_new(struct zv_xlsx **out, const char *path, struct zv_err *err);

/*
 * Starts a table; the rows that follow go there, until the next sheet. `lists` is the name of the sheet that will hold the
 * values to choose from (made at the close, once); NULL when no column has a list. Sheet names: 1 to 31 characters, none of
 * []:*?/\ . ZV_E_INVALID.
 */
ZV_MUST_CHECK enum zv_code zv_xlsx_sheet(struct zv_xlsx *xlsx, const char *name, const char *lists,
					 const struct zv_xlsx_column *columns, size_t n, struct zv_err *err);

/* A sheet of text: one line a row, the first one bold, lines broken at the width of the page. */
ZV_MUST_CHECK enum zv_code zv_xlsx_help(struct zv_xlsx *xlsx, const char *name, const struct zv_str *lines, size_t n,
					struct zv_err *err);

/*
 * The cells of a row from left to right. Numbers come as decimal text and stay numbers when they have at most 15
 * significant digits (what a spreadsheet can hold), otherwise they are written as text, exactly. Texts are cut nowhere: more than
 * 32,767 characters (Excel's limit) make the close fail with ZV_E_LIMIT, as do more than 1,048,576 rows.
 */
void zv_xlsx_text(struct zv_xlsx *xlsx, struct zv_str s);
void zv_xlsx_number(struct zv_xlsx *xlsx, struct zv_str decimal);
void zv_xlsx_date(struct zv_xlsx *xlsx, zv_date date); /* ZV_DATE_NONE: empty */
void zv_xlsx_fault(struct zv_xlsx *xlsx, struct zv_str s); /* a text on red */
void zv_xlsx_end_row(struct zv_xlsx *xlsx);

/* Writes the file and frees `xlsx` in any case. ZV_E_IO (full disk), ZV_E_LIMIT. */
ZV_MUST_CHECK enum zv_code zv_xlsx_close(struct zv_xlsx *xlsx, struct zv_err *err);

/* Frees without writing. NULL is allowed. */
void zv_xlsx_cancel(struct zv_xlsx *xlsx);

#endif
