/* Which code of one classifier corresponds to which of another. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const relations[] = {"", N_("exact"), N_("broader"), N_("narrower"), N_("partial"), NULL};

#define COLUMNS(X) \
	X(scheme_a, .type = ZV_COL_TEXT, .fact = true, .label = N_("Classifier A")) \
	X(code_a, .type = ZV_COL_TEXT, .fact = true, .label = N_("Code A")) \
	X(scheme_b, .type = ZV_COL_TEXT, .fact = true, .label = N_("Classifier B")) \
	X(code_b, .type = ZV_COL_TEXT, .fact = true, .label = N_("Code B")) \
	X(relation, .type = ZV_COL_ENUM, .fact = true, .words = relations, .label = N_("Relation"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_crosswalk = {
	.name = "crosswalk",
	.plural = "crosswalks",
	.uid_kind = "cross",
	.label = N_("Crosswalks"),
	.entity = 12,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("crosswalk", "12", COLUMNS(ZV_COLUMN_SQL), 5),
};
