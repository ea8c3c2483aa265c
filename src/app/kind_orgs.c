/* Enterprises: organisations, and the place of work of each when the row gives one. */
#include "app/kind_cells.h"
#include "app/kinds.h"
#include "model/name.h"

enum { KEY, NAME, SHORT_NAME, KIND, INN, KPP, OGRN, REGION, ADDRESS, OKVED, PHONE, SITE, NOTE, PLACE, PLACE_REGION, PLACE_ADDRESS, LAT, LON,
       COLUMNS };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = { "key", "Key", "Ключ", "код|id|source_key", false, ZV_LIST_NONE,
		  N_("Your own key of the row; it finds the row again in the next file. Without one the INN and KPP serve."), "E1|E2", NULL },
	[NAME] = { "name", "Name", "Наименование", "название|организация|предприятие|полное наименование|full name", true, ZV_LIST_NONE,
		   N_("Full name with the legal form."), "АО «Ока-Полимер»|Институт тонкого синтеза",
		   "JSC Oka-Polymer|Institute of Fine Synthesis" },
	[SHORT_NAME] = { "short_name", "Short name", "Краткое наименование", NULL, false, ZV_LIST_NONE, N_("As it is called in short."),
			 "Ока-Полимер|ИТС", "Oka-Polymer|IFS" },
	[KIND] = { "kind", "Kind", "Вид", "тип", false, ZV_LIST_ORG_KINDS, N_("What it is; empty: an enterprise."), "предприятие|институт",
		   "enterprise|institute" },
	[INN] = { "inn", "INN", "ИНН", NULL, false, ZV_LIST_NONE,
		  N_("Tax number, 10 or 12 digits. Keep the column as text, or the spreadsheet eats leading zeros."), "6299000012|3899000026",
		  NULL },
	[KPP] = { "kpp", "KPP", "КПП", NULL, false, ZV_LIST_NONE, N_("Needed to tell branches apart."), "629901001|389901001", NULL },
	[OGRN] = { "ogrn", "OGRN", "ОГРН", "огрнип", false, ZV_LIST_NONE, N_("State registration number, 13 or 15 digits."), NULL, NULL },
	[REGION] = { "region", "Region", "Регион", "субъект рф|субъект федерации", false, ZV_LIST_REGIONS,
		     N_("Name or ISO code of the region."), "Рязанская область|Иркутская область", "Ryazan Region|RU-IRK" },
	[ADDRESS] = { "address", "Address", "Адрес", "юридический адрес", false, ZV_LIST_NONE, N_("Legal address."), "г. Рязань, Южный промузел, 1",
		      "Ryazan, Southern industrial zone, 1" },
	[OKVED] = { "okved", "OKVED2", "ОКВЭД2", "оквэд|основной оквэд", false, ZV_LIST_NONE, N_("Main activity."), "20.16|72.19", NULL },
	[PHONE] = { "phone", "Phone", "Телефон", NULL, false, ZV_LIST_NONE, N_("Phone of the office."), NULL, NULL },
	[SITE] = { "site", "Web site", "Сайт", "web|www", false, ZV_LIST_NONE, N_("Web address."), NULL, NULL },
	[NOTE] = { "note", "Note", "Примечание", "комментарий", false, ZV_LIST_NONE, N_("Anything else."), NULL, NULL },
	[PLACE] = { "place", "Place: name", "Площадка: название", "площадка", false, ZV_LIST_NONE,
		    N_("Name of the place of work, if this row gives one. Further places: template of sites."), "Основная площадка|",
		    "Main site|" },
	[PLACE_REGION] = { "place_region", "Place: region", "Площадка: регион", NULL, false, ZV_LIST_REGIONS, N_("Region of the place."),
			   NULL, NULL },
	[PLACE_ADDRESS] = { "place_address", "Place: address", "Площадка: адрес", NULL, false, ZV_LIST_NONE, N_("Address of the place."), NULL,
			    NULL },
	[LAT] = { "lat", "Latitude", "Широта", NULL, false, ZV_LIST_NONE, N_("Degrees, as 54.6269."), "54.58|", NULL },
	[LON] = { "lon", "Longitude", "Долгота", NULL, false, ZV_LIST_NONE, N_("Degrees, as 39.6916."), "39.79|", NULL },
};

static void check_ids(struct zv_import *im, const struct zv_str *cells)
{
	struct zv_err fault;

	if (cells[INN].n > 0)
		(void)zv_cell_failed(im, zv_inn_check(cells[INN], "inn", &fault), &fault);
	if (cells[KPP].n > 0)
		(void)zv_cell_failed(im, zv_kpp_check(cells[KPP], "kpp", &fault), &fault);
	if (cells[OGRN].n > 0)
		(void)zv_cell_failed(im, zv_ogrn_any_check(cells[OGRN], "ogrn", &fault), &fault);
}

