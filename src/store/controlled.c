/* Substances that may not, or not without a permit, be traded here. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(match_kind, .type = ZV_COL_TEXT, .fact = true, .label = N_("Found by")) \
	X(match_value, .type = ZV_COL_TEXT, .fact = true, .with = "match_kind", .label = N_("Number or code")) \
	X(name_ru, .type = ZV_COL_TEXT, .fact = true, .label = N_("Russian name")) \
	X(name_en, .type = ZV_COL_TEXT, .fact = true, .label = N_("English name")) \
	X(synonyms, .type = ZV_COL_TEXT, .fact = true, .label = N_("Synonyms")) \
	X(regime, .type = ZV_COL_TEXT, .fact = true, .label = N_("Regime")) \
	X(entry, .type = ZV_COL_TEXT, .fact = true, .label = N_("Entry in the list")) \
	X(threshold_micro, .type = ZV_COL_INT, .fact = true, .label = N_("From this concentration, ppm")) \
	X(action, .type = ZV_COL_TEXT, .fact = true, .label = N_("Action")) \
	X(source, .type = ZV_COL_TEXT, .fact = true, .label = N_("Source"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_controlled = {
	.name = "controlled",
	.plural = "controlled",
	.uid_kind = "ctrl",
	.label = N_("Controlled substances"),
	.entity = 5,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("controlled", "5", COLUMNS(ZV_COLUMN_SQL), 10),
};
