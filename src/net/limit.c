/* Counts by address in a hash table of fixed width; an address without connections and with a full allowance is forgotten. */
#include "net/limit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/mem.h"

enum { SLOTS = 4096, BURST_S = 2, SECOND_US = 1000000 };

struct entry {
	struct entry *next;
	struct zv_peer peer;
	int connections;
	int64_t allowance_us; /* SECOND_US / rate is taken a request */
	int64_t at_us;
};

struct zv_limit {
	pthread_mutex_t mutex;
	int connections;
	int rate;
	struct entry *slots[SLOTS];
};

static void from_v6(struct zv_peer *out, const struct in6_addr *address)
{
	if (IN6_IS_ADDR_V4MAPPED(address)) {
		uint32_t v4;
		memcpy(&v4, address->s6_addr + 12, sizeof(v4));
		out->net = ntohl(v4);
		out->loopback = out->net >> 24 == 127;
		return;
	}
	memcpy(&out->net, address->s6_addr, sizeof(out->net));
	memcpy(&out->rest, address->s6_addr + sizeof(out->net), sizeof(out->rest));
	out->v6 = true;
	out->loopback = IN6_IS_ADDR_LOOPBACK(address);
}

void zv_peer_of(struct zv_peer *out, const struct sockaddr_storage *address)
{
	*out = (struct zv_peer){ 0 };
	if (address->ss_family == AF_INET) {
		out->net = ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr);
		out->loopback = out->net >> 24 == 127;
	} else if (address->ss_family == AF_INET6) {
		from_v6(out, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
	}
}

bool zv_peer_parse(struct zv_peer *out, const char *text)
{
	struct in_addr v4;
	struct in6_addr v6;

	*out = (struct zv_peer){ 0 };
	if (inet_pton(AF_INET, text, &v4) == 1) {
		out->net = ntohl(v4.s_addr);
		out->loopback = out->net >> 24 == 127;
		return true;
	}
	if (inet_pton(AF_INET6, text, &v6) != 1)
		return false;
	from_v6(out, &v6);
	return true;
}

void zv_peer_text(char out[ZV_PEER_TEXT], const struct zv_peer *peer)
{
	struct in6_addr v6;

	if (!peer->v6) {
		unsigned v4 = (unsigned)peer->net;
		snprintf(out, ZV_PEER_TEXT, "%u.%u.%u.%u", v4 >> 24, v4 >> 16 & 255, v4 >> 8 & 255, v4 & 255);
		return;
	}
	memcpy(v6.s6_addr, &peer->net, sizeof(peer->net));
	memcpy(v6.s6_addr + sizeof(peer->net), &peer->rest, sizeof(peer->rest));
	if (inet_ntop(AF_INET6, &v6, out, ZV_PEER_TEXT) == NULL)
		out[0] = '\0';
}

struct zv_limit *zv_limit_new(int connections_per_peer, int requests_per_s)
{
	struct zv_limit *limit = zv_calloc(1, sizeof(*limit));

	pthread_mutex_init(&limit->mutex, NULL);
	limit->connections = connections_per_peer;
	limit->rate = requests_per_s;
	return limit;
}

void zv_limit_free(struct zv_limit *limit)
{
	if (limit == NULL)
		return;
	for (size_t i = 0; i < SLOTS; i++) {
		while (limit->slots[i] != NULL) {
			struct entry *next = limit->slots[i]->next;
			free(limit->slots[i]);
			limit->slots[i] = next;
		}
	}
	pthread_mutex_destroy(&limit->mutex);
	free(limit);
}

static bool same(struct zv_peer a, struct zv_peer b)
{
	return a.net == b.net && a.v6 == b.v6;
}

/* Refills by the time that has passed. */
static void refill(struct entry *entry, int64_t now_us)
{
	entry->allowance_us += now_us - entry->at_us;
	if (entry->allowance_us > BURST_S * SECOND_US)
		entry->allowance_us = BURST_S * SECOND_US;
	entry->at_us = now_us;
}

/* Finds or makes the entry of a peer, and drops those in its way that have nothing to remember. */
static struct entry *get_entry(struct zv_limit *limit, struct zv_peer peer, int64_t now_us)
{
	uint64_t key[2] = { peer.net, peer.v6 };
	struct entry **at = &limit->slots[zv_hash((struct zv_str){ (const char *)key, sizeof(key) }) % SLOTS];
	struct entry *found = NULL;

	while (*at != NULL) {
		struct entry *entry = *at;
		if (same(entry->peer, peer)) {
			found = entry;
		} else if (entry->connections == 0 && now_us - entry->at_us > BURST_S * SECOND_US) {
			*at = entry->next;
			free(entry);
			continue;
		}
		at = &entry->next;
	}
	if (found == NULL) {
		found = zv_calloc(1, sizeof(*found));
		found->peer = peer;
		found->allowance_us = BURST_S * SECOND_US;
		found->at_us = now_us;
		*at = found;
	}
	refill(found, now_us);
	return found;
}

bool zv_limit_connect(struct zv_limit *limit, struct zv_peer peer)
{
	bool ok = true;

	if (limit->connections == 0)
		return true;
	pthread_mutex_lock(&limit->mutex);
	struct entry *entry = get_entry(limit, peer, zv_tick_us());
	if (entry->connections >= limit->connections)
		ok = false;
	else
		entry->connections++;
	pthread_mutex_unlock(&limit->mutex);
	return ok;
}

void zv_limit_disconnect(struct zv_limit *limit, struct zv_peer peer)
{
	if (limit->connections == 0)
		return;
	pthread_mutex_lock(&limit->mutex);
	get_entry(limit, peer, zv_tick_us())->connections--;
	pthread_mutex_unlock(&limit->mutex);
}

bool zv_limit_request(struct zv_limit *limit, struct zv_peer peer, int64_t now_us)
{
	bool ok = true;

	if (limit->rate == 0)
		return true;
	pthread_mutex_lock(&limit->mutex);
	struct entry *entry = get_entry(limit, peer, now_us);
	if (entry->allowance_us < SECOND_US / limit->rate)
		ok = false;
	else
		entry->allowance_us -= SECOND_US / limit->rate;
	pthread_mutex_unlock(&limit->mutex);
	return ok;
}
