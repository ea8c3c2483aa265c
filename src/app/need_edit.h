/* One need added, changed or taken away at the command line (app/row_edit.h). */
#ifndef ZV_APP_NEED_EDIT_H
#define ZV_APP_NEED_EDIT_H

#include "app/row_edit.h"

struct zv_need_field {
	const char *name; /* key of a column of the template of needs: "qty", "tolerance", "state" */
	const char *value; /* the empty text takes the stored value away */
};

/* Adds a need; its state is draft unless a field says otherwise. Codes as zv_row_add. *out must be given to zv_row_edit_done in either case. */
ZV_MUST_CHECK enum zv_code zv_need_add(struct zv_row_edit *out, struct zv_db *db, const struct zv_need_field *fields, size_t n,
				       const char *centre, const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err);

/* Changes fields of the need called `name` (public id or key). */
ZV_MUST_CHECK enum zv_code zv_need_set(struct zv_row_edit *out, struct zv_db *db, struct zv_str name, const struct zv_need_field *fields,
				       size_t n, const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err);

/* As zv_row_delete. */
ZV_MUST_CHECK enum zv_code zv_need_delete(struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err);

#endif
