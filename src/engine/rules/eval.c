/* Walking a tree for its value. The depth is bounded by the parser, the work by steps. */
#include "engine/rules/eval.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_FAR = 1000000, MONTHS_FAR = 12 * 3000, MONTHS = 12 };

void rules_eval_init(struct rules_eval *ev, const struct zv_rules_pack *pack, const struct zv_rules_facts *facts, int64_t steps_max, struct zv_arena *arena)
{
	memset(ev, 0, sizeof(*ev));
	ev->pack = pack;
	ev->facts = facts;
	ev->arena = arena;
	ev->first = ZV_YES;
	ev->steps_max = steps_max > 0 ? steps_max : RULES_STEPS;
	ev->declared = ZV_ARENA_ARRAY(arena, struct rules_cached, (size_t)pack->n_declared + 1);
}

void rules_eval_done(struct rules_eval *ev)
{
	zv_vec_done(&ev->figures);
	zv_vec_done(&ev->texts);
	zv_vec_done(&ev->seen);
}

static struct rules_value name_value(struct rules_eval *ev, const struct rules_expr *e)
{
	if (e->op == RULES_OP_STATED)
		return rules_stated(ev, e->at);
	if (e->op == RULES_OP_PARAMETER)
		return rules_parameter(ev, e->at);
	if (e->frame >= 0)
		return rules_field(ev, e->table, e->field, ev->frames[e->frame].rows, ev->frames[e->frame].row);
	return rules_field(ev, e->table, e->field, &ev->facts->rows[e->table], 0);
}

/* --- three values --- */

static enum zv_truth flip(enum zv_truth truth)
{
	return (enum zv_truth)(ZV_YES - truth);
}

/* Is a below b? `or_equal`: or equal to it. */
static enum zv_truth below(struct rules_range a, struct rules_range b, bool or_equal)
{
	int surely = rules_q_cmp(a.hi, b.lo), possibly = rules_q_cmp(a.lo, b.hi);

	/* An open end is never reached: it compares as beyond any number, also as beyond itself. */
	if (a.hi.d != 0 && b.lo.d != 0 && (or_equal ? surely <= 0 : surely < 0))
		return ZV_YES;
	if (a.lo.d != 0 && b.hi.d != 0 && (or_equal ? possibly > 0 : possibly >= 0))
		return ZV_NO;
	return ZV_UNKNOWN;
}

static enum zv_truth equal_figures(struct rules_range a, struct rules_range b)
{
	if (rules_is_point(a) && rules_is_point(b))
		return rules_q_cmp(a.lo, b.lo) == 0 ? ZV_YES : ZV_NO;
	if ((a.hi.d != 0 && b.lo.d != 0 && rules_q_cmp(a.hi, b.lo) < 0) || (b.hi.d != 0 && a.lo.d != 0 && rules_q_cmp(b.hi, a.lo) < 0))
		return ZV_NO;
	return ZV_UNKNOWN;
}

static enum zv_truth equal(struct rules_eval *ev, const struct rules_expr *a, const struct rules_expr *b)
{
	struct zv_str x, y;

	if (a->type == ZV_RULES_TEXT) {
		bool known_x = rules_text(ev, a, &x), known_y = rules_text(ev, b, &y);

		if (!known_x || !known_y)
			return ZV_UNKNOWN;
		return x.n == y.n && (x.n == 0 || memcmp(x.p, y.p, x.n) == 0) ? ZV_YES : ZV_NO;
	}
	if (a->type == ZV_RULES_BOOL) {
		enum zv_truth left = rules_truth(ev, a), right = rules_truth(ev, b);

		return left == ZV_UNKNOWN || right == ZV_UNKNOWN ? ZV_UNKNOWN : left == right ? ZV_YES : ZV_NO;
	}
	struct rules_range left = rules_figure(ev, a);

	return equal_figures(left, rules_figure(ev, b));
}

/* "20" fits "20" and "20.14", not "201". */
static enum zv_truth begins(struct rules_eval *ev, const struct rules_expr *a, const struct rules_expr *b)
{
	struct zv_str code, with;
	bool known_code = rules_text(ev, a, &code), known_with = rules_text(ev, b, &with);

	if (!known_code || !known_with)
		return ZV_UNKNOWN;
	return zv_str_starts(code, with) && (code.n == with.n || with.n == 0 || code.p[with.n] == '.') ? ZV_YES : ZV_NO;
}

