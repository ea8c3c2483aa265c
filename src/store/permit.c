/* Permits of organisations under a regime of control. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("permit", "6", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(regime, .type = ZV_COL_TEXT, .fact = true, .label = N_("Regime")) \
	X(number, .type = ZV_COL_TEXT, .fact = true, .label = N_("Number")) \
	X(valid_until, .type = ZV_COL_DATE, .fact = true, .with = "number", .label = N_("Valid until"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_permit = {
	.name = "permit",
	.plural = "permits",
	.uid_kind = "permit",
	.label = N_("Permits"),
	.entity = 6,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("permit", "6", COLUMNS(ZV_COLUMN_SQL), 4),
};
