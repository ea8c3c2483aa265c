/* Contract files under 223-FZ: one supply for each position. Elements are found by their local names. */
#include "app/source_contract.h"
#include "model/quantity.h"

enum xml_column {
	X_GUID, X_LINE, X_NAME, X_OKPD2, X_OKEI, X_UNIT, X_QTY, X_NUMBER, X_DATE, X_SUBJECT, X_SUPPLIER, X_SUPPLIER_INN, X_SUPPLIER_KPP,
	X_CUSTOMER, X_INN, X_KPP, X_OGRN, X_ADDRESS,
};

static const char *const xml_paths[] = {
	[X_GUID] = "guid",
	[X_LINE] = "ordinalNumber",
	[X_NAME] = "name",
	[X_OKPD2] = "okpd2/code",
	[X_OKEI] = "okei/code",
	[X_UNIT] = "okei/name",
	[X_QTY] = "qty",
	[X_NUMBER] = "../contractRegNumber",
	[X_DATE] = "../contractDate",
	[X_SUBJECT] = "../subjectContract",
	[X_SUPPLIER] = "../supplierInfo/name",
	[X_SUPPLIER_INN] = "../supplierInfo/inn",
	[X_SUPPLIER_KPP] = "../supplierInfo/kpp",
	[X_CUSTOMER] = "../customer/mainInfo/fullName",
	[X_INN] = "../customer/mainInfo/inn",
	[X_KPP] = "../customer/mainInfo/kpp",
	[X_OGRN] = "../customer/mainInfo/ogrn",
	[X_ADDRESS] = "../customer/mainInfo/legalAddress",
};

static const struct zv_import_column xml_columns[] = {
	[X_GUID] = {.key = "guid"},
	[X_LINE] = {.key = "ordinalNumber", .required = true},
	[X_NAME] = {.key = "name"},
	[X_OKPD2] = {.key = "okpd2/code"},
	[X_OKEI] = {.key = "okei/code"},
	[X_UNIT] = {.key = "okei/name"},
	[X_QTY] = {.key = "qty"},
	[X_NUMBER] = {.key = "../contractRegNumber", .required = true},
	[X_DATE] = {.key = "../contractDate"},
	[X_SUBJECT] = {.key = "../subjectContract"},
	[X_SUPPLIER] = {.key = "../supplierInfo/name"},
	[X_SUPPLIER_INN] = {.key = "../supplierInfo/inn"},
	[X_SUPPLIER_KPP] = {.key = "../supplierInfo/kpp"},
	[X_CUSTOMER] = {.key = "../customer/mainInfo/fullName"},
	[X_INN] = {.key = "../customer/mainInfo/inn"},
	[X_KPP] = {.key = "../customer/mainInfo/kpp"},
	[X_OGRN] = {.key = "../customer/mainInfo/ogrn"},
	[X_ADDRESS] = {.key = "../customer/mainInfo/legalAddress"},
};

static enum zv_code set_quantity(struct zv_import *im, struct zv_record *record, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_quantity q;
	enum zv_code code;

	if (c[X_QTY].n == 0)
		return ZV_OK;
	code = zv_quantity_parse_parts(&q, c[X_QTY], zv_source_okei(c[X_OKEI], c[X_UNIT]), row->arena, "qty", "unit", err);
	if (code != ZV_OK)
		return code;
	zv_import_set_text(im, record, "qty_text", zv_arena_strf(row->arena, "%.*s %.*s", ZV_STR_FMT(c[X_QTY]), ZV_STR_FMT(c[X_UNIT])));
	zv_import_set_int(im, record, "dim", q.dim);
	zv_import_set_int(im, record, "qty_base", q.base);
	return ZV_OK;
}

static enum zv_code xml_parties(struct zv_import_ref *from, struct zv_import_ref *to, struct zv_import *im, const struct zv_str *c,
				struct zv_err *err)
{
	struct zv_import_org supplier = {.inn = c[X_SUPPLIER_INN], .kpp = c[X_SUPPLIER_KPP], .name = c[X_SUPPLIER], .kind = -1};
	struct zv_import_org customer = {.inn = c[X_INN], .kpp = c[X_KPP], .ogrn = c[X_OGRN], .name = c[X_CUSTOMER],
					 .address = c[X_ADDRESS], .kind = -1};
	enum zv_code code;

	if (supplier.name.n == 0)
		return zv_fail(err, ZV_E_INVALID, "supplier_name", N_("The contract %.*s does not say who the supplier is."), ZV_STR_FMT(c[X_NUMBER]));
	code = zv_import_org(from, im, &supplier, true, "supplier_", err);
	return code == ZV_OK ? zv_import_org(to, im, &customer, true, "customer_", err) : code;
}

static enum zv_code map_xml(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_ref from;
	struct zv_import_ref to;
	struct zv_record *record;
	enum zv_code code;

	if (c[X_NUMBER].n == 0)
		return zv_fail(err, ZV_E_INVALID, "contractRegNumber", N_("The contract has no register number."));
	code = xml_parties(&from, &to, im, c, err);
	if (code != ZV_OK)
		return code;
	record = zv_import_plan(im, zv_register_find("supply"),
				zv_arena_strf(row->arena, "223fz:%.*s:%.*s", ZV_STR_FMT(c[X_NUMBER]), ZV_STR_FMT(c[X_LINE])));
	zv_import_set_ref(im, record, "supplier_id", from);
	zv_import_set_ref(im, record, "customer_id", to);
	zv_import_set_text(im, record, "title", c[X_NAME].n > 0 ? c[X_NAME] : c[X_SUBJECT]);
	code = zv_supply_code(im, record, c[X_OKPD2], row->arena, err);
	if (code == ZV_OK)
		code = zv_supply_day(im, record, c[X_DATE], err);
	return code == ZV_OK ? set_quantity(im, record, row, err) : code;
}

static const struct zv_record_spec xml_spec = {
	.record = "contractData", .list = "contractPositions/contractPosition", .columns = xml_paths, .n_columns = ZV_LEN(xml_paths),
};

const struct zv_import_profile zv_source_contract_223 = {
	.name = "contract223",
	.label = N_("Contract under 223-FZ (XML of the procurement portal)"),
	.type = ZV_FILE_XML,
	.columns = xml_columns,
	.n_columns = ZV_LEN(xml_columns),
	.spec = &xml_spec,
	.registered = true,
	.map = map_xml,
};
