/* Days and quarters: what is taken is written and taken again as the same. */
#include "fuzz.h"

#include "base/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str text = {(const char *)p, n};
	char again[ZV_DATE_TEXT];
	zv_date date;
	zv_date same;
	int32_t quarter;
	int32_t same_quarter;

	if (zv_date_parse(&date, text)) {
		zv_date_format(again, date);
		ZV_FUZZ_CHECK(zv_date_parse(&same, zv_str_c(again)) && same == date);
		quarter = zv_quarter_of(date);
		ZV_FUZZ_CHECK(zv_quarter_first(quarter) <= date && date <= zv_quarter_last(quarter));
	}
	if (zv_quarter_parse(&quarter, text)) {
		zv_quarter_format(again, quarter);
		ZV_FUZZ_CHECK(zv_quarter_parse(&same_quarter, zv_str_c(again)) && same_quarter == quarter);
	}
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("2026-09-30"), ZV_STR_INIT("30.09.2026"), ZV_STR_INIT("2026-09-30T17:45:00Z"), ZV_STR_INIT("29.02.2000"),
		ZV_STR_INIT("2026-Q3"),    ZV_STR_INIT("2026Q4"),     {NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"-02-29", "31.", "1900", "2199", "T", "Q", "q1", NULL};
