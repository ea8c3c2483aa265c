/* Inside net/: one thread's event loop and its connections. */
#ifndef ZV_NET_LOOP_H
#define ZV_NET_LOOP_H

#include <pthread.h>
#include <stdatomic.h>

#include "net/limit.h"
#include "net/server.h"

struct zv_conn;
struct zv_inbox;

enum { ZV_LOOP_CHUNK = 65536 };

/* What the threads of a server share. */
struct zv_shared {
	struct zv_server_options options; /* with the defaults filled in */
	struct zv_limit *limit;
	int listener;
	atomic_int connections;
	atomic_bool stopping;
};

struct zv_loop {
	struct zv_shared *shared;
	pthread_t thread;
	void *own;               /* of thread_open */
	int epoll;
	struct zv_inbox *inbox;  /* answers from other threads; also wakes the loop to look at `stopping` */
	int spare;               /* a descriptor to give away when there are no more (EMFILE) */
	struct zv_conn *conns;   /* all of this thread */
	struct zv_conn *ready;   /* those with another whole request already in memory */
	int64_t now_us;          /* at the start of this turn */
	int64_t swept_us;
	int64_t stop_us;         /* when a stop must be over; 0: not stopping */
	int64_t date_s;
	char date[ZV_HTTP_DATE];
	struct zv_arena arena;
	struct zv_buf body;
	struct zv_buf head;
	char chunk[ZV_LOOP_CHUNK]; /* bytes of bodies on their way */
};

ZV_MUST_CHECK enum zv_code zv_loop_init(struct zv_loop *loop, struct zv_shared *shared, struct zv_err *err);
void zv_loop_done(struct zv_loop *loop);
void *zv_loop_run(void *loop); /* for pthread_create */

/* Makes an answer to something that is no request, and ends the connection. */
void zv_refuse(struct zv_loop *loop, struct zv_answer *answer, int status);

/* Today, for the Date field; made once a second. */
const char *zv_loop_date(struct zv_loop *loop);

/* conn.c */
void zv_conn_open(struct zv_loop *loop, int fd, struct zv_peer peer);
void zv_conn_event(struct zv_conn *conn, uint32_t events);
void zv_conn_serve_ready(struct zv_loop *loop);
void zv_conn_serve_complete(struct zv_loop *loop); /* sends what other threads have answered */
void zv_conn_sweep(struct zv_loop *loop);          /* closes those whose time is over, lets streams speak */
void zv_conn_close_all(struct zv_loop *loop);

#endif
