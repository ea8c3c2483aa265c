/* Names of firms made comparable. */
#include "model/name.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

enum { FULL = 1000, WORDS_MAX = 64 };

/* Legal forms as they stand in names, folded and with ё as е; longer ones first. */
static const struct {
	struct zv_str text;
	struct zv_str form;
} forms[] = {
	{ZV_STR_INIT("общество с ограниченной ответственностью"), ZV_STR_INIT("ооо")},
	{ZV_STR_INIT("публичное акционерное общество"), ZV_STR_INIT("пао")},
	{ZV_STR_INIT("непубличное акционерное общество"), ZV_STR_INIT("ао")},
	{ZV_STR_INIT("открытое акционерное общество"), ZV_STR_INIT("оао")},
	{ZV_STR_INIT("закрытое акционерное общество"), ZV_STR_INIT("зао")},
	{ZV_STR_INIT("акционерное общество"), ZV_STR_INIT("ао")},
	{ZV_STR_INIT("общество с дополнительной ответственностью"), ZV_STR_INIT("одо")},
	{ZV_STR_INIT("федеральное государственное унитарное предприятие"), ZV_STR_INIT("фгуп")},
	{ZV_STR_INIT("федеральное казенное предприятие"), ZV_STR_INIT("фкп")},
	{ZV_STR_INIT("государственное унитарное предприятие"), ZV_STR_INIT("гуп")},
	{ZV_STR_INIT("муниципальное унитарное предприятие"), ZV_STR_INIT("муп")},
	{ZV_STR_INIT("федеральное государственное бюджетное образовательное учреждение высшего образования"), ZV_STR_INIT("фгбоу во")},
	{ZV_STR_INIT("федеральное государственное автономное образовательное учреждение высшего образования"), ZV_STR_INIT("фгаоу во")},
	{ZV_STR_INIT("федеральное государственное бюджетное учреждение науки"), ZV_STR_INIT("фгбун")},
	{ZV_STR_INIT("федеральное государственное бюджетное учреждение"), ZV_STR_INIT("фгбу")},
	{ZV_STR_INIT("государственное бюджетное учреждение"), ZV_STR_INIT("гбу")},
	{ZV_STR_INIT("муниципальное бюджетное учреждение"), ZV_STR_INIT("мбу")},
	{ZV_STR_INIT("государственное казенное учреждение"), ZV_STR_INIT("гку")},
	{ZV_STR_INIT("муниципальное казенное учреждение"), ZV_STR_INIT("мку")},
	{ZV_STR_INIT("производственный кооператив"), ZV_STR_INIT("пк")},
	{ZV_STR_INIT("индивидуальный предприниматель"), ZV_STR_INIT("ип")},
	{ZV_STR_INIT("крестьянское фермерское хозяйство"), ZV_STR_INIT("кфх")},
	{ZV_STR_INIT("автономная некоммерческая организация"), ZV_STR_INIT("ано")},
	{ZV_STR_INIT("некоммерческая организация"), ZV_STR_INIT("но")},
	{ZV_STR_INIT("фгбоу во"), ZV_STR_INIT("фгбоу во")},
	{ZV_STR_INIT("фгаоу во"), ZV_STR_INIT("фгаоу во")},
	{ZV_STR_INIT("limited liability company"), ZV_STR_INIT("ооо")},
	{ZV_STR_INIT("public joint stock company"), ZV_STR_INIT("пао")},
	{ZV_STR_INIT("joint stock company"), ZV_STR_INIT("ао")},
	{ZV_STR_INIT("ооо"), ZV_STR_INIT("ооо")},   {ZV_STR_INIT("оао"), ZV_STR_INIT("оао")},   {ZV_STR_INIT("зао"), ZV_STR_INIT("зао")},
	{ZV_STR_INIT("пао"), ZV_STR_INIT("пао")},   {ZV_STR_INIT("нао"), ZV_STR_INIT("ао")},    {ZV_STR_INIT("ао"), ZV_STR_INIT("ао")},
	{ZV_STR_INIT("одо"), ZV_STR_INIT("одо")},   {ZV_STR_INIT("ип"), ZV_STR_INIT("ип")},     {ZV_STR_INIT("фгуп"), ZV_STR_INIT("фгуп")},
	{ZV_STR_INIT("фкп"), ZV_STR_INIT("фкп")},   {ZV_STR_INIT("гуп"), ZV_STR_INIT("гуп")},   {ZV_STR_INIT("муп"), ZV_STR_INIT("муп")},
	{ZV_STR_INIT("фгбун"), ZV_STR_INIT("фгбун")}, {ZV_STR_INIT("фгбу"), ZV_STR_INIT("фгбу")}, {ZV_STR_INIT("гбу"), ZV_STR_INIT("гбу")},
	{ZV_STR_INIT("мбу"), ZV_STR_INIT("мбу")},   {ZV_STR_INIT("гку"), ZV_STR_INIT("гку")},   {ZV_STR_INIT("мку"), ZV_STR_INIT("мку")},
	{ZV_STR_INIT("кфх"), ZV_STR_INIT("кфх")},   {ZV_STR_INIT("ано"), ZV_STR_INIT("ано")},   {ZV_STR_INIT("пк"), ZV_STR_INIT("пк")},
	{ZV_STR_INIT("llc"), ZV_STR_INIT("ооо")},   {ZV_STR_INIT("ooo"), ZV_STR_INIT("ооо")},   {ZV_STR_INIT("pjsc"), ZV_STR_INIT("пао")},
	{ZV_STR_INIT("jsc"), ZV_STR_INIT("ао")},    {ZV_STR_INIT("ltd"), ZV_STR_INIT("ооо")},
};

