/* Units of measure as classifiers: OKEI (a CSV and the procurement portal's XML) and UN/CEFACT Recommendation 20. */
#include <stdio.h>

#include "app/source_need.h"

/* Three or four digits; the portal keeps a few units of its own with more. */
static bool is_okei(struct zv_str code)
{
	return zv_is_digits(code) && code.n >= 3 && code.n <= 5;
}

static enum zv_code map_okei(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_str letters = zv_source_plain(row->cells[4]);
	struct zv_source_code c = {
		.scheme = "OKEI",
		.code = row->cells[0],
		.name = row->cells[1],
		.symbol = zv_source_plain(row->cells[2]),
		.name_en = zv_source_plain(row->cells[3]),
		.parent = zv_source_plain(row->cells[5]),
	};

	if (!is_okei(c.code))
		return zv_fail(err, ZV_E_INVALID, "Code", N_("“%.*s” is no OKEI code; they have three digits."), ZV_STR_FMT(c.code));
	if (letters.n > 0)
		c.note = zv_arena_strf(row->arena, "Rec. 20: %.*s", ZV_STR_FMT(letters));
	return zv_source_plan_code(im, row, &c, err);
}

/* The portal repeats a code for each spelling of its name; the first one has them all («Километр;^тысяча метров»). */
static enum zv_code map_okei_eis(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_source_code c = {
		.scheme = "OKEI",
		.edition = "eis",
		.code = row->cells[0],
		.name = row->cells[1],
		.symbol = zv_source_plain(row->cells[2]),
		.parent = row->cells[3],
	};

	if (!is_okei(c.code))
		return zv_fail(err, ZV_E_INVALID, "code", N_("“%.*s” is no OKEI code; they have three digits."), ZV_STR_FMT(c.code));
	if (!zv_source_first(im, c.code)) {
		ZV_SOURCE_SKIP(im, "code", N_("A further spelling of a code that came already."));
		return ZV_OK;
	}
	return zv_source_plan_code(im, row, &c, err);
}

/* The list marks codes as deleted (X), deprecated (D) or with a bar for changed: they stay known, with that said. */
static struct zv_str rec20_note(struct zv_import *im, const struct zv_import_row *row, struct zv_str status, struct zv_str factor)
{
	const char *word = "";

	if (zv_str_eq_c(status, "X"))
		word = "deleted; ";
	else if (zv_str_eq_c(status, "D"))
		word = "deprecated; ";
	else if (status.n > 0)
		ZV_SOURCE_WARN(im, "Status", N_("Status “%.*s” is none of X and D; the unit is kept as valid."), ZV_STR_FMT(status));
	if (factor.n == 0)
		return zv_str_trim(zv_str_c(word));
	return zv_arena_strf(row->arena, "%s1 = %.*s", word, ZV_STR_FMT(factor));
}

static bool is_rec20(struct zv_str code)
{
	for (size_t i = 0; i < code.n; i++) {
		char ch = code.p[i];

		if (!zv_is_digit(ch) && (ch < 'A' || ch > 'Z'))
			return false;
	}
	return code.n >= 2 && code.n <= 3;
}

static enum zv_code map_rec20(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_source_code c = {
		.scheme = "REC20",
		.code = row->cells[1],
		.name = row->cells[2],
		.name_en = row->cells[2],
		.symbol = zv_source_plain(row->cells[3]),
	};

	if (!is_rec20(c.code))
		return zv_fail(err, ZV_E_INVALID, "CommonCode", N_("“%.*s” is no Rec. 20 code; they have two or three capitals and digits."),
			       ZV_STR_FMT(c.code));
	c.note = rec20_note(im, row, row->cells[0], row->cells[4]);
	return zv_source_plan_code(im, row, &c, err);
}

