/* Rows of the own kinds that are told by a table: from cells to a planned record, and back. */
#include "app/kind_rows.h"

#include <string.h>

#include "app/import_run.h"
#include "app/kind_cells.h"
#include "base/tr.h"

enum { CELLS_MAX = 40, SAME_NAME_MAX = 20 };

static int at_of(const struct zv_kind_rows *kind, const char *key)
{
	for (size_t i = 0; i < kind->n; i++)
		if (strcmp(kind->columns[i].key, key) == 0)
			return (int)i;
	assert(!"a column of the template");
	return 0;
}

struct zv_str zv_kind_cell_of(const struct zv_kind_rows *kind, const struct zv_str *cells, const char *key)
{
	return cells[at_of(kind, key)];
}

void zv_kind_cell_put(const struct zv_kind_rows *kind, struct zv_str *cells, const char *key, struct zv_str value)
{
	cells[at_of(kind, key)] = value;
}

void zv_kind_check_days(struct zv_import *im, const struct zv_record *record, const char *first, const char *last, const char *field)
{
	const struct zv_register *reg = zv_import_plan_of(im, record)->reg;
	const struct zv_value *from = &record->values[zv_import_column_at(im, reg, first)];
	const struct zv_value *to = &record->values[zv_import_column_at(im, reg, last)];
	struct zv_err fault;

	if (from->null || to->null || from->i <= to->i)
		return;
	(void)zv_fail(&fault, ZV_E_INVALID, field, N_("The last day (column %s) comes before the first one. Put the dates right."), field);
	zv_import_fault(im, &fault);
}

/* --- rows that a row refers to ---------------------------------------------------------------------------------------------------- */

static const struct {
	const char *reg;
	const char *by_name; /* $1 name, $2 limit */
	const char *unknown;
} named[] = {
	{"cluster", "SELECT id FROM cluster WHERE name = $1 OR name_en = $1 ORDER BY id LIMIT $2",
	 N_("There is no cluster “%.*s” in the register. Import the file of clusters first, or give its key.")},
	{"contract", "SELECT id FROM contract WHERE number = $1 ORDER BY id LIMIT $2",
	 N_("There is no contract “%.*s” in the register. Import the file of contracts first, or give its key.")},
	{"project", "SELECT id FROM project WHERE name = $1 OR name_en = $1 ORDER BY id LIMIT $2",
	 N_("There is no project “%.*s” in the register. Import the file of projects first, or give its key.")},
	{"infra", "SELECT id FROM infra WHERE name = $1 OR name_en = $1 ORDER BY id LIMIT $2",
	 N_("There is no infrastructure object “%.*s” in the register. Import the file of infrastructure first, or give its key.")},
};

static size_t named_at(const char *reg)
{
	for (size_t i = 0; i < ZV_LEN(named); i++)
		if (strcmp(named[i].reg, reg) == 0)
			return i;
	assert(!"a register with names");
	return 0;
}

/* What the sender does not see is not there. */
static enum zv_code unless_hidden(int64_t *id, struct zv_import *im, const struct zv_register *reg, struct zv_err *err)
{
	struct zv_record *record;
	bool seen = true;
	enum zv_code code;

	if (*id == 0 || im->options->sees_row == NULL)
		return ZV_OK;
	record = zv_arena_alloc(&im->row_arena, sizeof(*record));
	code = zv_record_by_id(record, im->db, reg, *id, &im->row_arena, err);
	if (code == ZV_OK)
		code = im->options->sees_row(&seen, im->options->context, reg, record, err);
	if (code == ZV_OK && !seen)
		*id = 0;
	return code;
}

/* A row of the shared register by its key. */
static enum zv_code national(int64_t *id, struct zv_import *im, const struct zv_register *reg, struct zv_str key, struct zv_err *err)
{
	struct zv_record *record = zv_arena_alloc(&im->row_arena, sizeof(*record));
	enum zv_code code = zv_record_by_key(record, im->db, reg, ZV_CENTRE_NATIONAL, key, &im->row_arena, err);

