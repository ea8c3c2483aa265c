/* xoshiro256** 1.0 and splitmix64 by Blackman and Vigna (public domain algorithms, prng.di.unimi.it). */
#include "base/rng.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t rotl(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

void zv_rng_init(struct zv_rng *rng, uint64_t seed)
{
	for (int i = 0; i < 4; i++) {
		uint64_t z = seed += 0x9e3779b97f4a7c15u;

		z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
		z = (z ^ z >> 27) * 0x94d049bb133111ebu;
		rng->s[i] = z ^ z >> 31;
	}
}

uint64_t zv_rng_next(struct zv_rng *rng)
{
	uint64_t *s = rng->s;
	uint64_t result = rotl(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return result;
}

uint64_t zv_rng_below(struct zv_rng *rng, uint64_t n)
{
	uint64_t reject = (0 - n) % n; /* 2^64 mod n */
	uint64_t x;

	do {
		x = zv_rng_next(rng);
	} while (x < reject);
	return x % n;
}

int64_t zv_rng_range(struct zv_rng *rng, int64_t lo, int64_t hi)
{
	uint64_t span = (uint64_t)hi - (uint64_t)lo + 1;

	return (int64_t)((uint64_t)lo + (span == 0 ? zv_rng_next(rng) : zv_rng_below(rng, span)));
}

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

enum { UID_BYTES = 16, UID_CHARS = 26, POOL = 256 };

static _Thread_local size_t pool_left;

static void forget_pool(void)
{
	pool_left = 0;
}

static void start(void)
{
	if (sodium_init() < 0)
		abort();
	/* A child must not give out the ids that its parent gives out too. */
	(void)pthread_atfork(NULL, NULL, forget_pool);
}

void zv_random_bytes(void *out, size_t n)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)pthread_once(&once, start);
	randombytes_buf(out, n);
}

/* 16 bytes out of a pool filled by one system call for many ids. */
static void take_random(unsigned char out[UID_BYTES])
{
	static _Thread_local unsigned char pool[UID_BYTES * POOL];

	if (pool_left == 0) {
		zv_random_bytes(pool, sizeof(pool));
		pool_left = POOL;
	}
	pool_left--;
	memcpy(out, pool + pool_left * UID_BYTES, UID_BYTES);
}

void zv_uid_new(char out[ZV_UID_TEXT], const char *kind)
{
	unsigned char bytes[UID_BYTES];
	unsigned bits = 0;
	unsigned have = 0;
	int at = snprintf(out, ZV_UID_TEXT, "%.8s_", kind);

	take_random(bytes);
	for (size_t i = 0; i < UID_BYTES; i++) {
		bits = (bits << 8 | bytes[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			out[at++] = alphabet[bits >> (have - 5) & 31];
	}
	out[at++] = alphabet[bits << (5 - have) & 31];
	out[at] = '\0';
}

bool zv_uid_check(struct zv_str uid, const char *kind)
{
	struct zv_str prefix = zv_str_c(kind);

	if (uid.n != prefix.n + 1 + UID_CHARS || !zv_str_starts(uid, prefix) || uid.p[prefix.n] != '_')
		return false;
	for (size_t i = prefix.n + 1; i < uid.n; i++) {
		if (memchr(alphabet, uid.p[i], sizeof(alphabet) - 1) == NULL)
			return false;
	}
	return true;
}
