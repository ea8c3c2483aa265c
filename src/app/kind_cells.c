/* The steps that every own kind takes with its cells. */
#include "app/kind_cells.h"

#include <string.h>

#include "app/import_run.h"
#include "app/words.h"
#include "base/decimal.h"
#include "model/money.h"
#include "model/name.h"
#include "model/quantity.h"

enum { GATE_NAMES_MAX = 40 };

bool zv_cell_failed(struct zv_import *im, enum zv_code code, const struct zv_err *fault)
{
	if (code == ZV_OK)
		return false;
	zv_import_fault(im, fault);
	return true;
}

void zv_cell_text(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, size_t max, const char *field)
{
	struct zv_err fault;

	if (cell.n == 0 || zv_cell_failed(im, zv_name_check(cell, max, field, &fault), &fault))
		return;
	zv_import_set_text(im, record, column, cell);
}

void zv_cell_int(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, int64_t min, int64_t max,
		 const char *field)
{
	struct zv_err fault;
	int64_t value;

	if (cell.n == 0)
		return;
	if (zv_decimal_parse(&value, cell, 0, field, &fault) != ZV_OK || value < min || value > max) {
		(void)zv_fail(&fault, ZV_E_INVALID, field,
			      N_("“%.*s” is not a whole number from %" PRId64 " to %" PRId64 " (column %s)."), ZV_STR_FMT(cell), min, max,
			      field);
		zv_import_fault(im, &fault);
		return;
	}
	zv_import_set_int(im, record, column, value);
}

bool zv_cell_amount(int64_t *base, struct zv_import *im, struct zv_str cell, struct zv_str unit, enum zv_dim *dim, const char *field)
{
	struct zv_quantity qty;
	struct zv_err fault;
	enum zv_code code;

	if (cell.n == 0)
		return false;
	code = zv_cell_bare(cell) && unit.n > 0
		       ? zv_quantity_parse_parts(&qty, cell, unit, &im->row_arena, field, "unit", &fault)
		       : zv_quantity_parse(&qty, cell, &im->row_arena, field, &fault);
	if (code == ZV_OK && *dim != ZV_DIM_NONE && qty.dim != *dim)
		code = zv_fail(&fault, ZV_E_INVALID, field, N_("“%.*s” is in a unit of another kind than the other amounts (column %s)."),
			       ZV_STR_FMT(cell), field);
	if (zv_cell_failed(im, code, &fault))
		return false;
	*dim = qty.dim;
	*base = qty.base;
	return true;
}

void zv_cell_date(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, const char *field)
{
	struct zv_err fault;
	zv_date date;

	if (cell.n == 0)
		return;
	if (!zv_date_parse(&date, cell)) {
		(void)zv_fail(&fault, ZV_E_INVALID, field, N_("“%.*s” is not a date (column %s). Write 2026-09-30 or 30.09.2026."),
			      ZV_STR_FMT(cell), field);
		zv_import_fault(im, &fault);
		return;
	}
	zv_import_set_int(im, record, column, date);
}

void zv_cell_money(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, const char *field)
{
	struct zv_err fault;
	int64_t kop;

	if (cell.n == 0 || zv_cell_failed(im, zv_money_parse(&kop, cell, field, &fault), &fault))
		return;
	zv_import_set_int(im, record, column, kop);
}

