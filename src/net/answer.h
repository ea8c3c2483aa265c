/* An answer: what a handler fills in, and the bytes of its head. */
#ifndef ZV_NET_ANSWER_H
#define ZV_NET_ANSWER_H

#include "base/buf.h"

struct zv_answer {
	int status;           /* 200 until the handler says otherwise */
	const char *type;     /* media type of the body */
	struct zv_buf *body;  /* the handler writes here, unless it has ready bytes: */
	struct zv_str ready;  /* bytes that outlive the answer (embedded files); used when .p is not NULL */
	char etag[72];        /* with its quotes; "": the server makes one out of the body of a 200 of at most 1 MiB */
	const char *cache;    /* Cache-Control; NULL: no-cache for a read without credentials, else no-store */
	const char *encoding; /* Content-Encoding; NULL: none */
	const char *vary;     /* NULL: none */
	const char *allow;    /* for 405 */
	char link[512];       /* Link: "" for none */
	char location[1024];  /* Location: "" for none; the way to an identity provider is long */
	char cookie[512];     /* Set-Cookie: "" for none */
	char disposition[320]; /* Content-Disposition of a download: "" for none */
	int retry_after;      /* seconds; 0: none */
	bool close;           /* the connection ends after it */
	bool secure;          /* the server's: the client came by https */
	bool chunked;         /* the server's: of a stream */
	struct zv_stream *stream; /* server-sent events instead of a body; taken over by the server */
};

/*
 * Server-sent events: after the head, `next` is called in the connection's thread about four times a second and appends what is new
 * (whole events). False: that was all, the answer ends. `free` is called once, also when the client went away. The server adds
 * a comment line every 15 s so that proxies keep the connection.
 */
struct zv_stream {
	bool (*next)(struct zv_stream *stream, struct zv_buf *out);
	void (*free)(struct zv_stream *stream);
};

/* "Bad Request" for 400 ...: the phrase of a status that Zveno sends. */
const char *zv_status_phrase(int status);

/* A problem (RFC 9457) instead of what was there. `detail` is a whole sentence in the language of the thread; it is escaped. */
void zv_answer_problem(struct zv_answer *answer, int status, const char *detail);

/*
 * Appends the status line and fields. `date` is an IMF date; `n` the length of the body that a GET would get. A field with a control character is left
 * out.
 */
void zv_answer_head(struct zv_buf *out, const struct zv_answer *answer, const char *date, size_t n);

/* Makes the ETag when there is none, and turns a 200 into a 304 when If-None-Match names it. */
void zv_answer_validate(struct zv_answer *answer, struct zv_str if_none_match);

/* "Sun, 22 Nov 2026 18:00:00 GMT" */
enum { ZV_HTTP_DATE = 32 };
void zv_http_date(char out[ZV_HTTP_DATE], int64_t ms);

#endif
