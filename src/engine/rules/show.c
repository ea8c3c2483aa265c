/* Numbers, sums, dates and calculations as text. */
#include "engine/rules/show.h"

#include <string.h>

#include "base/decimal.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "model/money.h"
#include "model/number.h"

enum { FINE = 2, COARSE = 1, WORKING_MAX = 1000, UNGROUPED = 10000 };

static int usual_decimals(struct rules_q q, bool percent)
{
	int64_t times = percent ? 10000 : 100;

	return !percent || (zv_i128)q.n * times % q.d == 0 ? FINE : COARSE;
}

static void show_number(struct zv_buf *out, struct rules_q q, bool percent, int decimals)
{
	char plain[ZV_DECIMAL_TEXT], text[ZV_NUMBER_TEXT];
	int64_t value;

	if (decimals < 0)
		decimals = usual_decimals(q, percent);
	while (!zv_muldiv(&value, q.n, zv_pow10(decimals + (percent ? 2 : 0)), q.d)) {
		if (decimals == 0) {
			zv_buf_add_c(out, q.n < 0 ? "< -10^15" : "> 10^15");
			return;
		}
		decimals--;
	}
	zv_decimal_format(plain, value, decimals, 0, true);
	zv_number_localize(text, plain, ZV_GROUPS_COMMA);
	if (q.n / q.d > -UNGROUPED && q.n / q.d < UNGROUPED && !percent) { /* a year is no sum */
		size_t n = 0;

		for (size_t i = 0; text[i] != '\0'; i++) {
			if (text[i] != ' ' && (text[i] != ',' || zv_number_is_ru()))
				text[n++] = text[i];
		}
		text[n] = '\0';
	}
	zv_buf_addf(out, percent ? "%s %%" : "%s", text);
}

static void show_money(struct zv_buf *out, struct rules_q q)
{
	char text[ZV_MONEY_TEXT];
	struct zv_str s;
	ptrdiff_t zeros;
	int64_t kop;

	if (!zv_muldiv(&kop, q.n, 1, q.d))
		kop = q.n / q.d;
	zv_money_format(text, kop);
	s = zv_str_c(text);
	zeros = zv_str_find(s, ZV_STR(".00 "));
	if (zeros < 0)
		zeros = zv_str_find(s, ZV_STR(",00 "));
	if (zeros >= 0 && (size_t)zeros + 4 <= s.n && zv_str_find_char(zv_str_from(s, (size_t)zeros + 4), ' ') < 0) {
		zv_buf_add_str(out, zv_str_first(s, (size_t)zeros));
		s = zv_str_from(s, (size_t)zeros + 3);
	}
	zv_buf_add_str(out, s);
}

static void show_date(struct zv_buf *out, struct rules_q q)
{
	char text[ZV_DATE_TEXT];

	zv_date_format(text, (zv_date)(q.n / q.d));
	zv_buf_add_c(out, text);
}

static void show_q(struct zv_buf *out, struct rules_q q, int type, bool percent, int decimals)
{
	if (type == ZV_RULES_MONEY)
		show_money(out, q);
	else if (type == ZV_RULES_DATE && q.n > -1000000 && q.n < 1000000)
		show_date(out, q);
	else
		show_number(out, q, percent, decimals);
}

void rules_show_range(struct zv_buf *out, struct rules_range range, int type, bool percent, int decimals)
{
	struct zv_buf lo, hi;
	bool nothing = range.hi.d == 0 && (range.lo.d == 0 || (range.lo.n == 0 && type != ZV_RULES_DATE));

	if (nothing) {
		zv_buf_add_c(out, zv_tr(N_("unknown")));
		return;
	}
	if (rules_is_point(range)) {
		show_q(out, range.lo, type, percent, decimals);
		return;
	}
	zv_buf_init(&lo, 0);
	zv_buf_init(&hi, 0);
	if (range.lo.d != 0)
		show_q(&lo, range.lo, type, percent, decimals);
	if (range.hi.d != 0)
		show_q(&hi, range.hi, type, percent, decimals);
	if (range.hi.d == 0)
		zv_buf_addf(out, zv_tr(N_("at least %s")), zv_buf_c(&lo));
	else if (range.lo.d == 0)
		zv_buf_addf(out, zv_tr(N_("at most %s")), zv_buf_c(&hi));
	else
		zv_buf_addf(out, zv_tr(N_("%s to %s")), zv_buf_c(&lo), zv_buf_c(&hi));
	zv_buf_done(&hi);
	zv_buf_done(&lo);
}

void rules_show_truth(struct zv_buf *out, enum zv_truth truth)
{
	static const char *const words[] = {[ZV_NO] = N_("no"), [ZV_UNKNOWN] = N_("unknown"), [ZV_YES] = N_("yes")};

	zv_buf_add_c(out, zv_tr(words[truth]));
}

