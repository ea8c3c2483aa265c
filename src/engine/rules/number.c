/* Intervals of exact fractions: sums and products in 128 bits, the ends rounded outwards when 64 bits do not hold them. */
#include "engine/rules/number.h"

#include "base/decimal.h"

enum { FINE_DECIMALS = 1000000000 };

static zv_i128 gcd128(zv_i128 a, zv_i128 b)
{
	a = a < 0 ? -a : a;
	while (b != 0) {
		zv_i128 r = a % b;

		a = b;
		b = r;
	}
	return a;
}

bool rules_q_of(struct rules_q *out, zv_i128 num, zv_i128 den)
{
	if (den != 1) {
		zv_i128 g = gcd128(num, den);

		num /= g;
		den /= g;
	}
	if (num < INT64_MIN || num > INT64_MAX || den > INT64_MAX)
		return false;
	*out = (struct rules_q){(int64_t)num, (int64_t)den};
	return true;
}

static zv_i128 floor_div(zv_i128 a, zv_i128 b)
{
	zv_i128 q = a / b;

	return a % b < 0 ? q - 1 : q;
}

/* The nearest value at or below that fits: billionths, then whole numbers, then what is left of the scale. */
static struct rules_q round_down(zv_i128 num, zv_i128 den)
{
	zv_i128 whole = floor_div(num, den), rest = num - whole * den;
	struct rules_q q;

	while (den > INT64_MAX) { /* rest < den: both lose low bits, the fraction only falls when den is rounded up */
		den = (den >> 1) + 1;
		rest >>= 1;
	}
	if (whole >= INT64_MIN / FINE_DECIMALS && whole < INT64_MAX / FINE_DECIMALS &&
	    rules_q_of(&q, whole * FINE_DECIMALS + rest * FINE_DECIMALS / den, FINE_DECIMALS))
		return q;
	if (whole < INT64_MIN)
		return RULES_BELOW;
	return rules_q_int(whole > INT64_MAX ? INT64_MAX : (int64_t)whole);
}

static struct rules_q low_end(zv_i128 num, zv_i128 den, bool *overflow)
{
	struct rules_q q;

	if (rules_q_of(&q, num, den))
		return q;
	*overflow = true;
	return round_down(num, den);
}

static struct rules_q high_end(zv_i128 num, zv_i128 den, bool *overflow)
{
	struct rules_q q;

	if (rules_q_of(&q, num, den))
		return q;
	*overflow = true;
	q = round_down(-num, den);
	if (q.n == INT64_MIN) /* its mirror does not fit */
		return RULES_ABOVE;
	return (struct rules_q){-q.n, q.d};
}

int rules_q_cmp(struct rules_q a, struct rules_q b)
{
	if (a.d == b.d)
		return a.d == 0 ? (a.n > 0) - (a.n < 0) - (b.n > 0) + (b.n < 0) : (a.n > b.n) - (a.n < b.n);
	if (a.d == 0)
		return a.n > 0 ? 1 : -1;
	if (b.d == 0)
		return b.n > 0 ? -1 : 1;
	zv_i128 left = (zv_i128)a.n * b.d, right = (zv_i128)b.n * a.d;

	return (left > right) - (left < right);
}

bool rules_is_point(struct rules_range a)
{
	return a.lo.d != 0 && a.lo.d == a.hi.d && a.lo.n == a.hi.n;
}

static struct rules_q add_end(struct rules_q a, struct rules_q b, bool low, bool *overflow)
{
	int64_t n;

	if (a.d == 0 || b.d == 0) /* both ends of one side are open the same way */
		return low ? RULES_BELOW : RULES_ABOVE;
	if (a.d == b.d && a.d == 1 && zv_add(&n, a.n, b.n))
		return rules_q_int(n);
	zv_i128 num = (zv_i128)a.n * b.d + (zv_i128)b.n * a.d, den = (zv_i128)a.d * b.d;

	return low ? low_end(num, den, overflow) : high_end(num, den, overflow);
}