static enum zv_code map_rec20_json(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	struct zv_source_code c = {
		.scheme = "REC20",
		.edition = "prozorro",
		.code = row->cells[0],
		.name = row->cells[1],
		.name_en = row->cells[1],
		.symbol = row->cells[2],
	};

	if (!is_rec20(c.code))
		return zv_fail(err, ZV_E_INVALID, "@key", N_("“%.*s” is no Rec. 20 code; they have two or three capitals and digits."),
			       ZV_STR_FMT(c.code));
	return zv_source_plan_code(im, row, &c, err);
}

static const struct zv_import_column okei_columns[] = {
	{.key = "Code", .required = true},
	{.key = "Name", .required = true},
	{.key = "SymbolRu", .required = true},
	{.key = "SymbolEn"},
	{.key = "AlphaEn"},
	{.key = "GroupId", .required = true},
};

static const struct zv_import_column eis_columns[] = {
	{.key = "code", .required = true},
	{.key = "name", .required = true},
	{.key = "symbol"},
	{.key = "group/code"},
};
static const char *const eis_paths[] = {"code", "name", "symbol", "group/code"};
static const struct zv_record_spec eis_spec = {.record = "nsiOkeiData", .columns = eis_paths, .n_columns = ZV_LEN(eis_paths)};

static const struct zv_import_column rec20_columns[] = {
	{.key = "Status", .required = true},
	{.key = "CommonCode", .required = true},
	{.key = "Name", .required = true},
	{.key = "Symbol"},
	{.key = "ConversionFactor", .required = true},
};

static const struct zv_import_column json_columns[] = {
	{.key = "@key", .required = true},
	{.key = "name", .required = true},
	{.key = "symbol", .required = true},
};
static const char *const json_paths[] = {"@key", "name", "symbol"};
static const struct zv_record_spec json_spec = {.record = "*", .columns = json_paths, .n_columns = ZV_LEN(json_paths)};

static const struct zv_import_profile okei_csv = {
	.name = "okei-csv",
	.label = N_("OKEI as a table"),
	.type = ZV_FILE_CSV,
	.columns = okei_columns,
	.n_columns = ZV_LEN(okei_columns),
	.map = map_okei,
};

static const struct zv_import_profile okei_eis = {
	.name = "okei-eis",
	.label = N_("OKEI as the procurement portal publishes it (XML)"),
	.type = ZV_FILE_XML,
	.columns = eis_columns,
	.n_columns = ZV_LEN(eis_columns),
	.spec = &eis_spec,
	.state_size = sizeof(struct zv_source_seen),
	.state_done = zv_source_seen_done,
	.map = map_okei_eis,
};

static const struct zv_import_profile rec20_csv = {
	.name = "rec20-csv",
	.label = N_("UN/CEFACT Recommendation 20"),
	.type = ZV_FILE_CSV,
	.columns = rec20_columns,
	.n_columns = ZV_LEN(rec20_columns),
	.map = map_rec20,
};

static const struct zv_import_profile rec20_json = {
	.name = "rec20-json",
	.label = N_("Recommendation 20 codes by name (JSON)"),
	.type = ZV_FILE_JSON,
	.columns = json_columns,
	.n_columns = ZV_LEN(json_columns),
	.spec = &json_spec,
	.map = map_rec20_json,
};

static const struct zv_import_profile *const okei_profiles[] = {&okei_csv, &okei_eis};
static const struct zv_import_profile *const rec20_profiles[] = {&rec20_csv, &rec20_json};

const struct zv_import_kind zv_source_kind_okei = {
	.name = "okei",
	.label = N_("OKEI, units of measure"),
	.reg = "class_code",
	.national = true,
	.profiles = okei_profiles,
	.n_profiles = ZV_LEN(okei_profiles),
};

const struct zv_import_kind zv_source_kind_rec20 = {
	.name = "rec20",
	.label = N_("UN/CEFACT Recommendation 20, units of measure"),
	.reg = "class_code",
	.national = true,
	.profiles = rec20_profiles,
	.n_profiles = ZV_LEN(rec20_profiles),
};
