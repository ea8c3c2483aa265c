/* The language of requirements: text to statements and back. */
#include "model/requirement.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "model/grade.h"
#include "model/number.h"
#include "model/property.h"

enum { NAME_MAX_BYTES = 160, SHOWN_MAX = 100, WORDS_MAX = 100, UNIT_MAX_BYTES = 60 };

/* Ways to write an operator; those that begin others stand behind them. */
static const struct {
	struct zv_str text;
	enum zv_req_op op;
	bool word; /* must stand between blanks */
} operators[] = {
	{ZV_STR_INIT(">="), ZV_REQ_GE, false},       {ZV_STR_INIT("<="), ZV_REQ_LE, false},      {ZV_STR_INIT("≥"), ZV_REQ_GE, false},
	{ZV_STR_INIT("≤"), ZV_REQ_LE, false},        {ZV_STR_INIT(">"), ZV_REQ_GT, false},       {ZV_STR_INIT("<"), ZV_REQ_LT, false},
	{ZV_STR_INIT("="), ZV_REQ_EQ, false},        {ZV_STR_INIT("не менее"), ZV_REQ_GE, true}, {ZV_STR_INIT("не ниже"), ZV_REQ_GE, true},
	{ZV_STR_INIT("не более"), ZV_REQ_LE, true},  {ZV_STR_INIT("не выше"), ZV_REQ_LE, true},  {ZV_STR_INIT("at least"), ZV_REQ_GE, true},
	{ZV_STR_INIT("at most"), ZV_REQ_LE, true},   {ZV_STR_INIT("in"), ZV_REQ_IN, true},       {ZV_STR_INIT("из"), ZV_REQ_IN, true},
};

static const char *const op_texts[] = {
	[ZV_REQ_EQ] = "=", [ZV_REQ_GE] = ">=", [ZV_REQ_LE] = "<=", [ZV_REQ_GT] = ">", [ZV_REQ_LT] = "<", [ZV_REQ_IN] = "in",
};

/* A statement on its way from text to struct. */
struct parser {
	struct zv_str statement; /* for messages */
	struct zv_arena *arena;
	const char *field;
	struct zv_err *err;
};

static enum zv_code fail(const struct parser *parser, const char *msgid)
{
	return zv_fail(parser->err, ZV_E_INVALID, parser->field, N_("“%.*s”: %s"),
		       ZV_STR_FMT(zv_str_first(parser->statement, SHOWN_MAX)), zv_tr(msgid));
}

static bool blank_at(struct zv_str s, size_t i)
{
	return i >= s.n || s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '(';
}

/* The first operator in the text: where it begins and how long it is. */
static bool find_operator(size_t *at, size_t *length, enum zv_req_op *op, struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		struct zv_str rest = zv_str_from(s, i);

		for (size_t o = 0; o < ZV_LEN(operators); o++) {
			if (!zv_str_starts(rest, operators[o].text))
				continue;
			if (operators[o].word && (i == 0 || s.p[i - 1] != ' ' || !blank_at(rest, operators[o].text.n)))
				continue;
			*at = i;
			*length = operators[o].text.n;
			*op = operators[o].op;
			return true;
		}
	}
	return false;
}

/* Takes the last word off when it is `word`. What stays must not be empty. */
static bool strip_word(struct zv_str *s, struct zv_str word)
{
	struct zv_str rest;

	if (s->n <= word.n || !zv_str_ends(*s, word) || s->p[s->n - word.n - 1] != ' ')
		return false;
	rest = zv_str_trim(zv_str_first(*s, s->n - word.n));
	if (rest.n == 0)
		return false;
	*s = rest;
	return true;
}

static bool strip_soft_word(struct zv_str *s)
{
	return strip_word(s, ZV_STR("soft")) || strip_word(s, ZV_STR("мягко")) || strip_word(s, ZV_STR("желательно"));
}

