/* A statement said again: the value stays, its provenance is new. */
#include "app/restate.h"

#include "store/batch.h"

static const char sql_said_on[] = "SELECT MAX(said_on) FROM fact WHERE entity = $1 AND row_id = $2 AND field = 'free_base' AND state = 1";

enum zv_code zv_capacity_said_on(zv_date *out, struct zv_db *db, const struct zv_record *record, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, sql_said_on, err);

	if (code != ZV_OK)
		return code;
	zv_bind_int(stmt, 1, zv_register_find("capacity")->entity);
	zv_bind_int(stmt, 2, record->id);
	code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	*out = row && !zv_col_is_null(stmt, 0) ? (zv_date)zv_col_int(stmt, 0) : record->said_on;
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code restate(struct zv_db *db, struct zv_batch *batch, const struct zv_record *record, zv_date said_on, struct zv_arena *arena,
			    struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("capacity");
	struct zv_record said = *record;
	enum zv_code code = zv_batch_open(batch, db, arena, err);

	said.batch_id = batch->id;
	said.line = 1;
	said.said_on = said_on;
	said.status = ZV_DECLARED;
	if (code == ZV_OK)
		code = zv_record_restate(db, reg, record, zv_register_column(reg, "free_base"), &said, err);
	batch->n_changed = 1;
	return code == ZV_OK ? zv_batch_close(db, batch, err) : code;
}

enum zv_code zv_capacity_restate(struct zv_db *db, const struct zv_who *who, const struct zv_record *record, zv_date said_on,
				 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch = {
		.centre_id = record->centre_id, .kind = ZV_STR("capacity.confirm"), .actor = who->actor, .source = ZV_STR("by hand")};
	zv_date last = ZV_DATE_NONE;
	enum zv_code code = zv_capacity_said_on(&last, db, record, err);

	if (code == ZV_OK && last >= said_on)
		return zv_fail(err, ZV_E_CONFLICT, "", N_("This is stated as of that day already."));
	if (code == ZV_OK)
		code = zv_db_begin(db, err);
	if (code != ZV_OK)
		return code;
	code = restate(db, &batch, record, said_on, arena, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}
