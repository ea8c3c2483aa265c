/* What the store finds, narrowed to the one that a file means. */
#include "app/import_find.h"

#include "app/name_keys.h"
#include "store/item.h"
#include "store/org.h"

static const char sql_permit[] = "SELECT 1 FROM permit WHERE org_id = $1 AND regime = $2 AND (valid_until IS NULL OR valid_until >= $3) LIMIT 1";
static const char sql_class[] = "SELECT name FROM class_code WHERE scheme = $1 AND code = $2 ORDER BY edition DESC LIMIT 1";

enum zv_code zv_find_org_inn(int64_t *id, struct zv_db *db, struct zv_str inn, struct zv_str kpp, struct zv_err *err)
{
	size_t n = 0;
	enum zv_code code = ZV_OK;

	*id = 0;
	if (kpp.n > 0)
		code = zv_orgs_by_inn(id, &n, 1, db, inn, kpp, err);
	if (code == ZV_OK && n == 0)
		code = zv_orgs_by_inn(id, &n, 1, db, inn, ZV_STR(""), err);
	if (n == 0)
		*id = 0;
	return code;
}

enum zv_code zv_find_org_ogrn(int64_t *id, struct zv_db *db, struct zv_str ogrn, struct zv_err *err)
{
	size_t n = 0;
	enum zv_code code = zv_orgs_by_ogrn(id, &n, 1, db, ogrn, err);

	if (n == 0)
		*id = 0;
	return code;
}

enum zv_code zv_find_org_name(int64_t *id, int *n, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	int64_t ids[2] = { 0 };
	size_t found = 0;
	enum zv_code code = zv_orgs_by_name_key(ids, &found, 2, db, zv_org_name_key(name, arena), err);

	*id = found > 0 ? ids[0] : 0;
	*n = (int)found;
	return code;
}

enum zv_code zv_find_item_cas(int64_t *id, struct zv_db *db, struct zv_str cas, struct zv_err *err)
{
	size_t n = 0;
	enum zv_code code = zv_items_by_cas(id, &n, 1, db, cas, err);

	if (n == 0)
		*id = 0;
	return code;
}

enum zv_code zv_find_item_name(int64_t *id, struct zv_db *db, struct zv_str name, struct zv_err *err)
{
	size_t n = 0;
	enum zv_code code = zv_items_by_name(id, &n, 1, db, name, err);

	if (n == 0)
		*id = 0;
	return code;
}

enum zv_code zv_find_class_name(struct zv_str *out, struct zv_db *db, struct zv_str scheme, struct zv_str code_text,
				struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_class, err);

	*out = ZV_STR("");
	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, scheme);
	zv_bind_text(stmt, 2, code_text);
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row)
		*out = zv_str_dup(arena, zv_col_text(stmt, 0));
	zv_stmt_reset(stmt);
	return code;
}

enum zv_code zv_find_permit(bool *out, struct zv_db *db, int64_t org_id, struct zv_str regime, zv_date on, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_permit, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, org_id);
	zv_bind_text(stmt, 2, regime);
	zv_bind_int(stmt, 3, on);
	code = zv_stmt_step(out, stmt, err);
	zv_stmt_reset(stmt);
	return code;
}
