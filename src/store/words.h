/* Text as the index of words sees it: folded, stop words dropped, each word as a coarse key (both scripts meet) and as a stem. */
#ifndef ZV_STORE_WORDS_H
#define ZV_STORE_WORDS_H

#include "base/buf.h"
#include "store/db/stem.h"

enum { ZV_WORDS_MAX = 200 }; /* of one text; what follows is not found */

struct zv_word {
	size_t key, key_n;   /* part of `keys` */
	size_t stem, stem_n; /* part of `stems` */
	bool code;           /* digits and "_" only: a number or a classifier code */
};

struct zv_words {
	struct zv_stemmer *stemmer;
	struct zv_buf keys, stems; /* words parted by single blanks, one stem for each key */
	struct zv_buf open_key, open_stem; /* of an open last word, if it should be a whole one all the same */
	struct zv_buf folded, word;
	struct zv_word list[ZV_WORDS_MAX];
	size_t n;
};

void zv_words_init(struct zv_words *words);
void zv_words_done(struct zv_words *words);
void zv_words_reset(struct zv_words *words);

/*
 * Adds the words of a text. 2,4-Д becomes one word, 2_4_д; 20.14.62 is 20_14_62; 2,4-динитрофенол is two, 2_4 and the word.
 * With `last_open` the last word is the beginning of one and is not stemmed.
 */
void zv_words_add(struct zv_words *words, struct zv_str text, bool last_open);

struct zv_str zv_word_key(const struct zv_words *words, size_t at);
struct zv_str zv_word_stem(const struct zv_words *words, size_t at);

#endif
