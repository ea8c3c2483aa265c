/* Each text becomes 1,024 numbers: its BLAKE2b-256 is the key of a ChaCha20 stream (libsodium's, with what vectors the machine has). */
#include "base/multiset.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

enum { BYTES = ZV_MULTISET_LANES * 2 };

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the sums are stored low byte first");

/* Chooses the stream that this processor does fastest; without it the slowest one works. */
static void choose(void)
{
	if (sodium_init() < 0)
		abort();
}

static_assert(crypto_stream_chacha20_KEYBYTES == ZV_DIGEST_BYTES, "a digest is a key");

static void expand(uint16_t out[ZV_MULTISET_LANES], struct zv_str text)
{
	static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	unsigned char key[crypto_stream_chacha20_KEYBYTES];

	(void)pthread_once(&once, choose);
	zv_digest(key, text);
	(void)crypto_stream_chacha20((unsigned char *)out, BYTES, nonce, key);
}

void zv_multiset_add(struct zv_multiset *set, struct zv_str text)
{
	uint16_t lanes[ZV_MULTISET_LANES];

	expand(lanes, text);
	for (int i = 0; i < ZV_MULTISET_LANES; i++)
		set->lanes[i] = (uint16_t)(set->lanes[i] + lanes[i]);
}

void zv_multiset_take(struct zv_multiset *set, struct zv_str text)
{
	uint16_t lanes[ZV_MULTISET_LANES];

	expand(lanes, text);
	for (int i = 0; i < ZV_MULTISET_LANES; i++)
		set->lanes[i] = (uint16_t)(set->lanes[i] - lanes[i]);
}

void zv_multiset_digest(char out[ZV_DIGEST_HEX], const struct zv_multiset *set)
{
	zv_digest_hex(out, (struct zv_str){(const char *)set->lanes, BYTES});
}

void zv_multiset_format(char out[ZV_MULTISET_HEX], const struct zv_multiset *set)
{
	(void)sodium_bin2hex(out, ZV_MULTISET_HEX, (const unsigned char *)set->lanes, BYTES);
}

bool zv_multiset_parse(struct zv_multiset *out, struct zv_str hex)
{
	size_t n = 0;
	const char *end = NULL;

	return hex.n == ZV_MULTISET_HEX - 1 &&
	       sodium_hex2bin((unsigned char *)out->lanes, BYTES, hex.p, hex.n, NULL, &n, &end) == 0 && n == BYTES && end == hex.p + hex.n;
}
