/* Offers: who makes what, at which price by volume, in which lot sizes, how soon. */
#include <string.h>

#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kind_columns.h"
#include "app/kinds.h"
#include "base/tr.h"
#include "model/ladder.h"
#include "model/money.h"
#include "model/quantity.h"
#include "model/requirement.h"

enum { KEY, ORG_INN, ORG, ORG_KEY, ITEM, CAS, OKPD2, ITEM_KEY, SITE, REGION, PRICE, FIXED, UNIT, MIN, STEP, MAX, LEAD, VALID, BASIS,
       PROPERTIES, NOTE, COLUMNS };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = ZV_COLUMN_KEY("O1|O2"),
	[ORG_INN] = ZV_COLUMN_ORG_INN("3899000019|5599000029"),
	[ORG] = ZV_COLUMN_ORG("ООО «Байкал-Реактив»|ООО «Омск-Кетон»", "LLC Baikal-Reaktiv|LLC Omsk-Keton"),
	[ORG_KEY] = ZV_COLUMN_ORG_KEY,
	[ITEM] = ZV_COLUMN_ITEM("ацетилацетон|ацетилацетон", "acetylacetone|acetylacetone"),
	[CAS] = ZV_COLUMN_CAS("123-54-6|123-54-6"),
	[OKPD2] = ZV_COLUMN_OKPD2("20.14.62|20.14.62"),
	[ITEM_KEY] = ZV_COLUMN_ITEM_KEY,
	[SITE] = { "site_key", "Key of the site", "Ключ площадки", NULL, false, ZV_LIST_NONE, N_("Key or public id of the place of work."), NULL,
		   NULL },
	[REGION] = { "region", "Region of dispatch", "Регион отгрузки", "регион", false, ZV_LIST_REGIONS,
		     N_("Where the goods leave; empty: the region of the organisation."), "Иркутская область|Омская область",
		     "RU-IRK|Omsk Region" },
	[PRICE] = { "price", "Price", "Цена", "цена по объёму|ladder|лестница цен", false, ZV_LIST_NONE,
		    N_("One price, 5000 ₽/kg; fixed and variable, 600 000 ₽ + 2 000 ₽/kg; or by volume, 200 kg: 5000; 300 kg: 4000."),
		    "600 000 ₽ + 2 000 ₽/кг|200 кг: 5100; 500 кг: 4700", "600 000 ₽ + 2 000 ₽/kg|200 kg: 5100; 500 kg: 4700" },
	[FIXED] = { "fixed", "Fixed cost of a run, ₽", "Постоянные затраты на партию, ₽", "постоянные затраты|fixed_cost", false, ZV_LIST_NONE,
		    N_("If the price column holds the variable part alone."), NULL, NULL },
	[UNIT] = ZV_COLUMN_UNIT("кг|кг", "kg|kg"),
	[MIN] = { "min", "Minimum lot", "Минимальная партия", "минимум|moq|minimum", false, ZV_LIST_NONE, N_("Smallest lot."), "200|200", NULL },
	[STEP] = { "step", "Step", "Шаг", "кратность", false, ZV_LIST_NONE, N_("Lots grow by this much."), "50|100", NULL },
	[MAX] = { "max", "Maximum lot", "Максимальная партия", "максимум|maximum", false, ZV_LIST_NONE, N_("Largest lot."), "600|", NULL },
	[LEAD] = { "lead_days", "Lead time, days", "Срок изготовления, дней", "срок|срок поставки, дней", false, ZV_LIST_NONE,
		   N_("Days from order to dispatch."), "60|240", NULL },
	[VALID] = { "valid_until", "Valid until", "Действует до", NULL, false, ZV_LIST_NONE, N_("Last day of the offer."), "2026-12-31|31.12.2026",
		    NULL },
	[BASIS] = { "basis", "Delivery basis", "Базис поставки", "инкотермс|incoterms", false, ZV_LIST_NONE,
		    N_("Incoterms code and place: EXW Angarsk."), "EXW Ангарск|", "EXW Angarsk|" },
	[PROPERTIES] = { "properties", "Properties", "Характеристики", "качество|properties", false, ZV_LIST_NONE,
			 N_("What the goods are, parted by semicolons: purity = 99.5 %; water <= 0.05 %."), "чистота = 99,5 %|чистота = 99,3 %",
			 "purity = 99.5 %|purity = 99.3 %" },
	[NOTE] = { "note", "Note", "Примечание", "комментарий", false, ZV_LIST_NONE, N_("Anything else."), NULL, NULL },
};

