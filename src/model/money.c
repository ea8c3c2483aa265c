/* Sums of roubles as text. A sum that can be read in two ways is refused: a wrong guess is off by a thousand. */
#include "model/money.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "model/number.h"

enum { KOPECK_DECIMALS = 2, SHOWN_MAX = 60, NUMBER_MAX = 40, GROUP = 3, DECIMALS_MAX = 12 };

enum reading { READ_OK, NOT_A_SUM, AMBIGUOUS, FOREIGN, TOO_FINE, TOO_LARGE };

/* Folded marks, longer ones before those they begin with. */
static const struct zv_str rouble_marks[] = {
	ZV_STR_INIT("рублей"), ZV_STR_INIT("рубля"),   ZV_STR_INIT("рубль"),  ZV_STR_INIT("руб."), ZV_STR_INIT("руб"),
	ZV_STR_INIT("roubles"), ZV_STR_INIT("rouble"), ZV_STR_INIT("rubles"), ZV_STR_INIT("ruble"), ZV_STR_INIT("rub"),
	ZV_STR_INIT("rur"),    ZV_STR_INIT("р."),      ZV_STR_INIT("р"),      ZV_STR_INIT("₽"),
};
static const struct zv_str foreign_marks[] = {
	ZV_STR_INIT("$"),    ZV_STR_INIT("€"),    ZV_STR_INIT("¥"),    ZV_STR_INIT("£"),   ZV_STR_INIT("₸"),   ZV_STR_INIT("usd"),
	ZV_STR_INIT("eur"),  ZV_STR_INIT("cny"),  ZV_STR_INIT("rmb"),  ZV_STR_INIT("kzt"), ZV_STR_INIT("byn"), ZV_STR_INIT("uah"),
	ZV_STR_INIT("долл"), ZV_STR_INIT("евро"), ZV_STR_INIT("юан"),  ZV_STR_INIT("тенге"), ZV_STR_INIT("грн"),
};
static const struct {
	struct zv_str mark;
	int zeros;
} multipliers[] = {
	{ZV_STR_INIT("тыс."), 3}, {ZV_STR_INIT("тыс"), 3}, {ZV_STR_INIT("млн."), 6}, {ZV_STR_INIT("млн"), 6}, {ZV_STR_INIT("млрд."), 9},
	{ZV_STR_INIT("млрд"), 9}, {ZV_STR_INIT("mln"), 6}, {ZV_STR_INIT("bln"), 9},  {ZV_STR_INIT("million"), 6}, {ZV_STR_INIT("thousand"), 3},
};

static bool strip_mark(struct zv_str *s, struct zv_str mark)
{
	if (zv_str_ends(*s, mark))
		*s = zv_str_first(*s, s->n - mark.n);
	else if (zv_str_starts(*s, mark))
		*s = zv_str_from(*s, mark.n);
	else
		return false;
	*s = zv_str_trim(*s);
	return true;
}

static void strip_rouble(struct zv_str *s)
{
	for (size_t i = 0; i < ZV_LEN(rouble_marks); i++) {
		if (strip_mark(s, rouble_marks[i]))
			return;
	}
}

static int strip_multiplier(struct zv_str *s)
{
	for (size_t i = 0; i < ZV_LEN(multipliers); i++) {
		if (zv_str_ends(*s, multipliers[i].mark)) {
			*s = zv_str_trim(zv_str_first(*s, s->n - multipliers[i].mark.n));
			return multipliers[i].zeros;
		}
	}
	return 0;
}

static bool is_foreign(struct zv_str s)
{
	for (size_t i = 0; i < ZV_LEN(foreign_marks); i++) {
		if (zv_str_find(s, foreign_marks[i]) >= 0)
			return true;
	}
	return false;
}

/* What stands between the digits. */
struct shape {
	size_t points, commas, blanks;
	ptrdiff_t last_point, last_comma;
};

static struct shape shape_of(struct zv_str s)
{
	struct shape shape = {.last_point = -1, .last_comma = -1};

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.') {
			shape.points++;
			shape.last_point = (ptrdiff_t)i;
		} else if (s.p[i] == ',') {
			shape.commas++;
			shape.last_comma = (ptrdiff_t)i;
		} else if (!zv_is_digit(s.p[i])) {
			shape.blanks++;
		}
	}
	return shape;
}

/* Groups of three after the first of one to three digits, all parted by `separator`. */
static bool groups_ok(struct zv_str s, char separator)
{
	size_t run = 0;
	bool first = true;

	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && zv_is_digit(s.p[i])) {
			run++;
			continue;
		}
		if (i < s.n && s.p[i] != separator)
			return false;
		if (run == 0 || run > GROUP || (!first && run != GROUP))
			return false;
		first = false;
		run = 0;
	}
	return true;
}

/* Finds the decimal mark, if any; READ_OK says that the number can be read in one way only. */
static enum reading find_mark(ptrdiff_t *mark, struct zv_str s)
{
	struct shape shape = shape_of(s);
	char separator;
	size_t after;

