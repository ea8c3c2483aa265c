/* Infrastructure objects in one pass. */
#include "store/infra_read.h"

#include "store/read.h"

static int64_t number_at(struct zv_stmt *stmt, int at)
{
	return zv_col_is_null(stmt, at) ? -1 : zv_col_int(stmt, at);
}

static void read_infra(void *out, struct zv_stmt *stmt, struct zv_arena *arena)
{
	struct zv_infra_row *row = out;

	*row = (struct zv_infra_row){
		.id = zv_col_int(stmt, 0),
		.uid = zv_str_dup(arena, zv_col_text(stmt, 1)),
		.name = zv_str_dup(arena, zv_col_text(stmt, 2)),
		.name_en = zv_str_dup(arena, zv_col_text(stmt, 3)),
		.kind = zv_col_int(stmt, 4),
		.state = zv_col_int(stmt, 5),
		.region = zv_str_dup(arena, zv_col_text(stmt, 6)),
		.placed = !zv_col_is_null(stmt, 7) && !zv_col_is_null(stmt, 8),
		.lat_micro = zv_col_int(stmt, 7),
		.lon_micro = zv_col_int(stmt, 8),
		.technological = number_at(stmt, 9),
		.rail = number_at(stmt, 10),
		.hazard_class = number_at(stmt, 11),
		.services = zv_str_dup(arena, zv_col_text(stmt, 12)),
	};
	for (int i = 0; i < ZV_INFRA_FIGURES; i++)
		row->figures[i] = number_at(stmt, 13 + i);
}

enum zv_code zv_infra_rows(struct zv_infra_row **out, size_t *n, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	void *found = NULL;
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db,
				       "SELECT id, uid, name, name_en, kind, state, region, lat_micro, lon_micro, technological, rail, hazard_class, "
				       "services, land_m2, floor_m2, power_kw, gas_m3h, water_m3d FROM infra WHERE state <> 3 ORDER BY id",
				       err);

	if (code == ZV_OK)
		code = zv_read_all(&found, n, stmt, sizeof(**out), read_infra, arena, err);
	*out = found;
	return code;
}
