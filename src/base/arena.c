/* A list of growing blocks; a bump pointer in the newest. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Under AddressSanitizer a guard follows every piece, and what was given back may not be touched. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
enum { GUARD = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
enum { GUARD = 0 };
#endif

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, ALIGN = 16 };

struct zv_arena_block {
	struct zv_arena_block *next;
	size_t size;
	_Alignas(ALIGN) unsigned char bytes[];
};

void zv_arena_init(struct zv_arena *arena)
{
	*arena = (struct zv_arena){0};
}

static void free_blocks(struct zv_arena_block *block)
{
	while (block != NULL) {
		struct zv_arena_block *next = block->next;

		free(block);
		block = next;
	}
}

void zv_arena_done(struct zv_arena *arena)
{
	free_blocks(arena->head);
	zv_arena_init(arena);
}

void zv_arena_reset(struct zv_arena *arena)
{
	if (arena->head == NULL)
		return;
	free_blocks(arena->head->next);
	arena->head->next = NULL;
	arena->used = 0;
	arena->total = arena->head->size;
	ASAN_POISON_MEMORY_REGION(arena->head->bytes, arena->head->size);
}

static void add_block(struct zv_arena *arena, size_t at_least)
{
	size_t size = arena->head != NULL ? arena->head->size * 2 : FIRST_BLOCK;
	struct zv_arena_block *block;

	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < at_least)
		size = at_least;
	block = zv_alloc(sizeof(*block) + size);
	block->next = arena->head;
	block->size = size;
	arena->head = block;
	arena->used = 0;
	arena->total += size;
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
}

void *zv_arena_alloc(struct zv_arena *arena, size_t n)
{
	size_t rounded;
	void *p;

	if (n > SIZE_MAX / 2)
		return zv_alloc(n); /* ends the process */
	rounded = (n + GUARD + ALIGN - 1) / ALIGN * ALIGN;
	if (arena->head == NULL || arena->head->size - arena->used < rounded)
		add_block(arena, rounded);
	p = arena->head->bytes + arena->used;
	arena->used += rounded;
	ASAN_UNPOISON_MEMORY_REGION(p, n);
	return p;
}

void *zv_arena_calloc(struct zv_arena *arena, size_t count, size_t size)
{
	size_t n;
	void *p;

	if (__builtin_mul_overflow(count, size, &n))
		n = SIZE_MAX;
	p = zv_arena_alloc(arena, n);
	return memset(p, 0, n);
}

struct zv_str zv_str_dup(struct zv_arena *arena, struct zv_str s)
{
	char *p = zv_arena_alloc(arena, s.n + 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct zv_str){p, s.n};
}

struct zv_str zv_arena_strf(struct zv_arena *arena, const char *format, ...)
{
	va_list args;
	char *p;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return (struct zv_str){"", 0};
	p = zv_arena_alloc(arena, (size_t)n + 1);
	va_start(args, format);
	(void)vsnprintf(p, (size_t)n + 1, format, args);
	va_end(args);
	return (struct zv_str){p, (size_t)n};
}
