/* Substances: identifier tables of PubChem kind (tabs, no header, ragged) and inventories that are lists of CAS numbers. */
#include "app/kind_cells.h"
#include "app/sources.h"
#include "base/buf.h"
#include "model/ident.h"

enum column { CID, CAS, FORMULA, MASS, SMILES, INCHI, INCHIKEY, IUPAC, NAME, COLUMNS };
enum { SYNONYMS_MAX = 40, SYNONYM_CHARS_MAX = 120 };

static bool is_table(const struct zv_row *first)
{
	return first->n > NAME && zv_cas_looks_like(zv_str_trim(first->cells[CAS])) &&
	       zv_inchikey_check(zv_str_trim(first->cells[INCHIKEY]), "inchikey", NULL) == ZV_OK;
}

/* Names beyond the common one, parted by "; ": without numbers that stand among them, long systematic ones and repetitions of the name. */
static struct zv_str synonyms_of(const struct zv_import_row *row)
{
	struct zv_buf buf;
	struct zv_str out;
	int n = 0;

	zv_buf_init(&buf, 0);
	for (size_t i = IUPAC; i < row->raw->n && n < SYNONYMS_MAX; i++) {
		struct zv_str s = zv_str_trim(row->raw->cells[i]);

		if (i == NAME || s.n == 0 || s.n > SYNONYM_CHARS_MAX || zv_cas_looks_like(s) || zv_str_find_char(s, ';') >= 0 ||
		    zv_str_eq_nocase(s, row->cells[NAME]))
			continue;
		if (n++ > 0)
			zv_buf_add_c(&buf, "; ");
		zv_buf_add_str(&buf, s);
	}
	out = zv_str_dup(row->arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

/* What needs a permit is marked, so that needs and offers of it are held. */
static void set_control(struct zv_import *im, struct zv_record *record, const struct zv_control_result *control)
{
	for (size_t i = 0; i < control->n; i++) {
		if (control->hits[i].action != control->action)
			continue;
		zv_import_set_int(im, record, "control", control->action);
		zv_import_set_text(im, record, "regime", control->hits[i].rule->regime);
		return;
	}
}

/* The gate first, on the number and every name; then the number itself; then the record. */
static enum zv_code plan_item(struct zv_import *im, const struct zv_import_item *item, struct zv_str cas_text, const char *cas_field,
			      struct zv_err *err)
{
	struct zv_control_result control;
	struct zv_record *record;
	struct zv_err held = {0};
	enum zv_code code = zv_cells_gate(&control, &held, im, item, item->synonyms, (struct zv_import_ref){0}, err);

	if (code == ZV_OK)
		code = zv_cas_check(cas_text, cas_field, err);
	if (code == ZV_OK && item->inchikey.n > 0)
		code = zv_inchikey_check(item->inchikey, "inchikey", err);
	if (code != ZV_OK)
		return code;
	if (held.code != ZV_OK && control.action == ZV_CONTROL_REFUSE) { /* only its words say so: an expert must look */
		zv_import_hold(im, &held, false);
		return ZV_OK;
	}
	if (item->name.n == 0)
		return zv_fail(err, ZV_E_INVALID, "name", N_("CAS %.*s has no name in this row."), ZV_STR_FMT(cas_text));
	record = zv_import_plan(im, zv_register_find("item"), zv_import_item_key(im, item));
	zv_import_item_fill(im, record, item);
	set_control(im, record, &control);
	return ZV_OK;
}

static enum zv_code map_table(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_item item = {.cas = c[CAS], .name = c[NAME].n > 0 ? c[NAME] : c[IUPAC], .inchikey = c[INCHIKEY]};

	item.name_en = item.name;
	item.synonyms = synonyms_of(row);
	return plan_item(im, &item, c[CAS], "cas", err);
}

static const struct zv_import_column table_columns[COLUMNS] = {
	[CID] = {.key = "cid"},          [CAS] = {.key = "cas", .required = true}, [FORMULA] = {.key = "formula"},
	[MASS] = {.key = "molar_mass"},  [SMILES] = {.key = "smiles"},             [INCHI] = {.key = "inchi"},
	[INCHIKEY] = {.key = "inchikey"}, [IUPAC] = {.key = "iupac"},               [NAME] = {.key = "name"},
};

const struct zv_import_profile zv_source_substances = {
	.name = "substances-tsv",
	.label = N_("Substances with identifiers and synonyms (tabs, no header)"),
	.type = ZV_FILE_CSV,
	.columns = table_columns,
	.n_columns = COLUMNS,
	.headless = is_table,
	.no_quotes = true,
	.separator = '\t',
	.file_suffix = ".tsv",
	.map = map_table,
};

/* --- registry lists: a CAS number, then how it was found ----------------------------------------------------------- */

static bool is_registry(const struct zv_row *first)
{
	struct zv_str word = first->n > 1 ? zv_str_trim(first->cells[1]) : (struct zv_str){0};

	return zv_cas_looks_like(zv_str_trim(first->cells[0])) && (zv_str_eq_c(word, "smiles") || zv_str_eq_c(word, "formula"));
}

static enum zv_code map_registry(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_item item = {.cas = c[0]};

	if (zv_str_eq_c(c[3], "name"))
		item.name = c[4];
	return plan_item(im, &item, c[0], "cas", err);
}

static const struct zv_import_column registry_columns[] = {
	{.key = "cas", .required = true}, {.key = "by"}, {.key = "value"}, {.key = "by2"}, {.key = "value2"},
};

const struct zv_import_profile zv_source_cas_registry = {
	.name = "cas-registry",
	.label = N_("CAS numbers with a formula or SMILES (tabs, no header)"),
	.type = ZV_FILE_CSV,
	.columns = registry_columns,
	.n_columns = ZV_LEN(registry_columns),
	.headless = is_registry,
	.no_quotes = true,
	.separator = '\t',
	.map = map_registry,
};

/* --- inventories: nothing but numbers ------------------------------------------------------------------------------ */

/* An inventory has no names: a substance not known yet is called by its number; one that is known stays as it is. */
static enum zv_code map_inventory(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_import_item item = {.cas = row->cells[0]};
	struct zv_import_ref known;
	char cas[ZV_CAS_TEXT];
	enum zv_code code = ZV_OK;

	if (zv_str_find_char(item.cas, '-') < 0) {
		code = zv_cas_from_digits(cas, item.cas, "CASRN", err);
		if (code != ZV_OK)
			return code;
		item.cas = zv_str_dup(row->arena, zv_str_c(cas));
	}
	if (zv_import_item(&known, im, &item, false, NULL) == ZV_OK) {
		ZV_SOURCE_SKIP(im, "CASRN", N_("The substance is in the register already; the inventory says nothing more of it."));
		return ZV_OK;
	}
	item.name = zv_arena_strf(row->arena, "CAS %.*s", ZV_STR_FMT(item.cas));
	return plan_item(im, &item, item.cas, "CASRN", err);
}

static const struct zv_import_column inventory_columns[] = {
	{.key = "CASRN", .required = true},
};

const struct zv_import_profile zv_source_cas_list = {
	.name = "cas-list",
	.label = N_("Inventory: CAS numbers without names"),
	.type = ZV_FILE_CSV,
	.columns = inventory_columns,
	.n_columns = ZV_LEN(inventory_columns),
	.map = map_inventory,
};
