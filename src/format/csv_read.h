/* CSV and its kin: RFC 4180 with any of four separators, in UTF-8, UTF-16 or an eight-bit Cyrillic encoding. */
#ifndef ZV_FORMAT_CSV_READ_H
#define ZV_FORMAT_CSV_READ_H

#include "format/parse.h"

/*
 * Cells are given as they are, without their quotes; rows may be ragged; blank lines are no rows. Line ends: CRLF, LF or CR,
 * also mixed. ZV_E_INVALID with the line: a NUL byte, bytes that are not in the encoding, a quote that is never closed, text
 * after a closing quote. An encoding that is neither named nor certain: ZV_E_INVALID asking for its name.
 */
ZV_MUST_CHECK enum zv_code zv_csv_read(struct zv_parse *parse, struct zv_err *err);

/* The separator of a sample that starts at the beginning of a file: , ; TAB | or 0 for a single column. */
char zv_csv_find_separator(struct zv_str sample, bool no_quotes);

#endif
