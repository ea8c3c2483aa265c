/* strtod in the C locale, let in only what is a plain decimal. */
#include "app/chain_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 60 };

/* digits [ . digits ] [ e [sign] digits ], with a sign before it: no hexadecimal, no "inf". */
static bool is_decimal(struct zv_str s)
{
	size_t i = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'), digits = 0;

	for (; i < s.n && zv_is_digit(s.p[i]); i++)
		digits++;
	if (i < s.n && s.p[i] == '.')
		for (i++; i < s.n && zv_is_digit(s.p[i]); i++)
			digits++;
	if (digits == 0 || i == s.n)
		return digits > 0;
	if (s.p[i] != 'e' && s.p[i] != 'E')
		return false;
	i++;
	i += i < s.n && (s.p[i] == '-' || s.p[i] == '+');
	return zv_is_digits(zv_str_from(s, i));
}

static bool decimal(double *out, struct zv_str s)
{
	char text[LONGEST + 1];

	if (s.n > LONGEST || !is_decimal(s))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	*out = strtod(text, NULL);
	return isfinite(*out);
}

bool zv_chain_number(double *out, struct zv_str text)
{
	ptrdiff_t slash = text.n > 0 ? zv_str_find_char(text, '/') : -1;
	double above, below;

	if (slash < 0)
		return decimal(out, text);
	if (!decimal(&above, zv_str_trim(zv_str_first(text, (size_t)slash))) || !decimal(&below, zv_str_trim(zv_str_from(text, (size_t)slash + 1))) || below == 0)
		return false;
	*out = above / below;
	return isfinite(*out);
}

void zv_chain_number_format(char out[ZV_CHAIN_NUMBER_TEXT], double value)
{
	double back;

	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(out, ZV_CHAIN_NUMBER_TEXT, "%.*g", digits, value);
		back = strtod(out, NULL);
		if (!(back < value) && !(back > value))
			return;
	}
}