	if (code == ZV_OK)
		*id = record->id;
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

/* The only one of this name that the sender sees; *n counts them. */
static enum zv_code by_name(int64_t *id, int *n, struct zv_import *im, const struct zv_register *reg, struct zv_str name, struct zv_err *err)
{
	int64_t ids[SAME_NAME_MAX];
	size_t found = 0;
	struct zv_stmt *stmt;
	bool row = true;
	enum zv_code code = zv_db_stmt(&stmt, im->db, named[named_at(reg->name)].by_name, err);

	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, name);
	zv_bind_int(stmt, 2, SAME_NAME_MAX);
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		ids[found++] = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	*n = 0;
	for (size_t i = 0; i < found && code == ZV_OK; i++) {
		code = unless_hidden(&ids[i], im, reg, err);
		if (code != ZV_OK || ids[i] == 0)
			continue;
		*id = ids[i];
		*n += 1;
	}
	return code;
}

static enum zv_code find_row(int64_t *id, struct zv_import *im, const char *to, struct zv_str said, const char *field, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(to);
	int n = 1;
	enum zv_code code = zv_import_find_key(id, im, to, said, err);

	if (code == ZV_OK)
		code = unless_hidden(id, im, reg, err);
	if (code == ZV_OK && *id == 0)
		code = national(id, im, reg, said, err);
	if (code == ZV_OK)
		code = unless_hidden(id, im, reg, err);
	if (code == ZV_OK && *id == 0)
		code = by_name(id, &n, im, reg, said, err);
	if (code != ZV_OK)
		return code;
	if (n > 1)
		return zv_fail(err, ZV_E_INVALID, field, N_("Several rows are called “%.*s” (column %s). Give the key or public id."), ZV_STR_FMT(said), field);
	if (*id != 0)
		return ZV_OK;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return zv_fail(err, ZV_E_NOTFOUND, field, named[named_at(to)].unknown, ZV_STR_FMT(said));
#pragma GCC diagnostic pop
}

/* --- who and what ------------------------------------------------------------------------------------------------------------------ */

/* What one row has besides values: by the index of its first column. */
struct refs {
	struct zv_import_ref to[CELLS_MAX];
	struct zv_str said[CELLS_MAX]; /* for the key of the row */
};

static enum zv_code find_org(struct refs *refs, const struct zv_kind_rows *kind, struct zv_import *im, const struct zv_str *cells, size_t at, struct zv_err *err)
{
	struct zv_import_org org = zv_cells_org(cells[at], cells[at + 2], cells[at + 1]);
	bool said = org.inn.n + org.key.n + org.name.n > 0;
	char prefix[32];
	size_t n = strlen(kind->columns[at].key) - strlen("inn");

	if (!said && kind->cells[at].must >= ZV_OWN && im->options->own_org != 0) {
		refs->to[at].id = im->options->own_org;
		refs->said[at] = zv_arena_strf(&im->row_arena, "own:%" PRId64, im->options->own_org);
		return ZV_OK;
	}
	if (!said && (kind->cells[at].must == ZV_MAY || kind->cells[at].must == ZV_OWN_MAY))
		return ZV_OK;
	(void)snprintf(prefix, sizeof(prefix), "%.*s", (int)n, kind->columns[at].key);
	if (said)
		refs->said[at] = zv_import_org_key(im, &org);
	return zv_import_org_any(&refs->to[at], im, &org, im->options->own_org == 0, prefix, err);
}

/* By the name or number said, whatever is found: the key of the row stays when the item gets a number. */
static enum zv_code add_item(struct refs *refs, struct zv_import *im, const struct zv_import_item *item, const struct zv_control_result *control,
			     const struct zv_err *held, size_t at, struct zv_err *err)
{
	enum zv_code code = zv_import_item(&refs->to[at], im, item, true, err);

	if (code == ZV_OK && held->code != ZV_OK && control->action == ZV_CONTROL_REFUSE)
		zv_import_hold(im, held, false);
	refs->said[at] = zv_import_item_key(im, item);
	return code;
}

/* Only items of the catalogue, so that a contract with somebody adds nothing to it; a kind that adds items says so. */
static enum zv_code find_item(struct refs *refs, const struct zv_kind_rows *kind, struct zv_import *im, const struct zv_str *cells, size_t at,
			      struct zv_err *err)
{
	struct zv_import_item item = zv_cells_item(ZV_STR(""), cells[at], cells[at + 1], ZV_STR(""));
	struct zv_control_result control;
	struct zv_err held, plain;
	bool seen = true;
	enum zv_code code;

