/* Inside net/: a body while it comes in, in memory or in a temporary file without a name. */
#ifndef ZV_NET_INCOMING_H
#define ZV_NET_INCOMING_H

#include "net/body.h"
#include "net/server.h"

struct zv_incoming {
	struct zv_body body;
	struct zv_buf bytes; /* when it goes to memory */
	int fd;              /* when it goes to a file; -1 otherwise */
	int64_t began_us;
};

/* NULL when no temporary file could be made in `scratch`. The stated length must have been compared with rule->max. */
struct zv_incoming *zv_incoming_new(const struct zv_head *head, const struct zv_body_rule *rule, const char *scratch, int64_t now_us);
void zv_incoming_free(struct zv_incoming *incoming); /* NULL is allowed */

/*
 * Takes what belongs to the body off the front of *rest. ZV_BODY_MORE, ZV_BODY_DONE, or a status: 400, 413, 503 (too many bodies are in memory), 507 (the disk
 * took no more).
 */
int zv_incoming_feed(struct zv_incoming *incoming, struct zv_str *rest);

/* Puts the whole body into the request; it stays this object's. False: the file could not be wound back. */
bool zv_incoming_give(struct zv_incoming *incoming, struct zv_request *request);

#endif
