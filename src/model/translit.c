/* One Latin key for both scripts, and letters for people. The key is coarse on purpose: it finds, the text then ranks. */
#include "model/translit.h"

#include <string.h>

#include "base/utf8.h"

enum { CYRILLIC_A = 0x430, CYRILLIC_YA = 0x44f, LETTER_ER = 0x440, LETTER_ES = 0x441, LETTER_TE = 0x442, LETTER_HA = 0x445 };

/* Keys of а..я. Letters that the two scripts write in several ways share one: г and х (hydro), ц and к (cetyl), з and с (iso). */
static const char *const cyrillic_keys[] = {
	"a", "b", "v", "h", "d", "e", "s", "s", "i", "i", "k", "l", "m", "n", "o", "p", /* абвгдежзийклмноп */
	"r", "s", "t", "u", "f", "h", "k", "h", "s", "s", "",  "i", "",  "e", "iu", "ia", /* рстуфхцчшщъыьэюя */
};

/* Latin writings of one sound, the longer ones first, then single letters. */
static const struct {
	const char *latin;
	const char *key;
} latin_keys[] = {
	{"shch", "s"}, {"sch", "s"}, {"ch", "h"}, {"sh", "s"}, {"zh", "s"}, {"kh", "h"}, {"gh", "h"}, {"ph", "f"}, {"th", "t"},
	{"rh", "r"},   {"ts", "k"},  {"x", "ks"}, {"c", "k"},  {"q", "k"},  {"z", "s"},  {"j", "i"},  {"y", "i"},  {"w", "v"},
	{"g", "h"},
};

/* The key of the Latin text at p (n bytes left); its length in bytes comes back. */
static size_t latin_key(const char **key, char single[2], const char *p, size_t n)
{
	for (size_t i = 0; i < ZV_LEN(latin_keys); i++) {
		size_t length = strlen(latin_keys[i].latin);

		if (length <= n && memcmp(p, latin_keys[i].latin, length) == 0) {
			*key = latin_keys[i].key;
			return length;
		}
	}
	single[0] = p[0];
	single[1] = '\0';
	*key = single;
	return 1;
}

/* Adds the letters of a key, never the same letter twice in a row within a word. */
static void add_key(struct zv_buf *out, size_t word, const char *key)
{
	for (; *key != '\0'; key++) {
		if (out->n > word && out->p[out->n - 1] == *key && !zv_is_digit(*key))
			continue;
		zv_buf_add_char(out, *key);
	}
}

/* Latin with a mark above (è, ü): the letter below it, after folding mostly composed; 0 for others. */
static char plain_latin(uint32_t c)
{
	static const struct {
		uint32_t from, to;
		char letter;
	} ranges[] = {
		{0xe0, 0xe6, 'a'}, {0xe7, 0xe7, 'c'}, {0xe8, 0xeb, 'e'}, {0xec, 0xef, 'i'}, {0xf1, 0xf1, 'n'},
		{0xf2, 0xf6, 'o'}, {0xf9, 0xfc, 'u'}, {0xfd, 0xff, 'i'}, {0x161, 0x161, 's'}, {0x17e, 0x17e, 's'},
		{0x10d, 0x10d, 'h'}, {0x142, 0x142, 'l'},
	};

	for (size_t i = 0; i < ZV_LEN(ranges); i++) {
		if (c >= ranges[i].from && c <= ranges[i].to)
			return ranges[i].letter;
	}
	return 0;
}

static bool is_soundless(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0x2019 || c == 0x2bc || c == 0xad;
}

/* Writes the key of one word that starts at `word`; returns what follows it. */
static struct zv_str add_word(struct zv_buf *out, struct zv_str s)
{
	size_t word = out->n;
	uint32_t last = 0;

	while (s.n > 0) {
		struct zv_str rest = s;
		char single[2];
		const char *key = "";
		uint32_t c;

		(void)zv_utf8_next(&c, &rest);
		if (c < 0x80 && ((c >= 'a' && c <= 'z') || zv_is_digit((char)c))) {
			rest = zv_str_from(s, latin_key(&key, single, s.p, s.n));
		} else if (c >= CYRILLIC_A && c <= CYRILLIC_YA) {
			key = cyrillic_keys[c - CYRILLIC_A];
			if (c == LETTER_ES && last == LETTER_TE) {
				out->n--; /* тс is written ts, as ц is */
				key = "k";
			} else if (c == LETTER_HA && (last == LETTER_ER || last == LETTER_TE)) {
				key = ""; /* рх and тх are written rh and th, as р and т of Greek words are */
			}
		} else if (c == 0x451) {
			key = "e";
		} else if (plain_latin(c) != 0) {
			single[0] = plain_latin(c);
			single[1] = '\0';
			key = single[0] == 'c' ? "k" : single;
		} else if (!is_soundless(c)) {
			break;
		}
		add_key(out, word, key);
		last = c;
		s = rest;
	}
	return s;
}

