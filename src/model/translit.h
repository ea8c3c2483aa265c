/* Russian and Latin letters brought together for search and suggestions. */
#ifndef ZV_MODEL_TRANSLIT_H
#define ZV_MODEL_TRANSLIT_H

#include "base/buf.h"

/*
 * Appends a key that is alike for one word in both scripts and in the usual ways of writing it: acetyl and ацетил give "aketil",
 * xylene and ксилен "ksilen", hydro and гидро "hidro". Words are parted by one blank; digits stay. The key of the beginning of a word
 * begins the key of the word, but in the middle of a pair such as ch or ts.
 */
void zv_translit_key(struct zv_buf *out, struct zv_str text);

/* True when some word of the text begins as the query does, or all words of the query begin words of the text; by keys. */
bool zv_translit_match(struct zv_str query, struct zv_str text);

/* Letters for people: «Щёлково» to "Shchyolkovo" (GOST 7.79 system B without its marks), and Latin to the likeliest Russian. Other characters stay. */
void zv_translit_latin(struct zv_buf *out, struct zv_str russian);
void zv_translit_russian(struct zv_buf *out, struct zv_str latin);

#endif
