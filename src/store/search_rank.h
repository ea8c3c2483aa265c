/* How well a row answers a query, from the words of both alone: the same on every database. */
#ifndef ZV_STORE_SEARCH_RANK_H
#define ZV_STORE_SEARCH_RANK_H

#include "store/words.h"

/* `keys` and `stems` are those of the row, as the index gives them back. */
int32_t zv_search_rank(const struct zv_words *query, bool prefix, struct zv_str keys, struct zv_str stems);

#endif
