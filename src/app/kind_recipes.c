/* Production chains: what processes make, what they take, and where that comes from. */
#include <string.h>

#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kind_rows.h"
#include "app/kinds.h"

enum { USED = 3, ESSENTIAL = 1 };

#define WHOSE(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_inn", "INN", "ИНН", "инн организации|инн предприятия", NONE, \
	  N_("Whose process it is: INN, or key, or exact name. Nobody: as books have it."), "6299000012|6299000012", NULL, ZV_CELL_INN, "org_id", ZV_OWN_MAY, 0, 0, NULL) \
	X("org", "Organisation", "Организация", "предприятие", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "АО «Ока-Полимер»|АО «Ока-Полимер»", "JSC Oka-Polymer|JSC Oka-Polymer", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL)

#define NOTE(X) X("note", "Note", "Примечание", "комментарий", NONE, N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

#define PRODUCTS(X) \
	WHOSE(X) \
	X("item", "Item", "Наименование", "товар|продукция|название", NONE, \
	  N_("Name, synonym or CAS number of what is made. A name that is not in the register yet adds the item."), "герметик|прокладка", "sealant|gasket", ZV_CELL_ITEM, "item_id", ZV_MUST, 0, 0, NULL) \
	X("cas", "CAS number", "CAS", NULL, NONE, \
	  N_("CAS registry number; it beats the name."), NULL, NULL, ZV_CELL_CAS, NULL, ZV_MAY, 0, 0, NULL) \
	X("process", "Process", "Процесс", "передел|цех", NONE, \
	  N_("Name of the process that makes it; empty: the name of the item."), NULL, NULL, ZV_CELL_TEXT, "process", ZV_MAY, 0, 200, NULL) \
	X("out", "A run gives", "Выход на операцию", NULL, NONE, \
	  N_("How much of it comes out of one run, to which the amounts of the recipe belong."), "1 кг|1 шт", "1 kg|1 pcs", ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("day_out", "Output of a day", "Выпуск в день", NULL, NONE, \
	  N_("How much is usually made in a day."), "200|4000", NULL, ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("unit", "Unit", "Единица", "ед. изм.", UNITS, \
	  N_("Unit of the amounts that come without one."), "кг|шт", "kg|pcs", ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("day_value", "A day is worth, ₽", "День стоит, ₽", "потери в день, ₽", NONE, \
	  N_("What a day without this product costs."), "400 000|1 100 000", "400 000|1 100 000", ZV_CELL_MONEY, "day_kop", ZV_MAY, 0, 0, NULL) \
	NOTE(X)

#define RECIPES(X) \
	WHOSE(X) \
	X("process", "Process", "Процесс", "передел|цех|продукция", NONE, \
	  N_("Name of the process, or of its product where the process has no other name."), "герметик|герметик", "sealant|sealant", ZV_CELL_TEXT, "process", ZV_MUST, 0, 200, NULL) \
	X("item", "Input", "Сырьё", "компонент|что нужно", NONE, \
	  N_("Name, synonym or CAS number of what it takes. A name that is not in the register yet adds the item."), "ацетилацетон|мел", "acetylacetone|chalk", ZV_CELL_ITEM, "item_id", ZV_MUST, 0, 0, NULL) \
	X("cas", "CAS number", "CAS", NULL, NONE, \
	  N_("CAS registry number; it beats the name."), "123-54-6|", NULL, ZV_CELL_CAS, NULL, ZV_MAY, 0, 0, NULL) \
	X("qty", "For a run", "Норма", "количество|расход", NONE, \
	  N_("How much one run takes, with its unit."), "0,02|0,3", "0.02|0.3", ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("unit", "Unit", "Единица", "ед. изм.", UNITS, \
	  N_("Unit of the amounts that come without one."), "кг|кг", "kg|kg", ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("kind", "How needed", "Необходимость", "класс", INPUT_KINDS, \
	  N_("Without what is essential the process stops, without what is important it runs at half, without the rest it runs on. Empty: essential."), "обязательное|необязательное", "essential|non-essential", ZV_CELL_WORD, "kind", ZV_MAY, ZV_LIST_INPUT_KINDS, 0, NULL) \
	X("stock_days", "Days of stock", "Запас, дней", "запас", NONE, \
	  N_("For how many days of usual work the stock lasts."), "20|5", NULL, ZV_CELL_INT, "stock_days", ZV_MAY, 0, 36500, NULL) \
	NOTE(X)

#define SOURCES(X) \
	WHOSE(X) \
	X("process", "Process", "Процесс", "передел|цех|продукция", NONE, \
	  N_("Name of the process, or of its product where the process has no other name."), "герметик|герметик", "sealant|sealant", ZV_CELL_TEXT, "process", ZV_MUST, 0, 200, NULL) \
	X("item", "Input", "Сырьё", "компонент|что нужно", NONE, \
	  N_("Name, synonym or CAS number of what it takes. A name that is not in the register yet adds the item."), "ацетилацетон|ацетилацетон", "acetylacetone|acetylacetone", ZV_CELL_ITEM, "item_id", ZV_MUST, 0, 0, NULL) \
	X("cas", "CAS number", "CAS", NULL, NONE, \
	  N_("CAS registry number; it beats the name."), "123-54-6|123-54-6", NULL, ZV_CELL_CAS, NULL, ZV_MAY, 0, 0, NULL) \
	X("state", "State", "Состояние", "статус", SOURCE_STATES, \
	  N_("Used today; qualified: may step in; proposed: counts in what-if questions only. Empty: used."), "используется|предложен", "used|proposed", ZV_CELL_WORD, "state", ZV_MAY, ZV_LIST_SOURCE_STATES, 0, NULL) \
	X("maker_inn", "Maker or importer: INN", "Изготовитель или импортёр: ИНН", "инн поставщика", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "|3899000019", NULL, ZV_CELL_INN, "maker_id", ZV_MAY, 0, 0, NULL) \
	X("maker", "Maker or importer", "Изготовитель или импортёр", "поставщик", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "|ООО «Байкал-Реактив»", "|LLC Baikal-Reaktiv", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("maker_key", "Maker or importer: key", "Изготовитель или импортёр: ключ", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("country", "Country", "Страна", "страна ввоза", NONE, \
	  N_("From where it is imported; empty: it is made here."), "Китай|", "China|", ZV_CELL_TEXT, "country", ZV_MAY, 0, 100, NULL) \
	X("with_item", "Substitute", "Замена", "заменитель|аналог", NONE, \
	  N_("The item that stands in for the input; empty: the input itself."), NULL, NULL, ZV_CELL_ITEM, "with_item_id", ZV_MAY, 0, 0, NULL) \
	X("with_cas", "CAS number of the substitute", "CAS замены", NULL, NONE, \
	  N_("CAS registry number; it beats the name."), NULL, NULL, ZV_CELL_CAS, NULL, ZV_MAY, 0, 0, NULL) \
	X("share", "Share, %", "Доля, %", NULL, NONE, \
	  N_("How much of the input comes from it today, in percent; empty: what is left, in equal parts."), "100|", NULL, ZV_CELL_INT, "share", ZV_MAY, 0, 100, NULL) \
	X("day_max", "At most a day", "Не больше в день", "мощность", NONE, \
	  N_("The most that it can give a day, with its unit; empty: enough."), "|4 кг", "|4 kg", ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("unit", "Unit", "Единица", "ед. изм.", UNITS, \
	  N_("Unit of the amounts that come without one."), NULL, NULL, ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("days", "Days to qualify", "Дней до допуска", NULL, NONE, \
	  N_("Days from the decision until it may be used."), "|45", NULL, ZV_CELL_INT, "days", ZV_MAY, 0, 36500, NULL) \
	X("transit_days", "Days on the way", "Дней в пути", NULL, NONE, \
	  N_("From the source to the process."), "30|12", NULL, ZV_CELL_INT, "transit_days", ZV_MAY, 0, 3650, NULL) \
	X("via", "By way of", "Через", "узел|порт|станция", NONE, \
	  N_("Ports, stations, crossings on the way, parted by semicolons."), "ст. Забайкальск|", "Zabaikalsk station|", ZV_CELL_TEXT, "via", ZV_MAY, 0, 1000, NULL) \
	NOTE(X)

static const struct zv_import_column products_columns[] = {PRODUCTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell products_cells[] = {PRODUCTS(ZV_KIND_CELL)};
static const struct zv_import_column recipes_columns[] = {RECIPES(ZV_KIND_COLUMN)};
static const struct zv_kind_cell recipes_cells[] = {RECIPES(ZV_KIND_CELL)};
static const struct zv_import_column recipe_sources_columns[] = {SOURCES(ZV_KIND_COLUMN)};
static const struct zv_kind_cell recipe_sources_cells[] = {SOURCES(ZV_KIND_CELL)};

static const struct zv_kind_rows products, recipes, sources;

/* An amount of the row; zero says nothing useful, unless `zero`. */
static void set_amount(struct zv_import *im, struct zv_record *record, const struct zv_kind_rows *kind, const struct zv_str *cells, const char *column,
		       const char *field, enum zv_dim *dim, bool zero)
{
	struct zv_str cell = zv_kind_cell_of(kind, cells, field);
	struct zv_err fault;
	int64_t base;

	if (!zv_cell_amount(&base, im, cell, zv_kind_cell_of(kind, cells, "unit"), dim, field))
		return;
	if (base == 0 && !zero) {
		(void)zv_fail(&fault, ZV_E_INVALID, field, N_("The amount “%.*s” is zero (column %s). Say how much it is, or leave the cell empty."),
			      ZV_STR_FMT(cell), field);
		zv_import_fault(im, &fault);
		return;
	}
	zv_import_set_int(im, record, column, base);
	zv_import_set_int(im, record, "dim", *dim);
}

static enum zv_code more_product(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	enum zv_dim dim = ZV_DIM_NONE;

	(void)err;
	if (zv_kind_cell_of(&products, cells, "process").n == 0)
		zv_cell_text(im, record, "process", zv_kind_cell_of(&products, cells, "item"), 200, "item");
	set_amount(im, record, &products, cells, "out_base", "out", &dim, false);
	set_amount(im, record, &products, cells, "day_base", "day_out", &dim, false);
	return ZV_OK;
}

static void product_out(struct zv_str *cells, const struct zv_record *record, struct zv_arena *arena)
{
	const struct zv_register *reg = zv_register_find("product");

	zv_kind_cell_put(&products, cells, "out", zv_out_qty_of(reg, record, "out_base", arena));
	zv_kind_cell_put(&products, cells, "day_out", zv_out_qty_of(reg, record, "day_base", arena));
}

static enum zv_code more_recipe(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	enum zv_dim dim = ZV_DIM_NONE;

	(void)err;
	set_amount(im, record, &recipes, cells, "qty_base", "qty", &dim, true);
	return ZV_OK;
}

static void recipe_out(struct zv_str *cells, const struct zv_record *record, struct zv_arena *arena)
{
	zv_kind_cell_put(&recipes, cells, "qty", zv_out_qty_of(zv_register_find("recipe_line"), record, "qty_base", arena));
}

static enum zv_code more_source(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	static const char *const who[] = {"maker_inn", "maker", "maker_key", "country", "with_item", "with_cas"};
	const struct zv_register *reg = zv_register_find("line_source");
	const struct zv_value *item = &record->values[zv_import_column_at(im, reg, "item_id")];
	const struct zv_value *with = &record->values[zv_import_column_at(im, reg, "with_item_id")];
	enum zv_dim dim = ZV_DIM_NONE;
	size_t said = 0;

	for (size_t i = 0; i < ZV_LEN(who); i++)
		said += zv_kind_cell_of(&sources, cells, who[i]).n;
	if (said == 0)
		return zv_fail(err, ZV_E_INVALID, "maker", N_("The row does not say where the input comes from. Name its maker, the country, or a substitute."));
	if ((!item->null && !with->null && item->i == with->i) || zv_str_eq_nocase(zv_kind_cell_of(&sources, cells, "item"), zv_kind_cell_of(&sources, cells, "with_item")))
		return zv_fail(err, ZV_E_INVALID, "with_item", N_("An item cannot be its own substitute."));
	set_amount(im, record, &sources, cells, "day_base", "day_max", &dim, false);
	return ZV_OK;
}

static void source_out(struct zv_str *cells, const struct zv_record *record, struct zv_arena *arena)
{
	zv_kind_cell_put(&sources, cells, "day_max", zv_out_qty_of(zv_register_find("line_source"), record, "day_base", arena));
}

static const struct zv_kind_rows products = {
	.reg = "product",
	.columns = products_columns,
	.cells = products_cells,
	.n = ZV_LEN(products_cells),
	.identity = {"org_inn", "process", "item"},
	.adds_items = true,
	.more = more_product,
	.more_out = product_out,
};

static const struct zv_kind_rows recipes = {
	.reg = "recipe_line",
	.columns = recipes_columns,
	.cells = recipes_cells,
	.n = ZV_LEN(recipes_cells),
	.identity = {"org_inn", "process", "item"},
	.adds_items = true,
	.defaults = {{"kind", ESSENTIAL}},
	.more = more_recipe,
	.more_out = recipe_out,
};

static const struct zv_kind_rows sources = {
	.reg = "line_source",
	.columns = recipe_sources_columns,
	.cells = recipe_sources_cells,
	.n = ZV_LEN(recipe_sources_cells),
	.identity = {"org_inn", "process", "item", "maker_inn", "country", "with_item"},
	.adds_items = true,
	.defaults = {{"state", USED}},
	.more = more_source,
	.more_out = source_out,
};

ZV_KIND_ROWS(products, products)
ZV_KIND_ROWS(recipes, recipes)
ZV_KIND_ROWS(recipe_sources, sources)
