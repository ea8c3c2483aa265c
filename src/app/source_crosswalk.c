/* Bridges between classifiers as Eurostat publishes them. The relation says what code A is to code B. */
#include "app/sources.h"

enum { CODE_MAX = 100 };

enum relation { EXACT = 1, BROADER = 2, NARROWER = 3, PARTIAL = 4 };

static enum zv_code plan(struct zv_import *im, const struct zv_import_row *row, const char *scheme_a, struct zv_str a,
			 const char *scheme_b, struct zv_str b,
			 enum relation relation, struct zv_err *err)
{
	struct zv_record *record;

	if (a.n == 0 || b.n == 0)
		return zv_fail(err, ZV_E_INVALID, a.n == 0 ? scheme_a : scheme_b, N_("A row of a crosswalk needs both codes."));
	if (a.n > CODE_MAX || b.n > CODE_MAX)
		return zv_fail(err, ZV_E_LIMIT, scheme_a, N_("The code is longer than any classifier's."));
	record = zv_import_plan(im, zv_register_find("crosswalk"),
				zv_arena_strf(row->arena, "%s:%.*s>%s:%.*s", scheme_a, ZV_STR_FMT(a), scheme_b, ZV_STR_FMT(b)));
	zv_import_set_text(im, record, "scheme_a", zv_str_c(scheme_a));
	zv_import_set_text(im, record, "code_a", a);
	zv_import_set_text(im, record, "scheme_b", zv_str_c(scheme_b));
	zv_import_set_text(im, record, "code_b", b);
	zv_import_set_int(im, record, "relation", relation);
	return ZV_OK;
}

/* Every CN code belongs to one CPA code, which holds others as well. */
static enum zv_code map_cpa_cn(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	return plan(im, row, "CPA", row->cells[0], "CN", row->cells[1], BROADER, err);
}

/* The table counts how often each side occurs: once on both sides is one to one. */
static enum zv_code map_cpa_cpc(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	bool one_a = zv_str_eq_c(row->cells[2], "1");
	bool one_b = zv_str_eq_c(row->cells[3], "1");
	enum relation relation = one_a ? (one_b ? EXACT : NARROWER) : (one_b ? BROADER : PARTIAL);

	return plan(im, row, "CPA", row->cells[0], "CPC", row->cells[1], relation, err);
}

static enum zv_code map_nace_cpa(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	return plan(im, row, "NACE", row->cells[0], "CPA", row->cells[1], zv_str_eq(row->cells[0], row->cells[1]) ? EXACT : BROADER, err);
}

static enum zv_code map_cn_cn(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	return plan(im, row, "CN2021", row->cells[0], "CN", row->cells[1], zv_str_eq(row->cells[0], row->cells[1]) ? EXACT : PARTIAL, err);
}

static const struct zv_import_column cpa_cn_columns[] = {
	{.key = "CPA2.1", .aliases = "CPA 2.1", .required = true},
	{.key = "CN2022", .aliases = "CN 2022", .required = true},
};
static const struct zv_import_column cpa_cpc_columns[] = {
	{.key = "CPA 2.1", .required = true},
	{.key = "CPC 2.1", .required = true},
	{.key = "Count of CPA 2.1", .required = true},
	{.key = "Count of CPC 2.1", .required = true},
};
static const struct zv_import_column nace_cpa_columns[] = {
	{.key = "NACE Rev 2.", .required = true},
	{.key = "CPA 2.1", .required = true},
};
static const struct zv_import_column cn_cn_columns[] = {
	{.key = "CN 2021", .required = true},
	{.key = "CN 2022", .required = true},
};

const struct zv_import_profile zv_source_cpa_cn = {
	.name = "cpa-cn", .label = N_("CPA to CN, Eurostat"), .type = ZV_FILE_CSV,
	.columns = cpa_cn_columns, .n_columns = ZV_LEN(cpa_cn_columns), .map = map_cpa_cn,
};
const struct zv_import_profile zv_source_cpa_cpc = {
	.name = "cpa-cpc", .label = N_("CPA to CPC, Eurostat"), .type = ZV_FILE_CSV,
	.columns = cpa_cpc_columns, .n_columns = ZV_LEN(cpa_cpc_columns), .map = map_cpa_cpc,
};
const struct zv_import_profile zv_source_nace_cpa = {
	.name = "nace-cpa", .label = N_("NACE to CPA, Eurostat"), .type = ZV_FILE_CSV,
	.columns = nace_cpa_columns, .n_columns = ZV_LEN(nace_cpa_columns), .map = map_nace_cpa,
};
const struct zv_import_profile zv_source_cn_cn = {
	.name = "cn-cn", .label = N_("CN 2021 to CN 2022, Eurostat"), .type = ZV_FILE_CSV,
	.columns = cn_cn_columns, .n_columns = ZV_LEN(cn_cn_columns), .map = map_cn_cn,
};
