/* Designations of standards brought to one writing: "ГОСТ Р 51000-96" and "gost r 51000–96" are "gost-r:51000-96". */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/ident.h"

enum { SHOWN_MAX = 60 };

/* Folded beginnings, longer ones first. */
static const struct {
	struct zv_str folded;
	const char *key;
} families[] = {
	{ZV_STR_INIT("гост р мэк"), "gost-r-iec"}, {ZV_STR_INIT("гост р исо"), "gost-r-iso"}, {ZV_STR_INIT("гост р"), "gost-r"},
	{ZV_STR_INIT("гост исо"), "gost-iso"},     {ZV_STR_INIT("гост iso"), "gost-iso"},     {ZV_STR_INIT("гост"), "gost"},
	{ZV_STR_INIT("gost r"), "gost-r"},         {ZV_STR_INIT("gost"), "gost"},             {ZV_STR_INIT("ост"), "ost"},
	{ZV_STR_INIT("сто"), "sto"},               {ZV_STR_INIT("ту"), "tu"},                 {ZV_STR_INIT("tu"), "tu"},
	{ZV_STR_INIT("iso/iec"), "iso-iec"},       {ZV_STR_INIT("iso"), "iso"},               {ZV_STR_INIT("исо"), "iso"},
	{ZV_STR_INIT("iec"), "iec"},               {ZV_STR_INIT("мэк"), "iec"},               {ZV_STR_INIT("astm"), "astm"},
	{ZV_STR_INIT("din en"), "din-en"},         {ZV_STR_INIT("din"), "din"},               {ZV_STR_INIT("en"), "en"},
	{ZV_STR_INIT("фс"), "fs"},                 {ZV_STR_INIT("gb/t"), "gb-t"},
};

static bool is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x202f || c == 0x2009;
}

/* Dashes made one, blanks single and none at a dash. */
static void tidy(struct zv_buf *out, struct zv_str folded)
{
	uint32_t c;
	bool blank = false;

	while (zv_utf8_next(&c, &folded)) {
		if (is_blank(c)) {
			blank = out->n > 0;
			continue;
		}
		if (is_dash(c))
			c = '-';
		if (blank && c != '-' && out->p[out->n - 1] != '-')
			zv_buf_add_char(out, ' ');
		blank = false;
		zv_buf_add_utf8(out, c);
	}
}

/* The family's key and what follows it; false when no family begins the text before a digit, blank or letter-digit mix. */
static bool take_family(const char **key, struct zv_str *rest, struct zv_str s)
{
	for (size_t i = 0; i < ZV_LEN(families); i++) {
		struct zv_str tail = zv_str_from(s, families[i].folded.n);

		if (!zv_str_starts(s, families[i].folded) || tail.n == 0)
			continue;
		if (tail.p[0] == ' ' || tail.p[0] == '-' || zv_is_digit(tail.p[0])) {
			*key = families[i].key;
			*rest = zv_str_trim(tail.p[0] == '-' ? zv_str_from(tail, 1) : tail);
			return true;
		}
	}
	return false;
}

static bool has_digit(struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (zv_is_digit(s.p[i]))
			return true;
	}
	return false;
}

enum zv_code zv_standard_parse(char out[ZV_STANDARD_TEXT], struct zv_str text, const char *field, struct zv_err *err)
{
	struct zv_str shown = zv_str_first(zv_str_trim(text), SHOWN_MAX);
	struct zv_str rest = {NULL, 0};
	struct zv_buf folded;
	struct zv_buf tidied;
	const char *key = NULL;
	enum zv_code code = ZV_OK;

	zv_buf_init(&folded, 0);
	zv_buf_init(&tidied, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	tidy(&tidied, zv_buf_str(&folded));
	if (!take_family(&key, &rest, zv_buf_str(&tidied)) || !has_digit(rest)) {
		code = zv_fail(err, ZV_E_INVALID, field,
			       N_("“%.*s” is no standard that Zveno knows; write it as ГОСТ 10003-90, ТУ 2434-001-12345678-2020 or ISO 9001:2015."),
			       ZV_STR_FMT(shown));
	} else if (strlen(key) + 1 + rest.n >= ZV_STANDARD_TEXT) {
		code = zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is too long for a standard."), ZV_STR_FMT(shown));
	} else {
		size_t n = strlen(key);

		memcpy(out, key, n);
		out[n] = ':';
		memcpy(out + n + 1, rest.p, rest.n);
		out[n + 1 + rest.n] = '\0';
	}
	zv_buf_done(&tidied);
	zv_buf_done(&folded);
	return code;
}
