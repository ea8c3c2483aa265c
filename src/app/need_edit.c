/* The commands about one need: row_edit for the register of needs, for the owner of the database. */
#include "app/need_edit.h"

#include "app/find.h"

enum { FIELDS_MAX = 64 };

static enum zv_code to_fields(struct zv_row_field *out, const struct zv_need_field *fields, size_t n, struct zv_err *err)
{
	if (n > FIELDS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "", N_("There are more than %d fields."), FIELDS_MAX);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct zv_row_field){
			.name = zv_str_c(fields[i].name), .value = zv_str_c(fields[i].value), .clear = fields[i].value[0] == '\0'};
	return ZV_OK;
}

enum zv_code zv_need_add(struct zv_row_edit *out, struct zv_db *db, const struct zv_need_field *fields, size_t n, const char *centre,
			 const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_row_edit_options options = {.actor = actor, .centre = centre, .said_on = said_on};
	struct zv_row_field row[FIELDS_MAX];
	enum zv_code code = to_fields(row, fields, n, err);

	*out = (struct zv_row_edit){0};
	if (code != ZV_OK)
		return code;
	return zv_row_add(out, db, zv_register_find("need"), row, n, &options, arena, err);
}

enum zv_code zv_need_set(struct zv_row_edit *out, struct zv_db *db, struct zv_str name, const struct zv_need_field *fields, size_t n,
			 const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_row_edit_options options = {.actor = actor, .said_on = said_on};
	struct zv_row_field row[FIELDS_MAX];
	struct zv_record record;
	enum zv_code code = to_fields(row, fields, n, err);

	*out = (struct zv_row_edit){0};
	if (code == ZV_OK)
		code = zv_find_record(&record, NULL, db, reg, name, arena, err);
	if (code != ZV_OK)
		return code;
	return zv_row_set(out, db, reg, &record, row, n, &options, arena, err);
}

enum zv_code zv_need_delete(struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_row_edit_options options = {0};
	struct zv_record record;
	enum zv_code code = zv_find_record(&record, NULL, db, reg, name, arena, err);

	return code == ZV_OK ? zv_row_delete(db, reg, &record, &options, arena, err) : code;
}
