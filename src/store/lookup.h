/* Ids of rows that a constant query finds: what org.h, item.h and the like are made of. Inside the store only. */
#ifndef ZV_STORE_LOOKUP_H
#define ZV_STORE_LOOKUP_H

#include "store/db/db.h"

/* Runs `sql` with text parameters $1..$n_texts and the limit as the one after them; the first column of its rows goes to `ids`. */
ZV_MUST_CHECK enum zv_code zv_lookup(int64_t *ids, size_t *n, size_t max, struct zv_db *db, const char *sql, const struct zv_str *texts,
				     int n_texts, struct zv_err *err);

/* The same with numbers as parameters. */
ZV_MUST_CHECK enum zv_code zv_lookup_int(int64_t *ids, size_t *n, size_t max, struct zv_db *db, const char *sql, int64_t key,
					 struct zv_err *err);

#endif
