/* Decimals: what is taken is written and taken again as the same number. */
#include "fuzz.h"

#include "base/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str text = {(const char *)p, n};

	for (int decimals = 0; decimals <= 9; decimals += 3) {
		char again[ZV_DECIMAL_TEXT];
		struct zv_err err;
		int64_t value;
		int64_t same;

		if (zv_decimal_parse(&value, text, decimals, "qty", &err) != ZV_OK) {
			ZV_FUZZ_CHECK(err.code == ZV_E_INVALID && err.text[0] != '\0');
			continue;
		}
		zv_decimal_format(again, value, decimals, (int)(n % 4), n % 2 == 0);
		ZV_FUZZ_CHECK(zv_decimal_parse(&same, zv_str_c(again), decimals, "qty", &err) == ZV_OK);
		ZV_FUZZ_CHECK(same == value);
	}
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("1 234,5"),   ZV_STR_INIT("-0.001"), ZV_STR_INIT("9223372036854775807"), ZV_STR_INIT("-9223372036854775808"),
		ZV_STR_INIT("1\xc2\xa0" "000"), ZV_STR_INIT("+5."),    {NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\xc2\xa0", "\xe2\x80\xaf", "000", "9999999", ",", ".", "-", "+", NULL};
