/* The words of a pack, the faults, and the small pieces that statements are made of. */
#include "engine/rules/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { WHOLE_DIGITS_MAX = 15, DECIMALS_MAX = 9, SLIPS_MAX = 2, LISTED_MAX = 300 };

struct rules_place rules_here(const struct rules_parser *p)
{
	return (struct rules_place){p->token.line, p->token.column};
}

struct zv_err *rules_fault(struct rules_parser *p, struct rules_place place)
{
	struct zv_rules_fault *fault = p->faults != NULL ? &p->faults[p->n_faults] : &p->first;

	if (p->stop || (p->told.line == place.line && p->told.column == place.column))
		return NULL;
	p->told = place;
	if (p->n_faults > 0 && p->faults == NULL)
		return NULL;
	fault->line = place.line;
	fault->column = place.column;
	p->n_faults++;
	p->stop = p->n_faults >= ZV_RULES_FAULTS_MAX;
	return &fault->err;
}

void rules_next(struct rules_parser *p)
{
	p->last = p->token.at + p->token.text.n;
	p->token = rules_lex(&p->lexer);
	if (p->stop)
		p->token = (struct rules_token){.kind = RULES_END, .at = p->token.at, .line = p->token.line, .column = p->token.column};
}

bool rules_at(const struct rules_parser *p, const char *word)
{
	return rules_token_is(&p->token, word);
}

bool rules_take(struct rules_parser *p, const char *word)
{
	if (!rules_at(p, word))
		return false;
	rules_next(p);
	return true;
}

/* What stands there instead, as a fault quotes it. */
static void tell_instead(struct rules_parser *p, const char *wanted)
{
	if (p->token.kind == RULES_END)
		RULES_FAULT(p, rules_here(p), N_("The pack ends here, but %s should follow."), wanted);
	else if (p->token.kind == RULES_OPEN_TEXT)
		RULES_FAULT(p, rules_here(p), N_("This text has no closing quote: put \" at its end, on the same line."));
	else
		RULES_FAULT(p, rules_here(p), N_("Here should stand %s, not “%.*s”."), wanted, ZV_STR_FMT(zv_utf8_first(p->token.text, 40)));
}

bool rules_expect(struct rules_parser *p, const char *word)
{
	char quoted[40];

	if (rules_take(p, word))
		return true;
	(void)snprintf(quoted, sizeof(quoted), "“%s”", word);
	tell_instead(p, quoted);
	return false;
}

/* --- did you mean --- */

void rules_guess_init(struct rules_guess *guess, struct zv_str wanted)
{
	*guess = (struct rules_guess){.wanted = wanted, .slips = (wanted.n <= 3 ? 1 : SLIPS_MAX) + 1};
}

/* Letters to add, drop, change or swap, at most `most` of them counted. Texts up to RULES_NAME_MAX. */
static int slips(struct zv_str a, struct zv_str b)
{
	int rows[3][RULES_NAME_MAX + 1];
	int *before = rows[0], *last = rows[1], *now = rows[2];

	if (a.n > RULES_NAME_MAX || b.n > RULES_NAME_MAX)
		return RULES_NAME_MAX;
	for (size_t j = 0; j <= b.n; j++)
		last[j] = (int)j;
	for (size_t i = 1; i <= a.n; i++) {
		int *oldest = before;

		now[0] = (int)i;
		for (size_t j = 1; j <= b.n; j++) {
			int best = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);

			best = last[j] + 1 < best ? last[j] + 1 : best;
			best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		before = last;
		last = now;
		now = oldest;
	}
	return last[b.n];
}

void rules_guess_offer(struct rules_guess *guess, struct zv_str word)
{
	size_t apart = guess->wanted.n > word.n ? guess->wanted.n - word.n : word.n - guess->wanted.n;
	int n;

	if (apart > SLIPS_MAX)
		return;
	n = slips(guess->wanted, word);
	if (n < guess->slips) {
		guess->slips = n;
		guess->best = word;
	}
}

/* --- pieces --- */

