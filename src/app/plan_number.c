/* Decimals of plan files. Whatever program wrote them, the same text gives the same integer. */
#include "app/plan_number.h"

#include <stdio.h>
#include <string.h>

enum { DIGITS_MAX = 36, EXPONENT_MAX = 1000, MONEY_DECIMALS = 12 };

struct number {
	bool negative;
	bool rest;        /* something that is not 0 follows the digits kept */
	zv_i128 digits;
	int32_t exponent; /* value = digits x 10^exponent */
};

static bool digit_of(struct number *n, int *kept, char c, bool fraction)
{
	if (!zv_is_digit(c))
		return false;
	if (*kept < DIGITS_MAX) {
		n->digits = n->digits * 10 + (c - '0');
		*kept += n->digits > 0;
		n->exponent -= fraction;
	} else {
		n->rest = n->rest || c != '0';
		n->exponent += !fraction;
	}
	return true;
}

static bool read_exponent(struct number *n, struct zv_str text, size_t i)
{
	bool negative = false;
	int32_t value = 0;

	if (i < text.n && (text.p[i] == '+' || text.p[i] == '-'))
		negative = text.p[i++] == '-';
	if (i == text.n)
		return false;
	for (; i < text.n; i++) {
		if (!zv_is_digit(text.p[i]))
			return false;
		value = value < EXPONENT_MAX ? value * 10 + (text.p[i] - '0') : value;
	}
	n->exponent += negative ? -value : value;
	return true;
}

static bool read_number(struct number *n, struct zv_str text)
{
	bool fraction = false, any = false;
	int kept = 0;
	size_t i = 0;

	*n = (struct number){0};
	if (text.n > EXPONENT_MAX)
		return false;
	if (i < text.n && (text.p[i] == '-' || text.p[i] == '+'))
		n->negative = text.p[i++] == '-';
	for (; i < text.n; i++) {
		if (text.p[i] == '.' && !fraction)
			fraction = true;
		else if (digit_of(n, &kept, text.p[i], fraction))
			any = true;
		else
			break;
	}
	if (i < text.n && any && (text.p[i] == 'e' || text.p[i] == 'E'))
		return read_exponent(n, text, i + 1);
	return any && i == text.n;
}

/* digits x 10^(exponent + decimals), half to even. */
static bool scale(zv_i128 *out, struct number *n, int decimals)
{
	int32_t e = n->exponent + decimals;
	int last = 0; /* 0: exact, 1: below a half, 2: a half, 3: above */

	for (; e > 0 && n->digits != 0; e--) {
		if (__builtin_mul_overflow(n->digits, (zv_i128)10, &n->digits))
			return false;
	}
	last = n->rest ? 1 : 0;
	for (; e < 0 && (n->digits != 0 || last > 1); e++) {
		int digit = (int)(n->digits % 10);

		last = digit > 5 || (digit == 5 && last > 0) ? 3 : digit == 5 ? 2 : digit > 0 || last > 0 ? 1 : 0;
		n->digits /= 10;
	}
	if (last == 3 || (last == 2 && n->digits % 2 != 0))
		n->digits++;
	*out = n->negative ? -n->digits : n->digits;
	return true;
}

bool zv_plan_number(int64_t *out, struct zv_str text, int decimals)
{
	/* Nearly all cells are short plain decimals. */
	int64_t value = 0;
	int left = -1;
	size_t i = 0;
	struct number n;
	zv_i128 wide;

	if (text.n > 0 && text.n <= 17 && zv_is_digit(text.p[0])) {
		for (; i < text.n; i++) {
			if (zv_is_digit(text.p[i]) && left != 0) {
				value = value * 10 + (text.p[i] - '0');
				left -= left > 0;
			} else if (text.p[i] == '.' && left < 0 && decimals > 0) {
				left = decimals;
			} else {
				break;
			}
		}
		for (left = left < 0 ? decimals : left; i == text.n && left > 0; left--) {
			if (!zv_mul(&value, value, 10))
				return false;
		}
		if (i == text.n && left == 0) {
			*out = value;
			return true;
		}
	}
	if (!read_number(&n, text) || !scale(&wide, &n, decimals) || wide > INT64_MAX || wide < -INT64_MAX)
		return false;
	*out = (int64_t)wide;
	return true;
}

bool zv_plan_money_parse(zv_i128 *out, struct zv_str text)
{
	struct number n;

	return read_number(&n, text) && scale(out, &n, MONEY_DECIMALS);
}

void zv_plan_money_format(char out[ZV_PLAN_MONEY_DIGITS], zv_i128 money)
{
	char digits[ZV_PLAN_MONEY_DIGITS];
	__extension__ unsigned __int128 left = money < 0 ? 0 - (unsigned __int128)money : (unsigned __int128)money;
	size_t n = 0, at = 0;
	int skip = 0;

	while (n <= MONEY_DECIMALS || left > 0) {
		digits[n++] = (char)('0' + (int)(left % 10));
		left /= 10;
	}
	while (skip < MONEY_DECIMALS && digits[skip] == '0')
		skip++;
	if (money < 0)
		out[at++] = '-';
	for (size_t i = n; i > (size_t)skip && i > 0; i--) {
		if (i == MONEY_DECIMALS)
			out[at++] = '.';
		out[at++] = digits[i - 1];
	}
	out[at] = '\0';
}
