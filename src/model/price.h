/* A price as an exact fraction: so many kopecks for so many base units. */
#ifndef ZV_MODEL_PRICE_H
#define ZV_MODEL_PRICE_H

#include "base/err.h"
#include "base/str.h"

/* 5,500 roubles per kilogram is {550000, 1000000}: kopecks per milligrams. per > 0; {0, 0} means "not stated". */
struct zv_price {
	int64_t kop;
	int64_t per;
};

/* Below 0, 0 or above 0 as a is lower than, equal to or higher than b. Exact, in 128 bits. */
int zv_price_cmp(struct zv_price a, struct zv_price b);

/* Kopecks for `qty_base` at this price, rounded half to even. False when it does not fit. */
bool zv_price_total(int64_t *out_kop, struct zv_price price, int64_t qty_base);

#endif
