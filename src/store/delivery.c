/* What was delivered under a contract in a year. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(contract_id, ZV_REF("delivery", "17", "contract_id", "contract"), .fact = true, .label = N_("Contract")) \
	X(year, .type = ZV_COL_INT, .fact = true, .label = N_("Year")) \
	X(sum_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Sum")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_delivery = {
	.name = "delivery",
	.plural = "deliveries",
	.uid_kind = "delivery",
	.label = N_("Deliveries"),
	.entity = 17,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("delivery", "17", COLUMNS(ZV_COLUMN_SQL), 4),
};
