/* Allocation or the end of the process, as in git, Valkey and Postfix. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_NO_MEMORY = 3 };

void zv_out_of_memory(size_t n)
{
	if (n > 0)
		(void)fprintf(stderr, "zveno: out of memory (%zu bytes asked)\n", n);
	else
		(void)fputs("zveno: out of memory\n", stderr);
	_Exit(EXIT_NO_MEMORY);
}

void *zv_alloc(size_t n)
{
	void *p = malloc(n > 0 ? n : 1);

	if (p == NULL)
		zv_out_of_memory(n);
	return p;
}

void *zv_calloc(size_t count, size_t size)
{
	void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (p == NULL)
		zv_out_of_memory(count);
	return p;
}

void *zv_realloc(void *p, size_t n)
{
	void *q = realloc(p, n > 0 ? n : 1);

	if (q == NULL)
		zv_out_of_memory(n);
	return q;
}

void *zv_reallocarray(void *p, size_t count, size_t size)
{
	size_t n;

	if (__builtin_mul_overflow(count, size, &n))
		zv_out_of_memory(SIZE_MAX);
	return zv_realloc(p, n);
}

char *zv_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(zv_alloc(n), s, n);
}
