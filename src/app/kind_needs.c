/* Needs: which organisation needs what, how much, by when, where, and what it would pay. */
#include <string.h>

#include "app/import_find.h"
#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kinds.h"
#include "app/words.h"
#include "base/decimal.h"
#include "model/price.h"
#include "model/quantity.h"
#include "model/requirement.h"
#include "store/register.h"

enum { KEY, ORG_INN, ORG, ORG_KEY, ITEM, CAS, OKPD2, ITEM_KEY, QTY, UNIT, TOLERANCE, REQUIREMENTS, REGION, EARLIEST, DUE, PRICE, PRICE_UNIT,
       STATE, BASIS, PARTIAL, URGENCY, COUNTRY, STOCK_DAYS, STOP_LOSS, VISIBILITY, NOTE, COLUMNS };

enum { STATE_DECLARED = 2, STATE_HELD = 6, VISIBLE_MATCHED = 1 };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = { "key", "Key", "Ключ", "код|id|source_key|номер", false, ZV_LIST_NONE,
		  N_("Your own key of the row; it finds the row again in the next file. Without one organisation, item, region and date serve."),
		  "N1|N2", NULL },
	[ORG_INN] = { "org_inn", "INN of the buyer", "ИНН потребителя", "инн|inn|buyer_inn|инн организации|инн предприятия", false, ZV_LIST_NONE,
		      N_("Who needs it: INN, or key, or exact name."), "6299000012|5599000011", NULL },
	[ORG] = { "org", "Buyer", "Потребитель", "организация|предприятие|buyer|enterprise", false, ZV_LIST_NONE,
		  N_("Name; with an INN that is not in the register yet, the organisation is added."),
		  "АО «Ока-Полимер»|ООО «Иртыш-Синтез»", "JSC Oka-Polymer|LLC Irtysh-Synthesis" },
	[ORG_KEY] = { "org_key", "Key of the buyer", "Ключ потребителя", NULL, false, ZV_LIST_NONE, N_("Key or public id of the organisation."),
		      NULL, NULL },
	[ITEM] = { "item", "Item", "Наименование", "товар|продукция|что нужно|name|название|title", false, ZV_LIST_NONE,
		   N_("Name, synonym or CAS number. A name that is not in the register yet adds the item."), "ацетилацетон|ацетилацетон",
		   "acetylacetone|acetylacetone" },
	[CAS] = { "cas", "CAS number", "CAS", "номер cas", false, ZV_LIST_NONE, N_("CAS registry number; it beats the name."),
		  "123-54-6|123-54-6", NULL },
	[OKPD2] = { "okpd2", "OKPD2", "ОКПД2", "окпд 2|код окпд2", false, ZV_LIST_NONE, N_("Code of OKPD2."), "20.14.62|20.14.62", NULL },
	[ITEM_KEY] = { "item_key", "Key of the item", "Ключ продукции", "артикул", false, ZV_LIST_NONE, N_("Own code or public id of the item."),
		       NULL, NULL },
	[QTY] = { "qty", "Quantity", "Количество", "кол-во|объём|объем|amount|quantity|потребность", true, ZV_LIST_NONE,
		  N_("With its unit, 0.04 t, or the number alone with the unit in the next column."), "0,04|25", "0.04|25" },
	[UNIT] = { "unit", "Unit", "Единица", "ед. изм.|ед.изм.|единица измерения|ед", false, ZV_LIST_UNITS, N_("Unit of the quantity."),
		   "т|кг", "t|kg" },
	[TOLERANCE] = { "tolerance", "Could take more", "Готовы взять сверх", "допуск|толеранс|tolerance", false, ZV_LIST_NONE,
			N_("How much more the buyer would take if a lot needs it; in the unit of the quantity or with its own."), "10 кг|5",
			"10 kg|5" },
	[REQUIREMENTS] = { "requirements", "Requirements", "Требования", "характеристики", false, ZV_LIST_NONE,
			   N_("Parted by semicolons: purity >= 99.0 %; water <= 0.1 % soft."), "чистота >= 99,0 %|чистота >= 99,0 %",
			   "purity >= 99.0 %|purity >= 99.0 %" },
	[REGION] = { "region", "Region of delivery", "Регион поставки", "регион|место поставки|place", false, ZV_LIST_REGIONS,
		     N_("Where it is needed; empty: the region of the organisation."), "Рязанская область|Омская область",
		     "Ryazan Region|Omsk Region" },
	[EARLIEST] = { "earliest", "Not before", "Не раньше", NULL, false, ZV_LIST_NONE, N_("Delivery not before this day."), NULL, NULL },
	[DUE] = { "due", "Needed by", "Срок", "дата|срок поставки|не позднее|due date|date", false, ZV_LIST_NONE,
		  N_("Last day of delivery, 2026-09-30 or 30.09.2026."), "2026-09-30|30.09.2026", NULL },
	[PRICE] = { "price", "Ceiling price", "Предельная цена", "потолок цены|цена|ceiling|max_price", false, ZV_LIST_NONE,
		    N_("Highest price that the buyer would pay, with its unit: 5500 ₽/kg."), "5500 ₽/кг|5 200,00 руб. за кг",
		    "5500 ₽/kg|5,200.00 RUB per kg" },
	[PRICE_UNIT] = { "price_unit", "Unit of the price", "Единица цены", NULL, false, ZV_LIST_UNITS,
			 N_("For a price without a unit of its own."), NULL, NULL },
	[STATE] = { "state", "State", "Состояние", "статус|status", false, ZV_LIST_STATES, N_("Empty: declared. Drafts do not count in lots."),
		    "заявлена|", "declared|" },
	[BASIS] = { "basis", "Counted as 100 %", "В пересчёте на 100 %", "основа", false, ZV_LIST_YES_NO,
		    N_("Yes: the quantity is of pure substance."), NULL, NULL },
	[PARTIAL] = { "partial", "A part is welcome", "Можно частями", "частично", false, ZV_LIST_YES_NO, N_("May less be delivered?"), "да|нет",
		      "yes|no" },
	[URGENCY] = { "urgency", "Urgency", "Срочность", "приоритет", false, ZV_LIST_NONE, N_("1 (most urgent) to 4."), "2|", NULL },
	[COUNTRY] = { "import_country", "Now bought from", "Сейчас закупается в", "страна", false, ZV_LIST_NONE,
		      N_("Country of today's supply."), NULL, NULL },
	[STOCK_DAYS] = { "stock_days", "Days of stock", "Запас, дней", "запас", false, ZV_LIST_NONE, N_("For how many days the stock lasts."),
			 NULL, NULL },
	[STOP_LOSS] = { "stop_loss", "Loss a day, ₽", "Потери в день, ₽", "ущерб от простоя", false, ZV_LIST_NONE,
			N_("What a day without it costs, in roubles."), NULL, NULL },
	[VISIBILITY] = { "visibility", "Visible to", "Кому видна", "видимость", false, ZV_LIST_VISIBILITY,
			 N_("Empty: makers that match. It counts in lots in every case."), NULL, NULL },
	[NOTE] = { "note", "Note", "Примечание", "комментарий", false, ZV_LIST_NONE, N_("Anything else."), NULL, NULL },
};

