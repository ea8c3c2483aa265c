/*
 * The body of a request, taken off the bytes of a connection: a stated length, or chunks (RFC 9112, 7.1), read as strictly as the head. A size is
 * 1 to 8 hexadecimal digits and CR LF; extensions and trailers are refused, as nobody who means well sends them and readers differ about them.
 */
#ifndef ZV_NET_BODY_H
#define ZV_NET_BODY_H

#include "base/str.h"

struct zv_body {
	int64_t left;    /* of the stated length, or of this chunk */
	int64_t total;   /* bytes of the body handed out so far */
	int64_t max;     /* more than that is 413 */
	uint32_t size;   /* of the chunk whose size line is being read */
	uint8_t digits;  /* of that size */
	uint8_t state;   /* body.c */
};

/* With chunks `length` is not looked at. A stated length above `max` is the caller's to refuse, before it says "100 Continue". */
void zv_body_init(struct zv_body *body, bool chunked, int64_t length, int64_t max);

enum { ZV_BODY_MORE = 0, ZV_BODY_DATA = 1, ZV_BODY_DONE = 2 };

/*
 * Takes bytes off the front of *rest. ZV_BODY_DATA: *data is the next run of the body, inside the memory of *rest; ask again. ZV_BODY_MORE: *rest is used
 * up. ZV_BODY_DONE: *rest begins with what follows the body. Otherwise the status of the refusal (400, 413), after which the connection must end.
 */
int zv_body_read(struct zv_body *body, struct zv_str *data, struct zv_str *rest);

#endif
