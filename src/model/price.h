/* A price as an exact fraction: so many kopecks for so many base units. */
#ifndef ZV_MODEL_PRICE_H
#define ZV_MODEL_PRICE_H

#include "base/err.h"
#include "base/str.h"
#include "model/unit.h"

/* 5,500 roubles per kilogram is {550000, 1000000}: kopecks per milligrams. per > 0; {0, 0} means "not stated". */
struct zv_price {
	int64_t kop;
	int64_t per;
};

/* Below 0, 0 or above 0 as a is lower than, equal to or higher than b. Exact, in 128 bits. */
int zv_price_cmp(struct zv_price a, struct zv_price b);

/* Kopecks for `qty_base` at this price, rounded half to even. False when it does not fit. */
bool zv_price_total(int64_t *out_kop, struct zv_price price, int64_t qty_base);

/* total_kop for qty_base, in lowest terms. qty_base > 0. */
struct zv_price zv_price_of(int64_t total_kop, int64_t qty_base);

/* a + b, exactly and in lowest terms. False when it does not fit. */
bool zv_price_add(struct zv_price *out, struct zv_price a, struct zv_price b);

/*
 * "5500 ₽/kg", «5 500,00 руб. за кг», "5,500.00 RUB per t", "100 ₽/3 kg". `unit` is the unit when the text names none; NULL: it must.
 * The dimension comes out beside the price. Money is read as in model/money.h.
 */
ZV_MUST_CHECK enum zv_code zv_price_parse(struct zv_price *out, enum zv_dim *out_dim, struct zv_str text, const struct zv_unit *unit,
					  const char *field, struct zv_err *err);

enum { ZV_PRICE_TEXT = 96 };

/* In roubles per kg, L, piece ... with 2 decimals, half to even, in the thread's language: "5,157.89 ₽/kg"; "" when not stated. */
void zv_price_format(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim);

/* The same without unit and mark: "5,157.89" or «5 157,89». */
void zv_price_format_number(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim);

/* The same, "5157.89" in every language: for CSV and JSON. */
void zv_price_decimal(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim);

/* Exact, so that parse(format(x)) equals x: "5,157.89 ₽/kg", or "0.49 ₽/95 mg" where kopecks per kg would round. */
void zv_price_format_exact(char out[ZV_PRICE_TEXT], struct zv_price price, enum zv_dim dim);

#endif