static bool is_bidi(uint32_t c)
{
	return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

enum zv_code zv_name_check(struct zv_str name, size_t max, const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(name);
	uint32_t c;

	if (s.n == 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("The name is missing."));
	if (zv_utf8_check(s) >= 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("The name is not valid UTF-8; save the file as UTF-8."));
	if (zv_utf8_count(s) > max)
		return zv_fail(err, ZV_E_INVALID, field, N_("The name has more than %zu characters; shorten it."), max);
	while (zv_utf8_next(&c, &s)) {
		if (is_bidi(c))
			return zv_fail(err, ZV_E_INVALID, field,
				       N_("The name holds the invisible sign U+%04X that turns the direction of writing; take it out."), c);
		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			return zv_fail(err, ZV_E_INVALID, field, N_("The name holds the control character U+%04X; take it out."), c);
	}
	return ZV_OK;
}

static bool is_letter_or_digit(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	/* Latin-1 signs, general punctuation, arrows to symbols, CJK punctuation: not letters. The rest is. */
	return !(c < 0xc0 || c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x303f));
}

void zv_name_words(struct zv_buf *out, struct zv_str text)
{
	size_t start = out->n;
	struct zv_buf folded;
	struct zv_str s;
	uint32_t c;
	bool gap = false;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, text);
	s = zv_buf_str(&folded);
	while (zv_utf8_next(&c, &s)) {
		if (!is_letter_or_digit(c)) {
			gap = out->n > start;
			continue;
		}
		if (gap)
			zv_buf_add_char(out, ' ');
		gap = false;
		zv_buf_add_utf8(out, c == 0x451 ? 0x435 : c);
	}
	zv_buf_done(&folded);
}

/* Takes a legal form off the beginning or the end when something stays. */
static bool strip_form(struct zv_str *s, struct zv_str *form)
{
	for (size_t i = 0; i < ZV_LEN(forms); i++) {
		struct zv_str text = forms[i].text;

		if (s->n <= text.n + 1)
			continue;
		if (zv_str_starts(*s, text) && s->p[text.n] == ' ')
			*s = zv_str_from(*s, text.n + 1);
		else if (zv_str_ends(*s, text) && s->p[s->n - text.n - 1] == ' ')
			*s = zv_str_first(*s, s->n - text.n - 1);
		else
			continue;
		*form = forms[i].form;
		return true;
	}
	return false;
}

