/* Infrastructure and who uses it. */
#include "app/kind_rows.h"
#include "app/kinds.h"

#define INFRA(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), "T1", NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("name", "Name", "Название", NULL, NONE, \
	  N_("Name of the object."), "Технопарк «Иртыш»", "Technopark Irtysh", ZV_CELL_TEXT, "name", ZV_MUST, 0, 500, NULL) \
	X("name_en", "English name", "Английское название", NULL, NONE, \
	  N_("Name in English."), NULL, NULL, ZV_CELL_TEXT, "name_en", ZV_MAY, 0, 500, NULL) \
	X("kind", "Kind", "Вид", NULL, INFRA_KINDS, \
	  N_("Zone, park, technopark, centre."), "технопарк", "technopark", ZV_CELL_WORD, "kind", ZV_MUST, ZV_LIST_INFRA_KINDS, 0, NULL) \
	X("state", "State", "Состояние", NULL, INFRA_STATES, \
	  N_("Empty: acting."), "действует", "acting", ZV_CELL_WORD, "state", ZV_MAY, ZV_LIST_INFRA_STATES, 0, NULL) \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), NULL, NULL, ZV_CELL_INN, "org_id", ZV_OWN_MAY, 0, 0, NULL) \
	X("org", "Managing company", "Управляющая компания", NULL, NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), NULL, NULL, ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("region", "Region", "Регион", NULL, REGIONS, \
	  N_("Where it is: name or code of the region."), "Омская область", "Omsk Region", ZV_CELL_REGION, "region", ZV_MAY, 0, 0, NULL) \
	X("address", "Address", "Адрес", NULL, NONE, N_("Where it is."), NULL, NULL, ZV_CELL_TEXT, "address", ZV_MAY, 0, 1000, NULL) \
	X("lat", "Latitude", "Широта", NULL, NONE, N_("In degrees."), "54.99", NULL, ZV_CELL_MICRO, "lat_micro", ZV_MAY, 0, 90, NULL) \
	X("lon", "Longitude", "Долгота", NULL, NONE, N_("In degrees."), "73.37", NULL, ZV_CELL_MICRO, "lon_micro", ZV_MAY, 0, 180, NULL) \
	X("technological", "Technological", "Технологический", NULL, YES_NO, \
	  N_("Is it technological infrastructure: laboratories, engineering, pilot plants?"), "да", "yes", ZV_CELL_WORD, "technological", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("land_m2", "Land, m²", "Участок, м²", NULL, NONE, \
	  N_("Area of land."), NULL, NULL, ZV_CELL_INT, "land_m2", ZV_MAY, 0, 1000000000000, NULL) \
	X("floor_m2", "Floor, m²", "Площадь помещений, м²", NULL, NONE, \
	  N_("Area of rooms."), NULL, NULL, ZV_CELL_INT, "floor_m2", ZV_MAY, 0, 1000000000000, NULL) \
	X("power_kw", "Power, kW", "Мощность, кВт", NULL, NONE, \
	  N_("Electric power."), NULL, NULL, ZV_CELL_INT, "power_kw", ZV_MAY, 0, 1000000000, NULL) \
	X("gas_m3h", "Gas, m³/h", "Газ, м³/ч", NULL, NONE, \
	  N_("Natural gas."), NULL, NULL, ZV_CELL_INT, "gas_m3h", ZV_MAY, 0, 1000000000, NULL) \
	X("water_m3d", "Water, m³/day", "Вода, м³/сут", NULL, NONE, \
	  N_("Water."), NULL, NULL, ZV_CELL_INT, "water_m3d", ZV_MAY, 0, 1000000000, NULL) \
	X("rail", "Railway", "Железная дорога", NULL, YES_NO, \
	  N_("Is there, or must there be, a siding?"), "да", "yes", ZV_CELL_WORD, "rail", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("hazard_class", "Sanitary class", "Класс опасности", "класс санитарной опасности", NONE, \
	  N_("Sanitary class of the production, 1 (the most dangerous) to 5."), NULL, NULL, ZV_CELL_INT, "hazard_class", ZV_MAY, 1, 5, NULL) \
	X("services", "Services", "Услуги", NULL, NONE, \
	  N_("Parted by semicolons: analyses; storage of hazardous goods."), NULL, NULL, ZV_CELL_TEXT, "services", ZV_MAY, 0, 2000, NULL) \
	X("site", "Web site", "Сайт", NULL, NONE, N_("Address in the web."), NULL, NULL, ZV_CELL_TEXT, "site", ZV_MAY, 0, 500, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column infra_columns[] = {INFRA(ZV_KIND_COLUMN)};
static const struct zv_kind_cell infra_cells[] = {INFRA(ZV_KIND_CELL)};

static const struct zv_kind_rows infra = {
	.reg = "infra",
	.columns = infra_columns,
	.cells = infra_cells,
	.n = ZV_LEN(infra_cells),
	.identity = {"name", "region"},
	.defaults = {{"state", 2}},
};

ZV_KIND_ROWS(infra, infra)

#define RESIDENTS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("infra", "Object", "Объект", NULL, NONE, \
	  N_("Name, key or public id of the infrastructure object."), "Технопарк «Иртыш»|Технопарк «Иртыш»", "Technopark Irtysh|Technopark Irtysh", ZV_CELL_ROW, "infra_id", ZV_MUST, 0, 0, "infra") \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("The resident: INN, or key, or exact name; empty where a cluster uses the object."), "5599000011|", NULL, ZV_CELL_INN, "org_id", ZV_MAY, 0, 0, NULL) \
	X("org", "Organisation", "Организация", "резидент", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»|", "LLC Irtysh-Sintez|", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("cluster", "Cluster", "Кластер", NULL, NONE, \
	  N_("Name, key or public id of the cluster."), "|МХК", "|MHK", ZV_CELL_ROW, "cluster_id", ZV_MAY, 0, 0, "cluster") \
	X("since_on", "Since", "С", NULL, NONE, \
	  N_("First day."), "2024-06-01|2024-06-01", NULL, ZV_CELL_DATE, "since_on", ZV_MAY, 0, 0, NULL) \
	X("until_on", "Until", "По", NULL, NONE, \
	  N_("Last day; empty: without an end."), NULL, NULL, ZV_CELL_DATE, "until_on", ZV_MAY, 0, 0, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column residents_columns[] = {RESIDENTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell residents_cells[] = {RESIDENTS(ZV_KIND_CELL)};

static const struct zv_kind_rows residents;

static enum zv_code more_resident(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	bool org = zv_kind_cell_of(&residents, cells, "org_inn").n + zv_kind_cell_of(&residents, cells, "org").n +
			   zv_kind_cell_of(&residents, cells, "org_key").n > 0;
	bool cluster = zv_kind_cell_of(&residents, cells, "cluster").n > 0;

	if (org == cluster)
		return zv_fail(err, ZV_E_INVALID, "cluster", N_("Name either the resident organisation or the cluster that uses the object."));
	zv_kind_check_days(im, record, "since_on", "until_on", "until_on");
	return ZV_OK;
}

static const struct zv_kind_rows residents = {
	.reg = "resident",
	.columns = residents_columns,
	.cells = residents_cells,
	.n = ZV_LEN(residents_cells),
	.identity = {"infra", "org_inn", "cluster"},
	.more = more_resident,
};

ZV_KIND_ROWS(residents, residents)
