/* Capacity: what a maker says about a quarter. Its date is the date of the statement. */
#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kind_columns.h"
#include "app/kinds.h"

enum { KEY, ORG_INN, ORG, ORG_KEY, ITEM, CAS, ITEM_KEY, QUARTER, NOMINAL, BOOKED, FREE, UNIT, SAID_ON, COLUMNS };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = ZV_COLUMN_KEY(NULL),
	[ORG_INN] = ZV_COLUMN_ORG_INN("3899000019|3899000019"),
	[ORG] = ZV_COLUMN_ORG("ООО «Байкал-Реактив»|ООО «Байкал-Реактив»", "LLC Baikal-Reaktiv|LLC Baikal-Reaktiv"),
	[ORG_KEY] = ZV_COLUMN_ORG_KEY,
	[ITEM] = ZV_COLUMN_ITEM("ацетилацетон|ацетилацетон", "acetylacetone|acetylacetone"),
	[CAS] = ZV_COLUMN_CAS("123-54-6|123-54-6"),
	[ITEM_KEY] = ZV_COLUMN_ITEM_KEY,
	[QUARTER] = { "quarter", "Quarter", "Квартал", "период|period", true, ZV_LIST_NONE, N_("As 2026-Q3."), "2026-Q3|2026-Q4", NULL },
	[NOMINAL] = { "nominal", "Nominal", "Мощность", "номинал|номинальная мощность", false, ZV_LIST_NONE,
		      N_("What the plant could make in the quarter."), "900|900", NULL },
	[BOOKED] = { "booked", "Booked", "Занято", NULL, false, ZV_LIST_NONE, N_("What is booked already."), "300|0", NULL },
	[FREE] = { "free", "Free", "Свободно", "свободная мощность", true, ZV_LIST_NONE, N_("What the maker declares free."), "600|900", NULL },
	[UNIT] = ZV_COLUMN_UNIT("кг|кг", "kg|kg"),
	[SAID_ON] = { "said_on", "Stated on", "Дата сведений", "дата", false, ZV_LIST_NONE, N_("Date of the statement; empty: that of the import."),
		      "2026-02-20|2026-02-20", NULL },
};

static void set_amount(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, struct zv_str unit,
		       enum zv_dim *dim, const char *field)
{
	int64_t base;

	if (zv_cell_amount(&base, im, cell, unit, dim, field))
		zv_import_set_int(im, record, column, base);
}

static enum zv_code set_amounts(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	enum zv_dim dim = ZV_DIM_NONE;

	if (cells[FREE].n == 0)
		return zv_fail(err, ZV_E_INVALID, "free", N_("The free capacity is empty. Say how much is free; 0 if nothing."));
	set_amount(im, record, "free_base", cells[FREE], cells[UNIT], &dim, "free");
	set_amount(im, record, "nominal_base", cells[NOMINAL], cells[UNIT], &dim, "nominal");
	set_amount(im, record, "booked_base", cells[BOOKED], cells[UNIT], &dim, "booked");
	if (dim != ZV_DIM_NONE)
		zv_import_set_int(im, record, "dim", dim);
	return ZV_OK;
}

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_import_org org = zv_cells_org(cells[ORG_INN], cells[ORG_KEY], cells[ORG]);
	struct zv_import_item item = zv_cells_item(cells[ITEM_KEY], cells[ITEM], cells[CAS], ZV_STR(""));
	struct zv_import_ref org_ref, item_ref;
	struct zv_record *record;
	struct zv_str key = cells[KEY];
	struct zv_err held;
	zv_date said_on;
	int32_t quarter;
	int action;
	enum zv_code code = zv_cells_who_and_what(&org_ref, &item_ref, &held, &action, im, &org, &item, ZV_STR(""), err);

	if (code != ZV_OK)
		return code;
	if (!zv_quarter_parse(&quarter, cells[QUARTER]))
		return zv_fail(err, ZV_E_INVALID, "quarter", N_("“%.*s” is not a quarter. Write 2026-Q3."), ZV_STR_FMT(cells[QUARTER]));
	if (key.n == 0)
		key = zv_import_digest(im, (struct zv_str[]){ zv_import_org_key(im, &org), zv_import_item_key(im, &item),
							      zv_arena_strf(row->arena, "%d", quarter) }, 3);
	record = zv_import_plan(im, zv_register_find("capacity"), key);
	if (cells[SAID_ON].n > 0) {
		if (!zv_date_parse(&said_on, cells[SAID_ON]))
			return zv_fail(err, ZV_E_INVALID, "said_on", N_("“%.*s” is not a date (column %s). Write 2026-09-30 or 30.09.2026."),
				       ZV_STR_FMT(cells[SAID_ON]), "said_on");
		record->said_on = said_on;
	}
	zv_import_set_ref(im, record, "org_id", org_ref);
	zv_import_set_ref(im, record, "item_id", item_ref);
	zv_import_set_int(im, record, "quarter", quarter);
	if (held.code != ZV_OK)
		zv_import_hold(im, &held, false);
	return set_amounts(im, record, cells, err);
}

const struct zv_import_profile zv_kind_capacity_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

ZV_UNMAP(zv_kind_capacity_unmap)
{
	const struct zv_register *reg = zv_register_find("capacity");
	char text[ZV_DATE_TEXT];
	struct zv_out_org org;
	struct zv_out_item item;
	enum zv_code code = zv_out_org_of(&org, db, reg, record, "org_id", arena, err);

	if (code == ZV_OK)
		code = zv_out_item_of(&item, db, reg, record, "item_id", arena, err);
	if (code != ZV_OK)
		return code;
	cells[KEY] = record->source_key;
	cells[ORG_INN] = org.inn;
	cells[ORG] = org.name;
	cells[ORG_KEY] = org.key;
	cells[ITEM] = item.name;
	cells[CAS] = item.cas;
	cells[ITEM_KEY] = item.key;
	zv_quarter_format(text, (int32_t)record->values[zv_register_column(reg, "quarter")].i);
	cells[QUARTER] = zv_str_dup(arena, zv_str_c(text));
	cells[NOMINAL] = zv_out_qty_of(reg, record, "nominal_base", arena);
	cells[BOOKED] = zv_out_qty_of(reg, record, "booked_base", arena);
	cells[FREE] = zv_out_qty_of(reg, record, "free_base", arena);
	zv_date_format(text, record->said_on);
	cells[SAID_ON] = zv_str_dup(arena, zv_str_c(text));
	return ZV_OK;
}
