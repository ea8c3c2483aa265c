/* Check digits of firms and goods. Weights as published by the tax service and in the GS1 specification. */
#include "model/ident.h"

#include "base/tr.h"

enum { INN_FIRM = 10, INN_PERSON = 12, OGRN_DIGITS = 13, OGRNIP_DIGITS = 15, KPP_CHARS = 9, SHOWN_MAX = 60 };

static int digit(struct zv_str s, size_t i)
{
	return s.p[i] - '0';
}

/* The bytes of e, E or the Cyrillic letter that looks like it at the start of s; 0 for none. */
static size_t exponent_mark(struct zv_str s)
{
	if (s.n > 0 && (s.p[0] == 'e' || s.p[0] == 'E'))
		return 1;
	return zv_str_starts(s, ZV_STR("Е")) || zv_str_starts(s, ZV_STR("е")) ? 2 : 0;
}

/* 1.6571E+11 or «1,6571E+11»: what a spreadsheet leaves of a long number. */
static bool is_wrecked(struct zv_str s)
{
	size_t i = 0;
	size_t mark;

	while (i < s.n && (zv_is_digit(s.p[i]) || s.p[i] == '.' || s.p[i] == ','))
		i++;
	mark = exponent_mark(zv_str_from(s, i));
	if (i == 0 || mark == 0)
		return false;
	s = zv_str_from(s, i + mark);
	if (s.n > 0 && (s.p[0] == '+' || s.p[0] == '-'))
		s = zv_str_from(s, 1);
	return zv_is_digits(s);
}

static bool all_zeros(struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '0')
			return false;
	}
	return true;
}

/* What every long number must be before its length and check digit are asked: digits, not wrecked, not only zeros. */
static enum zv_code digits_check(struct zv_str number, const char *label, const char *field, struct zv_err *err)
{
	struct zv_str shown = zv_str_first(number, SHOWN_MAX);

	if (number.n == 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("%s is empty; give its digits."), zv_tr(label));
	if (is_wrecked(number))
		return zv_fail(err, ZV_E_INVALID, field,
			       N_("%s %.*s: wrecked by a spreadsheet: its last digits are gone, take it from the source"), zv_tr(label),
			       ZV_STR_FMT(shown));
	if (!zv_is_digits(number))
		return zv_fail(err, ZV_E_INVALID, field, N_("%s %.*s: only digits are allowed"), zv_tr(label), ZV_STR_FMT(shown));
	if (all_zeros(number))
		return zv_fail(err, ZV_E_INVALID, field, N_("%s %.*s: all zeros is nobody's number"), zv_tr(label), ZV_STR_FMT(shown));
	return ZV_OK;
}

static int weighted_sum(struct zv_str s, const int *weights, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += weights[i] * digit(s, i);
	return sum;
}

