/* Recoding: a scan for the code, a list of what refers to what was found, and one batch of changes with history. */
#include "app/recode.h"

#include <string.h>

#include "app/import_find.h"
#include "app/listing.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/ident.h"
#include "store/batch.h"

static const struct {
	const char *name;
	const char *scheme; /* in class_code */
	enum zv_class_scheme rules;
	const char *column;
} schemes[] = {
	{"okpd2", "OKPD2", ZV_CLASS_OKPD2, "okpd2"},
	{"hs", "HS", ZV_CLASS_HS, "hs"},
	{"tnved", "TNVED", ZV_CLASS_TNVED, "hs"},
};

typedef ZV_VEC(struct zv_recode_row) rows_vec;

struct scan {
	const struct zv_register *reg;
	int column;          /* of the code, or of the reference to an item */
	struct zv_str code;  /* what a direct row carries */
	struct zv_map *items; /* ids of items found; a row that refers to one is listed */
	rows_vec *rows;
	struct zv_arena *arena;
	bool direct;
};

static bool take(void *context, const struct zv_record *record)
{
	struct scan *scan = context;
	const struct zv_value *value = &record->values[scan->column];
	struct zv_recode_row row = {.reg = scan->reg, .id = record->id, .direct = scan->direct};
	int64_t known;

	if (value->null)
		return true;
	if (scan->direct ? !zv_str_eq(value->s, scan->code) : !zv_map_get_int(&known, scan->items, value->i))
		return true;
	row.uid = zv_str_dup(scan->arena, record->uid);
	row.key = zv_str_dup(scan->arena, record->source_key);
	row.name = zv_str_dup(scan->arena, zv_listing_name(scan->reg, record));
	zv_vec_push(scan->rows, row);
	if (scan->direct && strcmp(scan->reg->name, "item") == 0)
		zv_map_put_int(scan->items, record->id, 1);
	return true;
}

static enum zv_code scan_register(struct scan *scan, struct zv_db *db, const char *name, const char *column, bool direct, struct zv_err *err)
{
	scan->reg = zv_register_find(name);
	scan->column = zv_register_column(scan->reg, column);
	scan->direct = direct;
	if (scan->column < 0)
		return ZV_OK;
	return zv_record_each(db, scan->reg, -1, INT64_MAX, take, scan, err);
}

/* Items first: what refers to them is found by their ids. */
static enum zv_code scan_all(rows_vec *rows, struct zv_db *db, const char *column, struct zv_str code_text, struct zv_arena *arena,
			     struct zv_err *err)
{
	static const struct {
		const char *name;
		bool direct;
	} order[] = {{"item", true}, {"need", true}, {"supply", true}, {"need", false}, {"supply", false}, {"offer", false}, {"capacity", false}};
	struct zv_map items;
	struct scan scan = {.code = code_text, .items = &items, .rows = rows, .arena = arena};
	enum zv_code code = ZV_OK;

	zv_map_init(&items);
	for (size_t i = 0; i < ZV_LEN(order) && code == ZV_OK; i++)
		code = scan_register(&scan, db, order[i].name, order[i].direct ? column : "item_id", order[i].direct, err);
	zv_map_done(&items);
	return code;
}

static enum zv_code change_row(struct zv_db *db, const struct zv_recode_row *row, const char *column, struct zv_str new_code,
			       const struct zv_batch *batch, int64_t line, zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record old;
	struct zv_record changed;
	int n;
	enum zv_code code = zv_record_by_id(&old, db, row->reg, row->id, arena, err);

	if (code != ZV_OK)
		return code;
	changed = old;
	changed.batch_id = batch->id;
	changed.line = line;
	changed.said_on = said_on > old.said_on ? said_on : old.said_on;
	changed.values[zv_register_column(row->reg, column)] = (struct zv_value){.s = new_code};
	return zv_record_change(&n, db, row->reg, &old, &changed, err);
}

static enum zv_code apply_all(struct zv_recode *out, struct zv_db *db, const char *column, const char *actor, zv_date said_on,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_batch batch = {
		.kind = ZV_STR("recode"),
		.actor = zv_str_c(actor),
		.source = zv_arena_strf(arena, "%.*s %.*s > %.*s", ZV_STR_FMT(out->scheme), ZV_STR_FMT(out->old_code), ZV_STR_FMT(out->new_code)),
		.started_ms = zv_now_ms(),
		.state = 1,
		.n_changed = (int64_t)out->n_direct,
	};
	enum zv_code code = zv_db_begin(db, err);

	if (code != ZV_OK)
		return code;
	code = zv_batch_open(&batch, db, arena, err);
	for (size_t i = 0; i < out->n && code == ZV_OK; i++) {
		if (out->rows[i].direct)
			code = change_row(db, &out->rows[i], column, out->new_code, &batch, (int64_t)i + 1, said_on, arena, err);
	}
	if (code == ZV_OK)
		code = zv_batch_close(db, &batch, err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	else
		out->batch = batch.uid;
	return code;
}

static enum zv_code read_codes(struct zv_recode *out, size_t *at, struct zv_db *db, const char *scheme, struct zv_str old_code,
			       struct zv_str new_code, struct zv_arena *arena, struct zv_err *err)
{
	char text[ZV_CLASS_TEXT];
	enum zv_code code;

	for (*at = 0; *at < ZV_LEN(schemes) && strcmp(schemes[*at].name, scheme) != 0; (*at)++)
		;
	if (*at == ZV_LEN(schemes))
		return zv_fail(err, ZV_E_INVALID, "scheme", N_("“%s” cannot be recoded; there are okpd2, hs and tnved."), scheme);
	out->scheme = zv_str_c(schemes[*at].scheme);
	code = zv_class_parse(text, schemes[*at].rules, old_code, "old", err);
	out->old_code = zv_str_dup(arena, zv_str_c(code == ZV_OK ? text : ""));
	if (code == ZV_OK)
		code = zv_class_parse(text, schemes[*at].rules, new_code, "new", err);
	out->new_code = zv_str_dup(arena, zv_str_c(code == ZV_OK ? text : ""));
	if (code == ZV_OK)
		code = zv_find_class_name(&out->old_name, db, out->scheme, out->old_code, arena, err);
	return code == ZV_OK ? zv_find_class_name(&out->new_name, db, out->scheme, out->new_code, arena, err) : code;
}

enum zv_code zv_recode(struct zv_recode *out, struct zv_db *db, const char *scheme, struct zv_str old_code, struct zv_str new_code, bool apply,
		       const char *actor, zv_date said_on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_recode result = {0};
	struct zv_recode_row *rows;
	rows_vec found = {0};
	size_t at;
	enum zv_code code = read_codes(&result, &at, db, scheme, old_code, new_code, arena, err);

	if (code == ZV_OK)
		code = scan_all(&found, db, schemes[at].column, result.old_code, arena, err);
	if (code != ZV_OK)
		goto done;
	rows = ZV_ARENA_ARRAY(arena, struct zv_recode_row, found.n + 1);
	for (size_t i = 0; i < found.n; i++) {
		rows[i] = found.p[i];
		result.n_direct += found.p[i].direct;
	}
	result.rows = rows;
	result.n = found.n;
	if (apply && result.n_direct > 0)
		code = apply_all(&result, db, schemes[at].column, actor, said_on, arena, err);
	if (code == ZV_OK)
		*out = result;
done:
	zv_vec_done(&found);
	return code;
}
