/* Finding rows for people: by id, key, name, or words. */
#include "app/find.h"

#include <string.h>

#include "app/listing.h"
#include "app/view_record.h"
#include "base/vec.h"
#include "model/ident.h"
#include "store/item.h"
#include "store/search.h"

struct centre {
	int64_t id;
	struct zv_str code;
};

typedef ZV_VEC(struct centre) centres_vec;

static enum zv_code load_centres(centres_vec *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, db, "SELECT id, code FROM centre ORDER BY id", err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct centre centre = {zv_col_int(stmt, 0), zv_str_dup(arena, zv_col_text(stmt, 1))};

		zv_vec_push(out, centre);
	}
	zv_stmt_reset(stmt);
	return code;
}

static struct zv_str code_of(const centres_vec *centres, int64_t id)
{
	for (size_t i = 0; i < centres->n; i++) {
		if (centres->p[i].id == id)
			return centres->p[i].code;
	}
	return (struct zv_str){0};
}

static enum zv_code by_key(struct zv_record *out, const centres_vec *centres, struct zv_db *db, const struct zv_register *reg,
			   struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	int found = 0;

	for (size_t i = 0; i < centres->n; i++) {
		struct zv_record record;
		enum zv_code code = zv_record_by_key(&record, db, reg, centres->p[i].id, name, arena, err);

		if (code == ZV_E_NOTFOUND)
			continue;
		if (code != ZV_OK)
			return code;
		if (found++ > 0)
			return zv_fail(err, ZV_E_CONFLICT, reg->name, N_("Several centres have the key “%.*s”. Give the public id instead."),
				       ZV_STR_FMT(name));
		*out = record;
	}
	if (found == 0)
		return zv_fail(err, ZV_E_NOTFOUND, reg->name, N_("There is no “%.*s” in %s."), ZV_STR_FMT(name), reg->plural);
	return ZV_OK;
}

enum zv_code zv_find_record(struct zv_record *out, struct zv_str *centre, struct zv_db *db, const struct zv_register *reg,
			    struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	centres_vec centres = {0};
	enum zv_code code = load_centres(&centres, db, arena, err);

	if (code == ZV_OK && zv_listing_register_of(name) == reg)
		code = zv_record_by_uid(out, db, reg, name, arena, err);
	else if (code == ZV_OK)
		code = by_key(out, &centres, db, reg, name, arena, err);
	if (code == ZV_OK && centre != NULL)
		*centre = code_of(&centres, out->centre_id);
	zv_vec_done(&centres);
	return code;
}

static enum zv_code not_there(const struct zv_register *reg, struct zv_str name, struct zv_err *err)
{
	return zv_fail(err, ZV_E_NOTFOUND, reg->name, N_("There is no “%.*s” in %s."), ZV_STR_FMT(name), reg->plural);
}

static enum zv_code seen_by_key(struct zv_record *out, enum zv_sight *sight, const centres_vec *centres, struct zv_db *db, const struct zv_who *who,
				const struct zv_register *reg, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	int found = 0;

	for (size_t i = 0; i < centres->n; i++) {
		struct zv_record record;
		enum zv_sight seen = ZV_SIGHT_NONE;
		enum zv_code code = zv_record_by_key(&record, db, reg, centres->p[i].id, name, arena, err);

		if (code == ZV_OK)
			code = zv_sight_of(&seen, db, who, reg, &record, err);
		if (code != ZV_OK && code != ZV_E_NOTFOUND)
			return code;
		/* The key itself is only for those who see all of a row. */
		if (code == ZV_E_NOTFOUND || seen == ZV_SIGHT_NONE || (seen != ZV_SIGHT_FULL && record.source_key.n > 0 && !zv_sight_open(who, reg)))
			continue;
		if (found++ > 0)
			return zv_fail(err, ZV_E_CONFLICT, reg->name, N_("Several centres have the key “%.*s”. Give the public id instead."),
				       ZV_STR_FMT(name));
		*out = record;
		*sight = seen;
	}
	return found == 0 ? not_there(reg, name, err) : zv_sight_mask(out, db, reg, *sight, arena, err);
}

