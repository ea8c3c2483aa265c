/* A list of answers, newest first; as the stamp changes with every batch, all of an older one are dropped at once. */
#include "api/cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct entry {
	struct entry *next;
	struct zv_str key;    /* both texts lie behind the entry */
	struct zv_str answer;
	char tag[ZV_CACHE_TAG];
};

struct zv_cache {
	pthread_mutex_t mutex;
	uint64_t stamp;
	size_t bytes, max_bytes;
	struct entry *newest;
};

struct zv_cache *zv_cache_new(size_t max_bytes)
{
	struct zv_cache *cache = zv_calloc(1, sizeof(*cache));

	pthread_mutex_init(&cache->mutex, NULL);
	cache->max_bytes = max_bytes;
	return cache;
}

static size_t size_of(const struct entry *entry)
{
	return sizeof(*entry) + entry->key.n + entry->answer.n;
}

/* Frees *at and everything older. */
static void drop_from(struct zv_cache *cache, struct entry **at)
{
	struct entry *entry = *at;

	*at = NULL;
	while (entry != NULL) {
		struct entry *next = entry->next;

		cache->bytes -= size_of(entry);
		free(entry);
		entry = next;
	}
}

void zv_cache_free(struct zv_cache *cache)
{
	if (cache == NULL)
		return;
	drop_from(cache, &cache->newest);
	pthread_mutex_destroy(&cache->mutex);
	free(cache);
}

bool zv_cache_get(struct zv_buf *out, char tag[ZV_CACHE_TAG], struct zv_cache *cache, struct zv_str key, uint64_t stamp)
{
	bool found = false;

	pthread_mutex_lock(&cache->mutex);
	for (struct entry *entry = cache->stamp == stamp ? cache->newest : NULL; entry != NULL && !found; entry = entry->next) {
		found = zv_str_eq(entry->key, key);
		if (!found)
			continue;
		zv_buf_add_str(out, entry->answer);
		if (tag != NULL)
			memcpy(tag, entry->tag, sizeof(entry->tag));
	}
	pthread_mutex_unlock(&cache->mutex);
	return found;
}

static struct entry *make_entry(struct zv_str key, struct zv_str answer)
{
	struct entry *entry = zv_alloc(sizeof(*entry) + key.n + answer.n);
	char *bytes = (char *)(entry + 1);
	char tag[ZV_TAG_HEX];

	memcpy(bytes, key.p, key.n);
	memcpy(bytes + key.n, answer.p, answer.n);
	*entry = (struct entry){.key = {bytes, key.n}, .answer = {bytes + key.n, answer.n}};
	zv_tag_hex(tag, answer);
	(void)snprintf(entry->tag, sizeof(entry->tag), "\"%s\"", tag);
	return entry;
}

void zv_cache_put(struct zv_cache *cache, struct zv_str key, uint64_t stamp, struct zv_str answer)
{
	struct entry **at = &cache->newest, *entry;
	size_t kept = 0;

	if (answer.n == 0 || answer.n > cache->max_bytes / 4)
		return;
	entry = make_entry(key, answer);
	pthread_mutex_lock(&cache->mutex);
	if (cache->stamp != stamp)
		drop_from(cache, &cache->newest);
	cache->stamp = stamp;
	entry->next = cache->newest;
	cache->newest = entry;
	cache->bytes += size_of(entry);
	while (*at != NULL && kept + size_of(*at) <= cache->max_bytes) {
		kept += size_of(*at);
		at = &(*at)->next;
	}
	drop_from(cache, at);
	pthread_mutex_unlock(&cache->mutex);
}
