/* Between rows.c and rows_write.c: the answer to a write is the row as GET gives it, with what is to be said about it. */
#ifndef ZV_API_ROWS_WRITE_H
#define ZV_API_ROWS_WRITE_H

#include "api/operations.h"
#include "app/row_edit.h"

struct zv_api_row_notes {
	const struct zv_import_report *report; /* its warnings */
	const struct zv_row_hint *hints;
	size_t n_hints;
	struct zv_str more; /* one more warning; empty: none */
};

/* The row with this public id, as the person sees it, with its ETag. notes NULL: none. */
ZV_MUST_CHECK enum zv_code zv_api_row_of(struct zv_api_call *call, const struct zv_register *reg, struct zv_str uid,
					 const struct zv_api_row_notes *notes, struct zv_err *err);

/* "hints": [{field, text, effect}], inside an object that is open. */
void zv_api_hints(struct zv_api_call *call, const struct zv_row_hint *hints, size_t n);

#endif
