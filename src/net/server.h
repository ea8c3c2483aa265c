/*
 * The HTTP server: a few threads, each with its own event loop, its own connections and whatever the handler keeps per thread
 * (a read handle of the database). A request reaches the handler only whole and past the strict reader (head.h, target.h).
 */
#ifndef ZV_NET_SERVER_H
#define ZV_NET_SERVER_H

#include "base/arena.h"
#include "base/err.h"
#include "net/answer.h"
#include "net/head.h"
#include "net/target.h"

struct zv_server;

struct zv_request {
	const struct zv_head *head;
	struct zv_str bytes;     /* of the head: for zv_head_field() */
	struct zv_target target;
	const char *lang;        /* "ru" or "en", by Accept-Language; the thread's language is set to it */
	struct zv_arena *arena;  /* until the answer is made */
	void *thread;            /* of thread_open */
};

struct zv_server_options {
	const char *address;  /* a numeric one, or "localhost" */
	int port;             /* 0: any free one */
	bool behind_proxy;    /* may listen to the world; the peer is the last address of X-Forwarded-For */
	int threads;          /* 0: by the number of processors */
	int connections_max;  /* 0: 4096 */
	int per_peer_max;     /* connections of one address that is not loopback; 0: 64 */
	int rate_per_s;       /* requests of one such address; 0: 200 */
	int head_ms;          /* a request must have come whole by then; 0: 10 s */
	int idle_ms;          /* a connection without a request is closed after; 0: 30 s */
	const char *const *hosts; /* names that Host may say besides addresses and local names; NULL-ended, or NULL */

	/* What a thread needs; called in the caller's thread, for each thread. NULL on failure. May both be NULL. */
	void *(*thread_open)(void *context, struct zv_err *err);
	void (*thread_close)(void *thread);

	/* Answers GET and HEAD of a path (the body of a HEAD is dropped later). Runs in the thread of `request->thread`. */
	void (*handle)(void *context, const struct zv_request *request, struct zv_answer *answer);
	void *context;
};

/*
 * Listens and starts the threads; returns at once. ZV_E_DENIED for an address that is not loopback without behind_proxy,
 * ZV_E_INVALID for one that is none, ZV_E_BUSY when the port is taken.
 */
ZV_MUST_CHECK enum zv_code zv_server_start(struct zv_server **out, const struct zv_server_options *options, struct zv_err *err);

int zv_server_port(const struct zv_server *server);

/* Answers what has been asked (for at most 5 s), takes nothing new, frees everything. NULL is allowed. */
void zv_server_stop(struct zv_server *server);

#endif