bool rules_read_id(struct rules_parser *p, struct zv_str *out)
{
	struct rules_place place = rules_here(p);

	if (p->token.kind != RULES_NAME && p->token.kind != RULES_NUMBER && p->token.kind != RULES_DATE) {
		tell_instead(p, zv_tr(N_("a name of Latin letters and digits")));
		return false;
	}
	p->token = rules_lex_id(&p->lexer, &p->token);
	if (p->token.text.n > RULES_NAME_MAX) {
		RULES_FAULT(p, place, N_("Shorten this name to %d characters."), RULES_NAME_MAX);
		rules_next(p);
		return false;
	}
	*out = zv_str_dup(p->arena, p->token.text);
	rules_next(p);
	return true;
}

static void unescape(struct zv_buf *out, struct zv_str raw)
{
	for (size_t i = 1; i + 1 < raw.n; i++) {
		if (raw.p[i] == '\\' && i + 2 < raw.n)
			i++;
		zv_buf_add_char(out, raw.p[i]);
	}
}

bool rules_read_text(struct rules_parser *p, struct zv_str *out)
{
	struct rules_place place = rules_here(p);
	struct zv_buf text;
	bool good;

	if (p->token.kind != RULES_TEXT) {
		tell_instead(p, zv_tr(N_("a text in quotes")));
		return false;
	}
	zv_buf_init(&text, RULES_TEXT_MAX + 1);
	for (; p->token.kind == RULES_TEXT; rules_next(p))
		unescape(&text, p->token.text);
	good = text.n <= RULES_TEXT_MAX && !text.full;
	if (good)
		*out = zv_str_dup(p->arena, zv_buf_str(&text));
	else
		RULES_FAULT(p, place, N_("Shorten this text to %d bytes."), RULES_TEXT_MAX);
	zv_buf_done(&text);
	return good;
}

bool rules_read_words(struct rules_parser *p, struct zv_rules_words *out)
{
	if (!rules_at(p, "ru")) {
		tell_instead(p, "“ru \"…\"”");
		return false;
	}
	rules_next(p);
	return rules_read_text(p, &out->ru) && (!rules_take(p, "en") || rules_read_text(p, &out->en));
}

bool rules_read_yes(struct rules_parser *p, bool *out)
{
	if (!rules_at(p, "yes") && !rules_at(p, "no")) {
		tell_instead(p, zv_tr(N_("“yes” or “no”")));
		return false;
	}
	*out = rules_at(p, "yes");
	rules_next(p);
	return true;
}

bool rules_read_choice(struct rules_parser *p, int *out, const char *const *words, int n)
{
	struct zv_buf list;

	for (int i = 0; i < n; i++) {
		if (rules_at(p, words[i])) {
			*out = i;
			rules_next(p);
			return true;
		}
	}
	zv_buf_init(&list, LISTED_MAX);
	for (int i = 0; i < n; i++)
		zv_buf_addf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	if (p->token.kind == RULES_NAME)
		RULES_FAULT(p, rules_here(p), N_("“%.*s” is none of: %s."), ZV_STR_FMT(zv_str_first(p->token.text, 40)), zv_buf_c(&list));
	else
		RULES_FAULT(p, rules_here(p), N_("Here should stand one of: %s."), zv_buf_c(&list));
	zv_buf_done(&list);
	if (p->token.kind == RULES_NAME && !p->token.first)
		rules_next(p);
	return false;
}

static bool read_date(struct rules_parser *p, zv_date *out)
{
	if (!zv_date_parse(out, p->token.text)) {
		RULES_FAULT(p, rules_here(p), N_("There is no day “%.*s”."), ZV_STR_FMT(p->token.text));
		return false;
	}
	rules_next(p);
	return true;
}

bool rules_read_dates(struct rules_parser *p, zv_date *from, zv_date *to)
{
	struct rules_place place = rules_here(p);

	*from = *to = ZV_DATE_NONE;
	if (p->token.kind == RULES_DATE && !read_date(p, from))
		return false;
	if (!rules_expect(p, ".."))
		return false;
	if (p->token.kind == RULES_DATE && !read_date(p, to))
		return false;
	if (*from != ZV_DATE_NONE && *to != ZV_DATE_NONE && *from > *to) {
		RULES_FAULT(p, place, N_("The first day comes after the last one: swap them."));
		return false;
	}
	return true;
}

