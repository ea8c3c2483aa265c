/* Exact fractions: comparing by continued fractions, so that no product is formed that could overflow. */
#include "engine/lot/frac.h"

#include "base/decimal.h"

static bool is_small(struct lot_frac a)
{
	return a.num >= INT64_MIN && a.num <= INT64_MAX && a.den <= INT64_MAX;
}

static zv_i128 floor_div(zv_i128 a, zv_i128 b)
{
	zv_i128 q = a / b;

	return a % b < 0 ? q - 1 : q;
}

int lot_frac_cmp(struct lot_frac a, struct lot_frac b)
{
	int sign = 1;

	if (is_small(a) && is_small(b)) {
		zv_i128 left = a.num * b.den, right = b.num * a.den;

		return (left > right) - (left < right);
	}
	for (;;) {
		zv_i128 qa = floor_div(a.num, a.den), qb = floor_div(b.num, b.den);
		zv_i128 ra = a.num - qa * a.den, rb = b.num - qb * b.den;

		if (qa != qb)
			return qa > qb ? sign : -sign;
		if (ra == 0 || rb == 0)
			return ra == rb ? 0 : ra > rb ? sign : -sign;
		a = (struct lot_frac){a.den, ra}; /* the reciprocals compare the other way round */
		b = (struct lot_frac){b.den, rb};
		sign = -sign;
	}
}

static zv_i128 gcd(zv_i128 a, zv_i128 b)
{
	while (b > INT64_MAX || a > INT64_MAX) {
		zv_i128 r;

		if (b == 0)
			return a;
		r = a % b;
		a = b;
		b = r;
	}
	return zv_gcd((int64_t)a, (int64_t)b);
}

bool lot_frac_price(struct zv_price *out, struct lot_frac a)
{
	zv_i128 g = gcd(a.num < 0 ? -a.num : a.num, a.den);

	a.num /= g;
	a.den /= g;
	if (!is_small(a))
		return false;
	*out = (struct zv_price){(int64_t)a.num, (int64_t)a.den};
	return true;
}

/* *a -= b */
static bool subtract(struct lot_frac *a, struct zv_price b)
{
	zv_i128 left, right, den;
	zv_i128 g;

	if (b.per == 0 || b.kop == 0)
		return true;
	if (a->den == b.per)
		return !__builtin_sub_overflow(a->num, (zv_i128)b.kop, &a->num);
	g = gcd(a->den, b.per);
	if (__builtin_mul_overflow(a->num, (zv_i128)b.per / g, &left) ||
	    __builtin_mul_overflow(a->den / g, (zv_i128)b.kop, &right) ||
	    __builtin_mul_overflow(a->den / g, (zv_i128)b.per, &den) || __builtin_sub_overflow(left, right, &a->num))
		return false;
	a->den = den;
	return true;
}

bool lot_frac_margin(struct lot_frac *out, struct zv_price a, struct zv_price b, struct zv_price c)
{
	*out = (struct lot_frac){a.kop, a.per == 0 ? 1 : a.per};
	return subtract(out, b) && subtract(out, c);
}

bool lot_frac_ceil(int64_t *out, struct lot_frac a, int64_t qty)
{
	zv_i128 product, up;

	if (__builtin_mul_overflow(a.num, (zv_i128)qty, &product))
		return false;
	up = -floor_div(-product, a.den);
	if (up > INT64_MAX || up < INT64_MIN)
		return false;
	*out = (int64_t)up;
	return true;
}

bool lot_frac_round(int64_t *out, struct lot_frac a, int64_t qty)
{
	zv_i128 product, down, rest;

	if (__builtin_mul_overflow(a.num, (zv_i128)qty, &product))
		return false;
	down = floor_div(product, a.den);
	rest = product - down * a.den;
	if (rest > a.den - rest || (rest == a.den - rest && (down & 1) != 0))
		down++;
	if (down > INT64_MAX || down < INT64_MIN)
		return false;
	*out = (int64_t)down;
	return true;
}
