/* Decimal text and rounding. No floating point anywhere. */
#include "base/decimal.h"

#include <stdio.h>
#include <string.h>

enum { GROUP = 3 };

int64_t zv_pow10(int n)
{
	int64_t p = 1;

	assert(n >= 0 && n <= 18);
	while (n-- > 0)
		p *= 10;
	return p;
}

int64_t zv_gcd(int64_t a, int64_t b)
{
	uint64_t x = a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
	uint64_t y = b < 0 ? 0 - (uint64_t)b : (uint64_t)b;

	while (y != 0) {
		uint64_t r = x % y;

		x = y;
		y = r;
	}
	return (int64_t)x;
}

/* A blank used between groups of thousands, and its length in bytes; 0 when the text starts otherwise. */
static size_t group_blank(struct zv_str s)
{
	static const struct zv_str blanks[] = {
		ZV_STR_INIT(" "), ZV_STR_INIT("\xc2\xa0"), ZV_STR_INIT("\xe2\x80\xaf"), ZV_STR_INIT("\xe2\x80\x89"),
	};

	for (size_t i = 0; i < ZV_LEN(blanks); i++) {
		if (zv_str_starts(s, blanks[i]))
			return blanks[i].n;
	}
	return 0;
}

enum parsed { PARSED, NOT_A_NUMBER, TOO_FINE, TOO_LARGE };

static enum parsed parse(int64_t *out, struct zv_str s, int decimals)
{
	bool negative = s.n > 0 && s.p[0] == '-';
	int64_t value = 0;
	int digits = 0;       /* before the mark */
	int since_blank = -1; /* digits since the last blank; -1: no blank yet */
	int after = -1;       /* digits after the mark; -1: no mark yet */

	if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
		s = zv_str_from(s, 1);
	while (s.n > 0) {
		size_t blank = group_blank(s);

		if (blank > 0) {
			if (after >= 0 || digits == 0 || (since_blank < 0 ? digits > GROUP : since_blank != GROUP))
				return NOT_A_NUMBER;
			since_blank = 0;
			s = zv_str_from(s, blank);
			continue;
		}
		if (s.p[0] == ',' || s.p[0] == '.') {
			if (after >= 0 || digits == 0)
				return NOT_A_NUMBER;
			after = 0;
		} else if (!zv_is_digit(s.p[0])) {
			return NOT_A_NUMBER;
		} else if (after >= decimals) {
			if (s.p[0] != '0')
				return TOO_FINE;
		} else {
			int digit = s.p[0] - '0';

			if (!zv_mul(&value, value, 10) ||
			    !(negative ? zv_sub(&value, value, digit) : zv_add(&value, value, digit)))
				return TOO_LARGE;
			if (after >= 0)
				after++;
			else
				digits++;
			if (after < 0 && since_blank >= 0)
				since_blank++;
		}
		s = zv_str_from(s, 1);
	}
	if (digits == 0 || (since_blank >= 0 && since_blank != GROUP))
		return NOT_A_NUMBER;
	for (int i = after > 0 ? after : 0; i < decimals; i++) {
		if (!zv_mul(&value, value, 10))
			return TOO_LARGE;
	}
	*out = value;
	return PARSED;
}

enum zv_code zv_decimal_parse(int64_t *out, struct zv_str text, int decimals, const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);

	switch (parse(out, s, decimals)) {
	case PARSED:
		return ZV_OK;
	case TOO_FINE:
		return zv_fail(err, ZV_E_INVALID, field,
			       N_("“%.*s” has more than %d digits after the decimal mark; round it yourself."),
			       ZV_STR_FMT(zv_str_first(s, 60)), decimals);
	case TOO_LARGE:
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is too large a number."),
			       ZV_STR_FMT(zv_str_first(s, 60)));
	case NOT_A_NUMBER:
		break;
	}
	return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is not a number."), ZV_STR_FMT(zv_str_first(s, 60)));
}

void zv_decimal_format(char out[ZV_DECIMAL_TEXT], int64_t value, int decimals, int keep, bool trim)
{
	uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	uint64_t scale = (uint64_t)zv_pow10(decimals);
	size_t n;

	if (decimals == 0) {
		(void)snprintf(out, ZV_DECIMAL_TEXT, "%s%" PRIu64, value < 0 ? "-" : "", magnitude);
		return;
	}
	(void)snprintf(out, ZV_DECIMAL_TEXT, "%s%" PRIu64 ".%0*" PRIu64, value < 0 ? "-" : "", magnitude / scale, decimals,
		       magnitude % scale);
	n = strlen(out);
	for (int left = decimals; trim && left > keep && out[n - 1] == '0'; left--)
		out[--n] = '\0';
	if (out[n - 1] == '.')
		out[n - 1] = '\0';
}

static bool fit(int64_t *out, zv_i128 value)
{
	if (value > INT64_MAX || value < INT64_MIN)
		return false;
	*out = (int64_t)value;
	return true;
}

/* a * b / c rounded down, and the remainder scaled so that 0 <= rest < c. */
static bool divide(zv_i128 *quotient, zv_i128 *rest, zv_i128 *divisor, int64_t a, int64_t b, int64_t c)
{
	zv_i128 product = (zv_i128)a * b;
	zv_i128 d = c;

	if (c == 0)
		return false;
	if (d < 0) {
		d = -d;
		product = -product;
	}
	*quotient = product / d;
	*rest = product % d;
	if (*rest < 0) {
		*rest += d;
		*quotient -= 1;
	}
	*divisor = d;
	return true;
}

bool zv_muldiv(int64_t *out, int64_t a, int64_t b, int64_t c)
{
	zv_i128 q;
	zv_i128 rest;
	zv_i128 d;

	if (!divide(&q, &rest, &d, a, b, c))
		return false;
	if (rest * 2 > d || (rest * 2 == d && q % 2 != 0))
		q += 1;
	return fit(out, q);
}

bool zv_muldiv_floor(int64_t *out, int64_t a, int64_t b, int64_t c)
{
	zv_i128 q;
	zv_i128 rest;
	zv_i128 d;

	return divide(&q, &rest, &d, a, b, c) && fit(out, q);
}

bool zv_muldiv_ceil(int64_t *out, int64_t a, int64_t b, int64_t c)
{
	zv_i128 q;
	zv_i128 rest;
	zv_i128 d;

	return divide(&q, &rest, &d, a, b, c) && fit(out, rest > 0 ? q + 1 : q);
}