/* Quantity and tolerance; *unit is that of the quantity, NULL when it failed. */
static void set_quantity(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, const struct zv_unit **unit)
{
	struct zv_quantity qty, more;
	struct zv_err fault;
	enum zv_code code;

	*unit = NULL;
	if (cells[QTY].n == 0) {
		(void)zv_fail(&fault, ZV_E_INVALID, "qty", N_("The quantity is empty. Say how much is needed."));
		zv_import_fault(im, &fault);
		return;
	}
	code = cells[UNIT].n > 0 && zv_cell_bare(cells[QTY])
		       ? zv_quantity_parse_parts(&qty, cells[QTY], cells[UNIT], &im->row_arena, "qty", "unit", &fault)
		       : zv_quantity_parse(&qty, cells[QTY], &im->row_arena, "qty", &fault);
	if (code == ZV_OK && qty.base == 0)
		code = zv_fail(&fault, ZV_E_INVALID, "qty", N_("The quantity “%.*s” is zero. Say how much is needed, or leave the row out."),
			       ZV_STR_FMT(cells[QTY]));
	if (zv_cell_failed(im, code, &fault))
		return;
	*unit = qty.unit;
	zv_import_set_text(im, record, "qty_text", qty.entered);
	zv_import_set_int(im, record, "qty_base", qty.base);
	zv_import_set_int(im, record, "dim", qty.dim);
	if (cells[TOLERANCE].n == 0)
		return;
	code = !zv_cell_bare(cells[TOLERANCE]) ? zv_quantity_parse(&more, cells[TOLERANCE], &im->row_arena, "tolerance", &fault)
					  : zv_quantity_parse_parts(&more, cells[TOLERANCE], qty.unit->key, &im->row_arena, "tolerance",
								    "unit", &fault);
	if (code == ZV_OK && more.dim != qty.dim)
		code = zv_fail(&fault, ZV_E_INVALID, "tolerance", N_("The tolerance “%.*s” is in a unit of another kind than the quantity “%.*s”."),
			       ZV_STR_FMT(cells[TOLERANCE]), ZV_STR_FMT(qty.entered));
	if (!zv_cell_failed(im, code, &fault))
		zv_import_set_int(im, record, "tolerance_base", more.base);
}

