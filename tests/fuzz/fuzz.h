/*
 * What a fuzz target gives: one function that must never crash, leak, hang or break its own checks, and seeds. The same file
 * is linked with driver.c for a deterministic test of a fixed number of executions, and with libFuzzer by bench/fuzz.sh.
 */
#ifndef ZV_FUZZ_H
#define ZV_FUZZ_H

#include <stdint.h>

#include "base/str.h"

/* One execution. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* Well-formed inputs to start from, ended by one with p == NULL. Made at the first call. */
const struct zv_str *zv_fuzz_seeds(void);

/* Words worth inserting, ended by NULL. */
extern const char *const zv_fuzz_words[];

/* Ends the process with a message when a law of the target does not hold. */
#define ZV_FUZZ_CHECK(holds) ((holds) ? (void)0 : zv_fuzz_fail(#holds, __FILE__, __LINE__))
ZV_NORETURN void zv_fuzz_fail(const char *what, const char *file, int line);

#endif
