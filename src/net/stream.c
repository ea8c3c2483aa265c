/*
 * Server-sent events. To an HTTP/1.1 peer they go in chunks, so that it can tell the end from a failure; to an older one until the connection closes.
 * While the peer does not take what was said, nothing more is asked of the source.
 */
#include <stdint.h>
#include <sys/epoll.h>

#include "net/conn.h"

enum { BEAT_US = 15000000 };

static void let_go(struct zv_conn *conn)
{
	if (conn->stream != NULL)
		conn->stream->free(conn->stream);
	conn->stream = NULL;
}

void zv_conn_stream_begin(struct zv_conn *conn, struct zv_answer *answer)
{
	struct zv_loop *loop = conn->loop;

	conn->phase = ZV_PHASE_STREAM;
	conn->stream = answer->stream;
	conn->chunked = conn->head.minor == 1;
	conn->ending = answer->close;
	conn->beat_us = loop->now_us + BEAT_US;
	conn->deadline_us = INT64_MAX;
	answer->stream = NULL;
	/* A peer that says no more has gone away: browsers never close half of such a connection. */
	zv_conn_want(conn, EPOLLRDHUP);
	if (zv_conn_write_part(conn, zv_buf_str(&loop->head)) && conn->out == NULL)
		zv_conn_stream_turn(conn);
}

void zv_conn_stream_end(struct zv_conn *conn)
{
	let_go(conn);
	if (conn->out != NULL)
		return; /* write_on() comes back */
	if (!conn->chunked) {
		zv_conn_answered(conn);
		return;
	}
	conn->chunked = false;
	if (zv_conn_write_part(conn, ZV_STR("0\r\n\r\n")) && conn->out == NULL)
		zv_conn_answered(conn);
}

void zv_conn_stream_turn(struct zv_conn *conn)
{
	struct zv_loop *loop = conn->loop;
	bool more = false;

	if (conn->out != NULL)
		return;
	conn->deadline_us = INT64_MAX;
	zv_conn_want(conn, EPOLLRDHUP);
	zv_buf_reset(&loop->body);
	zv_buf_reset(&loop->head);
	if (conn->stream != NULL)
		more = conn->stream->next(conn->stream, &loop->body);
	if (loop->body.n == 0 && more && loop->now_us >= conn->beat_us)
		zv_buf_add_c(&loop->body, ":\n\n");
	if (loop->body.n > 0) {
		conn->beat_us = loop->now_us + BEAT_US;
		if (conn->chunked)
			zv_buf_addf(&loop->head, "%zx\r\n", loop->body.n);
		zv_buf_add_str(&loop->head, zv_buf_str(&loop->body));
		if (conn->chunked)
			zv_buf_add_c(&loop->head, "\r\n");
		if (!more)
			let_go(conn);
		if (!zv_conn_write_part(conn, zv_buf_str(&loop->head)))
			return;
	}
	if (!more)
		zv_conn_stream_end(conn);
}
