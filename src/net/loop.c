/* One thread: waits for events, takes connections in, lets them work, looks at the clock. */
#include "net/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/date.h"
#include "net/pending.h"

enum { EVENTS = 256, ACCEPTS_A_TURN = 32, SWEEP_US = 250000, BODY_KEEP = 1 << 18 };

static bool watch(int epoll, int fd, uint32_t events, void *what)
{
	struct epoll_event event = { .events = events, .data.ptr = what };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

enum zv_code zv_loop_init(struct zv_loop *loop, struct zv_shared *shared, struct zv_err *err)
{
	loop->shared = shared;
	zv_arena_init(&loop->arena);
	zv_buf_init(&loop->body, 0);
	zv_buf_init(&loop->head, 0);
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	loop->inbox = zv_inbox_new();
	loop->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	/* EPOLLEXCLUSIVE: a new connection wakes one idle thread, not all. */
	if (loop->epoll < 0 || loop->inbox == NULL || !watch(loop->epoll, zv_inbox_fd(loop->inbox), EPOLLIN, &loop->inbox) ||
	    !watch(loop->epoll, shared->listener, EPOLLIN | EPOLLEXCLUSIVE, &shared->listener))
		return zv_fail(err, ZV_E_IO, "threads", N_("A thread of the server could not be prepared: %s."), strerror(errno));
	if (shared->options.thread_open == NULL)
		return ZV_OK;
	loop->own = shared->options.thread_open(shared->options.context, err);
	return loop->own != NULL ? ZV_OK : err != NULL && err->code != ZV_OK ? err->code : ZV_E_IO;
}

void zv_loop_done(struct zv_loop *loop)
{
	if (loop->own != NULL && loop->shared->options.thread_close != NULL)
		loop->shared->options.thread_close(loop->own);
	if (loop->epoll >= 0)
		close(loop->epoll);
	zv_inbox_close(loop->inbox);
	if (loop->spare >= 0)
		close(loop->spare);
	zv_buf_done(&loop->head);
	zv_buf_done(&loop->body);
	zv_arena_done(&loop->arena);
}

const char *zv_loop_date(struct zv_loop *loop)
{
	int64_t ms = zv_now_ms();

	if (ms / 1000 != loop->date_s) {
		loop->date_s = ms / 1000;
		zv_http_date(loop->date, ms);
	}
	return loop->date;
}

/* Says so to a connection that there is no room for. What does not fit into the socket at once is not worth waiting for. */
static void turn_away(struct zv_loop *loop, int fd, int status)
{
	struct zv_answer answer = { .body = &loop->body };

	zv_refuse(loop, &answer, status);
	zv_buf_add_str(&loop->head, zv_buf_str(answer.body));
	(void)!send(fd, loop->head.p, loop->head.n, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fd);
}

/* Out of descriptors the listener would wake us for ever: take the connection on the spare one and close it. */
static void drop_one(struct zv_loop *loop)
{
	if (loop->spare >= 0)
		close(loop->spare);
	int fd = accept4(loop->shared->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd >= 0)
		close(fd);
	loop->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void take_in(struct zv_loop *loop)
{
	struct zv_shared *shared = loop->shared;

	for (int i = 0; i < ACCEPTS_A_TURN; i++) {
		struct sockaddr_storage address;
		socklen_t n = sizeof(address);
		struct zv_peer peer;
		int fd = accept4(shared->listener, (struct sockaddr *)&address, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0) {
			if (errno == EMFILE || errno == ENFILE)
				drop_one(loop);
			return;
		}
		zv_peer_of(&peer, &address);
		/* Loopback is this machine's user, or the proxy: neither is one peer among many. */
		if (atomic_load(&shared->connections) >= shared->options.connections_max) {
			turn_away(loop, fd, 503);
			continue;
		}
		if (!peer.loopback && !zv_limit_connect(shared->limit, peer)) {
			turn_away(loop, fd, 429);
			continue;
		}
		atomic_fetch_add(&shared->connections, 1);
		zv_conn_open(loop, fd, peer);
	}
}

static void begin_stop(struct zv_loop *loop)
{
	if (!atomic_load(&loop->shared->stopping) || loop->stop_us != 0)
		return;
	loop->stop_us = loop->now_us + (int64_t)loop->shared->options.stop_ms * 1000;
	(void)epoll_ctl(loop->epoll, EPOLL_CTL_DEL, loop->shared->listener, NULL);
}

static int wait_ms(const struct zv_loop *loop)
{
	if (loop->ready != NULL)
		return 0;
	return loop->conns != NULL || loop->stop_us != 0 ? SWEEP_US / 1000 : -1;
}

static void turn(struct zv_loop *loop)
{
	struct epoll_event events[EVENTS];
	int n = epoll_wait(loop->epoll, events, EVENTS, wait_ms(loop));
	bool woken = false;

	loop->now_us = zv_tick_us();
	for (int i = 0; i < n; i++) {
		if (events[i].data.ptr == &loop->inbox)
			woken = true;
		else if (events[i].data.ptr == &loop->shared->listener)
			take_in(loop);
		else
			zv_conn_event(events[i].data.ptr, events[i].events);
	}
	/* After the events: they name connections that an answer may end. */
	if (woken) {
		zv_conn_serve_complete(loop);
		begin_stop(loop);
	}
	zv_conn_serve_ready(loop);
	if (loop->now_us - loop->swept_us >= SWEEP_US || loop->stop_us != 0) {
		zv_conn_sweep(loop);
		loop->swept_us = loop->now_us;
	}
	/* One large answer must not stay in memory for ever. */
	if (loop->body.cap > BODY_KEEP) {
		zv_buf_done(&loop->body);
		zv_buf_init(&loop->body, 0);
	}
}

void *zv_loop_run(void *of)
{
	struct zv_loop *loop = of;

	while (loop->stop_us == 0 || (loop->conns != NULL && loop->now_us < loop->stop_us))
		turn(loop);
	zv_conn_close_all(loop);
	return NULL;
}
