/* Permits of organisations under a regime of control. */
#include "app/kind_cells.h"
#include "app/kind_columns.h"
#include "app/kinds.h"

enum { KEY, ORG_INN, ORG, ORG_KEY, REGIME, NUMBER, VALID, COLUMNS };

static const struct zv_import_column columns[COLUMNS] = {
	[KEY] = ZV_COLUMN_KEY(NULL),
	[ORG_INN] = ZV_COLUMN_ORG_INN("3899000019"),
	[ORG] = ZV_COLUMN_ORG("ООО «Байкал-Реактив»", "LLC Baikal-Reaktiv"),
	[ORG_KEY] = ZV_COLUMN_ORG_KEY,
	[REGIME] = { "regime", "Regime", "Режим", "режим контроля", true, ZV_LIST_NONE,
		     N_("Regime of control as the list of controlled substances names it."), "RU-PREC-III", NULL },
	[NUMBER] = { "number", "Number of the permit", "Номер разрешения", "лицензия|номер лицензии|разрешение", true, ZV_LIST_NONE,
		     N_("Number of the licence or permit."), "Л-38-000001", NULL },
	[VALID] = { "valid_until", "Valid until", "Действует до", NULL, false, ZV_LIST_NONE, N_("Last day; empty: without an end."), "2027-12-31",
		    NULL },
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
	if (cells[REGIME].n == 0)
		return zv_fail(err, ZV_E_INVALID, "regime", N_("The regime is empty. Take its name from the list of controlled substances."));
	if (cells[NUMBER].n == 0)
		return zv_fail(err, ZV_E_INVALID, "number", N_("The number of the permit is empty."));
	if (key.n == 0)
		key = zv_import_digest(im, (struct zv_str[]){ zv_import_org_key(im, &org), cells[REGIME], cells[NUMBER] }, 3);
	record = zv_import_plan(im, zv_register_find("permit"), key);
	zv_import_set_ref(im, record, "org_id", org_ref);
	zv_cell_text(im, record, "regime", cells[REGIME], 100, "regime");
	zv_cell_text(im, record, "number", cells[NUMBER], 200, "number");
	zv_cell_date(im, record, "valid_until", cells[VALID], "valid_until");
	return ZV_OK;
}

const struct zv_import_profile zv_kind_permits_native = {
	.name = "native",
	.label = N_("own template"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.exact = true,
	.map = map,
};

ZV_UNMAP(zv_kind_permits_unmap)
{
	const struct zv_register *reg = zv_register_find("permit");
	struct zv_out_org org;
	enum zv_code code = zv_out_org_of(&org, db, reg, record, "org_id", arena, err);

	if (code != ZV_OK)
		return code;
	cells[KEY] = record->source_key;
	cells[ORG_INN] = org.inn;
	cells[ORG] = org.name;
	cells[ORG_KEY] = org.key;
	cells[REGIME] = zv_out_text_of(reg, record, "regime");
	cells[NUMBER] = zv_out_text_of(reg, record, "number");
	cells[VALID] = zv_out_date_of(reg, record, "valid_until", arena);
	return ZV_OK;
}
