/* Memory with one lifetime: a request, an import row, a solve. Everything goes at once. */
#ifndef ZV_BASE_ARENA_H
#define ZV_BASE_ARENA_H

#include "base/str.h"

struct zv_arena_block;

struct zv_arena {
	struct zv_arena_block *head; /* newest first */
	size_t used;                 /* bytes given out of the newest block */
	size_t total;                /* bytes of all blocks */
};

void zv_arena_init(struct zv_arena *arena);

/* Frees everything. The arena is as after init. */
void zv_arena_done(struct zv_arena *arena);

/* Forgets everything but keeps one block, so that a loop over rows allocates nothing. */
void zv_arena_reset(struct zv_arena *arena);

/* Aligned for any type, not cleared. */
void *zv_arena_alloc(struct zv_arena *arena, size_t n);
void *zv_arena_calloc(struct zv_arena *arena, size_t count, size_t size);

#define ZV_ARENA_NEW(arena, type) ((type *)zv_arena_calloc((arena), 1, sizeof(type)))
#define ZV_ARENA_ARRAY(arena, type, count) ((type *)zv_arena_calloc((arena), (count), sizeof(type)))

/* A copy that lives as long as the arena; followed by a NUL that does not count. */
struct zv_str zv_str_dup(struct zv_arena *arena, struct zv_str s);

/* printf into the arena. */
struct zv_str zv_arena_strf(struct zv_arena *arena, const char *format, ...) ZV_PRINTF(2, 3);

#endif
