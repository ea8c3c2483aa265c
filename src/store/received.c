/* Support that organisations have received. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("received", "25", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(measure, .type = ZV_COL_TEXT, .fact = true, .label = N_("Measure")) \
	X(project_id, ZV_REF("received", "25", "project_id", "project"), .fact = true, .label = N_("Project")) \
	X(sum_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Sum")) \
	X(received_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Received on")) \
	X(document, .type = ZV_COL_TEXT, .fact = true, .label = N_("Document"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_received = {
	.name = "received",
	.plural = "received",
	.uid_kind = "received",
	.label = N_("Support received"),
	.entity = 25,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("received", "25", COLUMNS(ZV_COLUMN_SQL), 6),
};
