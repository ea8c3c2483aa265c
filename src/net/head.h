/*
 * The head of an HTTP/1 request, read strictly (RFC 9112) and byte by byte: what two readers could understand differently is
 * refused before any handler sees it. Refused are both framings at once, a repeated Host, Content-Length or
 * Transfer-Encoding, line ends other than CR LF, folded lines, blanks before a colon, and every byte outside printable ASCII
 * (a tab or blank inside a value is fine).
 */
#ifndef ZV_NET_HEAD_H
#define ZV_NET_HEAD_H

#include "base/str.h"

enum {
	ZV_HEAD_LINE_MAX = 8192,  /* the request line, and each field line */
	ZV_HEAD_FIELDS_MAX = 64,
	ZV_HEAD_MAX = 65536       /* everything up to the empty line */
};

struct zv_head_span {
	uint32_t at; /* offset in the bytes of the head */
	uint32_t n;
};

struct zv_head {
	struct zv_head_span method;
	struct zv_head_span target;    /* origin form: begins with "/"; or "*" */
	struct zv_head_span authority; /* of an absolute target; n is 0 otherwise */
	struct zv_head_span names[ZV_HEAD_FIELDS_MAX];
	struct zv_head_span values[ZV_HEAD_FIELDS_MAX];
	int n_fields;
	int minor;        /* of HTTP/1.x: 0 or 1 */
	bool close;       /* the connection ends with the answer */
	bool body;        /* a body follows: Content-Length above 0, or chunks */
	bool chunked;
	bool expects;     /* 100-continue */
	int64_t length;   /* Content-Length; 0 when there is none */
	size_t n;         /* bytes of the head with its empty line, once it is complete */

	/* Where the reader stands. */
	size_t line_at;   /* start of the line that is being read */
	size_t scanned;   /* bytes looked at */
	bool have_line;   /* the request line is read */
};

void zv_head_init(struct zv_head *head);

enum { ZV_HEAD_MORE = 0, ZV_HEAD_DONE = 1 };

/*
 * Looks at the bytes that came since the last call; `bytes` is everything since the start of the request and may have moved.
 * ZV_HEAD_MORE, ZV_HEAD_DONE, or the status of the refusal (400, 414, 417, 431, 505), after which the connection must end. Never
 * looks at a byte twice.
 */
int zv_head_read(struct zv_head *head, struct zv_str bytes);

/* The text of a span; `bytes` as in the last call. */
struct zv_str zv_head_text(struct zv_head_span span, struct zv_str bytes);

/* The value of the first field with this name (any case); empty when there is none. */
struct zv_str zv_head_field(const struct zv_head *head, struct zv_str bytes, const char *name);

#endif
