/* Codes of classifiers as nodes of their trees: OKPD2 and OKVED2 with dots, HS and TN VED as plain digits. */
#include <string.h>

#include "model/ident.h"

enum { DIGITS_MAX = 10, OKPD2_FULL = 9, SHOWN_MAX = 60 };

struct scheme {
	const char *name;
	const char *form;    /* for the message */
	size_t lengths[8];   /* digits of each level, from the top */
	bool dotted;
};

/* OKPD2 has two levels of nine digits: a category ends in 0, its subcategories do not. */
static const struct scheme schemes[] = {
	[ZV_CLASS_OKPD2] = {"OKPD2", N_("2 to 6 or 9 digits, as 20.14.62 or 20.14.62.110"), {2, 3, 4, 5, 6, 9, 9}, true},
	[ZV_CLASS_OKVED2] = {"OKVED2", N_("2 to 6 digits, as 20.14 or 20.14.7"), {2, 3, 4, 5, 6}, true},
	[ZV_CLASS_HS] = {"HS", N_("2, 4 or 6 digits, as 2914.19"), {2, 4, 6}, false},
	[ZV_CLASS_TNVED] = {"TN VED", N_("2, 4, 6 or 10 digits, as 2914 19 000 0"), {2, 4, 6, 10}, false},
};

static bool length_ok(const struct scheme *scheme, size_t n)
{
	for (size_t i = 0; i < ZV_LEN(scheme->lengths); i++) {
		if (n > 0 && scheme->lengths[i] == n)
			return true;
	}
	return false;
}

/* Where a dot stands before digit i: 20.14.62.110. */
static bool dot_before(size_t i)
{
	return i == 2 || i == 4 || i == 6;
}

/* The digits of a text with separators; false for anything else. Dots of dotted codes must stand where they belong. */
static bool take_digits(char digits[DIGITS_MAX], size_t *n, const struct scheme *scheme, struct zv_str s)
{
	bool gap = false;

	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' || (!scheme->dotted && s.p[i] == ' ')) {
			if (gap || *n == 0 || (scheme->dotted && !dot_before(*n)))
				return false;
			gap = true;
			continue;
		}
		if (!zv_is_digit(s.p[i]) || *n == DIGITS_MAX)
			return false;
		digits[(*n)++] = s.p[i];
		gap = false;
	}
	return !gap && *n > 0;
}

static void write_code(char out[ZV_CLASS_TEXT], const struct scheme *scheme, const char *digits, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		if (scheme->dotted && dot_before(i))
			out[at++] = '.';
		out[at++] = digits[i];
	}
	out[at] = '\0';
}

enum zv_code zv_class_parse(char out[ZV_CLASS_TEXT], enum zv_class_scheme which, struct zv_str text, const char *field,
			    struct zv_err *err)
{
	const struct scheme *scheme = &schemes[which];
	struct zv_str s = zv_str_trim(text);
	struct zv_str shown = zv_str_first(s, SHOWN_MAX);
	char digits[DIGITS_MAX];
	size_t n;

	if (!take_digits(digits, &n, scheme, s))
		return zv_fail(err, ZV_E_INVALID, field, N_("%s code %.*s: expected %s"), scheme->name, ZV_STR_FMT(shown),
			       scheme->form);
	if (!length_ok(scheme, n)) {
		if (!scheme->dotted && length_ok(scheme, n + 1))
			return zv_fail(err, ZV_E_INVALID, field, N_("%s code %.*s: %zu digits; a leading zero may be lost: 0%.*s?"),
				       scheme->name, ZV_STR_FMT(shown), n, (int)n, digits);
		return zv_fail(err, ZV_E_INVALID, field, N_("%s code %.*s: expected %s"), scheme->name, ZV_STR_FMT(shown),
			       scheme->form);
	}
	write_code(out, scheme, digits, n);
	return ZV_OK;
}

/* Digits of a code in its usual writing; 0 when it is not. */
static size_t usual_digits(char digits[DIGITS_MAX], const struct scheme *scheme, struct zv_str code)
{
	char text[ZV_CLASS_TEXT];
	size_t n;

	if (!take_digits(digits, &n, scheme, code) || !length_ok(scheme, n))
		return 0;
	write_code(text, scheme, digits, n);
	return zv_str_eq_c(code, text) ? n : 0;
}

static int level_of(enum zv_class_scheme which, const char *digits, size_t n)
{
	const struct scheme *scheme = &schemes[which];

	for (int i = 0; i < (int)ZV_LEN(scheme->lengths); i++) {
		if (scheme->lengths[i] == n && n > 0)
			return which == ZV_CLASS_OKPD2 && n == OKPD2_FULL && digits[n - 1] != '0' ? i + 2 : i + 1;
	}
	return 0;
}

/* One step up in place; the new number of digits, 0 above the top. */
static size_t step_up(enum zv_class_scheme which, char digits[DIGITS_MAX], size_t n)
{
	int level = level_of(which, digits, n);

	if (level <= 1)
		return 0;
	if (which == ZV_CLASS_OKPD2 && n == OKPD2_FULL && digits[n - 1] != '0') {
		digits[n - 1] = '0';
		return n;
	}
	return schemes[which].lengths[level - 2];
}

int zv_class_level(enum zv_class_scheme which, struct zv_str code)
{
	char digits[DIGITS_MAX];
	size_t n = usual_digits(digits, &schemes[which], code);

	return level_of(which, digits, n);
}

bool zv_class_parent(char out[ZV_CLASS_TEXT], enum zv_class_scheme which, struct zv_str code)
{
	char digits[DIGITS_MAX];
	size_t n = usual_digits(digits, &schemes[which], code);

	n = step_up(which, digits, n);
	if (n == 0)
		return false;
	write_code(out, &schemes[which], digits, n);
	return true;
}

int zv_class_distance(enum zv_class_scheme which, struct zv_str a, struct zv_str b)
{
	char x[DIGITS_MAX];
	char y[DIGITS_MAX];
	size_t nx = usual_digits(x, &schemes[which], a);
	size_t ny = usual_digits(y, &schemes[which], b);
	int up_x = 0;
	int up_y = 0;

	while (nx > 0 && ny > 0) {
		int level_x = level_of(which, x, nx);
		int level_y = level_of(which, y, ny);

		if (nx == ny && memcmp(x, y, nx) == 0)
			return up_x > up_y ? up_x : up_y;
		if (level_x >= level_y) {
			nx = step_up(which, x, nx);
			up_x++;
		}
		if (level_y >= level_x) {
			ny = step_up(which, y, ny);
			up_y++;
		}
	}
	return -1;
}

bool zv_class_within(enum zv_class_scheme which, struct zv_str code, struct zv_str node)
{
	char digits[DIGITS_MAX];
	char wanted[DIGITS_MAX];
	size_t n = usual_digits(digits, &schemes[which], code);
	size_t n_wanted = usual_digits(wanted, &schemes[which], node);

	while (n > 0 && n_wanted > 0) {
		if (n == n_wanted && memcmp(digits, wanted, n) == 0)
			return true;
		n = step_up(which, digits, n);
	}
	return false;
}
