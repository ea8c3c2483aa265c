/* Other names of an item, derived from its English name and synonyms whenever its row is stored. */
#include "base/utf8.h"
#include "store/item.h"
#include "store/register_list.h"

static const char sql_delete[] = "DELETE FROM item_alias WHERE item_id = $1";

static const char sql_add[] = "INSERT INTO item_alias (item_id, name_key, name) VALUES ($1, $2, $3) ON CONFLICT (item_id, name_key) DO NOTHING";

static bool is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

void zv_item_key(struct zv_buf *out, struct zv_str name)
{
	struct zv_buf folded;
	struct zv_str rest;
	size_t start = out->n;
	bool blank = false;
	uint32_t c;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(name));
	rest = zv_buf_str(&folded);
	while (zv_utf8_next(&c, &rest)) {
		if (c <= ' ' || c == 0xa0) {
			blank = out->n > start;
			continue;
		}
		if (blank)
			zv_buf_add_char(out, ' ');
		blank = false;
		zv_buf_add_utf8(out, is_dash(c) ? '-' : c == 0x451 ? 0x435 : c);
	}
	zv_buf_done(&folded);
}

static enum zv_code add(struct zv_db *db, int64_t item_id, struct zv_str name, struct zv_str main_key, struct zv_err *err)
{
	struct zv_buf key;
	struct zv_stmt *stmt;
	enum zv_code code = ZV_OK;

	name = zv_str_trim(name);
	zv_buf_init(&key, 0);
	zv_item_key(&key, name);
	if (key.n > 0 && !zv_str_eq(zv_buf_str(&key), main_key)) {
		code = zv_db_stmt(&stmt, db, sql_add, err);
		if (code == ZV_OK) {
			zv_bind_int(stmt, 1, item_id);
			zv_bind_text(stmt, 2, zv_buf_str(&key));
			zv_bind_text(stmt, 3, name);
			code = zv_stmt_run(stmt, err);
		}
	}
	zv_buf_done(&key);
	return code;
}

static enum zv_code forget(struct zv_db *db, int64_t item_id, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_delete, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, item_id);
	return zv_stmt_run(stmt, err);
}

static struct zv_str text_of(const struct zv_record *record, const char *column)
{
	const struct zv_value *value = &record->values[zv_register_column(&zv_register_item, column)];

	return value->null ? (struct zv_str){0} : value->s;
}

enum zv_code zv_item_alias_keep(struct zv_db *db, const struct zv_record *record, bool fresh, struct zv_err *err)
{
	struct zv_str key = text_of(record, "name_key");
	struct zv_str rest = text_of(record, "synonyms");
	struct zv_str part;
	enum zv_code code = fresh ? ZV_OK : forget(db, record->id, err);

	if (code == ZV_OK)
		code = add(db, record->id, text_of(record, "name_en"), key, err);
	while (code == ZV_OK && rest.p != NULL && zv_str_split(&part, &rest, ';'))
		code = add(db, record->id, part, key, err);
	return code;
}
