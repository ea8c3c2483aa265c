/* Who uses an infrastructure object: a resident, or a cluster that counts it as its own. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(infra_id, ZV_REF("resident", "23", "infra_id", "infra"), .fact = true, .label = N_("Object")) \
	X(org_id, ZV_REF("resident", "23", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(cluster_id, ZV_REF("resident", "23", "cluster_id", "cluster"), .fact = true, .label = N_("Cluster")) \
	X(since_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Since")) \
	X(until_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Until")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_resident = {
	.name = "resident",
	.plural = "residents",
	.uid_kind = "resident",
	.label = N_("Residents of infrastructure"),
	.entity = 23,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("resident", "23", COLUMNS(ZV_COLUMN_SQL), 6),
};
