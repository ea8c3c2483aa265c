/* Transactions nest inside a group; without one around, the whole is a group itself. */
#include "app/whole.h"

enum zv_code zv_whole_begin(struct zv_whole *whole, struct zv_db *db, struct zv_err *err)
{
	whole->group = zv_db_depth(db) == 0;
	return whole->group ? zv_db_group_begin(db, err) : zv_db_begin(db, err);
}

enum zv_code zv_whole_end(struct zv_whole *whole, struct zv_db *db, enum zv_code code, struct zv_err *err)
{
	if (code == ZV_OK)
		code = whole->group ? zv_db_group_commit(db, err) : zv_db_commit(db, err);
	if (code == ZV_OK)
		return ZV_OK;
	if (whole->group)
		zv_db_group_rollback(db);
	else
		zv_db_rollback(db);
	return code;
}
