/* Runs the statements of the dialect that the handle speaks. */
#include "store/db/search_db.h"

static const struct zv_search_dialect *dialect_of(const struct zv_db *db)
{
	return zv_db_dialect(db) == ZV_SQLITE ? &zv_search_sqlite : &zv_search_postgres;
}

enum zv_code zv_search_db_put(struct zv_db *db, enum zv_search_table table, int64_t id, struct zv_str keys, struct zv_str stems,
			      struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, dialect_of(db)->put[table], err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_bind_text(stmt, 2, keys);
	zv_bind_text(stmt, 3, stems);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_search_db_remove(struct zv_db *db, enum zv_search_table table, int64_t id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, dialect_of(db)->remove[table], err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_search_db_find(struct zv_stmt **out, struct zv_buf *match, struct zv_db *db, enum zv_search_table table,
			       const struct zv_search_term *terms, size_t n, int64_t after, int64_t limit, struct zv_err *err)
{
	bool first = after == ZV_SEARCH_DB_FIRST;
	enum zv_code code = zv_db_stmt(out, db, first ? dialect_of(db)->find[table] : dialect_of(db)->go_on[table], err);

	if (code != ZV_OK)
		return code;
	zv_buf_reset(match);
	dialect_of(db)->match(match, terms, n);
	zv_bind_text(*out, 1, zv_buf_str(match));
	zv_bind_int(*out, 2, limit);
	if (!first)
		zv_bind_int(*out, 3, after);
	return ZV_OK;
}

enum zv_code zv_search_db_orphans(struct zv_stmt **out, struct zv_db *db, enum zv_search_table table, int64_t after, int64_t limit,
				  struct zv_err *err)
{
	enum zv_code code = zv_db_stmt(out, db, dialect_of(db)->orphans[table], err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(*out, 1, after);
	zv_bind_int(*out, 2, limit);
	return ZV_OK;
}

enum zv_code zv_search_db_settle(struct zv_db *db, struct zv_err *err)
{
	return zv_db_exec(db, dialect_of(db)->settle, err);
}
