/* A chained hash table of block keys. Keys that very many share (a district's phone exchange) say little and are cut off. */
#include "app/dup_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

enum { BUCKETS_FIRST = 1 << 12, CHAIN_MAX = 400, KEYS_KEPT = 20000, FORGOTTEN = -1 };

struct post {
	uint32_t hash; /* its upper half; the lower half chose the bucket */
	uint32_t org;  /* index in ids */
	uint32_t next; /* index in posts, plus 1 */
};

struct zv_dup_index {
	uint32_t *heads; /* index in posts, plus 1 */
	size_t buckets;
	ZV_VEC(struct post) posts;
	ZV_VEC(uint32_t) lows; /* lower halves, for growing */
	ZV_VEC(int64_t) ids;

	/* Comparable forms by id: making one costs more than comparing it. Begun anew when there are too many. */
	struct zv_map known;
	ZV_VEC(struct zv_dup_key) keys;
	struct zv_arena key_arena;
};

struct fill {
	struct zv_dup_index *index;
	struct zv_arena arena;
};

static struct zv_str text_of(const struct zv_record *org, const char *column)
{
	const struct zv_register *reg = zv_register_find("org");
	const struct zv_value *value = &org->values[zv_register_column(reg, column)];

	return value->null ? ZV_STR("") : value->s;
}

void zv_dup_key_of(struct zv_dup_key *out, const struct zv_record *org, struct zv_arena *arena)
{
	struct zv_dup_record record = {
		.name = text_of(org, "name"),
		.region = text_of(org, "region"),
		.inn = text_of(org, "inn"),
		.kpp = text_of(org, "kpp"),
		.ogrn = text_of(org, "ogrn"),
		.phone = text_of(org, "phone"),
		.site = text_of(org, "site"),
		.address = text_of(org, "address"),
	};

	zv_dup_key(out, &record, arena);
}

static void keys_init(struct zv_dup_index *index)
{
	zv_map_init(&index->known);
	zv_arena_init(&index->key_arena);
	index->keys.n = 0;
}

static void keys_done(struct zv_dup_index *index)
{
	zv_map_done(&index->known);
	zv_arena_done(&index->key_arena);
}

enum zv_code zv_dup_index_key(const struct zv_dup_key **out, struct zv_dup_index *index, struct zv_db *db, int64_t org_id, struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_record record;
	struct zv_dup_key key;
	int64_t at;
	enum zv_code code;

	if (zv_map_get_int(&at, &index->known, org_id) && at != FORGOTTEN) {
		*out = &index->keys.p[at];
		return ZV_OK;
	}
	if (index->keys.n >= KEYS_KEPT) {
		keys_done(index);
		keys_init(index);
	}
	zv_arena_init(&arena);
	code = zv_record_by_id(&record, db, zv_register_find("org"), org_id, &arena, err);
	if (code == ZV_OK) {
		zv_dup_key_of(&key, &record, &index->key_arena);
		zv_map_put_int(&index->known, org_id, (int64_t)index->keys.n);
		zv_vec_push(&index->keys, key);
		*out = &index->keys.p[index->keys.n - 1];
	}
	zv_arena_done(&arena);
	return code;
}

void zv_dup_index_forget(struct zv_dup_index *index, int64_t org_id)
{
	zv_map_put_int(&index->known, org_id, FORGOTTEN);
}

static void link_post(struct zv_dup_index *index, size_t at)
{
	uint32_t *head = &index->heads[index->lows.p[at] & (index->buckets - 1)];

	index->posts.p[at].next = *head;
	*head = (uint32_t)at + 1;
}

static void grow(struct zv_dup_index *index)
{
	index->buckets *= 2;
	free(index->heads);
	index->heads = zv_calloc(index->buckets, sizeof(*index->heads));
	for (size_t i = 0; i < index->posts.n; i++)
		link_post(index, i);
}

