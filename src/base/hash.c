/* Both hashes are libsodium's. */
#include "base/hash.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"

/* Of the process, not of the thread: a map may be read by a thread that did not fill it. */
static unsigned char hash_key[crypto_shorthash_KEYBYTES];

static void draw_key(void)
{
	zv_random_bytes(hash_key, sizeof(hash_key));
}

uint64_t zv_hash(struct zv_str s)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t h;

	(void)pthread_once(&once, draw_key);
	(void)crypto_shorthash(out, (const unsigned char *)s.p, s.n, hash_key);
	memcpy(&h, out, sizeof(h));
	return h;
}

void zv_tag_hex(char out[ZV_TAG_HEX], struct zv_str s)
{
	unsigned char bytes[crypto_shorthash_siphashx24_BYTES];

	(void)zv_hash(ZV_STR("")); /* draws the key */
	(void)crypto_shorthash_siphashx24(bytes, (const unsigned char *)s.p, s.n, hash_key);
	(void)sodium_bin2hex(out, ZV_TAG_HEX, bytes, sizeof(bytes));
}

void zv_digest(unsigned char out[ZV_DIGEST_BYTES], struct zv_str s)
{
	(void)crypto_generichash(out, ZV_DIGEST_BYTES, (const unsigned char *)s.p, s.n, NULL, 0);
}

void zv_digest_hex(char out[ZV_DIGEST_HEX], struct zv_str s)
{
	unsigned char bytes[ZV_DIGEST_BYTES];

	zv_digest(bytes, s);
	(void)sodium_bin2hex(out, ZV_DIGEST_HEX, bytes, sizeof(bytes));
}

bool zv_digest_file(char out[ZV_DIGEST_HEX], const char *path)
{
	unsigned char bytes[ZV_DIGEST_BYTES];
	unsigned char piece[16384];
	crypto_generichash_state state;
	FILE *file = fopen(path, "rbe");
	size_t n;
	bool ok;

	if (file == NULL)
		return false;
	(void)crypto_generichash_init(&state, NULL, 0, ZV_DIGEST_BYTES);
	while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
		(void)crypto_generichash_update(&state, piece, n);
	ok = ferror(file) == 0;
	(void)fclose(file);
	if (!ok)
		return false;
	(void)crypto_generichash_final(&state, bytes, ZV_DIGEST_BYTES);
	(void)sodium_bin2hex(out, ZV_DIGEST_HEX, bytes, sizeof(bytes));
	return true;
}

int64_t zv_digest_key(struct zv_str s)
{
	unsigned char bytes[ZV_DIGEST_BYTES];
	uint64_t key = 0;

	zv_digest(bytes, s);
	for (int i = 0; i < 8; i++)
		key = key << 8 | bytes[i];
	return (int64_t)(key >> 1);
}
