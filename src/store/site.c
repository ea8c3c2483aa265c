/* Places of organisations. */
#include "store/register_list.h"
#include "store/register_sql.h"

#define COLUMNS(X) \
	X(org_id, ZV_REF("site", "2", "org_id", "org"), .fact = true, .label = N_("Organisation")) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Name")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(address, .type = ZV_COL_TEXT, .fact = true, .label = N_("Address")) \
	X(lat_micro, .type = ZV_COL_MICRO, .fact = true, .label = N_("Latitude")) \
	X(lon_micro, .type = ZV_COL_MICRO, .fact = true, .with = "lat_micro", .label = N_("Longitude"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

const struct zv_register zv_register_site = {
	.name = "site",
	.plural = "sites",
	.uid_kind = "site",
	.label = N_("Sites"),
	.entity = 2,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_SQL("site", "2", COLUMNS(ZV_COLUMN_SQL), 6),
};
