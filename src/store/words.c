/* Splits text into words for the index. Both databases get the same words, so they cannot disagree on what is found. */
#include "store/words.h"

#include "base/utf8.h"
#include "model/translit.h"

enum { WORD_BYTES_MAX = 120, SHORT_LETTERS = 2 };

void zv_words_init(struct zv_words *words)
{
	*words = (struct zv_words){.stemmer = zv_stemmer_new()};
	zv_buf_init(&words->keys, 0);
	zv_buf_init(&words->stems, 0);
	zv_buf_init(&words->folded, 0);
	zv_buf_init(&words->word, 0);
	zv_buf_init(&words->open_key, 0);
	zv_buf_init(&words->open_stem, 0);
}

void zv_words_done(struct zv_words *words)
{
	zv_stemmer_free(words->stemmer);
	zv_buf_done(&words->keys);
	zv_buf_done(&words->stems);
	zv_buf_done(&words->folded);
	zv_buf_done(&words->word);
	zv_buf_done(&words->open_key);
	zv_buf_done(&words->open_stem);
}

void zv_words_reset(struct zv_words *words)
{
	zv_buf_reset(&words->keys);
	zv_buf_reset(&words->stems);
	zv_buf_reset(&words->open_key);
	zv_buf_reset(&words->open_stem);
	words->n = 0;
}

struct zv_str zv_word_key(const struct zv_words *words, size_t at)
{
	return (struct zv_str){words->keys.p + words->list[at].key, words->list[at].key_n};
}

struct zv_str zv_word_stem(const struct zv_words *words, size_t at)
{
	return (struct zv_str){words->stems.p + words->list[at].stem, words->list[at].stem_n};
}

/* Words so common that they tell nothing apart. */
static bool is_stop_word(struct zv_str word)
{
	static const char *const stop[] = {
		"и", "в", "во", "на", "с", "со", "к", "ко", "у", "о", "об", "от", "до", "для", "по", "из", "за", "при", "или", "а", "но",
		"под", "над", "как", "the", "a", "an", "of", "for", "in", "on", "with", "and", "or", "to", "by", "from", "at",
	};

	if (word.n > 6)
		return false;
	for (size_t i = 0; i < ZV_LEN(stop); i++) {
		if (zv_str_eq_c(word, stop[i]))
			return true;
	}
	return false;
}

enum kind { GAP, JOINT, LETTER, DIGIT };

static enum kind kind_of(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return DIGIT;
	if ((c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44f) || c == 0x451)
		return LETTER;
	if (c < 0x80)
		return c == '.' || c == ',' || c == '-' || c == '/' || c == '\'' ? JOINT : GAP;
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) /* dashes and the minus */
		return JOINT;
	return zv_utf8_is_letter(c) ? LETTER : GAP;
}

/* A run of letters and digits without anything between. */
struct run {
	struct zv_str text;
	bool digits; /* begins with a digit */
	int letters; /* of a run that begins with a letter */
	bool joint;  /* one joining mark, and nothing else, stands between this run and the next */
};

/* True when exactly one joining mark stands before the next letter or digit. */
static bool is_joint(struct zv_str s)
{
	int marks = 0;
	uint32_t c;

	while (zv_utf8_next(&c, &s) && kind_of(c) < LETTER)
		marks += kind_of(c) == JOINT ? 1 : 2;
	return marks == 1;
}

/* Takes the next run off the folded text; false at the end. */
static bool next_run(struct run *out, struct zv_str *rest)
{
	struct zv_str at = *rest;
	struct zv_str s = at;
	struct zv_str start;
	uint32_t c = 0;

	for (; zv_utf8_next(&c, &s) && kind_of(c) < LETTER; at = s)
		;
	if (at.n == 0)
		return false;
	start = at;
	*out = (struct run){.digits = kind_of(c) == DIGIT};
	while (s = at, zv_utf8_next(&c, &s) && kind_of(c) >= LETTER) {
		out->letters += kind_of(c) == LETTER ? 1 : 0;
		at = s;
	}
	out->text = zv_str_first(start, start.n - at.n);
	out->joint = is_joint(at);
	*rest = at;
	return true;
}