static enum zv_truth one_of(struct rules_eval *ev, const struct rules_expr *e)
{
	enum zv_truth truth = ZV_NO;

	for (int i = 1; i < e->n && (truth != ZV_YES || ev->watch); i++) {
		enum zv_truth one = e->op == RULES_OP_IN ? equal(ev, e->kids[0], e->kids[i]) : begins(ev, e->kids[0], e->kids[i]);

		truth = one > truth ? one : truth;
	}
	return truth;
}

static enum zv_truth chain(struct rules_eval *ev, const struct rules_expr *e)
{
	enum zv_truth end = e->op == RULES_OP_AND ? ZV_NO : ZV_YES, truth = flip(end);

	for (int i = 0; i < e->n && (truth != end || ev->watch); i++) {
		enum zv_truth one = rules_truth(ev, e->kids[i]);

		truth = e->op == RULES_OP_AND ? (one < truth ? one : truth) : (one > truth ? one : truth);
	}
	return truth;
}

static enum zv_truth if_truth(struct rules_eval *ev, const struct rules_expr *e)
{
	enum zv_truth condition = rules_truth(ev, e->kids[0]), yes, no;

	if (condition != ZV_UNKNOWN)
		return rules_truth(ev, e->kids[condition == ZV_YES ? 1 : 2]);
	yes = rules_truth(ev, e->kids[1]);
	no = rules_truth(ev, e->kids[2]);
	return yes == no ? yes : ZV_UNKNOWN;
}

enum zv_truth rules_truth(struct rules_eval *ev, const struct rules_expr *e)
{
	struct rules_range left;

	if (!rules_step(ev))
		return ZV_UNKNOWN;
	switch (e->op) {
	case RULES_OP_BOOL:
		return e->yes ? ZV_YES : ZV_NO;
	case RULES_OP_FIELD:
	case RULES_OP_STATED:
	case RULES_OP_PARAMETER:
		return name_value(ev, e).truth;
	case RULES_OP_AND:
	case RULES_OP_OR:
		return chain(ev, e);
	case RULES_OP_NOT:
		return flip(rules_truth(ev, e->kids[0]));
	case RULES_OP_EQ:
		return equal(ev, e->kids[0], e->kids[1]);
	case RULES_OP_NE:
		return flip(equal(ev, e->kids[0], e->kids[1]));
	case RULES_OP_LT:
	case RULES_OP_LE:
		left = rules_figure(ev, e->kids[0]);
		return below(left, rules_figure(ev, e->kids[1]), e->op == RULES_OP_LE);
	case RULES_OP_GT:
	case RULES_OP_GE:
		left = rules_figure(ev, e->kids[0]);
		return below(rules_figure(ev, e->kids[1]), left, e->op == RULES_OP_GE);
	case RULES_OP_IN:
	case RULES_OP_BEGINS:
		return one_of(ev, e);
	case RULES_OP_IF:
		return if_truth(ev, e);
	case RULES_OP_ANY:
	case RULES_OP_ALL:
		return rules_rows_truth(ev, e);
	default:
		return ZV_UNKNOWN;
	}
}

/* --- figures --- */

static zv_date add_months(zv_date day, int64_t months)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year, month, date, last;
	int64_t at;

	zv_date_to_civil(&year, &month, &date, day);
	at = (int64_t)year * MONTHS + month - 1 + months;
	year = (int)(at >= 0 ? at / MONTHS : -((-at + MONTHS - 1) / MONTHS));
	month = (int)(at - (int64_t)year * MONTHS) + 1;
	last = lengths[month - 1] + (month == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0));
	return zv_date_from_civil(year, month, date < last ? date : last);
}

/* One end of a date later by a span; far away it is open. */
static struct rules_q later(struct rules_q day, const struct rules_expr *span, bool earlier, bool low)
{
	int64_t by = earlier ? -span->q.n : span->q.n;

	if (day.d == 0)
		return day;
	if (day.d != 1 || day.n > DAY_FAR || day.n < -DAY_FAR || by > MONTHS_FAR * 10 || by < -MONTHS_FAR * 10)
		return low ? RULES_BELOW : RULES_ABOVE;
	if (span->q.d == 2)
		return rules_q_int(day.n + by);
	if (by > MONTHS_FAR || by < -MONTHS_FAR)
		return low ? RULES_BELOW : RULES_ABOVE;
	return rules_q_int(add_months((zv_date)day.n, by));
}

