/* A connection: reads a request, has it answered, writes the answer, and so on in this order until one side ends it. */
#include <errno.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/mem.h"
#include "net/loop.h"

enum {
	IN_FIRST = 2048,
	IN_MAX = ZV_HEAD_MAX + 8192, /* a head, and the start of what follows */
	WRITE_US = 10000000,
	WRITE_RATE = 16384,          /* bytes a second that a reader must take */
	LINGER_US = 2000000,
	LINGER_MAX = 1 << 20
};

enum phase { READING, WRITING, LINGERING };

struct zv_conn {
	struct zv_conn *next, **back;             /* of loop->conns */
	struct zv_conn *ready_next, **ready_back; /* of loop->ready; back is NULL when not there */
	int fd;
	enum phase phase;
	uint32_t watched;
	struct zv_peer peer;
	int64_t deadline_us;
	bool eof;    /* the peer will send nothing more */
	bool ending; /* close after the answer */
	char *in;    /* NULL while idle */
	size_t in_n, in_cap;
	struct zv_head head;
	char *out;   /* what the socket did not take at once: own copy */
	size_t out_n, out_at;
	struct zv_str out_ready; /* then these bytes, which outlive us */
	size_t drained;
};

static void want(struct zv_loop *loop, struct zv_conn *conn, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = conn };

	if (conn->watched == events)
		return;
	conn->watched = events;
	(void)epoll_ctl(loop->epoll, EPOLL_CTL_MOD, conn->fd, &event);
}

static void unready(struct zv_conn *conn)
{
	if (conn->ready_back == NULL)
		return;
	*conn->ready_back = conn->ready_next;
	if (conn->ready_next != NULL)
		conn->ready_next->ready_back = conn->ready_back;
	conn->ready_back = NULL;
}

static void make_ready(struct zv_loop *loop, struct zv_conn *conn)
{
	if (conn->ready_back != NULL)
		return;
	conn->ready_next = loop->ready;
	conn->ready_back = &loop->ready;
	if (loop->ready != NULL)
		loop->ready->ready_back = &conn->ready_next;
	loop->ready = conn;
}

static void drop(struct zv_loop *loop, struct zv_conn *conn)
{
	unready(conn);
	*conn->back = conn->next;
	if (conn->next != NULL)
		conn->next->back = conn->back;
	if (!conn->peer.loopback)
		zv_limit_disconnect(loop->shared->limit, conn->peer);
	atomic_fetch_sub(&loop->shared->connections, 1);
	close(conn->fd);
	free(conn->in);
	free(conn->out);
	free(conn);
}

void zv_conn_open(struct zv_loop *loop, int fd, struct zv_peer peer)
{
	struct zv_conn *conn = zv_calloc(1, sizeof(*conn));
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = conn };

	conn->fd = fd;
	conn->peer = peer;
	conn->watched = EPOLLIN;
	conn->deadline_us = loop->now_us + (int64_t)loop->shared->options.head_ms * 1000;
	conn->next = loop->conns;
	conn->back = &loop->conns;
	if (conn->next != NULL)
		conn->next->back = &conn->next;
	loop->conns = conn;
	if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		drop(loop, conn);
}

/* The peer may still be sending: closing now could destroy the answer on its way. Says "no more" and reads what comes. */
static void linger(struct zv_loop *loop, struct zv_conn *conn)
{
	int waiting = 0;

	if (conn->eof || shutdown(conn->fd, SHUT_WR) != 0) {
		drop(loop, conn);
		return;
	}
	/* What the kernel has not sent yet gets the time of a slow reader: closing a socket that waits loses it. */
	if (ioctl(conn->fd, SIOCOUTQ, &waiting) != 0)
		waiting = 0;
	conn->phase = LINGERING;
	conn->deadline_us = loop->now_us + LINGER_US + (int64_t)waiting / WRITE_RATE * 1000000;
	want(loop, conn, EPOLLIN);
}

static void drain(struct zv_loop *loop, struct zv_conn *conn)
{
	char waste[4096];
	ssize_t n;

	while ((n = recv(conn->fd, waste, sizeof(waste), 0)) > 0) {
		conn->drained += (size_t)n;
		if (conn->drained > LINGER_MAX)
			break;
	}
	if (n >= 0 || (errno != EAGAIN && errno != EINTR))
		drop(loop, conn);
}

/* Takes the answered request off the front of the input; an idle connection keeps no memory but its own. */
static void next_request(struct zv_loop *loop, struct zv_conn *conn)
{
	conn->in_n -= conn->head.n;
	if (conn->in_n > 0) {
		memmove(conn->in, conn->in + conn->head.n, conn->in_n);
		make_ready(loop, conn);
	} else {
		free(conn->in);
		conn->in = NULL;
		conn->in_cap = 0;
	}
	zv_head_init(&conn->head);
	conn->phase = READING;
	conn->deadline_us = loop->now_us + (int64_t)(conn->in_n > 0 ? loop->shared->options.head_ms : loop->shared->options.idle_ms) * 1000;
	want(loop, conn, EPOLLIN);
}

static void answer_is_out(struct zv_loop *loop, struct zv_conn *conn)
{
	free(conn->out);
	conn->out = NULL;
	conn->out_n = conn->out_at = 0;
	conn->out_ready = (struct zv_str){ 0 };
	if (conn->ending)
		linger(loop, conn);
	else
		next_request(loop, conn);
}

