/* A register in the columns of its own template. */
#include <string.h>

#include "app/database.h"
#include "app/import.h"
#include "app/import_kind.h"
#include "base/tr.h"

struct walk {
	struct zv_db *db;
	const struct zv_import_kind *kind;
	bool one_centre;
	int64_t centre_id;
	struct zv_arena arena;
	struct zv_str *cells;
	bool (*each)(void *context, const struct zv_str *cells, size_t n);
	void *context;
	enum zv_code code;
	struct zv_err *err;
};

static enum zv_code find_kind(const struct zv_import_kind **out, const char *kind, struct zv_err *err)
{
	*out = zv_import_kind_find(kind);
	if (*out == NULL || (*out)->unmap == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "kind", N_("“%s” has no template of its own."), kind);
	return ZV_OK;
}

enum zv_code zv_import_export_columns(const char *const **keys, const char *const **titles, size_t *n, const char *kind,
				      struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_import_kind *found;
	const struct zv_import_profile *profile;
	const char **key, **title;
	enum zv_code code = find_kind(&found, kind, err);

	if (code != ZV_OK)
		return code;
	profile = found->profiles[0];
	key = ZV_ARENA_ARRAY(arena, const char *, profile->n_columns + 1);
	title = ZV_ARENA_ARRAY(arena, const char *, profile->n_columns + 1);
	for (size_t i = 0; i < profile->n_columns; i++) {
		key[i] = profile->columns[i].key;
		title[i] = strcmp(zv_tr_lang(), "ru") == 0 ? profile->columns[i].ru : profile->columns[i].en;
	}
	*keys = key;
	*titles = title;
	*n = profile->n_columns;
	return ZV_OK;
}

static bool export_one(void *context, const struct zv_record *record)
{
	struct walk *walk = context;
	size_t n = walk->kind->profiles[0]->n_columns;

	if (walk->one_centre && record->centre_id != walk->centre_id)
		return true;
	zv_arena_reset(&walk->arena);
	walk->cells = ZV_ARENA_ARRAY(&walk->arena, struct zv_str, n + 1);
	walk->code = walk->kind->unmap(walk->cells, walk->db, record, &walk->arena, walk->err);
	return walk->code == ZV_OK && walk->each(walk->context, walk->cells, n);
}

enum zv_code zv_import_export_each(struct zv_db *db, const char *kind, const char *centre,
				   bool (*each)(void *context, const struct zv_str *cells, size_t n), void *context, struct zv_err *err)
{
	struct walk walk = { .db = db, .one_centre = centre != NULL, .each = each, .context = context, .err = err };
	enum zv_code code = find_kind(&walk.kind, kind, err);

	if (code == ZV_OK && centre != NULL)
		code = zv_database_centre(&walk.centre_id, db, zv_str_c(centre), err);
	if (code != ZV_OK)
		return code;
	zv_arena_init(&walk.arena);
	code = zv_record_each(db, zv_register_find(walk.kind->reg), 0, INT64_MAX, export_one, &walk, err);
	zv_arena_done(&walk.arena);
	return code == ZV_OK ? walk.code : code;
}
