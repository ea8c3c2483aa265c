/* SHA-1 (FIPS 180-4) and HMAC (RFC 2104) over it. For the second factor alone (RFC 6238): libsodium has none, and nothing else should use it. */
#ifndef ZV_AUTH_SHA1_H
#define ZV_AUTH_SHA1_H

#include "base/base.h"

enum { ZV_SHA1_BYTES = 20 };

void zv_sha1(unsigned char out[ZV_SHA1_BYTES], const void *p, size_t n);
void zv_hmac_sha1(unsigned char out[ZV_SHA1_BYTES], const unsigned char *key, size_t key_n, const void *p, size_t n);

#endif
