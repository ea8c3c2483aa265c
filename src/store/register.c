/* Finding, inserting and walking through rows of any register, driven by its description. */
#include "store/register.h"

#include <string.h>

#include "base/decimal.h"
#include "store/register_list.h"
#include "store/trail.h"

enum { FRAME = 8, PAGE = 500 };

const char *const zv_words_dim[] = {
	N_("none"), N_("mass"), N_("volume"), N_("piece"), N_("length"), N_("area"), N_("time"), N_("energy"), N_("other"), NULL,
};
const char *const zv_words_visibility[] = {N_("centre"), N_("matched"), N_("association"), N_("public"), NULL};

const struct zv_register *const *zv_registers(int *n)
{
	static const struct zv_register *const all[] = {
		&zv_register_class_code, &zv_register_crosswalk, &zv_register_controlled, &zv_register_org,
		&zv_register_site, &zv_register_item, &zv_register_substitute, &zv_register_permit,
		&zv_register_need, &zv_register_offer, &zv_register_capacity, &zv_register_supply,
		&zv_register_cluster, &zv_register_cluster_event, &zv_register_cluster_member, &zv_register_contract,
		&zv_register_delivery, &zv_register_org_year, &zv_register_project, &zv_register_project_member,
		&zv_register_project_cost, &zv_register_infra, &zv_register_resident, &zv_register_statement,
		&zv_register_received, &zv_register_cluster_count, &zv_register_product, &zv_register_recipe_line,
		&zv_register_line_source,
	};

	*n = (int)ZV_LEN(all);
	return all;
}

const struct zv_register *zv_register_find(const char *name)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);

	for (int i = 0; i < n; i++) {
		if (strcmp(all[i]->name, name) == 0 || strcmp(all[i]->plural, name) == 0)
			return all[i];
	}
	return NULL;
}

int zv_register_column(const struct zv_register *reg, const char *name)
{
	for (int i = 0; i < reg->n_columns; i++) {
		if (reg->columns[i].name[0] == name[0] && strcmp(reg->columns[i].name, name) == 0)
			return i;
	}
	return -1;
}

static struct zv_value read_value(struct zv_stmt *stmt, int at, enum zv_column_type type, struct zv_arena *arena)
{
	struct zv_value value = {.null = zv_col_is_null(stmt, at)};

	if (value.null)
		return value;
	if (type == ZV_COL_TEXT)
		value.s = zv_str_dup(arena, zv_col_text(stmt, at));
	else
		value.i = zv_col_int(stmt, at);
	return value;
}

void zv_record_read(struct zv_record *out, struct zv_stmt *stmt, const struct zv_register *reg, struct zv_arena *arena)
{
	out->id = zv_col_int(stmt, 0);
	out->centre_id = zv_col_int(stmt, 1);
	out->uid = zv_str_dup(arena, zv_col_text(stmt, 2));
	out->source_key = zv_str_dup(arena, zv_col_text(stmt, 3));
	out->batch_id = zv_col_int(stmt, 4);
	out->line = zv_col_int(stmt, 5);
	out->said_on = (zv_date)zv_col_int(stmt, 6);
	out->status = (enum zv_status)zv_col_int(stmt, 7);
	for (int i = 0; i < reg->n_columns; i++)
		out->values[i] = read_value(stmt, FRAME + i, reg->columns[i].type, arena);
}

/* Steps a statement that finds at most one row. */
static enum zv_code read_one(struct zv_record *out, struct zv_stmt *stmt, const struct zv_register *reg, struct zv_arena *arena,
			     struct zv_str asked, struct zv_err *err)
{
	bool row;
	enum zv_code code = zv_stmt_step(&row, stmt, err);

	if (code != ZV_OK)
		return code;
	if (!row)
		return zv_fail(err, ZV_E_NOTFOUND, reg->name, N_("There is no “%.*s” in the register “%s”."), ZV_STR_FMT(asked), reg->plural);
	zv_record_read(out, stmt, reg, arena);
	zv_stmt_reset(stmt);
	return ZV_OK;
}

enum zv_code zv_record_by_key(struct zv_record *out, struct zv_db *db, const struct zv_register *reg, int64_t centre_id,
			      struct zv_str source_key, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, reg->sql_by_key, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, centre_id);
	zv_bind_text(stmt, 2, source_key);
	return read_one(out, stmt, reg, arena, source_key, err);
}

enum zv_code zv_record_by_id(struct zv_record *out, struct zv_db *db, const struct zv_register *reg, int64_t id, struct zv_arena *arena,
			     struct zv_err *err)
{
	char text[ZV_DECIMAL_TEXT];
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, reg->sql_by_id, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, id);
	zv_decimal_format(text, id, 0, 0, false);
	return read_one(out, stmt, reg, arena, zv_str_c(text), err);
}

