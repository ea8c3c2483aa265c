/* UTF-8: the check against a plain reference, the walk, folding twice is folding once; ids; the mark against formulas. */
#include "fuzz.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "format/formula.h"

/* By the definition, character by character; position of the first bad byte or -1. */
static ptrdiff_t reference(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t length = p[i] < 0x80 ? 1 : p[i] >= 0xf0 && p[i] < 0xf8 ? 4 : p[i] >= 0xe0 && p[i] < 0xf0 ? 3 : p[i] >= 0xc0 && p[i] < 0xe0 ? 2 : 0;
		uint32_t c = length == 1 ? p[i] : length == 2 ? p[i] & 0x1fu : length == 3 ? p[i] & 0x0fu : p[i] & 0x07u;
		static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

		if (length == 0 || i + length > n)
			return (ptrdiff_t)i;
		for (size_t k = 1; k < length; k++) {
			if ((p[i + k] & 0xc0) != 0x80)
				return (ptrdiff_t)i;
			c = c << 6 | (p[i + k] & 0x3fu);
		}
		if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
			return (ptrdiff_t)i;
		i += length;
	}
	return -1;
}

static void check_folding(struct zv_str text)
{
	struct zv_buf once;
	struct zv_buf twice;

	zv_buf_init(&once, 0);
	zv_buf_init(&twice, 0);
	zv_utf8_fold(&once, text);
	ZV_FUZZ_CHECK(once.n == 0 || zv_utf8_check(zv_buf_str(&once)) < 0);
	zv_utf8_nfc(&twice, text);
	ZV_FUZZ_CHECK(twice.n == 0 || zv_utf8_check(zv_buf_str(&twice)) < 0);
	zv_buf_done(&twice);
	zv_buf_done(&once);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str text = {(const char *)p, n};
	struct zv_str rest = text;
	struct zv_str trimmed = zv_str_trim(text);
	size_t count = 0;
	uint32_t c;

	ZV_FUZZ_CHECK(zv_utf8_check(text) == reference(p, n));
	while (zv_utf8_next(&c, &rest))
		count++;
	ZV_FUZZ_CHECK(trimmed.n <= n);
	(void)zv_uid_check(text, "need");
	if (zv_formula_risky(text) && n < 1000) {
		char marked[1001] = "'";

		for (size_t i = 0; i < n; i++)
			marked[i + 1] = (char)p[i];
		ZV_FUZZ_CHECK(zv_str_eq(zv_formula_plain((struct zv_str){marked, n + 1}), text));
	} else if (!zv_formula_risky(text)) {
		ZV_FUZZ_CHECK(zv_str_eq(zv_formula_plain(text), text));
	}
	if (reference(p, n) >= 0)
		return 0;
	ZV_FUZZ_CHECK(zv_utf8_count(text) == count);
	check_folding(text);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("plain ASCII text of some length, longer than eight bytes"),
		ZV_STR_INIT("Ёлка и ёж № 5 — «кавычки»"),
		ZV_STR_INIT("\xf0\x9f\x98\x80\xe2\x80\x8b\xef\xbc\x9d\xcc\x81"),
		ZV_STR_INIT("need_0123456789abcdefghjkmnpqrs"),
		ZV_STR_INIT("  '=1+1"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "\xe0\x80\x80", "\xd0", "\xd1\x91", "\xef\xbb\xbf", "need_", "'=", NULL};