/* Takes "soft" or "soft 3" off the end of the value. */
static void take_soft(struct zv_requirement *req, struct zv_str *value)
{
	struct zv_str s = *value;
	size_t digits = 0;
	int64_t weight;

	if (strip_soft_word(value)) {
		req->hard = false;
		return;
	}
	while (digits < s.n && zv_is_digit(s.p[s.n - 1 - digits]))
		digits++;
	if (digits == 0 || digits > 3 || digits == s.n || s.p[s.n - 1 - digits] != ' ' ||
	    !zv_str_int(&weight, zv_str_from(s, s.n - digits)) || weight < 1 || weight > ZV_REQ_WEIGHT_MAX)
		return;
	s = zv_str_trim(zv_str_first(s, s.n - digits));
	if (!strip_soft_word(&s))
		return;
	req->hard = false;
	req->weight = (int)weight;
	*value = s;
}

/* One bound: "99.0 %". False when it is no number; the unit is then untouched. */
static bool take_number(int64_t *value, struct zv_str *text, struct zv_str *unit, struct zv_str s)
{
	struct zv_str number = zv_number_prefix(s);

	if (number.n == 0 || zv_decimal_parse(value, number, ZV_REQ_DECIMALS, "", NULL) != ZV_OK)
		return false;
	*text = number;
	*unit = zv_str_trim(zv_str_from(s, number.n));
	return true;
}

/* Does what follows a number read as a unit? "12Х18Н10Т" is a grade of steel, not twelve of something. */
static bool unit_follows(struct zv_str value, struct zv_str number, struct zv_str unit, struct zv_arena *arena)
{
	struct zv_value_unit known;

	return unit.n == 0 || zv_value_unit_find(&known, unit, arena) || (value.n > number.n && value.p[number.n] == ' ');
}

/* True for a text that would be taken apart when the canonical form is read again. */
static bool has_structure(struct zv_str s)
{
	enum zv_req_op op;
	size_t at;
	size_t length;
	char behind[UNIT_MAX_BYTES + 3]; /* as it is written: behind a number and a blank */
	int n = snprintf(behind, sizeof(behind), "1 %.*s", ZV_STR_FMT(zv_str_first(s, UNIT_MAX_BYTES)));

	return find_operator(&at, &length, &op, (struct zv_str){behind, (size_t)n}) || zv_str_find(s, ZV_STR("..")) >= 0 || zv_str_find_char(s, ';') >= 0 ||
	       zv_str_find(s, ZV_STR("soft")) >= 0 || zv_str_find(s, ZV_STR("мягко")) >= 0 || zv_str_find(s, ZV_STR("желательно")) >= 0;
}

static enum zv_code set_unit(struct zv_requirement *req, const struct parser *parser, struct zv_str unit)
{
	struct zv_value_unit known;

	if (!zv_value_unit_find(&known, unit, parser->arena) && (known.text.n > UNIT_MAX_BYTES || has_structure(known.text)))
		return fail(parser, N_("what stands behind the number is no unit; a weight is 1 to 100, as in soft 3"));
	req->unit = known.text;
	return ZV_OK;
}

static enum zv_code set_range(struct zv_requirement *req, const struct parser *parser, struct zv_str value, ptrdiff_t dots)
{
	struct zv_str low_unit = {NULL, 0};
	struct zv_str unit = {NULL, 0};

	req->op = ZV_REQ_RANGE;
	req->numeric = true;
	if (!take_number(&req->lo, &req->lo_text, &low_unit, zv_str_trim(zv_str_first(value, (size_t)dots))) ||
	    !take_number(&req->hi, &req->hi_text, &unit, zv_str_trim(zv_str_from(value, (size_t)dots + 2))))
		return fail(parser, N_("a range is two numbers, as 10..20, with at most 6 decimals"));
	if (low_unit.n > 0 && !zv_str_eq(low_unit, unit))
		return fail(parser, N_("write the unit of a range once, behind the second number"));
	if (req->lo > req->hi)
		return fail(parser, N_("the range ends below its beginning"));
	return set_unit(req, parser, unit);
}

