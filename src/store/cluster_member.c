/* Who is or was in a cluster, in which role, since when. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const roles[] = {
	"", N_("final_producer"), N_("supplier"), N_("service"), N_("education"), N_("science"), N_("infrastructure"), N_("other"), NULL,
};

#define COLUMNS(X) \
	X(cluster_id, ZV_REF("cluster_member", "15", "cluster_id", "cluster"), .fact = true, .label = N_("Cluster")) \
	X(org_id, ZV_REF("cluster_member", "15", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(role, .type = ZV_COL_ENUM, .fact = true, .words = roles, .label = N_("Role")) \
	X(joined_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Joined on")) \
	X(left_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Left on")) \
	X(producing, .type = ZV_COL_BOOL, .fact = true, .label = N_("Produces already")) \
	X(agreement, .type = ZV_COL_BOOL, .fact = true, .label = N_("Has signed the agreement")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_cluster_member = {
	.name = "cluster_member",
	.plural = "cluster_members",
	.uid_kind = "member",
	.label = N_("Members of clusters"),
	.entity = 15,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("cluster_member", "15", COLUMNS(ZV_COLUMN_SQL), 8),
};
