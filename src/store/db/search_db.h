/* The index of words, as each database keeps it: tokens in, rows that hold all of some tokens out. */
#ifndef ZV_STORE_DB_SEARCH_DB_H
#define ZV_STORE_DB_SEARCH_DB_H

#include "base/buf.h"
#include "store/db/db.h"

enum zv_search_table { ZV_SEARCH_ITEM, ZV_SEARCH_NEED, ZV_SEARCH_ORG, ZV_SEARCH_TABLES };

/* A token that a row must hold. Tokens are made of letters, digits and "_" (store/words.h). */
struct zv_search_term {
	struct zv_str key;
	struct zv_str also; /* or this token; may be empty */
	bool prefix; /* the beginning of a token will do */
	bool code;   /* or a token that goes on with "_" after it: 20_14 finds 20_14_62 */
};

/* Adds or replaces a row. `keys` and `stems`: words parted by single blanks. Inside the caller's transaction. */
ZV_MUST_CHECK enum zv_code zv_search_db_put(struct zv_db *db, enum zv_search_table table, int64_t id, struct zv_str keys,
					    struct zv_str stems, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_search_db_remove(struct zv_db *db, enum zv_search_table table, int64_t id, struct zv_err *err);

enum { ZV_SEARCH_DB_FIRST = -1 }; /* before every id */

/*
 * Rows after the id `after` that hold all terms, by id, at most `limit`: columns id, keys, stems. `match` is memory for the query and must live as
 * long as the statement is stepped. Rows that an undo took from their register may still be among them.
 */
ZV_MUST_CHECK enum zv_code zv_search_db_find(struct zv_stmt **out, struct zv_buf *match, struct zv_db *db, enum zv_search_table table,
					     const struct zv_search_term *terms, size_t n, int64_t after, int64_t limit, struct zv_err *err);

/* Rows after `after` whose register no longer has them: column id. */
ZV_MUST_CHECK enum zv_code zv_search_db_orphans(struct zv_stmt **out, struct zv_db *db, enum zv_search_table table, int64_t after,
						int64_t limit, struct zv_err *err);

/* After much was added: merges what can be merged. */
ZV_MUST_CHECK enum zv_code zv_search_db_settle(struct zv_db *db, struct zv_err *err);

/* What each of search_sqlite.c and search_postgres.c gives. */
struct zv_search_dialect {
	const char *put[ZV_SEARCH_TABLES];     /* $1 id, $2 keys, $3 stems */
	const char *remove[ZV_SEARCH_TABLES];  /* $1 id */
	const char *find[ZV_SEARCH_TABLES];    /* $1 match, $2 limit */
	const char *go_on[ZV_SEARCH_TABLES];   /* the same after the id $3 */
	const char *orphans[ZV_SEARCH_TABLES]; /* $1 after, $2 limit */
	const char *settle;
	void (*match)(struct zv_buf *out, const struct zv_search_term *terms, size_t n);
};

extern const struct zv_search_dialect zv_search_sqlite, zv_search_postgres;

#endif
