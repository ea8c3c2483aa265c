/* Items: what is needed or made, with the numbers under which it is known elsewhere. */
#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kinds.h"
#include "base/decimal.h"
#include "model/name.h"
#include "model/quantity.h"

enum { KEY, NAME, NAME_EN, SYNONYMS, CAS, OKPD2, HS, GOST, INCHIKEY, UNIT, DENSITY, HAZARD, COLUMNS };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = { "key", "Key", "Ключ", "код|id|source_key|артикул|own code", false, ZV_LIST_NONE,
		  N_("Your own code of the item. Without one the CAS number or the name serves."), "I-1|I-2", NULL },
	[NAME] = { "name", "Name", "Наименование", "название|товар|продукция|item", true, ZV_LIST_NONE, N_("Name as people use it."),
		   "ацетилацетон|2-меркаптобензотиазол", "acetylacetone|2-mercaptobenzothiazole" },
	[NAME_EN] = { "name_en", "English name", "Английское наименование", NULL, false, ZV_LIST_NONE, N_("Name in English."),
		      "acetylacetone|2-mercaptobenzothiazole", NULL },
	[SYNONYMS] = { "synonyms", "Synonyms", "Синонимы", NULL, false, ZV_LIST_NONE, N_("Other names, parted by semicolons."),
		       "2,4-пентандион; диацетилметан|каптакс", "2,4-pentanedione|captax" },
	[CAS] = { "cas", "CAS number", "CAS", "номер cas|cas no|cas rn", false, ZV_LIST_NONE, N_("CAS registry number with its check digit."),
		  "123-54-6|149-30-4", NULL },
	[OKPD2] = { "okpd2", "OKPD2", "ОКПД2", "окпд 2|код окпд2", false, ZV_LIST_NONE, N_("Code of OKPD2."), "20.14.62|20.59.56.130", NULL },
	[HS] = { "hs", "HS code", "ТН ВЭД", "код тн вэд|tnved|hs", false, ZV_LIST_NONE, N_("HS or TN VED code, 4 to 10 digits."), "2914.19|",
		 NULL },
	[GOST] = { "gost", "Standard", "ГОСТ/ТУ", "гост|ту|gost", false, ZV_LIST_NONE, N_("GOST, TU or another standard."),
		   "ГОСТ 10259-78|", NULL },
	[INCHIKEY] = { "inchikey", "InChIKey", "InChIKey", NULL, false, ZV_LIST_NONE, N_("InChIKey of the substance."),
		       "YRKCREAYFQTBPV-UHFFFAOYSA-N|", NULL },
	[UNIT] = { "unit", "Unit", "Единица", "ед. изм.|единица измерения", false, ZV_LIST_UNITS, N_("Unit in which it is usually counted."),
		   "кг|кг", "kg|kg" },
	[DENSITY] = { "density", "Density", "Плотность", NULL, false, ZV_LIST_NONE, N_("With its unit, to compare litres with kilograms."),
		      "0.975 g/cm3|", NULL },
	[HAZARD] = { "hazard", "Hazard class", "Класс опасности", "класс опасного груза", false, ZV_LIST_NONE,
		     N_("Class of dangerous goods, 1 to 9."), "3|", NULL },
};

static void set_standard(struct zv_import *im, struct zv_record *record, struct zv_str cell)
{
	char text[ZV_STANDARD_TEXT];
	struct zv_err fault;

	if (cell.n > 0 && !zv_cell_failed(im, zv_standard_parse(text, cell, "gost", &fault), &fault))
		zv_import_set_text(im, record, "gost", cell);
}

static void set_numbers(struct zv_import *im, struct zv_record *record, const struct zv_str *cells)
{
	const struct zv_unit *unit;
	struct zv_err fault;
	int64_t density;

	if (cells[CAS].n > 0 && !zv_cell_failed(im, zv_cas_check(cells[CAS], "cas", &fault), &fault))
		zv_import_set_text(im, record, "cas", cells[CAS]);
	if (cells[INCHIKEY].n > 0 && !zv_cell_failed(im, zv_inchikey_check(cells[INCHIKEY], "inchikey", &fault), &fault))
		zv_import_set_text(im, record, "inchikey", cells[INCHIKEY]);
	zv_cell_class(im, record, "okpd2", cells[OKPD2], ZV_CLASS_OKPD2, "okpd2");
	zv_cell_class(im, record, "hs", cells[HS], ZV_CLASS_TNVED, "hs");
	set_standard(im, record, cells[GOST]);
	if (cells[UNIT].n > 0 && !zv_cell_failed(im, zv_unit_find(&unit, cells[UNIT], "unit", &fault), &fault))
		zv_import_set_int(im, record, "dim", unit->dim);
	if (cells[DENSITY].n > 0 && !zv_cell_failed(im, zv_density_parse(&density, cells[DENSITY], "density", &fault), &fault))
		zv_import_set_int(im, record, "density_mg_l", density);
}

