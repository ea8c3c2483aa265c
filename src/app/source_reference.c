/* The product's own table of substances, data/substances.csv: what a new database knows before anybody imports. */
#include "app/kind_cells.h"
#include "app/sources.h"
#include "base/buf.h"
#include "model/ident.h"
#include "model/unit.h"

enum column { CAS, NAME_RU, NAME_EN, SYNONYMS, OKPD2, UNIT, COLUMNS };

/* The table parts synonyms by "|", the register by ";". */
static struct zv_str synonyms_of(const struct zv_import_row *row)
{
	struct zv_buf buf;
	struct zv_str out;

	zv_buf_init(&buf, 0);
	for (size_t i = 0; i < row->cells[SYNONYMS].n; i++)
		zv_buf_add_char(&buf, row->cells[SYNONYMS].p[i] == '|' ? ';' : row->cells[SYNONYMS].p[i]);
	out = zv_str_dup(row->arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

static enum zv_code map_substance(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_item item = {.cas = c[CAS], .name = c[NAME_RU], .name_en = c[NAME_EN], .synonyms = synonyms_of(row), .okpd2 = c[OKPD2]};
	const struct zv_unit *unit;
	enum zv_code code = zv_cas_check(c[CAS], "cas", err);

	if (code == ZV_OK && c[UNIT].n > 0) {
		code = zv_unit_find(&unit, c[UNIT], "unit", err);
		if (code == ZV_OK)
			item.dim = (int)unit->dim;
	}
	if (code != ZV_OK)
		return code;
	zv_import_item_fill(im, zv_import_plan(im, zv_register_find("item"), zv_import_item_key(im, &item)), &item);
	return ZV_OK;
}

static const struct zv_import_column columns[COLUMNS] = {
	[CAS] = {.key = "cas", .required = true},   [NAME_RU] = {.key = "name_ru", .required = true},
	[NAME_EN] = {.key = "name_en", .required = true}, [SYNONYMS] = {.key = "synonyms", .required = true},
	[OKPD2] = {.key = "okpd2", .required = true}, [UNIT] = {.key = "unit", .required = true},
};

const struct zv_import_profile zv_source_reference_substances = {
	.name = "reference",
	.label = N_("Substances of the reference data of Zveno"),
	.type = ZV_FILE_CSV,
	.columns = columns,
	.n_columns = COLUMNS,
	.map = map_substance,
};
