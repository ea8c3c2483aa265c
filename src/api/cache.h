/* Answers that took a computation, kept while the database has not changed. Shared by all threads. */
#ifndef ZV_API_CACHE_H
#define ZV_API_CACHE_H

#include "base/buf.h"

struct zv_cache;

/* At most `max_bytes` of answers; beyond it the oldest go. */
struct zv_cache *zv_cache_new(size_t max_bytes);
void zv_cache_free(struct zv_cache *cache);

enum { ZV_CACHE_TAG = 40 };

/*
 * Appends the answer under the key when it was made under the same stamp, and gives its ETag, which was made when it was put there. `tag` may be NULL.
 * False: it is not there.
 */
bool zv_cache_get(struct zv_buf *out, char tag[ZV_CACHE_TAG], struct zv_cache *cache, struct zv_str key, uint64_t stamp);

/* Keeps an answer; one of another stamp under the same key goes. */
void zv_cache_put(struct zv_cache *cache, struct zv_str key, uint64_t stamp, struct zv_str answer);

#endif