/* What must not be traded is refused; what needs a permit is marked, so that needs and offers of it are held. */
static enum zv_code set_control(struct zv_import *im, struct zv_record *record, const struct zv_control_result *control)
{
	for (size_t i = 0; i < control->n; i++) {
		if (control->hits[i].action != control->action)
			continue;
		zv_import_set_int(im, record, "control", control->action);
		zv_import_set_text(im, record, "regime", zv_str_dup(&im->row_arena, control->hits[i].rule->regime));
		break;
	}
	return ZV_OK;
}

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_import_item item = zv_cells_item(cells[KEY], cells[NAME], cells[CAS], cells[OKPD2]);
	struct zv_control_result control;
	struct zv_record *record;
	struct zv_err held;
	enum zv_code code;

	item.name_en = cells[NAME_EN];
	item.synonyms = cells[SYNONYMS];
	code = zv_cells_gate(&control, &held, im, &item, ZV_STR(""), (struct zv_import_ref){ 0 }, err);
	if (code == ZV_OK)
		code = zv_name_check(cells[NAME], 1000, "name", err);
	if (code != ZV_OK)
		return code;
	if (held.code != ZV_OK && control.action == ZV_CONTROL_REFUSE) { /* only its words say so: an expert must look */
		zv_import_hold(im, &held, false);
		return ZV_OK;
	}
	item.name = cells[NAME];
	record = zv_import_plan(im, zv_register_find("item"), zv_import_item_key(im, &item));
	zv_import_set_text(im, record, "name", cells[NAME]);
	zv_import_default_int(im, record, "control", ZV_CONTROL_NONE, -1);
	zv_cell_text(im, record, "name_en", cells[NAME_EN], 1000, "name_en");
	zv_cell_text(im, record, "synonyms", cells[SYNONYMS], 4000, "synonyms");
	zv_cell_text(im, record, "hazard", cells[HAZARD], 20, "hazard");
	set_numbers(im, record, cells);
	return set_control(im, record, &control);
}

const struct zv_import_profile zv_kind_items_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

static struct zv_str density_text(const struct zv_register *reg, const struct zv_record *record, struct zv_arena *arena)
{
	const struct zv_value *value = &record->values[zv_register_column(reg, "density_mg_l")];
	char text[ZV_DECIMAL_TEXT];

	if (value->null)
		return ZV_STR("");
	zv_decimal_format(text, value->i, 6, 0, true);
	return zv_arena_strf(arena, "%s kg/L", text);
}

ZV_UNMAP(zv_kind_items_unmap)
{
	const struct zv_register *reg = zv_register_find("item");
	const struct zv_value *dim = &record->values[zv_register_column(reg, "dim")];
	const struct zv_unit *unit = dim->null ? NULL : zv_dim_price_unit((enum zv_dim)dim->i);

	(void)db;
	(void)err;
	cells[KEY] = record->source_key;
	cells[NAME] = zv_out_text_of(reg, record, "name");
	cells[NAME_EN] = zv_out_text_of(reg, record, "name_en");
	cells[SYNONYMS] = zv_out_text_of(reg, record, "synonyms");
	cells[CAS] = zv_out_text_of(reg, record, "cas");
	cells[OKPD2] = zv_out_text_of(reg, record, "okpd2");
	cells[HS] = zv_out_text_of(reg, record, "hs");
	cells[GOST] = zv_out_text_of(reg, record, "gost");
	cells[INCHIKEY] = zv_out_text_of(reg, record, "inchikey");
	cells[UNIT] = unit != NULL ? zv_unit_symbol(unit) : ZV_STR("");
	cells[DENSITY] = density_text(reg, record, arena);
	cells[HAZARD] = zv_out_text_of(reg, record, "hazard");
	return ZV_OK;
}