bool rules_read_ids(struct rules_parser *p, const struct zv_str **out, int *n, bool mention)
{
	ZV_VEC(struct zv_str) ids = {0};
	struct zv_str id;
	bool good;

	do {
		struct rules_place place = rules_here(p);
		bool quoted = mention && p->token.kind == RULES_TEXT;

		good = quoted ? rules_read_text(p, &id) : rules_read_id(p, &id);
		if (!good)
			break;
		zv_vec_push(&ids, id);
		if (mention && !quoted)
			zv_vec_push(&p->mentions, ((struct rules_mention){id, place, false}));
	} while (rules_take(p, ","));
	if (good) {
		struct zv_str *copy = ZV_ARENA_ARRAY(p->arena, struct zv_str, ids.n + (size_t)*n);

		if (*n > 0)
			memcpy(copy, *out, (size_t)*n * sizeof(*copy));
		memcpy(copy + *n, ids.p, ids.n * sizeof(*copy));
		*out = copy;
		*n += (int)ids.n;
	}
	zv_vec_done(&ids);
	return good;
}

/* --- literals --- */

bool rules_at_literal(const struct rules_parser *p)
{
	return p->token.kind == RULES_NUMBER || p->token.kind == RULES_DATE || p->token.kind == RULES_TEXT || rules_at(p, "yes") || rules_at(p, "no");
}

/* Digits with at most one point, as a fraction. */
static bool read_number(struct rules_parser *p, struct rules_q *out)
{
	ptrdiff_t point = zv_str_find_char(p->token.text, '.');
	size_t whole = point >= 0 ? (size_t)point : p->token.text.n, decimals = point >= 0 ? p->token.text.n - whole - 1 : 0;
	zv_i128 n = 0;

	if (whole > WHOLE_DIGITS_MAX || decimals > DECIMALS_MAX) {
		RULES_FAULT(p, rules_here(p), N_("A number has at most %d digits before the point and %d after it."), WHOLE_DIGITS_MAX, DECIMALS_MAX);
		return false;
	}
	for (size_t i = 0; i < p->token.text.n; i++) {
		if (p->token.text.p[i] != '.')
			n = n * 10 + (p->token.text.p[i] - '0');
	}
	if (!rules_q_of(out, n, zv_pow10((int)decimals))) {
		RULES_FAULT(p, rules_here(p), N_("A number has at most %d digits before the point and %d after it."), WHOLE_DIGITS_MAX, DECIMALS_MAX);
		return false;
	}
	rules_next(p);
	return true;
}

/* rub, thousand rub, mln rub, bn rub: kopecks; the times are 0 when no sum stands here. */
static bool read_money_unit(struct rules_parser *p, struct rules_literal *out)
{
	static const struct {
		const char *word;
		int64_t times;
	} units[] = {{"thousand", 1000}, {"mln", 1000000}, {"bn", 1000000000}};
	int64_t times = 1;

	for (size_t i = 0; i < ZV_LEN(units); i++) {
		if (rules_take(p, units[i].word)) {
			times = units[i].times;
			if (!rules_expect(p, "rub"))
				return false;
			break;
		}
		if (i + 1 == ZV_LEN(units) && !rules_take(p, "rub"))
			return true;
	}
	out->type = ZV_RULES_MONEY;
	if (!rules_q_of(&out->q, (zv_i128)out->q.n * times * 100, out->q.d) || out->q.d != 1) {
		RULES_FAULT(p, rules_here(p), N_("A sum is whole kopecks and less than 92 quadrillion roubles."));
		return false;
	}
	return true;
}

static void read_span_unit(struct rules_parser *p, struct rules_literal *out)
{
	static const struct {
		const char *words[2];
		int months;
	} units[] = {{{"day", "days"}, 0}, {{"month", "months"}, 1}, {{"year", "years"}, 12}};

	for (size_t i = 0; i < ZV_LEN(units); i++) {
		if (!rules_at(p, units[i].words[0]) && !rules_at(p, units[i].words[1]))
			continue;
		if (out->q.d != 1 || out->q.n > 100000)
			RULES_FAULT(p, rules_here(p), N_("A span of time is a whole number of days, months or years, at most 100,000."));
		out->type = RULES_T_SPAN;
		out->q = (struct rules_q){out->q.n * (units[i].months > 0 ? units[i].months : 1), units[i].months > 0 ? 1 : 2};
		rules_next(p);
		return;
	}
}