struct rules_range rules_add(struct rules_range a, struct rules_range b, bool *overflow)
{
	return (struct rules_range){add_end(a.lo, b.lo, true, overflow), add_end(a.hi, b.hi, false, overflow)};
}

static struct rules_q neg_end(struct rules_q a, bool low, bool *overflow)
{
	if (a.d != 0 && a.n == INT64_MIN)
		return low ? low_end(-(zv_i128)a.n, a.d, overflow) : high_end(-(zv_i128)a.n, a.d, overflow);
	return (struct rules_q){-a.n, a.d};
}

struct rules_range rules_neg(struct rules_range a, bool *overflow)
{
	return (struct rules_range){neg_end(a.hi, true, overflow), neg_end(a.lo, false, overflow)};
}

struct rules_range rules_sub(struct rules_range a, struct rules_range b, bool *overflow)
{
	return rules_add(a, rules_neg(b, overflow), overflow);
}

/* The product of two ends, rounded down or up; 0 times an open end is 0, the limit of what lies inside. */
static struct rules_q mul_end(struct rules_q a, struct rules_q b, bool low, bool *overflow)
{
	if (a.n == 0 || b.n == 0)
		return rules_q_int(0);
	if (a.d == 0 || b.d == 0)
		return (a.n > 0) == (b.n > 0) ? RULES_ABOVE : RULES_BELOW;
	zv_i128 num = (zv_i128)a.n * b.n, den = (zv_i128)a.d * b.d;

	return low ? low_end(num, den, overflow) : high_end(num, den, overflow);
}

struct rules_range rules_mul(struct rules_range a, struct rules_range b, bool *overflow)
{
	const struct rules_q x[2] = {a.lo, a.hi}, y[2] = {b.lo, b.hi};
	struct rules_range out = {mul_end(a.lo, b.lo, true, overflow), mul_end(a.lo, b.lo, false, overflow)};

	if (rules_is_point(a) && rules_is_point(b))
		return out;
	for (int i = 1; i < 4; i++) {
		struct rules_q lo = mul_end(x[i / 2], y[i % 2], true, overflow), hi = mul_end(x[i / 2], y[i % 2], false, overflow);

		if (rules_q_cmp(lo, out.lo) < 0)
			out.lo = lo;
		if (rules_q_cmp(hi, out.hi) > 0)
			out.hi = hi;
	}
	return out;
}

/* 1 / q for an end that is not 0. */
static struct rules_q inverse(struct rules_q q, bool low, bool *overflow)
{
	if (q.d == 0)
		return rules_q_int(0);
	return q.n > 0 ? (struct rules_q){q.d, q.n} : low ? low_end(-(zv_i128)q.d, -(zv_i128)q.n, overflow) : high_end(-(zv_i128)q.d, -(zv_i128)q.n, overflow);
}

struct rules_range rules_div(struct rules_range a, struct rules_range b, bool *overflow)
{
	const struct rules_q zero = {0, 1};

	if (rules_q_cmp(b.lo, zero) <= 0 && rules_q_cmp(b.hi, zero) >= 0)
		return RULES_ANY;
	return rules_mul(a, (struct rules_range){inverse(b.hi, true, overflow), inverse(b.lo, false, overflow)}, overflow);
}

struct rules_range rules_min(struct rules_range a, struct rules_range b)
{
	return (struct rules_range){rules_q_cmp(a.lo, b.lo) <= 0 ? a.lo : b.lo, rules_q_cmp(a.hi, b.hi) <= 0 ? a.hi : b.hi};
}

struct rules_range rules_max(struct rules_range a, struct rules_range b)
{
	return (struct rules_range){rules_q_cmp(a.lo, b.lo) >= 0 ? a.lo : b.lo, rules_q_cmp(a.hi, b.hi) >= 0 ? a.hi : b.hi};
}

struct rules_range rules_hull(struct rules_range a, struct rules_range b)
{
	return (struct rules_range){rules_q_cmp(a.lo, b.lo) <= 0 ? a.lo : b.lo, rules_q_cmp(a.hi, b.hi) >= 0 ? a.hi : b.hi};
}
