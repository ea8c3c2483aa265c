/* Hashes: a seeded one for tables that strangers fill, and a digest for checksums. */
#ifndef ZV_BASE_HASH_H
#define ZV_BASE_HASH_H

#include "base/buf.h"

/* SipHash-2-4 under a key drawn once a process: strangers cannot make collisions. Not stable between runs. */
uint64_t zv_hash(struct zv_str s);

/*
 * 128 bits as text, of this run of the process alone and not fit for keeping: for ETags, three times as fast as a digest. Whoever does not know the key of
 * the process finds no two texts with the same one.
 */
enum { ZV_TAG_HEX = 33 };
void zv_tag_hex(char out[ZV_TAG_HEX], struct zv_str s);

/* BLAKE2b-256. Stable; for checksums of migrations, files and rows. */
enum { ZV_DIGEST_BYTES = 32, ZV_DIGEST_HEX = 65 };
void zv_digest(unsigned char out[ZV_DIGEST_BYTES], struct zv_str s);
void zv_digest_hex(char out[ZV_DIGEST_HEX], struct zv_str s); /* NUL-ended */

/* The same of all bytes of a file, read in pieces; false when it cannot be read (errno says why). */
bool zv_digest_file(char out[ZV_DIGEST_HEX], const char *path);

/* The first 63 bits of the digest: a stable non-negative key. */
int64_t zv_digest_key(struct zv_str s);

#endif
