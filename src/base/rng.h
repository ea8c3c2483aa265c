/* Random numbers: repeatable ones for tests, benchmarks and generators; unguessable ones for ids. */
#ifndef ZV_BASE_RNG_H
#define ZV_BASE_RNG_H

#include "base/str.h"

struct zv_rng {
	uint64_t s[4];
};

/* xoshiro256** seeded by splitmix64: the same seed gives the same numbers on every machine. */
void zv_rng_init(struct zv_rng *rng, uint64_t seed);
uint64_t zv_rng_next(struct zv_rng *rng);

/* Even over [0, n), n > 0; and over [lo, hi]. */
uint64_t zv_rng_below(struct zv_rng *rng, uint64_t n);
int64_t zv_rng_range(struct zv_rng *rng, int64_t lo, int64_t hi);

/* From the system, for secrets and ids. */
void zv_random_bytes(void *out, size_t n);

enum { ZV_UID_TEXT = 40 };

/* "need_" and 26 characters of Crockford's base 32 over 128 random bits, NUL-ended. `kind` has at most 8 letters. */
void zv_uid_new(char out[ZV_UID_TEXT], const char *kind);

/* True when the text is `kind`, an underscore and 26 such characters. */
bool zv_uid_check(struct zv_str uid, const char *kind);

#endif