	*mark = -1;
	if (shape.points > 0 && shape.commas > 0) {
		bool point_last = shape.last_point > shape.last_comma;

		*mark = point_last ? shape.last_point : shape.last_comma;
		separator = point_last ? ',' : '.';
		return (point_last ? shape.points : shape.commas) == 1 && shape.blanks == 0 &&
				       groups_ok(zv_str_first(s, (size_t)*mark), separator)
			       ? READ_OK
			       : NOT_A_SUM;
	}
	if (shape.points + shape.commas == 0)
		return READ_OK;
	separator = shape.points > 0 ? '.' : ',';
	if (shape.points + shape.commas > 1)
		return shape.blanks == 0 && groups_ok(s, separator) ? READ_OK : NOT_A_SUM;
	*mark = shape.points > 0 ? shape.last_point : shape.last_comma;
	after = s.n - (size_t)*mark - 1;
	/* "1,234" could be thousands; "0,234", "1 234,567" and "12345,678" could not. */
	if (after == GROUP && shape.blanks == 0 && *mark > 0 && *mark <= GROUP && s.p[0] != '0')
		return AMBIGUOUS;
	return after > 0 && *mark > 0 ? READ_OK : NOT_A_SUM;
}

/* The digits without groups and with a point as the mark, for zv_decimal_parse. Blank groups are left for it to check. */
static bool normalize(char out[NUMBER_MAX], struct zv_str s, ptrdiff_t mark)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if ((s.p[i] == '.' || s.p[i] == ',') && (ptrdiff_t)i != mark)
			continue;
		if (n + 1 >= NUMBER_MAX)
			return false;
		out[n++] = (ptrdiff_t)i == mark ? '.' : s.p[i];
	}
	out[n] = '\0';
	return n > 0;
}

/* value / 10^decimals roubles times 10^zeros, in whole kopecks. */
static enum reading to_kopecks(int64_t *out, int64_t value, int decimals, int zeros)
{
	int shift = zeros + KOPECK_DECIMALS - decimals;

	if (shift < 0 && value % zv_pow10(-shift) != 0)
		return TOO_FINE;
	if (shift < 0)
		value /= zv_pow10(-shift);
	else if (!zv_mul(&value, value, zv_pow10(shift)))
		return TOO_LARGE;
	*out = value;
	return READ_OK;
}

static enum reading read_sum(int64_t *out_kop, struct zv_str s)
{
	char number[NUMBER_MAX];
	ptrdiff_t mark;
	int64_t value;
	int decimals;
	int zeros;
	enum reading reading;

	if (is_foreign(s))
		return FOREIGN;
	strip_rouble(&s);
	zeros = strip_multiplier(&s);
	if (s.n == 0 || zv_number_prefix(s).n != s.n || !zv_is_digit(s.p[0]) || !zv_is_digit(s.p[s.n - 1]))
		return NOT_A_SUM;
	reading = find_mark(&mark, s);
	if (reading != READ_OK)
		return reading;
	if (!normalize(number, s, mark))
		return TOO_LARGE;
	decimals = zv_number_decimals(zv_str_c(number));
	if (decimals > DECIMALS_MAX)
		return TOO_FINE;
	switch (zv_decimal_parse(&value, zv_str_c(number), decimals, "", NULL)) {
	case ZV_OK:
		return to_kopecks(out_kop, value, decimals, zeros);
	default:
		return s.n > 18 ? TOO_LARGE : NOT_A_SUM;
	}
}

enum zv_code zv_money_parse(int64_t *out_kop, struct zv_str text, const char *field, struct zv_err *err)
{
	struct zv_str shown = zv_str_first(zv_str_trim(text), SHOWN_MAX);
	struct zv_buf folded;
	int64_t kop = 0;
	enum reading reading;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	reading = read_sum(&kop, zv_str_trim(zv_buf_str(&folded)));
	zv_buf_done(&folded);
	switch (reading) {
	case READ_OK:
		*out_kop = kop;
		return ZV_OK;
	case AMBIGUOUS:
		return zv_fail(err, ZV_E_INVALID, field,
			       N_("“%.*s” can be thousands or thousandths; write the sum without groups or with both marks, as 1234 or 1,234.00."),
			       ZV_STR_FMT(shown));
	case FOREIGN:
		return zv_fail(err, ZV_E_UNSUPPORTED, field, N_("“%.*s” is in another currency; only roubles are kept."),
			       ZV_STR_FMT(shown));
	case TOO_FINE:
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is finer than a kopeck; round it yourself."), ZV_STR_FMT(shown));
	case TOO_LARGE:
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is too large a sum."), ZV_STR_FMT(shown));
	case NOT_A_SUM:
		break;
	}
	return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is no sum of roubles; write it as 5500 or 5 500,00 ₽."), ZV_STR_FMT(shown));
}

void zv_money_decimal(char out[ZV_MONEY_TEXT], int64_t kop)
{
	char plain[ZV_DECIMAL_TEXT];

	zv_decimal_format(plain, kop, KOPECK_DECIMALS, KOPECK_DECIMALS, false);
	(void)snprintf(out, ZV_MONEY_TEXT, "%s", plain);
}

void zv_money_format(char out[ZV_MONEY_TEXT], int64_t kop)
{
	char plain[ZV_DECIMAL_TEXT];
	char local[ZV_NUMBER_TEXT];

	zv_decimal_format(plain, kop, KOPECK_DECIMALS, KOPECK_DECIMALS, false);
	zv_number_localize(local, plain, ZV_GROUPS_COMMA);
	(void)snprintf(out, ZV_MONEY_TEXT, "%.40s ₽", local);
}