static void set_bounds(struct zv_requirement *req, int64_t value, struct zv_str text)
{
	bool upper = req->op == ZV_REQ_LE || req->op == ZV_REQ_LT;
	bool lower = req->op == ZV_REQ_GE || req->op == ZV_REQ_GT;

	req->lo = upper ? INT64_MIN : value;
	req->hi = lower ? INT64_MAX : value;
	if (upper)
		req->hi_text = text;
	else
		req->lo_text = text;
	if (req->op == ZV_REQ_EQ)
		req->hi_text = text;
}

static enum zv_code set_words(struct zv_requirement *req, const struct parser *parser, struct zv_str value)
{
	ZV_VEC(struct zv_str) words = {0};
	struct zv_str part;
	struct zv_str *copy;

	if (value.n >= 2 && value.p[0] == '(' && value.p[value.n - 1] == ')')
		value = zv_str_trim((struct zv_str){value.p + 1, value.n - 2});
	while (value.n > 0 && words.n < WORDS_MAX && zv_str_split(&part, &value, ',')) {
		part = zv_str_trim(part);
		if (part.n > 0)
			zv_vec_push(&words, part);
	}
	copy = ZV_ARENA_ARRAY(parser->arena, struct zv_str, words.n > 0 ? words.n : 1);
	for (size_t i = 0; i < words.n; i++)
		copy[i] = words.p[i];
	req->words = copy;
	req->n_words = words.n;
	zv_vec_done(&words);
	return req->n_words > 0 ? ZV_OK : fail(parser, N_("the list is empty; write it as (white, clear)"));
}

/* "99.0 %", "white" or a purity grade behind =, >=, <=, > or <. */
static enum zv_code set_value(struct zv_requirement *req, const struct parser *parser, struct zv_str value)
{
	const struct zv_grade *grade = zv_str_eq_c(req->property, "grade") ? zv_grade_find(value) : NULL;
	struct zv_str number = {NULL, 0};
	struct zv_str unit = {NULL, 0};
	int64_t n = 0;

	if (grade != NULL) {
		req->grade = true;
		set_bounds(req, grade->rank * zv_pow10(ZV_REQ_DECIMALS), value);
		return ZV_OK;
	}
	if (take_number(&n, &number, &unit, value) &&
	    (req->op != ZV_REQ_EQ || unit_follows(value, number, unit, parser->arena))) {
		req->numeric = true;
		set_bounds(req, n, number);
		return set_unit(req, parser, unit.n > 0 ? unit : zv_property_unit(req->property));
	}
	if (req->op != ZV_REQ_EQ)
		return fail(parser, N_("the value is no number with at most 6 decimals"));
	req->lo_text = value;
	return ZV_OK;
}

static enum zv_code parse_statement(struct zv_requirement *out, const struct parser *parser)
{
	struct zv_requirement req = {.hard = true, .weight = 1};
	struct zv_str name = parser->statement;
	struct zv_str value;
	size_t at = 0;
	size_t length = 0;
	ptrdiff_t dots;
	enum zv_code code;

	if (find_operator(&at, &length, &req.op, parser->statement)) {
		name = zv_str_first(parser->statement, at);
		value = zv_str_from(parser->statement, at + length);
	} else {
		/* "viscosity 10..20 mPa·s": the range begins at the last blank before the dots. */
		dots = zv_str_find(parser->statement, ZV_STR(".."));
		for (at = dots > 0 ? (size_t)dots : 0; at > 0 && parser->statement.p[at - 1] != ' '; at--)
			;
		if (at == 0)
			return fail(parser, N_("there is no operator; write purity >= 99.0 %, colour in (white, clear) or viscosity 10..20 mPa·s"));
		name = zv_str_first(parser->statement, at);
		value = zv_str_from(parser->statement, at);
		req.op = ZV_REQ_EQ;
	}
	name = zv_str_trim(name);
	value = zv_str_trim(value);
	take_soft(&req, &value);
	req.property = zv_property_key(name, parser->arena);
	if (req.property.n == 0 || req.property.n > NAME_MAX_BYTES || has_structure(req.property))
		return fail(parser, N_("the property before the operator is missing, too long or holds an operator itself"));
	if (value.n == 0)
		return fail(parser, N_("the value behind the operator is missing"));
	dots = zv_str_find(value, ZV_STR(".."));
	if (req.op == ZV_REQ_IN)
		code = set_words(&req, parser, value);
	else if (req.op == ZV_REQ_EQ && dots > 0 && zv_number_prefix(value).n > 0)
		code = set_range(&req, parser, value, dots);
	else
		code = set_value(&req, parser, value);
	if (code == ZV_OK)
		*out = req;
	return code;
}