/* A bare number is roubles per kg, L or piece only where the quantity is in that very unit: 5500 beside tonnes may mean either. */
static void set_ceiling(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, const struct zv_unit *qty_unit)
{
	const struct zv_unit *unit = qty_unit;
	struct zv_price price;
	struct zv_err fault;
	enum zv_dim dim;
	enum zv_code code = ZV_OK;

	if (cells[PRICE].n == 0 || qty_unit == NULL)
		return;
	if (cells[PRICE_UNIT].n > 0)
		code = zv_unit_find(&unit, cells[PRICE_UNIT], "price_unit", &fault);
	else if (qty_unit != zv_dim_price_unit(qty_unit->dim))
		unit = NULL;
	if (code == ZV_OK)
		code = zv_price_parse(&price, &dim, cells[PRICE], unit, "price", &fault);
	if (code == ZV_OK && dim != qty_unit->dim)
		code = zv_fail(&fault, ZV_E_INVALID, "price", N_("The price “%.*s” is for a unit of another kind than the quantity."),
			       ZV_STR_FMT(cells[PRICE]));
	if (zv_cell_failed(im, code, &fault))
		return;
	zv_import_set_int(im, record, "ceiling_kop", price.kop);
	zv_import_set_int(im, record, "ceiling_per", price.per);
}

/* The same few texts come again and again: the canonical form is kept by what was written. */
static void set_requirements(struct zv_import *im, struct zv_record *record, struct zv_str cell)
{
	struct zv_requirements list;
	struct zv_buf text;
	struct zv_err fault;
	int64_t at;

	if (cell.n == 0)
		return;
	if (!zv_map_get(&at, &im->requirements, cell)) {
		if (zv_cell_failed(im, zv_requirements_parse(&list, cell, &im->row_arena, "requirements", &fault), &fault))
			return;
		zv_buf_init(&text, 0);
		zv_requirements_format(&text, &list);
		if (im->canonical.n >= 10000) {
			zv_import_set_text(im, record, "requirements", zv_str_dup(&im->row_arena, zv_buf_str(&text)));
			zv_buf_done(&text);
			return;
		}
		at = (int64_t)im->canonical.n;
		zv_vec_push(&im->canonical, zv_str_dup(&im->life, zv_buf_str(&text)));
		zv_map_put(&im->requirements, cell, at);
		zv_buf_done(&text);
	}
	zv_import_set_text(im, record, "requirements", im->canonical.p[at]);
}

static void set_title(struct zv_import *im, struct zv_record *record, const struct zv_import_item *item)
{
	struct zv_str title = item->name;
	struct zv_err fault;

	if (title.n == 0 && item->cas.n > 0)
		title = zv_arena_strf(&im->row_arena, "CAS %.*s", ZV_STR_FMT(item->cas));
	if (title.n == 0 && item->okpd2.n > 0) {
		if (zv_find_class_name(&title, im->db, ZV_STR("OKPD2"), item->okpd2, &im->row_arena, &fault) != ZV_OK || title.n == 0)
			title = zv_arena_strf(&im->row_arena, "ОКПД2 %.*s", ZV_STR_FMT(item->okpd2));
	}
	if (title.n == 0)
		title = item->key;
	zv_import_set_text(im, record, "title", title);
}

/* Where nothing is said, it is needed where the organisation is. */
static enum zv_code set_region(struct zv_import *im, struct zv_record *record, struct zv_str cell, struct zv_import_ref org, struct zv_err *err)
{
	struct zv_str region;