/* A ladder is kept in its English writing, so that files in both languages give one offer. */
static struct zv_str ladder_text(const struct zv_ladder *ladder, struct zv_arena *arena)
{
	struct zv_buf text;
	struct zv_str out;
	char lang[8];

	(void)snprintf(lang, sizeof(lang), "%s", zv_tr_lang());
	zv_buf_init(&text, 0);
	zv_tr_set_lang("en");
	zv_ladder_format(&text, ladder);
	zv_tr_set_lang(lang);
	out = zv_str_dup(arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return out;
}

/* Price and fixed cost. *dim stays NONE when the row has no right price. */
static void set_price(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, const struct zv_unit *unit, enum zv_dim *dim)
{
	struct zv_ladder ladder;
	struct zv_err fault;
	enum zv_code code;

	if (cells[PRICE].n == 0)
		return;
	code = zv_ladder_parse(&ladder, cells[PRICE], unit, &im->row_arena, "price", &fault);
	if (code == ZV_OK && cells[FIXED].n > 0) {
		int64_t fixed = 0;

		code = zv_money_parse(&fixed, cells[FIXED], "fixed", &fault);
		if (code == ZV_OK && (ladder.form != ZV_LADDER_FIXED || (ladder.fixed_kop != 0 && ladder.fixed_kop != fixed)))
			code = zv_fail(&fault, ZV_E_INVALID, "fixed",
				       N_("A fixed cost of “%.*s” does not go with the price “%.*s”. Give it in one place."),
				       ZV_STR_FMT(cells[FIXED]), ZV_STR_FMT(cells[PRICE]));
		ladder.fixed_kop = fixed;
	}
	if (zv_cell_failed(im, code, &fault))
		return;
	*dim = ladder.dim;
	if (ladder.form == ZV_LADDER_FIXED) {
		zv_import_set_int(im, record, "fixed_kop", ladder.fixed_kop);
		zv_import_set_int(im, record, "price_kop", ladder.variable.kop);
		zv_import_set_int(im, record, "price_per", ladder.variable.per);
	} else {
		zv_import_set_text(im, record, "ladder", ladder_text(&ladder, &im->row_arena));
	}
}

static void set_amount(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, const struct zv_unit *unit,
		       enum zv_dim *dim, const char *field)
{
	struct zv_quantity qty;
	struct zv_err fault;
	enum zv_code code;

	if (cell.n == 0)
		return;
	code = zv_cell_bare(cell) && unit != NULL
		       ? zv_quantity_parse_parts(&qty, cell, unit->key, &im->row_arena, field, "unit", &fault)
		       : zv_quantity_parse(&qty, cell, &im->row_arena, field, &fault);
	if (code == ZV_OK && *dim != ZV_DIM_NONE && qty.dim != *dim)
		code = zv_fail(&fault, ZV_E_INVALID, field, N_("“%.*s” is in a unit of another kind than the price (column %s)."),
			       ZV_STR_FMT(cell), field);
	if (code == ZV_OK && qty.base == 0)
		code = zv_fail(&fault, ZV_E_INVALID, field, N_("“%.*s” is zero (column %s). Leave the cell empty if there is no bound."),
			       ZV_STR_FMT(cell), field);
	if (zv_cell_failed(im, code, &fault))
		return;
	*dim = qty.dim;
	zv_import_set_int(im, record, column, qty.base);
}

static void set_properties(struct zv_import *im, struct zv_record *record, struct zv_str cell)
{
	struct zv_requirements list;
	struct zv_err fault;
	struct zv_buf text;

	if (cell.n == 0 || zv_cell_failed(im, zv_requirements_parse(&list, cell, &im->row_arena, "properties", &fault), &fault))
		return;
	zv_buf_init(&text, 0);
	zv_requirements_format(&text, &list);
	zv_import_set_text(im, record, "properties", zv_str_dup(&im->row_arena, zv_buf_str(&text)));
	zv_buf_done(&text);
}

static enum zv_code set_site(struct zv_import *im, struct zv_record *record, struct zv_str cell, struct zv_err *err)
{
	int64_t id;
	enum zv_code code;