	if (item.name.n + item.cas.n == 0)
		return ZV_OK;
	code = zv_cells_gate(&control, &held, im, &item, ZV_STR(""), (struct zv_import_ref){0}, err);
	if (code != ZV_OK)
		return code;
	if (kind->adds_items)
		return add_item(refs, im, &item, &control, &held, at, err);
	code = zv_import_item(&refs->to[at], im, &item, false, &plain);
	if (code == ZV_OK && im->options->sees_item != NULL)
		code = im->options->sees_item(&seen, im->options->context, refs->to[at].id, &plain);
	if (code == ZV_E_NOTFOUND || (code == ZV_OK && !seen))
		return zv_fail(err, ZV_E_NOTFOUND, "item", N_("Item “%.*s” is not in the catalogue. Import the file of items first, or leave the cell empty."),
			       ZV_STR_FMT(item.name.n > 0 ? item.name : item.cas));
	if (code != ZV_OK)
		*err = plain;
	return code;
}

static enum zv_code find_refs(struct refs *refs, const struct zv_kind_rows *kind, struct zv_import *im, const struct zv_str *cells, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < kind->n && code == ZV_OK; i++) /* what must not be repeated is refused before anything else is said */
		if (kind->cells[i].what == ZV_CELL_ITEM)
			code = find_item(refs, kind, im, cells, i, err);
	for (size_t i = 0; i < kind->n && code == ZV_OK; i++) {
		const struct zv_kind_cell *cell = &kind->cells[i];

		if (cell->what == ZV_CELL_INN)
			code = find_org(refs, kind, im, cells, i, err);
		if (cell->what != ZV_CELL_ROW || cells[i].n == 0)
			continue;
		code = find_row(&refs->to[i].id, im, cell->to, cells[i], kind->columns[i].key, err);
		refs->said[i] = zv_arena_strf(&im->row_arena, "%" PRId64, refs->to[i].id);
	}
	return code;
}

static enum zv_code check_must(const struct zv_kind_rows *kind, const struct zv_str *cells, struct zv_err *err)
{
	for (size_t i = 0; i < kind->n; i++)
		if (kind->cells[i].must == ZV_MUST && cells[i].n == 0 && kind->cells[i].what != ZV_CELL_INN)
			return zv_fail(err, ZV_E_INVALID, kind->columns[i].key, N_("The cell is empty (column %s). The row says nothing without it."),
				       kind->columns[i].key);
	return ZV_OK;
}

static struct zv_str key_of(const struct zv_kind_rows *kind, struct zv_import *im, const struct zv_str *cells, const struct refs *refs)
{
	struct zv_str texts[ZV_LEN(kind->identity)];
	size_t n = 0;

	for (size_t i = 0; i < kind->n; i++)
		if (kind->cells[i].what == ZV_CELL_KEY && cells[i].n > 0)
			return cells[i];
	while (n < ZV_LEN(kind->identity) && kind->identity[n] != NULL) {
		int at = at_of(kind, kind->identity[n]);

		texts[n++] = refs->said[at].n > 0 ? refs->said[at] : cells[at];
	}
	return zv_import_digest(im, texts, n);
}

/* --- values ------------------------------------------------------------------------------------------------------------------------ */

static void set_cell(struct zv_import *im, struct zv_record *record, const struct zv_kind_cell *about, struct zv_str cell, const char *field)
{
	switch (about->what) {
	case ZV_CELL_TEXT:
		zv_cell_text(im, record, about->column, cell, (size_t)about->b, field);
		break;
	case ZV_CELL_INT:
		zv_cell_int(im, record, about->column, cell, about->a, about->b, field);
		break;
	case ZV_CELL_DATE:
		zv_cell_date(im, record, about->column, cell, field);
		break;
	case ZV_CELL_MONEY:
		zv_cell_money(im, record, about->column, cell, field);
		break;
	case ZV_CELL_WORD:
		zv_cell_word(im, record, about->column, cell, (enum zv_import_list)about->a, field);
		break;
	case ZV_CELL_REGION:
		zv_cell_region(im, record, about->column, cell, field);
		break;
	case ZV_CELL_CLASS:
		zv_cell_class(im, record, about->column, cell, (enum zv_class_scheme)about->a, field);
		break;
	case ZV_CELL_MICRO:
		zv_cell_micro(im, record, about->column, cell, about->b * 1000000, field);
		break;
	default:
		break;
	}
}

