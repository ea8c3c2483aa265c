/*
 * Facts as JSON and back. Rows are arrays in the order of the vocabulary; the names of the fields stand once with their table, so that facts of an older
 * program are read by name: what that had not is unknown. A cell is [] (unknown), [number], [low, high] or ["text"], and its own origin at the end of its
 * row as {field number: origin} pairs.
 */
#include "app/facts.h"

#include <string.h>

#include "app/facts_fields.h"
#include "base/buf.h"
#include "format/json_value.h"
#include "format/json_write.h"

/* --- writing ------------------------------------------------------------------------------------------------------------------------ */

static void write_cell(struct zv_json *json, const struct zv_rules_cell *cell, enum zv_rules_type type)
{
	zv_json_array(json);
	if (cell->known && type == ZV_RULES_TEXT) {
		zv_json_str(json, cell->text);
	} else if (cell->known) {
		zv_json_int(json, cell->lo);
		if (cell->hi != cell->lo)
			zv_json_int(json, cell->hi);
	}
	zv_json_end_array(json);
}

static void write_row(struct zv_json *json, const struct zv_rules_table *table, const struct zv_rules_rows *rows, size_t at)
{
	const struct zv_rules_cell *cells = rows->cells + at * (size_t)table->n_fields;

	zv_json_array(json);
	zv_json_str(json, rows->keys[at]);
	zv_json_str(json, rows->names[at]);
	zv_json_int(json, rows->origins != NULL ? rows->origins[at] : -1);
	zv_json_array(json);
	for (int f = 0; f < table->n_fields; f++)
		write_cell(json, &cells[f], table->fields[f].type);
	zv_json_end_array(json);
	zv_json_array(json); /* origins of single values: field, origin, field, origin ... */
	for (int f = 0; f < table->n_fields; f++) {
		if (cells[f].origin < 0)
			continue;
		zv_json_int(json, f);
		zv_json_int(json, cells[f].origin);
	}
	zv_json_end_array(json);
	zv_json_end_array(json);
}

static void write_table(struct zv_json *json, const struct zv_rules_table *table, const struct zv_rules_rows *rows)
{
	zv_json_object(json);
	zv_json_key_c(json, "name", table->name);
	zv_json_key_bool(json, "complete", rows->complete);
	zv_json_key(json, "fields");
	zv_json_array(json);
	for (int f = 0; f < table->n_fields; f++)
		zv_json_c(json, table->fields[f].name);
	zv_json_end_array(json);
	zv_json_key(json, "rows");
	zv_json_array(json);
	for (size_t i = 0; i < rows->n; i++)
		write_row(json, table, rows, i);
	zv_json_end_array(json);
	zv_json_end_object(json);
}

static void write_origin(struct zv_json *json, const struct zv_rules_origin *origin)
{
	zv_json_array(json);
	zv_json_str(json, origin->source);
	zv_json_str(json, origin->document);
	zv_json_str(json, origin->href);
	zv_json_int(json, origin->on);
	zv_json_int(json, origin->status);
	zv_json_end_array(json);
}

