/* Yearly figures of organisations: all they shipped and bought, staff, jobs. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("org_year", "18", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(year, .type = ZV_COL_INT, .fact = true, .label = N_("Year")) \
	X(shipped_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Shipped")) \
	X(bought_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Bought")) \
	X(staff, .type = ZV_COL_INT, .fact = true, .label = N_("Staff")) \
	X(productive_jobs, .type = ZV_COL_INT, .fact = true, .label = N_("Highly productive jobs")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_org_year = {
	.name = "org_year",
	.plural = "org_years",
	.uid_kind = "year",
	.label = N_("Yearly figures"),
	.entity = 18,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("org_year", "18", COLUMNS(ZV_COLUMN_SQL), 7),
};
