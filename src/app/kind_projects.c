/* Projects, who takes part in them, and what they cost. */
#include "app/import_run.h"
#include "app/kind_cells.h"
#include "app/kind_rows.h"
#include "app/kinds.h"
#include "model/money.h"
#include "model/price.h"
#include "model/quantity.h"

#define PROJECTS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), "P1", NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("name", "Name", "Название", NULL, NONE, \
	  N_("Name of the project."), "Стартовая партия ацетилацетона", "Start batch of acetylacetone", ZV_CELL_TEXT, "name", ZV_MUST, 0, 500, NULL) \
	X("name_en", "English name", "Английское название", NULL, NONE, \
	  N_("Name in English."), NULL, NULL, ZV_CELL_TEXT, "name_en", ZV_MAY, 0, 500, NULL) \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "5599000011", NULL, ZV_CELL_INN, "org_id", ZV_OWN_MAY, 0, 0, NULL) \
	X("org", "Initiator", "Инициатор", NULL, NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("cluster", "Cluster", "Кластер", NULL, NONE, \
	  N_("Name, key or public id of the cluster."), "МХК", "MHK", ZV_CELL_ROW, "cluster_id", ZV_MAY, 0, 0, "cluster") \
	X("kind", "Kind", "Вид", NULL, PROJECT_KINDS, \
	  N_("Kind of the project."), "совместный", "joint", ZV_CELL_WORD, "kind", ZV_MUST, ZV_LIST_PROJECT_KINDS, 0, NULL) \
	X("state", "State", "Состояние", NULL, PROJECT_STATES, \
	  N_("Empty: an idea."), "идёт", "active", ZV_CELL_WORD, "state", ZV_MAY, ZV_LIST_PROJECT_STATES, 0, NULL) \
	X("item", "Item", "Наименование продукции", NULL, NONE, \
	  N_("Name, synonym or CAS number of an item of the catalogue."), "ацетилацетон", "acetylacetone", ZV_CELL_ITEM, "item_id", ZV_MAY, 0, 0, NULL) \
	X("cas", "CAS number", "CAS", NULL, NONE, \
	  N_("CAS registry number; it beats the name."), "123-54-6", NULL, ZV_CELL_CAS, NULL, ZV_MAY, 0, 0, NULL) \
	X("okpd2", "OKPD2", "ОКПД2", NULL, NONE, \
	  N_("Code of OKPD2."), "20.14.62", NULL, ZV_CELL_CLASS, "okpd2", ZV_MAY, ZV_CLASS_OKPD2, 0, NULL) \
	X("region", "Region", "Регион", NULL, REGIONS, \
	  N_("Where it is: name or code of the region."), NULL, NULL, ZV_CELL_REGION, "region", ZV_MAY, 0, 0, NULL) \
	X("import_substitution", "Import substitution", "Импортозамещение", NULL, YES_NO, \
	  N_("Does the product take the place of an imported one?"), "да", "yes", ZV_CELL_WORD, "import_substitution", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("passport", "Has a passport", "Есть паспорт", NULL, YES_NO, \
	  N_("Is there a passport of the project?"), NULL, NULL, ZV_CELL_WORD, "passport", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("starts_on", "Starts on", "Начало", NULL, NONE, \
	  N_("First day."), "2026-04-01", NULL, ZV_CELL_DATE, "starts_on", ZV_MAY, 0, 0, NULL) \
	X("ends_on", "Ends on", "Окончание", NULL, NONE, \
	  N_("Last day."), "2027-03-31", NULL, ZV_CELL_DATE, "ends_on", ZV_MAY, 0, 0, NULL) \
	X("budget", "Budget, ₽", "Бюджет, ₽", NULL, NONE, \
	  N_("All costs of the project."), "120 млн руб.", "120 mln rub", ZV_CELL_MONEY, "budget_kop", ZV_MAY, 0, 0, NULL) \
	X("capex", "Capital costs, ₽", "Капитальные затраты, ₽", NULL, NONE, \
	  N_("Buildings and equipment among them."), NULL, NULL, ZV_CELL_MONEY, "capex_kop", ZV_MAY, 0, 0, NULL) \
	X("loan", "Loan, ₽", "Заём, ₽", NULL, NONE, \
	  N_("The loan that is asked for."), NULL, NULL, ZV_CELL_MONEY, "loan_kop", ZV_MAY, 0, 0, NULL) \
	X("loan_months", "Term of the loan, months", "Срок займа, месяцев", NULL, NONE, \
	  N_("How long."), NULL, NULL, ZV_CELL_INT, "loan_months", ZV_MAY, 0, 1200, NULL) \
	X("own_percent", "Own money, %", "Собственные средства, %", NULL, NONE, \
	  N_("Share of the budget that is own money."), "20", NULL, ZV_CELL_INT, "own_percent", ZV_MAY, 0, 100, NULL) \
	X("land_m2", "Land, m²", "Участок, м²", NULL, NONE, \
	  N_("Area of land."), NULL, NULL, ZV_CELL_INT, "land_m2", ZV_MAY, 0, 1000000000000, NULL) \
	X("floor_m2", "Floor, m²", "Площадь помещений, м²", NULL, NONE, \
	  N_("Area of rooms."), NULL, NULL, ZV_CELL_INT, "floor_m2", ZV_MAY, 0, 1000000000000, NULL) \
	X("power_kw", "Power, kW", "Мощность, кВт", NULL, NONE, \
	  N_("Electric power."), NULL, NULL, ZV_CELL_INT, "power_kw", ZV_MAY, 0, 1000000000, NULL) \
	X("gas_m3h", "Gas, m³/h", "Газ, м³/ч", NULL, NONE, \
	  N_("Natural gas."), NULL, NULL, ZV_CELL_INT, "gas_m3h", ZV_MAY, 0, 1000000000, NULL) \
	X("water_m3d", "Water, m³/day", "Вода, м³/сут", NULL, NONE, \
	  N_("Water."), NULL, NULL, ZV_CELL_INT, "water_m3d", ZV_MAY, 0, 1000000000, NULL) \
	X("rail", "Railway", "Железная дорога", NULL, YES_NO, \
	  N_("Is there, or must there be, a siding?"), "да", "yes", ZV_CELL_WORD, "rail", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("hazard_class", "Sanitary class", "Класс опасности", "класс санитарной опасности", NONE, \
	  N_("Sanitary class of the production, 1 (the most dangerous) to 5."), NULL, NULL, ZV_CELL_INT, "hazard_class", ZV_MAY, 1, 5, NULL) \
	X("services", "Services", "Услуги", NULL, NONE, \
	  N_("Parted by semicolons: analyses; storage of hazardous goods."), NULL, NULL, ZV_CELL_TEXT, "services", ZV_MAY, 0, 2000, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column projects_columns[] = {PROJECTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell projects_cells[] = {PROJECTS(ZV_KIND_CELL)};

static enum zv_code more_project(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	(void)cells;
	(void)err;
	zv_kind_check_days(im, record, "starts_on", "ends_on", "ends_on");
	return ZV_OK;
}

static const struct zv_kind_rows projects = {
	.reg = "project",
	.columns = projects_columns,
	.cells = projects_cells,
	.n = ZV_LEN(projects_cells),
	.identity = {"name", "org_inn"},
	.defaults = {{"state", 1}},
	.more = more_project,
};

ZV_KIND_ROWS(projects, projects)

#define PROJECT_MEMBERS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("project", "Project", "Проект", NULL, NONE, \
	  N_("Name, key or public id of the project."), "P1", NULL, ZV_CELL_ROW, "project_id", ZV_MUST, 0, 0, "project") \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "5599000011", NULL, ZV_CELL_INN, "org_id", ZV_MUST, 0, 0, NULL) \
	X("org", "Organisation", "Организация", "участник|предприятие", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("role", "Role", "Роль", NULL, PROJECT_ROLES, \
	  N_("What it does in the project."), "покупатель", "buyer", ZV_CELL_WORD, "role", ZV_MAY, ZV_LIST_PROJECT_ROLES, 0, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column project_members_columns[] = {PROJECT_MEMBERS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell project_members_cells[] = {PROJECT_MEMBERS(ZV_KIND_CELL)};

static const struct zv_kind_rows project_members = {
	.reg = "project_member",
	.columns = project_members_columns,
	.cells = project_members_cells,
	.n = ZV_LEN(project_members_cells),
	.identity = {"project", "org_inn"},
};

ZV_KIND_ROWS(project_members, project_members)

#define PROJECT_COSTS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), "C1|C2", NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("project", "Project", "Проект", NULL, NONE, \
	  N_("Name, key or public id of the project."), "P1|P1", NULL, ZV_CELL_ROW, "project_id", ZV_MUST, 0, 0, "project") \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "5599000011|5599000011", NULL, ZV_CELL_INN, "org_id", ZV_OWN, 0, 0, NULL) \
	X("org", "Borne by", "Кто платит", NULL, NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»|ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez|LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("supplier_inn", "Supplier: INN", "Поставщик: ИНН", NULL, NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "3899000019|", NULL, ZV_CELL_INN, "supplier_id", ZV_MAY, 0, 0, NULL) \
	X("supplier", "Supplier", "Поставщик", NULL, NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Байкал-Реактив»|", "LLC Baikal-Reaktiv|", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("supplier_key", "Supplier: key", "Поставщик: ключ", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("category", "Category", "Вид затрат", "категория", NONE, \
	  N_("Short name of the kind of cost, as packs of rules name it: start_batch, equipment, wages."), "start_batch|equipment", NULL, ZV_CELL_TEXT, "category", ZV_MUST, 0, 100, NULL) \
	X("title", "What it is for", "На что", NULL, NONE, \
	  N_("In a few words."), "стартовая партия|реактор", "start batch|reactor", ZV_CELL_TEXT, "title", ZV_MAY, 0, 500, NULL) \
	X("qty", "Quantity", "Количество", "объём", NONE, \
	  N_("With a price it gives the sum."), "30 кг|", "30 kg|", ZV_CELL_OTHER, "qty_base", ZV_MAY, 0, 0, NULL) \
	X("unit", "Unit", "Единица", "ед. изм.|единица измерения", UNITS, \
	  N_("Unit of the quantity and the price that come without one."), NULL, NULL, ZV_CELL_OTHER, NULL, ZV_MAY, 0, 0, NULL) \
	X("price", "Price", "Цена", NULL, NONE, \
	  N_("Price of a unit: 5000 ₽/kg."), "5000 ₽/кг|", "5000 ₽/kg|", ZV_CELL_OTHER, "price_kop", ZV_MAY, 0, 0, NULL) \
	X("sum", "Sum, ₽", "Сумма, ₽", NULL, NONE, \
	  N_("Sum of the line, or its least where it is a range. Empty where quantity and price give it."), "|2 400 000", NULL, ZV_CELL_OTHER, "sum_kop", ZV_MAY, 0, 0, NULL) \
	X("sum_max", "Sum at most, ₽", "Сумма не более, ₽", NULL, NONE, \
	  N_("The largest, where the sum is a range."), "|3 000 000", NULL, ZV_CELL_OTHER, "sum_max_kop", ZV_MAY, 0, 0, NULL) \
	X("paid_on", "Paid on", "Дата оплаты", NULL, NONE, \
	  N_("The day of the payment, done or planned."), "2026-10-01|2026-11-15", NULL, ZV_CELL_DATE, "paid_on", ZV_MAY, 0, 0, NULL) \
	X("document", "Document", "Документ", NULL, NONE, \
	  N_("What proves it: number and date of the act."), NULL, NULL, ZV_CELL_TEXT, "document", ZV_MAY, 0, 1000, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column project_costs_columns[] = {PROJECT_COSTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell project_costs_cells[] = {PROJECT_COSTS(ZV_KIND_CELL)};

static const struct zv_kind_rows project_costs;

/* "150 000 – 200 000 ₽" in one cell is the least and the most. */
static bool split_range(struct zv_str *low, struct zv_str *high, struct zv_str cell)
{
	static const char *const dashes[] = {"–", "—", "-"};

	for (size_t d = 0; d < ZV_LEN(dashes); d++) {
		struct zv_str dash = zv_str_c(dashes[d]);

		for (size_t i = 1; i + dash.n < cell.n; i++) {
			if (!zv_str_starts(zv_str_from(cell, i), dash))
				continue;
			*low = zv_str_trim(zv_str_first(cell, i));
			*high = zv_str_trim(zv_str_from(cell, i + dash.n));
			return true;
		}
	}
	return false;
}

static void set_sums(struct zv_import *im, struct zv_record *record, struct zv_str sum, struct zv_str most)
{
	struct zv_str low, high;
	int64_t least = 0, top = 0;
	struct zv_err fault;
	enum zv_code code = ZV_OK;

	if (most.n == 0 && split_range(&low, &high, sum)) {
		sum = low;
		most = high;
	}
	if (sum.n == 0 && most.n > 0)
		code = zv_fail(&fault, ZV_E_INVALID, "sum", N_("The largest sum is said and the least is not. Give both, or the sum alone."));
	if (code == ZV_OK && sum.n > 0)
		code = zv_money_parse(&least, sum, "sum", &fault);
	if (code == ZV_OK && most.n > 0)
		code = zv_money_parse(&top, most, "sum_max", &fault);
	if (code == ZV_OK && most.n > 0 && top < least)
		code = zv_fail(&fault, ZV_E_INVALID, "sum_max", N_("The largest sum “%.*s” is below the least. Put them the other way round."), ZV_STR_FMT(most));
	if (zv_cell_failed(im, code, &fault))
		return;
	if (sum.n > 0)
		zv_import_set_int(im, record, "sum_kop", least);
	if (most.n > 0)
		zv_import_set_int(im, record, "sum_max_kop", top);
}

/* A sum beside quantity and price must be their product. */
static enum zv_code check_sum(const struct zv_str *cells, int64_t sum, struct zv_err *err)
{
	struct zv_str said = zv_kind_cell_of(&project_costs, cells, "sum");
	char text[ZV_MONEY_TEXT];
	int64_t kop = sum;
	enum zv_code code = ZV_OK;

	if (said.n > 0)
		code = zv_money_parse(&kop, said, "sum", err);
	if (code != ZV_OK || (kop == sum && zv_kind_cell_of(&project_costs, cells, "sum_max").n == 0))
		return code;
	zv_money_format(text, sum);
	return zv_fail(err, ZV_E_INVALID, "sum", N_("Quantity and price give %s. Leave the cells of the sum empty, or put them right."), text);
}

static enum zv_code read_qty(struct zv_quantity *qty, struct zv_import *im, const struct zv_str *cells, struct zv_err *err)
{
	struct zv_str text = zv_kind_cell_of(&project_costs, cells, "qty"), unit = zv_kind_cell_of(&project_costs, cells, "unit");
	enum zv_code code = unit.n > 0 && zv_cell_bare(text) ? zv_quantity_parse_parts(qty, text, unit, &im->row_arena, "qty", "unit", err)
							     : zv_quantity_parse(qty, text, &im->row_arena, "qty", err);

	if (code == ZV_OK && qty->base == 0)
		return zv_fail(err, ZV_E_INVALID, "qty", N_("The quantity “%.*s” is zero. Say how much it is, or leave the cell empty."), ZV_STR_FMT(text));
	return code;
}

/* A bare price is for the unit that the row names, or for that of the quantity where people price in it. */
static enum zv_code read_price(struct zv_price *price, const struct zv_quantity *qty, const struct zv_str *cells, struct zv_err *err)
{
	struct zv_str text = zv_kind_cell_of(&project_costs, cells, "price"), named = zv_kind_cell_of(&project_costs, cells, "unit");
	const struct zv_unit *unit = qty->unit == zv_dim_price_unit(qty->dim) ? qty->unit : NULL;
	enum zv_dim dim;
	enum zv_code code = named.n > 0 ? zv_unit_find(&unit, named, "unit", err) : ZV_OK;

	if (code == ZV_OK)
		code = zv_price_parse(price, &dim, text, unit, "price", err);
	if (code == ZV_OK && dim != qty->dim)
		return zv_fail(err, ZV_E_INVALID, "price", N_("The price “%.*s” is for a unit of another kind than the quantity."), ZV_STR_FMT(text));
	return code;
}

/* Quantity, price, and the sum that they give. */
static void set_product(struct zv_import *im, struct zv_record *record, const struct zv_str *cells)
{
	struct zv_quantity qty;
	struct zv_price price;
	struct zv_err fault;
	int64_t sum;
	enum zv_code code = read_qty(&qty, im, cells, &fault);

	if (zv_cell_failed(im, code, &fault))
		return;
	zv_import_set_text(im, record, "qty_text", qty.entered);
	zv_import_set_int(im, record, "qty_base", qty.base);
	zv_import_set_int(im, record, "dim", qty.dim);
	if (zv_kind_cell_of(&project_costs, cells, "price").n == 0) {
		set_sums(im, record, zv_kind_cell_of(&project_costs, cells, "sum"), zv_kind_cell_of(&project_costs, cells, "sum_max"));
		return;
	}
	code = read_price(&price, &qty, cells, &fault);
	if (code == ZV_OK && !zv_price_total(&sum, price, qty.base))
		code = zv_fail(&fault, ZV_E_LIMIT, "price", N_("Quantity and price give more roubles than can be counted."));
	if (code == ZV_OK)
		code = check_sum(cells, sum, &fault);
	if (zv_cell_failed(im, code, &fault))
		return;
	zv_import_set_int(im, record, "price_kop", price.kop);
	zv_import_set_int(im, record, "price_per", price.per);
	zv_import_set_int(im, record, "sum_kop", sum);
}

/* A file that gives a sum alone for a line that has a quantity and a price: one of the two would no longer be true. */
static enum zv_code check_stored(struct zv_import *im, const struct zv_record *record, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project_cost");
	struct zv_record *old = zv_arena_alloc(&im->row_arena, sizeof(*old));

	if (im->options->old != NULL) /* by hand the row says all of its cells */
		return ZV_OK;
	if (zv_record_by_key(old, im->db, reg, record->centre_id, record->source_key, &im->row_arena, NULL) != ZV_OK ||
	    old->values[zv_import_column_at(im, reg, "price_kop")].null)
		return ZV_OK;
	return zv_fail(err, ZV_E_INVALID, "sum", N_("This line has a quantity and a price, which give its sum. Change those, or take them away first."));
}

static enum zv_code more_cost(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (zv_kind_cell_of(&project_costs, cells, "qty").n > 0) {
		set_product(im, record, cells);
		return ZV_OK;
	}
	if (zv_kind_cell_of(&project_costs, cells, "price").n > 0)
		return zv_fail(err, ZV_E_INVALID, "qty", N_("There is a price and no quantity. Say how much it is, or give the sum alone."));
	if (zv_kind_cell_of(&project_costs, cells, "sum").n > 0)
		code = check_stored(im, record, err);
	if (code == ZV_OK)
		set_sums(im, record, zv_kind_cell_of(&project_costs, cells, "sum"), zv_kind_cell_of(&project_costs, cells, "sum_max"));
	return code;
}

/* The sum is left out where quantity and price give it: who changes one of them changes the sum. */
static void cost_out(struct zv_str *cells, const struct zv_record *record, struct zv_arena *arena)
{
	const struct zv_register *reg = zv_register_find("project_cost");
	const struct zv_value *kop = &record->values[zv_register_column(reg, "price_kop")];
	const struct zv_value *per = &record->values[zv_register_column(reg, "price_per")];
	const struct zv_value *dim = &record->values[zv_register_column(reg, "dim")];
	char text[ZV_PRICE_TEXT];

	zv_kind_cell_put(&project_costs, cells, "qty", zv_out_text_of(reg, record, "qty_text"));
	if (!kop->null && !per->null && !dim->null) {
		zv_price_format_exact(text, (struct zv_price){kop->i, per->i}, (enum zv_dim)dim->i);
		zv_kind_cell_put(&project_costs, cells, "price", zv_str_dup(arena, zv_str_c(text)));
		return;
	}
	zv_kind_cell_put(&project_costs, cells, "sum", zv_out_money_of(reg, record, "sum_kop", arena));
	zv_kind_cell_put(&project_costs, cells, "sum_max", zv_out_money_of(reg, record, "sum_max_kop", arena));
}

static const struct zv_kind_rows project_costs = {
	.reg = "project_cost",
	.columns = project_costs_columns,
	.cells = project_costs_cells,
	.n = ZV_LEN(project_costs_cells),
	.identity = {"project", "org_inn", "supplier_inn", "category", "title"},
	.more = more_cost,
	.more_out = cost_out,
};

ZV_KIND_ROWS(project_costs, project_costs)