static bool read_quantity(struct rules_parser *p, struct rules_literal *out)
{
	out->type = ZV_RULES_NUMBER;
	if (!read_number(p, &out->q))
		return false;
	if (rules_take(p, "%")) {
		out->percent = true;
		if (!rules_q_of(&out->q, out->q.n, (zv_i128)out->q.d * 100)) {
			RULES_FAULT(p, rules_here(p), N_("A number has at most %d digits before the point and %d after it."), WHOLE_DIGITS_MAX, DECIMALS_MAX);
			return false;
		}
		return true;
	}
	if (!read_money_unit(p, out))
		return false;
	if (out->type == ZV_RULES_NUMBER)
		read_span_unit(p, out);
	return true;
}

bool rules_read_literal(struct rules_parser *p, struct rules_literal *out)
{
	zv_date date;

	*out = (struct rules_literal){.type = ZV_RULES_TEXT};
	switch (p->token.kind) {
	case RULES_NUMBER:
		return read_quantity(p, out);
	case RULES_DATE:
		out->type = ZV_RULES_DATE;
		if (!read_date(p, &date))
			return false;
		out->q = rules_q_int(date);
		return true;
	case RULES_TEXT:
		return rules_read_text(p, &out->text);
	default:
		out->type = ZV_RULES_BOOL;
		return rules_read_yes(p, &out->yes);
	}
}

/* --- blocks --- */

static int find_statement(const struct rules_parser *p, const struct rules_statement *statements, int n)
{
	for (int i = 0; i < n; i++) {
		if (rules_at(p, statements[i].word))
			return i;
	}
	return -1;
}

void rules_recover(struct rules_parser *p, const struct rules_statement *statements, int n)
{
	int open = 0;

	while (p->token.kind != RULES_END) {
		if (open == 0 && (rules_at(p, "}") || find_statement(p, statements, n) >= 0))
			return;
		if (rules_at(p, "{"))
			open++;
		else if (rules_at(p, "}"))
			open--;
		rules_next(p);
	}
}

static void tell_unknown_statement(struct rules_parser *p, const struct rules_statement *statements, int n, const char *what)
{
	struct rules_guess guess;

	if (p->token.kind != RULES_NAME) {
		tell_instead(p, zv_tr(N_("the next statement or “}”")));
		return;
	}
	rules_guess_init(&guess, p->token.text);
	for (int i = 0; i < n; i++)
		rules_guess_offer(&guess, zv_str_c(statements[i].word));
	if (guess.best.n > 0)
		RULES_FAULT(p, rules_here(p), N_("%s has no statement “%.*s”. Did you mean “%.*s”?"), what, ZV_STR_FMT(zv_str_first(p->token.text, RULES_NAME_MAX)),
			    ZV_STR_FMT(guess.best));
	else
		RULES_FAULT(p, rules_here(p), N_("%s has no statement “%.*s”."), what, ZV_STR_FMT(zv_str_first(p->token.text, RULES_NAME_MAX)));
}

void rules_read_block(struct rules_parser *p, void *object, const struct rules_statement *statements, int n, uint64_t *seen, const char *what)
{
	while (!rules_at(p, "}") && p->token.kind != RULES_END) {
		int at = find_statement(p, statements, n);

		if (at < 0) {
			tell_unknown_statement(p, statements, n, what);
			rules_next(p);
			rules_recover(p, statements, n);
			continue;
		}
		if (!statements[at].many && (*seen >> at & 1) != 0)
			RULES_FAULT(p, rules_here(p), N_("“%s” is said twice here: keep one."), statements[at].word);
		*seen |= (uint64_t)1 << at;
		rules_next(p);
		if (!statements[at].read(p, object))
			rules_recover(p, statements, n);
	}
	(void)rules_expect(p, "}");
}
