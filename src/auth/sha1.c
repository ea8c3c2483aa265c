/* SHA-1 after FIPS 180-4, section 6.1: messages of a few bytes, so plain rather than fast. */
#include "auth/sha1.h"

#include <string.h>

enum { BLOCK = 64 };

struct sha1 {
	uint32_t h[5];
	uint64_t total;
	unsigned char rest[BLOCK];
	size_t n_rest;
};

static uint32_t rotl(uint32_t x, int k)
{
	return x << k | x >> (32 - k);
}

static uint32_t mix(int t, uint32_t b, uint32_t c, uint32_t d)
{
	if (t < 20)
		return ((b & c) | (~b & d)) + 0x5a827999u;
	if (t < 40)
		return (b ^ c ^ d) + 0x6ed9eba1u;
	if (t < 60)
		return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
	return (b ^ c ^ d) + 0xca62c1d6u;
}

static void block(struct sha1 *s, const unsigned char *p)
{
	uint32_t w[80];
	uint32_t v[5];

	for (int t = 0; t < 16; t++)
		w[t] = (uint32_t)p[4 * t] << 24 | (uint32_t)p[4 * t + 1] << 16 | (uint32_t)p[4 * t + 2] << 8 | p[4 * t + 3];
	for (int t = 16; t < 80; t++)
		w[t] = rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
	memcpy(v, s->h, sizeof(v));
	for (int t = 0; t < 80; t++) {
		uint32_t sum = rotl(v[0], 5) + mix(t, v[1], v[2], v[3]) + v[4] + w[t];

		v[4] = v[3];
		v[3] = v[2];
		v[2] = rotl(v[1], 30);
		v[1] = v[0];
		v[0] = sum;
	}
	for (int i = 0; i < 5; i++)
		s->h[i] += v[i];
}

static void start(struct sha1 *s)
{
	*s = (struct sha1){.h = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u}};
}

static void add(struct sha1 *s, const void *p, size_t n)
{
	const unsigned char *at = p;

	s->total += n;
	for (; n > 0; n--) {
		s->rest[s->n_rest++] = *at++;
		if (s->n_rest == BLOCK) {
			block(s, s->rest);
			s->n_rest = 0;
		}
	}
}

static void end(unsigned char out[ZV_SHA1_BYTES], struct sha1 *s)
{
	uint64_t bits = s->total * 8;
	unsigned char length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (unsigned char)(bits >> (56 - 8 * i));
	add(s, "\x80", 1);
	while (s->n_rest != BLOCK - sizeof(length))
		add(s, "", 1);
	add(s, length, sizeof(length));
	for (int i = 0; i < ZV_SHA1_BYTES; i++)
		out[i] = (unsigned char)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}

void zv_sha1(unsigned char out[ZV_SHA1_BYTES], const void *p, size_t n)
{
	struct sha1 s;

	start(&s);
	add(&s, p, n);
	end(out, &s);
}

void zv_hmac_sha1(unsigned char out[ZV_SHA1_BYTES], const unsigned char *key, size_t key_n, const void *p, size_t n)
{
	unsigned char pad[BLOCK] = {0};
	unsigned char inner[ZV_SHA1_BYTES];
	struct sha1 s;

	if (key_n > BLOCK)
		zv_sha1(pad, key, key_n);
	else
		memcpy(pad, key, key_n);
	for (int i = 0; i < BLOCK; i++)
		pad[i] ^= 0x36;
	start(&s);
	add(&s, pad, sizeof(pad));
	add(&s, p, n);
	end(inner, &s);
	for (int i = 0; i < BLOCK; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	start(&s);
	add(&s, pad, sizeof(pad));
	add(&s, inner, sizeof(inner));
	end(out, &s);
}
