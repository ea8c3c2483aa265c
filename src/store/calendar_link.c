/* The table calendar_link: one address an account at most, of which only the hash is kept. */
#include "base/date.h"
#include "store/measure.h"
#include "store/read.h"

static void read_link(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	*(struct zv_calendar_link *)out = (struct zv_calendar_link){
		.hash = zv_str_dup(arena, zv_col_text(stmt, 0)),
		.account_id = zv_col_int(stmt, 1),
		.made_ms = zv_col_int(stmt, 2),
	};
}

enum zv_code zv_calendar_link_put(struct zv_db *db, struct zv_calendar_link *link, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_calendar_link_end(db, link->account_id, err);

	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, "INSERT INTO calendar_link (hash, account_id, made_ms) VALUES ($1, $2, $3)", err);
	if (code != ZV_OK)
		return code;
	link->made_ms = zv_now_ms();
	zv_bind_text(stmt, 1, link->hash);
	zv_bind_int(stmt, 2, link->account_id);
	zv_bind_int(stmt, 3, link->made_ms);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_calendar_link_end(struct zv_db *db, int64_t account_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "DELETE FROM calendar_link WHERE account_id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	return zv_stmt_run(stmt, err);
}

enum zv_code zv_calendar_link_by_hash(bool *found, struct zv_calendar_link *out, struct zv_db *db, struct zv_str hash, struct zv_arena *arena,
				      struct zv_err *err)
{
	return zv_read_by_text(found, out, db, "SELECT hash, account_id, made_ms FROM calendar_link WHERE hash = $1", hash, read_link, arena, err);
}

enum zv_code zv_calendar_link_of(bool *found, struct zv_calendar_link *out, struct zv_db *db, int64_t account_id, struct zv_arena *arena,
				 struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT hash, account_id, made_ms FROM calendar_link WHERE account_id = $1", err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, account_id);
	return zv_read_one(found, out, stmt, read_link, arena, err);
}
