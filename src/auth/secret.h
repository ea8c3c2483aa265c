/*
 * Secrets that the program makes itself: 256 bits from the system, given out once as text; kept is only the hash. Compared in a time
 * that does not depend on what is compared.
 */
#ifndef ZV_AUTH_SECRET_H
#define ZV_AUTH_SECRET_H

#include "base/hash.h"

enum { ZV_SECRET_BYTES = 32, ZV_SECRET_TEXT = 44 /* 43 characters of base64url and NUL */ };

void zv_secret_new(char out[ZV_SECRET_TEXT]);

/* True for 43 characters of base64url: all that is worth looking up. */
bool zv_secret_check(struct zv_str text);

/* What is stored: BLAKE2b-256 as hex. */
void zv_secret_hash(char out[ZV_DIGEST_HEX], struct zv_str text);

/* Equal length and bytes. */
bool zv_secret_equal(struct zv_str a, struct zv_str b);

/* Overwrites what held a secret. */
void zv_secret_forget(void *p, size_t n);

/* base64url without padding. `out` has room for 4 characters for every 3 bytes and a NUL. */
void zv_base64url(char *out, size_t room, const void *p, size_t n);
/* False when it is none or does not fit; *n tells how many bytes came out. */
bool zv_base64url_read(unsigned char *out, size_t room, size_t *n, struct zv_str text);

#endif
