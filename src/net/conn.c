/* A connection: reads a request, has it answered, and so on in this order until one side ends it. */
#include "net/conn.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	IN_FIRST = 2048,
	IN_MAX = ZV_HEAD_MAX + 8192, /* a head, and the start of what follows */
	BODY_RATE = 65536,           /* bytes a second that the sender of a body must give */
	HURRY_US = 1000000,
	LINGER_US = 2000000,
	LINGER_RATE = 16384,
	LINGER_MAX = 1 << 20
};

static const char CONTINUE[] = "HTTP/1.1 100 Continue\r\n\r\n";

void zv_conn_want(struct zv_conn *conn, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = conn };

	if (conn->watched == events)
		return;
	conn->watched = events;
	(void)epoll_ctl(conn->loop->epoll, EPOLL_CTL_MOD, conn->fd, &event);
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

static void make_ready(struct zv_conn *conn)
{
	struct zv_loop *loop = conn->loop;

	if (conn->ready_back != NULL)
		return;
	conn->ready_next = loop->ready;
	conn->ready_back = &loop->ready;
	if (loop->ready != NULL)
		loop->ready->ready_back = &conn->ready_next;
	loop->ready = conn;
}

void zv_conn_drop(struct zv_conn *conn)
{
	struct zv_loop *loop = conn->loop;

	unready(conn);
	*conn->back = conn->next;
	if (conn->next != NULL)
		conn->next->back = conn->back;
	if (!conn->peer.loopback)
		zv_limit_disconnect(loop->shared->limit, conn->peer);
	atomic_fetch_sub(&loop->shared->connections, 1);
	if (conn->waiting != NULL)
		conn->waiting->conn = NULL;
	if (conn->stream != NULL)
		conn->stream->free(conn->stream);
	zv_incoming_free(conn->incoming);
	/* Closing alone does not do it: a reader of files that is being forked just now still holds the socket, and its events would name what is gone. */
	(void)epoll_ctl(loop->epoll, EPOLL_CTL_DEL, conn->fd, NULL);
	close(conn->fd);
	free(conn->in);
	free(conn->out);
	free(conn);
}

void zv_conn_open(struct zv_loop *loop, int fd, struct zv_peer peer)
{
	struct zv_conn *conn = zv_calloc(1, sizeof(*conn));
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = conn };

	conn->loop = loop;
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
		zv_conn_drop(conn);
}

/* Bytes of the answer that the kernel still has. */
static int unsent(const struct zv_conn *conn)
{
	int n = 0;

	return ioctl(conn->fd, SIOCOUTQ, &n) == 0 ? n : 0;
}

/* The peer may still be sending: closing now could destroy the answer on its way. Says "no more" and reads what comes. */
static void linger(struct zv_conn *conn)
{
	if (conn->eof || shutdown(conn->fd, SHUT_WR) != 0) {
		zv_conn_drop(conn);
		return;
	}
	conn->phase = ZV_PHASE_LINGER;
	conn->unsent = unsent(conn);
	conn->deadline_us = conn->loop->now_us + (conn->unsent > 0 ? (int64_t)conn->loop->shared->options.write_ms * 1000 : LINGER_US);
	zv_conn_want(conn, EPOLLIN);
}

/* Closing a socket that the kernel still sends from loses what it has not sent: a reader that goes on, however slowly, gets another while. */
static void linger_on(struct zv_conn *conn)
{
	int64_t while_ms = conn->loop->shared->options.write_ms;
	int left = unsent(conn);

	if (left == 0 || conn->unsent - left < while_ms * LINGER_RATE / 1000) {
		zv_conn_drop(conn);
		return;
	}
	conn->unsent = left;
	conn->deadline_us = conn->loop->now_us + while_ms * 1000;
}

