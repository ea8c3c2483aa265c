/* A table of sets, each with a lock shared by several; the strings of an entry lie in one piece of memory. */
#include "auth/seen.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/session.h"

enum { SETS = 1024, WAYS = 8, LOCKS = 32, FRESH_US = 2000000, WRITE_MS = 60000 };

enum { TEXT_UID, TEXT_LOGIN, TEXT_NAME, TEXT_ACTOR, TEXT_SESSION, TEXTS };

struct entry {
	unsigned char digest[ZV_DIGEST_BYTES];
	bool used;
	uint64_t generation;
	int64_t loaded_us;
	int64_t seen_ms, stored_ms;
	struct zv_identity identity; /* its strings point into `text` */
	char *text;
	size_t n_text;
};

struct zv_seen {
	pthread_mutex_t locks[LOCKS];
	atomic_uint_fast64_t generation;
	atomic_uint_fast64_t changes; /* of the store, as of the last settling */
	struct entry entries[SETS * WAYS];
};

struct zv_seen *zv_seen_new(void)
{
	struct zv_seen *seen = zv_calloc(1, sizeof(*seen));

	for (int i = 0; i < LOCKS; i++)
		(void)pthread_mutex_init(&seen->locks[i], NULL);
	atomic_store(&seen->changes, zv_session_changes());
	return seen;
}

void zv_seen_free(struct zv_seen *seen)
{
	if (seen == NULL)
		return;
	for (size_t i = 0; i < ZV_LEN(seen->entries); i++)
		free(seen->entries[i].text);
	for (int i = 0; i < LOCKS; i++)
		(void)pthread_mutex_destroy(&seen->locks[i]);
	free(seen);
}

uint64_t zv_seen_generation(struct zv_seen *seen)
{
	return atomic_load(&seen->generation);
}

void zv_seen_settle(struct zv_seen *seen)
{
	uint64_t now = zv_session_changes();

	if (atomic_load(&seen->changes) == now)
		return;
	atomic_store(&seen->changes, now);
	(void)atomic_fetch_add(&seen->generation, 1);
}

/* Digests are as good as random: any of their bytes will do. */
static size_t set_of(const unsigned char digest[ZV_DIGEST_BYTES])
{
	return ((size_t)digest[0] << 8 | digest[1]) % SETS;
}

static struct entry *find(struct zv_seen *seen, size_t set, const unsigned char digest[ZV_DIGEST_BYTES])
{
	for (size_t i = 0; i < WAYS; i++) {
		struct entry *at = &seen->entries[set * WAYS + i];

		if (at->used && memcmp(at->digest, digest, ZV_DIGEST_BYTES) == 0)
			return at;
	}
	return NULL;
}

static struct zv_str *text_at(struct zv_identity *identity, int i)
{
	struct zv_str *const all[TEXTS] = {
		[TEXT_UID] = &identity->who.account_uid, [TEXT_LOGIN] = &identity->who.login,
		[TEXT_NAME] = &identity->who.name,       [TEXT_ACTOR] = &identity->who.actor,
		[TEXT_SESSION] = &identity->who.session_uid,
	};

	return all[i];
}

/* Lets the strings of an identity point into a copy of the memory that they pointed into. */
static void move_texts(struct zv_identity *identity, const char *to, const char *from)
{
	for (int i = 0; i < TEXTS; i++) {
		struct zv_str *s = text_at(identity, i);

		s->p = to + (s->p - from);
	}
}

bool zv_seen_get(struct zv_seen_entry *out, struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES], int64_t tick_us, struct zv_arena *arena)
{
	size_t set = set_of(digest);
	pthread_mutex_t *lock = &seen->locks[set % LOCKS];
	uint64_t generation = zv_seen_generation(seen);
	struct entry *at;
	bool fresh;

	(void)pthread_mutex_lock(lock);
	at = find(seen, set, digest);
	fresh = at != NULL && at->text != NULL && at->generation == generation && tick_us - at->loaded_us < FRESH_US;
	if (fresh) {
		char *text = zv_arena_alloc(arena, at->n_text + 1);

		memcpy(text, at->text, at->n_text);
		*out = (struct zv_seen_entry){.identity = at->identity, .seen_ms = at->seen_ms};
		move_texts(&out->identity, text, at->text);
	}
	(void)pthread_mutex_unlock(lock);
	return fresh;
}