/* The Latin letter or digit that a folded Cyrillic letter is mistaken for; c itself otherwise. */
static uint32_t look_alike(uint32_t c)
{
	switch (c) {
	case 0x430: return 'a';
	case 0x435: return 'e';
	case 0x43e: return 'o';
	case 0x440: return 'p';
	case 0x441: return 'c';
	case 0x443: return 'y';
	case 0x445: return 'x';
	case 0x456: return 'i';
	case 0x458: return 'j';
	case 0x455: return 's';
	case 0x501: return 'd';
	case 0x432: return 'b'; /* В and B, К and K, М and M ... are alike as capitals */
	case 0x43a: return 'k';
	case 0x43c: return 'm';
	case 0x43d: return 'h';
	case 0x442: return 't';
	case 0x437: return '3';
	case 0x431: return '6';
	case '0': return 'o';
	case '1':
	case 'l': return 'i';
	default: return c;
	}
}

static struct zv_str skeleton_of(struct zv_str core, struct zv_arena *arena)
{
	struct zv_buf out;
	struct zv_str text;
	uint32_t c;

	zv_buf_init(&out, 0);
	while (zv_utf8_next(&c, &core)) {
		if (c != ' ')
			zv_buf_add_utf8(&out, look_alike(c));
	}
	text = zv_str_dup(arena, zv_buf_str(&out));
	zv_buf_done(&out);
	return text;
}

void zv_name_keys(struct zv_name *out, struct zv_str name, struct zv_arena *arena)
{
	struct zv_str form = {NULL, 0};
	struct zv_str core;
	struct zv_buf words;

	zv_buf_init(&words, 0);
	zv_name_words(&words, name);
	core = zv_buf_str(&words);
	while (strip_form(&core, &form))
		;
	out->core = zv_str_dup(arena, core);
	out->form = form;
	out->skeleton = skeleton_of(out->core, arena);
	zv_buf_done(&words);
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Dice: twice what both have, over what each has; 0..1000. Both sorted. */
static int dice(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	size_t i = 0;
	size_t j = 0;
	size_t common = 0;

	while (i < na && j < nb) {
		if (a[i] == b[j]) {
			common++;
			i++;
			j++;
		} else if (a[i] < b[j]) {
			i++;
		} else {
			j++;
		}
	}
	return na + nb == 0 ? 0 : (int)(common * 2 * FULL / (na + nb));
}

struct grams {
	uint64_t *p;
	size_t n;
	size_t cap;
};

/* Pairs of neighbouring letters, the blank at both ends of the text included. */
static void pairs_of(struct grams *out, struct zv_str s)
{
	uint32_t last = ' ';
	uint32_t c;

	while (zv_utf8_next(&c, &s)) {
		zv_vec_push(out, (uint64_t)last << 32 | c);
		last = c;
	}
	zv_vec_push(out, (uint64_t)last << 32 | ' ');
	qsort(out->p, out->n, sizeof(*out->p), by_value);
}

/* FNV-1a of each word: alike on every machine and run, unlike zv_hash. */
static void words_hashed(struct grams *out, struct zv_str s)
{
	struct zv_str word;

	while (s.n > 0 && out->n < WORDS_MAX && zv_str_split(&word, &s, ' ')) {
		uint64_t hash = 14695981039346656037u;

		for (size_t i = 0; i < word.n; i++)
			hash = (hash ^ (unsigned char)word.p[i]) * 1099511628211u;
		zv_vec_push(out, hash);
	}
	if (out->n > 0)
		qsort(out->p, out->n, sizeof(*out->p), by_value);
}

int zv_name_similarity(struct zv_str core_a, struct zv_str core_b)
{
	struct grams a = {0};
	struct grams b = {0};
	int by_pairs;
	int by_words;

	if (core_a.n == 0 || core_b.n == 0)
		return 0;
	pairs_of(&a, core_a);
	pairs_of(&b, core_b);
	by_pairs = dice(a.p, a.n, b.p, b.n);
	a.n = b.n = 0;
	words_hashed(&a, core_a);
	words_hashed(&b, core_b);
	by_words = dice(a.p, a.n, b.p, b.n);
	zv_vec_done(&a);
	zv_vec_done(&b);
	return by_pairs > by_words ? by_pairs : by_words;
}
