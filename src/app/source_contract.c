/* Contracts as proven supply: the kind, and what its profiles share. */
#include "app/source_contract.h"

#include "base/decimal.h"
#include "model/ident.h"

enum zv_code zv_supply_code(struct zv_import *im, struct zv_record *record, struct zv_str code_text, struct zv_arena *arena,
			    struct zv_err *err)
{
	char code[ZV_CLASS_TEXT];
	enum zv_code result;

	if (code_text.n == 0)
		return ZV_OK;
	result = zv_class_parse(code, ZV_CLASS_OKPD2, code_text, "okpd2", err);
	if (result == ZV_OK)
		zv_import_set_text(im, record, "okpd2", zv_str_dup(arena, zv_str_c(code)));
	return result;
}

enum zv_code zv_supply_day(struct zv_import *im, struct zv_record *record, struct zv_str text, struct zv_err *err)
{
	zv_date day;

	if (text.n == 0)
		return ZV_OK;
	if (!zv_date_parse(&day, text))
		return zv_fail(err, ZV_E_INVALID, "signed_on", N_("“%.*s” is not a date; write it like 2026-09-30."), ZV_STR_FMT(text));
	zv_import_set_int(im, record, "signed_on", day);
	return ZV_OK;
}

enum zv_code zv_supply_sum(struct zv_import *im, struct zv_record *record, struct zv_str text, struct zv_err *err)
{
	int64_t kop;
	enum zv_code code;

	if (text.n == 0)
		return ZV_OK;
	code = zv_decimal_parse(&kop, text, 2, "sum", err);
	if (code == ZV_OK)
		zv_import_set_int(im, record, "sum_kop", kop);
	return code;
}

static const struct zv_import_profile *const profiles[] = {
	&zv_source_contracts_44,
	&zv_source_contracts_mos,
	&zv_source_contract_223,
	&zv_source_customs,
};

const struct zv_import_kind zv_source_kind_supplies = {
	.name = "supplies",
	.label = N_("Proven supply: contracts"),
	.reg = "supply",
	.profiles = profiles,
	.n_profiles = ZV_LEN(profiles),
};
