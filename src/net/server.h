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
#include "net/limit.h"
#include "net/target.h"

struct zv_server;
struct zv_conn;

enum zv_method { ZV_GET, ZV_HEAD, ZV_POST, ZV_PUT, ZV_PATCH, ZV_DELETE, ZV_OPTIONS, ZV_METHOD_OTHER };

struct zv_request {
	const struct zv_head *head;
	struct zv_str bytes;     /* of the head: for zv_head_field() */
	enum zv_method method;
	struct zv_target target;
	const char *lang;        /* "ru" or "en", by Accept-Language; the thread's language is set to it */
	struct zv_arena *arena;  /* until the answer is made */
	void *thread;            /* of thread_open; NULL in a deferred request */
	struct zv_peer peer;     /* who asks: behind a proxy, whom the proxy names */
	char peer_text[64];      /* the same as text */
	bool secure;             /* it came by https: the proxy says so (X-Forwarded-Proto) */
	struct zv_str host;      /* as the client named us, with a port: for comparing Origin with */
	struct zv_str body;      /* whole; of a request whose body was to be in memory */
	int body_fd;             /* of one whose body was to go to a file: unlinked, at its start; -1 otherwise. The server closes it. */
	int64_t body_n;          /* bytes of the body in either case; -1 while it is not read */
	struct zv_conn *conn;    /* the server's */
};

/* What body a request may have, said after its head and before its body is read. */
struct zv_body_rule {
	int64_t max;  /* bytes; more is 413. 0: no body is taken (400) */
	bool to_file; /* into a temporary file instead of memory */
};

/*
 * A request that is answered later, by another thread. The request is a whole copy with its own arena (body and body_fd are taken over);
 * `answer` starts as for a handler. The connection waits meanwhile; when it goes away the answer is thrown away.
 */
struct zv_pending {
	struct zv_request request;
	struct zv_answer answer;
};

/* In a handler, at most once: the handler must return without touching `answer` any more. */
struct zv_pending *zv_request_defer(const struct zv_request *request);

/* From any thread, once: sends the answer, and frees `pending`. Also safe while the server stops. */
void zv_pending_complete(struct zv_pending *pending);

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
	int write_ms;         /* who takes nothing of an answer for so long is given up; and less than 16 KiB/s; 0: 10 s */
	int stop_ms;          /* a stop waits for answers, deferred ones too, at most; 0: 5 s */
	int body_ms;          /* a body must have come by then, and 1 s for every 64 KiB; 0: 30 s */
	const char *scratch;  /* folder of bodies that go to a file; NULL: TMPDIR or /tmp */
	const char *const *hosts; /* names that Host may say besides addresses and local names; NULL-ended, or NULL */

	/* What a thread needs; called in the caller's thread, for each thread. NULL on failure. May both be NULL. */
	void *(*thread_open)(void *context, struct zv_err *err);
	void (*thread_close)(void *thread);

	/*
	 * Asked after the head of a request that announces a body. The request has no body yet. It may refuse by filling in `answer` with a status of
	 * 400 and more: then nothing of the body is read and the connection ends. NULL: no bodies at all.
	 */
	void (*body_rule)(void *context, const struct zv_request *request, struct zv_body_rule *rule, struct zv_answer *answer);

	/*
	 * Answers GET, HEAD, POST, PUT, PATCH and DELETE; the server refuses the others with 405 (the body of the answer to a HEAD is dropped later). Runs in
	 * the thread of `request->thread`.
	 */
	void (*handle)(void *context, const struct zv_request *request, struct zv_answer *answer);
	void *context;
};

/*
 * Listens and starts the threads; returns at once. ZV_E_DENIED for an address that is not loopback without behind_proxy,
 * ZV_E_INVALID for one that is none, ZV_E_BUSY when the port is taken.
 */
ZV_MUST_CHECK enum zv_code zv_server_start(struct zv_server **out, const struct zv_server_options *options, struct zv_err *err);

int zv_server_port(const struct zv_server *server);

/*
 * Answers what has been asked (for at most stop_ms), takes nothing new, frees everything. Deferred requests may still be completed later: their
 * answers are thrown away. NULL is allowed.
 */
void zv_server_stop(struct zv_server *server);

#endif
