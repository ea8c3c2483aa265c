/* Memory that cannot be had ends the process: what a user can make large is capped before (ZV_E_LIMIT). */
#ifndef ZV_BASE_MEM_H
#define ZV_BASE_MEM_H

#include "base/base.h"

/* Never NULL. The caller frees with free(). */
void *zv_alloc(size_t n);
void *zv_calloc(size_t count, size_t size);
void *zv_realloc(void *p, size_t n);
void *zv_reallocarray(void *p, size_t count, size_t size);
char *zv_strdup(const char *s);

/* The end of the process as all of the above have it: for libraries that ask for memory themselves. 0: they do not say how much. */
ZV_NORETURN void zv_out_of_memory(size_t n);

#endif