	if (cell.n > 0) {
		zv_cell_region(im, record, "region", cell, "region");
		return ZV_OK;
	}
	if (org.id != 0) {
		enum zv_code code = zv_import_org_region(&region, im, org.id, err);

		if (code == ZV_OK)
			zv_import_default_text(im, record, "region", region);
		return code;
	}
	return ZV_OK;
}

static struct zv_str need_key(struct zv_import *im, const struct zv_str *cells, const struct zv_import_org *org,
			      const struct zv_import_item *item, const struct zv_record *record)
{
	const struct zv_register *reg = zv_register_find("need");
	const struct zv_value *due = &record->values[zv_import_column_at(im, reg, "due")];
	const struct zv_value *region = &record->values[zv_import_column_at(im, reg, "region")];
	struct zv_str date = due->null ? ZV_STR("") : zv_arena_strf(&im->row_arena, "%" PRId64, due->i);

	if (cells[KEY].n > 0)
		return cells[KEY];
	return zv_import_digest(im,
				(struct zv_str[]){ org->inn, org->key, org->inn.n + org->key.n > 0 ? ZV_STR("") : org->name, item->cas,
						   item->key, item->cas.n + item->key.n > 0 ? ZV_STR("") : item->name, item->okpd2,
						   region->null ? ZV_STR("") : region->s, date },
				9);
}

static struct zv_str class_code(struct zv_import *im, struct zv_str cell)
{
	char text[ZV_CLASS_TEXT];
	struct zv_err fault;

	if (cell.n == 0 || zv_cell_failed(im, zv_class_parse(text, ZV_CLASS_OKPD2, cell, "okpd2", &fault), &fault))
		return cell;
	return zv_str_dup(&im->row_arena, zv_str_c(text));
}

/* "Held" is what the gate says, not the file: an exported need that waited must not wait on once its permit is there. */
static void set_state(struct zv_import *im, struct zv_record *record, struct zv_str cell)
{
	const struct zv_word *word = zv_word_find(ZV_LIST_STATES, cell);

	if (word == NULL || strcmp(word->key, "held") != 0)
		zv_cell_word(im, record, "state", cell, ZV_LIST_STATES, "state");
}

static void set_rest(struct zv_import *im, struct zv_record *record, const struct zv_str *cells)
{
	zv_cell_word(im, record, "partial", cells[PARTIAL], ZV_LIST_YES_NO, "partial");
	zv_cell_int(im, record, "urgency", cells[URGENCY], 1, 4, "urgency");
	zv_cell_text(im, record, "import_country", cells[COUNTRY], 200, "import_country");
	zv_cell_int(im, record, "stock_days", cells[STOCK_DAYS], 0, 36500, "stock_days");
	zv_cell_money(im, record, "stop_kop_day", cells[STOP_LOSS], "stop_loss");
	zv_cell_word(im, record, "visibility", cells[VISIBILITY], ZV_LIST_VISIBILITY, "visibility");
	zv_import_default_int(im, record, "visibility", VISIBLE_MATCHED, -1);
	zv_cell_text(im, record, "note", cells[NOTE], 4000, "note");
	if (cells[BASIS].n > 0) {
		const struct zv_word *yes = zv_word_find(ZV_LIST_YES_NO, cells[BASIS]);

		if (zv_str_eq_c(cells[BASIS], "pure") || zv_str_eq_c(cells[BASIS], "100 %") || (yes != NULL && yes->key[0] == '1'))
			zv_import_set_text(im, record, "basis", ZV_STR("pure"));
	}
}

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_import_org org = zv_cells_org(cells[ORG_INN], cells[ORG_KEY], cells[ORG]);
	struct zv_import_item item = zv_cells_item(cells[ITEM_KEY], cells[ITEM], cells[CAS], ZV_STR(""));
	struct zv_import_ref org_ref, item_ref = { 0 };
	const struct zv_unit *unit;
	struct zv_record *record;
	struct zv_err held;
	int action;
	enum zv_code code;

	item.okpd2 = class_code(im, cells[OKPD2]);
	code = zv_cells_who_and_what(&org_ref, &item_ref, &held, &action, im, &org, &item, cells[REQUIREMENTS], err);
	if (code != ZV_OK)
		return code;
	record = zv_import_plan(im, zv_register_find("need"), ZV_STR(""));
	zv_import_set_ref(im, record, "org_id", org_ref);
	zv_import_set_ref(im, record, "item_id", item_ref);
	set_title(im, record, &item);
	zv_import_set_text(im, record, "okpd2", item.okpd2);
	set_quantity(im, record, cells, &unit);
	set_ceiling(im, record, cells, unit);
	set_requirements(im, record, cells[REQUIREMENTS]);
	zv_cell_date(im, record, "earliest", cells[EARLIEST], "earliest");
	zv_cell_date(im, record, "due", cells[DUE], "due");
	set_state(im, record, cells[STATE]);
	set_rest(im, record, cells);
	code = set_region(im, record, cells[REGION], org_ref, err);
	if (code != ZV_OK)
		return code;
	zv_import_rekey(im, record, need_key(im, cells, &org, &item, record));
	if (held.code != ZV_OK) {
		zv_import_set_int(im, record, "state", STATE_HELD);
		zv_import_hold(im, &held, action == ZV_CONTROL_PERMIT_CHECK);
	}
	zv_import_default_int(im, record, "state", STATE_DECLARED, STATE_HELD);
	return ZV_OK;
}

