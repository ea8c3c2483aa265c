/* What processes make, how much a day, and what a day of it is worth. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("product", "27", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(process, .type = ZV_COL_TEXT, .fact = true, .label = N_("Process")) \
	X(item_id, ZV_REF("product", "27", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_dim, .label = N_("Dimension")) \
	X(out_base, .type = ZV_COL_QTY, .fact = true, .label = N_("A run gives"), .with = "dim") \
	X(day_base, .type = ZV_COL_QTY, .fact = true, .label = N_("Output of a day"), .with = "dim") \
	X(day_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("A day is worth")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_product = {
	.name = "product",
	.plural = "products",
	.uid_kind = "product",
	.label = N_("Products"),
	.entity = 27,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("product", "27", COLUMNS(ZV_COLUMN_SQL), 8),
};