static void drain(struct zv_conn *conn)
{
	char waste[4096];
	ssize_t n;

	while ((n = recv(conn->fd, waste, sizeof(waste), 0)) > 0) {
		conn->drained += (size_t)n;
		if (conn->drained > LINGER_MAX)
			break;
	}
	if (n >= 0 || (errno != EAGAIN && errno != EINTR))
		zv_conn_drop(conn);
}

/* Takes n bytes behind the head out of the input. */
static void cut(struct zv_conn *conn, size_t at, size_t n)
{
	memmove(conn->in + at, conn->in + at + n, conn->in_n - at - n);
	conn->in_n -= n;
}

/* Takes the answered request off the front of the input; an idle connection keeps no memory but its own. */
static void next_request(struct zv_conn *conn)
{
	const struct zv_server_options *options = &conn->loop->shared->options;

	cut(conn, 0, conn->head.n);
	if (conn->in_n > 0) {
		make_ready(conn);
	} else {
		free(conn->in);
		conn->in = NULL;
		conn->in_cap = 0;
	}
	zv_head_init(&conn->head);
	conn->phase = ZV_PHASE_HEAD;
	conn->deadline_us = conn->loop->now_us + (int64_t)(conn->in_n > 0 ? options->head_ms : options->idle_ms) * 1000;
	zv_conn_want(conn, EPOLLIN);
}

void zv_conn_answered(struct zv_conn *conn)
{
	if (conn->ending)
		linger(conn);
	else
		next_request(conn);
}

static void refuse(struct zv_conn *conn, int status)
{
	struct zv_answer answer = { .body = &conn->loop->body };

	zv_incoming_free(conn->incoming);
	conn->incoming = NULL;
	zv_refuse(conn->loop, &answer, status);
	zv_conn_write(conn, &answer, false);
}

/* Sends an answer that is complete. */
static void send_answer(struct zv_conn *conn, const struct zv_request *request, struct zv_answer *answer)
{
	bool no_body = request->method == ZV_HEAD || answer->status == 304 || answer->status == 204;

	zv_request_close(request, answer);
	if (answer->stream != NULL && request->method != ZV_HEAD) {
		zv_conn_stream_begin(conn, answer);
		return;
	}
	if (answer->stream != NULL)
		answer->stream->free(answer->stream);
	answer->stream = NULL;
	zv_conn_write(conn, answer, no_body);
}

/* The whole request to the handler. */
static void handle(struct zv_conn *conn, struct zv_request *request, struct zv_answer *answer)
{
	const struct zv_server_options *options = &conn->loop->shared->options;

	if (conn->incoming != NULL && !zv_incoming_give(conn->incoming, request)) {
		refuse(conn, 507);
		return;
	}
	options->handle(options->context, request, answer);
	if (conn->waiting != NULL) {
		conn->phase = ZV_PHASE_WAIT;
		conn->deadline_us = INT64_MAX;
		zv_conn_want(conn, 0);
		return;
	}
	zv_incoming_free(conn->incoming);
	conn->incoming = NULL;
	send_answer(conn, request, answer);
}

static void answer_whole(struct zv_conn *conn)
{
	struct zv_request request;
	struct zv_answer answer;

	zv_request_open(&request, &answer, conn);
	/* It was admitted before its body came; only its parts are wanted again. */
	(void)zv_target_parse(&request.target, zv_head_text(conn->head.target, request.bytes), request.arena);
	handle(conn, &request, &answer);
}

/* Hands bytes to the body. When that is whole (true) *rest is what follows. The connection may be gone when it is not. */
static bool feed(struct zv_conn *conn, struct zv_str *rest)
{
	int state = zv_incoming_feed(conn->incoming, rest);
	int64_t allowed_us = (int64_t)conn->loop->shared->options.body_ms * 1000;

	if (state == ZV_BODY_DONE)
		return true;
	if (state != ZV_BODY_MORE || conn->eof) {
		refuse(conn, state == ZV_BODY_MORE ? 400 : state);
		return false;
	}
	conn->deadline_us = conn->incoming->began_us + allowed_us + conn->incoming->body.total * 1000000 / BODY_RATE;
	return false;
}

