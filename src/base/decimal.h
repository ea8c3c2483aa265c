/* Exact decimals: text to scaled 64-bit integers and back, and the one place where numbers are rounded. */
#ifndef ZV_BASE_DECIMAL_H
#define ZV_BASE_DECIMAL_H

#include "base/err.h"
#include "base/str.h"

/*
 * "1 234,5" with `decimals` 3 gives 1234500. Point or comma as the mark, an optional sign, blanks (also no-break) as
 * thousands groups, which must be groups of three; no exponent, no second mark. More decimals than asked are an error
 * unless they are zeros: nothing is rounded here. err->field is `field`.
 */
ZV_MUST_CHECK enum zv_code zv_decimal_parse(int64_t *out, struct zv_str text, int decimals, const char *field, struct zv_err *err);

enum { ZV_DECIMAL_TEXT = 40 };

/* 1234500 with 3 decimals: "1234.500"; trailing zeros after the mark go when `trim`, but `keep` of them stay. */
void zv_decimal_format(char out[ZV_DECIMAL_TEXT], int64_t value, int decimals, int keep, bool trim);

/* a * b / c in 128 bits, rounded half to even. False when c is 0 or the result does not fit. */
bool zv_muldiv(int64_t *out, int64_t a, int64_t b, int64_t c);

/* The same, towards minus infinity and towards plus infinity. */
bool zv_muldiv_floor(int64_t *out, int64_t a, int64_t b, int64_t c);
bool zv_muldiv_ceil(int64_t *out, int64_t a, int64_t b, int64_t c);

/* 10^n for n in 0..18. */
int64_t zv_pow10(int n);

/* Greatest common divisor of the absolute values; gcd(0, x) = |x|. Not for INT64_MIN with 0 or with itself: 2^63 does not fit. */
int64_t zv_gcd(int64_t a, int64_t b);

#endif