/* Texts keep the key; numbers keep the place of the key among the column's words. */
void zv_cell_word(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, enum zv_import_list list,
		  const char *field)
{
	const struct zv_register *reg = zv_import_plan_of(im, record)->reg;
	const struct zv_column *about = &reg->columns[zv_import_column_at(im, reg, column)];
	const struct zv_word *word;
	struct zv_err fault;

	if (cell.n == 0)
		return;
	word = zv_word_find(list, cell);
	if (word == NULL) {
		(void)zv_fail(&fault, ZV_E_INVALID, field, N_("“%.*s” is not a word of the list (column %s). Choose one of the sheet Lists."),
			      ZV_STR_FMT(cell), field);
		zv_import_fault(im, &fault);
		return;
	}
	if (about->type == ZV_COL_TEXT)
		zv_import_set_text(im, record, column, zv_str_c(word->key));
	else if (about->words == NULL)
		zv_import_set_int(im, record, column, word->key[0] - '0');
	for (int i = 0; about->words != NULL && about->words[i] != NULL; i++)
		if (strcmp(about->words[i], word->key) == 0)
			zv_import_set_int(im, record, column, i);
}

void zv_cell_region(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, const char *field)
{
	const struct zv_region *region;
	struct zv_err fault;

	if (zv_cell_failed(im, zv_import_region(&region, im, cell, field, &fault), &fault) || region == NULL)
		return;
	zv_import_set_text(im, record, column, region->iso);
}

void zv_cell_class(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, enum zv_class_scheme scheme,
		   const char *field)
{
	char text[ZV_CLASS_TEXT];
	struct zv_err fault;

	if (cell.n == 0 || zv_cell_failed(im, zv_class_parse(text, scheme, cell, field, &fault), &fault))
		return;
	zv_import_set_text(im, record, column, zv_str_dup(&im->row_arena, zv_str_c(text)));
}

void zv_cell_micro(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, int64_t limit, const char *field)
{
	struct zv_err fault;
	int64_t value;

	if (cell.n == 0)
		return;
	if (zv_decimal_parse(&value, cell, 6, field, &fault) != ZV_OK || value < -limit || value > limit) {
		(void)zv_fail(&fault, ZV_E_INVALID, field,
			      N_("“%.*s” is not a coordinate in degrees with at most 6 decimals (column %s), as 54.6269."),
			      ZV_STR_FMT(cell), field);
		zv_import_fault(im, &fault);
		return;
	}
	zv_import_set_int(im, record, column, value);
}

/* Letters after the number are its unit. */
bool zv_cell_bare(struct zv_str cell)
{
	for (size_t i = 0; i < cell.n; i++) {
		unsigned char c = (unsigned char)cell.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0xd0 || c == 0xd1)
			return false;
	}
	return true;
}

/* --- who and what --------------------------------------------------------------------------------------------------- */

struct zv_import_org zv_cells_org(struct zv_str inn, struct zv_str key, struct zv_str name)
{
	struct zv_import_org org = { .inn = inn, .key = key, .name = name, .kind = -1 };

	if (inn.n == 0 && key.n == 0 && zv_is_digits(name) && (name.n == 10 || name.n == 12)) {
		org.inn = name;
		org.name = ZV_STR("");
	}
	return org;
}

struct zv_import_item zv_cells_item(struct zv_str key, struct zv_str name, struct zv_str cas, struct zv_str okpd2)
{
	struct zv_import_item item = { .key = key, .name = name, .cas = cas, .okpd2 = okpd2 };

	if (cas.n == 0 && zv_cas_looks_like(name)) {
		item.cas = name;
		item.name = ZV_STR("");
	}
	return item;
}

static size_t split_names(struct zv_str *names, size_t n, struct zv_str text)
{
	struct zv_str part, rest = text;

	while (rest.n > 0 && n < GATE_NAMES_MAX && zv_str_split(&part, &rest, ';'))
		if (zv_str_trim(part).n > 0)
			names[n++] = zv_str_trim(part);
	return n;
}

enum zv_code zv_cells_gate(struct zv_control_result *out, struct zv_err *held, struct zv_import *im, const struct zv_import_item *item,
			   struct zv_str more_names, struct zv_import_ref org, struct zv_err *err)
{
	struct zv_str names[GATE_NAMES_MAX];
	struct zv_control_query query = { .cas = item->cas, .okpd2 = item->okpd2, .names = names };

