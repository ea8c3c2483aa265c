/* A broken law ends the process, so that any fuzzing engine notices. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

void zv_fuzz_fail(const char *what, const char *file, int line)
{
	(void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}
