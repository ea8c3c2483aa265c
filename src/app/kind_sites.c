/* Sites: places of organisations. */
#include "app/kind_cells.h"
#include "app/kinds.h"

enum { KEY, ORG_INN, ORG, ORG_KEY, NAME, REGION, ADDRESS, LAT, LON, COLUMNS };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = { "key", "Key", "Ключ", "код|id|source_key", false, ZV_LIST_NONE,
		  N_("Your own key of the row; it finds the row again in the next file."), "E1-1", NULL },
	[ORG_INN] = { "org_inn", "INN of the organisation", "ИНН организации", "инн|inn", false, ZV_LIST_NONE,
		      N_("Whose place it is: INN, or key, or exact name."), "6299000012", NULL },
	[ORG] = { "org", "Organisation", "Организация", "предприятие|enterprise", false, ZV_LIST_NONE,
		  N_("Name; with an INN that is not in the register yet, the organisation is added."), "АО «Ока-Полимер»",
		  "JSC Oka-Polymer" },
	[ORG_KEY] = { "org_key", "Key of the organisation", "Ключ организации", NULL, false, ZV_LIST_NONE,
		      N_("Key or public id of the organisation."), NULL, NULL },
	[NAME] = { "name", "Name of the site", "Название площадки", "площадка|название|site", true, ZV_LIST_NONE, N_("As it is called."),
		   "Основная площадка", "Main site" },
	[REGION] = { "region", "Region", "Регион", NULL, false, ZV_LIST_REGIONS, N_("Name or ISO code of the region."), "Рязанская область",
		     "Ryazan Region" },
	[ADDRESS] = { "address", "Address", "Адрес", NULL, false, ZV_LIST_NONE, N_("Address of the place."), "г. Рязань, Южный промузел, 1",
		      "Ryazan, Southern industrial zone, 1" },
	[LAT] = { "lat", "Latitude", "Широта", NULL, false, ZV_LIST_NONE, N_("Degrees, as 54.6269."), "54.58", NULL },
	[LON] = { "lon", "Longitude", "Долгота", NULL, false, ZV_LIST_NONE, N_("Degrees, as 39.6916."), "39.79", NULL },
};

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_import_org org = zv_cells_org(cells[ORG_INN], cells[ORG_KEY], cells[ORG]);
	struct zv_import_ref org_ref;
	struct zv_record *record;
	struct zv_str key = cells[KEY];
	enum zv_code code = zv_import_org(&org_ref, im, &org, true, "org_", err);

	if (code != ZV_OK)
		return code;
	if (key.n == 0)
		key = zv_import_digest(im, (struct zv_str[]){ zv_import_org_key(im, &org), cells[NAME] }, 2);
	record = zv_import_plan(im, zv_register_find("site"), key);
	zv_import_set_ref(im, record, "org_id", org_ref);
	if (cells[NAME].n == 0)
		return zv_fail(err, ZV_E_INVALID, "name", N_("The name of the site is empty. Say how the place is called."));
	zv_cell_text(im, record, "name", cells[NAME], 500, "name");
	zv_cell_region(im, record, "region", cells[REGION], "region");
	zv_cell_text(im, record, "address", cells[ADDRESS], 1000, "address");
	zv_cell_micro(im, record, "lat_micro", cells[LAT], 90000000, "lat");
	zv_cell_micro(im, record, "lon_micro", cells[LON], 180000000, "lon");
	return ZV_OK;
}

const struct zv_import_profile zv_kind_sites_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

ZV_UNMAP(zv_kind_sites_unmap)
{
	const struct zv_register *reg = zv_register_find("site");
	struct zv_out_org org;
	enum zv_code code = zv_out_org_of(&org, db, reg, record, "org_id", arena, err);

	if (code != ZV_OK)
		return code;
	cells[KEY] = record->source_key;
	cells[ORG_INN] = org.inn;
	cells[ORG] = org.name;
	cells[ORG_KEY] = org.key;
	cells[NAME] = zv_out_text_of(reg, record, "name");
	cells[REGION] = zv_out_text_of(reg, record, "region");
	cells[ADDRESS] = zv_out_text_of(reg, record, "address");
	cells[LAT] = zv_out_micro_of(reg, record, "lat_micro", arena);
	cells[LON] = zv_out_micro_of(reg, record, "lon_micro", arena);
	return ZV_OK;
}