/* Begins to take the body; what came behind the head is its start. */
static void begin_body(struct zv_conn *conn, const struct zv_body_rule *rule)
{
	struct zv_loop *loop = conn->loop;
	size_t had = conn->in_n - conn->head.n;
	struct zv_str rest = { conn->in + conn->head.n, had };

	conn->incoming = zv_incoming_new(&conn->head, rule, loop->shared->options.scratch, loop->now_us);
	if (conn->incoming == NULL) {
		refuse(conn, 507);
		return;
	}
	conn->phase = ZV_PHASE_BODY;
	if (had == 0 && conn->head.expects && conn->head.minor == 1 &&
	    send(conn->fd, CONTINUE, sizeof(CONTINUE) - 1, MSG_NOSIGNAL) != (ssize_t)sizeof(CONTINUE) - 1) {
		zv_conn_drop(conn);
		return;
	}
	conn->in_n = conn->head.n;
	if (!feed(conn, &rest))
		return;
	conn->in_n += had;
	cut(conn, conn->head.n, had - rest.n);
	answer_whole(conn);
}

/* More of a body. What follows it, the start of the next request, is kept behind the head. */
static void read_body(struct zv_conn *conn)
{
	struct zv_loop *loop = conn->loop;
	const struct zv_body *body = &conn->incoming->body;
	size_t room = !conn->head.chunked && body->left < ZV_LOOP_CHUNK ? (size_t)body->left : ZV_LOOP_CHUNK;
	ssize_t n = recv(conn->fd, loop->chunk, room, 0);

	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			zv_conn_drop(conn);
		return;
	}
	if (n == 0)
		conn->eof = true;
	struct zv_str rest = { loop->chunk, (size_t)n };
	if (!feed(conn, &rest))
		return;
	if (conn->in_cap - conn->in_n < rest.n) {
		conn->in_cap = conn->in_n + rest.n;
		conn->in = zv_realloc(conn->in, conn->in_cap);
	}
	if (rest.n > 0)
		memcpy(conn->in + conn->in_n, rest.p, rest.n);
	conn->in_n += rest.n;
	answer_whole(conn);
}

/* A whole head: refused, answered, or its body is begun. */
static void begin_request(struct zv_conn *conn)
{
	struct zv_request request;
	struct zv_answer answer;
	struct zv_body_rule rule;

	zv_request_open(&request, &answer, conn);
	if (!zv_request_admit(&request, &answer))
		send_answer(conn, &request, &answer);
	else if (!conn->head.body)
		handle(conn, &request, &answer);
	else if (!zv_request_rule(&rule, &request, &answer))
		send_answer(conn, &request, &answer);
	else
		begin_body(conn, &rule);
}

/* Looks whether the head is whole. */
static void read_head(struct zv_conn *conn)
{
	int state = zv_head_read(&conn->head, (struct zv_str){ conn->in, conn->in_n });

	unready(conn);
	if (state == ZV_HEAD_DONE)
		begin_request(conn);
	else if (state != ZV_HEAD_MORE)
		refuse(conn, state);
	else if (conn->eof)
		zv_conn_drop(conn);
}

static void read_some(struct zv_conn *conn)
{
	if (conn->in_n == conn->in_cap) {
		size_t cap = conn->in_cap == 0 ? IN_FIRST : conn->in_cap * 2;
		conn->in_cap = cap > IN_MAX ? IN_MAX : cap;
		conn->in = zv_realloc(conn->in, conn->in_cap);
	}
	ssize_t n = recv(conn->fd, conn->in + conn->in_n, conn->in_cap - conn->in_n, 0);
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			zv_conn_drop(conn);
		return;
	}
	if (n == 0)
		conn->eof = true;
	/* The time for a head runs from its first byte. */
	if (conn->in_n == 0)
		conn->deadline_us = conn->loop->now_us + (int64_t)conn->loop->shared->options.head_ms * 1000;
	conn->in_n += (size_t)n;
	read_head(conn);
}

