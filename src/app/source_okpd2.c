/* Russian classifiers of products and activities: OKPD2 (the city's XML, a CSV edition, pairs seen in tenders) and OKVED2. */
#include "app/sources.h"
#include "base/buf.h"
#include "model/ident.h"

/* Codes are brought to their usual writing; the parent follows from the code. */
static enum zv_code plan(struct zv_import *im, const struct zv_import_row *row, const char *scheme, enum zv_class_scheme check,
			 const char *edition, struct zv_str code_text, struct zv_str name, struct zv_str note, struct zv_err *err)
{
	char code[ZV_CLASS_TEXT];
	char parent[ZV_CLASS_TEXT] = "";
	struct zv_source_code c = {.scheme = scheme, .edition = edition, .name = name, .note = note};
	enum zv_code result = zv_class_parse(code, check, code_text, "code", err);

	if (result != ZV_OK)
		return result;
	(void)zv_class_parent(parent, check, zv_str_c(code));
	c.code = zv_str_dup(row->arena, zv_str_c(code));
	c.parent = zv_str_dup(row->arena, zv_str_c(parent));
	return zv_source_plan_code(im, row, &c, err);
}

/* The ^ of an edition stands for a line break. */
static struct zv_str line_breaks(struct zv_str s, struct zv_arena *arena)
{
	char *copy;

	if (zv_str_find_char(s, '^') < 0)
		return s;
	copy = zv_arena_alloc(arena, s.n);
	for (size_t i = 0; i < s.n; i++)
		copy[i] = s.p[i] == '^' ? '\n' : s.p[i];
	return (struct zv_str){copy, s.n};
}

enum { KOD, NAME, NOMDESCR, RAZDEL };

static enum zv_code map_okpd2(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	if (row->cells[KOD].n == 0) {
		ZV_SOURCE_SKIP(im, "Kod", N_("Section heading without a code."));
		return ZV_OK;
	}
	if (row->cells[KOD].n == 1 && zv_is_digits(row->cells[KOD]))
		return zv_fail(err, ZV_E_INVALID, "Kod", N_("Class %.*s has lost its leading zero; 0%.*s would be right. Mend it in the file."),
			       ZV_STR_FMT(row->cells[KOD]), ZV_STR_FMT(row->cells[KOD]));
	return plan(im, row, "OKPD2", ZV_CLASS_OKPD2, NULL, row->cells[KOD], row->cells[NAME], line_breaks(row->cells[NOMDESCR], row->arena), err);
}

static enum zv_code map_used(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	return plan(im, row, "OKPD2", ZV_CLASS_OKPD2, "tenders", row->cells[0], row->cells[1], (struct zv_str){0}, err);
}

static enum zv_code map_okved2(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	if (zv_source_plain(row->cells[1]).n == 0) {
		ZV_SOURCE_SKIP(im, "code", N_("Section heading without a code."));
		return ZV_OK;
	}
	return plan(im, row, "OKVED2", ZV_CLASS_OKVED2, NULL, row->cells[1], row->cells[2], (struct zv_str){0}, err);
}

/* A section letter, a code or a blank, a name: the first row of the Rosstat file, which has no header. */
static bool is_okved2(const struct zv_row *first)
{
	struct zv_str letter;

	if (first->n != 3)
		return false;
	letter = zv_str_trim(first->cells[0]);
	return letter.n == 1 && letter.p[0] >= 'A' && letter.p[0] <= 'U' && zv_str_trim(first->cells[2]).n > 0;
}

static const struct zv_import_column okpd2_columns[] = {
	[KOD] = {.key = "Kod", .required = true},
	[NAME] = {.key = "Name", .required = true},
	[NOMDESCR] = {.key = "Nomdescr"},
	[RAZDEL] = {.key = "Razdel", .required = true},
};
static const char *const okpd2_paths[] = {"Kod", "Name", "Nomdescr", "Razdel"};
static const struct zv_record_spec okpd2_spec = {.record = "array", .columns = okpd2_paths, .n_columns = ZV_LEN(okpd2_paths)};

static const struct zv_import_column used_columns[] = {
	{.key = "purchaseObject.OKPD2.code", .required = true},
	{.key = "purchaseObject.OKPD2.name", .required = true},
};

static const struct zv_import_column okved2_columns[] = {
	{.key = "section", .required = true},
	{.key = "code", .required = true},
	{.key = "name", .required = true},
};

static const struct zv_import_profile okpd2_xml = {
	.name = "okpd2-xml",
	.label = N_("OKPD2, open data of the City of Moscow (XML)"),
	.type = ZV_FILE_XML,
	.columns = okpd2_columns,
	.n_columns = ZV_LEN(okpd2_columns),
	.spec = &okpd2_spec,
	.map = map_okpd2,
};

static const struct zv_import_profile okpd2_csv = {
	.name = "okpd2-csv",
	.label = N_("OKPD2, the same as a table"),
	.type = ZV_FILE_CSV,
	.columns = okpd2_columns,
	.n_columns = ZV_LEN(okpd2_columns),
	.map = map_okpd2,
};

static const struct zv_import_profile okpd2_used = {
	.name = "okpd2-tenders",
	.label = N_("OKPD2 codes as they stood in tenders"),
	.type = ZV_FILE_CSV,
	.columns = used_columns,
	.n_columns = ZV_LEN(used_columns),
	.map = map_used,
};

static const struct zv_import_profile okved2 = {
	.name = "okved2-rosstat",
	.label = N_("OKVED2, open data of Rosstat"),
	.type = ZV_FILE_CSV,
	.columns = okved2_columns,
	.n_columns = ZV_LEN(okved2_columns),
	.headless = is_okved2,
	.map = map_okved2,
};

static const struct zv_import_profile *const okpd2_profiles[] = {&okpd2_xml, &okpd2_csv, &okpd2_used};
static const struct zv_import_profile *const okved2_profiles[] = {&okved2};

const struct zv_import_kind zv_source_kind_okpd2 = {
	.name = "okpd2",
	.label = N_("OKPD2, products by kind of activity"),
	.reg = "class_code",
	.national = true,
	.profiles = okpd2_profiles,
	.n_profiles = ZV_LEN(okpd2_profiles),
};

const struct zv_import_kind zv_source_kind_okved2 = {
	.name = "okved2",
	.label = N_("OKVED2, kinds of economic activity"),
	.reg = "class_code",
	.national = true,
	.profiles = okved2_profiles,
	.n_profiles = ZV_LEN(okved2_profiles),
};