/* Numbers, and at most two letters beside a number: 2,4-Д, 20.14.62, 123-54-6, АИ-92. */
static bool joins(const struct run *a, const struct run *b)
{
	return a->joint && (a->digits || b->digits) && (a->digits || a->letters <= SHORT_LETTERS) &&
	       (b->digits || b->letters <= SHORT_LETTERS);
}

static bool is_code(struct zv_str word)
{
	for (size_t i = 0; i < word.n; i++) {
		if (!zv_is_digit(word.p[i]) && word.p[i] != '_')
			return false;
	}
	return true;
}

/* The key of each part between "_". A word without letters of the two scripts is its own key. */
static void add_key(struct zv_buf *out, struct zv_str word)
{
	struct zv_str part;
	bool first = true;

	while (zv_str_split(&part, &word, '_')) {
		size_t before;

		if (!first)
			zv_buf_add_char(out, '_');
		first = false;
		before = out->n;
		zv_translit_key(out, part);
		for (size_t i = before; i < out->n; i++) {
			if (out->p[i] == ' ')
				out->n = before; /* a letter of another script parts the key: then the part is its own key */
		}
		if (out->n == before)
			zv_buf_add_str(out, part);
	}
}

static void add_word(struct zv_words *words, struct zv_str word, bool whole)
{
	struct zv_word *w;
	bool code = is_code(word);
	bool plain = zv_str_find_char(word, '_') < 0 && !zv_is_digit(word.p[0]);
	struct zv_str stem = plain && whole ? zv_stem(words->stemmer, word) : word;

	if (words->n == ZV_WORDS_MAX || (plain && whole && is_stop_word(word)))
		return;
	stem = zv_str_first(stem, WORD_BYTES_MAX);
	w = &words->list[words->n++];
	if (words->n > 1) {
		zv_buf_add_char(&words->keys, ' ');
		zv_buf_add_char(&words->stems, ' ');
	}
	*w = (struct zv_word){.key = words->keys.n, .stem = words->stems.n, .code = code};
	zv_buf_add_str(&words->stems, stem);
	if (code)
		zv_buf_add_str(&words->keys, stem);
	else
		add_key(&words->keys, stem);
	w->key_n = words->keys.n - w->key;
	w->stem_n = words->stems.n - w->stem;
	if (plain && !whole) {
		zv_buf_add_str(&words->open_stem, zv_str_first(zv_stem(words->stemmer, word), WORD_BYTES_MAX));
		add_key(&words->open_key, zv_buf_str(&words->open_stem));
	}
}

/* ё is written as е as often as not. */
static void fold(struct zv_buf *out, struct zv_str text)
{
	zv_buf_reset(out);
	zv_utf8_fold(out, text);
	for (size_t i = 0; i + 1 < out->n; i++) {
		if (out->p[i] == '\xd1' && out->p[i + 1] == '\x91') {
			out->p[i] = '\xd0';
			out->p[i + 1] = '\xb5';
		}
	}
}

void zv_words_add(struct zv_words *words, struct zv_str text, bool last_open)
{
	struct zv_str rest;
	struct run run, next;
	bool more;

	fold(&words->folded, text);
	rest = zv_buf_str(&words->folded);
	more = rest.n > 0 && next_run(&run, &rest);
	while (more && words->n < ZV_WORDS_MAX) {
		zv_buf_reset(&words->word);
		zv_buf_add_str(&words->word, run.text);
		while ((more = rest.n > 0 && next_run(&next, &rest)) && joins(&run, &next)) {
			zv_buf_add_char(&words->word, '_');
			zv_buf_add_str(&words->word, next.text);
			run = next;
		}
		add_word(words, zv_buf_str(&words->word), more || !last_open || rest.n > 0);
		run = next;
	}
}