enum zv_code zv_find_seen(struct zv_record *out, enum zv_sight *sight, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
			  struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	centres_vec centres = {0};
	enum zv_code code;

	if (zv_listing_register_of(name) == reg)
		return zv_sight_record(out, sight, db, who, reg, name, arena, err);
	code = load_centres(&centres, db, arena, err);
	if (code == ZV_OK)
		code = seen_by_key(out, sight, &centres, db, who, reg, name, arena, err);
	zv_vec_done(&centres);
	return code;
}

enum zv_code zv_find_anywhere(struct zv_record *out, enum zv_sight *sight, const struct zv_register **reg, struct zv_db *db, const struct zv_who *who,
			      struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	/* What people mean first when they say a key. */
	static const char *const order[] = {"need", "offer", "org", "item", "site", "supply", "capacity", "permit", "substitute", "cluster", "project", "contract", "infra"};

	*reg = zv_listing_register_of(name);
	if (*reg != NULL)
		return zv_find_seen(out, sight, db, who, *reg, name, arena, err);
	for (size_t i = 0; i < ZV_LEN(order); i++) {
		enum zv_code code;

		*reg = zv_register_find(order[i]);
		code = zv_find_seen(out, sight, db, who, *reg, name, arena, err);
		if (code != ZV_E_NOTFOUND)
			return code;
	}
	return zv_fail(err, ZV_E_NOTFOUND, "", N_("Nothing is called “%.*s”. Give a public id or a key; “zveno search” finds them."),
		       ZV_STR_FMT(name));
}

enum zv_code zv_find_item(struct zv_record *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, struct zv_arena *arena,
			  struct zv_err *err)
{
	enum { LOOKED_AT = 100 };
	const struct zv_register *reg = zv_register_find("item");
	int64_t ids[LOOKED_AT], found = 0;
	size_t n = 0;
	int seen = 0;
	enum zv_sight sight;
	enum zv_code code = zv_cas_looks_like(name) ? zv_items_by_cas(ids, &n, ZV_LEN(ids), db, name, err)
						    : zv_items_by_name(ids, &n, ZV_LEN(ids), db, name, err);

	for (size_t i = 0; i < n && code == ZV_OK && seen < 2; i++) {
		sight = ZV_SIGHT_FULL;
		if (who != NULL)
			code = zv_sight_of_item(&sight, db, who, ids[i], err);
		if (sight == ZV_SIGHT_NONE || (seen > 0 && ids[i] == found))
			continue;
		found = ids[i];
		seen++;
	}
	if (code != ZV_OK)
		return code;
	if (seen == 0)
		return who != NULL ? zv_find_seen(out, &sight, db, who, reg, name, arena, err) : zv_find_record(out, NULL, db, reg, name, arena, err);
	if (seen > 1)
		return zv_fail(err, ZV_E_CONFLICT, "item", N_("Several items are called “%.*s”. Give the CAS number or the public id."), ZV_STR_FMT(name));
	return zv_record_by_id(out, db, reg, found, arena, err);
}

static struct zv_str value_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	int at = zv_register_column(reg, column);

	return at >= 0 && !record->values[at].null ? record->values[at].s : (struct zv_str){0};
}

static void add_part(struct zv_buf *buf, const char *label, struct zv_str part)
{
	if (part.n == 0)
		return;
	if (buf->n > 0)
		zv_buf_add_c(buf, " · ");
	zv_buf_add_c(buf, label);
	zv_buf_add_str(buf, part);
}

static struct zv_str line_of(const struct zv_register *reg, const struct zv_record *record, struct zv_arena *arena)
{
	static const struct {
		const char *column;
		const char *label;
	} parts[] = {{"cas", "CAS "}, {"inn", "ИНН "}, {"okpd2", ""}, {"region", ""}};
	struct zv_buf buf;
	struct zv_str out;

