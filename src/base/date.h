/* Calendar days (proleptic Gregorian), quarters and instants. */
#ifndef ZV_BASE_DATE_H
#define ZV_BASE_DATE_H

#include "base/str.h"

typedef int32_t zv_date; /* days since 1970-01-01 */

enum { ZV_DATE_NONE = INT32_MIN, ZV_DATE_TEXT = 16, ZV_INSTANT_TEXT = 32 };

zv_date zv_date_from_civil(int year, int month, int day);
void zv_date_to_civil(int *year, int *month, int *day, zv_date date);

/* 2026-09-30, 30.09.2026, or either at the start of an instant (2026-09-30T..., "2026-09-30 17:45"). Years 1900-2199. */
bool zv_date_parse(zv_date *out, struct zv_str text);
void zv_date_format(char out[ZV_DATE_TEXT], zv_date date); /* 2026-09-30; "" for none */

/* A quarter is year * 4 + (0..3). 2026-Q3, 2026Q3. */
int32_t zv_quarter_of(zv_date date);
bool zv_quarter_parse(int32_t *out, struct zv_str text);
void zv_quarter_format(char out[ZV_DATE_TEXT], int32_t quarter);
zv_date zv_quarter_first(int32_t quarter);
zv_date zv_quarter_last(int32_t quarter);

/* 2026-03-02T09:30:00Z from milliseconds since 1970. */
void zv_instant_format(char out[ZV_INSTANT_TEXT], int64_t ms);

/* Now: wall clock in milliseconds since 1970 (UTC), and a clock that never jumps for durations. */
int64_t zv_now_ms(void);
int64_t zv_tick_us(void);
zv_date zv_today(void); /* the UTC day */

#endif
