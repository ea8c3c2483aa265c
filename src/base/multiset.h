/*
 * A digest of a set of texts that does not depend on their order, to which one is added and from which one is taken in the same short
 * time whatever the size of the set (LtHash: 1,024 sums of 16 bits; finding two sets with the same sums is a lattice problem of about
 * 200 bits). A text may be there several times, up to 65,535.
 */
#ifndef ZV_BASE_MULTISET_H
#define ZV_BASE_MULTISET_H

#include "base/hash.h"

enum { ZV_MULTISET_LANES = 1024, ZV_MULTISET_HEX = ZV_MULTISET_LANES * 4 + 1 };

struct zv_multiset {
	uint16_t lanes[ZV_MULTISET_LANES]; /* all zero: nothing is in it */
};

void zv_multiset_add(struct zv_multiset *set, struct zv_str text);
void zv_multiset_take(struct zv_multiset *set, struct zv_str text);

/* BLAKE2b-256 of the sums. */
void zv_multiset_digest(char out[ZV_DIGEST_HEX], const struct zv_multiset *set);

/* The sums as hexadecimal digits, low byte first, and back; false when it is something else. */
void zv_multiset_format(char out[ZV_MULTISET_HEX], const struct zv_multiset *set);
bool zv_multiset_parse(struct zv_multiset *out, struct zv_str hex);

#endif