	zv_buf_init(&buf, 0);
	add_part(&buf, "", zv_listing_name(reg, record));
	for (size_t i = 0; i < ZV_LEN(parts); i++)
		add_part(&buf, parts[i].label, value_of(reg, record, parts[i].column));
	out = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

typedef ZV_VEC(struct zv_found) found_vec;

enum { SEEN_SCAN = 5000 };

/* Rows that the words mean and the person may see, best first. */
static enum zv_code rows_of(struct zv_record **out, size_t *n, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
			    struct zv_str text, bool prefix, int limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_hit *hits = NULL;
	enum zv_code code;

	*n = 0;
	if (!zv_may_some(who, zv_sight_action(reg, false)))
		return ZV_OK;
	if (strcmp(reg->name, "need") == 0 && !zv_sight_open(who, reg))
		return zv_view_needs_by_words(out, n, db, who, text, (size_t)limit, SEEN_SCAN, arena, err);
	if (strcmp(reg->name, "item") == 0)
		code = zv_sight_search(&hits, n, db, who, text, prefix, limit, arena, err);
	else
		code = zv_search(&hits, n, db, reg->entity, text, prefix, limit, arena, err);
	*out = ZV_ARENA_ARRAY(arena, struct zv_record, *n + 1);
	for (size_t i = 0; i < *n && code == ZV_OK; i++)
		code = zv_record_by_id(&(*out)[i], db, reg, hits[i].id, arena, err);
	return code;
}

static enum zv_code search_one(found_vec *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, struct zv_str text,
			       bool prefix, int limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record *rows;
	size_t n;
	enum zv_code code = rows_of(&rows, &n, db, who, reg, text, prefix, limit, arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_found found = {.reg = reg, .record = rows[i]};
		enum zv_sight sight;

		code = zv_sight_of(&sight, db, who, reg, &rows[i], err);
		if (code == ZV_OK)
			code = zv_sight_mask(&found.record, db, reg, sight, arena, err);
		if (code != ZV_OK)
			break;
		found.line = line_of(reg, &found.record, arena);
		zv_vec_push(out, found);
	}
	return code;
}

enum zv_code zv_find_text(struct zv_found **out, size_t *n, struct zv_db *db, const struct zv_who *who, const char *kind, struct zv_str text,
			  bool prefix, int limit, struct zv_arena *arena, struct zv_err *err)
{
	static const char *const searched[] = {"item", "need", "org"};
	const struct zv_register *only = kind != NULL ? zv_register_find(kind) : NULL;
	found_vec found = {0};
	enum zv_code code = ZV_OK;

	if (kind != NULL && only == NULL)
		return zv_fail(err, ZV_E_INVALID, "kind", N_("“%s” is not searched; there are items, needs and orgs."), kind);
	for (size_t i = 0; i < ZV_LEN(searched) && code == ZV_OK; i++) {
		const struct zv_register *reg = zv_register_find(searched[i]);

		if (only == NULL || only == reg)
			code = search_one(&found, db, who, reg, text, prefix, limit, arena, err);
	}
	if (code == ZV_OK) {
		*n = found.n;
		*out = ZV_ARENA_ARRAY(arena, struct zv_found, found.n + 1);
		if (found.n > 0)
			memcpy(*out, found.p, found.n * sizeof(*found.p));
	}
	zv_vec_done(&found);
	return code;
}

enum zv_code zv_find_stale(bool *out, struct zv_db *db, struct zv_err *err)
{
	return zv_search_stale(out, db, err);
}

enum zv_code zv_find_refresh(struct zv_db *db, bool (*go_on)(void *context, int64_t rows), void *context, struct zv_err *err)
{
	return zv_search_refresh(db, go_on, context, err);
}
