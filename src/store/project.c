/* Projects: their kind and state, money, and what a place for them must have. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const kinds[] = {
	"", N_("joint"), N_("design_documentation"), N_("technological_regulation"), N_("rnd"), N_("investment"), N_("engineering_centre"), N_("export"), N_("other"), NULL,
};
static const char *const states[] = {"", N_("idea"), N_("active"), N_("done"), N_("stopped"), NULL};

#define COLUMNS(X) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Name")) \
	X(name_en, .type = ZV_COL_TEXT, .fact = true, .label = N_("English name")) \
	X(org_id, ZV_REF("project", "19", "org_id", "org"), .fact = true, .label = N_("Initiator")) \
	X(cluster_id, ZV_REF("project", "19", "cluster_id", "cluster"), .fact = true, .label = N_("Cluster")) \
	X(kind, .type = ZV_COL_ENUM, .fact = true, .words = kinds, .label = N_("Kind")) \
	X(state, .type = ZV_COL_ENUM, .fact = true, .words = states, .label = N_("State")) \
	X(item_id, ZV_REF("project", "19", "item_id", "item"), .fact = true, .label = N_("Item")) \
	X(okpd2, .type = ZV_COL_TEXT, .fact = true, .label = N_("OKPD2")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(import_substitution, .type = ZV_COL_BOOL, .fact = true, .label = N_("Import substitution")) \
	X(passport, .type = ZV_COL_BOOL, .fact = true, .label = N_("Has a passport")) \
	X(starts_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Starts on")) \
	X(ends_on, .type = ZV_COL_DATE, .fact = true, .label = N_("Ends on")) \
	X(budget_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Budget")) \
	X(capex_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Capital costs")) \
	X(loan_kop, .type = ZV_COL_KOP, .fact = true, .label = N_("Loan")) \
	X(loan_months, .type = ZV_COL_INT, .fact = true, .with = "loan_kop", .label = N_("Term of the loan, months")) \
	X(own_percent, .type = ZV_COL_INT, .fact = true, .label = N_("Own money, %")) \
	X(land_m2, .type = ZV_COL_INT, .fact = true, .label = N_("Land, m²")) \
	X(floor_m2, .type = ZV_COL_INT, .fact = true, .label = N_("Floor, m²")) \
	X(power_kw, .type = ZV_COL_INT, .fact = true, .label = N_("Power, kW")) \
	X(gas_m3h, .type = ZV_COL_INT, .fact = true, .label = N_("Gas, m³/h")) \
	X(water_m3d, .type = ZV_COL_INT, .fact = true, .label = N_("Water, m³/day")) \
	X(rail, .type = ZV_COL_BOOL, .fact = true, .label = N_("Railway")) \
	X(hazard_class, .type = ZV_COL_INT, .fact = true, .label = N_("Sanitary class of hazard")) \
	X(services, .type = ZV_COL_TEXT, .fact = true, .label = N_("Services")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_project = {
	.name = "project",
	.plural = "projects",
	.uid_kind = "project",
	.label = N_("Projects"),
	.entity = 19,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("project", "19", COLUMNS(ZV_COLUMN_SQL), 27),
};
