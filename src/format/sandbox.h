/* The cage of the child that parses (security.md T39). */
#ifndef ZV_FORMAT_SANDBOX_H
#define ZV_FORMAT_SANDBOX_H

#include <stdbool.h>

enum { ZV_SANDBOX_IN = 0, ZV_SANDBOX_OUT = 1 };

/*
 * For a child just forked: `in` becomes descriptor 0 and `out` descriptor 1, all others are closed; then limits on memory,
 * processor time (cpu_s) and files, no new privileges, and a filter that allows reading 0, writing 1, memory and the end. Any
 * other system call kills. False when a part of the cage cannot be built; the child must then end.
 */
bool zv_sandbox_enter(int in, int out, int cpu_s);

#endif