int64_t zv_seen_last(struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES])
{
	size_t set = set_of(digest);
	pthread_mutex_t *lock = &seen->locks[set % LOCKS];
	struct entry *at;
	int64_t last;

	(void)pthread_mutex_lock(lock);
	at = find(seen, set, digest);
	last = at != NULL ? at->seen_ms : 0;
	(void)pthread_mutex_unlock(lock);
	return last;
}

/* A free place, or that of the entry read longest ago. */
static struct entry *place_in(struct zv_seen *seen, size_t set)
{
	struct entry *oldest = &seen->entries[set * WAYS];

	for (size_t i = 0; i < WAYS; i++) {
		struct entry *at = &seen->entries[set * WAYS + i];

		if (!at->used)
			return at;
		if (at->loaded_us < oldest->loaded_us)
			oldest = at;
	}
	return oldest;
}

static void copy_identity(struct entry *at, const struct zv_identity *identity)
{
	struct zv_identity copy = *identity;
	size_t n = 0;

	for (int i = 0; i < TEXTS; i++)
		n += text_at(&copy, i)->n;
	free(at->text);
	at->text = zv_alloc(n + 1);
	at->n_text = n;
	n = 0;
	for (int i = 0; i < TEXTS; i++) {
		struct zv_str *s = text_at(&copy, i);

		if (s->n > 0)
			memcpy(at->text + n, s->p, s->n);
		s->p = at->text + n;
		n += s->n;
	}
	copy.session = ZV_STR("");
	copy.who.address = ZV_STR("");
	at->identity = copy;
}

void zv_seen_put(struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES], const struct zv_seen_entry *entry, int64_t stored_ms,
		 uint64_t generation, int64_t tick_us)
{
	size_t set = set_of(digest);
	pthread_mutex_t *lock = &seen->locks[set % LOCKS];
	struct entry *at;

	(void)pthread_mutex_lock(lock);
	at = find(seen, set, digest);
	if (at == NULL) {
		at = place_in(seen, set);
		at->used = true;
		memcpy(at->digest, digest, ZV_DIGEST_BYTES);
		at->seen_ms = 0;
		at->stored_ms = 0;
	}
	if (entry->seen_ms > at->seen_ms)
		at->seen_ms = entry->seen_ms;
	if (stored_ms > at->stored_ms)
		at->stored_ms = stored_ms;
	at->generation = generation;
	at->loaded_us = tick_us;
	copy_identity(at, &entry->identity);
	(void)pthread_mutex_unlock(lock);
}

void zv_seen_use(struct zv_seen *seen, const unsigned char digest[ZV_DIGEST_BYTES], int64_t now_ms)
{
	size_t set = set_of(digest);
	pthread_mutex_t *lock = &seen->locks[set % LOCKS];
	struct entry *at;

	(void)pthread_mutex_lock(lock);
	at = find(seen, set, digest);
	if (at != NULL && now_ms > at->seen_ms)
		at->seen_ms = now_ms;
	(void)pthread_mutex_unlock(lock);
}

static void hex(char out[ZV_DIGEST_HEX], const unsigned char digest[ZV_DIGEST_BYTES])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < ZV_DIGEST_BYTES; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[ZV_DIGEST_HEX - 1] = '\0';
}

size_t zv_seen_due(struct zv_session_seen *out, size_t max, struct zv_seen *seen)
{
	size_t n = 0;

	for (size_t set = 0; set < SETS && n < max; set++) {
		pthread_mutex_t *lock = &seen->locks[set % LOCKS];

		(void)pthread_mutex_lock(lock);
		for (size_t i = 0; i < WAYS && n < max; i++) {
			struct entry *at = &seen->entries[set * WAYS + i];

			if (!at->used || at->seen_ms - at->stored_ms < WRITE_MS)
				continue;
			hex(out[n].hash, at->digest);
			out[n++].seen_ms = at->seen_ms;
			at->stored_ms = at->seen_ms;
		}
		(void)pthread_mutex_unlock(lock);
	}
	return n;
}
