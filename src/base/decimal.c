/* Decimal text and rounding. No floating point anywhere. */
#include "base/decimal.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

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

struct reader {
	int64_t value;
	bool negative;
	bool too_fine;   /* said only when the rest of the text is a number too */
	bool too_large;
	int decimals;    /* as many as are asked for */
	int digits;      /* before the mark */
	int since_blank; /* digits since the last blank; -1: no blank yet */
	int after;       /* digits after the mark; -1: no mark yet */
};

static bool take_blank(struct reader *r)
{
	if (r->after >= 0 || r->digits == 0)
		return false;
	if (r->since_blank < 0 ? r->digits > GROUP : r->since_blank != GROUP)
		return false;
	r->since_blank = 0;
	return true;
}

static bool take_mark(struct reader *r)
{
	if (r->after >= 0 || r->digits == 0)
		return false;
	r->after = 0;
	return true;
}

static void shift_in(struct reader *r, int digit)
{
	if (!zv_mul(&r->value, r->value, 10) ||
	    !(r->negative ? zv_sub(&r->value, r->value, digit) : zv_add(&r->value, r->value, digit)))
		r->too_large = true;
}

static void take_digit(struct reader *r, int digit)
{
	if (r->after >= r->decimals) {
		r->too_fine |= digit != 0;
		return;
	}
	shift_in(r, digit);
	if (r->after >= 0) {
		r->after++;
		return;
	}
	r->digits++;
	if (r->since_blank >= 0)
		r->since_blank++;
}

static enum parsed parse(int64_t *out, struct zv_str s, int decimals)
{
	struct reader r = {.negative = s.n > 0 && s.p[0] == '-', .decimals = decimals, .since_blank = -1, .after = -1};

	if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
		s = zv_str_from(s, 1);
	while (s.n > 0) {
		size_t blank = group_blank(s);

		if (blank > 0 ? !take_blank(&r) : (s.p[0] == ',' || s.p[0] == '.') && !take_mark(&r))
			return NOT_A_NUMBER;
		if (blank == 0 && s.p[0] != ',' && s.p[0] != '.') {
			if (!zv_is_digit(s.p[0]))
				return NOT_A_NUMBER;
			take_digit(&r, s.p[0] - '0');
		}
		s = zv_str_from(s, blank > 0 ? blank : 1);
	}
	if (r.digits == 0 || (r.since_blank >= 0 && r.since_blank != GROUP))
		return NOT_A_NUMBER;
	for (int i = r.after > 0 ? r.after : 0; i < decimals; i++)
		shift_in(&r, 0);
	if (r.too_large || r.too_fine)
		return r.too_large ? TOO_LARGE : TOO_FINE;
	*out = r.value;
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
			       ZV_STR_FMT(zv_utf8_first(s, 60)), decimals);
	case TOO_LARGE:
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is too large a number."),
			       ZV_STR_FMT(zv_utf8_first(s, 60)));
	case NOT_A_NUMBER:
		break;
	}
	return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is not a number."), ZV_STR_FMT(zv_utf8_first(s, 60)));
}

void zv_decimal_format(char out[ZV_DECIMAL_TEXT], int64_t value, int decimals, int keep, bool trim)
{
	uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char text[ZV_DECIMAL_TEXT];
	char *end = text + sizeof(text) - 1, *at = end;

	/* From its end, because lists hold hundreds of these. */
	for (int i = 0; i < decimals; i++, magnitude /= 10)
		*--at = (char)('0' + magnitude % 10);
	if (decimals > 0)
		*--at = '.';
	do
		*--at = (char)('0' + magnitude % 10);
	while ((magnitude /= 10) > 0);
	if (value < 0)
		*--at = '-';
	for (int left = decimals; trim && left > keep && end[-1] == '0'; left--)
		end--;
	if (end[-1] == '.')
		end--;
	*end = '\0';
	memcpy(out, at, (size_t)(end - at) + 1);
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
