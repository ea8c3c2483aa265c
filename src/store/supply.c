/* Proven supply: who sold what to whom, how much, at what unit price. */
#include "store/supply.h"

#include "store/lookup.h"
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(supplier_id, ZV_REF("supply", "10", "supplier_id", "org"), .fact = true, .label = N_("Supplier")) \
	X(customer_id, ZV_REF("supply", "10", "customer_id", "org"), .fact = true, .label = N_("Customer")) \
	X(item_id, ZV_REF("supply", "10", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(title, .type = ZV_COL_TEXT, .fact = true, .label = N_("Title")) \
	X(okpd2, .type = ZV_COL_TEXT, .fact = true, .label = N_("OKPD2")) \
	X(signed_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Signed on")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(qty_text, .type = ZV_COL_TEXT, .fact = true, .label = N_("Quantity as written")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .with = "qty_text", .words = zv_words_dim, .label = N_("Dimension")) \
	X(qty_base, .type = ZV_COL_QTY, .fact = true, .with = "qty_text", .label = N_("Quantity")) \
	X(unit_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Unit price")) \
	X(unit_per, .type = ZV_COL_INT, .fact = true, .with = "unit_kop", .label = N_("Unit price is for")) \
	X(sum_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Sum"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_supply = {
	.name = "supply",
	.plural = "supplies",
	.uid_kind = "supply",
	.label = N_("Proven supply"),
	.entity = 10,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("supply", "10", COLUMNS(ZV_COLUMN_SQL), 13),
};

enum zv_code zv_supplies_of_item(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t item_id, struct zv_err *err)
{
	return zv_lookup_int(ids, n, max, db, "SELECT id FROM supply WHERE item_id = $1 ORDER BY id LIMIT $2", item_id, err);
}

enum zv_code zv_supplies_of_org(int64_t *ids, size_t *n, size_t max, struct zv_db *db, int64_t org_id, struct zv_err *err)
{
	return zv_lookup_int(ids, n, max, db, "SELECT id FROM supply WHERE supplier_id = $1 ORDER BY id LIMIT $2", org_id, err);
}
