/* How a text hits a measure: by the number of an act as people write it, or by words of its texts in any form. */
#include "app/measures.h"
#include "base/utf8.h"
#include "store/words.h"

/* A number hit as a whole is what was meant; then the title; then the rest. */
enum { SCORE_ID = 1000, SCORE_ACT = 500, SCORE_ACT_WORD = 20, SCORE_TITLE = 10, SCORE_TEXT = 1, OPEN_MIN = 2, NUMBER_OPEN_MIN = 4 };

/* --- numbers of acts ------------------------------------------------------------------------------------------------------------ */

/* Letters that look alike in both scripts: the R of a decision's number is typed either way. */
static char latin_of(uint32_t c)
{
	static const struct {
		uint32_t cyrillic;
		char latin;
	} alike[] = {{0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'}, {0x43a, 'k'}, {0x43c, 'm'}, {0x43d, 'h'},
		     {0x43e, 'o'}, {0x440, 'r'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'}};

	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return (char)c;
	for (size_t i = 0; i < ZV_LEN(alike); i++)
		if (alike[i].cyrillic == c)
			return alike[i].latin;
	return 0;
}

static bool is_filler(struct zv_str run)
{
	static const char *const fillers[] = {"от", "of", "from", "dated", "no", "n", "г", "года", "пп", "рф", "resolution", "decision",
					       "order", "постановление", "постановления", "решение", "распоряжение"};

	for (size_t i = 0; i < ZV_LEN(fillers); i++)
		if (zv_str_eq_c(run, fillers[i]))
			return true;
	return false;
}

/*
 * The runs of digits, and of letters that belong to a number, one after another, each before a '|': "№ 41 от 28.01.2016" gives "41|28|01|2016|",
 * "22-68641-00035-R" gives "22|68641|00035|r|". Longer words (resolution) are left out: *words counts them.
 */
static void add_number(struct zv_buf *out, int *words, struct zv_str text)
{
	enum { LETTERS_MAX = 2 };
	struct zv_buf folded;
	struct zv_str rest;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, text);
	rest = zv_buf_str(&folded);
	while (rest.n > 0) {
		struct zv_str start = rest, at = rest, run;
		char latin[LETTERS_MAX] = {0};
		bool digit = zv_is_digit(rest.p[0]), alike = true;
		size_t letters = 0;
		uint32_t c;

		while (zv_utf8_next(&c, &at) && (digit ? c >= '0' && c <= '9' : zv_utf8_is_letter(c) || (c >= 'a' && c <= 'z'))) {
			if (letters < LETTERS_MAX)
				latin[letters] = latin_of(c);
			alike = alike && latin_of(c) != 0;
			letters++;
			rest = at;
		}
		run = zv_str_first(start, start.n - rest.n);
		if (run.n == 0)
			rest = at; /* a mark or a blank */
		else if (digit)
			zv_buf_addf(out, "%.*s|", ZV_STR_FMT(run));
		else if (letters <= LETTERS_MAX && alike && !is_filler(run))
			zv_buf_addf(out, "%.*s|", (int)letters, latin);
		else if (!is_filler(run))
			(*words)++;
	}
	zv_buf_done(&folded);
}

/* The same without what parts the runs, and where each run begins. */
static struct zv_str squeeze(bool *starts, struct zv_buf *out, struct zv_str number)
{
	bool start = true;

	for (size_t i = 0; i < number.n; i++) {
		if (number.p[i] == '|') {
			start = true;
			continue;
		}
		starts[out->n] = start;
		start = false;
		zv_buf_add_char(out, number.p[i]);
	}
	starts[out->n] = true; /* the end */
	return zv_buf_str(out);
}

enum { NUMBER_MAX = 120 };

/* True when the number stands in the act from the beginning of a run to the end of one, or to anywhere when it is long enough to be typed half. */
static bool number_hits(struct zv_str query, struct zv_str act)
{
	bool starts[NUMBER_MAX + 1];
	struct zv_buf buf;
	struct zv_str plain;
	bool hit = false;

	if (act.n > NUMBER_MAX || query.n == 0)
		return false;
	zv_buf_init(&buf, 0);
	plain = squeeze(starts, &buf, act);
	for (size_t i = 0; i + query.n <= plain.n && !hit; i++)
		hit = starts[i] && memcmp(plain.p + i, query.p, query.n) == 0 && (starts[i + query.n] || query.n >= NUMBER_OPEN_MIN);
	zv_buf_done(&buf);
	return hit;
}

static bool has_digit(struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (zv_is_digit(s.p[i]))
			return true;
	return false;
}

static bool act_hits(const struct zv_rules_rule *rule, struct zv_str query)
{
	bool starts[NUMBER_MAX + 1];
	struct zv_buf number, plain, act;
	int words = 0, other = 0;
	bool hit = false;

	zv_buf_init(&number, 0);
	zv_buf_init(&plain, 0);
	zv_buf_init(&act, 0);
	add_number(&number, &words, query);
	if (words == 0 && has_digit(zv_buf_str(&number)) && number.n <= NUMBER_MAX) {
		struct zv_str wanted = squeeze(starts, &plain, zv_buf_str(&number));

		add_number(&act, &other, rule->act_old);
		hit = number_hits(wanted, zv_buf_str(&act));
		zv_buf_reset(&act);
		add_number(&act, &other, rule->act_new);
		hit = hit || number_hits(wanted, zv_buf_str(&act));
	}
	zv_buf_done(&number);
	zv_buf_done(&plain);
	zv_buf_done(&act);
	return hit;
}

/* --- words ------------------------------------------------------------------------------------------------------------------------ */

static bool word_in(const struct zv_words *words, struct zv_str key, bool open)
{
	for (size_t i = 0; i < words->n; i++) {
		struct zv_str other = zv_word_key(words, i);

		if (zv_str_eq(other, key) || (open && key.n >= OPEN_MIN && zv_str_starts(other, key)))
			return true;
	}
	return false;
}

/* An open last word is looked for whole, and as the beginning of one. */
static bool has_word(const struct zv_words *words, struct zv_str closed, struct zv_str key, bool open)
{
	return word_in(words, closed, false) || word_in(words, key, open);
}

static void add_words(struct zv_words *out, const struct zv_rules_words *text)
{
	zv_words_add(out, text->ru, false);
	zv_words_add(out, text->en, false);
}

/* What the words of the query have found so far. */
struct finding {
	struct zv_words asked;
	struct zv_words text; /* one part of the measure at a time */
	int scores[ZV_WORDS_MAX];
};

/* The part that is in `text`, for the words that no part before has. */
static void look(struct finding *f, int score)
{
	for (size_t i = 0; i < f->asked.n; i++) {
		struct zv_str key = zv_word_key(&f->asked, i);
		bool last = i + 1 == f->asked.n;

		if (f->scores[i] == 0 && has_word(&f->text, last && f->asked.open_key.n > 0 ? zv_buf_str(&f->asked.open_key) : key, key, last))
			f->scores[i] = score;
	}
	zv_words_reset(&f->text);
}

static void look_everywhere(struct finding *f, const struct zv_rules_rule *rule)
{
	add_words(&f->text, &rule->title);
	look(f, SCORE_TITLE);
	zv_words_add(&f->text, rule->act_old, false);
	zv_words_add(&f->text, rule->act_new, false);
	look(f, SCORE_ACT_WORD);
	for (size_t i = 0; i < f->asked.n; i++)
		if (f->scores[i] == 0 && has_digit(zv_word_key(&f->asked, i)) && act_hits(rule, zv_word_key(&f->asked, i)))
			f->scores[i] = SCORE_ACT_WORD;
	add_words(&f->text, &rule->note);
	add_words(&f->text, &rule->beneficiary);
	add_words(&f->text, &rule->amount_text);
	add_words(&f->text, &rule->rate_text);
	zv_words_add(&f->text, rule->administrator, false);
	look(f, SCORE_TEXT);
}

/* All words of the query must be there. № may stand anywhere and says nothing. */
static int words_score(const struct zv_rules_rule *rule, struct zv_str query)
{
	struct finding f = {0};
	int score = 0;

	zv_words_init(&f.asked);
	zv_words_init(&f.text);
	zv_words_add(&f.asked, query, true);
	look_everywhere(&f, rule);
	for (size_t i = 0; i < f.asked.n && score >= 0; i++) {
		struct zv_str stem = zv_word_stem(&f.asked, i);

		if (zv_str_eq_c(stem, "no") || zv_str_eq_c(stem, "n"))
			continue;
		score = f.scores[i] == 0 ? -1 : score + f.scores[i];
	}
	zv_words_done(&f.asked);
	zv_words_done(&f.text);
	return score > 0 ? score : 0;
}

int zv_measure_score(const struct zv_rules_rule *rule, struct zv_str text)
{
	text = zv_str_trim(text);
	if (text.n == 0)
		return 0;
	if (zv_str_eq_nocase(text, rule->id))
		return SCORE_ID;
	return act_hits(rule, text) ? SCORE_ACT : words_score(rule, text);
}