static struct rules_q year_of(struct rules_q day, bool low)
{
	int year, month, date;

	if (day.d != 1 || day.n > DAY_FAR || day.n < -DAY_FAR)
		return low ? RULES_BELOW : RULES_ABOVE;
	zv_date_to_civil(&year, &month, &date, (zv_date)day.n);
	return rules_q_int(year);
}

static struct rules_range if_figure(struct rules_eval *ev, const struct rules_expr *e)
{
	enum zv_truth condition = rules_truth(ev, e->kids[0]);
	struct rules_range yes;

	if (condition != ZV_UNKNOWN)
		return rules_figure(ev, e->kids[condition == ZV_YES ? 1 : 2]);
	yes = rules_figure(ev, e->kids[1]);
	return rules_hull(yes, rules_figure(ev, e->kids[2]));
}

static struct rules_range calculate(struct rules_eval *ev, const struct rules_expr *e)
{
	struct rules_range a = rules_figure(ev, e->kids[0]), b;

	switch (e->op) {
	case RULES_OP_NEG:
		return rules_neg(a, &ev->overflow);
	case RULES_OP_YEAR:
		return (struct rules_range){year_of(a.lo, true), year_of(a.hi, false)};
	case RULES_OP_LATER:
	case RULES_OP_EARLIER:
		b.lo = later(a.lo, e->kids[1], e->op == RULES_OP_EARLIER, true);
		b.hi = later(a.hi, e->kids[1], e->op == RULES_OP_EARLIER, false);
		return b;
	case RULES_OP_MIN:
	case RULES_OP_MAX:
		for (int i = 1; i < e->n; i++) {
			b = rules_figure(ev, e->kids[i]);
			a = e->op == RULES_OP_MIN ? rules_min(a, b) : rules_max(a, b);
		}
		return a;
	default:
		break;
	}
	b = rules_figure(ev, e->kids[1]);
	switch (e->op) {
	case RULES_OP_ADD:
		return rules_add(a, b, &ev->overflow);
	case RULES_OP_SUB:
		return rules_sub(a, b, &ev->overflow);
	case RULES_OP_MUL:
		return rules_mul(a, b, &ev->overflow);
	default:
		return rules_div(a, b, &ev->overflow);
	}
}

struct rules_range rules_figure(struct rules_eval *ev, const struct rules_expr *e)
{
	if (!rules_step(ev))
		return RULES_ANY;
	switch (e->op) {
	case RULES_OP_CONST:
		return (struct rules_range){e->q, e->q};
	case RULES_OP_TODAY:
		return rules_point(ev->facts->today);
	case RULES_OP_FIELD:
	case RULES_OP_STATED:
	case RULES_OP_PARAMETER:
		return name_value(ev, e).range;
	case RULES_OP_IF:
		return if_figure(ev, e);
	case RULES_OP_COUNT:
	case RULES_OP_SUM:
	case RULES_OP_DISTINCT:
	case RULES_OP_LARGEST:
	case RULES_OP_SMALLEST:
		return rules_rows_figure(ev, e);
	default:
		return e->n > 0 ? calculate(ev, e) : RULES_ANY;
	}
}

bool rules_text(struct rules_eval *ev, const struct rules_expr *e, struct zv_str *out)
{
	struct rules_value value;
	struct zv_str other;
	enum zv_truth condition;

	*out = (struct zv_str){"", 0};
	if (!rules_step(ev))
		return false;
	switch (e->op) {
	case RULES_OP_TEXT:
		*out = e->text;
		return true;
	case RULES_OP_FIELD:
	case RULES_OP_STATED:
	case RULES_OP_PARAMETER:
		value = name_value(ev, e);
		*out = value.text;
		return value.known;
	case RULES_OP_IF:
		condition = rules_truth(ev, e->kids[0]);
		if (condition != ZV_UNKNOWN)
			return rules_text(ev, e->kids[condition == ZV_YES ? 1 : 2], out);
		return rules_text(ev, e->kids[1], out) && rules_text(ev, e->kids[2], &other) && zv_str_eq(*out, other);
	default:
		return false;
	}
}
