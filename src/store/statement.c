/* What people state for the rules and no register holds. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("statement", "24", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(project_id, ZV_REF("statement", "24", "project_id", "project"), .fact = true, .label = N_("Project")) \
	X(cluster_id, ZV_REF("statement", "24", "cluster_id", "cluster"), .fact = true, .label = N_("Cluster")) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Fact")) \
	X(value, .type = ZV_COL_TEXT, .fact = true, .label = N_("Value")) \
	X(document, .type = ZV_COL_TEXT, .fact = true, .with = "value", .label = N_("Document"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_statement = {
	.name = "statement",
	.plural = "statements",
	.uid_kind = "statement",
	.label = N_("Statements"),
	.entity = 24,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("statement", "24", COLUMNS(ZV_COLUMN_SQL), 6),
};