void zv_conn_event(struct zv_conn *conn, uint32_t events)
{
	switch (conn->phase) {
	case ZV_PHASE_HEAD:
		if (conn->ready_back == NULL) /* what is in memory comes first; the socket will tell again */
			read_some(conn);
		break;
	case ZV_PHASE_BODY:
		read_body(conn);
		break;
	case ZV_PHASE_WAIT: /* nothing is asked for, so it is an error or the end of both directions */
		zv_conn_drop(conn);
		break;
	case ZV_PHASE_WRITE:
		if ((events & (EPOLLERR | EPOLLHUP)) != 0)
			zv_conn_drop(conn);
		else
			zv_conn_write_on(conn);
		break;
	case ZV_PHASE_STREAM:
		if ((events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0)
			zv_conn_drop(conn);
		else
			zv_conn_write_on(conn);
		break;
	case ZV_PHASE_LINGER:
		drain(conn);
		break;
	}
}

void zv_conn_serve_ready(struct zv_loop *loop)
{
	struct zv_conn *turn = loop->ready;

	/* One request of each: what becomes ready meanwhile waits for the next turn, so that nobody starves. */
	loop->ready = NULL;
	if (turn != NULL)
		turn->ready_back = &turn;
	while (turn != NULL)
		read_head(turn);
}

struct zv_pending *zv_request_defer(const struct zv_request *request)
{
	struct zv_conn *conn = request->conn;

	conn->waiting = zv_waiting_new(request, conn, conn->loop->inbox, conn->incoming);
	conn->incoming = NULL;
	return &conn->waiting->pending;
}

void zv_conn_serve_complete(struct zv_loop *loop)
{
	for (struct zv_waiting *waiting = zv_inbox_take(loop->inbox), *next; waiting != NULL; waiting = next) {
		struct zv_conn *conn = waiting->conn;

		next = waiting->next;
		if (conn != NULL) {
			conn->waiting = NULL;
			send_answer(conn, &waiting->pending.request, &waiting->pending.answer);
		}
		zv_waiting_free(waiting);
	}
}

/* A stop: what has not been asked for whole has a moment left, events end, idle connections go. */
static void hurry(struct zv_conn *conn)
{
	int64_t last_us = conn->loop->now_us + HURRY_US;

	if (conn->phase == ZV_PHASE_HEAD && conn->in_n == 0)
		zv_conn_drop(conn);
	else if (conn->phase == ZV_PHASE_STREAM)
		zv_conn_stream_end(conn);
	else if ((conn->phase == ZV_PHASE_HEAD || conn->phase == ZV_PHASE_BODY) && conn->deadline_us > last_us)
		conn->deadline_us = last_us;
}

static void out_of_time(struct zv_conn *conn)
{
	if ((conn->phase == ZV_PHASE_HEAD && conn->in_n > 0) || conn->phase == ZV_PHASE_BODY)
		refuse(conn, 408);
	else if (conn->phase == ZV_PHASE_LINGER)
		linger_on(conn);
	else
		zv_conn_drop(conn);
}

void zv_conn_sweep(struct zv_loop *loop)
{
	for (struct zv_conn *conn = loop->conns, *next; conn != NULL; conn = next) {
		next = conn->next;
		if (conn->deadline_us <= loop->now_us)
			out_of_time(conn);
		else if (loop->stop_us != 0)
			hurry(conn);
		else if (conn->phase == ZV_PHASE_STREAM)
			zv_conn_stream_turn(conn);
	}
}

void zv_conn_close_all(struct zv_loop *loop)
{
	while (loop->conns != NULL)
		zv_conn_drop(loop->conns);
}