/* Sends the kept rest of an answer as far as the socket takes it. False: the connection is gone. */
static bool write_on(struct zv_loop *loop, struct zv_conn *conn)
{
	while (conn->out_at < conn->out_n || conn->out_ready.n > 0) {
		bool own = conn->out_at < conn->out_n;
		ssize_t n = own ? send(conn->fd, conn->out + conn->out_at, conn->out_n - conn->out_at, MSG_NOSIGNAL)
				: send(conn->fd, conn->out_ready.p, conn->out_ready.n, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n <= 0) {
			drop(loop, conn);
			return false;
		}
		if (own)
			conn->out_at += (size_t)n;
		else
			conn->out_ready = zv_str_from(conn->out_ready, (size_t)n);
	}
	answer_is_out(loop, conn);
	return false;
}

/* Keeps what the socket did not take: the rest of the thread's buffers is copied, ready bytes are only pointed at. */
static void keep_rest(struct zv_loop *loop, struct zv_conn *conn, struct zv_str body, bool lasting, size_t sent)
{
	struct zv_str head = zv_str_from(zv_buf_str(&loop->head), sent);
	struct zv_str rest = zv_str_from(body, sent > loop->head.n ? sent - loop->head.n : 0);

	conn->out_n = head.n + (lasting ? 0 : rest.n);
	conn->out = zv_alloc(conn->out_n + 1);
	if (head.n > 0)
		memcpy(conn->out, head.p, head.n);
	if (!lasting && rest.n > 0)
		memcpy(conn->out + head.n, rest.p, rest.n);
	if (lasting)
		conn->out_ready = rest;
	conn->phase = WRITING;
	conn->deadline_us = loop->now_us + WRITE_US + (int64_t)(head.n + rest.n) / WRITE_RATE * 1000000;
	want(loop, conn, EPOLLOUT);
}

static void write_first(struct zv_loop *loop, struct zv_conn *conn, const struct zv_answer *answer, bool no_body)
{
	bool lasting = answer->ready.p != NULL;
	struct zv_str body = no_body ? ZV_STR("") : lasting ? answer->ready : zv_buf_str(answer->body);
	struct iovec parts[2] = { { loop->head.p, loop->head.n }, { (void *)(uintptr_t)body.p, body.n } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = body.n > 0 ? 2 : 1 };
	ssize_t n = sendmsg(conn->fd, &message, MSG_NOSIGNAL);

	conn->ending = answer->close;
	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		drop(loop, conn);
		return;
	}
	if (n < 0)
		n = 0;
	if ((size_t)n == loop->head.n + body.n)
		answer_is_out(loop, conn);
	else
		keep_rest(loop, conn, body, lasting, (size_t)n);
}

static void refuse(struct zv_loop *loop, struct zv_conn *conn, int status)
{
	struct zv_answer answer = { .body = &loop->body };

	zv_refuse(loop, &answer, status);
	write_first(loop, conn, &answer, false);
}

/* Answers one request if it is whole. */
static void serve_one(struct zv_loop *loop, struct zv_conn *conn)
{
	struct zv_str bytes = { conn->in, conn->in_n };
	int state = zv_head_read(&conn->head, bytes);

	unready(conn);
	if (state == ZV_HEAD_MORE) {
		if (conn->eof)
			drop(loop, conn);
		return;
	}
	if (state != ZV_HEAD_DONE) {
		refuse(loop, conn, state);
		return;
	}
	struct zv_answer answer = { .body = &loop->body };
	bool head_only = zv_str_eq_c(zv_head_text(conn->head.method, bytes), "HEAD");
	zv_respond(loop, &answer, &conn->head, bytes, conn->peer);
	write_first(loop, conn, &answer, head_only || answer.status == 304);
}

static void read_some(struct zv_loop *loop, struct zv_conn *conn)
{
	if (conn->in_n == conn->in_cap) {
		size_t cap = conn->in_cap == 0 ? IN_FIRST : conn->in_cap * 2;
		conn->in_cap = cap > IN_MAX ? IN_MAX : cap;
		conn->in = zv_realloc(conn->in, conn->in_cap);
	}
	ssize_t n = recv(conn->fd, conn->in + conn->in_n, conn->in_cap - conn->in_n, 0);
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			drop(loop, conn);
		return;
	}
	if (n == 0)
		conn->eof = true;
	/* The time for a head runs from its first byte. */
	if (conn->in_n == 0)
		conn->deadline_us = loop->now_us + (int64_t)loop->shared->options.head_ms * 1000;
	conn->in_n += (size_t)n;
	serve_one(loop, conn);
}

void zv_conn_event(struct zv_loop *loop, struct zv_conn *conn, uint32_t events)
{
	if (conn->phase == LINGERING)
		drain(loop, conn);
	else if (conn->phase == WRITING && (events & (EPOLLERR | EPOLLHUP)) != 0)
		drop(loop, conn);
	else if (conn->phase == WRITING)
		(void)write_on(loop, conn);
	else if (conn->ready_back == NULL) /* what is in memory comes first; the socket will tell again */
		read_some(loop, conn);
}

void zv_conn_serve_ready(struct zv_loop *loop)
{
	struct zv_conn *turn = loop->ready;

	/* One request of each: what becomes ready meanwhile waits for the next turn, so that nobody starves. */
	loop->ready = NULL;
	if (turn != NULL)
		turn->ready_back = &turn;
	while (turn != NULL)
		serve_one(loop, turn);
}

void zv_conn_sweep(struct zv_loop *loop)
{
	for (struct zv_conn *conn = loop->conns, *next; conn != NULL; conn = next) {
		next = conn->next;
		bool idle = conn->phase == READING && conn->in_n == 0;
		if (loop->stop_us != 0 && idle)
			drop(loop, conn);
		else if (conn->deadline_us > loop->now_us)
			continue;
		else if (conn->phase == READING && !idle)
			refuse(loop, conn, 408);
		else
			drop(loop, conn);
	}
}

void zv_conn_close_all(struct zv_loop *loop)
{
	while (loop->conns != NULL)
		drop(loop, loop->conns);
}
