/* Groups, marks and the split of "15 000 кг" into number and word. */
#include "model/number.h"

#include <stdio.h>
#include <string.h>

#include "base/tr.h"

bool zv_number_is_ru(void)
{
	return strcmp(zv_tr_lang(), "ru") == 0;
}

void zv_number_localize(char out[ZV_NUMBER_TEXT], const char *plain, enum zv_groups groups)
{
	bool ru = zv_number_is_ru();
	const char *mark = strchr(plain, '.');
	size_t whole = mark != NULL ? (size_t)(mark - plain) : strlen(plain);
	size_t at = 0;

	for (size_t i = 0; i < whole && at + 2 < ZV_NUMBER_TEXT; i++) {
		if (i > 0 && (whole - i) % 3 == 0 && zv_is_digit(plain[i - 1]))
			out[at++] = ru || groups == ZV_GROUPS_BLANK ? ' ' : ',';
		out[at++] = plain[i];
	}
	for (size_t i = whole; plain[i] != '\0' && at + 1 < ZV_NUMBER_TEXT; i++)
		out[at++] = ru && plain[i] == '.' ? ',' : plain[i];
	out[at] = '\0';
}

bool zv_number_exact(char out[ZV_NUMBER_TEXT], zv_i128 num, zv_i128 den)
{
	char digits[ZV_NUMBER_TEXT];
	size_t n = 0;
	size_t at = 0;
	int decimals = 0;
	zv_i128 whole = num < 0 ? -(num / den) : num / den;
	zv_i128 rest = num < 0 ? -(num % den) : num % den;

	for (; whole > 0 || n == 0; whole /= 10)
		digits[n++] = (char)('0' + (int)(whole % 10));
	if (num < 0)
		out[at++] = '-';
	while (n > 0)
		out[at++] = digits[--n];
	for (; rest != 0 && decimals < ZV_NUMBER_DECIMALS; decimals++) {
		if (decimals == 0)
			out[at++] = '.';
		rest *= 10;
		out[at++] = (char)('0' + (int)(rest / den));
		rest %= den;
	}
	out[at] = '\0';
	return rest == 0;
}

int zv_number_decimals(struct zv_str text)
{
	size_t end = text.n;
	size_t i;

	while (end > 0 && text.p[end - 1] == '0')
		end--;
	for (i = end; i > 0 && zv_is_digit(text.p[i - 1]); i--)
		;
	return i > 0 && (text.p[i - 1] == '.' || text.p[i - 1] == ',') ? (int)(end - i) : 0;
}

static size_t blank_bytes(struct zv_str s)
{
	if (zv_str_starts(s, ZV_STR("\xc2\xa0")))
		return 2;
	if (zv_str_starts(s, ZV_STR("\xe2\x80\xaf")) || zv_str_starts(s, ZV_STR("\xe2\x80\x89")))
		return 3;
	return s.n > 0 && s.p[0] == ' ' ? 1 : 0;
}

struct zv_str zv_number_prefix(struct zv_str text)
{
	size_t i = 0;

	if (text.n > 0 && (text.p[0] == '-' || text.p[0] == '+'))
		i++;
	while (i < text.n) {
		size_t blank = blank_bytes(zv_str_from(text, i));

		if (blank == 0 && !zv_is_digit(text.p[i]) && text.p[i] != '.' && text.p[i] != ',')
			break;
		i += blank > 0 ? blank : 1;
	}
	return zv_str_trim(zv_str_first(text, i));
}
