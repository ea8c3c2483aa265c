/* Are two records one firm? A score, its reasons, and the fingerprint under which a person's answer is remembered. */
#ifndef ZV_MODEL_DUP_H
#define ZV_MODEL_DUP_H

#include "base/arena.h"
#include "base/hash.h"
#include "model/name.h"

/* What is compared; anything may be empty. Borrowed. */
struct zv_dup_record {
	struct zv_str name, region; /* region as ISO code */
	struct zv_str inn, kpp, ogrn;
	struct zv_str phone, site, address; /* site: URL, domain or e-mail address */
};

/* The record made comparable, in the arena given. */
struct zv_dup_key {
	struct zv_name name;
	struct zv_str region, inn, kpp, ogrn;
	struct zv_str phone;   /* the last ten digits */
	struct zv_str domain;  /* without www; empty for public mail services */
	struct zv_str address; /* folded words */
};

void zv_dup_key(struct zv_dup_key *out, const struct zv_dup_record *record, struct zv_arena *arena);

struct zv_dup_rules {
	int propose; /* from here on top of the queue */
	int review;  /* from here in the queue */
};

#define ZV_DUP_RULES ((struct zv_dup_rules){.propose = 900, .review = 600})

enum zv_dup_class { ZV_DUP_NONE, ZV_DUP_REVIEW, ZV_DUP_PROPOSE, ZV_DUP_CERTAIN };

struct zv_dup_result {
	int score; /* 0..1000; 1000 when the legal ids say so */
	enum zv_dup_class class;
	struct zv_str reasons; /* "same OGRN", "name 940 of 1000; same region; other INN": in the arena, the thread's language */
};

/* The same INN and KPP, or the same OGRN, is certain. Two different legal ids of the same kind keep the pair below `propose`. */
void zv_dup_score(struct zv_dup_result *out, const struct zv_dup_key *a, const struct zv_dup_key *b, struct zv_dup_rules rules,
		  struct zv_arena *arena);

enum { ZV_DUP_BLOCKS = 12 };

/* Keys such that two records worth a look share at least one ("inn:...", "name:..."): for finding candidates in a table. How many. */
size_t zv_dup_blocks(struct zv_str out[ZV_DUP_BLOCKS], const struct zv_dup_key *key, struct zv_arena *arena);

/* Digest of name, address and ids of both, in whichever order they come: when it changes, a remembered answer is asked again. */
void zv_dup_fingerprint(char out[ZV_DIGEST_HEX], const struct zv_dup_key *a, const struct zv_dup_key *b);

#endif
