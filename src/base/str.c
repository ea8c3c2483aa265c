/* Borrowed strings. */
#include "base/str.h"

#include <string.h>

struct zv_str zv_str_c(const char *s)
{
	return (struct zv_str){s, s != NULL ? strlen(s) : 0};
}

bool zv_str_eq(struct zv_str a, struct zv_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool zv_str_eq_c(struct zv_str a, const char *b)
{
	return zv_str_eq(a, zv_str_c(b));
}

int zv_str_cmp(struct zv_str a, struct zv_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (order != 0)
		return order;
	return a.n < b.n ? -1 : a.n > b.n;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool zv_str_eq_nocase(struct zv_str a, struct zv_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	}
	return true;
}

bool zv_str_starts(struct zv_str s, struct zv_str prefix)
{
	return s.n >= prefix.n && zv_str_eq(zv_str_first(s, prefix.n), prefix);
}

bool zv_str_ends(struct zv_str s, struct zv_str suffix)
{
	return s.n >= suffix.n && zv_str_eq(zv_str_from(s, s.n - suffix.n), suffix);
}

/* White space and marks without width, as UTF-8. */
static const struct zv_str blanks[] = {
	ZV_STR_INIT(" "), ZV_STR_INIT("\t"), ZV_STR_INIT("\n"), ZV_STR_INIT("\r"), ZV_STR_INIT("\v"), ZV_STR_INIT("\f"),
	ZV_STR_INIT("\xc2\xa0"),     /* no-break space */
	ZV_STR_INIT("\xe2\x80\xaf"), /* narrow no-break space */
	ZV_STR_INIT("\xe2\x80\x89"), /* thin space */
	ZV_STR_INIT("\xe2\x80\x8b"), /* zero-width space */
	ZV_STR_INIT("\xe2\x81\xa0"), /* word joiner */
	ZV_STR_INIT("\xef\xbb\xbf"), /* byte order mark */
};

/* Most texts have nothing to trim, and one look at a byte tells: only these begin a blank, and only those end one. */
static bool may_begin_blank(char c)
{
	switch ((unsigned char)c) {
	case ' ': case '\t': case '\n': case '\r': case '\v': case '\f': case 0xc2: case 0xe2: case 0xef:
		return true;
	default:
		return false;
	}
}

static bool may_end_blank(char c)
{
	switch ((unsigned char)c) {
	case ' ': case '\t': case '\n': case '\r': case '\v': case '\f': case 0xa0: case 0xaf: case 0x89: case 0x8b: case 0xbf:
		return true;
	default:
		return false;
	}
}

struct zv_str zv_str_trim(struct zv_str s)
{
	for (size_t i = 0; i < ZV_LEN(blanks) && s.n > 0 && may_begin_blank(s.p[0]); i++) {
		if (zv_str_starts(s, blanks[i])) {
			s = zv_str_from(s, blanks[i].n);
			i = (size_t)-1;
		}
	}
	for (size_t i = 0; i < ZV_LEN(blanks) && s.n > 0 && may_end_blank(s.p[s.n - 1]); i++) {
		if (zv_str_ends(s, blanks[i])) {
			s.n -= blanks[i].n;
			i = (size_t)-1;
		}
	}
	return s;
}

struct zv_str zv_str_from(struct zv_str s, size_t from)
{
	if (from > s.n)
		from = s.n;
	return (struct zv_str){s.p != NULL ? s.p + from : NULL, s.n - from};
}

struct zv_str zv_str_first(struct zv_str s, size_t n)
{
	return (struct zv_str){s.p, n < s.n ? n : s.n};
}

ptrdiff_t zv_str_find(struct zv_str s, struct zv_str what)
{
	const char *at;

	if (what.n == 0)
		return 0;
	if (s.n < what.n)
		return -1;
	at = memmem(s.p, s.n, what.p, what.n);
	return at != NULL ? at - s.p : -1;
}

ptrdiff_t zv_str_find_char(struct zv_str s, char c)
{
	const char *at = s.n > 0 ? memchr(s.p, c, s.n) : NULL;

	return at != NULL ? at - s.p : -1;
}

bool zv_str_split(struct zv_str *part, struct zv_str *rest, char separator)
{
	ptrdiff_t at;

	if (rest->p == NULL)
		return false;
	at = zv_str_find_char(*rest, separator);
	if (at < 0) {
		*part = *rest;
		*rest = (struct zv_str){NULL, 0};
		return true;
	}
	*part = zv_str_first(*rest, (size_t)at);
	*rest = zv_str_from(*rest, (size_t)at + 1);
	return true;
}

bool zv_str_int(int64_t *out, struct zv_str s)
{
	bool negative = s.n > 0 && s.p[0] == '-';
	size_t i = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
	int64_t value = 0;

	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		int digit = s.p[i] - '0';

		if (!zv_is_digit(s.p[i]) || !zv_mul(&value, value, 10) ||
		    !(negative ? zv_sub(&value, value, digit) : zv_add(&value, value, digit)))
			return false;
	}
	*out = value;
	return true;
}

bool zv_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool zv_is_digits(struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!zv_is_digit(s.p[i]))
			return false;
	}
	return s.n > 0;
}