	if (cell.n == 0)
		return ZV_OK;
	code = zv_import_find_key(&id, im, "site", cell, err);
	if (code == ZV_OK && id == 0)
		return zv_fail(err, ZV_E_NOTFOUND, "site_key", N_("Site “%.*s” is not in the register. Import the file of sites first."),
			       ZV_STR_FMT(cell));
	if (code == ZV_OK)
		zv_import_set_int(im, record, "site_id", id);
	return code;
}

/* For offers with their price on request: the kind of unit in which the item is counted. */
static enum zv_code dim_of_item(enum zv_dim *dim, struct zv_import *im, struct zv_import_ref item, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("item");
	struct zv_record *record = item.planned;
	const struct zv_value *value;
	enum zv_code code = ZV_OK;

	if (record == NULL) {
		record = zv_arena_alloc(&im->row_arena, sizeof(*record));
		code = zv_record_by_id(record, im->db, reg, item.id, &im->row_arena, err);
	}
	if (code != ZV_OK)
		return code;
	value = &record->values[zv_import_column_at(im, reg, "dim")];
	if (value->null || value->i == ZV_DIM_NONE)
		return zv_fail(err, ZV_E_INVALID, "price", N_("Neither price nor lot size says the unit. Give a price as 5000 ₽/kg."));
	*dim = (enum zv_dim)value->i;
	return ZV_OK;
}

static enum zv_code set_terms(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_import_ref item,
			      struct zv_err *err)
{
	const struct zv_unit *unit = NULL;
	enum zv_dim dim = ZV_DIM_NONE;
	enum zv_code code;

	if (cells[UNIT].n > 0) {
		code = zv_unit_find(&unit, cells[UNIT], "unit", err);
		if (code != ZV_OK)
			return code;
	}
	set_price(im, record, cells, unit, &dim);
	set_amount(im, record, "min_base", cells[MIN], unit, &dim, "min");
	set_amount(im, record, "step_base", cells[STEP], unit, &dim, "step");
	set_amount(im, record, "max_base", cells[MAX], unit, &dim, "max");
	if (dim == ZV_DIM_NONE && unit != NULL)
		dim = unit->dim;
	if (dim == ZV_DIM_NONE) {
		code = dim_of_item(&dim, im, item, err);
		if (code != ZV_OK)
			return code;
	}
	zv_import_set_int(im, record, "dim", dim);
	return ZV_OK;
}

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_import_org org = zv_cells_org(cells[ORG_INN], cells[ORG_KEY], cells[ORG]);
	struct zv_import_item item = zv_cells_item(cells[ITEM_KEY], cells[ITEM], cells[CAS], cells[OKPD2]);
	struct zv_import_ref org_ref, item_ref;
	struct zv_record *record;
	struct zv_str key = cells[KEY];
	struct zv_err held;
	int action;
	enum zv_code code = zv_cells_who_and_what(&org_ref, &item_ref, &held, &action, im, &org, &item, cells[PROPERTIES], err);

