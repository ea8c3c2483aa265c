/* Numbers of substances: CAS and InChIKey. */
#include <stdio.h>

#include "model/ident.h"

enum { CAS_FIRST_MIN = 2, CAS_FIRST_MAX = 7, CAS_TAIL = 5, CAS_DIGITS_MIN = 5, CAS_DIGITS_MAX = 10, SHOWN_MAX = 60 };

/* The digits without the last, from the right, times 1, 2, 3 ...; the sum modulo 10. `digits` includes the check digit. */
static int cas_expected(const char *digits, size_t n)
{
	int sum = 0;

	for (size_t i = 1; i < n; i++)
		sum += (int)i * (digits[n - 1 - i] - '0');
	return sum % 10;
}

bool zv_cas_looks_like(struct zv_str text)
{
	struct zv_str s = zv_str_trim(text);

	return s.n >= CAS_TAIL + 1 && s.p[s.n - 2] == '-' && s.p[s.n - 5] == '-' && zv_is_digit(s.p[s.n - 1]) &&
	       zv_is_digits((struct zv_str){s.p + s.n - 4, 2}) && zv_is_digits(zv_str_first(s, s.n - CAS_TAIL));
}

static enum zv_code cas_malformed(struct zv_str s, const char *field, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, field,
		       N_("CAS %.*s: expected 2 to 7 digits, a hyphen, 2 digits, a hyphen and the check digit, as 123-54-6"),
		       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
}

enum zv_code zv_cas_check(struct zv_str cas, const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(cas);
	char digits[CAS_DIGITS_MAX];
	size_t n = 0;
	int expected;

	if (!zv_cas_looks_like(s) || s.n < CAS_FIRST_MIN + CAS_TAIL || s.n > CAS_FIRST_MAX + CAS_TAIL || s.p[0] == '0')
		return cas_malformed(s, field, err);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '-')
			digits[n++] = s.p[i];
	}
	expected = cas_expected(digits, n);
	if (digits[n - 1] - '0' == expected)
		return ZV_OK;
	return zv_fail(err, ZV_E_INVALID, field, N_("CAS %.*s: check digit, expected %d"), ZV_STR_FMT(s), expected);
}

enum zv_code zv_cas_from_digits(char out[ZV_CAS_TEXT], struct zv_str digits, const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(digits);
	char text[ZV_CAS_TEXT];
	enum zv_code code;

	if (!zv_is_digits(s) || s.n < CAS_DIGITS_MIN || s.n > CAS_DIGITS_MAX)
		return zv_fail(err, ZV_E_INVALID, field, N_("CAS %.*s: expected 5 to 10 digits without hyphens, as 123546"),
			       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
	(void)snprintf(text, sizeof(text), "%.*s-%.2s-%c", (int)s.n - 3, s.p, s.p + s.n - 3, s.p[s.n - 1]);
	code = zv_cas_check(zv_str_c(text), field, err);
	if (code == ZV_OK)
		(void)snprintf(out, ZV_CAS_TEXT, "%s", text);
	return code;
}

enum zv_code zv_inchikey_check(struct zv_str key, const char *field, struct zv_err *err)
{
	enum { FIRST_HYPHEN = 14, SECOND_HYPHEN = 25, CHARS = 27 };
	struct zv_str s = zv_str_trim(key);
	bool ok = s.n == CHARS;

	for (size_t i = 0; ok && i < s.n; i++)
		ok = i == FIRST_HYPHEN || i == SECOND_HYPHEN ? s.p[i] == '-' : s.p[i] >= 'A' && s.p[i] <= 'Z';
	if (ok)
		return ZV_OK;
	return zv_fail(err, ZV_E_INVALID, field, N_("InChIKey %.*s: expected 14, 10 and 1 Latin capitals with hyphens between them"),
		       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
}
