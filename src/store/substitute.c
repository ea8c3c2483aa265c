/* Items that may stand in for others. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const states[] = {"", N_("proposed"), N_("tested"), N_("qualified"), NULL};

#define COLUMNS(X) \
	X(item_id, ZV_REF("substitute", "4", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(with_item_id, ZV_REF("substitute", "4", "with_item_id", "item"), .fact = true, .label = N_("Substitute")) \
	X(state, .type = ZV_COL_ENUM, .fact = true, .words = states, .label = N_("State")) \
	X(scope, .type = ZV_COL_TEXT, .fact = true, .label = N_("Where it may be used")) \
	X(days, .type = ZV_COL_INT, .fact = true, .label = N_("Days to qualify"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_substitute = {
	.name = "substitute",
	.plural = "substitutes",
	.uid_kind = "subst",
	.label = N_("Substitutes"),
	.entity = 4,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("substitute", "4", COLUMNS(ZV_COLUMN_SQL), 5),
};
