/* One need added, changed or taken away by hand: the same checks, history and undo as a row of a file. */
#ifndef ZV_APP_NEED_EDIT_H
#define ZV_APP_NEED_EDIT_H

#include "app/import.h"
#include "base/arena.h"
#include "base/err.h"

struct zv_need_field {
	const char *name; /* key of a column of the template of needs: "qty", "tolerance", "state" */
	const char *value;
};

struct zv_need_edit {
	struct zv_str uid, key;
	struct zv_str batch; /* empty when nothing was different */
	bool changed;
	const struct zv_str *hints; /* what would raise the chance of the need, in sentences: purity, ceiling, tolerance; for a new one */
	size_t n_hints;
	struct zv_import_report report; /* faults and warnings; zv_need_edit_done */
};

void zv_need_edit_done(struct zv_need_edit *edit);

/*
 * Adds a need; its state is draft unless a field says otherwise. ZV_E_INVALID with the first fault when a field is wrong: then
 * nothing is written. *out must be given to zv_need_edit_done in either case.
 */
ZV_MUST_CHECK enum zv_code zv_need_add(struct zv_need_edit *out, struct zv_db *db, const struct zv_need_field *fields, size_t n,
				       const char *centre, const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err);

/* Changes fields of the need called `name` (public id or key). */
ZV_MUST_CHECK enum zv_code zv_need_set(struct zv_need_edit *out, struct zv_db *db, struct zv_str name, const struct zv_need_field *fields,
				       size_t n, const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err);

/*
 * Takes a need away that was added by hand and that nothing stands on, as if it had never been (its batches are undone).
 * ZV_E_CONFLICT otherwise: such a need is closed (state=closed), so that what refers to it stays true.
 */
ZV_MUST_CHECK enum zv_code zv_need_delete(struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err);

#endif
