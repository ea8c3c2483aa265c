/* Zones, parks, technoparks and centres, and what is free in them. */
#include "store/register_list.h"
#include "store/register_sql.h"

static const char *const kinds[] = {
	"", N_("sez"), N_("industrial_park"), N_("technopark"), N_("engineering_centre"), N_("shared_lab"), N_("advanced_territory"), N_("logistics"), N_("other"), NULL,
};
static const char *const states[] = {"", N_("planned"), N_("acting"), N_("closed"), NULL};

#define COLUMNS(X) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Name")) \
	X(name_en, .type = ZV_COL_TEXT, .fact = true, .label = N_("English name")) \
	X(kind, .type = ZV_COL_ENUM, .fact = true, .words = kinds, .label = N_("Kind")) \
	X(state, .type = ZV_COL_ENUM, .fact = true, .words = states, .label = N_("State")) \
	X(org_id, ZV_REF("infra", "22", "org_id", "org"), .fact = true, .label = N_("Managing company")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(address, .type = ZV_COL_TEXT, .fact = true, .label = N_("Address")) \
	X(lat_micro, .type = ZV_COL_MICRO, .fact = true, .label = N_("Latitude")) \
	X(lon_micro, .type = ZV_COL_MICRO, .fact = true, .with = "lat_micro", .label = N_("Longitude")) \
	X(technological, .type = ZV_COL_BOOL, .fact = true, .label = N_("Technological")) \
	X(land_m2, .type = ZV_COL_INT, .fact = true, .label = N_("Land, m²")) \
	X(floor_m2, .type = ZV_COL_INT, .fact = true, .label = N_("Floor, m²")) \
	X(power_kw, .type = ZV_COL_INT, .fact = true, .label = N_("Power, kW")) \
	X(gas_m3h, .type = ZV_COL_INT, .fact = true, .label = N_("Gas, m³/h")) \
	X(water_m3d, .type = ZV_COL_INT, .fact = true, .label = N_("Water, m³/day")) \
	X(rail, .type = ZV_COL_BOOL, .fact = true, .label = N_("Railway")) \
	X(hazard_class, .type = ZV_COL_INT, .fact = true, .label = N_("Sanitary class of hazard")) \
	X(services, .type = ZV_COL_TEXT, .fact = true, .label = N_("Services")) \
	X(site, .type = ZV_COL_TEXT, .fact = true, .label = N_("Web site")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_infra = {
	.name = "infra",
	.plural = "infra",
	.uid_kind = "infra",
	.label = N_("Infrastructure"),
	.entity = 22,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("infra", "22", COLUMNS(ZV_COLUMN_SQL), 20),
};
