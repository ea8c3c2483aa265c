/* Open addressing with linear probing, at most three quarters full; nothing is ever removed. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct zv_map_slot {
	struct zv_str key; /* key.p is NULL in a free slot */
	uint64_t hash;
	int64_t value;
};

void zv_map_init(struct zv_map *map)
{
	*map = (struct zv_map){0};
	zv_arena_init(&map->keys);
}

void zv_map_done(struct zv_map *map)
{
	free(map->slots);
	zv_arena_done(&map->keys);
	zv_map_init(map);
}

/* The slot of the key, or the free slot where it would go. */
static struct zv_map_slot *slot_of(const struct zv_map *map, struct zv_str key, uint64_t hash)
{
	size_t i = hash & (map->cap - 1);

	while (map->slots[i].key.p != NULL && !(map->slots[i].hash == hash && zv_str_eq(map->slots[i].key, key)))
		i = (i + 1) & (map->cap - 1);
	return &map->slots[i];
}

static void grow(struct zv_map *map)
{
	struct zv_map old = *map;

	map->cap = old.cap > 0 ? old.cap * 2 : 64;
	map->slots = zv_calloc(map->cap, sizeof(*map->slots));
	for (size_t i = 0; i < old.cap; i++) {
		if (old.slots[i].key.p != NULL)
			*slot_of(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
	}
	free(old.slots);
}

void zv_map_put(struct zv_map *map, struct zv_str key, int64_t value)
{
	uint64_t hash = zv_hash(key);
	struct zv_map_slot *slot;

	if ((map->n + 1) * 4 > map->cap * 3)
		grow(map);
	slot = slot_of(map, key, hash);
	if (slot->key.p == NULL) {
		slot->key = zv_str_dup(&map->keys, key);
		slot->hash = hash;
		map->n++;
	}
	slot->value = value;
}

bool zv_map_get(int64_t *out, const struct zv_map *map, struct zv_str key)
{
	const struct zv_map_slot *slot;

	if (map->n == 0)
		return false;
	slot = slot_of(map, key, zv_hash(key));
	if (slot->key.p == NULL)
		return false;
	*out = slot->value;
	return true;
}

void zv_map_put_int(struct zv_map *map, int64_t key, int64_t value)
{
	zv_map_put(map, (struct zv_str){(const char *)&key, sizeof(key)}, value);
}

bool zv_map_get_int(int64_t *out, const struct zv_map *map, int64_t key)
{
	return zv_map_get(out, map, (struct zv_str){(const char *)&key, sizeof(key)});
}