/* The check digits that the others ask for: one of a firm, two of a person. */
static int inn_expected(struct zv_str s)
{
	static const int firm[] = {2, 4, 10, 3, 5, 9, 4, 6, 8};
	static const int eleventh[] = {7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
	static const int twelfth[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6};
	int first;

	if (s.n == INN_FIRM)
		return weighted_sum(s, firm, ZV_LEN(firm)) % 11 % 10;
	/* The twelfth digit counts the eleventh (weight 8) as it should be, so that one wrong digit gives one proposal. */
	first = weighted_sum(s, eleventh, ZV_LEN(eleventh)) % 11 % 10;
	return first * 10 + (weighted_sum(s, twelfth, ZV_LEN(twelfth)) + 8 * first) % 11 % 10;
}

static int inn_stated(struct zv_str s)
{
	return s.n == INN_FIRM ? digit(s, 9) : digit(s, 10) * 10 + digit(s, 11);
}

/* OGRN and OGRNIP: all but the last digit as one number, modulo the number of those digits less one, modulo 10. */
static int ogrn_expected(struct zv_str s)
{
	int modulus = s.n == OGRN_DIGITS ? 11 : 13;
	int rest = 0;

	for (size_t i = 0; i + 1 < s.n; i++)
		rest = (rest * 10 + digit(s, i)) % modulus;
	return rest % 10;
}

static int gtin_expected(struct zv_str s)
{
	int sum = 0;

	for (size_t i = 0; i + 1 < s.n; i++)
		sum += digit(s, i) * ((s.n - i) % 2 == 0 ? 3 : 1);
	return (10 - sum % 10) % 10;
}

static int last_digit(struct zv_str s)
{
	return digit(s, s.n - 1);
}

/* Numbers of one kind: which lengths they have and how their check digits are found. */
struct kind {
	const char *label;
	const char *lengths; /* for the message */
	size_t allowed[4];
	int (*expected)(struct zv_str);
	int (*stated)(struct zv_str);
};

static bool length_ok(const struct kind *kind, size_t n)
{
	for (size_t i = 0; i < ZV_LEN(kind->allowed); i++) {
		if (kind->allowed[i] == n)
			return true;
	}
	return false;
}

/* With one zero in front the number would be right: the zero was lost where the number was kept as an amount. */
static bool zero_lost(const struct kind *kind, struct zv_str number, char padded[OGRNIP_DIGITS + 1])
{
	struct zv_str s = {padded, number.n + 1};

	if (s.n > OGRNIP_DIGITS || !length_ok(kind, s.n))
		return false;
	padded[0] = '0';
	for (size_t i = 0; i < number.n; i++)
		padded[i + 1] = number.p[i];
	return kind->stated(s) == kind->expected(s);
}

static enum zv_code number_check(const struct kind *kind, struct zv_str number, const char *field, struct zv_err *err)
{
	char padded[OGRNIP_DIGITS + 1];
	enum zv_code code;

	number = zv_str_trim(number);
	code = digits_check(number, kind->label, field, err);
	if (code != ZV_OK)
		return code;
	if (!length_ok(kind, number.n)) {
		if (zero_lost(kind, number, padded))
			return zv_fail(err, ZV_E_INVALID, field,
				       N_("%s %.*s: %zu digits; a leading zero may be lost: %.*s?"), zv_tr(kind->label),
				       ZV_STR_FMT(number), number.n, (int)number.n + 1, padded);
		return zv_fail(err, ZV_E_INVALID, field, N_("%s %.*s: %zu digits, expected %s"), zv_tr(kind->label),
			       ZV_STR_FMT(zv_str_first(number, SHOWN_MAX)), number.n, zv_tr(kind->lengths));
	}
	if (kind->stated(number) == kind->expected(number))
		return ZV_OK;
	if (kind->expected == inn_expected && number.n == INN_PERSON)
		return zv_fail(err, ZV_E_INVALID, field, N_("%s %.*s: check digits, expected %02d"), zv_tr(kind->label),
			       ZV_STR_FMT(number), kind->expected(number));
	return zv_fail(err, ZV_E_INVALID, field, N_("%s %.*s: check digit, expected %d"), zv_tr(kind->label), ZV_STR_FMT(number),
		       kind->expected(number));
}

static const struct kind inn_kind = {N_("INN"), N_("10 or 12"), {INN_FIRM, INN_PERSON}, inn_expected, inn_stated};
static const struct kind ogrn_kind = {N_("OGRN"), "13", {OGRN_DIGITS}, ogrn_expected, last_digit};
static const struct kind ogrnip_kind = {N_("OGRNIP"), "15", {OGRNIP_DIGITS}, ogrn_expected, last_digit};
static const struct kind ogrn_any_kind = {N_("OGRN"), N_("13 or 15"), {OGRN_DIGITS, OGRNIP_DIGITS}, ogrn_expected, last_digit};
static const struct kind gtin_kind = {N_("GTIN"), N_("8, 12, 13 or 14"), {8, 12, 13, 14}, gtin_expected, last_digit};

enum zv_code zv_inn_check(struct zv_str inn, const char *field, struct zv_err *err)
{
	return number_check(&inn_kind, inn, field, err);
}

enum zv_code zv_ogrn_check(struct zv_str ogrn, const char *field, struct zv_err *err)
{
	return number_check(&ogrn_kind, ogrn, field, err);
}

enum zv_code zv_ogrnip_check(struct zv_str ogrnip, const char *field, struct zv_err *err)
{
	return number_check(&ogrnip_kind, ogrnip, field, err);
}

enum zv_code zv_ogrn_any_check(struct zv_str ogrn, const char *field, struct zv_err *err)
{
	return number_check(&ogrn_any_kind, ogrn, field, err);
}

enum zv_code zv_gtin_check(struct zv_str gtin, const char *field, struct zv_err *err)
{
	return number_check(&gtin_kind, gtin, field, err);
}

static bool kpp_char_ok(struct zv_str s, size_t i)
{
	return zv_is_digit(s.p[i]) || ((i == 4 || i == 5) && s.p[i] >= 'A' && s.p[i] <= 'Z');
}

enum zv_code zv_kpp_check(struct zv_str kpp, const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(kpp);
	bool ok = s.n == KPP_CHARS;

	for (size_t i = 0; ok && i < s.n; i++)
		ok = kpp_char_ok(s, i);
	if (ok && !all_zeros(s))
		return ZV_OK;
	if (is_wrecked(s))
		return digits_check(s, N_("KPP"), field, err);
	if (s.n == KPP_CHARS - 1 && zv_is_digits(s))
		return zv_fail(err, ZV_E_INVALID, field, N_("KPP %.*s: 8 digits; a leading zero may be lost: 0%.*s?"), ZV_STR_FMT(s),
			       ZV_STR_FMT(s));
	return zv_fail(err, ZV_E_INVALID, field,
		       N_("KPP %.*s: expected 9 characters: 4 digits, 2 digits or Latin capitals, 3 digits"),
		       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
}
