/* Snowball's stemmers behind one function. */
#include "store/db/stem.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "base/mem.h"

enum { WORD_BYTES_MAX = 1000 };

struct zv_stemmer {
	struct sb_stemmer *russian, *english;
};

struct zv_stemmer *zv_stemmer_new(void)
{
	struct zv_stemmer *stemmer = zv_calloc(1, sizeof(*stemmer));

	stemmer->russian = sb_stemmer_new("russian", "UTF_8");
	stemmer->english = sb_stemmer_new("english", "UTF_8");
	if (stemmer->russian == NULL || stemmer->english == NULL)
		(void)zv_alloc(SIZE_MAX); /* only memory can lack; ends the process */
	return stemmer;
}

void zv_stemmer_free(struct zv_stemmer *stemmer)
{
	if (stemmer == NULL)
		return;
	sb_stemmer_delete(stemmer->russian);
	sb_stemmer_delete(stemmer->english);
	free(stemmer);
}

/* The first byte of U+0400..U+04FF in UTF-8. */
static bool is_cyrillic(unsigned char c)
{
	return c >= 0xd0 && c <= 0xd3;
}

static bool ends_with_one_of(struct zv_str word, const char *const *endings)
{
	for (; *endings != NULL; endings++) {
		struct zv_str ending = zv_str_c(*endings);

		if (word.n > ending.n && zv_str_ends(word, ending))
			return true;
	}
	return false;
}

/*
 * Names of substances and goods are nouns and adjectives, but many end as verbs do, and Snowball takes such endings first:
 * ацетилен would become ацетил, нитрит нитр, метан мета, детали дета. True for a word with an ending of a verb or gerund
 * that is none of an adjective.
 */
static bool looks_like_verb(struct zv_str word)
{
	static const char *const alone[] = {"ила", "ыла", "ена", "ите", "или", "ыли", "уй", "ил", "ыл", "ен", "ило", "ыло", "ено", "ят", "ует",
					    "уют", "ит", "ыт", "ены", "ить", "ыть", "ишь", "ю", "ив", "ыв", NULL};
	static const char *const after_a[] = {"ала", "яла", "ана", "яна", "аете", "яете", "али", "яли", "ай", "яй", "ал", "ял", "ан",
					      "ян", "ало", "яло", "ано", "яно", "ает", "яет", "ают", "яют", "аны", "яны", "ать",
					      "ять", "ав", "яв", NULL};

	return ends_with_one_of(word, alone) || ends_with_one_of(word, after_a);
}

/* The noun without its last vowel or soft sign, and without и or ь before ю. */
static struct zv_str stem_noun(struct zv_str word)
{
	static const char *const longer[] = {"ию", "ью", NULL};
	static const char *const vowels[] = {"а", "е", "и", "о", "у", "ы", "ь", "ю", "я", NULL};

	if (ends_with_one_of(word, longer))
		return zv_str_first(word, word.n - 4);
	return ends_with_one_of(word, vowels) ? zv_str_first(word, word.n - 2) : word;
}

/* English: carbonate is not carbon, nor phthalate phthal; and so карбонат and carbonate meet. 0 when the word has no such end. */
static size_t end_of_salt(struct zv_str word)
{
	if (word.n > 5 && zv_str_ends(word, ZV_STR("ates")))
		return 2;
	return word.n > 4 && zv_str_ends(word, ZV_STR("ate")) ? 1 : 0;
}

struct zv_str zv_stem(struct zv_stemmer *stemmer, struct zv_str word)
{
	struct sb_stemmer *language = NULL;
	const sb_symbol *stem;

	if (word.n == 0 || word.n > WORD_BYTES_MAX)
		return word;
	if (is_cyrillic((unsigned char)word.p[0])) {
		if (looks_like_verb(word))
			return stem_noun(word);
		language = stemmer->russian;
	} else if (word.p[0] >= 'a' && word.p[0] <= 'z') {
		if (end_of_salt(word) > 0)
			return zv_str_first(word, word.n - end_of_salt(word));
		language = stemmer->english;
	}
	if (language == NULL)
		return word;
	stem = sb_stemmer_stem(language, (const sb_symbol *)word.p, (int)word.n);
	if (stem == NULL)
		(void)zv_alloc(SIZE_MAX);
	return (struct zv_str){(const char *)stem, (size_t)sb_stemmer_length(language)};
}
