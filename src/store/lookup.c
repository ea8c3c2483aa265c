/* Short lists of ids. */
#include "store/lookup.h"

static enum zv_code gather(int64_t *ids, size_t *n, size_t max, struct zv_stmt *stmt, struct zv_err *err)
{
	enum zv_code code;
	bool row;

	*n = 0;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		if (*n < max)
			ids[(*n)++] = zv_col_int(stmt, 0);
	}
	return code;
}

enum zv_code zv_lookup(int64_t *ids, size_t *n, size_t max, struct zv_db *db, const char *sql, const struct zv_str *texts, int n_texts,
		       struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	for (int i = 0; i < n_texts; i++)
		zv_bind_text(stmt, i + 1, texts[i]);
	zv_bind_int(stmt, n_texts + 1, (int64_t)max);
	return gather(ids, n, max, stmt, err);
}

enum zv_code zv_lookup_int(int64_t *ids, size_t *n, size_t max, struct zv_db *db, const char *sql, int64_t key, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, key);
	zv_bind_int(stmt, 2, (int64_t)max);
	return gather(ids, n, max, stmt, err);
}
