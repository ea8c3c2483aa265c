/* Inside net/: a connection, for the files that read it (conn.c), answer it (respond.c) and write to it (write.c, stream.c). */
#ifndef ZV_NET_CONN_H
#define ZV_NET_CONN_H

#include "net/loop.h"
#include "net/pending.h"

enum zv_phase {
	ZV_PHASE_HEAD,   /* idle, or a head is coming */
	ZV_PHASE_BODY,
	ZV_PHASE_WAIT,   /* another thread makes the answer */
	ZV_PHASE_WRITE,  /* the socket did not take the whole answer */
	ZV_PHASE_STREAM, /* server-sent events */
	ZV_PHASE_LINGER  /* all is said; waits for the peer's end */
};

struct zv_conn {
	struct zv_conn *next, **back;             /* of loop->conns */
	struct zv_conn *ready_next, **ready_back; /* of loop->ready; back is NULL when not there */
	struct zv_loop *loop;
	int fd;
	enum zv_phase phase;
	uint32_t watched;
	struct zv_peer peer;
	int64_t deadline_us;
	bool eof;    /* the peer will send nothing more */
	bool ending; /* close after the answer */
	char *in;    /* from the head on, without the body; NULL while idle */
	size_t in_n, in_cap;
	struct zv_head head;
	struct zv_incoming *incoming; /* the body, from its first byte until the answer is made */
	struct zv_waiting *waiting;   /* of a deferred request */
	struct zv_stream *stream;     /* what the events come from; NULL also when it is over */
	bool chunked;                 /* of the stream */
	int64_t beat_us;              /* when the stream must say something */
	char *out;                    /* what the socket did not take at once: own copy */
	size_t out_n, out_at;
	struct zv_str out_ready;      /* then these bytes, which outlive us */
	size_t drained; /* while lingering: thrown away */
	int unsent;     /* and what the kernel had to send when it was looked at last */
};

/* What the socket is watched for. */
void zv_conn_want(struct zv_conn *conn, uint32_t events);

/* Frees it. */
void zv_conn_drop(struct zv_conn *conn);

/* The answer is out: on to the next request, or to the end. May free the connection. */
void zv_conn_answered(struct zv_conn *conn);

/* write.c: sends the head in loop->head and the body, and keeps what the socket does not take. May free the connection. */
void zv_conn_write(struct zv_conn *conn, const struct zv_answer *answer, bool no_body);
void zv_conn_write_on(struct zv_conn *conn);

/* Sends part of a stream; true while the connection lives. */
bool zv_conn_write_part(struct zv_conn *conn, struct zv_str bytes);

/* stream.c: after its head is out; each quarter of a second; when the kept rest is out; to say the end. Each may free the connection. */
void zv_conn_stream_begin(struct zv_conn *conn, struct zv_answer *answer);
void zv_conn_stream_turn(struct zv_conn *conn);
void zv_conn_stream_end(struct zv_conn *conn);

/* respond.c: the request of a head that is whole, in loop->arena, and the answer as a handler finds it. */
void zv_request_open(struct zv_request *request, struct zv_answer *answer, struct zv_conn *conn);

/* What holds for every path, before a body is read. False: the answer says why not. */
bool zv_request_admit(struct zv_request *request, struct zv_answer *answer);

/* Whether and how its body is taken. False: the answer says why not. */
bool zv_request_rule(struct zv_body_rule *out, const struct zv_request *request, struct zv_answer *answer);

/* Completes the answer, and makes its head in loop->head. */
void zv_request_close(const struct zv_request *request, struct zv_answer *answer);

#endif