/* Statements end at ";" or at the end of a line. */
static bool next_statement(struct zv_str *part, struct zv_str *rest)
{
	size_t i = 0;

	if (rest->n == 0)
		return false;
	while (i < rest->n && rest->p[i] != ';' && rest->p[i] != '\n')
		i++;
	*part = zv_str_trim(zv_str_first(*rest, i));
	*rest = zv_str_from(*rest, i + 1);
	return true;
}

enum zv_code zv_requirements_parse(struct zv_requirements *out, struct zv_str text, struct zv_arena *arena, const char *field,
				   struct zv_err *err)
{
	struct zv_str rest = zv_str_dup(arena, zv_str_trim(text));
	struct parser parser = {.arena = arena, .field = field, .err = err};
	ZV_VEC(struct zv_requirement) list = {0};
	struct zv_requirement *copy = NULL;
	struct zv_requirement req;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && next_statement(&parser.statement, &rest)) {
		if (parser.statement.n == 0)
			continue;
		if (list.n == ZV_REQ_MAX) {
			code = zv_fail(err, ZV_E_LIMIT, field, N_("There may be at most %d requirements."), ZV_REQ_MAX);
			goto done;
		}
		code = parse_statement(&req, &parser);
		if (code == ZV_OK)
			zv_vec_push(&list, req);
	}
	if (code != ZV_OK)
		goto done;
	if (list.n > 0) {
		copy = ZV_ARENA_ARRAY(arena, struct zv_requirement, list.n);
		memcpy(copy, list.p, list.n * sizeof(*copy));
	}
	*out = (struct zv_requirements){copy, list.n};
done:
	zv_vec_done(&list);
	return code;
}

void zv_requirement_format_value(struct zv_buf *out, const struct zv_requirement *req)
{
	if (req->op == ZV_REQ_IN) {
		zv_buf_add_c(out, "in (");
		for (size_t i = 0; i < req->n_words; i++)
			zv_buf_addf(out, "%s%.*s", i > 0 ? ", " : "", ZV_STR_FMT(req->words[i]));
		zv_buf_add_char(out, ')');
	} else if (req->op == ZV_REQ_RANGE) {
		zv_buf_addf(out, "%.*s..%.*s", ZV_STR_FMT(req->lo_text), ZV_STR_FMT(req->hi_text));
	} else {
		struct zv_str value = req->lo_text.n > 0 ? req->lo_text : req->hi_text;

		zv_buf_addf(out, "%s %.*s", op_texts[req->op], ZV_STR_FMT(value));
	}
	if (req->unit.n > 0)
		zv_buf_addf(out, " %.*s", ZV_STR_FMT(req->unit));
}

void zv_requirements_format(struct zv_buf *out, const struct zv_requirements *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct zv_requirement *req = &list->p[i];

		zv_buf_addf(out, "%s%.*s ", i > 0 ? "; " : "", ZV_STR_FMT(req->property));
		zv_requirement_format_value(out, req);
		if (!req->hard)
			zv_buf_add_c(out, " soft");
		if (!req->hard && req->weight != 1)
			zv_buf_addf(out, " %d", req->weight);
	}
}