	query.n_names = split_names(names, query.n_names, item->name);
	query.n_names = split_names(names, query.n_names, item->name_en);
	query.n_names = split_names(names, query.n_names, item->synonyms);
	query.n_names = split_names(names, query.n_names, more_names);
	return zv_import_gate(out, held, im, &query, org, err);
}

enum zv_code zv_cells_gate_stored(struct zv_control_result *out, struct zv_err *held, struct zv_import *im, struct zv_import_ref item,
				  struct zv_import_ref org, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("item");
	struct zv_import_item said;
	struct zv_record *record;
	int64_t clean;
	enum zv_code code;

	*out = (struct zv_control_result){ 0 };
	held->code = ZV_OK;
	if (item.id == 0 || zv_map_get_int(&clean, &im->clean_items, item.id))
		return ZV_OK;
	record = zv_arena_alloc(&im->row_arena, sizeof(*record));
	code = zv_record_by_id(record, im->db, reg, item.id, &im->row_arena, err);
	if (code != ZV_OK)
		return code == ZV_E_NOTFOUND ? ZV_OK : code;
	said = zv_cells_item(ZV_STR(""), zv_out_text_of(reg, record, "name"), zv_out_text_of(reg, record, "cas"),
			     zv_out_text_of(reg, record, "okpd2"));
	said.name_en = zv_out_text_of(reg, record, "name_en");
	said.synonyms = zv_out_text_of(reg, record, "synonyms");
	code = zv_cells_gate(out, held, im, &said, ZV_STR(""), org, err);
	if (code == ZV_OK && out->action < ZV_CONTROL_PERMIT_CHECK)
		zv_map_put_int(&im->clean_items, item.id, 1);
	return code;
}

/* What must not be named is refused before anything of the row can become a message. */
enum zv_code zv_cells_who_and_what(struct zv_import_ref *org, struct zv_import_ref *item, struct zv_err *held, int *action,
				   struct zv_import *im, const struct zv_import_org *org_said, const struct zv_import_item *item_said,
				 struct zv_str more, struct zv_err *err)
{
	struct zv_control_result control;
	enum zv_code code = zv_cells_gate(&control, held, im, item_said, more, (struct zv_import_ref){ 0 }, err);
	bool no_item = item_said->name.n + item_said->cas.n + item_said->key.n == 0;

	if (code == ZV_OK)
		code = zv_import_item(item, im, item_said, true, err);
	if (code == ZV_E_NOTFOUND && no_item && item_said->okpd2.n > 0)
		code = ZV_OK; /* a need by its code alone */
	if (code == ZV_OK && held->code == ZV_OK)
		code = zv_cells_gate_stored(&control, held, im, *item, (struct zv_import_ref){ 0 }, err);
	if (code == ZV_OK)
		code = zv_import_org(org, im, org_said, true, "org_", err);
	if (code == ZV_OK && held->code != ZV_OK) { /* now with the permits of the organisation */
		code = zv_cells_gate(&control, held, im, item_said, more, *org, err);
		if (code == ZV_OK && held->code == ZV_OK)
			code = zv_cells_gate_stored(&control, held, im, *item, *org, err);
	}
	*action = (int)control.action;
	return code;
}

/* --- outwards ------------------------------------------------------------------------------------------------------- */

static const struct zv_value *value_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	return &record->values[zv_register_column(reg, column)];
}

struct zv_str zv_out_text_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	const struct zv_value *value = value_of(reg, record, column);

	return value->null ? ZV_STR("") : value->s;
}

struct zv_str zv_out_int_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena)
{
	const struct zv_value *value = value_of(reg, record, column);

	return value->null ? ZV_STR("") : zv_arena_strf(arena, "%" PRId64, value->i);
}

struct zv_str zv_out_date_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena)
{
	const struct zv_value *value = value_of(reg, record, column);
	char text[ZV_DATE_TEXT];

