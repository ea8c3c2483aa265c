/* Writing to a connection: at once if the socket takes it, else as it takes it, within the time of a slow but honest reader. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "base/mem.h"
#include "net/conn.h"

enum { WRITE_RATE = 16384 /* bytes a second that a reader must take */ };

/* The time for what is kept: some to begin with, more as bytes are taken, but never more than three times the beginning. */
static void allow(struct zv_conn *conn, size_t taken)
{
	int64_t first_us = (int64_t)conn->loop->shared->options.write_ms * 1000;
	int64_t last_us = conn->loop->now_us + 3 * first_us;

	conn->deadline_us += (int64_t)taken * 1000000 / WRITE_RATE;
	if (conn->deadline_us > last_us)
		conn->deadline_us = last_us;
}

/* Keeps `head` and `rest` for later; ready bytes are only pointed at. */
static void keep(struct zv_conn *conn, struct zv_str head, struct zv_str rest, bool lasting)
{
	conn->out_n = head.n + (lasting ? 0 : rest.n);
	conn->out = zv_alloc(conn->out_n + 1);
	if (head.n > 0)
		memcpy(conn->out, head.p, head.n);
	if (!lasting && rest.n > 0)
		memcpy(conn->out + head.n, rest.p, rest.n);
	if (lasting)
		conn->out_ready = rest;
	conn->deadline_us = conn->loop->now_us + (int64_t)conn->loop->shared->options.write_ms * 1000;
}

void zv_conn_write(struct zv_conn *conn, const struct zv_answer *answer, bool no_body)
{
	struct zv_buf *head = &conn->loop->head;
	bool lasting = answer->ready.p != NULL;
	struct zv_str body = no_body ? ZV_STR("") : lasting ? answer->ready : zv_buf_str(answer->body);
	struct iovec parts[2] = { { head->p, head->n }, { (void *)(uintptr_t)body.p, body.n } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = body.n > 0 ? 2 : 1 };
	ssize_t n = sendmsg(conn->fd, &message, MSG_NOSIGNAL);

	conn->ending = answer->close;
	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		zv_conn_drop(conn);
		return;
	}
	size_t sent = n < 0 ? 0 : (size_t)n;
	if (sent == head->n + body.n) {
		zv_conn_answered(conn);
		return;
	}
	keep(conn, zv_str_from(zv_buf_str(head), sent), zv_str_from(body, sent > head->n ? sent - head->n : 0), lasting);
	conn->phase = ZV_PHASE_WRITE;
	zv_conn_want(conn, EPOLLOUT);
}

bool zv_conn_write_part(struct zv_conn *conn, struct zv_str bytes)
{
	ssize_t n = send(conn->fd, bytes.p, bytes.n, MSG_NOSIGNAL);

	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		zv_conn_drop(conn);
		return false;
	}
	size_t sent = n < 0 ? 0 : (size_t)n;
	if (sent < bytes.n) {
		keep(conn, zv_str_from(bytes, sent), ZV_STR(""), false);
		zv_conn_want(conn, EPOLLOUT | EPOLLRDHUP);
	}
	return true;
}

static void all_out(struct zv_conn *conn)
{
	free(conn->out);
	conn->out = NULL;
	conn->out_n = conn->out_at = 0;
	conn->out_ready = (struct zv_str){ 0 };
	if (conn->phase == ZV_PHASE_STREAM)
		zv_conn_stream_turn(conn);
	else
		zv_conn_answered(conn);
}

void zv_conn_write_on(struct zv_conn *conn)
{
	while (conn->out_at < conn->out_n || conn->out_ready.n > 0) {
		bool own = conn->out_at < conn->out_n;
		ssize_t n = own ? send(conn->fd, conn->out + conn->out_at, conn->out_n - conn->out_at, MSG_NOSIGNAL)
				: send(conn->fd, conn->out_ready.p, conn->out_ready.n, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			zv_conn_drop(conn);
			return;
		}
		if (own)
			conn->out_at += (size_t)n;
		else
			conn->out_ready = zv_str_from(conn->out_ready, (size_t)n);
		allow(conn, (size_t)n);
	}
	all_out(conn);
}
