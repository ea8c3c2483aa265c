/* Numbers of the plan engine's files: decimals of any length, also with an exponent, as whole millionths. */
#ifndef ZV_APP_PLAN_NUMBER_H
#define ZV_APP_PLAN_NUMBER_H

#include "base/base.h"
#include "base/str.h"

/*
 * "12.5", "-3", "1e-05", "2.5E+3" times 10^decimals, rounded half to even; at most 18 decimals. False: not a number of this form, or it does not fit.
 */
bool zv_plan_number(int64_t *out, struct zv_str text, int decimals);

enum { ZV_PLAN_MONEY_DIGITS = 64 };

/* 1e-12 roubles as decimal text without trailing zeros. */
void zv_plan_money_format(char out[ZV_PLAN_MONEY_DIGITS], zv_i128 money);

/* The same the other way round, exactly as above; at most 12 decimals are kept. */
bool zv_plan_money_parse(zv_i128 *out, struct zv_str text);

#endif
