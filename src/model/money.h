/* Roubles as whole kopecks. Text is never read by guessing: what can mean two sums is refused with the reason. */
#ifndef ZV_MODEL_MONEY_H
#define ZV_MODEL_MONEY_H

#include "base/err.h"
#include "base/str.h"

/*
 * "5 500", "5500 ₽", "5,500.00 руб.", "600 000 RUB", «1,5 млн руб.». "1.234" and "1,234" may be thousands or thousandths: refused.
 * Other currencies are refused. Zero is allowed, less is not.
 */
ZV_MUST_CHECK enum zv_code zv_money_parse(int64_t *out_kop, struct zv_str text, const char *field, struct zv_err *err);

enum { ZV_MONEY_TEXT = 48 };

/* "5,000.00 ₽" or «5 000,00 ₽» by the thread's language; blanks are plain. */
void zv_money_format(char out[ZV_MONEY_TEXT], int64_t kop);

/* "5000.00": for CSV and JSON. */
void zv_money_decimal(char out[ZV_MONEY_TEXT], int64_t kop);

#endif