void zv_dup_index_add(struct zv_dup_index *index, const struct zv_record *org, struct zv_arena *arena)
{
	struct zv_str blocks[ZV_DUP_BLOCKS];
	struct zv_dup_key key;
	size_t n;

	zv_dup_key_of(&key, org, arena);
	n = zv_dup_blocks(blocks, &key, arena);
	zv_vec_push(&index->ids, org->id);
	for (size_t i = 0; i < n; i++) {
		uint64_t hash = zv_hash(blocks[i]);
		struct post post = { .hash = (uint32_t)(hash >> 32), .org = (uint32_t)(index->ids.n - 1) };

		if (index->posts.n >= index->buckets)
			grow(index);
		zv_vec_push(&index->posts, post);
		zv_vec_push(&index->lows, (uint32_t)hash);
		link_post(index, index->posts.n - 1);
	}
}

static bool fill_one(void *context, const struct zv_record *record)
{
	struct fill *fill = context;

	zv_dup_index_add(fill->index, record, &fill->arena);
	zv_arena_reset(&fill->arena);
	return true;
}

enum zv_code zv_dup_index_new(struct zv_dup_index **out, struct zv_db *db, struct zv_err *err)
{
	struct fill fill = { .index = zv_calloc(1, sizeof(*fill.index)) };
	enum zv_code code;

	fill.index->buckets = BUCKETS_FIRST;
	fill.index->heads = zv_calloc(fill.index->buckets, sizeof(*fill.index->heads));
	keys_init(fill.index);
	zv_arena_init(&fill.arena);
	code = zv_record_each(db, zv_register_find("org"), 0, INT64_MAX, fill_one, &fill, err);
	zv_arena_done(&fill.arena);
	if (code != ZV_OK) {
		zv_dup_index_free(fill.index);
		return code;
	}
	*out = fill.index;
	return ZV_OK;
}

void zv_dup_index_free(struct zv_dup_index *index)
{
	if (index == NULL)
		return;
	free(index->heads);
	zv_vec_done(&index->posts);
	zv_vec_done(&index->lows);
	zv_vec_done(&index->ids);
	zv_vec_done(&index->keys);
	keys_done(index);
	free(index);
}

struct hit {
	uint32_t org;
	uint32_t shared;
};

static int by_org(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return (x->org > y->org) - (x->org < y->org);
}

static int by_shared(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->shared != y->shared)
		return x->shared < y->shared ? 1 : -1;
	return by_org(a, b);
}

size_t zv_dup_index_find(int64_t out[ZV_DUP_CANDIDATES], const struct zv_dup_index *index, const struct zv_dup_key *key,
			 struct zv_arena *arena)
{
	struct zv_str blocks[ZV_DUP_BLOCKS];
	size_t n = zv_dup_blocks(blocks, key, arena);
	struct hit *hits = ZV_ARENA_ARRAY(arena, struct hit, n * CHAIN_MAX + 1);
	size_t n_hits = 0, kept = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t hash = zv_hash(blocks[i]);
		int left = CHAIN_MAX;

		for (uint32_t at = index->heads[(uint32_t)hash & (index->buckets - 1)]; at != 0 && left > 0; at = index->posts.p[at - 1].next) {
			if (index->posts.p[at - 1].hash != (uint32_t)(hash >> 32))
				continue;
			hits[n_hits++] = (struct hit){ .org = index->posts.p[at - 1].org, .shared = 1 };
			left--;
		}
	}
	qsort(hits, n_hits, sizeof(*hits), by_org);
	for (size_t i = 0; i < n_hits; i++) {
		if (kept > 0 && hits[kept - 1].org == hits[i].org)
			hits[kept - 1].shared++;
		else
			hits[kept++] = hits[i];
	}
	qsort(hits, kept, sizeof(*hits), by_shared);
	if (kept > ZV_DUP_CANDIDATES)
		kept = ZV_DUP_CANDIDATES;
	for (size_t i = 0; i < kept; i++)
		out[i] = index->ids.p[hits[i].org];
	return kept;
}
