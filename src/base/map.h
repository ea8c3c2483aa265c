/* A hash table from text, or from a number, to a number (often an index into an array). */
#ifndef ZV_BASE_MAP_H
#define ZV_BASE_MAP_H

#include "base/arena.h"

struct zv_map_slot;

struct zv_map {
	struct zv_map_slot *slots;
	size_t n;
	size_t cap;
	struct zv_arena keys; /* copies of the text keys */
};

void zv_map_init(struct zv_map *map);
void zv_map_done(struct zv_map *map);

/* Adds or replaces; the key is copied. */
void zv_map_put(struct zv_map *map, struct zv_str key, int64_t value);
bool zv_map_get(int64_t *out, const struct zv_map *map, struct zv_str key);

/* The same under a number. Numbers and texts do not meet if one map uses only one of them. */
void zv_map_put_int(struct zv_map *map, int64_t key, int64_t value);
bool zv_map_get_int(int64_t *out, const struct zv_map *map, int64_t key);

#endif
