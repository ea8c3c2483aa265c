/*
 * Files that look like needs or supply and cannot be either. They are recognised so that every row says why: tender notices of
 * 2014 (codes of a classifier that is gone, no quantity), customs statistics (no names; one copy with its letters destroyed).
 */
#include "app/sources.h"

static enum zv_code map_notice(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	(void)im;
	return zv_fail(err, ZV_E_UNSUPPORTED, "lots",
		       N_("The notice states no quantity, and its codes (%.*s) are of the OKPD of 2007, which OKPD2 has replaced without a bridge: it cannot become a need."),
		       ZV_STR_FMT(zv_str_first(row->cells[1], 60)));
}

static enum zv_code map_customs(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	(void)im;
	if (zv_str_find(row->cells[0], ZV_STR("\xef\xbf\xbd")) >= 0)
		return zv_fail(err, ZV_E_INVALID, "NAPR",
			       N_("The letters of this file were destroyed (U+FFFD) before it came here: import or export cannot be told apart, and it cannot be restored. Ask for the file again."));
	return zv_fail(err, ZV_E_UNSUPPORTED, "NAPR",
		       N_("Customs statistics name neither seller nor buyer: %.*s of %.*s cannot become a supply."), ZV_STR_FMT(row->cells[0]),
		       ZV_STR_FMT(row->cells[1]));
}

static const struct zv_import_column notice_columns[] = {
	{.key = "id", .required = true},
	{.key = "lots", .required = true},
	{.key = "num_of_lots", .required = true},
	{.key = "zipcode", .required = true},
};

static const struct zv_import_column customs_columns[] = {
	{.key = "NAPR", .aliases = "NAPR,C,2", .required = true},
	{.key = "TNVED", .aliases = "TNVED,C,10", .required = true},
	{.key = "STOIM", .aliases = "STOIM,N,22,0", .required = true},
};

const struct zv_import_profile zv_source_eis_notices = {
	.name = "eis-notices-2014",
	.label = N_("Tender notices of 2014 (cannot be used: old OKPD)"),
	.type = ZV_FILE_CSV,
	.columns = notice_columns,
	.n_columns = ZV_LEN(notice_columns),
	.map = map_notice,
};

const struct zv_import_profile zv_source_customs = {
	.name = "customs-statistics",
	.label = N_("Customs statistics (cannot be used: no names)"),
	.type = ZV_FILE_CSV,
	.columns = customs_columns,
	.n_columns = ZV_LEN(customs_columns),
	.map = map_customs,
};