enum zv_code zv_record_by_uid(struct zv_record *out, struct zv_db *db, const struct zv_register *reg, struct zv_str uid,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, reg->sql_by_uid, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, uid);
	return read_one(out, stmt, reg, arena, uid, err);
}

void zv_record_bind(struct zv_stmt *stmt, int from, const struct zv_register *reg, const struct zv_record *record)
{
	for (int i = 0; i < reg->n_columns; i++) {
		const struct zv_value *value = &record->values[i];

		if (value->null)
			zv_bind_null(stmt, from + i);
		else if (reg->columns[i].type == ZV_COL_TEXT)
			zv_bind_text(stmt, from + i, value->s);
		else
			zv_bind_int(stmt, from + i, value->i);
	}
}

enum zv_code zv_record_insert(struct zv_db *db, const struct zv_register *reg, struct zv_record *record, struct zv_arena *arena,
			      struct zv_err *err)
{
	struct zv_stmt *stmt;
	enum zv_code code = ZV_OK;

	if (record->id == 0)
		code = zv_id_next(&record->id, db, record->centre_id, reg->entity, err);
	if (code == ZV_OK)
		code = zv_db_stmt(&stmt, db, reg->sql_insert, err);
	if (code != ZV_OK)
		return code;
	if (record->uid.n == 0) {
		char uid[ZV_ROW_UID_TEXT];

		record->uid = zv_str_dup(arena, (struct zv_str){uid, zv_id_uid(uid, reg->uid_kind)});
	}
	zv_bind_int(stmt, 1, record->id);
	zv_bind_int(stmt, 2, record->centre_id);
	zv_bind_text(stmt, 3, record->uid);
	zv_bind_text(stmt, 4, record->source_key);
	zv_bind_int(stmt, 5, record->batch_id);
	zv_bind_int(stmt, 6, record->line);
	zv_bind_int(stmt, 7, record->said_on);
	zv_bind_int(stmt, 8, record->status);
	zv_record_bind(stmt, FRAME + 1, reg, record);
	code = zv_trail_came(db, reg, record, err);
	if (code == ZV_OK)
		code = zv_stmt_run(stmt, err);
	if (code == ZV_OK && reg->stored != NULL)
		code = reg->stored(db, record, true, err);
	return code;
}

/* One page of records, into the arena, so that nothing is being read while the caller works on them. */
static enum zv_code read_page(struct zv_record **page, size_t *n, struct zv_db *db, const struct zv_register *reg, const char *sql,
			      int64_t after_id, int64_t limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = true;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, after_id);
	zv_bind_int(stmt, 2, limit);
	*page = ZV_ARENA_ARRAY(arena, struct zv_record, (size_t)limit);
	*n = 0;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_record_read(&(*page)[(*n)++], stmt, reg, arena);
	return code;
}

static enum zv_code each_of(struct zv_db *db, const struct zv_register *reg, const char *sql, int64_t after_id, int64_t limit,
			    bool (*each)(void *context, const struct zv_record *record), void *context, struct zv_err *err)
{
	struct zv_arena arena;
	enum zv_code code = ZV_OK;
	bool more = true;

	zv_arena_init(&arena);
	while (more && limit > 0) {
		int64_t want = limit < PAGE ? limit : PAGE;
		struct zv_record *page;
		size_t n;

		zv_arena_reset(&arena);
		code = read_page(&page, &n, db, reg, sql, after_id, want, &arena, err);
		if (code != ZV_OK)
			break;
		for (size_t i = 0; more && i < n; i++) {
			after_id = page[i].id;
			more = each(context, &page[i]);
		}
		more = more && (int64_t)n == want;
		limit -= want;
	}
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_record_each(struct zv_db *db, const struct zv_register *reg, int64_t after_id, int64_t limit,
			    bool (*each)(void *context, const struct zv_record *record), void *context, struct zv_err *err)
{
	return each_of(db, reg, reg->sql_page, after_id, limit, each, context, err);
}

enum zv_code zv_record_every(struct zv_db *db, const struct zv_register *reg, bool (*each)(void *context, const struct zv_record *record),
			     void *context, struct zv_err *err)
{
	return each_of(db, reg, reg->sql_every, -1, INT64_MAX, each, context, err);
}

enum zv_code zv_record_count(int64_t *out, struct zv_db *db, const struct zv_register *reg, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, reg->sql_count, err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return ZV_OK;
}
