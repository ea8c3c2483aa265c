/*
 * Sessions and tokens seen lately, in memory: who they are, and when each session was last used. Of fixed size; an entry is good for two seconds and
 * while nothing changed. Any thread. Inside auth only.
 */
#ifndef ZV_AUTH_SEEN_H
#define ZV_AUTH_SEEN_H

#include "auth/auth.h"

struct zv_seen;

struct zv_seen *zv_seen_new(void);
void zv_seen_free(struct zv_seen *seen);

/* What is remembered of a session or token. */
struct zv_seen_entry {
	struct zv_identity identity; /* `session` and who.address are not part of it */
	int64_t seen_ms;             /* of a session: its last use, by the wall clock; 0 for a token */
};

/* The number that an entry put now would carry: to be asked before the store is read. */
uint64_t zv_seen_generation(struct zv_seen *seen);

/* True when it is known and fresh; strings are copied into `arena`. */
bool zv_seen_get(struct zv_seen_entry *out, struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES], int64_t tick_us, struct zv_arena *arena);

/* The last use of a session as far as it is remembered at all, even when the entry is not fresh; 0 otherwise. */
int64_t zv_seen_last(struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES]);

/* Remembers what was read under `generation`. `stored_ms` is the last use that the store knows of. */
void zv_seen_put(struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES], const struct zv_seen_entry *entry, int64_t stored_ms,
		 uint64_t generation, int64_t tick_us);

/* A session was used. */
void zv_seen_use(struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES], int64_t now_ms);

/* Forgets who everybody is (not when sessions were used) if anything changed since the last time. */
void zv_seen_settle(struct zv_seen *seen);

size_t zv_seen_due(struct zv_session_seen *out, size_t max, struct zv_seen *seen);

#endif