enum zv_code zv_kind_rows_map(const struct zv_kind_rows *kind, struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct refs refs = {0};
	struct zv_record *record;
	enum zv_code code;

	assert(kind->n <= CELLS_MAX);
	code = find_refs(&refs, kind, im, cells, err);
	if (code == ZV_OK)
		code = check_must(kind, cells, err);
	if (code != ZV_OK)
		return code;
	record = zv_import_plan(im, zv_register_find(kind->reg), key_of(kind, im, cells, &refs));
	for (size_t i = 0; i < kind->n; i++) {
		if (refs.to[i].id != 0 || refs.to[i].planned != NULL)
			zv_import_set_ref(im, record, kind->cells[i].column, refs.to[i]);
		else
			set_cell(im, record, &kind->cells[i], cells[i], kind->columns[i].key);
	}
	for (size_t i = 0; i < ZV_LEN(kind->defaults) && kind->defaults[i].column != NULL; i++)
		zv_import_default_int(im, record, kind->defaults[i].column, kind->defaults[i].value, -1);
	return kind->more != NULL ? kind->more(im, record, cells, err) : ZV_OK;
}

/* --- outwards ----------------------------------------------------------------------------------------------------------------------- */

/*
 * The name where all of that name are seen by everybody and it is the only one; the public id otherwise, which says nothing about rows that the
 * reader may not see.
 */
static enum zv_code row_text(struct zv_str *out, const struct zv_kind_cell *about, struct zv_db *db, const struct zv_register *reg,
			     const struct zv_record *record, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_value *value = &record->values[zv_register_column(reg, about->column)];
	const struct zv_register *to = zv_register_find(about->to);
	struct zv_record *row;
	struct zv_stmt *stmt;
	bool more = true;
	int same = 0;
	enum zv_code code;

	if (value->null)
		return ZV_OK;
	row = zv_arena_alloc(arena, sizeof(*row));
	code = zv_record_by_id(row, db, to, value->i, arena, err);
	if (code != ZV_OK)
		return code;
	*out = row->uid;
	if (strcmp(to->name, "infra") != 0)
		return ZV_OK;
	code = zv_db_stmt(&stmt, db, named[named_at(to->name)].by_name, err);
	if (code != ZV_OK)
		return code;
	zv_bind_text(stmt, 1, zv_out_text_of(to, row, "name"));
	zv_bind_int(stmt, 2, 2);
	while ((code = zv_stmt_step(&more, stmt, err)) == ZV_OK && more)
		same++;
	zv_stmt_reset(stmt);
	if (code == ZV_OK && same == 1)
		*out = zv_out_text_of(to, row, "name");
	return code;
}

static void value_out(struct zv_str *out, const struct zv_kind_cell *about, const struct zv_register *reg, const struct zv_record *record,
		      struct zv_arena *arena)
{
	switch (about->what) {
	case ZV_CELL_KEY:
		*out = record->source_key;
		break;
	case ZV_CELL_TEXT:
	case ZV_CELL_REGION:
	case ZV_CELL_CLASS:
		*out = zv_out_text_of(reg, record, about->column);
		break;
	case ZV_CELL_INT:
		*out = zv_out_int_of(reg, record, about->column, arena);
		break;
	case ZV_CELL_DATE:
		*out = zv_out_date_of(reg, record, about->column, arena);
		break;
	case ZV_CELL_MONEY:
		*out = zv_out_money_of(reg, record, about->column, arena);
		break;
	case ZV_CELL_WORD:
		*out = zv_out_word_of(reg, record, about->column, (enum zv_import_list)about->a);
		break;
	case ZV_CELL_MICRO:
		*out = zv_out_micro_of(reg, record, about->column, arena);
		break;
	default:
		break;
	}
}

enum zv_code zv_kind_rows_unmap(const struct zv_kind_rows *kind, struct zv_str *cells, struct zv_db *db, const struct zv_record *record,
				struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(kind->reg);
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < kind->n && code == ZV_OK; i++) {
		const struct zv_kind_cell *about = &kind->cells[i];

		if (about->what == ZV_CELL_INN) {
			struct zv_out_org org;

			code = zv_out_org_of(&org, db, reg, record, about->column, arena, err);
			cells[i] = org.inn;
			cells[i + 1] = org.name;
			cells[i + 2] = org.key;
			i += 2;
		} else if (about->what == ZV_CELL_ITEM) {
			struct zv_out_item item;

			code = zv_out_item_of(&item, db, reg, record, about->column, arena, err);
			cells[i] = item.name;
			cells[i + 1] = item.cas;
			i += 1;
		} else if (about->what == ZV_CELL_ROW) {
			code = row_text(&cells[i], about, db, reg, record, arena, err);
		} else {
			value_out(&cells[i], about, reg, record, arena);
		}
	}
	if (code == ZV_OK && kind->more_out != NULL)
		kind->more_out(cells, record, arena);
	return code;
}
