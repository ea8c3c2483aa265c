/* Guessing by letter statistics: the mean cost in bits of a letter under the frequencies of Russian prose. */
#include "format/letters.h"

#include <string.h>

#include "format/charset.h"

enum {
	LETTERS_MIN = 12,
	COST_MAX = 520,   /* hundredths of a bit a letter; Russian has 445, shuffled letters 560 and more */
	COST_SIGN = 700,  /* a sign that Russian texts use: « » № – NBSP */
	COST_JUNK = 1400, /* a high byte that no Russian text has */
	MARGIN = 2400,    /* by how much the whole text must be likelier than under another encoding */
	CASE_MAX = 25,    /* of 1000 pairs of letters: small before capital ("кВт" is honest, "рПРФБ" is not) */
	LATIN_MAX = 100,  /* of 1000 runs of letters: those that touch a Latin letter */
	UTF8_MIN_PAIRS = 3,
};

/* -100 * log2 of the frequency of а..я (ё counts as е), from public counts of the letters of Russian prose. */
static const short cost[32] = {364, 597, 445, 587, 506, 355, 709, 592, 376, 636, 483, 450, 496, 389, 318, 515,
			       440, 419, 399, 525, 858, 668, 770, 611, 728, 811, 1070, 571, 584, 828, 770, 563};

enum candidate { WINDOWS, KOI8, IBM, ISO, MAC, CANDIDATES };

static uint32_t code_point(enum candidate candidate, unsigned char c)
{
	switch (candidate) {
	case WINDOWS:
		return zv_charset_high(ZV_CHARSET_WINDOWS_1251)[c - 0x80];
	case KOI8:
		return zv_charset_high(ZV_CHARSET_KOI8_R)[c - 0x80];
	case IBM:
		return zv_charset_high(ZV_CHARSET_IBM866)[c - 0x80];
	case ISO:
		return c >= 0xa1 && c != 0xad && c != 0xf0 && c != 0xfd ? 0x360u + c : c;
	default: /* Mac Cyrillic: its letters only */
		if (c < 0xa0)
			return 0x390u + c;
		return c >= 0xe0 && c < 0xff ? 0x350u + c : c == 0xdf ? 0x44f : c == 0xdd ? 0x401 : c == 0xde ? 0x451 : 0;
	}
}

/* 0..31 for а..я in either case, or -1. */
static int letter_of(uint32_t c)
{
	if (c >= 0x410 && c <= 0x44f)
		return (int)(c - 0x410) % 32;
	return c == 0x401 || c == 0x451 ? 5 : -1;
}

static bool is_sign(uint32_t c)
{
	return c == 0xab || c == 0xbb || c == 0x2116 || c == 0xa0 || c == 0xb0 || c == 0xb7 || c == 0xa7 || c == 0xb1 ||
	       c == 0xad || c == 0xa9 || c == 0xae || (c >= 0x2013 && c <= 0x2026);
}

/* Cost of the whole text; *letters counts the Russian ones. */
static int64_t cost_as(enum candidate candidate, const size_t counts[256], int64_t *letters)
{
	int64_t sum = 0;

	*letters = 0;
	for (unsigned c = 0x80; c < 0x100; c++) {
		uint32_t point = code_point(candidate, (unsigned char)c);
		int letter = letter_of(point);

		if (letter >= 0)
			*letters += (int64_t)counts[c];
		sum += (int64_t)counts[c] * (letter >= 0 ? cost[letter] : is_sign(point) ? COST_SIGN : COST_JUNK);
	}
	return sum;
}

static bool is_latin(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Letters of Windows-1251: 1 capital, 2 small, 0 none. */
static int case_of(unsigned char c)
{
	if (c >= 0xe0 || c == 0xb8)
		return 2;
	return c >= 0xc0 || c == 0xa8 ? 1 : 0;
}

/* Capitals inside words, and Cyrillic grown together with Latin. */
static bool words_look_right(struct zv_str s)
{
	int64_t pairs = 0;
	int64_t up = 0;
	int64_t runs = 0;
	int64_t touching = 0;

	for (size_t i = 1; i < s.n; i++) {
		unsigned char a = (unsigned char)s.p[i - 1];
		unsigned char b = (unsigned char)s.p[i];

		if (case_of(a) != 0 && case_of(b) != 0) {
			pairs++;
			up += case_of(a) == 2 && case_of(b) == 1;
		}
		runs += case_of(b) != 0 && case_of(a) == 0;
		touching += (case_of(b) != 0 && is_latin(a)) || (case_of(a) != 0 && is_latin(b));
	}
	return up * 1000 <= pairs * CASE_MAX + 999 && touching * 1000 <= runs * LATIN_MAX + 999;
}

ptrdiff_t zv_letters_utf8_inside(struct zv_str s)
{
	size_t pairs = 0;

	for (size_t i = 0; i + 1 < s.n; i++) {
		unsigned char a = (unsigned char)s.p[i];
		unsigned char b = (unsigned char)s.p[i + 1];

		if ((a != 0xd0 && a != 0xd1) || b < 0x80 || b > 0xbf) {
			pairs = 0;
			continue;
		}
		i++;
		if (++pairs == UTF8_MIN_PAIRS)
			return (ptrdiff_t)(i + 1 - UTF8_MIN_PAIRS * (size_t)2);
	}
	return -1;
}

bool zv_letters_windows_1251(struct zv_str sample)
{
	size_t counts[256] = {0};
	int64_t letters;
	int64_t own;

	for (size_t i = 0; i < sample.n; i++)
		counts[(unsigned char)sample.p[i]]++;
	own = cost_as(WINDOWS, counts, &letters);
	if (letters < LETTERS_MIN || own > letters * COST_MAX)
		return false;
	for (enum candidate other = KOI8; other < CANDIDATES; other++) {
		int64_t ignored;

		/* small letters are the same bytes in Mac Cyrillic; there a single capital must tell */
		if (cost_as(other, counts, &ignored) < own + (other != MAC ? MARGIN : 0))
			return false;
	}
	return words_look_right(sample) && zv_letters_utf8_inside(sample) < 0;
}
