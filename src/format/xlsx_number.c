/* Numbers and dates as a spreadsheet stores them. The one use of double in formats: to find out which digits it meant. */
#include "format/xlsx.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"

enum {
	DIGITS_MAX = 40, /* of a number that is written out */
	SURE_DIGITS = 15, /* any decimal with so many survives being a double */
	DOUBLE_DIGITS = 17,
	SECONDS_A_DAY = 86400,
	LAST_DAY = 2958465, /* 9999-12-31 */
	FALSE_LEAP_DAY = 60, /* 1900-02-29, which Lotus believed in and Excel kept */
	DAYS_1904 = 1462,
	FRACTION_DIGITS = 12,
};

struct number {
	bool negative;
	char digits[DIGITS_MAX]; /* without leading zeros */
	int n;
	int point;  /* the point stands after so many digits; may be negative or beyond n */
	bool plain; /* neither point nor exponent */
};

/* Takes an exponent off the text: true with *exponent, also when there is none. */
static bool take_exponent(int *exponent, struct zv_str s)
{
	int64_t value = 0;

	*exponent = 0;
	if (s.n == 0)
		return true;
	if ((s.p[0] | 0x20) != 'e' || !zv_str_int(&value, zv_str_from(s, 1)) || value < -400 || value > 400)
		return false;
	*exponent = (int)value;
	return true;
}

static bool parse(struct number *out, struct zv_str s)
{
	struct number number = {.plain = true};
	bool point = false;
	bool any = false;
	int exponent;

	if (s.n > 0 && s.p[0] == '-') {
		number.negative = true;
		s = zv_str_from(s, 1);
	}
	for (; s.n > 0 && (zv_is_digit(s.p[0]) || (s.p[0] == '.' && !point)); s = zv_str_from(s, 1)) {
		if (s.p[0] == '.') {
			point = true;
			continue;
		}
		any = true;
		number.point += !point;
		if (number.n == 0 && s.p[0] == '0') {
			number.point--;
			continue;
		}
		if (number.n == DIGITS_MAX)
			return false;
		number.digits[number.n++] = s.p[0];
	}
	number.plain = !point && s.n == 0;
	if (!any || !take_exponent(&exponent, s))
		return false;
	number.point += exponent;
	while (number.n > 0 && number.digits[number.n - 1] == '0')
		number.n--;
	*out = number;
	return true;
}

/* The fewest digits that give the same double. */
static void shorten(struct number *number, const char *text)
{
	static locale_t c_locale; /* text in files has points whatever the user's locale */
	double value;
	char form[40];

	if (c_locale == (locale_t)0)
		c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	value = strtod_l(text, NULL, c_locale);
	for (int digits = SURE_DIGITS; digits <= DOUBLE_DIGITS; digits++) {
		const char *e;

		(void)snprintf(form, sizeof(form), "%.*e", digits - 1, value);
		for (char *p = form; *p != '\0'; p++)
			*p = *p == ',' ? '.' : *p;
		if (digits < DOUBLE_DIGITS && strtod_l(form, NULL, c_locale) != value)
			continue;
		e = strchr(form, 'e');
		if (e == NULL) /* infinite */
			return;
		number->n = 0;
		for (const char *p = form; p < e; p++) {
			if (zv_is_digit(*p))
				number->digits[number->n++] = *p;
		}
		number->point = (int)strtol(e + 1, NULL, 10) + 1;
		while (number->n > 0 && number->digits[number->n - 1] == '0')
			number->n--;
		return;
	}
}

static void write_out(struct zv_buf *out, const struct number *number)
{
	if (number->n == 0) {
		zv_buf_add_char(out, '0');
		return;
	}
	if (number->negative)
		zv_buf_add_char(out, '-');
	if (number->point <= 0)
		zv_buf_add_c(out, "0.");
	for (int i = number->point; i < 0; i++)
		zv_buf_add_char(out, '0');
	for (int i = 0; i < number->n; i++) {
		if (i == number->point && i > 0)
			zv_buf_add_char(out, '.');
		zv_buf_add_char(out, number->digits[i]);
	}
	for (int i = number->n; i < number->point; i++)
		zv_buf_add_char(out, '0');
}

void zv_number_plain(struct zv_buf *out, struct zv_str text)
{
	struct number number;
	char copy[DIGITS_MAX * 2];

	if (!parse(&number, text) || text.n >= sizeof(copy)) {
		zv_buf_add_str(out, text);
		return;
	}
	if (number.plain) { /* an identifier of twenty digits, too, stays itself */
		zv_buf_add_str(out, text);
		return;
	}
	if (number.n > SURE_DIGITS) {
		memcpy(copy, text.p, text.n);
		copy[text.n] = '\0';
		shorten(&number, copy);
	}
	if (number.point > DIGITS_MAX || number.point < -DIGITS_MAX)
		zv_buf_add_str(out, text);
	else
		write_out(out, &number);
}

/* Whole days and rounded seconds of a non-negative plain number. */
static bool split_serial(int64_t *day, int64_t *second, struct zv_str plain)
{
	struct zv_str rest = plain;
	struct zv_str part;
	int64_t fraction = 0;
	int64_t scale = 1;

	if (plain.n == 0 || !zv_str_split(&part, &rest, '.') || !zv_is_digits(part) || !zv_str_int(day, part) || *day > LAST_DAY)
		return false;
	*second = 0;
	if (part.n == plain.n)
		return true;
	if (!zv_is_digits(rest))
		return false;
	for (size_t i = 0; i < rest.n && i < FRACTION_DIGITS; i++) {
		fraction = fraction * 10 + (rest.p[i] - '0');
		scale *= 10;
	}
	if (!zv_muldiv(second, fraction, SECONDS_A_DAY, scale))
		return false;
	if (*second == SECONDS_A_DAY) {
		*second = 0;
		++*day;
	}
	return true;
}

bool zv_number_date(struct zv_buf *out, struct zv_str plain, bool from_1904)
{
	int64_t day;
	int64_t second;
	char date[ZV_DATE_TEXT];

	if (!split_serial(&day, &second, plain))
		return false;
	if (day > 0 || from_1904) {
		if (from_1904)
			day += DAYS_1904;
		else if (day == FALSE_LEAP_DAY)
			return false;
		if (day > LAST_DAY)
			return false;
		zv_date_format(date, (zv_date)(zv_date_from_civil(1899, 12, 30) + day + (day < FALSE_LEAP_DAY)));
		zv_buf_add_c(out, date);
		if (second == 0)
			return true;
		zv_buf_add_char(out, 'T');
	}
	zv_buf_addf(out, "%02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
	return true;
}
