/* What tools/embed writes and embed.c reads; nobody else's business. */
#ifndef ZV_BASE_EMBED_TABLE_H
#define ZV_BASE_EMBED_TABLE_H

#include "base/embed.h"

extern const struct zv_embedded zv_embed_table[]; /* by name; one row of NULL and 0 after the last */
extern const size_t zv_embed_count;

#endif
