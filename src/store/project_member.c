/* Who takes part in a project, as what. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const roles[] = {"", N_("buyer"), N_("supplier"), N_("developer"), N_("service"), N_("investor"), NULL};

#define COLUMNS(X) \
	X(project_id, ZV_REF("project_member", "20", "project_id", "project"), .fact = true, .label = N_("Project")) \
	X(org_id, ZV_REF("project_member", "20", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(role, .type = ZV_COL_ENUM, .fact = true, .words = roles, .label = N_("Role")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_project_member = {
	.name = "project_member",
	.plural = "project_members",
	.uid_kind = "part",
	.label = N_("Members of projects"),
	.entity = 20,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("project_member", "20", COLUMNS(ZV_COLUMN_SQL), 4),
};