	if (code != ZV_OK)
		return code;
	if (key.n == 0)
		key = zv_import_digest(im, (struct zv_str[]){ zv_import_org_key(im, &org), zv_import_item_key(im, &item), cells[SITE] }, 3);
	record = zv_import_plan(im, zv_register_find("offer"), key);
	zv_import_set_ref(im, record, "org_id", org_ref);
	zv_import_set_ref(im, record, "item_id", item_ref);
	code = set_site(im, record, cells[SITE], err);
	if (code == ZV_OK)
		code = set_terms(im, record, cells, item_ref, err);
	if (code != ZV_OK)
		return code;
	zv_cell_region(im, record, "region", cells[REGION], "region");
	zv_cell_int(im, record, "lead_days", cells[LEAD], 0, 36500, "lead_days");
	zv_cell_date(im, record, "valid_until", cells[VALID], "valid_until");
	zv_cell_text(im, record, "basis", cells[BASIS], 200, "basis");
	set_properties(im, record, cells[PROPERTIES]);
	zv_cell_text(im, record, "note", cells[NOTE], 4000, "note");
	if (held.code != ZV_OK) /* an offer has no state in which it could wait */
		zv_import_hold(im, &held, false);
	return ZV_OK;
}

const struct zv_import_profile zv_kind_offers_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

static struct zv_str price_text(const struct zv_register *reg, const struct zv_record *record, struct zv_arena *arena)
{
	const struct zv_value *kop = &record->values[zv_register_column(reg, "price_kop")];
	const struct zv_value *per = &record->values[zv_register_column(reg, "price_per")];
	const struct zv_value *dim = &record->values[zv_register_column(reg, "dim")];
	char text[ZV_PRICE_TEXT];

	if (zv_out_text_of(reg, record, "ladder").n > 0)
		return zv_out_text_of(reg, record, "ladder");
	if (kop->null || per->null)
		return ZV_STR("");
	zv_price_format_exact(text, (struct zv_price){ kop->i, per->i }, (enum zv_dim)dim->i);
	return zv_str_dup(arena, zv_str_c(text));
}

static enum zv_code site_key(struct zv_str *out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *record,
			     struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_value *value = &record->values[zv_register_column(reg, "site_id")];
	struct zv_record *site;
	enum zv_code code;

	*out = ZV_STR("");
	if (value->null)
		return ZV_OK;
	site = zv_arena_alloc(arena, sizeof(*site));
	code = zv_record_by_id(site, db, zv_register_find("site"), value->i, arena, err);
	if (code == ZV_OK)
		*out = site->uid;
	return code;
}

ZV_UNMAP(zv_kind_offers_unmap)
{
	const struct zv_register *reg = zv_register_find("offer");
	struct zv_out_org org;
	struct zv_out_item item;
	enum zv_code code = zv_out_org_of(&org, db, reg, record, "org_id", arena, err);

	if (code == ZV_OK)
		code = zv_out_item_of(&item, db, reg, record, "item_id", arena, err);
	if (code == ZV_OK)
		code = site_key(&cells[SITE], db, reg, record, arena, err);
	if (code != ZV_OK)
		return code;
	cells[KEY] = record->source_key;
	cells[ORG_INN] = org.inn;
	cells[ORG] = org.name;
	cells[ORG_KEY] = org.key;
	cells[ITEM] = item.name;
	cells[CAS] = item.cas;
	cells[ITEM_KEY] = item.key;
	cells[REGION] = zv_out_text_of(reg, record, "region");
	cells[PRICE] = price_text(reg, record, arena);
	cells[FIXED] = zv_out_money_of(reg, record, "fixed_kop", arena);
	cells[MIN] = zv_out_qty_of(reg, record, "min_base", arena);
	cells[STEP] = zv_out_qty_of(reg, record, "step_base", arena);
	cells[MAX] = zv_out_qty_of(reg, record, "max_base", arena);
	cells[LEAD] = zv_out_int_of(reg, record, "lead_days", arena);
	cells[VALID] = zv_out_date_of(reg, record, "valid_until", arena);
	cells[BASIS] = zv_out_text_of(reg, record, "basis");
	cells[PROPERTIES] = zv_out_text_of(reg, record, "properties");
	cells[NOTE] = zv_out_text_of(reg, record, "note");
	return ZV_OK;
}
