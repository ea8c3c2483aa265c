/* Where the inputs of processes come from, today or after some days. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const states[] = {"", N_("proposed"), N_("qualified"), N_("used"), NULL};

#define COLUMNS(X) \
	X(org_id, ZV_REF("line_source", "29", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(process, .type = ZV_COL_TEXT, .fact = true, .label = N_("Process")) \
	X(item_id, ZV_REF("line_source", "29", "item_id", "item"), .fact = true, .label = N_("Input")) \
	X(state, .type = ZV_COL_ENUM, .fact = true, .words = states, .label = N_("State")) \
	X(maker_id, ZV_REF("line_source", "29", "maker_id", "org"), .fact = true, .label = N_("Maker or importer")) \
	X(country, .type = ZV_COL_TEXT, .fact = true, .label = N_("Country")) \
	X(with_item_id, ZV_REF("line_source", "29", "with_item_id", "item"), .fact = true, .label = N_("Substitute")) \
	X(share, .type = ZV_COL_INT, .fact = true, .label = N_("Share, %")) \
	X(dim, .type = ZV_COL_ENUM, .fact = true, .words = zv_words_dim, .label = N_("Dimension")) \
	X(day_base, .type = ZV_COL_QTY, .fact = true, .label = N_("At most a day"), .with = "dim") \
	X(days, .type = ZV_COL_INT, .fact = true, .label = N_("Days to qualify")) \
	X(transit_days, .type = ZV_COL_INT, .fact = true, .label = N_("Days on the way")) \
	X(via, .type = ZV_COL_TEXT, .fact = true, .label = N_("By way of")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_line_source = {
	.name = "line_source",
	.plural = "line_sources",
	.uid_kind = "source",
	.label = N_("Sources of inputs"),
	.entity = 29,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("line_source", "29", COLUMNS(ZV_COLUMN_SQL), 14),
};
