/* Scores: a whole code first, then the exact stem, its key in the other script, the beginning of a word; early words and short texts first. */
#include "store/search_rank.h"

enum {
	WHOLE_CODE = 100000,
	SAME_STEM = 800,
	SAME_KEY = 500,
	STEM_BEGINS = 400,
	KEY_BEGINS = 300,
	CODE_BEGINS = 450,
	FIRST_WORD = 200, /* less 20 for each word before it */
	LATER_WORD = 20,
	WORD_COST = 2, /* for each word of the row, up to a limit */
	WORDS_COUNTED = 50
};

/* How well one word of the row answers one of the query; 0: not at all. */
static int32_t match_word(const struct zv_words *query, size_t at, bool open, struct zv_str key, struct zv_str stem)
{
	struct zv_str q_key = zv_word_key(query, at);
	struct zv_str q_stem = zv_word_stem(query, at);

	if (query->list[at].code) {
		if (zv_str_eq(key, q_key))
			return WHOLE_CODE;
		return zv_str_starts(key, q_key) && (open || key.p[q_key.n] == '_') ? CODE_BEGINS : 0;
	}
	if (zv_str_eq(stem, q_stem) || (open && stem.n > 0 && zv_str_eq(stem, zv_buf_str(&query->open_stem))))
		return SAME_STEM;
	if (zv_str_eq(key, q_key) || (open && key.n > 0 && zv_str_eq(key, zv_buf_str(&query->open_key))))
		return SAME_KEY;
	if (open && zv_str_starts(stem, q_stem))
		return STEM_BEGINS;
	return open && zv_str_starts(key, q_key) ? KEY_BEGINS : 0;
}

int32_t zv_search_rank(const struct zv_words *query, bool prefix, struct zv_str keys, struct zv_str stems)
{
	int32_t best[ZV_WORDS_MAX] = {0};
	struct zv_str key, stem;
	int32_t score = 0;
	int32_t n = 0;

	while (keys.n > 0 && zv_str_split(&key, &keys, ' ') && zv_str_split(&stem, &stems, ' ')) {
		int32_t early = n * LATER_WORD < FIRST_WORD ? FIRST_WORD - n * LATER_WORD : 0;

		for (size_t i = 0; i < query->n; i++) {
			int32_t got = match_word(query, i, prefix && i + 1 == query->n, key, stem);

			if (got > 0 && got + early > best[i])
				best[i] = got + early;
		}
		n++;
	}
	for (size_t i = 0; i < query->n; i++)
		score += best[i];
	return score - WORD_COST * (n < WORDS_COUNTED ? n : WORDS_COUNTED);
}
