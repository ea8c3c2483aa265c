/* How much one address may ask: open connections and requests a second. Shared by all threads of a server. */
#ifndef ZV_NET_LIMIT_H
#define ZV_NET_LIMIT_H

#include "base/base.h"

struct zv_limit;

/* An IPv4 address, or the /64 of an IPv6 one: who has one address of such a net has them all. */
struct zv_peer {
	uint64_t net;
	uint64_t rest; /* of an IPv6 address; does not count */
	bool v6;
	bool loopback;
};

struct sockaddr_storage;
void zv_peer_of(struct zv_peer *out, const struct sockaddr_storage *address);

/* From text, such as the last part of X-Forwarded-For. False when it is no address. */
bool zv_peer_parse(struct zv_peer *out, const char *text);

enum { ZV_PEER_TEXT = 48 };
void zv_peer_text(char out[ZV_PEER_TEXT], const struct zv_peer *peer);

/* 0 means: no limit. A burst is two seconds' worth. */
struct zv_limit *zv_limit_new(int connections_per_peer, int requests_per_s);
void zv_limit_free(struct zv_limit *limit);

/* False: this peer has enough connections; nothing is counted then. Give back what was taken. */
bool zv_limit_connect(struct zv_limit *limit, struct zv_peer peer);
void zv_limit_disconnect(struct zv_limit *limit, struct zv_peer peer);

/* False: too many requests just now. */
bool zv_limit_request(struct zv_limit *limit, struct zv_peer peer, int64_t now_us);

#endif