void rules_show_value(struct zv_buf *out, const struct rules_value *value, int type, bool percent)
{
	if (type == ZV_RULES_BOOL)
		rules_show_truth(out, value->truth);
	else if (type == ZV_RULES_TEXT && value->known)
		zv_buf_add_str(out, value->text);
	else if (type == ZV_RULES_TEXT)
		zv_buf_add_c(out, zv_tr(N_("unknown")));
	else
		rules_show_range(out, value->range, type, percent, RULES_USUAL_DECIMALS);
}

static void show_span(struct zv_buf *out, const struct rules_expr *e)
{
	int64_t n = e->q.n;

	if (e->q.d == 2)
		zv_buf_addf(out, zv_tr_n("%lld day", "%lld days", n), (long long)n);
	else
		zv_buf_addf(out, zv_tr_n("%lld month", "%lld months", n), (long long)n);
}

void rules_show_expr(struct zv_buf *out, struct rules_eval *ev, const struct rules_expr *e, bool percent, int decimals)
{
	struct zv_str text;

	if (e->op == RULES_OP_SPAN) {
		show_span(out, e);
	} else if (e->type == ZV_RULES_BOOL) {
		rules_show_truth(out, rules_truth(ev, e));
	} else if (e->type == ZV_RULES_TEXT) {
		if (rules_text(ev, e, &text))
			zv_buf_add_str(out, text);
		else
			zv_buf_add_c(out, zv_tr(N_("unknown")));
	} else {
		rules_show_range(out, rules_figure(ev, e), e->type, percent, decimals);
	}
}

/* Binding strength of what is calculated; 0: a value of its own. */
static int strength(const struct rules_expr *e)
{
	switch (e->op) {
	case RULES_OP_ADD:
	case RULES_OP_SUB:
	case RULES_OP_LATER:
	case RULES_OP_EARLIER:
		return 1;
	case RULES_OP_MUL:
	case RULES_OP_DIV:
		return 2;
	case RULES_OP_NEG:
	case RULES_OP_MIN:
	case RULES_OP_MAX:
		return 3;
	default:
		return 0;
	}
}

static void work(struct zv_buf *out, struct rules_eval *ev, const struct rules_expr *e, int inside)
{
	static const char *const signs[] = {[RULES_OP_ADD] = " + ",   [RULES_OP_SUB] = " − ",   [RULES_OP_MUL] = " × ",
					    [RULES_OP_DIV] = " / ",   [RULES_OP_LATER] = " + ", [RULES_OP_EARLIER] = " − "};
	int own = strength(e);
	bool brackets = own > 0 && own < 3 && own < inside;

	if (out->full)
		return;
	if (e->op == RULES_OP_IF) {
		enum zv_truth condition = rules_truth(ev, e->kids[0]);

		if (condition != ZV_UNKNOWN) {
			work(out, ev, e->kids[condition == ZV_YES ? 1 : 2], inside);
			return;
		}
	}
	if (own == 0) {
		rules_show_expr(out, ev, e, e->percent, RULES_USUAL_DECIMALS);
		return;
	}
	if (brackets)
		zv_buf_add_char(out, '(');
	if (e->op == RULES_OP_NEG) {
		zv_buf_add_c(out, "−");
		work(out, ev, e->kids[0], 3);
	} else if (own == 3) {
		zv_buf_add_c(out, e->op == RULES_OP_MIN ? "min(" : "max(");
		for (int i = 0; i < e->n; i++) {
			zv_buf_add_c(out, i > 0 ? "; " : "");
			work(out, ev, e->kids[i], 0);
		}
		zv_buf_add_char(out, ')');
	} else {
		work(out, ev, e->kids[0], own);
		zv_buf_add_c(out, signs[e->op]);
		/* the right side of - and / keeps its brackets: a - (b - c) */
		work(out, ev, e->kids[1], e->op == RULES_OP_SUB || e->op == RULES_OP_DIV ? own + 1 : own);
	}
	if (brackets)
		zv_buf_add_char(out, ')');
}

static bool is_calculated(struct rules_eval *ev, const struct rules_expr *e)
{
	while (e->op == RULES_OP_IF) {
		enum zv_truth condition = rules_truth(ev, e->kids[0]);

		if (condition == ZV_UNKNOWN)
			return false;
		e = e->kids[condition == ZV_YES ? 1 : 2];
	}
	return strength(e) > 0;
}

void rules_show_working(struct zv_buf *out, struct rules_eval *ev, const struct rules_expr *e)
{
	struct zv_buf text;

	if (e->type == ZV_RULES_BOOL || e->type == ZV_RULES_TEXT || !is_calculated(ev, e))
		return;
	zv_buf_init(&text, WORKING_MAX);
	work(&text, ev, e, 0);
	zv_buf_add_str(out, zv_utf8_first(zv_buf_str(&text), WORKING_MAX));
	if (text.full)
		zv_buf_add_c(out, "…");
	zv_buf_done(&text);
}