void zv_translit_key(struct zv_buf *out, struct zv_str text)
{
	struct zv_buf folded;
	struct zv_str s;
	size_t start = out->n;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, text);
	s = zv_buf_str(&folded);
	while (s.n > 0) {
		size_t before = out->n;
		struct zv_str rest;
		uint32_t c;

		if (before > start)
			zv_buf_add_char(out, ' ');
		rest = add_word(out, s);
		if (out->n == before + (before > start ? 1u : 0u))
			out->n = before; /* no letter in it */
		if (rest.n == s.n)
			(void)zv_utf8_next(&c, &rest);
		s = rest;
	}
	zv_buf_done(&folded);
}

static bool word_begins(struct zv_str keys, struct zv_str prefix)
{
	struct zv_str word;

	while (keys.n > 0 && zv_str_split(&word, &keys, ' ')) {
		if (zv_str_starts(word, prefix))
			return true;
	}
	return false;
}

bool zv_translit_match(struct zv_str query, struct zv_str text)
{
	struct zv_buf wanted;
	struct zv_buf keys;
	struct zv_str rest;
	struct zv_str word;
	bool found;

	zv_buf_init(&wanted, 0);
	zv_buf_init(&keys, 0);
	zv_translit_key(&wanted, query);
	zv_translit_key(&keys, text);
	rest = zv_buf_str(&wanted);
	found = rest.n > 0;
	while (found && rest.n > 0 && zv_str_split(&word, &rest, ' '))
		found = word_begins(zv_buf_str(&keys), word);
	zv_buf_done(&wanted);
	zv_buf_done(&keys);
	return found;
}

/* GOST 7.79 system B without its accents; й as y for names. */
static const char *const latin_letters[] = {
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
};

static void add_capitalized(struct zv_buf *out, const char *letters, bool capital)
{
	if (letters[0] == '\0')
		return;
	zv_buf_add_char(out, capital ? (char)(letters[0] - 'a' + 'A') : letters[0]);
	zv_buf_add_c(out, letters + 1);
}

void zv_translit_latin(struct zv_buf *out, struct zv_str russian)
{
	uint32_t c;

	while (zv_utf8_next(&c, &russian)) {
		if (c >= CYRILLIC_A && c <= CYRILLIC_YA)
			zv_buf_add_c(out, latin_letters[c - CYRILLIC_A]);
		else if (c >= CYRILLIC_A - 32 && c < CYRILLIC_A)
			add_capitalized(out, latin_letters[c - (CYRILLIC_A - 32)], true);
		else if (c == 0x401 || c == 0x451)
			add_capitalized(out, "yo", c == 0x401);
		else
			zv_buf_add_utf8(out, c);
	}
}

/* Latin to Russian, longer writings first. */
static const struct {
	const char *latin;
	const char *russian;
} russian_letters[] = {
	{"shch", "щ"}, {"yo", "ё"}, {"yu", "ю"}, {"ya", "я"}, {"ju", "ю"}, {"ja", "я"}, {"zh", "ж"}, {"kh", "х"}, {"ts", "ц"},
	{"ch", "ч"},   {"sh", "ш"}, {"ph", "ф"}, {"th", "т"}, {"a", "а"},  {"b", "б"},  {"c", "ц"},  {"d", "д"},  {"e", "е"},
	{"f", "ф"},    {"g", "г"},  {"h", "х"},  {"i", "и"},  {"j", "й"},  {"k", "к"},  {"l", "л"},  {"m", "м"},  {"n", "н"},
	{"o", "о"},    {"p", "п"},  {"q", "к"},  {"r", "р"},  {"s", "с"},  {"t", "т"},  {"u", "у"},  {"v", "в"},  {"w", "в"},
	{"x", "кс"},   {"y", "ы"},  {"z", "з"},
};

static size_t find_russian(const char **russian, struct zv_str s)
{
	for (size_t i = 0; i < ZV_LEN(russian_letters); i++) {
		size_t n = strlen(russian_letters[i].latin);

		if (n <= s.n && zv_str_eq_nocase(zv_str_first(s, n), (struct zv_str){russian_letters[i].latin, n})) {
			*russian = russian_letters[i].russian;
			return n;
		}
	}
	return 0;
}

/* ё (2 bytes) and а..я to capitals; the Russian letters of the table only. */
static void add_russian(struct zv_buf *out, const char *russian, bool capital)
{
	struct zv_str s = zv_str_c(russian);
	uint32_t c;

	while (zv_utf8_next(&c, &s)) {
		zv_buf_add_utf8(out, capital ? (c == 0x451 ? 0x401u : c - 32) : c);
		capital = false;
	}
}

void zv_translit_russian(struct zv_buf *out, struct zv_str latin)
{
	while (latin.n > 0) {
		const char *russian = NULL;
		size_t n = find_russian(&russian, latin);
		uint32_t c;

		if (n > 0) {
			add_russian(out, russian, latin.p[0] >= 'A' && latin.p[0] <= 'Z');
			latin = zv_str_from(latin, n);
		} else if (zv_utf8_next(&c, &latin)) {
			zv_buf_add_utf8(out, c);
		}
	}
}