void zv_facts_write_json(struct zv_buf *out, const struct zv_rules_facts *facts)
{
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();
	struct zv_json json;
	struct zv_out to;

	zv_out_init(&to, NULL, 0);
	zv_json_init(&json, &to);
	zv_json_object(&json);
	zv_json_key_int(&json, "form", 1);
	zv_json_key_int(&json, "today", facts->today);
	zv_json_key(&json, "tables");
	zv_json_array(&json);
	for (int t = 0; t < v->n_tables; t++)
		write_table(&json, &v->tables[t], &facts->rows[t]);
	zv_json_end_array(&json);
	zv_json_key(&json, "stated");
	zv_json_array(&json);
	for (size_t i = 0; i < facts->n_stated; i++) {
		zv_json_array(&json);
		zv_json_str(&json, facts->stated[i].name);
		zv_json_str(&json, facts->stated[i].value);
		zv_json_int(&json, facts->stated[i].origin);
		zv_json_end_array(&json);
	}
	zv_json_end_array(&json);
	zv_json_key(&json, "origins");
	zv_json_array(&json);
	for (size_t i = 0; i < facts->n_origins; i++)
		write_origin(&json, &facts->origins[i]);
	zv_json_end_array(&json);
	zv_json_end_object(&json);
	zv_buf_add_str(out, zv_out_text(&to));
	zv_out_done(&to);
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------ */

struct reading {
	struct zv_arena *arena;
	struct zv_rules_facts *facts;
	bool bad;
};

static const struct zv_json_value *member(struct reading *r, const struct zv_json_value *of, const char *name, enum zv_json_kind kind)
{
	static const struct zv_json_value none = {.kind = ZV_JSON_NULL};
	const struct zv_json_value *found = of->kind == ZV_JSON_OBJECT ? zv_json_get(of, name) : NULL;

	if (found != NULL && found->kind == kind)
		return found;
	r->bad = true;
	return &none;
}

static const struct zv_json_value *item(struct reading *r, const struct zv_json_value *of, size_t at, enum zv_json_kind kind)
{
	static const struct zv_json_value none = {.kind = ZV_JSON_NULL};

	if (of->kind == ZV_JSON_ARRAY && at < of->n && of->items[at].kind == kind)
		return &of->items[at];
	r->bad = true;
	return &none;
}

static int64_t whole(struct reading *r, const struct zv_json_value *value)
{
	int64_t n = 0;

	if (value->kind != ZV_JSON_NUMBER || !zv_str_int(&n, value->text))
		r->bad = true;
	return n;
}

static int32_t origin_of(struct reading *r, const struct zv_json_value *value)
{
	int64_t n = whole(r, value);

	if (n < -1 || n >= (int64_t)r->facts->n_origins)
		r->bad = true;
	return r->bad ? -1 : (int32_t)n;
}

static void read_cell(struct reading *r, struct zv_rules_cell *cell, const struct zv_json_value *value, enum zv_rules_type type)
{
	if (value->n == 0)
		return;
	cell->known = true;
	if (type == ZV_RULES_TEXT) {
		cell->text = item(r, value, 0, ZV_JSON_STRING)->text;
		return;
	}
	cell->lo = whole(r, item(r, value, 0, ZV_JSON_NUMBER));
	cell->hi = value->n > 1 ? whole(r, item(r, value, 1, ZV_JSON_NUMBER)) : cell->lo;
	if (cell->hi < cell->lo)
		r->bad = true;
}

/* Where each field of the text stands in the vocabulary of today; -1: it is no more. */
static int *places_of(struct reading *r, const struct zv_json_value *fields, const struct zv_rules_table *table)
{
	int *places = ZV_ARENA_ARRAY(r->arena, int, fields->n + 1);

	for (size_t i = 0; i < fields->n; i++) {
		places[i] = -1;
		for (int f = 0; f < table->n_fields; f++)
			if (zv_str_eq_c(item(r, fields, i, ZV_JSON_STRING)->text, table->fields[f].name))
				places[i] = f;
	}
	return places;
}

static void read_row(struct reading *r, struct zv_rules_cell *cells, const struct zv_json_value *row, const struct zv_rules_table *table, const int *places,
		     size_t n_places)
{
	const struct zv_json_value *values = item(r, row, 3, ZV_JSON_ARRAY), *origins = item(r, row, 4, ZV_JSON_ARRAY);

	for (int f = 0; f < table->n_fields; f++)
		cells[f].origin = -1;
	if (values->n != n_places)
		r->bad = true;
	for (size_t i = 0; i < values->n && i < n_places; i++)
		if (places[i] >= 0)
			read_cell(r, &cells[places[i]], item(r, values, i, ZV_JSON_ARRAY), table->fields[places[i]].type);
	for (size_t i = 0; i + 1 < origins->n; i += 2) {
		int64_t at = whole(r, &origins->items[i]);

		if (at < 0 || at >= (int64_t)n_places)
			r->bad = true;
		else if (places[at] >= 0)
			cells[places[at]].origin = origin_of(r, &origins->items[i + 1]);
	}
}

static void read_table(struct reading *r, struct zv_rules_rows *out, const struct zv_json_value *value, const struct zv_rules_table *table)
{
	const struct zv_json_value *rows = member(r, value, "rows", ZV_JSON_ARRAY), *fields = member(r, value, "fields", ZV_JSON_ARRAY);
	const int *places = places_of(r, fields, table);
	struct zv_rules_cell *cells = ZV_ARENA_ARRAY(r->arena, struct zv_rules_cell, rows->n * (size_t)table->n_fields + 1);
	struct zv_str *keys = ZV_ARENA_ARRAY(r->arena, struct zv_str, rows->n + 1), *names = ZV_ARENA_ARRAY(r->arena, struct zv_str, rows->n + 1);
	int32_t *origins = ZV_ARENA_ARRAY(r->arena, int32_t, rows->n + 1);

	if (rows->n > ZV_RULES_ROWS_MAX || (table->single && rows->n > 1))
		r->bad = true;
	for (size_t i = 0; i < rows->n && !r->bad; i++) {
		const struct zv_json_value *row = item(r, rows, i, ZV_JSON_ARRAY);

		keys[i] = item(r, row, 0, ZV_JSON_STRING)->text;
		names[i] = item(r, row, 1, ZV_JSON_STRING)->text;
		origins[i] = origin_of(r, item(r, row, 2, ZV_JSON_NUMBER));
		read_row(r, cells + i * (size_t)table->n_fields, row, table, places, fields->n);
	}
	*out = (struct zv_rules_rows){
		.n = rows->n,
		.complete = zv_str_eq_c(member(r, value, "complete", ZV_JSON_BOOL)->text, "true"),
		.cells = cells,
		.keys = keys,
		.names = names,
		.origins = origins,
	};
}

static void read_origins(struct reading *r, const struct zv_json_value *list)
{
	struct zv_rules_origin *origins = ZV_ARENA_ARRAY(r->arena, struct zv_rules_origin, list->n + 1);

	for (size_t i = 0; i < list->n; i++) {
		const struct zv_json_value *value = item(r, list, i, ZV_JSON_ARRAY);

		origins[i] = (struct zv_rules_origin){
			.source = item(r, value, 0, ZV_JSON_STRING)->text,
			.document = item(r, value, 1, ZV_JSON_STRING)->text,
			.href = item(r, value, 2, ZV_JSON_STRING)->text,
			.on = (zv_date)whole(r, item(r, value, 3, ZV_JSON_NUMBER)),
			.status = (int)whole(r, item(r, value, 4, ZV_JSON_NUMBER)),
		};
	}
	r->facts->origins = origins;
	r->facts->n_origins = list->n;
}

static void read_stated(struct reading *r, const struct zv_json_value *list)
{
	struct zv_rules_stated *stated = ZV_ARENA_ARRAY(r->arena, struct zv_rules_stated, list->n + 1);

	for (size_t i = 0; i < list->n; i++) {
		const struct zv_json_value *value = item(r, list, i, ZV_JSON_ARRAY);

		stated[i] = (struct zv_rules_stated){.name = item(r, value, 0, ZV_JSON_STRING)->text,
						     .value = item(r, value, 1, ZV_JSON_STRING)->text,
						     .origin = origin_of(r, item(r, value, 2, ZV_JSON_NUMBER))};
	}
	r->facts->stated = stated;
	r->facts->n_stated = list->n;
}

static void read_tables(struct reading *r, const struct zv_json_value *tables)
{
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();
	struct zv_rules_rows *rows = ZV_ARENA_ARRAY(r->arena, struct zv_rules_rows, (size_t)v->n_tables);

	/* A table that the text does not have is one of which nothing is known. */
	for (size_t i = 0; i < tables->n; i++)
		for (int t = 0; t < v->n_tables; t++)
			if (zv_str_eq_c(member(r, &tables->items[i], "name", ZV_JSON_STRING)->text, v->tables[t].name))
				read_table(r, &rows[t], &tables->items[i], &v->tables[t]);
	r->facts->rows = rows;
}

enum zv_code zv_facts_read_json(struct zv_rules_facts *out, struct zv_str json, struct zv_arena *arena, struct zv_err *err)
{
	struct reading r = {.arena = arena, .facts = out};
	struct zv_json_value root;
	enum zv_code code = zv_json_parse(&root, json, arena, err);

	*out = (struct zv_rules_facts){0};
	if (code != ZV_OK)
		return code;
	out->today = (zv_date)whole(&r, member(&r, &root, "today", ZV_JSON_NUMBER));
	read_origins(&r, member(&r, &root, "origins", ZV_JSON_ARRAY));
	read_stated(&r, member(&r, &root, "stated", ZV_JSON_ARRAY));
	read_tables(&r, member(&r, &root, "tables", ZV_JSON_ARRAY));
	if (r.bad)
		return zv_fail(err, ZV_E_INVALID, "facts", N_("These facts are not as Zveno writes them."));
	return ZV_OK;
}
