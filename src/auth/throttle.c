/* Three tables of counters: pairs of name and address, addresses, names. */
#include "auth/throttle.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "net/limit.h"

enum {
	WAYS = 8,
	PAIR_SETS = 2048,
	OTHER_SETS = 512,
	PAIR_FREE = 5,
	PAIR_MAX_S = 900,
	PAIR_FORGET_MS = 30 * 60 * 1000,
	ADDRESS_FREE = 30,
	ADDRESS_REFILL_MS = 2000,
	NAME_FREE = 20,
	NAME_FORGET_MS = 60 * 60 * 1000
};

struct counter {
	uint64_t key; /* 0: free */
	int64_t last_ms;
	int64_t since_ms;
	int32_t count; /* guesses charged; of an address, how many of its free ones are used */
};

struct table {
	struct counter *counters;
	size_t sets;
};

struct zv_throttle {
	pthread_mutex_t lock;
	struct table pairs, addresses, names;
};

struct zv_throttle *zv_throttle_new(void)
{
	struct zv_throttle *throttle = zv_calloc(1, sizeof(*throttle));

	(void)pthread_mutex_init(&throttle->lock, NULL);
	throttle->pairs = (struct table){zv_calloc((size_t)PAIR_SETS * WAYS, sizeof(struct counter)), PAIR_SETS};
	throttle->addresses = (struct table){zv_calloc((size_t)OTHER_SETS * WAYS, sizeof(struct counter)), OTHER_SETS};
	throttle->names = (struct table){zv_calloc((size_t)OTHER_SETS * WAYS, sizeof(struct counter)), OTHER_SETS};
	return throttle;
}

void zv_throttle_free(struct zv_throttle *throttle)
{
	if (throttle == NULL)
		return;
	free(throttle->pairs.counters);
	free(throttle->addresses.counters);
	free(throttle->names.counters);
	(void)pthread_mutex_destroy(&throttle->lock);
	free(throttle);
}

/*
 * The counter of a key; a fresh one takes the place of the one in its set that says least: a free one, or the lowest count, or the oldest. So
 * whoever fills the table with names of his own cannot push out a counter that has grown.
 */
static struct counter *counter_of(struct table *table, uint64_t key, int64_t now_ms)
{
	struct counter *set = &table->counters[key % table->sets * WAYS];
	struct counter *least = set;

	for (int i = 0; i < WAYS; i++) {
		struct counter *at = &set[i];

		if (at->key == key)
			return at;
		if (least->key != 0 && (at->key == 0 || at->count < least->count || (at->count == least->count && at->last_ms < least->last_ms)))
			least = at;
	}
	*least = (struct counter){.key = key, .last_ms = now_ms, .since_ms = now_ms};
	return least;
}

struct keys {
	uint64_t pair, address, name;
	bool loopback;
};

static uint64_t nonzero(uint64_t key)
{
	return key != 0 ? key : 1;
}

static struct keys keys_of(struct zv_str login, struct zv_str address)
{
	struct keys keys = {.name = nonzero(zv_hash(login.p != NULL ? login : ZV_STR("")))};
	char text[64] = "";
	struct zv_peer peer;
	uint64_t both[2];

	if (address.n > 0 && address.n < sizeof(text))
		memcpy(text, address.p, address.n);
	if (zv_peer_parse(&peer, text)) {
		uint64_t parts[2] = {peer.net, peer.v6};

		keys.address = zv_hash((struct zv_str){(const char *)parts, sizeof(parts)});
		keys.loopback = peer.loopback;
	}
	keys.address = nonzero(keys.address);
	both[0] = keys.name;
	both[1] = keys.address;
	keys.pair = nonzero(zv_hash((struct zv_str){(const char *)both, sizeof(both)}));
	return keys;
}

static int seconds(int64_t ms)
{
	return (int)((ms + 999) / 1000);
}

/* Ms to wait since the last guess of a pair that has `count` of them behind it. */
static int64_t pair_delay(int32_t count, int32_t free_guesses)
{
	int over = count - free_guesses;

	if (over < 0)
		return 0;
	return (over >= 10 ? PAIR_MAX_S : (int64_t)1 << over) * 1000;
}

/* Gives an address back what has come in since. */
static void refill(struct counter *address, int64_t now_ms)
{
	int64_t n = (now_ms - address->last_ms) / ADDRESS_REFILL_MS;

	if (n >= address->count) {
		address->count = 0;
		address->last_ms = now_ms;
	} else {
		address->count -= (int32_t)n;
		address->last_ms += n * ADDRESS_REFILL_MS;
	}
}

int zv_throttle_charge(struct zv_throttle *throttle, struct zv_str login, struct zv_str address, int64_t now_ms)
{
	struct keys keys = keys_of(login, address);
	struct counter *pair;
	struct counter *from;
	struct counter *name;
	int64_t free_at;
	int wait = 0;

	(void)pthread_mutex_lock(&throttle->lock);
	pair = counter_of(&throttle->pairs, keys.pair, now_ms);
	from = counter_of(&throttle->addresses, keys.address, now_ms);
	name = counter_of(&throttle->names, keys.name, now_ms);
	if (now_ms - pair->last_ms > PAIR_FORGET_MS)
		pair->count = 0;
	if (now_ms - name->since_ms > NAME_FORGET_MS) {
		name->count = 0;
		name->since_ms = now_ms;
	}
	refill(from, now_ms);
	free_at = pair->last_ms + pair_delay(pair->count, name->count >= NAME_FREE ? 1 : PAIR_FREE);
	if (free_at > now_ms)
		wait = seconds(free_at - now_ms);
	else if (!keys.loopback && from->count >= ADDRESS_FREE)
		wait = seconds(from->last_ms + ADDRESS_REFILL_MS - now_ms);
	if (wait == 0) {
		pair->count++;
		pair->last_ms = now_ms;
		from->count++;
		name->count++;
		name->last_ms = now_ms;
	}
	(void)pthread_mutex_unlock(&throttle->lock);
	return wait;
}

static void give_back(struct zv_throttle *throttle, struct zv_str login, struct zv_str address, int64_t now_ms, bool forget)
{
	struct keys keys = keys_of(login, address);
	struct counter *pair;
	struct counter *from;
	struct counter *name;

	(void)pthread_mutex_lock(&throttle->lock);
	pair = counter_of(&throttle->pairs, keys.pair, now_ms);
	from = counter_of(&throttle->addresses, keys.address, now_ms);
	name = counter_of(&throttle->names, keys.name, now_ms);
	if (forget)
		*pair = (struct counter){0};
	else if (pair->count > 0)
		pair->count--;
	if (from->count > 0)
		from->count--;
	if (name->count > 0)
		name->count--;
	(void)pthread_mutex_unlock(&throttle->lock);
}

void zv_throttle_clear(struct zv_throttle *throttle, struct zv_str login, struct zv_str address, int64_t now_ms)
{
	give_back(throttle, login, address, now_ms, true);
}

void zv_throttle_refund(struct zv_throttle *throttle, struct zv_str login, struct zv_str address, int64_t now_ms)
{
	give_back(throttle, login, address, now_ms, false);
}
