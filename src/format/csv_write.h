/* Writes CSV (RFC 4180, CRLF, UTF-8 with a byte order mark for Excel) with formulas made harmless. */
#ifndef ZV_FORMAT_CSV_WRITE_H
#define ZV_FORMAT_CSV_WRITE_H

#include "format/out.h"

struct zv_csv_writer {
	struct zv_out *out;
	char separator;
	size_t cells; /* in this row so far */
	bool empty;   /* nothing written in this row but empty cells */
};

/* `separator`: , or ; or TAB. `mark`: begin with a byte order mark. */
void zv_csv_init(struct zv_csv_writer *csv, struct zv_out *out, char separator, bool mark);

/* A text; a ' goes before what would be a formula. */
void zv_csv_text(struct zv_csv_writer *csv, struct zv_str s);

/* A number or date in its own spelling, "-5" among them: written as it is if it has only digits and + - . , : T Z, else as text. */
void zv_csv_number(struct zv_csv_writer *csv, struct zv_str s);

void zv_csv_end_row(struct zv_csv_writer *csv);

#endif
