/* Secrets by libsodium: random bits, base64url, comparison in constant time. */
#include "auth/secret.h"

#include <sodium.h>
#include <string.h>

#include "base/rng.h"

void zv_secret_new(char out[ZV_SECRET_TEXT])
{
	unsigned char bytes[ZV_SECRET_BYTES];

	zv_random_bytes(bytes, sizeof(bytes));
	zv_base64url(out, ZV_SECRET_TEXT, bytes, sizeof(bytes));
	zv_secret_forget(bytes, sizeof(bytes));
}

bool zv_secret_check(struct zv_str text)
{
	if (text.n != ZV_SECRET_TEXT - 1)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || zv_is_digit(c) || c == '-' || c == '_'))
			return false;
	}
	return true;
}

void zv_secret_hash(char out[ZV_DIGEST_HEX], struct zv_str text)
{
	zv_digest_hex(out, text);
}

bool zv_secret_equal(struct zv_str a, struct zv_str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

void zv_secret_forget(void *p, size_t n)
{
	sodium_memzero(p, n);
}

void zv_base64url(char *out, size_t room, const void *p, size_t n)
{
	assert(room >= sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
	(void)sodium_bin2base64(out, room, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool zv_base64url_read(unsigned char *out, size_t room, size_t *n, struct zv_str text)
{
	const char *end = NULL;

	if (text.n == 0) {
		*n = 0;
		return true;
	}
	return sodium_base642bin(out, room, text.p, text.n, NULL, n, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       end == text.p + text.n;
}
