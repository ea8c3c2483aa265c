/* Cost lines of projects: who bears them, who is paid, how much and when. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(project_id, ZV_REF("project_cost", "21", "project_id", "project"), .fact = true, .label = N_("Project")) \
	X(org_id, ZV_REF("project_cost", "21", "org_id", "org"), .fact = true, .label = N_("Borne by")) \
	X(supplier_id, ZV_REF("project_cost", "21", "supplier_id", "org"), .fact = true, .label = N_("Supplier")) \
	X(category, .type = ZV_COL_TEXT, .fact = true, .label = N_("Category")) \
	X(title, .type = ZV_COL_TEXT, .fact = true, .label = N_("Title")) \
	X(qty_text, .type = ZV_COL_TEXT, .fact = true, .label = N_("Quantity as written")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .with = "qty_text", .words = zv_words_dim, .label = N_("Dimension")) \
	X(qty_base, .type = ZV_COL_QTY, .fact = true, .with = "qty_text", .label = N_("Quantity")) \
	X(price_kop, .type = ZV_COL_KOP, .fact = true, .with = "qty_text", .label = N_("Price")) \
	X(price_per, .type = ZV_COL_INT, .fact = true, .with = "qty_text", .label = N_("Price is for")) \
	X(sum_kop, .type = ZV_COL_KOP, .fact = true, .with = "qty_text", .label = N_("Sum")) \
	X(sum_max_kop, .type = ZV_COL_KOP, .fact = true, .with = "qty_text", .label = N_("Sum at most")) \
	X(paid_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Paid on")) \
	X(document, .type = ZV_COL_TEXT, .fact = true, .label = N_("Document")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_project_cost = {
	.name = "project_cost",
	.plural = "project_costs",
	.uid_kind = "cost",
	.label = N_("Costs of projects"),
	.entity = 21,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("project_cost", "21", COLUMNS(ZV_COLUMN_SQL), 15),
};
