/* Steps through the rows of a statement and gathers what a caller reads out of each. */
#include "store/read.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_ROWS = 8 };

enum zv_code zv_read_one(bool *found, void *out, struct zv_stmt *stmt, zv_read_row *read, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_stmt_step(found, stmt, err);

	if (code != ZV_OK || !*found)
		return code;
	read(out, stmt, arena);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_read_all(void **rows, size_t *n, struct zv_stmt *stmt, size_t size, zv_read_row *read, struct zv_arena *arena, struct zv_err *err)
{
	char *list = NULL;
	size_t have = 0;
	size_t room = 0;
	bool row;
	enum zv_code code;

	*rows = NULL;
	*n = 0;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		if (have == room) {
			room = room == 0 ? FIRST_ROWS : room * 2;
			list = zv_reallocarray(list, room, size);
		}
		read(list + have++ * size, stmt, arena);
	}
	if (code == ZV_OK) {
		*rows = zv_arena_alloc(arena, (have + 1) * size);
		if (have > 0)
			memcpy(*rows, list, have * size);
		*n = have;
	}
	free(list);
	return code;
}

enum zv_code zv_read_by_text(bool *found, void *out, struct zv_db *db, const char *sql, struct zv_str text, zv_read_row *read,
			     struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, text);
	return zv_read_one(found, out, stmt, read, arena, err);
}