static void plan_place(struct zv_import *im, const struct zv_str *cells, struct zv_record *org, struct zv_str org_key, struct zv_arena *arena)
{
	struct zv_record *place;
	struct zv_str name = cells[PLACE];

	if (cells[PLACE].n + cells[PLACE_ADDRESS].n + cells[LAT].n + cells[LON].n == 0)
		return;
	if (name.n == 0)
		name = cells[PLACE_ADDRESS].n > 0 ? cells[PLACE_ADDRESS] : cells[NAME];
	place = zv_import_plan(im, zv_register_find("site"), zv_arena_strf(arena, "%.*s#place", ZV_STR_FMT(org_key)));
	zv_import_set_ref(im, place, "org_id", (struct zv_import_ref){ .planned = org });
	zv_cell_text(im, place, "name", name, 500, "place");
	zv_cell_region(im, place, "region", cells[PLACE_REGION].n > 0 ? cells[PLACE_REGION] : cells[REGION], "place_region");
	zv_cell_text(im, place, "address", cells[PLACE_ADDRESS], 1000, "place_address");
	zv_cell_micro(im, place, "lat_micro", cells[LAT], 90000000, "lat");
	zv_cell_micro(im, place, "lon_micro", cells[LON], 180000000, "lon");
}

static void warn_other_region(struct zv_import *im, const struct zv_str *cells)
{
	const struct zv_region *region;
	struct zv_err warning;

	if (zv_import_region(&region, im, cells[REGION], "region", &warning) != ZV_OK || region == NULL || cells[INN].n == 0)
		return;
	if (!zv_region_inn_differs(zv_regions_builtin(), region, cells[INN]))
		return;
	(void)zv_fail(&warning, ZV_E_INVALID, "inn", N_("INN %.*s was given in another region than %.*s. This may well be right."),
		      ZV_STR_FMT(cells[INN]), ZV_STR_FMT(region->iso));
	zv_import_warn(im, &warning);
}

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *cells = row->cells;
	struct zv_import_org org = { .key = cells[KEY], .inn = cells[INN], .kpp = cells[KPP], .ogrn = cells[OGRN], .name = cells[NAME],
				     .region = cells[REGION], .kind = -1 };
	struct zv_record *record;
	struct zv_str key;
	enum zv_code code = zv_name_check(cells[NAME], 1000, "name", err);

	if (code != ZV_OK)
		return code;
	check_ids(im, cells);
	key = zv_import_org_key(im, &org);
	record = zv_import_plan(im, zv_register_find("org"), key);
	org.region = ZV_STR("");
	zv_import_org_fill(im, record, &org);
	zv_cell_text(im, record, "short_name", cells[SHORT_NAME], 500, "short_name");
	zv_cell_word(im, record, "kind", cells[KIND], ZV_LIST_ORG_KINDS, "kind");
	zv_cell_region(im, record, "region", cells[REGION], "region");
	zv_cell_text(im, record, "address", cells[ADDRESS], 1000, "address");
	zv_cell_class(im, record, "okved", cells[OKVED], ZV_CLASS_OKVED2, "okved");
	zv_cell_text(im, record, "phone", cells[PHONE], 200, "phone");
	zv_cell_text(im, record, "site", cells[SITE], 300, "site");
	zv_cell_text(im, record, "note", cells[NOTE], 4000, "note");
	plan_place(im, cells, record, key, row->arena);
	warn_other_region(im, cells);
	return ZV_OK;
}

const struct zv_import_profile zv_kind_enterprises_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

ZV_UNMAP(zv_kind_enterprises_unmap)
{
	const struct zv_register *reg = zv_register_find("org");

	(void)db;
	(void)arena;
	(void)err;
	cells[KEY] = record->source_key;
	cells[NAME] = zv_out_text_of(reg, record, "name");
	cells[SHORT_NAME] = zv_out_text_of(reg, record, "short_name");
	cells[KIND] = zv_out_word_of(reg, record, "kind", ZV_LIST_ORG_KINDS);
	cells[INN] = zv_out_text_of(reg, record, "inn");
	cells[KPP] = zv_out_text_of(reg, record, "kpp");
	cells[OGRN] = zv_out_text_of(reg, record, "ogrn");
	cells[REGION] = zv_out_text_of(reg, record, "region");
	cells[ADDRESS] = zv_out_text_of(reg, record, "address");
	cells[OKVED] = zv_out_text_of(reg, record, "okved");
	cells[PHONE] = zv_out_text_of(reg, record, "phone");
	cells[SITE] = zv_out_text_of(reg, record, "site");
	cells[NOTE] = zv_out_text_of(reg, record, "note");
	return ZV_OK;
}
