/* Contracts, what was delivered under them, and yearly figures of organisations. */
#include "app/import_run.h"
#include "app/kind_rows.h"
#include "app/kinds.h"

#define CONTRACTS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), "D1", NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("seller_inn", "Seller: INN", "Поставщик: ИНН", NULL, NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "3899000019", NULL, ZV_CELL_INN, "seller_id", ZV_OWN, 0, 0, NULL) \
	X("seller", "Seller", "Поставщик", NULL, NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Байкал-Реактив»", "LLC Baikal-Reaktiv", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("seller_key", "Seller: key", "Поставщик: ключ", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("buyer_inn", "Buyer: INN", "Покупатель: ИНН", NULL, NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "5599000011", NULL, ZV_CELL_INN, "buyer_id", ZV_OWN, 0, 0, NULL) \
	X("buyer", "Buyer", "Покупатель", NULL, NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("buyer_key", "Buyer: key", "Покупатель: ключ", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("cluster", "Cluster", "Кластер", NULL, NONE, \
	  N_("Name, key or public id of the cluster."), NULL, NULL, ZV_CELL_ROW, "cluster_id", ZV_MAY, 0, 0, "cluster") \
	X("kind", "Kind", "Вид", NULL, CONTRACT_KINDS, \
	  N_("Kind of the contract."), "поставка", "supply", ZV_CELL_WORD, "kind", ZV_MAY, ZV_LIST_CONTRACT_KINDS, 0, NULL) \
	X("number", "Number", "Номер", "номер договора", NONE, \
	  N_("Number of the contract."), "17/25", NULL, ZV_CELL_TEXT, "number", ZV_MAY, 0, 200, NULL) \
	X("title", "Subject", "Предмет", "предмет договора", NONE, \
	  N_("What it is about."), "поставка ацетилацетона", "supply of acetylacetone", ZV_CELL_TEXT, "title", ZV_MAY, 0, 500, NULL) \
	X("item", "Item", "Наименование продукции", NULL, NONE, \
	  N_("Name, synonym or CAS number of an item of the catalogue."), "ацетилацетон", "acetylacetone", ZV_CELL_ITEM, "item_id", ZV_MAY, 0, 0, NULL) \
	X("cas", "CAS number", "CAS", NULL, NONE, \
	  N_("CAS registry number; it beats the name."), "123-54-6", NULL, ZV_CELL_CAS, NULL, ZV_MAY, 0, 0, NULL) \
	X("signed_on", "Signed on", "Подписан", "дата договора", NONE, \
	  N_("Date of the contract."), "2025-02-10", NULL, ZV_CELL_DATE, "signed_on", ZV_MAY, 0, 0, NULL) \
	X("valid_until", "Valid until", "Действует до", NULL, NONE, \
	  N_("Last day; empty: without an end."), "2026-12-31", NULL, ZV_CELL_DATE, "valid_until", ZV_MAY, 0, 0, NULL) \
	X("sum", "Sum, ₽", "Сумма, ₽", "цена договора", NONE, \
	  N_("Sum of the whole contract."), "12 500 000", NULL, ZV_CELL_MONEY, "sum_kop", ZV_MAY, 0, 0, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column contracts_columns[] = {CONTRACTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell contracts_cells[] = {CONTRACTS(ZV_KIND_CELL)};

static enum zv_code more_contract(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("contract");
	const struct zv_value *seller = &record->values[zv_import_column_at(im, reg, "seller_id")];
	const struct zv_value *buyer = &record->values[zv_import_column_at(im, reg, "buyer_id")];

	(void)cells;
	if (!seller->null && !buyer->null && seller->i == buyer->i)
		return zv_fail(err, ZV_E_INVALID, "buyer_inn", N_("Seller and buyer are one organisation. A contract has two sides: name the other one."));
	zv_kind_check_days(im, record, "signed_on", "valid_until", "valid_until");
	return ZV_OK;
}

static const struct zv_kind_rows contracts = {
	.reg = "contract",
	.columns = contracts_columns,
	.cells = contracts_cells,
	.n = ZV_LEN(contracts_cells),
	.identity = {"seller_inn", "buyer_inn", "number", "title", "signed_on"},
	.more = more_contract,
};

ZV_KIND_ROWS(contracts, contracts)

#define DELIVERIES(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("contract", "Contract", "Договор", NULL, NONE, \
	  N_("Number, key or public id of the contract."), "D1", NULL, ZV_CELL_ROW, "contract_id", ZV_MUST, 0, 0, "contract") \
	X("year", "Year", "Год", NULL, NONE, N_("Year of the deliveries."), "2025", NULL, ZV_CELL_INT, "year", ZV_MUST, 1990, 2199, NULL) \
	X("sum", "Delivered, ₽", "Поставлено, ₽", NULL, NONE, \
	  N_("Sum of what was delivered in the year."), "8 400 000", NULL, ZV_CELL_MONEY, "sum_kop", ZV_MUST, 0, 0, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column deliveries_columns[] = {DELIVERIES(ZV_KIND_COLUMN)};
static const struct zv_kind_cell deliveries_cells[] = {DELIVERIES(ZV_KIND_CELL)};

static const struct zv_kind_rows deliveries = {
	.reg = "delivery",
	.columns = deliveries_columns,
	.cells = deliveries_cells,
	.n = ZV_LEN(deliveries_cells),
	.identity = {"contract", "year"},
};

ZV_KIND_ROWS(deliveries, deliveries)

#define ORG_YEARS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "5599000011", NULL, ZV_CELL_INN, "org_id", ZV_OWN, 0, 0, NULL) \
	X("org", "Organisation", "Организация", "предприятие", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("year", "Year", "Год", NULL, NONE, \
	  N_("The year of the figures."), "2025", NULL, ZV_CELL_INT, "year", ZV_MUST, 1990, 2199, NULL) \
	X("shipped", "Shipped, ₽", "Отгружено, ₽", "объём отгрузки", NONE, \
	  N_("All goods and services shipped in the year, without VAT."), "800 000 000", NULL, ZV_CELL_MONEY, "shipped_kop", ZV_MAY, 0, 0, NULL) \
	X("bought", "Bought, ₽", "Закуплено, ₽", NULL, NONE, \
	  N_("All that was bought in the year."), "310 000 000", NULL, ZV_CELL_MONEY, "bought_kop", ZV_MAY, 0, 0, NULL) \
	X("staff", "Staff", "Численность", NULL, NONE, \
	  N_("Average number of people."), "240", NULL, ZV_CELL_INT, "staff", ZV_MAY, 0, 10000000, NULL) \
	X("productive_jobs", "Highly productive jobs", "Высокопроизводительные рабочие места", NULL, NONE, \
	  N_("Their number at the end of the year."), "96", NULL, ZV_CELL_INT, "productive_jobs", ZV_MAY, 0, 10000000, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column org_years_columns[] = {ORG_YEARS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell org_years_cells[] = {ORG_YEARS(ZV_KIND_CELL)};

static const struct zv_kind_rows org_years = {
	.reg = "org_year",
	.columns = org_years_columns,
	.cells = org_years_cells,
	.n = ZV_LEN(org_years_cells),
	.identity = {"org_inn", "year"},
};

ZV_KIND_ROWS(org_years, org_years)
