/* Classifiers of goods from outside the country: HS, Combined Nomenclature, TN VED, CPA, CPV. */
#include <string.h>

#include "app/sources.h"

static bool digits_between(struct zv_str code, size_t lo, size_t hi)
{
	return zv_is_digits(code) && code.n >= lo && code.n <= hi;
}

static enum zv_code map_hs(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_source_code c = {.scheme = "HS", .code = row->cells[1], .name = row->cells[2], .name_en = row->cells[2], .parent = row->cells[3]};

	if (zv_str_eq_c(c.code, "TOTAL")) {
		ZV_SOURCE_SKIP(im, "hscode", N_("A total, not a code."));
		return ZV_OK;
	}
	if (!digits_between(c.code, 2, 6) || c.code.n % 2 != 0)
		return zv_fail(err, ZV_E_INVALID, "hscode", N_("“%.*s” is no HS code; they have 2, 4 or 6 digits."), ZV_STR_FMT(c.code));
	if (zv_str_eq_c(c.parent, "TOTAL"))
		c.parent = (struct zv_str){0};
	return zv_source_plan_code(im, row, &c, err);
}

static enum zv_code map_cn(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_source_code c = {.scheme = "CN", .edition = "2022", .code = row->cells[0], .name = row->cells[1], .name_en = row->cells[1]};

	if (!zv_is_digits(c.code)) {
		ZV_SOURCE_SKIP(im, "CN 2022", N_("Section heading without a code."));
		return ZV_OK;
	}
	if (!digits_between(c.code, 2, 8))
		return zv_fail(err, ZV_E_INVALID, "CN 2022", N_("“%.*s” is no CN code; they have 2 to 8 digits."), ZV_STR_FMT(c.code));
	if (c.name.n == 0)
		c.name = c.name_en = row->cells[2];
	return zv_source_plan_code(im, row, &c, err);
}

static enum zv_code map_cpa(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_source_code c = {.scheme = "CPA", .edition = "2.1", .code = row->cells[0], .name = row->cells[1], .name_en = row->cells[1],
				   .note = row->cells[2]};

	if (c.code.n == 1 && !zv_is_digit(c.code.p[0])) {
		ZV_SOURCE_SKIP(im, "CPA 2.1", N_("Section heading without a code."));
		return ZV_OK;
	}
	return zv_source_plan_code(im, row, &c, err);
}

/*
 * Column 1 went through a spreadsheet and lost its leading zeros; the true code stands at the start of column 2. It is taken
 * from there, and every row where the two differ is said, since the file does not agree with itself.
 */
static enum zv_code map_tnved(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_str text = row->cells[1];
	ptrdiff_t dash = zv_str_find(text, ZV_STR(" - "));
	struct zv_source_code c = {.scheme = "TNVED"};

	if (dash < 0)
		return zv_fail(err, ZV_E_INVALID, "text", N_("Column 2 does not begin with a code and “ - ”."));
	c.code = zv_str_trim(zv_str_first(text, (size_t)dash));
	c.name = zv_str_trim(zv_str_from(text, (size_t)dash + 3));
	if (!digits_between(c.code, 4, 10))
		return zv_fail(err, ZV_E_INVALID, "text", N_("“%.*s” at the start of column 2 is no TN VED code."), ZV_STR_FMT(c.code));
	if (!zv_str_eq(c.code, row->cells[0])) {
		if (!zv_str_ends(c.code, row->cells[0]))
			return zv_fail(err, ZV_E_INVALID, "code", N_("Column 1 says %.*s, column 2 says %.*s."), ZV_STR_FMT(row->cells[0]),
				       ZV_STR_FMT(c.code));
		ZV_SOURCE_WARN(im, "code", N_("%.*s has lost leading zeros; %.*s of column 2 is taken."), ZV_STR_FMT(row->cells[0]),
			       ZV_STR_FMT(c.code));
	}
	return zv_source_plan_code(im, row, &c, err);
}

static bool is_tnved(const struct zv_row *first)
{
	return first->n == 2 && zv_is_digits(zv_str_trim(first->cells[0])) && zv_str_find(first->cells[1], ZV_STR(" - ")) > 0;
}

/* 03000000-1: eight digits and a check digit. */
static enum zv_code map_cpv(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_source_code c = {.scheme = "CPV", .code = row->cells[0], .name = row->cells[1]};

	if (c.code.n != 10 || c.code.p[8] != '-' || !zv_is_digits(zv_str_first(c.code, 8)) || !zv_is_digit(c.code.p[9]))
		return zv_fail(err, ZV_E_INVALID, "@key", N_("“%.*s” is no CPV code; they are written like 24000000-4."), ZV_STR_FMT(c.code));
	if (zv_str_eq(c.code, c.name))
		ZV_SOURCE_WARN(im, "name", N_("The name of %.*s is the code itself: the source has no translation."), ZV_STR_FMT(c.code));
	return zv_source_plan_code(im, row, &c, err);
}

