/* Days from civil and back after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199, MS_A_DAY = 86400000 };

zv_date zv_date_from_civil(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int of_era = y - era * 400;
	int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

	return era * 146097 + day_of_era - 719468;
}

void zv_date_to_civil(int *year, int *month, int *day, zv_date date)
{
	int64_t z = (int64_t)date + 719468;
	int era = (int)((z >= 0 ? z : z - 146096) / 146097);
	int day_of_era = (int)(z - (int64_t)era * 146097);
	int of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
	int shifted = (5 * of_year + 2) / 153;

	*day = of_year - (153 * shifted + 2) / 5 + 1;
	*month = shifted < 10 ? shifted + 3 : shifted - 9;
	*year = of_era + era * 400 + (*month <= 2);
}

/* n digits at *text, taken off its front. */
static bool take_number(int *out, struct zv_str *text, size_t n)
{
	int value = 0;

	if (text->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!zv_is_digit(text->p[i]))
			return false;
		value = value * 10 + (text->p[i] - '0');
	}
	*out = value;
	*text = zv_str_from(*text, n);
	return true;
}

static bool take_char(struct zv_str *text, char c)
{
	if (text->n == 0 || text->p[0] != c)
		return false;
	*text = zv_str_from(*text, 1);
	return true;
}

/* Nothing, a time of day, or an offset: "2026-09-30 - 2026-10-31" is two dates, not the first of them. */
static bool ends_date(struct zv_str rest)
{
	if (rest.n == 0 || zv_str_eq_c(rest, "Z"))
		return true;
	if (rest.n < 3 || strchr("T +-", rest.p[0]) == NULL || !zv_is_digit(rest.p[1]) || !zv_is_digit(rest.p[2]))
		return false;
	for (size_t i = 3; i < rest.n; i++) {
		if (!zv_is_digit(rest.p[i]) && strchr(":.+-Z", rest.p[i]) == NULL)
			return false;
	}
	return true;
}

bool zv_date_parse(zv_date *out, struct zv_str text)
{
	struct zv_str s = zv_str_trim(text);
	int year;
	int month;
	int day;
	int back[3];
	zv_date date;

	if (s.n >= 10 && s.p[4] == '-') {
		if (!take_number(&year, &s, 4) || !take_char(&s, '-') || !take_number(&month, &s, 2) ||
		    !take_char(&s, '-') || !take_number(&day, &s, 2))
			return false;
	} else if (!take_number(&day, &s, 2) || !take_char(&s, '.') || !take_number(&month, &s, 2) ||
		   !take_char(&s, '.') || !take_number(&year, &s, 4)) {
		return false;
	}
	if (!ends_date(s) || year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	date = zv_date_from_civil(year, month, day);
	zv_date_to_civil(&back[0], &back[1], &back[2], date);
	if (back[0] != year || back[1] != month || back[2] != day) /* 31 April */
		return false;
	*out = date;
	return true;
}

/* The last `n` digits. Lists are full of dates; printf is five times as slow. */
static void put_digits(char *out, int value, int n)
{
	for (; n > 0; value /= 10)
		out[--n] = (char)('0' + value % 10);
}

void zv_date_format(char out[ZV_DATE_TEXT], zv_date date)
{
	int y;
	int m;
	int d;

	out[0] = '\0';
	if (date == ZV_DATE_NONE)
		return;
	zv_date_to_civil(&y, &m, &d, date);
	if (y < 0) {
		(void)snprintf(out, ZV_DATE_TEXT, "%04d-%02d-%02d", y % 10000, m, d);
		return;
	}
	memcpy(out, "0000-00-00", 11);
	put_digits(out, y, 4);
	put_digits(out + 5, m, 2);
	put_digits(out + 8, d, 2);
}

int32_t zv_quarter_of(zv_date date)
{
	int y;
	int m;
	int d;

	zv_date_to_civil(&y, &m, &d, date);
	return y * 4 + (m - 1) / 3;
}

bool zv_quarter_parse(int32_t *out, struct zv_str text)
{
	struct zv_str s = zv_str_trim(text);
	int year;
	int quarter;

	if (!take_number(&year, &s, 4))
		return false;
	(void)take_char(&s, '-');
	if ((!take_char(&s, 'Q') && !take_char(&s, 'q')) || !take_number(&quarter, &s, 1) || s.n != 0)
		return false;
	if (year < FIRST_YEAR || year > LAST_YEAR || quarter < 1 || quarter > 4)
		return false;
	*out = year * 4 + quarter - 1;
	return true;
}

void zv_quarter_format(char out[ZV_DATE_TEXT], int32_t quarter)
{
	(void)snprintf(out, ZV_DATE_TEXT, "%d-Q%d", quarter / 4, quarter % 4 + 1);
}

zv_date zv_quarter_first(int32_t quarter)
{
	return zv_date_from_civil(quarter / 4, quarter % 4 * 3 + 1, 1);
}

zv_date zv_quarter_last(int32_t quarter)
{
	return zv_quarter_first(quarter + 1) - 1;
}

void zv_instant_format(char out[ZV_INSTANT_TEXT], int64_t ms)
{
	int64_t rest = ms % MS_A_DAY;
	int64_t day = ms / MS_A_DAY - (rest < 0);
	int s = (int)((rest < 0 ? rest + MS_A_DAY : rest) / 1000);
	char date[ZV_DATE_TEXT];

	char time[] = "T00:00:00Z";

	put_digits(time + 1, s / 3600, 2);
	put_digits(time + 4, s / 60 % 60, 2);
	put_digits(time + 7, s % 60, 2);
	zv_date_format(date, (zv_date)day);
	(void)snprintf(out, ZV_INSTANT_TEXT, "%s%s", date, time);
}

int64_t zv_now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t zv_tick_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

zv_date zv_today(void)
{
	return (zv_date)(zv_now_ms() / MS_A_DAY);
}
