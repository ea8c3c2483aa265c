/* Values as people type them. */
#include "base/decimal.h"
#include "base/utf8.h"
#include "engine/rules/inner.h"
#include "model/money.h"

enum { DECIMALS = 6 };

struct rules_value rules_value_unknown(enum zv_rules_type type, bool below_zero)
{
	struct rules_value value = {.truth = ZV_UNKNOWN, .range = RULES_ANY};

	if ((type == ZV_RULES_NUMBER || type == ZV_RULES_MONEY) && !below_zero)
		value.range.lo = rules_q_int(0);
	return value;
}

static bool read_yes(struct rules_value *out, struct zv_str text)
{
	static const struct {
		const char *word;
		enum zv_truth truth;
	} words[] = {{"yes", ZV_YES}, {"no", ZV_NO},   {"да", ZV_YES},  {"нет", ZV_NO},  {"1", ZV_YES},
		     {"0", ZV_NO},    {"true", ZV_YES}, {"false", ZV_NO}};
	struct zv_buf folded;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, text);
	for (size_t i = 0; i < ZV_LEN(words); i++) {
		if (zv_str_eq_c(zv_buf_str(&folded), words[i].word)) {
			out->truth = words[i].truth;
			out->known = true;
		}
	}
	zv_buf_done(&folded);
	return out->known;
}

static bool read_number(struct rules_value *out, struct zv_str text, struct zv_err *err)
{
	bool percent = zv_str_ends(text, ZV_STR("%"));
	struct rules_q q;
	int64_t n;

	if (percent)
		text = zv_str_trim(zv_str_first(text, text.n - 1));
	if (zv_decimal_parse(&n, text, DECIMALS, "value", err) != ZV_OK || !rules_q_of(&q, n, zv_pow10(DECIMALS + (percent ? 2 : 0))))
		return false;
	out->range = (struct rules_range){q, q};
	out->known = true;
	return true;
}

enum zv_code rules_value_read(struct rules_value *out, enum zv_rules_type type, struct zv_str text, struct zv_err *err)
{
	struct rules_value value = rules_value_unknown(type, false);
	struct zv_err why = {0};
	int64_t kop;
	zv_date date;

	text = zv_str_trim(text);
	value.text = text;
	switch (type) {
	case ZV_RULES_BOOL:
		if (!read_yes(&value, text))
			return zv_fail(err, ZV_E_INVALID, "value", N_("“%.*s” is neither yes nor no."), ZV_STR_FMT(zv_utf8_first(text, 60)));
		break;
	case ZV_RULES_NUMBER:
		if (!read_number(&value, text, &why))
			return zv_fail(err, ZV_E_INVALID, "value", N_("“%.*s” is no number: write it as 12.5 or 12.5 %%, with at most 6 decimals."),
				       ZV_STR_FMT(zv_utf8_first(text, 60)));
		break;
	case ZV_RULES_MONEY:
		if (zv_money_parse(&kop, text, "value", err) != ZV_OK)
			return ZV_E_INVALID;
		value.range = rules_point(kop);
		break;
	case ZV_RULES_DATE:
		if (!zv_date_parse(&date, text))
			return zv_fail(err, ZV_E_INVALID, "value", N_("“%.*s” is no day: write it as 2026-03-01."), ZV_STR_FMT(zv_utf8_first(text, 60)));
		value.range = rules_point(date);
		break;
	default:
		if (text.n == 0 || text.n > RULES_TEXT_MAX)
			return zv_fail(err, ZV_E_INVALID, "value", N_("Give a text of 1 to %d bytes."), RULES_TEXT_MAX);
		break;
	}
	value.known = true;
	*out = value;
	return ZV_OK;
}

enum zv_code zv_rules_value_check(enum zv_rules_type type, struct zv_str value, struct zv_err *err)
{
	struct rules_value out;

	return rules_value_read(&out, type, value, err);
}
