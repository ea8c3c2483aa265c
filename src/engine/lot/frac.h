/* Exact fractions in 128 bits, for prices and their differences. */
#ifndef ZV_ENGINE_LOT_FRAC_H
#define ZV_ENGINE_LOT_FRAC_H

#include "base/base.h"
#include "model/price.h"

struct lot_frac {
	zv_i128 num;
	zv_i128 den; /* above 0 */
};

/* Below 0, 0, above 0. Never overflows. */
int lot_frac_cmp(struct lot_frac a, struct lot_frac b);

/* To 64 bits in lowest terms; false when it does not fit. */
bool lot_frac_price(struct zv_price *out, struct lot_frac a);

/* a - b - c over a common denominator; per 0 counts as nothing. False when it leaves 128 bits. */
bool lot_frac_margin(struct lot_frac *out, struct zv_price a, struct zv_price b, struct zv_price c);

/* a * qty rounded up, in kopecks. False when it does not fit 64 bits. */
bool lot_frac_ceil(int64_t *out, struct lot_frac a, int64_t qty);

/* The same rounded half to even. */
bool lot_frac_round(int64_t *out, struct lot_frac a, int64_t qty);

#endif