	if (value->null)
		return ZV_STR("");
	zv_date_format(text, (zv_date)value->i);
	return zv_str_dup(arena, zv_str_c(text));
}

struct zv_str zv_out_money_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena)
{
	const struct zv_value *value = value_of(reg, record, column);
	char text[ZV_MONEY_TEXT];

	if (value->null)
		return ZV_STR("");
	zv_money_decimal(text, value->i);
	return zv_str_dup(arena, zv_str_c(text));
}

struct zv_str zv_out_word_of(const struct zv_register *reg, const struct zv_record *record, const char *column, enum zv_import_list list)
{
	int at = zv_register_column(reg, column);
	const struct zv_value *value = &record->values[at];

	if (value->null)
		return ZV_STR("");
	if (reg->columns[at].words != NULL)
		return zv_word_text(list, reg->columns[at].words[value->i]);
	return zv_word_text(list, value->i != 0 ? "1" : "0");
}

struct zv_str zv_out_micro_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena)
{
	const struct zv_value *value = value_of(reg, record, column);
	char text[ZV_DECIMAL_TEXT];

	if (value->null)
		return ZV_STR("");
	zv_decimal_format(text, value->i, 6, 0, true);
	return zv_str_dup(arena, zv_str_c(text));
}

struct zv_str zv_out_qty(int64_t base, enum zv_dim dim, const struct zv_unit *unit, struct zv_arena *arena)
{
	char text[ZV_QUANTITY_TEXT];

	if (unit == NULL)
		unit = zv_dim_price_unit(dim);
	if (unit != NULL && zv_quantity_decimal(text, base, unit))
		return zv_arena_strf(arena, "%s %.*s", text, ZV_STR_FMT(zv_unit_symbol(unit)));
	unit = zv_dim_base_unit(dim);
	if (unit != NULL && zv_quantity_decimal(text, base, unit))
		return zv_arena_strf(arena, "%s %.*s", text, ZV_STR_FMT(zv_unit_symbol(unit)));
	return ZV_STR("");
}

struct zv_str zv_out_qty_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena)
{
	const struct zv_value *value = value_of(reg, record, column);
	const struct zv_value *dim = value_of(reg, record, "dim");

	return value->null || dim->null ? ZV_STR("") : zv_out_qty(value->i, (enum zv_dim)dim->i, NULL, arena);
}

static enum zv_code load_ref(struct zv_record **out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *record,
			     const char *column, const char *to, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_value *value = value_of(reg, record, column);

	*out = NULL;
	if (value->null)
		return ZV_OK;
	*out = zv_arena_alloc(arena, sizeof(**out));
	return zv_record_by_id(*out, db, zv_register_find(to), value->i, arena, err);
}

enum zv_code zv_out_org_of(struct zv_out_org *out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *record,
			   const char *column, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *orgs = zv_register_find("org");
	struct zv_record *org;
	enum zv_code code = load_ref(&org, db, reg, record, column, "org", arena, err);

	*out = (struct zv_out_org){ 0 };
	if (code != ZV_OK || org == NULL)
		return code;
	out->inn = zv_out_text_of(orgs, org, "inn");
	out->name = zv_out_text_of(orgs, org, "name");
	if (out->inn.n == 0 || zv_out_text_of(orgs, org, "kpp").n > 0) /* several branches may share the INN */
		out->key = org->uid;
	return ZV_OK;
}

enum zv_code zv_out_item_of(struct zv_out_item *out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *record,
			    const char *column, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *items = zv_register_find("item");
	struct zv_record *item;
	enum zv_code code = load_ref(&item, db, reg, record, column, "item", arena, err);

	*out = (struct zv_out_item){ 0 };
	if (code != ZV_OK || item == NULL)
		return code;
	out->name = zv_out_text_of(items, item, "name");
	out->cas = zv_out_text_of(items, item, "cas");
	if (out->cas.n == 0)
		out->key = item->uid;
	return ZV_OK;
}
