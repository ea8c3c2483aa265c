/* What processes take for a run, and how long the stock of it lasts. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const kinds[] = {"", N_("essential"), N_("important"), N_("non_essential"), NULL};

#define COLUMNS(X) \
	X(org_id, ZV_REF("recipe_line", "28", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(process, .type = ZV_COL_TEXT, .fact = true, .label = N_("Process")) \
	X(item_id, ZV_REF("recipe_line", "28", "item_id", "item"), .fact = true, .label = N_("Input")) \
	X(kind, .type = ZV_COL_ENUM, .fact = true, .words = kinds, .label = N_("How needed")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_dim, .label = N_("Dimension")) \
	X(qty_base, .type = ZV_COL_QTY, .fact = true, .label = N_("For a run"), .with = "dim") \
	X(stock_days, .type = ZV_COL_INT, .fact = true, .label = N_("Days of stock")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_recipe_line = {
	.name = "recipe_line",
	.plural = "recipe_lines",
	.uid_kind = "line",
	.label = N_("Recipe lines"),
	.entity = 28,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("recipe_line", "28", COLUMNS(ZV_COLUMN_SQL), 8),
};