const struct zv_import_profile zv_kind_needs_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

static struct zv_str ceiling_text(const struct zv_register *reg, const struct zv_record *record, struct zv_arena *arena)
{
	const struct zv_value *kop = &record->values[zv_register_column(reg, "ceiling_kop")];
	const struct zv_value *per = &record->values[zv_register_column(reg, "ceiling_per")];
	const struct zv_value *dim = &record->values[zv_register_column(reg, "dim")];
	char text[ZV_PRICE_TEXT];

	if (kop->null || per->null || dim->null)
		return ZV_STR("");
	zv_price_format_exact(text, (struct zv_price){ kop->i, per->i }, (enum zv_dim)dim->i);
	return zv_str_dup(arena, zv_str_c(text));
}

/* In the unit of the quantity, which is in its text. */
static struct zv_str tolerance_text(const struct zv_register *reg, const struct zv_record *record, struct zv_arena *arena)
{
	const struct zv_value *more = &record->values[zv_register_column(reg, "tolerance_base")];
	struct zv_quantity qty;

	if (more->null || zv_quantity_parse(&qty, zv_out_text_of(reg, record, "qty_text"), arena, "qty", NULL) != ZV_OK)
		return ZV_STR("");
	return zv_out_qty(more->i, qty.dim, qty.dim == ZV_DIM_OTHER ? qty.unit : NULL, arena);
}

ZV_UNMAP(zv_kind_needs_unmap)
{
	const struct zv_register *reg = zv_register_find("need");
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
	cells[ITEM] = zv_out_text_of(reg, record, "title");
	cells[CAS] = item.cas;
	cells[ITEM_KEY] = item.key;
	cells[OKPD2] = zv_out_text_of(reg, record, "okpd2");
	cells[QTY] = zv_out_text_of(reg, record, "qty_text");
	cells[TOLERANCE] = tolerance_text(reg, record, arena);
	cells[REQUIREMENTS] = zv_out_text_of(reg, record, "requirements");
	cells[REGION] = zv_out_text_of(reg, record, "region");
	cells[EARLIEST] = zv_out_date_of(reg, record, "earliest", arena);
	cells[DUE] = zv_out_date_of(reg, record, "due", arena);
	cells[PRICE] = ceiling_text(reg, record, arena);
	cells[STATE] = zv_out_word_of(reg, record, "state", ZV_LIST_STATES);
	cells[BASIS] = zv_out_text_of(reg, record, "basis").n > 0 ? zv_word_text(ZV_LIST_YES_NO, "1") : ZV_STR("");
	cells[PARTIAL] = zv_out_word_of(reg, record, "partial", ZV_LIST_YES_NO);
	cells[URGENCY] = zv_out_int_of(reg, record, "urgency", arena);
	cells[COUNTRY] = zv_out_text_of(reg, record, "import_country");
	cells[STOCK_DAYS] = zv_out_int_of(reg, record, "stock_days", arena);
	cells[STOP_LOSS] = zv_out_money_of(reg, record, "stop_kop_day", arena);
	cells[VISIBILITY] = zv_out_word_of(reg, record, "visibility", ZV_LIST_VISIBILITY);
	cells[NOTE] = zv_out_text_of(reg, record, "note");
	return ZV_OK;
}
