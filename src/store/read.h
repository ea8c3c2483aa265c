/* Rows of a statement as values of the caller: the one row of a name, and all rows as an array. Inside the store only. */
#ifndef ZV_STORE_READ_H
#define ZV_STORE_READ_H

#include "base/arena.h"
#include "store/db/db.h"

/* Reads the row that the statement stands on into *out; texts are copied into `arena`. */
typedef void zv_read_row(void *out, struct zv_stmt *stmt, struct zv_arena *arena);

/* The next row of a bound statement, which is then reset. *found false: there is none, and *out is untouched. */
ZV_MUST_CHECK enum zv_code zv_read_one(bool *found, void *out, struct zv_stmt *stmt, zv_read_row *read, struct zv_arena *arena,
				       struct zv_err *err);

/* All rows of a bound statement, each of `size` bytes, as an array in `arena` with room for one more. NULL after a failure. */
ZV_MUST_CHECK enum zv_code zv_read_all(void **rows, size_t *n, struct zv_stmt *stmt, size_t size, zv_read_row *read, struct zv_arena *arena,
				       struct zv_err *err);

/* The row that the constant query `sql` finds by the text $1. */
ZV_MUST_CHECK enum zv_code zv_read_by_text(bool *found, void *out, struct zv_db *db, const char *sql, struct zv_str text, zv_read_row *read,
					   struct zv_arena *arena, struct zv_err *err);

#endif
