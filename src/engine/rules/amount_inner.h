/* Inside amount.h: what one measure pays of one line, who excludes whom. One place, so that the search and the checker mean the same. */
#ifndef ZV_ENGINE_RULES_AMOUNT_INNER_H
#define ZV_ENGINE_RULES_AMOUNT_INNER_H

#include "engine/rules/amount.h"

/* part of a sum in parts per million, rounded down. */
int64_t amount_part(int64_t sum_kop, int64_t ppm);

/* What measure m pays of line l, its cap aside; 0 when the line is not eligible. */
int64_t amount_line(const struct zv_support_problem *problem, int m, int l);

bool amount_exclude(const struct zv_support_problem *problem, int a, int b);

/* The most that all support together may be; INT64_MAX: no bound. */
int64_t amount_ceiling(const struct zv_support_problem *problem);

ZV_MUST_CHECK enum zv_code amount_valid(const struct zv_support_problem *problem, struct zv_err *err);

#endif