static const struct zv_import_column hs_columns[] = {
	{.key = "section", .required = true},
	{.key = "hscode", .required = true},
	{.key = "description", .required = true},
	{.key = "parent", .required = true},
};
static const struct zv_import_column cn_columns[] = {
	{.key = "CN 2022", .required = true},
	{.key = "SupText", .required = true},
	{.key = "Name", .required = true},
};
static const struct zv_import_column cpa_columns[] = {
	{.key = "CPA 2.1", .required = true},
	{.key = "Name", .required = true},
	{.key = "Include", .required = true},
};
static const struct zv_import_column tnved_columns[] = {
	{.key = "code", .required = true},
	{.key = "text", .required = true},
};
static const struct zv_import_column cpv_columns[] = {
	{.key = "@key", .required = true},
	{.key = ".", .required = true},
};
static const char *const cpv_paths[] = {"@key", "."};
static const struct zv_record_spec cpv_spec = {.record = "*", .columns = cpv_paths, .n_columns = ZV_LEN(cpv_paths)};

static const struct zv_import_profile hs_csv = {
	.name = "hs-csv", .label = N_("HS with English names"), .type = ZV_FILE_CSV,
	.columns = hs_columns, .n_columns = ZV_LEN(hs_columns), .map = map_hs,
};
static const struct zv_import_profile cn_csv = {
	.name = "cn-eurostat", .label = N_("Combined Nomenclature of Eurostat"), .type = ZV_FILE_CSV,
	.columns = cn_columns, .n_columns = ZV_LEN(cn_columns), .map = map_cn,
};
static const struct zv_import_profile cpa_csv = {
	.name = "cpa-eurostat", .label = N_("CPA of Eurostat"), .type = ZV_FILE_CSV,
	.columns = cpa_columns, .n_columns = ZV_LEN(cpa_columns), .map = map_cpa,
};
static const struct zv_import_profile tnved_txt = {
	.name = "tnved-txt", .label = N_("TN VED as text: code, tab, code and path"), .type = ZV_FILE_CSV,
	.columns = tnved_columns, .n_columns = ZV_LEN(tnved_columns), .headless = is_tnved,
	.no_quotes = true, .separator = '\t', .file_suffix = ".txt", .map = map_tnved,
};
static const struct zv_import_profile cpv_json = {
	.name = "cpv-json", .label = N_("CPV as one JSON object"), .type = ZV_FILE_JSON,
	.columns = cpv_columns, .n_columns = ZV_LEN(cpv_columns), .spec = &cpv_spec, .map = map_cpv,
};

static const struct zv_import_profile *const hs_profiles[] = {&hs_csv};
static const struct zv_import_profile *const cn_profiles[] = {&cn_csv};
static const struct zv_import_profile *const cpa_profiles[] = {&cpa_csv};
static const struct zv_import_profile *const tnved_profiles[] = {&tnved_txt};
static const struct zv_import_profile *const cpv_profiles[] = {&cpv_json};

const struct zv_import_kind zv_source_kind_hs = {
	.name = "hs", .label = N_("HS, the harmonized system"), .reg = "class_code", .national = true,
	.profiles = hs_profiles, .n_profiles = ZV_LEN(hs_profiles),
};
const struct zv_import_kind zv_source_kind_cn = {
	.name = "cn", .label = N_("CN, the Combined Nomenclature"), .reg = "class_code", .national = true,
	.profiles = cn_profiles, .n_profiles = ZV_LEN(cn_profiles),
};
const struct zv_import_kind zv_source_kind_cpa = {
	.name = "cpa", .label = N_("CPA, products by activity"), .reg = "class_code", .national = true,
	.profiles = cpa_profiles, .n_profiles = ZV_LEN(cpa_profiles),
};
const struct zv_import_kind zv_source_kind_tnved = {
	.name = "tnved", .label = N_("TN VED of the EAEU"), .reg = "class_code", .national = true,
	.profiles = tnved_profiles, .n_profiles = ZV_LEN(tnved_profiles),
};
const struct zv_import_kind zv_source_kind_cpv = {
	.name = "cpv", .label = N_("CPV, the procurement vocabulary"), .reg = "class_code", .national = true,
	.profiles = cpv_profiles, .n_profiles = ZV_LEN(cpv_profiles),
};
