/* Numbers and dates of spreadsheets: the decimal is the same double, and a plain one stays as it is. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "format/xlsx.h"

/* Would a spreadsheet have written this number? Others are left as they are. */
static bool is_number(struct zv_str s)
{
	char copy[100];
	char *end;

	if (s.n == 0 || s.n >= sizeof(copy) || memchr(s.p, '\0', s.n) != NULL)
		return false;
	memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	if (strspn(copy, "-0123456789.eE+") != s.n)
		return false;
	(void)strtod(copy, &end);
	return *end == '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str text = {(const char *)p, n};
	struct zv_buf plain;
	struct zv_buf again;
	struct zv_buf other;

	zv_buf_init(&plain, 0);
	zv_buf_init(&again, 0);
	zv_buf_init(&other, 0);
	zv_number_plain(&plain, text);
	zv_number_plain(&again, zv_buf_str(&plain));
	ZV_FUZZ_CHECK(zv_str_eq(zv_buf_str(&plain), zv_buf_str(&again)));
	if (is_number(text)) {
		zv_buf_add_str(&other, text);
		ZV_FUZZ_CHECK(strtod(zv_buf_c(&plain), NULL) == strtod(zv_buf_c(&other), NULL));
	}
	zv_buf_reset(&other);
	(void)zv_number_date(&other, zv_buf_str(&plain), n % 2 == 0);
	zv_buf_reset(&other);
	(void)zv_xlsx_unescape(&other, text);
	zv_buf_done(&other);
	zv_buf_done(&again);
	zv_buf_done(&plain);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("0.040000000000000001"), ZV_STR_INIT("1.6571E+11"), ZV_STR_INIT("-7.7E-9"), ZV_STR_INIT("46295.739583333336"),
		ZV_STR_INIT("40702810500000012345"), ZV_STR_INIT("1E400"),      ZV_STR_INIT("a_x000D_"), {NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"E+", "e-", ".", "-", "000000", "999999999", "_x0041_", NULL};
