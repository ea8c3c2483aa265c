/* What makers say about their capacity in a quarter. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("capacity", "9", "org_id", "org"), .fact = true, .label = N_("Maker")) \
	X(site_id, ZV_REF("capacity", "9", "site_id", "site"), .fact = true, .label = N_("Site")) \
	X(item_id, ZV_REF("capacity", "9", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(quarter, .type = ZV_COL_QUARTER, .fact = true, .label = N_("Quarter")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_dim, .label = N_("Dimension")) \
	X(nominal_base, .type = ZV_COL_QTY, .fact = true, .with = "dim", .label = N_("Nominal")) \
	X(booked_base, .type = ZV_COL_QTY, .fact = true, .with = "dim", .label = N_("Booked")) \
	X(free_base, .type = ZV_COL_QTY, .fact = true, .with = "dim", .label = N_("Free"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_capacity = {
	.name = "capacity",
	.plural = "capacities",
	.uid_kind = "cap",
	.label = N_("Capacities"),
	.entity = 9,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("capacity", "9", COLUMNS(ZV_COLUMN_SQL), 8),
};
