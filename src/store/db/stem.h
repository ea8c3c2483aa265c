/* Word stems of Russian and English. */
#ifndef ZV_STORE_DB_STEM_H
#define ZV_STORE_DB_STEM_H

#include "base/str.h"

struct zv_stemmer;

struct zv_stemmer *zv_stemmer_new(void);
void zv_stemmer_free(struct zv_stemmer *stemmer);

/* The stem of a folded word: Cyrillic ones as Russian, Latin ones as English. Borrowed until the next call; what is neither stays. */
struct zv_str zv_stem(struct zv_stemmer *stemmer, struct zv_str word);

#endif
